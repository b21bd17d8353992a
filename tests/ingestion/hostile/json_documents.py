"""JSON and CSV: nested, endless, with halves of characters, wrong types, doubled keys and ids."""

from collections.abc import Iterator
from functools import partial

from app.domain.article import UnreadableReason as Reason
from tests.ingestion.hostile.hostile_input import SENTENCE, Hostile, refused, stored
from tests.ingestion.hostile.records import json_line

QUOTED = f'"{SENTENCE}"'.encode()


def inputs() -> Iterator[Hostile]:
    """Yield them."""
    yield from _lines()
    yield from _documents()
    yield from _tables()
    yield from _dates()


def _lines() -> Iterator[Hostile]:
    yield refused("deep.jsonl", Reason.BAD_STRUCTURE, lambda: b'{"text": ' + b"[" * 200_000)
    yield refused("deep-key.jsonl", Reason.BAD_STRUCTURE, lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000)
    yield refused("number.jsonl", Reason.BAD_JSON, lambda: b'{"text": ' + b"9" * 100_000 + b"}")
    yield refused("not-a-number.jsonl", Reason.BAD_FIELD, lambda: b'{"text": NaN}')
    yield stored("huge-exponent.jsonl", lambda: b'{"text": ' + QUOTED + b', "other": 1e999999}')
    yield stored("surrogates.jsonl", lambda: b'{"text": "\\ud800 ' + SENTENCE.encode() + b' \\udfff\\ud83d"}')
    yield stored(
        "title-of-surrogates.jsonl", lambda: b'{"title": "\\ud800", "id": "\\udc00", "text": ' + QUOTED + b"}"
    )
    yield refused("key-of-surrogates.jsonl", Reason.EMPTY, lambda: b'{"\\ud800": "a", "a\\u0000b": 1}')
    yield refused("nul.jsonl", Reason.NOT_TEXT, lambda: b'{"text": "a\\u0000b"}')
    yield stored("nul-in-fields.jsonl", lambda: json_line(title="a\0b", source="\0", id="\0", authors=["\0"]))
    yield stored("same-key.jsonl", lambda: b'{"text": "No.", "text": ' + QUOTED + b"}")
    yield stored("same-id.jsonl", _same_id, articles=2)
    yield refused("wrong-type.jsonl", Reason.BAD_FIELD, lambda: json_line(title={"a": []}))
    yield refused("long-title.jsonl", Reason.BAD_FIELD, lambda: json_line(title="a" * 1_000_000))
    yield refused("many-authors.jsonl", Reason.BAD_FIELD, lambda: json_line(authors=["a"] * 100_000))
    yield stored("bad-address.jsonl", lambda: json_line(url="https://[::1:99999/\ud83d", source_url="\x07"))
    yield stored("long-address.jsonl", lambda: json_line(url=f"https://example.com/?{'a&' * 900}"))
    yield stored("address-of-emoji.jsonl", lambda: json_line(url=f"https://example.com/{_unlike(1_900)}"))
    yield stored("long-id.jsonl", lambda: json_line(source=_unlike(400), id=_unlike(2_000)))
    yield refused("long-source.jsonl", Reason.BAD_FIELD, lambda: json_line(source=_unlike(501)))
    yield refused("list.jsonl", Reason.BAD_JSON, lambda: b"7\n")


def _documents() -> Iterator[Hostile]:
    yield refused("deep.json", Reason.BAD_STRUCTURE, lambda: b"[" * 1_000_000)
    yield refused("deep-object.json", Reason.BAD_STRUCTURE, lambda: b'{"a":' * 1_000_000)
    yield refused("cut.json", Reason.BAD_JSON, lambda: b'[{"text": ' + QUOTED + b'}, {"text": "a', articles=1)
    yield refused("string.json", Reason.BAD_JSON, lambda: b'[{"text": "' + b'\\"' * 3_000_000)
    yield refused("commas.json", Reason.BAD_JSON, lambda: b"[" + b"," * 3_000_000 + b"]")
    yield refused("not-json.json", Reason.UNSUPPORTED, lambda: b"\x00\x01\x02")
    yield refused("empty.json", Reason.EMPTY, bytes)


def _tables() -> Iterator[Hostile]:
    yield refused("never-closed.csv", Reason.BAD_FIELD, lambda: b'title,text\nNo,"' + SENTENCE.encode())
    yield refused("cells.csv", Reason.BAD_FIELD, lambda: b"text,title\n" + b"a," * 1_000_000)
    yield refused("columns.csv", Reason.BAD_FIELD, lambda: b"a," * 100_000 + b"\n")
    yield refused("nul.csv", Reason.NOT_TEXT, lambda: b"text\na\0b\n")
    yield refused("empty.csv", Reason.EMPTY, bytes)
    yield refused("picture.parquet", Reason.UNSUPPORTED, lambda: b"\x89PNG\r\n\x1a\n" + bytes(99))
    yield refused("cut.parquet", Reason.UNREADABLE, lambda: b"PAR1" + bytes(5_000))
    yield refused("empty.parquet", Reason.EMPTY, bytes)


def _dates() -> Iterator[Hostile]:
    given = (
        "0000-00-00",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2020-02-31",
        "1e999",
        "-1",
    )
    for number, date in enumerate((*given, "9" * 1_999)):
        dated = partial(json_line, published_at=date, id=number, source="Elm Dates")
        yield stored(f"date-{number}.jsonl", dated)


def _unlike(length: int) -> str:
    """Return letters of four bytes, in an order that cannot be packed."""
    return "".join(chr(0x20000 + (number * number * 7919) % 40_009) for number in range(length))


def _same_id() -> bytes:
    first, second = (
        json_line(id=7, source="Elm Daily", text=f"{SENTENCE} {more}") for more in ("One.", "Two.")
    )
    return first + second
