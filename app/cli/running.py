"""What all commands share: settings, a database, what the extra installs, errors as one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine

from app.db.engine import UnsupportedDatabaseError, reading_engine, writing_engine
from app.db.sqlite_files import database_exists
from app.db.troubles import in_words
from app.extraction.finders import FinderNotReadyError, require_finder
from app.ingestion.errors import DatabaseNotReadyError, NoSuchArticleError
from app.settings import Settings

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
    "protego",
    "py3langid",
    "pyarrow",
    "spacy",
    "trafilatura",
    "urllib3",
    "yaml",
)
WALK_SECONDS = 3_600.0  # a query of what walks through the whole corpus; a request has less
STOPPED = 130  # what shells expect of a command that Ctrl-C ended


class CommandError(Exception):
    """What went wrong, in one sentence for whoever typed the command."""


@contextmanager
def open_engine(
    settings: Settings, *, writing: bool = True, timeout_seconds: float | None = None
) -> Iterator[Engine]:
    """Give the database of the settings; what it fails at becomes one sentence.

    `timeout_seconds` is how long a query may take where nothing is written; by default as in a request.
    """
    if writing:
        engine = writing_engine(settings.database_url)
    else:
        engine = reading_engine(
            settings.database_url,
            timeout_seconds=timeout_seconds or settings.query_timeout_seconds,
            connections=1,
        )
    try:
        yield engine
    except Exception as error:
        words = in_words(error, engine.url)
        if words is None:
            raise
        shown = engine.url.render_as_string(hide_password=True)
        raise CommandError(f"{shown}: {words}") from None
    finally:
        engine.dispose()


@contextmanager
def existing_database() -> Iterator[Engine]:
    """Give a database that is there, to read. Raises CommandError."""
    with open_engine(read_settings(), writing=False, timeout_seconds=WALK_SECONDS) as engine:
        if not database_exists(engine.url):
            raise CommandError("there is no database yet: run `dateline db upgrade`")
        yield engine


def read_settings() -> Settings:
    """Return the settings. Raises CommandError, naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        raise CommandError(f"DATELINE_{name}: {first['msg']} (given: {first['input']!r})") from None


def require_extra(command: str, settings: Settings) -> None:
    """Raise CommandError where what `command` needs is not installed."""
    for package in EXTRA_PACKAGES:
        if find_spec(package) is None:
            raise CommandError(EXTRA.format(f"`dateline {command}`"))
    if find_spec(settings.spacy_model) is None:
        raise CommandError(f"DATELINE_SPACY_MODEL: the package {settings.spacy_model!r} is not installed")
    require_finder(settings.extraction_model)


EXPECTED = (
    CommandError,
    DatabaseNotReadyError,
    FinderNotReadyError,
    NoSuchArticleError,
    UnsupportedDatabaseError,
)
"""What is no fault of the program."""


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Turn what can go wrong outside the program into one sentence on standard error and status 1."""
    try:
        yield
    except EXPECTED as error:
        raise _failure(str(error)) from None


def _failure(sentence: str) -> typer.Exit:
    Console(stderr=True, soft_wrap=True).print(f"dateline: {escape(sentence)}", highlight=False)
    return typer.Exit(1)
