"""Whether the process lives and whether it can answer, for whoever supervises it."""

from fastapi import APIRouter, Request

from app.api.problems import unavailable
from app.api.reading import Reader
from app.schemas.status import Health

router = APIRouter(tags=["service"])

_NOT_READY = {  # by the name of the state
    "EMPTY": "The database is empty: `dateline db upgrade` or `dateline ingest` sets it up.",
    "OUTDATED": "The database has an older schema: run `dateline db upgrade`.",
    "UNKNOWN": "The database has a schema that this version of Dateline does not know.",
}


@router.get("/healthz")
async def get_health() -> Health:
    """Tell that the process is alive; the database is not asked."""
    return Health(status="ok")


@router.get("/readyz")
async def get_readiness(request: Request) -> Health:
    """Tell that the database can be reached and is at the newest migration; 503 says which of them fails."""
    from app.db.migrations import SchemaState, schema_state  # noqa: PLC0415 - half as long as all else to load

    reader: Reader = request.app.state.reader
    state = await reader.read(schema_state)
    if state is not SchemaState.CURRENT:
        raise unavailable(_NOT_READY[state.name])
    return Health(status="ok")
