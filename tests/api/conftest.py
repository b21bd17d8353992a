"""An application over routes of its own, to see the rules that every route inherits."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import pytest
from fastapi import APIRouter, FastAPI, Query
from pydantic import BaseModel, Field
from pydantic_core import PydanticCustomError
from starlette.responses import StreamingResponse

from app.api.problems import gone, query_timeout
from app.main import create_app
from app.schemas.problem import ParameterCode
from app.settings import Settings
from tests.client import Client

Serve: TypeAlias = Callable[..., FastAPI]


class Shade(StrEnum):
    """An enumerated parameter."""

    LIGHT = "light"
    DARK = "dark"


class ThingQuery(BaseModel, extra="forbid"):
    """Scalars and lists, as the product's own query models have them."""

    city: list[str] = Field([], max_length=3, description="City.")
    shade: list[Shade] | None = Field(None, description="Shade.")
    limit: int = Field(25, ge=1, le=200, description="Page size.")
    published_from: str | None = Field(None, description="Date.")
    q: str | None = Field(None, max_length=50, description="Words.")


class Refused(BaseModel, extra="forbid"):
    """Validators of one's own."""

    word: str

    def model_post_init(self, _context: object) -> None:
        """Refuse with a code, suggestions and a parameter's name."""
        if self.word == "coded":
            raise PydanticCustomError(
                ParameterCode.CONFLICTING_PARAMETERS,
                "cannot stand here",
                {"parameter": "word", "suggestions": ["x"]},
            )
        raise ValueError("is not a word")


router = APIRouter()


@router.get("/things")
async def list_things(query: Annotated[ThingQuery, Query()]) -> dict[str, object]:
    """Echo what was understood."""
    return query.model_dump(mode="json")


@router.get("/things/{number}")
async def get_thing(number: int, loud: Annotated[bool, Query()] = False) -> dict[str, object]:  # noqa: FBT002 - a query parameter
    """Have a path value that can be invalid."""
    return {"number": number, "loud": loud}


@router.get("/refused")
async def refuse(query: Annotated[Refused, Query()]) -> dict[str, object]:
    """Have validators."""
    return query.model_dump()


@router.get("/failing")
async def fail() -> dict[str, object]:
    """Fail as nobody expected."""
    raise RuntimeError("the password is hunter2")


@router.get("/breaking")
async def break_off() -> StreamingResponse:
    """Fail when the answer has begun."""

    async def chunks() -> AsyncIterator[bytes]:
        yield b"begun"
        raise RuntimeError("too late for a problem")

    return StreamingResponse(chunks())


@router.get("/gone")
async def be_gone() -> dict[str, object]:
    """Raise a problem."""
    raise gone("It was withdrawn: a correction removed it.")


@router.get("/slow")
async def be_slow() -> dict[str, object]:
    """Raise a problem with a header."""
    raise query_timeout(2.5)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Serve]:
    """Give what makes the real application over a database, and leave the log handlers as they were."""
    monkeypatch.chdir(tmp_path)  # no .env of the developer's
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    made: list[FastAPI] = []

    def application(database_url: str, **settings: Any) -> FastAPI:
        made.append(create_app(Settings(database_url=database_url, **settings)))
        return made[-1]

    yield application
    for app in made:
        app.state.reader.close()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def application(serve: Serve) -> FastAPI:
    """Give the real composition with one more router, over a database that is not there."""
    app = serve("sqlite:///absent/absent.db")
    app.include_router(router, prefix="/v1")
    return app


@pytest.fixture
def client(application: FastAPI) -> Client:
    """Give a client that sees failures as answers, as the network does."""
    return Client(application, raise_server_exceptions=False, follow_redirects=False)
