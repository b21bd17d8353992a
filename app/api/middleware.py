"""What surrounds every request: id, log line, HEAD, limits of the address, and the last catch.

Pure ASGI, since the convenient base class costs more than a whole query. From the outside in:
`PathPrefix`, `RequestContext`, CORS, `HeadAsGet`, `Compression`, `CacheHeaders`, `ErrorBoundary`,
`AddressLimits`, then the routes.
"""

import re
import uuid
from time import perf_counter
from unicodedata import category
from urllib.parse import unquote_to_bytes

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.error_handlers import internal_problem, nothing_at, problem_response
from app.api.problems import ProblemError, not_found
from app.schemas.problem import ProblemType

LONGEST_ADDRESS = 8_192
"""Bytes of path and query: what proxies commonly let through."""

REQUEST_ID_HEADER = "X-Request-ID"
_GIVEN_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}")  # safe in a log line, a header and a URI
_PROBES = frozenset({"/healthz", "/readyz"})  # asked every few seconds: logged only when they fail
_SUCCESS = range(200, 400)
_log = structlog.get_logger(__name__)


class PathPrefix:
    """Says under which path a proxy serves us, whether the proxy hands that on in the path or takes it off.

    An empty prefix leaves what the server says.
    """

    def __init__(self, app: ASGIApp, *, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if self.prefix and scope["type"] == "http":
            scope["root_path"] = self.prefix
        await self.app(scope, receive, send)


class RequestContext:
    """Gives every request an id, the caller's own when it is safe, and logs it when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status, started = 500, perf_counter()

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID_HEADER] = request_id
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_marked)
            finally:
                _log_request(scope, status, perf_counter() - started)


class HeadAsGet:
    """Answers HEAD as GET without its body, so that every route has it and none is declared twice.

    It marks the request `bodiless`, so that a route can leave out the reading of what nobody will see.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_headers(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        scope["state"]["bodiless"] = True
        await self.app({**scope, "method": "GET"}, receive, send_headers)


class ErrorBoundary:
    """Turns an exception that nobody handled into a problem; inside CORS, so that browsers may read it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        started = False

        async def send_watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            await internal_problem(scope, error)(scope, receive, send)


class AddressLimits:
    """Refuses addresses that no route could mean: too long, no text, or with a slash in a name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        problem = _address_problem(scope) if scope["type"] == "http" else None
        if problem is None:
            await self.app(scope, receive, send)
        else:
            await problem_response(scope, problem)(scope, receive, send)


def _address_problem(scope: Scope) -> ProblemError | None:
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    length = len(raw_path) + len(scope["query_string"])
    if length > LONGEST_ADDRESS:
        detail = f"The address has {length:,} bytes; {LONGEST_ADDRESS:,} are possible. Send fewer values."
        return ProblemError(ProblemType.URI_TOO_LONG, detail)
    if b"%" in raw_path:
        if not _is_text(unquote_to_bytes(raw_path)):
            return nothing_at(scope)
        if b"%2F" in raw_path.upper():  # the router would take it for one that divides
            return not_found("No name in a path holds a slash, which is what %2F means.")
    return None


def _is_text(path: bytes) -> bool:
    try:
        decoded = path.decode()
    except UnicodeDecodeError:
        return False
    return not any(category(char) == "Cc" for char in decoded)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
    return given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    """Write one line, without the query: that may tell whom somebody looks for."""
    quiet = scope["path"] in _PROBES and status in _SUCCESS
    log = _log.debug if quiet else _log.info
    log("request", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000, 1))
