"""`dateline runs`, `dateline failures` and `dateline status`: what the job did, and how the corpus stands."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.running import CommandError, errors_in_words, existing_database, read_settings
from app.domain.article import UnreadableReason

if TYPE_CHECKING:
    from sqlalchemy import Select

ROWS_AT_ONCE = 1_000

COUNTS = ("read", "new", "replaced", "unchanged", "withdrawn", "quarantined", "statements")
"""Of a run's report, what one line shows."""

AsLines = Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")]


def runs(
    *,
    limit: Annotated[int, typer.Option(min=1, help="Runs that are listed, the last one first.")] = 20,
    as_json: AsLines = False,
) -> None:
    """List the runs of the job: what each did, when, and how it ended."""
    from app.queries.history import runs as newest  # noqa: PLC0415 - loads the tables

    for row in _rows(newest(limit)):
        typer.echo(_printed(row) if as_json else _line(row))


def _line(run: dict[str, Any]) -> str:
    report, ended = run["report"], run["finished_at"]
    counts = ", ".join(f"{report[name]:,} {name}" for name in COUNTS if report.get(name))
    when = f"{run['started_at']:%Y-%m-%d %H:%M:%S}" + (f" to {ended:%H:%M:%S}" if ended else "")
    job = report.get("job", "ingest")  # of runs from before there were others
    return f"{run['id']}  {when}  {job}  {run['status']}  {run['pipeline_version']}  {counts or 'nothing'}"


def _printed(row: dict[str, Any]) -> str:
    return json.dumps(row, default=datetime.isoformat, ensure_ascii=False)


def failures(
    run: Annotated[
        int | None, typer.Argument(help="Number of a run, as `dateline runs` tells; else the last one.")
    ] = None,
    *,
    as_json: AsLines = False,
) -> None:
    """List what a run refused, why, and how to try it again."""
    from app.ingestion.retrying import ADVICE, command_for  # noqa: PLC0415 - loads the job's package
    from app.queries import history  # noqa: PLC0415 - loads the tables

    if run is None:
        run = next((row["id"] for row in _rows(history.runs(1))), None)
    elif next(_rows(history.run(run)), None) is None:
        with errors_in_words():
            raise CommandError(f"there is no run {run}: see `dateline runs`")
    reasons: dict[UnreadableReason, str] = {}
    for row in _rows(history.failures(run)) if run is not None else []:
        retry = command_for(row["origin"])
        if as_json:
            typer.echo(_printed({"run": run, **row, "advice": ADVICE[row["reason"]], "retry": retry}))
        else:
            typer.echo(f"{row['origin']}: {row['reason']}: {row['detail']}")
            reasons[row["reason"]] = retry
    for reason, retry in reasons.items():
        typer.echo(f"{reason}: {ADVICE[reason]}; then `{retry}`", err=True)


def status(*, as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object.")] = False) -> None:
    """Tell how many articles each version of the pipeline annotated, and which one this is."""
    from app.queries.status import article_totals  # noqa: PLC0415 - loads the tables

    current = _current_version()
    versions = {row["pipeline_version"]: row["articles"] for row in _rows(article_totals())}
    if as_json:
        typer.echo(json.dumps({"pipeline_version": current, "articles": versions}))
        return
    typer.echo(f"This version annotates as {current or 'none: it only serves'}.")
    for name, count in versions.items():
        hint = "" if current in (None, name) else ": `dateline reextract` brings them to this version"
        typer.echo(f"{count:,} articles annotated as {name}{hint}")


def _current_version() -> str | None:
    """Return the version of the pipeline, null where this install has none."""
    settings = read_settings()
    try:
        from app.extraction.pipeline import pipeline_version  # noqa: PLC0415 - loads NLP
    except ModuleNotFoundError:
        return None
    return pipeline_version(settings.extraction_model)


def _rows(query: "Select[*tuple[Any, ...]]") -> Iterator[dict[str, Any]]:
    """Yield the rows of a query as they come, by the names of their columns."""
    from app.ingestion.database import require_current  # noqa: PLC0415 - loads storage

    with errors_in_words(), existing_database() as engine, engine.connect() as connection:
        require_current(connection)
        rows = connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
        yield from (dict(row) for row in rows.mappings())
