"""`dateline serve`."""

from math import ceil
from typing import Annotated

import typer

from app.cli.running import errors_in_words, read_settings

SENDING_SECONDS = 5  # what a client may still take for an answer when the server stops


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that serve.")] = 1,
) -> None:
    """Serve the API."""
    import uvicorn  # noqa: PLC0415 - nothing else needs it

    with errors_in_words():
        settings = read_settings()  # a wrong one is told here, once, and not by every worker
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
