"""The commands, gathered from the modules beside; help comes at once, since these import nothing heavy."""

import gc
from importlib.metadata import version
from typing import Annotated

import typer

from app.cli import correcting, history, loading, schema, serving, upkeep, watching

GARBAGE = 20_000
"""Objects after which garbage is looked for, in place of 700: of what loading makes, nearly all is kept, and
looking through it was a quarter of a short job.
"""

app = typer.Typer(
    help="Who said what, for whom, about which city: load articles and serve them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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


for command in (
    loading.ingest,
    loading.extract,
    watching.watch,
    serving.serve,
    upkeep.reextract,
    upkeep.export,
    upkeep.verify,
    upkeep.remove,
    correcting.correct,
    correcting.corrections,
    history.runs,
    history.failures,
    history.status,
    schema.reindex,
):
    app.command()(command)
app.add_typer(correcting.speakers, name="speakers")
app.add_typer(correcting.organizations, name="organizations")
app.add_typer(schema.database, name="db")


def run() -> None:
    """Run the command line."""
    gc.set_threshold(GARBAGE)
    app()
