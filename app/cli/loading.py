"""`dateline ingest` and `dateline extract`: from inputs to a corpus, or to JSON Lines."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from sqlalchemy import Engine

from app.cli.fetching import AllowFetch, inputs_of, make_fetcher, require_inputs
from app.cli.running import STOPPED, CommandError, errors_in_words, open_engine, read_settings, require_extra
from app.readers.formats import Format
from app.settings import Settings

if TYPE_CHECKING:
    from app.fetching.fetcher import Fetcher
    from app.ingestion.extraction_format import Extracted
    from app.ingestion.job import Options
    from app.ingestion.report import Report
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

AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that extract.")]


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
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when an input gave no article.")
    ] = False,
    workers: Workers = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Load articles; the same again changes nothing. Ctrl-C stops after the article in hand."""
    require_inputs(paths, allow_fetch=allow_fetch)
    with errors_in_words():
        report = _ingest(
            paths,
            given_format=given_format,
            given_map=given_map,
            allow_fetch=allow_fetch,
            dry_run=dry_run,
            workers=workers,
            quiet=quiet,
        )
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
    elif not quiet:
        _show(report)
    if report.status == "stopped":
        raise typer.Exit(STOPPED)
    if strict and report.quarantined:
        raise typer.Exit(QUARANTINED)


def _ingest(
    paths: list[str],
    *,
    given_format: Format | None,
    given_map: str | None,
    allow_fetch: bool,
    dry_run: bool,
    workers: int,
    quiet: bool,
) -> "Report":
    settings = read_settings()
    require_extra("ingest", settings)
    from app.ingestion.display import progress_bar  # noqa: PLC0415 - the job loads NLP
    from app.ingestion.job import run_ingestion  # noqa: PLC0415 - as above
    from app.ingestion.stopping import stopping  # noqa: PLC0415 - as above

    console = Console(stderr=True, quiet=quiet)
    with (
        open_engine(settings, writing=not dry_run) as engine,
        progress_bar(console) as progress,
        stopping(lambda: console.print("Stopping after the article in hand.")) as stop,
    ):
        fetcher = make_fetcher(settings, stop=stop) if allow_fetch else None
        options = job_options(
            settings,
            engine,
            given_format=given_format,
            field_map=field_map_of(given_map),
            fetcher=fetcher,
            workers=workers,
            stop=stop,
        )
        return run_ingestion(
            inputs_of(paths, fetcher),
            engine=engine,
            options=replace(options, dry_run=dry_run, progress=progress),
        )


def job_options(
    settings: Settings,
    engine: Engine,
    *,
    given_format: Format | None,
    field_map: "FieldMap | None",
    fetcher: "Fetcher | None",
    workers: int,
    stop: Callable[[], bool],
) -> "Options":
    """Return how a run goes about it; links of feeds are followed when there is a fetcher."""
    from app.ingestion.fetched import following, stored_texts  # noqa: PLC0415 - the job loads NLP
    from app.ingestion.job import Options  # noqa: PLC0415 - as above
    from app.ingestion.workers import process_pool  # noqa: PLC0415 - as above

    return Options(
        model=settings.spacy_model,
        finder=settings.extraction_model,
        batch_size=settings.batch_size,
        max_article_chars=settings.max_article_chars,
        given_format=given_format,
        field_map=field_map,
        follow=following(fetcher, has_text=stored_texts(engine)) if fetcher else None,
        workers=workers,
        make_executor=process_pool(workers),
        stop=stop,
    )


def _show(report: "Report") -> None:
    from app.ingestion.display import details, summary  # noqa: PLC0415 - the job loads NLP

    for line in details(report):
        Console(stderr=True, soft_wrap=True).print(line, highlight=False)
    Console().print(summary(report))


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
