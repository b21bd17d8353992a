"""Answers in fewer bytes: zstd or gzip, whichever the client prefers.

The work on messages and headers is Starlette's. Its gzip middleware is not used as it stands since it takes
`gzip;q=0` for a wish and knows no zstd.
"""

import sys
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SMALLEST = 1_024  # bytes; below, the headers weigh more than what is saved
_GZIP_LEVEL = 5  # of a page of 25 cards: 1 % larger than at level 9, for half the time
_ZSTD_LEVEL = 3  # the library's own default
_OFFERED = ("zstd", "gzip")  # the better first: for equal wishes it is taken
_REMEMBERED = 256  # headers; browsers of the world send a handful


class Compression:
    """Compresses what is worth it, as `Accept-Encoding` asks.

    To who takes compressed answers all tags are weak, also in a 304, in an answer to HEAD and on what is too
    small: an answer has the same tag whether its body is sent or not (RFC 9110, 15.4.5).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        coding = None
        if scope["type"] == "http":
            coding = preferred(", ".join(Headers(scope=scope).getlist("Accept-Encoding")))
        if coding is None:
            await self.app(scope, receive, send)
            return

        async def send_weakened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _weaken(headers)
                _name_once(headers)
            await send(message)

        await _responder(self.app, coding)(scope, receive, send_weakened)


@lru_cache(_REMEMBERED)
def preferred(accepted: str) -> str | None:
    """Return the content coding of ours that a client likes best, or none (RFC 9110, 12.5.3)."""
    weights = dict(map(_weighed, accepted.lower().split(",")))
    rest = weights.get("*", 0.0)
    best = max(_OFFERED, key=lambda coding: weights.get(coding, rest))
    weight = weights.get(best, rest)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def _weighed(item: str) -> tuple[str, float]:
    """Return a coding and its weight; one that cannot be read is no wish."""
    coding, *parameters = (part.strip() for part in item.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return coding, float(value)
            except ValueError:
                return coding, 0.0
    return coding, 1.0


def _responder(app: ASGIApp, coding: str) -> ASGIApp:
    if coding == "gzip":
        return GZipResponder(app, SMALLEST, _GZIP_LEVEL)
    return ZstdResponder(app, SMALLEST)


class ZstdResponder(IdentityResponder):
    """What Starlette's responder for gzip is, with zstd."""

    content_encoding = "zstd"
    _compressor: zstd.ZstdCompressor | None = None

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        """Return the body compressed; the last one ends the frame."""
        if self._compressor is None:
            self._compressor = zstd.ZstdCompressor(level=_ZSTD_LEVEL)
        compressor = self._compressor
        if more_body:
            return compressor.compress(body, compressor.FLUSH_BLOCK)
        return compressor.compress(body, compressor.FLUSH_FRAME)


def _name_once(headers: MutableHeaders) -> None:
    """Starlette's responder adds to `Vary` what stands there already."""
    if "Vary" in headers:
        named = (part.strip() for part in headers["Vary"].split(","))
        headers["Vary"] = ", ".join(dict.fromkeys(named))


def _weaken(headers: MutableHeaders) -> None:
    """Strong tags stand for bytes, and those that are sent may be other ones than the tag was made for."""
    tag = headers.get("ETag")
    if tag is not None and not tag.startswith("W/"):
        headers["ETag"] = f"W/{tag}"
