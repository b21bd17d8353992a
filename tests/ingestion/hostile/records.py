"""Small whole inputs that hostile ones are made from."""

import json

from tests.ingestion.hostile.hostile_input import SENTENCE


def json_line(**fields: object) -> bytes:
    """Return an article as a line of JSON."""
    return json.dumps({"text": SENTENCE} | fields).encode() + b"\n"


def page(body: str = f"<p>{SENTENCE}</p>", head: str = "") -> bytes:
    """Return a page with an article."""
    return f"<!doctype html><title>No</title>{head}<article>{body}</article>".encode()


def feed(entry: str, declared: str = "") -> bytes:
    """Return a feed with an entry."""
    return f'<?xml version="1.0"?>{declared}<rss version="2.0"><channel>{entry}</channel></rss>'.encode()


def warc_record(block: bytes, length: int | str | None = None) -> bytes:
    """Return a record of an archive that holds a response."""
    header = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.example.com/elmford\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length or len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def response(body: bytes, *headers: str) -> bytes:
    """Return an answer over HTTP with a page."""
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *headers, "", ""]
    return "\r\n".join(lines).encode() + body
