"""Content coding: what clients wish for, what is worth it, and what becomes of tags."""

import asyncio
import sys
import zlib
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from app.api.compression import SMALLEST, Compression, preferred
from tests.client import Client

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LONG = b"who said what " * SMALLEST


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("gzip;q=0.5, zstd;q=0.5", "zstd"),
        ("gzip; q=0", None),
        ("gzip;q=0, *", "zstd"),
        ("zstd;q=0, *;q=0.1", "gzip"),
        ("*", "zstd"),
        ("*;q=0", None),
        ("br, deflate", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("gzip;q=high", None),
        ("gzip;level=9", "gzip"),
        (";;,,=", None),
    ],
)
def test_wishes(accepted: str, coding: str | None) -> None:
    assert preferred(accepted) == coding


def decoded(answer: bytes, coding: str) -> bytes:
    return zlib.decompress(answer, zlib.MAX_WBITS | 16) if coding == "gzip" else zstd.decompress(answer)


async def whole(request: Request) -> Response:
    size = int(request.query_params["size"])
    return Response(LONG[:size], headers={"ETag": '"strong"'}, media_type="application/json")


async def pieces(_request: Request) -> Response:
    async def chunks() -> AsyncIterator[bytes]:
        yield LONG
        await asyncio.sleep(0)
        yield LONG

    return StreamingResponse(chunks(), headers={"ETag": 'W/"weak"'}, media_type="text/plain")


async def failing(_request: Request) -> Response:
    return Response(LONG, 404, media_type="application/problem+json")


def raw(path: str, accepted: str) -> tuple[bytes, dict[str, str]]:
    """Return the bytes and headers as they are sent: the client would decode them."""
    app = Starlette(routes=[Route("/whole", whole), Route("/pieces", pieces), Route("/failing", failing)])
    app.add_middleware(Compression)
    with Client(app).stream("GET", path, headers={"Accept-Encoding": accepted}) as answer:
        return b"".join(answer.iter_raw()), dict(answer.headers)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_long_answers_are_compressed(coding: str) -> None:
    body, headers = raw(f"/whole?size={SMALLEST}", coding)
    assert decoded(body, coding) == LONG[:SMALLEST]
    assert headers["content-encoding"] == coding
    assert headers["content-length"] == str(len(body))
    assert headers["vary"] == "Accept-Encoding"
    assert headers["etag"] == 'W/"strong"'  # other bytes than those that it stands for


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_pieces_are_compressed_one_by_one(coding: str) -> None:
    body, headers = raw("/pieces", coding)
    assert decoded(body, coding) == LONG * 2
    assert "content-length" not in headers
    assert headers["etag"] == 'W/"weak"'


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_problems_are_compressed(coding: str) -> None:
    body, headers = raw("/failing", coding)
    assert (decoded(body, coding), headers["content-encoding"]) == (LONG, coding)


@pytest.mark.parametrize(
    ("size", "accepted"), [(SMALLEST - 1, "gzip, zstd"), (SMALLEST, "identity"), (SMALLEST, "br")]
)
def test_others_are_sent_as_they_are(size: int, accepted: str) -> None:
    body, headers = raw(f"/whole?size={size}", accepted)
    assert body == LONG[:size]
    assert "content-encoding" not in headers
    assert headers["etag"] == ('"strong"' if size == SMALLEST else 'W/"strong"')  # the same in a 304


def test_the_application_compresses(application: FastAPI) -> None:
    client = Client(application)
    for coding in ("gzip", "zstd"):
        with client.stream("GET", "/openapi.json", headers={"Accept-Encoding": coding}) as answer:
            body = b"".join(answer.iter_raw())
        plain = client.get("/openapi.json", headers={"Accept-Encoding": "identity"})
        assert answer.headers["content-encoding"] == coding
        assert decoded(body, coding) == plain.content
        assert len(body) < len(plain.content) / 5
        assert answer.headers["etag"] == f"W/{plain.headers['etag']}"
