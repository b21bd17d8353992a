"""`dateline watch`: folders and feeds, looked at again and again."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from app.cli.fetching import AllowFetch, is_address, links_followed, make_fetcher, require_inputs
from app.cli.jobs import AsJson, Workers, job_options, telling
from app.cli.loading import GivenFormat, GivenMap, field_map_of
from app.cli.running import errors_in_words, open_engine, read_settings, require_extra

if TYPE_CHECKING:
    from app.ingestion.report import Report
    from app.ingestion.watching import Round


def watch(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Folders, files and patterns; with --allow-fetch, addresses of feeds and pages."),
    ],
    *,
    every: Annotated[float, typer.Option(min=1, help="Seconds between two looks.")] = 300,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    given_format: GivenFormat = None,
    given_map: GivenMap = None,
    allow_fetch: AllowFetch = False,
    as_json: AsJson = False,
    workers: Workers = None,
) -> None:
    """Keep a corpus current: load what is new or changed, again and again.

    Ctrl-C ends it after the article in hand.
    """
    if "-" in inputs:
        raise typer.BadParameter("standard input cannot be watched", param_hint="inputs")
    require_inputs(inputs, allow_fetch=allow_fetch)
    with errors_in_words():
        settings = read_settings()
        require_extra("watch", settings)
        from app.ingestion.stopping import stopping  # noqa: PLC0415 - the job loads NLP
        from app.ingestion.watching import Watch, keep_watching, watch_once  # noqa: PLC0415 - as above

        with open_engine(settings) as engine, stopping(_announce) as stop:
            fetcher = make_fetcher(settings, stop=stop) if allow_fetch else None
            tell = telling(Console(stderr=True, soft_wrap=True))
            plain = job_options(settings, workers=workers, stop=stop, tell=tell)
            options = replace(
                plain,
                given_format=given_format,
                field_map=field_map_of(given_map),
                follow=links_followed(fetcher, engine, plain.patience),
            )
            watched = Watch(
                paths=tuple(Path(name) for name in inputs if not is_address(name)),
                addresses=tuple(name for name in inputs if is_address(name)),
                every=every,
                fetcher=fetcher,
                options=options,
            )
            show = partial(_show, as_json=as_json)
            if once:
                show(watch_once(watched, engine=engine, now=datetime.now(UTC)))
            else:
                keep_watching(watched, engine=engine, show=show)


def _announce() -> None:
    Console(stderr=True).print("Ending after the article in hand.")


def _show(done: "Round", *, as_json: bool) -> None:
    from app.ingestion.display import details  # noqa: PLC0415 - the job loads NLP

    console = Console(stderr=True, soft_wrap=True)
    for trouble in done.troubles:
        console.print(escape(trouble), highlight=False)
    if done.report is None:
        return
    if as_json:
        typer.echo(json.dumps(done.report.as_json(), ensure_ascii=False))
        return
    for line in details(done.report):
        console.print(line, highlight=False)
    typer.echo(_line(done.report))


def _line(report: "Report") -> str:
    """Return a run on one line."""
    counts = {name: getattr(report, name) for name in ("new", "replaced", "unchanged", "quarantined")}
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    return f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {told} ({report.status})"
