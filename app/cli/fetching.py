"""`--allow-fetch`: which commands may reach out, and how they go about it."""

from collections.abc import Callable, Sequence
from glob import glob
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import Engine

from app.cli.running import CommandError
from app.settings import Settings

if TYPE_CHECKING:
    from app.fetching.fetcher import Fetcher
    from app.ingestion.patience import Patience
    from app.readers.files import Remote
    from app.readers.records import Follow

SCHEMES = ("http", "https")
NO_CONTACT = (
    "DATELINE_FETCH_CONTACT: --allow-fetch needs a page or an e-mail address of yours, which sites see "
    "in the user agent"
)

AllowFetch = Annotated[
    bool,
    typer.Option(
        "--allow-fetch",
        help="Fetch what http and https addresses lead to, and the articles that feeds only have links to.",
    ),
]


def is_address(given: str) -> bool:
    """Tell whether an input is an address, and no path."""
    return "://" in given


def require_inputs(given: Sequence[str], *, allow_fetch: bool) -> None:
    """Raise BadParameter for a path that is not there, and for an address that may not be fetched."""
    for name in given:
        if is_address(name):
            scheme = name.partition(":")[0]
            if scheme.lower() not in SCHEMES:
                raise typer.BadParameter(f"{scheme} addresses cannot be fetched", param_hint="paths")
            if not allow_fetch:
                raise typer.BadParameter(
                    f"{name} is an address: say --allow-fetch to have it fetched", param_hint="paths"
                )
        # Path.glob takes no absolute patterns.
        elif name != "-" and not Path(name).exists() and not glob(name, recursive=True):  # noqa: PTH207
            raise typer.BadParameter(f"{name} does not exist", param_hint="paths")


def make_fetcher(settings: Settings, *, stop: Callable[[], bool]) -> "Fetcher":
    """Return what fetches as the settings say; its waits end when `stop` turns true. Raises CommandError."""
    from app.fetching.fetcher import Fetcher  # noqa: PLC0415 - only who may fetch loads it
    from app.fetching.limits import Limits  # noqa: PLC0415 - as above
    from app.fetching.pacing import Pace  # noqa: PLC0415 - as above

    if not settings.fetch_contact:
        raise CommandError(NO_CONTACT)
    limits = Limits(
        contact=settings.fetch_contact,
        version=version("dateline"),
        delay_seconds=settings.fetch_delay_seconds,
        whole_seconds=settings.fetch_timeout_seconds,
        most_bytes=settings.fetch_max_bytes,
        ports=frozenset(settings.fetch_ports),
        private_open=settings.fetch_allow_private,
    )
    return Fetcher(limits, pace=Pace(stop=stop))


def links_followed(fetcher: "Fetcher | None", engine: Engine, patience: "Patience") -> "Follow | None":
    """Return what follows links of feeds to texts that the database does not have; null without a fetcher."""
    if fetcher is None:
        return None
    from app.ingestion.fetched import following, stored_texts  # noqa: PLC0415 - the job loads NLP

    return following(fetcher, has_text=stored_texts(engine, patience))


def inputs_of(given: Sequence[str], fetcher: "Fetcher | None") -> "list[Path | Remote]":
    """Return paths and addresses as what a run takes."""
    from app.ingestion.fetched import at_address  # noqa: PLC0415 - the job loads NLP

    return [at_address(name, fetcher) if fetcher and is_address(name) else Path(name) for name in given]
