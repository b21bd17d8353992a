"""Log lines: readable for people, JSON for collectors; never an article's text."""

import logging
import sys

import structlog


def configure_logging(*, level: str, as_json: bool) -> None:
    """Send structlog's and the standard library's lines to standard error in one format.

    Raises ValueError for an unknown level name.
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise ValueError(f"unknown log level: {level!r}")
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Plain tracebacks: the rich ones are slow and show the values of variables, secrets among them.
    renderers: list[structlog.types.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [_console()]
    )
    structlog.configure(  # past the standard library, whose records cost more than the line itself
        processors=[_name_logger, *shared, *renderers],
        logger_factory=_Logger,
        wrapper_class=structlog.make_filtering_bound_logger(number),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        )
    )
    logging.getLogger("alembic").setLevel(max(number, logging.WARNING))  # it tells each look at a revision
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)


class _Logger:
    """Writes lines to standard error, and knows the name that it was asked for by."""

    def __init__(self, name: str) -> None:
        self.name = name

    def info(self, line: str) -> None:
        """Write a line, which has its level in it."""
        sys.stderr.write(f"{line}\n")

    debug = warning = error = critical = info


def _name_logger(
    logger: _Logger, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    event["logger"] = logger.name
    return event


def _console() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
