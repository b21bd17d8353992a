"""Whether the process lives and whether it can answer, for whoever supervises it."""

from fastapi import APIRouter

from app.schemas.status import Health

router = APIRouter(tags=["service"])


@router.get("/healthz")
async def get_health() -> Health:
    """Tell that the process is alive; the database is not asked."""
    return Health(status="ok")
