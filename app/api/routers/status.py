"""How the corpus stands."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from sqlalchemy import Connection, RowMapping

from app.api.reading import Reader
from app.queries.status import article_totals, corpus_state, last_run, newest_article, record_totals
from app.schemas.status import CorpusCounts, LastRun, NewestArticle, PipelineUse, Status

router = APIRouter(tags=["service"])

ATTRIBUTION = "Places: GeoNames (https://www.geonames.org), CC BY 4.0."


@dataclass(frozen=True, slots=True)
class Totals:
    """What takes a walk through the corpus to count: counted once a revision."""

    revision: int
    counts: CorpusCounts
    pipelines: list[PipelineUse]


@router.get("/status")
async def get_status(request: Request) -> Status:
    """Tell the revision of the corpus, how much it holds, its newest article and the last run of the job.

    The revision rises with every change of the corpus: while it stands still, so does every answer.
    """
    reader: Reader = request.app.state.reader
    known: Totals | None = getattr(request.app.state, "totals", None)
    status, request.app.state.totals = await reader.read(
        lambda connection: _status(connection, known, version=request.app.version)
    )
    return status


def _status(connection: Connection, known: Totals | None, *, version: str) -> tuple[Status, Totals]:
    state = connection.execute(corpus_state()).one_or_none()
    revision = 0 if state is None else state.revision
    newest = connection.execute(newest_article()).one_or_none()
    run = connection.execute(last_run()).mappings().one_or_none()
    totals = known if known is not None and known.revision == revision else _count(connection, revision)
    status = Status(
        version=version,
        revision=revision,
        committed_at=None if state is None else state.committed_at,
        counts=totals.counts,
        newest_article=None if newest is None else NewestArticle.model_validate(newest),
        pipelines=totals.pipelines,
        last_run=None if run is None else _run(run),
        attribution=ATTRIBUTION,
    )
    return status, totals


def _count(connection: Connection, revision: int) -> Totals:
    versions = connection.execute(article_totals()).all()
    records = connection.execute(record_totals()).mappings().one()
    counts = CorpusCounts(
        articles=sum(row.articles for row in versions),
        statements=sum(row.statements for row in versions),
        **records,
    )
    pipelines = [PipelineUse(version=row.pipeline_version, articles=row.articles) for row in versions]
    return Totals(revision, counts, pipelines)


def _run(run: RowMapping) -> LastRun:
    """Show the whole numbers of the report alone: its reasons and warnings tell where inputs stood."""
    counts = {name: value for name, value in run["report"].items() if type(value) is int}
    return LastRun(
        status=run["status"],
        started_at=run["started_at"],
        finished_at=run["finished_at"],
        pipeline_version=run["pipeline_version"],
        counts=counts,
    )
