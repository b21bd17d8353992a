"""Pages, feeds, Markdown and archives: nested, enormous, never closed, declared as something else."""

from collections.abc import Iterator

from app.domain.article import UnreadableReason as Reason
from tests.ingestion.hostile.hostile_input import SENTENCE, Hostile, refused, stored
from tests.ingestion.hostile.records import feed, page, response, warc_record

LAUGHS = "<!DOCTYPE lolz [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12))
)
"""Declarations that unfold to 10 to the power of 12 words."""

FILE_ENTITY = "<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
ITEM = f"<item><title>Vote</title><description>{SENTENCE}</description></item>"
AUTHOR = f"<author>{'a' * 1_000_000}</author></item>"
WORDS = f"{SENTENCE} " * 3


def inputs() -> Iterator[Hostile]:
    """Yield them."""
    yield from _pages()
    yield from _feeds()
    yield from _archives()
    yield from _markdown()


def _pages() -> Iterator[Hostile]:
    yield stored("nested.html", lambda: page("<div>" * 200 + f"<p>{WORDS}</p>" + "</div>" * 200))
    yield refused("deep.html", Reason.BAD_STRUCTURE, lambda: page("<div>" * 5_000 + f"<p>{WORDS}</p>"))
    yield refused("deeper.html", Reason.BAD_STRUCTURE, lambda: b"<html><body>" + b"<b>" * 1_000_000 + b"a")
    yield refused("elements.html", Reason.TOO_LONG, lambda: page("<p>a</p>" * 100_000))
    yield refused(
        "attributes.html", Reason.BAD_STRUCTURE, lambda: page(f"<p {_attributes(100_000)}>{WORDS}</p>")
    )
    yield stored("long-attribute.html", lambda: page(f'<p title="{"a" * 5_000_000}">{WORDS}</p>'))
    yield stored("never-closed.html", lambda: page(f"<p>{WORDS}<p><a href='")[:-10])
    yield refused("only-comment.html", Reason.EMPTY, lambda: b"<html><!-- " + b"a" * 3_000_000)
    yield refused("no-text.html", Reason.EMPTY, lambda: b"<html></html>")
    yield refused("picture.html", Reason.NOT_TEXT, lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    yield refused("program.html", Reason.NOT_TEXT, lambda: b"\x7fELF\x02\x01\x01" + bytes(5_000))
    yield refused("document.html", Reason.UNSUPPORTED, lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    yield stored("entities.html", lambda: LAUGHS + page(f"<p>&a12; {WORDS}</p>").decode())
    yield stored("script.html", lambda: page(f"<p>{WORDS}</p><script>{'a<b ' * 500_000}</script>"))
    yield stored("data.html", lambda: page(f"<p>{WORDS}</p>", _data("[" * 100_000)))
    yield stored(
        "dates.html", lambda: page(f"<p>{WORDS}</p>", '<meta name="date" content="2020-01-01">' * 1_000)
    )
    yield stored("encoding.html", lambda: page(f"<p>{WORDS}</p>", '<meta charset="utf-7">'))
    yield refused("one-line.html", Reason.TOO_LONG, lambda: page(f"<p>{'a ' * 6_000_000}</p>"))
    yield refused(
        "tables.html", Reason.BAD_STRUCTURE, lambda: page(f"<p>{WORDS}</p>" + "<table><tr><td>a" * 5_000)
    )


def _feeds() -> Iterator[Hostile]:
    yield refused("laughs.rss", Reason.UNSUPPORTED, lambda: feed("<item><title>&a12;</title></item>", LAUGHS))
    yield refused(
        "file.rss", Reason.UNSUPPORTED, lambda: feed("<item><title>&f;</title></item>", FILE_ENTITY)
    )
    yield refused("nested.rss", Reason.TOO_LONG, lambda: feed("<item>" + "<a>" * 250_000 + ITEM))
    yield stored("cut.rss", lambda: feed(ITEM)[:-20])
    yield refused(
        "table.xml", Reason.UNSUPPORTED, lambda: b"<?xml version='1.0'?><table><row>a</row></table>"
    )
    yield refused("nested-feed.json", Reason.BAD_STRUCTURE, lambda: _json_feed(b"[" * 100_000))
    yield refused("no-items.json", Reason.BAD_JSON, lambda: _json_feed(b"7"))
    yield refused("author.rss", Reason.BAD_FIELD, lambda: feed(ITEM.replace("</item>", AUTHOR)))


def _archives() -> Iterator[Hostile]:
    yield refused("cut.warc", Reason.UNREADABLE, lambda: warc_record(response(page()))[:-60])
    yield refused("length.warc", Reason.TOO_LONG, lambda: warc_record(response(page()), length=10**15))
    yield refused("header.warc", Reason.UNREADABLE, lambda: b"WARC/1.0\r\n" + b"a" * 3_000_000)
    yield stored("chunk-too-short.warc", lambda: _chunked(b"ffffffff\r\n" + page()))
    yield stored(
        "many-chunks.warc", lambda: _chunked(b"".join(b"1\r\n%c\r\n" % each for each in page(WORDS)))
    )


def _markdown() -> Iterator[Hostile]:
    yield stored("quotes.md", lambda: _marks("> " * 20_000))
    yield stored("brackets.md", lambda: _marks("[" * 10_000))
    yield stored("links.md", lambda: _marks("[a](<" * 1_000))
    yield refused("emphasis.md", Reason.BAD_STRUCTURE, lambda: _marks("*a **b " * 5_000))
    yield stored("few-emphasis.md", lambda: _marks("*a **b " * 500))
    yield refused(
        "backticks.md", Reason.BAD_STRUCTURE, lambda: _marks("".join("`" * n + " " for n in range(300)))
    )
    yield refused(
        "deep-front-matter.md", Reason.BAD_STRUCTURE, lambda: b"---\ntitle: " + b"[" * 5_000 + b"\n---\na"
    )
    yield refused(
        "never-closed.md", Reason.BAD_FRONT_MATTER, lambda: b"---\ntitle: a\n" + b"b: c\n" * 100_000
    )
    yield refused("laughs.md", Reason.BAD_FIELD, _yaml_laughs)


def _attributes(count: int) -> str:
    return " ".join(f"a{number}=1" for number in range(count))


def _data(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


def _json_feed(items: bytes) -> bytes:
    return b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + items + b"}"


def _chunked(body: bytes) -> bytes:
    return warc_record(response(body + b"0\r\n\r\n", "Transfer-Encoding: chunked"))


def _marks(marks: str) -> bytes:
    return f"{SENTENCE}\n\n{marks}\n".encode()


def _yaml_laughs() -> bytes:
    lists = (f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]" for n in range(12))
    return "\n".join(["---", "a0: &a0 [ha]", *lists, "title: *a12", "---", SENTENCE]).encode()
