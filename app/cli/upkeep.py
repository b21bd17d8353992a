"""Commands that keep a loaded corpus."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Engine

from app.cli.jobs import AsJson, Quiet, Workers, prepared, show
from app.cli.running import CommandError, errors_in_words, open_engine, read_settings
from app.db.sqlite_files import database_exists

WRONG = 1  # exit status of `verify` when something is
QUERY_SECONDS = 3_600.0  # what walks through the whole corpus may take longer than a request


def reextract(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Also articles that this version has annotated already.")
    ] = False,
    as_json: AsJson = False,
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Annotate stored articles anew that another version of the pipeline annotated. Ctrl-C stops after the
    article in hand; the next call goes on from there.
    """
    with errors_in_words(), prepared("reextract", read_settings(), workers=workers, quiet=quiet) as job:
        from app.ingestion.reextraction import run_reextraction  # noqa: PLC0415 - the job loads NLP

        engine, options = job
        report = run_reextraction(engine=engine, options=options, everything=everything)
    show(report, as_json=as_json, quiet=quiet)


def export() -> None:
    """Write the corpus as JSON Lines to standard output: `dateline ingest` makes the same corpus of them."""
    from app.ingestion.exporting import export_lines  # noqa: PLC0415 - loads storage

    with errors_in_words(), _existing() as engine:
        for line in export_lines(engine):
            sys.stdout.write(f"{line}\n")


def verify(
    *,
    shown: Annotated[int, typer.Option("--shown", min=1, help="Findings of each kind that are listed.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as one JSON object.")] = False,
) -> None:
    """Check every span, count, association, card, search word and key; exit with 1 and a list of what is
    wrong.
    """
    from app.ingestion.verifying import verify_corpus  # noqa: PLC0415 - loads storage

    with errors_in_words(), _existing() as engine:
        verified = verify_corpus(engine, shown=shown)
    if as_json:
        typer.echo(json.dumps(verified.as_json(), ensure_ascii=False))
    else:
        for finding in verified.findings:
            typer.echo(f"{finding['wrong']}: {finding['where']}: {finding['detail']}")
        counts = ", ".join(f"{kind} {count:,}" for kind, count in verified.counts.items())
        typer.echo(f"Wrong: {counts}." if counts else "Everything holds.", err=True)
    if verified.counts:
        raise typer.Exit(WRONG)


@contextmanager
def _existing() -> Iterator[Engine]:
    """Give a database that is there, to read."""
    with open_engine(read_settings(), writing=False, timeout_seconds=QUERY_SECONDS) as engine:
        if not database_exists(engine.url):
            raise CommandError("there is no database yet: run `dateline db upgrade`")
        yield engine
