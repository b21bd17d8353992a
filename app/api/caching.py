"""What caches may keep: the one place that decides it for every answer.

A handler says `Cache-Control: public`, or says nothing and nobody keeps its answer. Answers from the corpus
bring their tags along (`app.api.dependencies.answer`); what is fixed is tagged here by its bytes.
"""

import hashlib

from fastapi import Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.conditions import Conditions

FIXED = "public, max-age=3600"
"""Of what changes with the version only: an hour is long for a reader, short after an upgrade."""

_KEPT_IN_304 = ("cache-control", "content-location", "date", "etag", "expires", "vary", "last-modified")
_OK, _NOT_MODIFIED = 200, 304


def corpus_control(request: Request) -> str:
    """Return how long answers from the corpus may be kept without asking whether they still hold."""
    return f"public, max-age={request.app.state.settings.cache_seconds}"


async def fixed(response: Response) -> None:
    """Let an answer be kept that changes with the version only: a dependency of such routes."""
    response.headers["Cache-Control"] = FIXED


class CacheHeaders:
    """Forbids keeping what nobody allowed; tags what is fixed, and leaves out what the client has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message | None = None

        async def send_marked(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None and message["type"] == "http.response.body":
                message = _mark(scope, start, message)
                await send(start)
                start = None
            await send(message)

        await self.app(scope, receive, send_marked)


def _mark(scope: Scope, start: Message, body: Message) -> Message:
    """Complete the headers of an answer and return what is left of its body."""
    headers = MutableHeaders(scope=start)
    if "public" not in headers.setdefault("Cache-Control", "no-store"):
        return body
    headers.add_vary_header("Accept-Encoding")
    if start["status"] != _OK or "ETag" in headers or body.get("more_body", False):
        return body
    tag = f'"{hashlib.sha256(body.get("body", b"")).hexdigest()[:32]}"'
    headers["ETag"] = tag
    asked = Conditions.of(Headers(scope=scope))
    if not (asked.names(tag) or asked.anything):
        return body
    start["status"] = _NOT_MODIFIED
    start["headers"] = [pair for pair in headers.raw if pair[0].decode("latin-1") in _KEPT_IN_304]
    return {**body, "body": b""}
