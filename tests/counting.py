"""What a request costs: the statements that its application executes."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from sqlalchemy import Engine, event


@contextmanager
def counted(app: FastAPI) -> Iterator[list[str]]:
    """Give the statements that are executed meanwhile, but for the beginnings of transactions."""
    executed: list[str] = []
    engine: Engine = app.state.reader._engine

    def note(*arguments: object) -> None:
        if arguments[2] != "BEGIN":
            executed.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield executed
    event.remove(engine, "before_cursor_execute", note)
