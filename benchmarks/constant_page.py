"""What the framework alone can do: the very bytes of the product's answers, behind the very query models.

BENCHMARK_PAGES names a folder: `pages.json` says which model each page takes, `<name>.json` is its body.
"""

import json
import os
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import Response

from app.api.parameters import ArticlesQuery, StatementsQuery

VARIABLE = "BENCHMARK_PAGES"


def create_app() -> FastAPI:
    """Return an application with a route for each page."""
    folder = Path(os.environ[VARIABLE])
    app = FastAPI()
    add = {"articles": _add_articles, "statements": _add_statements, "item": _add_item}
    for name, model in json.loads((folder / "pages.json").read_text("utf-8")).items():
        add[model](app, name, (folder / f"{name}.json").read_bytes())
    return app


def _add_articles(app: FastAPI, name: str, body: bytes) -> None:
    @app.get(f"/{name}", name=name)
    async def page(query: Annotated[ArticlesQuery, Query()]) -> Response:
        del query
        return Response(body, media_type="application/json")


def _add_statements(app: FastAPI, name: str, body: bytes) -> None:
    @app.get(f"/{name}", name=name)
    async def page(query: Annotated[StatementsQuery, Query()]) -> Response:
        del query
        return Response(body, media_type="application/json")


def _add_item(app: FastAPI, name: str, body: bytes) -> None:
    @app.get(f"/{name}/{{key}}", name=name)
    async def item(key: str) -> Response:
        del key
        return Response(body, media_type="application/json")
