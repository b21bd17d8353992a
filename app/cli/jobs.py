"""What the commands that extract have in common: workers, a progress bar, Ctrl-C, the summary."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine

from app.cli.running import STOPPED, open_engine, read_settings, require_extra
from app.settings import Settings

if TYPE_CHECKING:
    from app.ingestion.job import Options
    from app.ingestion.patience import Patience
    from app.ingestion.report import Report

Answer = TypeVar("Answer")
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes that extract (default: the cores it may use).")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")]


@contextmanager
def prepared(
    command: str, settings: Settings, *, workers: int | None, quiet: bool, writing: bool = True
) -> Iterator[tuple[Engine, "Options"]]:
    """Give the database, and how the job goes about it on this terminal. Raises CommandError."""
    require_extra(command, settings)
    from app.ingestion.display import progress_bar  # noqa: PLC0415 - the job loads NLP
    from app.ingestion.stopping import stopping  # noqa: PLC0415 - as above

    console = Console(stderr=True, quiet=quiet, soft_wrap=True)
    with (
        open_engine(settings, writing=writing) as engine,
        progress_bar(console) as progress,
        stopping(lambda: console.print("Stopping after the article in hand.")) as stop,
    ):
        options = job_options(settings, workers=workers, stop=stop, tell=telling(console))
        yield engine, replace(options, progress=progress)


def telling(console: Console) -> Callable[[str], None]:
    """Return what prints a sentence of the job's on a console."""
    return lambda sentence: console.print(escape(sentence), highlight=False)


def patience_of(
    settings: Settings, *, tell: Callable[[str], None], stop: Callable[[], bool] = lambda: False
) -> "Patience":
    """Return how patient a command is with the database."""
    from app.ingestion.patience import Patience  # noqa: PLC0415 - loads storage

    return Patience(seconds=settings.database_patience_seconds, tell=tell, stop=stop)


def patiently(work: Callable[[Engine], Answer], *, repeatable: bool) -> Answer:
    """Do what is one transaction on the database of the settings, with their patience."""
    settings = read_settings()
    patience = patience_of(settings, tell=telling(Console(stderr=True, soft_wrap=True)))
    with open_engine(settings) as engine:
        return patience.keep_trying(lambda: work(engine), engine, repeatable=repeatable)


def job_options(
    settings: Settings, *, workers: int | None, stop: Callable[[], bool], tell: Callable[[str], None]
) -> "Options":
    """Return how the job goes about it by the settings; it ends when `stop` turns true.

    Without a number of workers there are as many as this process may use cores.
    """
    from app.ingestion.job import Options  # noqa: PLC0415 - the job loads NLP
    from app.ingestion.workers import process_pool, usable_cores  # noqa: PLC0415 - as above

    workers = workers or usable_cores()
    return Options(
        model=settings.spacy_model,
        finder=settings.extraction_model,
        batch_size=settings.batch_size,
        max_article_chars=settings.max_article_chars,
        workers=workers,
        make_executor=process_pool(workers),
        tell=tell,
        patience=patience_of(settings, tell=tell, stop=stop),
        stop=stop,
    )


def show(report: "Report", *, as_json: bool, quiet: bool) -> None:
    """Print the summary as it was asked for; exit with 130 after a run that was stopped."""
    from app.ingestion.display import details, summary  # noqa: PLC0415 - the job loads NLP

    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
    elif not quiet:
        for line in details(report):
            Console(stderr=True, soft_wrap=True).print(line, highlight=False)
        Console().print(summary(report))
    if report.status == "stopped":
        raise typer.Exit(STOPPED)
