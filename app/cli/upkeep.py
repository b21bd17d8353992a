"""Commands that keep a loaded corpus."""

import json
import sys
from typing import Annotated

import typer

from app.cli.jobs import AsJson, Quiet, Workers, patiently, prepared, show
from app.cli.running import errors_in_words, existing_database, read_settings

WRONG = 1  # exit status of `verify` when something is


def reextract(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Also articles that this version has annotated already.")
    ] = False,
    as_json: AsJson = False,
    workers: Workers = None,
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

    with errors_in_words(), existing_database() as engine:
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

    with errors_in_words(), existing_database() as engine:
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


def remove(
    articles: Annotated[list[str], typer.Argument(help="Public keys of articles, as their addresses end.")],
    *,
    why: Annotated[str, typer.Option("--why", help="The reason, which the withdrawn keys answer with.")],
) -> None:
    """Withdraw articles: they and their statements answer 410 with the reason, and the same inputs do not
    bring them back.
    """
    from app.ingestion.removing import remove_articles  # noqa: PLC0415 - loads storage

    reason = " ".join(why.split()).rstrip(".")
    if not reason:
        raise typer.BadParameter("the reason is empty", param_hint="--why")
    with errors_in_words():
        removed = patiently(
            lambda engine: remove_articles(articles, why=reason, engine=engine), repeatable=False
        )
    typer.echo(f"Withdrawn: articles {removed.articles:,}, statements {removed.statements:,}.", err=True)
