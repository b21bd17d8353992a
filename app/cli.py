"""The command line. Heavy imports stand inside the commands: serving needs no NLP, and help comes at once."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from importlib.metadata import version
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.db.engine import UnsupportedDatabaseError, reading_engine, writing_engine
from app.db.sqlite_files import database_exists
from app.extraction.finders import FinderNotReadyError, require_finder
from app.ingestion.errors import DatabaseNotReadyError
from app.readers.formats import Format
from app.settings import Settings

if TYPE_CHECKING:
    from app.ingestion.extraction_format import Extracted
    from app.ingestion.report import Report
    from app.readers.field_maps import FieldMap

EXTRA = "this install only serves: `pip install 'dateline[ingest]'` adds what {} needs"
EXTRA_PACKAGES = (  # of the extra `ingest`, the pipeline beside
    "brotli",
    "fastwarc",
    "feedparser",
    "ftfy",
    "htmldate",
    "lxml",
    "markdown_it",
    "numpy",
    "py3langid",
    "pyarrow",
    "spacy",
    "trafilatura",
    "yaml",
)
SENDING_SECONDS = 5  # what a client may still take for an answer when the server stops
QUARANTINED = 1  # exit status of `ingest --strict` when an input gave no article
STOPPED = 130  # what shells expect of a command that Ctrl-C ended

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

app = typer.Typer(
    help="Who said what, for whom, about which city: load articles and serve them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database's schema.", no_args_is_help=True)
app.add_typer(database, name="db")


class CommandError(Exception):
    """What went wrong, in one sentence for whoever typed the command."""


@app.callback(invoke_without_command=True)
def dateline(
    *,
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)
    ] = False,
) -> None:
    """Who said what, for whom, about which city: load articles and serve them."""
    if show_version:
        typer.echo(f"dateline {version('dateline')}")
        raise typer.Exit


@app.command()
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
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but write.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when an input gave no article.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Load articles; the same again changes nothing. Ctrl-C stops after the article in hand."""
    for path in paths:
        # Path.glob takes no absolute patterns.
        if str(path) != "-" and not path.exists() and not glob(str(path), recursive=True):  # noqa: PTH207
            raise typer.BadParameter(f"{path} does not exist", param_hint="paths")
    with _errors():
        report = _ingest(
            paths,
            given_format=given_format,
            given_map=given_map,
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
    paths: list[Path],
    *,
    given_format: Format | None,
    given_map: str | None,
    dry_run: bool,
    workers: int,
    quiet: bool,
) -> "Report":
    settings = _settings()
    _require_extra("ingest", settings)
    from app.ingestion.display import progress_bar  # noqa: PLC0415 - the job loads NLP
    from app.ingestion.job import Options, run_ingestion  # noqa: PLC0415 - as above
    from app.ingestion.stopping import stopping  # noqa: PLC0415 - as above
    from app.ingestion.workers import process_pool  # noqa: PLC0415 - as above

    console = Console(stderr=True, quiet=quiet)
    with (
        _engine(settings, writing=not dry_run) as engine,
        progress_bar(console) as progress,
        stopping(lambda: console.print("Stopping after the article in hand.")) as stop,
    ):
        options = Options(
            model=settings.spacy_model,
            finder=settings.extraction_model,
            batch_size=settings.batch_size,
            max_article_chars=settings.max_article_chars,
            given_format=given_format,
            field_map=_field_map(given_map),
            dry_run=dry_run,
            workers=workers,
            make_executor=process_pool(workers),
            progress=progress,
            stop=stop,
        )
        return run_ingestion(paths, engine=engine, options=options)


def _show(report: "Report") -> None:
    from app.ingestion.display import details, summary  # noqa: PLC0415 - the job loads NLP

    for line in details(report):
        Console(stderr=True, soft_wrap=True).print(line, highlight=False)
    Console().print(summary(report))


@app.command()
def extract(*, given_format: GivenFormat = None, given_map: GivenMap = None) -> None:
    """Read articles from standard input (JSON Lines unless --format says otherwise), write what is found in
    them as JSON Lines; needs no database.
    """
    with _errors():
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
    settings = _settings()
    _require_extra("extract", settings)
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


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that serve.")] = 1,
) -> None:
    """Serve the API."""
    import uvicorn  # noqa: PLC0415 - nothing else needs it

    with _errors():
        settings = _settings()  # a wrong one is told here, once, and not by every worker
        uvicorn.run(
            "app.main:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            log_config=None,  # its lines take the form that `create_app` gives to all
            access_log=False,  # requests are logged with their ids
            timeout_graceful_shutdown=ceil(settings.query_timeout_seconds) + SENDING_SECONDS,
        )


@database.command()
def upgrade() -> None:
    """Bring the database to the newest schema and load known places and organizations."""
    from app.ingestion.database import upgrade_database  # noqa: PLC0415 - loads storage

    with _errors(), _engine(_settings()) as engine:
        upgrade_database(engine)
    typer.echo("The database is at the newest schema.", err=True)


@database.command()
def current() -> None:
    """Tell how the database's schema stands to this version: empty, outdated, current or unknown."""
    from app.db.migrations import SchemaState, schema_state  # noqa: PLC0415 - loads Alembic

    with _errors():
        state = SchemaState.EMPTY
        with _engine(_settings(), writing=False) as engine:
            if database_exists(engine.url):
                with engine.connect() as connection:
                    state = schema_state(connection)
    typer.echo(str(state))


@app.command()
def reindex() -> None:
    """Make all cards and search words anew, after an upgrade that says so."""
    from app.ingestion.database import reindex_database  # noqa: PLC0415 - loads storage

    with _errors(), _engine(_settings()) as engine:
        done = reindex_database(engine)
    typer.echo(f"{done:,} articles reindexed.", err=True)


def main() -> None:
    """Run the command line."""
    app()


@contextmanager
def _engine(settings: Settings, *, writing: bool = True) -> Iterator[Engine]:
    if writing:
        engine = writing_engine(settings.database_url)
    else:
        engine = reading_engine(
            settings.database_url, timeout_seconds=settings.query_timeout_seconds, connections=1
        )
    try:
        yield engine
    except DBAPIError as error:
        shown = engine.url.render_as_string(hide_password=True)
        raise CommandError(f"{shown}: {' '.join(str(error.orig).split())}") from None
    finally:
        engine.dispose()


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        raise CommandError(f"DATELINE_{name}: {first['msg']} (given: {first['input']!r})") from None


def _require_extra(command: str, settings: Settings) -> None:
    for package in EXTRA_PACKAGES:
        if find_spec(package) is None:
            raise CommandError(EXTRA.format(f"`dateline {command}`"))
    if find_spec(settings.spacy_model) is None:
        raise CommandError(f"DATELINE_SPACY_MODEL: the package {settings.spacy_model!r} is not installed")
    require_finder(settings.extraction_model)


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what can go wrong outside the program into one sentence on standard error and status 1."""
    try:
        yield
    except (CommandError, DatabaseNotReadyError, FinderNotReadyError, UnsupportedDatabaseError) as error:
        raise _failure(str(error)) from None


def _failure(sentence: str) -> typer.Exit:
    Console(stderr=True, soft_wrap=True).print(f"dateline: {escape(sentence)}", highlight=False)
    return typer.Exit(1)
