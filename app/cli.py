"""The command line. Heavy imports stand inside the commands: serving needs no NLP, and help comes at once."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
from app.settings import Settings

if TYPE_CHECKING:
    from app.ingestion.report import Report

EXTRA = "this install only serves: `pip install 'dateline[ingest]'` adds what {} needs"
EXTRA_PACKAGES = ("spacy", "ftfy", "numpy", "py3langid", "yaml")  # of the extra `ingest`, the pipeline beside
SENDING_SECONDS = 5  # what a client may still take for an answer when the server stops
QUARANTINED = 1  # exit status of `ingest --strict` when an input gave no article
STOPPED = 130  # what shells expect of a command that Ctrl-C ended

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
            help="Files and folders: plain text, JSON Lines (.jsonl), gzip of them; - for standard input.",
        ),
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but write.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when an input gave no article.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Load articles; the same again changes nothing. Ctrl-C stops after the article in hand."""
    missing = [path for path in paths if str(path) != "-" and not path.exists()]
    if missing:
        raise typer.BadParameter(f"{missing[0]} does not exist", param_hint="paths")
    with _errors():
        report = _ingest(paths, dry_run=dry_run, workers=workers, quiet=quiet)
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
    elif not quiet:
        _show(report)
    if report.status == "stopped":
        raise typer.Exit(STOPPED)
    if strict and report.quarantined:
        raise typer.Exit(QUARANTINED)


def _ingest(paths: list[Path], *, dry_run: bool, workers: int, quiet: bool) -> "Report":
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
def extract() -> None:
    """Read articles as JSON Lines from standard input, write what is found in them; needs no database."""
    with _errors():
        settings = _settings()
        _require_extra("extract", settings)
        from app.ingestion.extraction_format import extract_lines  # noqa: PLC0415 - loads NLP

        refused = 0
        answers = extract_lines(
            sys.stdin.buffer,
            model=settings.spacy_model,
            finder=settings.extraction_model,
            max_article_chars=settings.max_article_chars,
        )
        for answer in answers:
            if answer.refused is not None:
                refused += 1
                reason = f"{answer.refused.reason}: {answer.refused.detail}"
                typer.echo(f"line {answer.number}: {reason}", err=True)
            else:
                sys.stdout.write(f"{answer.json}\n")
                sys.stdout.flush()
    if refused:
        raise typer.Exit(1)


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
