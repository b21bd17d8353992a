"""The composition root of the API: `uvicorn --factory app.main:create_app` serves it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from app.api import docs_page, error_handlers, openapi
from app.api.caching import CacheHeaders
from app.api.compression import Compression
from app.api.middleware import AddressLimits, ErrorBoundary, HeadAsGet, PathPrefix, RequestContext
from app.api.reading import Reader
from app.api.recollection import Memory
from app.api.routers import (
    articles,
    cities,
    organizations,
    probes,
    problem_types,
    sources,
    speakers,
    statements,
    status,
    topics,
)
from app.api.strictness import refuse_unclear_query
from app.logging import configure_logging
from app.settings import LogFormat, Settings

_READABLE_BY_SCRIPTS = ("Allow", "ETag", "Link", "Location", "Retry-After", "X-Request-ID")
_ACCEPTED_FROM_SCRIPTS = ("If-Modified-Since", "If-None-Match", "X-Request-ID")
_PREFLIGHT_SECONDS = 86_400  # browsers cut it to their own limit

ROUTERS: tuple[APIRouter, ...] = (
    articles.router,
    statements.router,
    speakers.router,
    organizations.router,
    cities.router,
    topics.router,
    sources.router,
    status.router,
)
"""The resources, all under /v1."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application; without settings it reads them from the environment.

    Raises UnsupportedDatabaseError for a database URL that Dateline cannot use. Connects to nothing.
    """
    settings = settings or Settings()
    configure_logging(level=settings.log_level, as_json=settings.log_format is LogFormat.JSON)
    app = FastAPI(
        title="Dateline",
        version=version("dateline"),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_route_name,
        dependencies=[Depends(refuse_unclear_query)],
        middleware=_middleware(settings),
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.reader = Reader.of(settings)
    app.state.memory = Memory()
    error_handlers.install(app)
    _include_routers(app)
    openapi.install(app)
    return app


def _include_routers(app: FastAPI) -> None:
    """Include what is asked most first: a request is compared with the routers in their order."""
    for router in ROUTERS:
        app.include_router(router, prefix="/v1")
    app.include_router(docs_page.router)
    app.include_router(probes.router)
    app.include_router(problem_types.router)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Let go of the database when the server stops."""
    yield
    app.state.reader.close()


def _route_name(route: APIRoute) -> str:
    """Operation ids are the handlers' names: `list_articles` makes a clean client."""
    return route.name


def _middleware(settings: Settings) -> list[Middleware]:
    """Return what surrounds a request, outermost first."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=("GET", "HEAD", "OPTIONS"),
        allow_headers=_ACCEPTED_FROM_SCRIPTS,
        expose_headers=_READABLE_BY_SCRIPTS,
        max_age=_PREFLIGHT_SECONDS,
    )
    prefix = Middleware(PathPrefix, prefix=settings.root_path)
    outside = [prefix, Middleware(RequestContext), *([cors] if settings.cors_origins else [])]
    inside = (HeadAsGet, Compression, CacheHeaders, ErrorBoundary, AddressLimits)
    return [*outside, *(Middleware(each) for each in inside)]
