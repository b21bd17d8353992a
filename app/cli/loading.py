"""`dateline ingest` and `dateline extract`: from inputs to a corpus, or to JSON Lines."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.fetching import AllowFetch, inputs_of, links_followed, make_fetcher, require_inputs
from app.cli.jobs import AsJson, Quiet, Workers, prepared, show
from app.cli.running import CommandError, errors_in_words, read_settings, require_extra
from app.readers.formats import Format
from app.settings import Settings

if TYPE_CHECKING:
    from app.ingestion.extraction_format import Extracted
    from app.readers.field_maps import FieldMap
    from app.readers.records import Follow

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
        list[str],
        typer.Argument(
            help="Files, folders and patterns such as 'news/**/*.html', plain or packed (gzip, zstandard); "
            "- for standard input; with --allow-fetch, addresses.",
        ),
    ],
    *,
    given_format: GivenFormat = None,
    given_map: GivenMap = None,
    allow_fetch: AllowFetch = False,
    as_json: AsJson = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but write.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Take in articles that were withdrawn.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when an input gave no article.")
    ] = False,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """Load articles; the same again changes nothing. Ctrl-C stops after the article in hand."""
    require_inputs(paths, allow_fetch=allow_fetch)
    with errors_in_words():
        settings, field_map = read_settings(), field_map_of(given_map)
        with prepared("ingest", settings, workers=workers, quiet=quiet, writing=not dry_run) as job:
            from app.ingestion.job import run_ingestion  # noqa: PLC0415 - the job loads NLP

            engine, plain = job
            fetcher = make_fetcher(settings, stop=plain.stop) if allow_fetch else None
            options = replace(
                plain,
                given_format=given_format,
                field_map=field_map,
                follow=links_followed(fetcher, engine, plain.patience),
                dry_run=dry_run,
                again=again,
            )
            report = run_ingestion(inputs_of(paths, fetcher), engine=engine, options=options)
    show(report, as_json=as_json, quiet=quiet)
    if strict and report.quarantined:
        raise typer.Exit(QUARANTINED)


def extract(
    *, given_format: GivenFormat = None, given_map: GivenMap = None, allow_fetch: AllowFetch = False
) -> None:
    """Read articles from standard input (JSON Lines unless --format says otherwise), write what is found in
    them as JSON Lines; needs no database.
    """
    with errors_in_words():
        refused = 0
        for answer in _extract(given_format or Format.JSONL, given_map, allow_fetch=allow_fetch):
            if answer.refused is not None:
                refused += 1
                told = answer.refused
                typer.echo(f"{told.origin}: {told.reason}: {told.detail}", err=True)
            else:
                sys.stdout.write(f"{answer.json}\n")
                sys.stdout.flush()
    if refused:
        raise typer.Exit(1)


def _extract(given_format: Format, given_map: str | None, *, allow_fetch: bool) -> Iterator["Extracted"]:
    if allow_fetch and given_format is not Format.FEED:
        raise typer.BadParameter(
            "only the links of a feed are fetched: say --format feed too", param_hint="--allow-fetch"
        )
    settings = read_settings()
    require_extra("extract", settings)
    from app.ingestion.extraction_format import extract_articles, extract_lines  # noqa: PLC0415 - loads NLP
    from app.readers.files import read_paths  # noqa: PLC0415 - loads readers

    field_map, most = field_map_of(given_map), settings.max_article_chars
    if given_format is Format.JSONL:
        return extract_lines(
            sys.stdin.buffer,
            model=settings.spacy_model,
            finder=settings.extraction_model,
            max_article_chars=most,
            field_map=field_map,
        )
    answers = read_paths(
        [Path("-")],
        max_article_chars=most,
        given_format=given_format,
        field_map=field_map,
        follow=_follow(settings) if allow_fetch else None,
    )
    return extract_articles(answers, model=settings.spacy_model, finder=settings.extraction_model)


def _follow(settings: Settings) -> "Follow":
    from app.ingestion.fetched import following  # noqa: PLC0415 - loads NLP

    return following(make_fetcher(settings, stop=lambda: False), has_text=lambda _: False)


def field_map_of(given: str | None) -> "FieldMap | None":
    """Return the map that `--map` names. Raises CommandError."""
    from app.readers.field_maps import BadMapError, load_map  # noqa: PLC0415 - loads YAML

    if given is None:
        return None
    try:
        return load_map(given)
    except BadMapError as error:
        raise CommandError(f"--map {error}") from None
