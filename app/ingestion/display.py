"""A run on a terminal: the progress bar while it goes on, the summary at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from app.ingestion.job import Progress
from app.ingestion.report import Report

SHOWN = 10  # refused inputs and warnings that a terminal shows; the report has more


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[Progress], None]]:
    """Give a function that moves a bar with rate and time left; nothing is drawn when nobody looks."""
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[read]:,} articles"),
        TextColumn("{task.fields[rate]:,.1f}/s"),
        TextColumn("time left"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, read=0, rate=0.0)

        def move(progress: Progress) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = progress.read / elapsed if elapsed else 0.0
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                read=progress.read,
                rate=rate,
            )

        yield move


def summary(report: Report) -> Table:
    """Return the report as a table."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    for count, words in _lines(report):
        table.add_row(f"{count:,}", words)
    table.add_row("", f"{report.articles_per_second:,} articles/s, {report.words_per_second:,.0f} words/s")
    table.add_row("", f"{report.status} after {report.seconds:,.1f} s")
    return table


def details(report: Report) -> Iterator[str]:
    """Yield what was refused and what readers warned of, a line each, the first of them."""
    for failure in report.failures[:SHOWN]:
        yield escape(f"{failure['origin']}: {failure['reason']}: {failure['detail']}")
    if report.quarantined > SHOWN:
        yield f"... and {report.quarantined - SHOWN:,} more: see `dateline failures`"
    for warning in report.warned[:SHOWN]:
        yield escape(f"{warning['origin']}: warning: {warning['warning']}")
    if report.warnings > SHOWN:
        yield f"... and {report.warnings - SHOWN:,} more warnings"


def _lines(report: Report) -> Iterator[tuple[int, str]]:
    yield report.read, "read" + (" (dry run: nothing was written)" if report.dry_run else "")
    yield report.new, "new"
    yield report.unchanged, "unchanged"
    yield report.replaced, "replaced"
    if report.withdrawn:
        yield report.withdrawn, "withdrawn before and left out: --again brings them back"
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in report.reasons.items())
    yield report.quarantined, "quarantined" + (f" ({reasons})" if reasons else "")
    if report.not_english:
        yield report.not_english, "not English: stored, not extracted"
    if report.summaries:
        yield report.summaries, "summaries only: the input held no text"
    yield report.statements, "statements"
    yield report.speakers, "speakers"
    yield report.organizations, "organizations"
    yield report.cities, "cities"
    yield report.topics, "topics"
