# ruff: noqa: E501 # lines as they are in files of this format
import io
import json
from datetime import UTC, datetime

import pytest

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.feeds import read_feed
from app.readers.records import Reading
from app.readers.refusal import Refused

READING = Reading(max_article_chars=10_000, now=datetime(2020, 3, 1, tzinfo=UTC))
TEXT = "“We counted,” Ana Ortega said.\n\n“Twice.”"
MARKUP = "<p>“We counted,” <b>Ana Ortega</b> said.</p><p>“Twice.”</p>"
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example Herald</title><link>https://www.example.com/</link><description>News</description>
<item><title>Ortega says &#8216;no&#8217;</title><link>https://www.example.com/1?utm_source=rss</link>
<guid isPermaLink="false">eh-1</guid><dc:creator><![CDATA[Lena Voss and Omar Field]]></dc:creator>
<pubDate>Fri, 14 Feb 2020 09:30:00 -0500</pubDate><description>In short.</description>
<content:encoded><![CDATA[{MARKUP}]]></content:encoded></item>
<item><title>In short</title><link>https://www.example.com/2</link><pubDate>Fri, 14 Feb 2020 09:30:00 EST</pubDate>
<description>&lt;p&gt;The mayor said no.&lt;/p&gt; &lt;img src="x"/&gt;</description></item>
<item><title>Nothing</title><link>https://www.example.com/3</link></item>
</channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://www.example.com/"><title>Example Herald</title>
<link>https://www.example.com/</link></channel><item rdf:about="https://www.example.com/2"><title>In short</title>
<link>https://www.example.com/2</link><dc:date>2020-02-14T09:30:00-05:00</dc:date>
<description>The mayor said no.</description></item></rdf:RDF>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example Herald</title>
<link href="https://www.example.com/"/><updated>2020-02-20T00:00:00Z</updated>
<entry><title type="html">Ortega says &amp;#8216;no&amp;#8217;</title><id>eh-1</id><link href="https://www.example.com/1"/>
<published>2020-02-14T09:30:00-05:00</published><updated>2020-02-15T00:00:00Z</updated>
<author><name>Lena Voss</name></author><author><name>Omar Field</name></author><summary>In short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{MARKUP}</div></content></entry>
<entry><title>In short</title><id>eh-2</id><link href="https://www.example.com/2"/>
<updated>2020-02-14T14:30:00Z</updated><summary>The mayor said no.</summary></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Example Herald",
    "home_page_url": "https://www.example.com/",
    "authors": [{"name": "Example Herald"}],
    "items": [
        {
            "id": "eh-1",
            "url": "https://www.example.com/1",
            "title": "Ortega says ‘no’",
            "content_html": MARKUP,
            "summary": "In short.",
            "date_published": "2020-02-14T09:30:00-05:00",
            "authors": [{"name": "Lena Voss"}, {"name": "Omar Field"}],
        },
        {"id": "eh-2", "url": "https://www.example.com/2", "title": "In short", "summary": "The mayor said no.",
         "date_published": "2020-02-14T09:30:00-05:00"},
        {"id": "eh-3", "title": "Nothing"},
        5,
    ],
}  # fmt: skip


def answers(data: str | bytes) -> list[Article | UnreadableArticle]:
    given = data.encode() if isinstance(data, str) else data
    return list(read_feed(io.BufferedReader(io.BytesIO(given)), "feed", READING))


@pytest.mark.parametrize("feed", [RSS, ATOM, json.dumps(JSON_FEED)], ids=["rss", "atom", "json"])
def test_an_entry_with_its_content_and_one_with_a_summary(feed: str) -> None:
    full, short, *rest = answers(feed)
    assert isinstance(full, Article)
    assert isinstance(short, Article)
    assert (full.text, full.summary_only) == (TEXT, False)
    assert (full.title, full.source, full.source_url) == (
        "Ortega says ‘no’",
        "Example Herald",
        "https://www.example.com/",
    )
    assert full.authors == ("Lena Voss", "Omar Field")
    assert (full.external_id, full.identity, full.origin) == ("eh-1", "url:https://example.com/1", "feed:1")
    assert (short.text, short.summary_only, short.origin) == ("The mayor said no.", True, "feed:2")
    assert full.published_at == short.published_at == datetime(2020, 2, 14, 14, 30, tzinfo=UTC)
    assert all(isinstance(each, UnreadableArticle) and each.reason == "empty" for each in rest)


def test_rss_1() -> None:
    (short,) = answers(RDF)
    assert isinstance(short, Article)
    assert (short.summary_only, short.published_at) == (True, datetime(2020, 2, 14, 14, 30, tzinfo=UTC))


def test_a_damaged_feed_gives_what_can_be_read_and_a_warning() -> None:
    *_, last = answers(RSS.replace("In short.</description>", "In &nosuch; short.</description>")[:-60])
    first = answers(RSS.replace("</rss>", "<"))
    assert isinstance(first[0], Article)
    assert first[0].text == TEXT
    assert last.origin == "feed:3"
    (cut,) = answers(RSS[: RSS.index("</item>")])
    assert isinstance(cut, Article)
    assert cut.warnings[0].startswith("the feed is damaged, the entry may be cut")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            '<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel/></rss>',
            UnreadableReason.UNSUPPORTED,
        ),
        ("Mayor Ortega said no.", UnreadableReason.UNREADABLE),
        ("", UnreadableReason.UNSUPPORTED),
        ("<html><p>No</p></html>", UnreadableReason.UNSUPPORTED),
        ("{broken", UnreadableReason.BAD_JSON),
        ('{"items": 5}', UnreadableReason.BAD_JSON),
    ],
)
def test_what_is_no_feed(data: str, reason: UnreadableReason) -> None:
    with pytest.raises(Refused) as refused:
        answers(data)
    assert refused.value.reason is reason


def test_a_feed_without_entries_has_no_article() -> None:
    assert answers('<rss version="2.0"><channel><title>Herald</title></channel></rss>') == []
