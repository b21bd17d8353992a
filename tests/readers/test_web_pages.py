# ruff: noqa: E501 # lines as they are in files of this format
from datetime import UTC, datetime

import pytest

from app.domain.article import Article, Precision, UnreadableReason
from app.readers.records import Reading
from app.readers.refusal import Refused
from app.readers.web_pages import MOST_ELEMENTS, article_of_page

READING = Reading(max_article_chars=100_000, now=datetime(2020, 3, 1, tzinfo=UTC))
ADDRESS = "https://www.example.com/2020/02/14/ortega-city-pay"
LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ortega: city will not pay twice", '
    '"datePublished": "2020-02-14T09:30:00-05:00", "author": [{"@type": "Person", "name": "Lena Voss"}, '
    '{"@type": "Person", "name": "Omar Field"}]}</script>'
)
HEAD = f"""<link rel="canonical" href="{ADDRESS}?utm_source=x">
<meta property="og:site_name" content="Example Herald"><meta property="og:title" content="Ortega: city will not pay twice">
{LD}"""
BODY = """<nav><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li></ul></nav>
<main><article><h1>Ortega: city will not pay twice</h1><p class="byline">By Lena Voss and Omar Field</p>
<p>BOSTON — Mayor Ana Ortega said on Friday that the city would not pay for a second count of the shelters.</p>
<p>“We counted once, and we counted <em>well</em>,” Ortega told reporters. “Nobody has shown us a <a href="/x">mistake</a>.”</p>
<aside class="related"><h3>Related</h3><ul><li><a href="/a">Council asks for a second count of shelters</a></li></ul></aside>
<p>RELATED: <a href="/c">How the shelters were counted last year</a></p>
<p>Council member Tom Birch, who leads the committee on housing, disagreed in a letter:</p>
<blockquote><p>The count left out three shelters in the east of the city.</p><p>We cannot plan a budget on numbers like these.</p></blockquote>
<p>The letter was signed by four of nine members.<br>A vote is planned for next week.</p>
<h2>What comes next</h2><ul><li>The council meets on Monday.</li><li>The budget office reports in March.</li></ul>
<p>Sign up for our newsletter to get news like this every morning.</p></article></main>
<section class="related-articles"><h2>More from the Herald</h2><ul><li><a href="/d">Snow closes schools in the north</a></li></ul></section>
<footer><p>© 2020 Example Herald. All rights reserved.</p></footer>"""
TEXT = """BOSTON — Mayor Ana Ortega said on Friday that the city would not pay for a second count of the shelters.

“We counted once, and we counted well,” Ortega told reporters. “Nobody has shown us a mistake.”

Council member Tom Birch, who leads the committee on housing, disagreed in a letter:

The count left out three shelters in the east of the city.

We cannot plan a budget on numbers like these.

The letter was signed by four of nine members.
A vote is planned for next week.

What comes next

The council meets on Monday.

The budget office reports in March."""


def page(head: str = HEAD, body: str = BODY) -> str:
    return f"<!DOCTYPE html><html><head><title>Ortega | Example Herald</title>{head}</head><body>{body}</body></html>"


def read(data: str | bytes, *, url: str | None = None, label: str | None = None) -> Article:
    given = data.encode() if isinstance(data, str) else data
    return article_of_page(given, "a.html", READING, url=url, label=label)


def test_the_article_and_nothing_else_of_the_page() -> None:
    article = read(page())
    assert article.text == TEXT
    assert article.title == "Ortega: city will not pay twice"
    assert (article.source, article.authors) == ("Example Herald", ("Lena Voss", "Omar Field"))
    assert article.identity == f"url:{ADDRESS.replace('www.', '')}"
    assert article.published_at == datetime(2020, 2, 14, 14, 30, tzinfo=UTC)
    assert article.published_precision is Precision.INSTANT
    assert article.language == "en"
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("head", "day", "precision", "warned"),
    [
        (
            '<meta property="article:published_time" content="2020-02-14T09:30:00-05:00">',
            "2020-02-14",
            "instant",
            False,
        ),
        (
            '<meta property="article:published_time" content="2020-02-14T09:30:00">',
            "2020-02-14",
            "day",
            False,
        ),
        ('<meta name="date" content="2020-02-14">', "2020-02-14", "day", False),
        ('<meta itemprop="datePublished" content="2020-02-14">', "2020-02-14", "day", False),
        ('<meta property="article:published_time" content="2120-02-14T09:30:00Z">', None, None, True),
        ('<meta property="article:published_time" content="2020-02-31">', None, None, True),
        ('<meta name="date" content="2020-02-31">', None, None, True),
        ('<meta property="article:modified_time" content="x">', None, None, False),
        ('<link rel="canonical" href="https://www.example.com/2020/02/14/no">', "2020-02-14", "day", False),
        ('<meta name="created" content="2020-02">', "2020-02-01", "month", False),
        ('<meta name="created" content="2020-02-31">', None, None, False),
        ('<meta name="created" content="2020-02-29">', "2020-02-29", "day", False),
        ('<link rel="canonical" href="https://www.example.com/2020/02/no">', None, None, False),
        ('<link rel="canonical" href="https://www.example.com/2020/02/01/no">', "2020-02-01", "day", False),
    ],
)
def test_the_date_is_the_declared_one_or_none(
    head: str,
    day: str | None,
    precision: str | None,
    warned: bool,  # noqa: FBT001 # a parameter
) -> None:
    article = read(page(head))
    assert (article.published_at and article.published_at.date().isoformat()) == day
    assert article.published_precision == precision
    assert bool(article.warnings) == warned


@pytest.mark.parametrize(
    ("canonical", "url", "expected"),
    [
        ("https://www.example.com/1", None, "https://www.example.com/1"),
        ("https://www.example.com/1", "https://m.example.com/1?ref=x", "https://www.example.com/1"),
        ("https://www.example.com/", "https://www.example.com/1", "https://www.example.com/1"),
        ("", "https://www.example.com/1", "https://www.example.com/1"),
        ("", None, None),
    ],
)
def test_the_address(canonical: str, url: str | None, expected: str | None) -> None:
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    assert read(page(head), url=url).url == expected


@pytest.mark.parametrize(
    ("encoding", "meta", "label"),
    [
        ("utf-8", "", None),
        ("utf-8", '<meta charset="iso-8859-1">', None),
        ("cp1252", '<meta charset="iso-8859-1">', None),
        ("cp1252", "", "ISO-8859-1"),
        ("cp1252", "", None),
        ("iso-8859-15", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">', None),
        ("utf-16", "", None),
    ],
)
def test_the_encoding_is_the_declared_one_unless_the_bytes_say_otherwise(
    encoding: str, meta: str, label: str | None
) -> None:
    body = (
        BODY.replace("Ortega", "Ortegué")
        .replace("—", "-")
        .replace("“", '"')
        .replace("”", '"')
        .replace("©", "c")
    )
    article = read(page(meta, body).encode(encoding), label=label)
    assert article.text.startswith("BOSTON - Mayor Ana Ortegué said on Friday")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", UnreadableReason.EMPTY),
        (b"<html><body></body></html>", UnreadableReason.EMPTY),
        (b"<div>" * 200_000, UnreadableReason.BAD_STRUCTURE),
        (b"\x89PNG\0\0", UnreadableReason.NOT_TEXT),
        (b"<p>" + b"<b>x</b>" * (MOST_ELEMENTS + 1), UnreadableReason.TOO_LONG),
        (b"<p>" + b"Ortega said no. " * 10_000, UnreadableReason.TOO_LONG),
        (b"<meta charset=shift_jis><p>" + b"\x81\xff\x81\xff" * 100, UnreadableReason.BAD_ENCODING),
    ],
)
def test_what_gives_no_article(data: bytes, reason: UnreadableReason) -> None:
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.reason is reason
