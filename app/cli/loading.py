"""`dateline ingest` and `dateline extract`: from inputs to a corpus, or to JSON Lines."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.jobs import AsJson, Quiet, Workers, prepared, show
from app.cli.running import CommandError, errors_in_words, read_settings, require_extra
from app.readers.formats import Format

if TYPE_CHECKING:
    from app.ingestion.extraction_format import Extracted
    from app.readers.field_maps import FieldMap

QUARANTINED = 1  # exit status of `ingest --strict` when an input gave no article

GivenFormat = Annotated[
    Format | None,
    typer.Option("--format", help="The format of all inputs, when name and content do not tell."),
]
GivenMap = Annotated[
    str | None,
    typer.Option(
        "--map",
        help="Which key holds which field: pairs (title=headline,text=body), a service (guardian, nytimes, "
        "newsapi, mediacloud, allsides) or a YAML file.",
    ),
]


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files, folders and patterns such as 'news/**/*.html', plain or packed (gzip, zstandard); "
            "- for standard input.",
        ),
    ],
    *,
    given_format: GivenFormat = None,
    given_map: GivenMap = None,
    as_json: AsJson = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but write.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Take in articles that were withdrawn.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when an input gave no article.")
    ] = False,
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Load articles; the same again changes nothing. Ctrl-C stops after the article in hand."""
    for path in paths:
        # Path.glob takes no absolute patterns.
        if str(path) != "-" and not path.exists() and not glob(str(path), recursive=True):  # noqa: PTH207
            raise typer.BadParameter(f"{path} does not exist", param_hint="paths")
    with errors_in_words():
        settings, field_map = read_settings(), _field_map(given_map)
        with prepared("ingest", settings, workers=workers, quiet=quiet, writing=not dry_run) as job:
            from app.ingestion.job import run_ingestion  # noqa: PLC0415 - the job loads NLP

            engine, plain = job
            options = replace(
                plain, given_format=given_format, field_map=field_map, dry_run=dry_run, again=again
            )
            report = run_ingestion(paths, engine=engine, options=options)
    show(report, as_json=as_json, quiet=quiet)
    if strict and report.quarantined:
        raise typer.Exit(QUARANTINED)


def extract(*, given_format: GivenFormat = None, given_map: GivenMap = None) -> None:
    """Read articles from standard input (JSON Lines unless --format says otherwise), write what is found in
    them as JSON Lines; needs no database.
    """
    with errors_in_words():
        refused = 0
        for answer in _extract(given_format or Format.JSONL, given_map):
            if answer.refused is not None:
                refused += 1
                told = answer.refused
                typer.echo(f"{told.origin}: {told.reason}: {told.detail}", err=True)
            else:
                sys.stdout.write(f"{answer.json}\n")
                sys.stdout.flush()
    if refused:
        raise typer.Exit(1)


def _extract(given_format: Format, given_map: str | None) -> Iterator["Extracted"]:
    settings = read_settings()
    require_extra("extract", settings)
    from app.ingestion.extraction_format import extract_articles, extract_lines  # noqa: PLC0415 - loads NLP
    from app.readers.files import read_paths  # noqa: PLC0415 - loads readers

    field_map, most = _field_map(given_map), settings.max_article_chars
    if given_format is Format.JSONL:
        return extract_lines(
            sys.stdin.buffer,
            model=settings.spacy_model,
            finder=settings.extraction_model,
            max_article_chars=most,
            field_map=field_map,
        )
    answers = read_paths([Path("-")], max_article_chars=most, given_format=given_format, field_map=field_map)
    return extract_articles(answers, model=settings.spacy_model, finder=settings.extraction_model)


def _field_map(given: str | None) -> "FieldMap | None":
    from app.readers.field_maps import BadMapError, load_map  # noqa: PLC0415 - loads YAML

    if given is None:
        return None
    try:
        return load_map(given)
    except BadMapError as error:
        raise CommandError(f"--map {error}") from None
