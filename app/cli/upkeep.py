"""Commands that keep a loaded corpus."""

from typing import Annotated

import typer

from app.cli.jobs import AsJson, Quiet, Workers, prepared, show
from app.cli.running import errors_in_words, read_settings


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
