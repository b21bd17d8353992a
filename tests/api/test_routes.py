"""Lists read a right query at once; whatever needs more than that goes FastAPI's way."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.api.routes import QueryRoute
from app.api.strictness import refuse_unclear_query
from app.main import ROUTERS, create_app
from app.settings import Settings
from tests.client import Client


class Things(BaseModel):
    """Parameters of a list."""

    city: list[str] = []
    limit: int = Query(20, ge=1, le=200)


router = APIRouter(route_class=QueryRoute)
seen: list[str] = []


def shown(request: Request, query: Things, **more: object) -> Response:
    return JSONResponse({"path": request.url.path, **query.model_dump(), **more})


def note(request: Request) -> None:
    seen.append(request.url.path)


@router.get("/plain/{place}")
async def plain(request: Request, place: str, query: Annotated[Things, Query()]) -> Response:
    return shown(request, query, place=place)


@router.get("/noted", dependencies=[Depends(note)])
async def noted(request: Request, query: Annotated[Things, Query()]) -> Response:
    return shown(request, query)


@router.get("/headed")
async def headed(
    request: Request, query: Annotated[Things, Query()], x_who: Annotated[str, Header()] = "nobody"
) -> Response:
    return shown(request, query, who=x_who)


@router.get("/numbered/{number}")
async def numbered(request: Request, number: int, query: Annotated[Things, Query()]) -> Response:
    return shown(request, query, number=number)


@pytest.fixture
def client() -> Client:
    app = FastAPI(dependencies=[Depends(refuse_unclear_query)])
    app.include_router(router)
    return Client(app)


def test_a_right_query_is_read(client: Client) -> None:
    answer = client.get("/plain/here?city=boston-ma&city=chicago-il&limit=5")
    expected = {"path": "/plain/here", "place": "here", "city": ["boston-ma", "chicago-il"], "limit": 5}
    assert answer.json() == expected
    assert client.get("/plain/here").json() == {
        "path": "/plain/here",
        "place": "here",
        "city": [],
        "limit": 20,
    }


def test_a_wrong_query_is_told_as_fastapi_tells_it(client: Client) -> None:
    answer = client.get("/plain/here?limit=none")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "limit"]


def test_other_dependencies_run(client: Client) -> None:
    seen.clear()
    assert client.get("/noted?city=boston-ma").json()["city"] == ["boston-ma"]
    assert seen == ["/noted"]


def test_what_comes_by_other_ways_is_read(client: Client) -> None:
    assert client.get("/headed", headers={"X-Who": "ana"}).json()["who"] == "ana"
    assert client.get("/numbered/7").json()["number"] == 7
    assert client.get("/numbered/seven").status_code == 422


def test_the_application_depends_on_nothing_that_the_quick_way_leaves_out() -> None:
    """What an application or a router depends on, its routes do not know: the quick way would not run it."""
    app = create_app(Settings(database_url="sqlite:///absent/absent.db", _env_file=None))  # no .env
    assert [each.dependency for each in app.router.dependencies] == [refuse_unclear_query]
    for included in ROUTERS:
        assert included.dependencies == []
