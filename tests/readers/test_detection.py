import pytest

from app.domain.article import UnreadableReason
from app.readers.detection import format_of
from app.readers.formats import Format
from app.readers.refusal import Refused

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
JSON_FEED = b'{"title": "Herald", "version": "https://jsonfeed.org/version/1.1", "items": []}'
SERVICE = b'{"status": "ok", "totalResults": 1, "articles": [{"title": "No"}]}'


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.html", b"no mark at all", Format.HTML),
        ("a.htm.gz", b"<!-- saved from url=(0030)https://a.example.com/ -->\n<html>", Format.HTML),
        ("a", b"\xef\xbb\xbf\n<!DOCTYPE html>", Format.HTML),
        ("a", "\ufeff<!DOCTYPE html>".encode("utf-16-le"), Format.HTML),
        ("a.xhtml", f"{XML}<!DOCTYPE html PUBLIC 'x'><html>".encode(), Format.HTML),
        ("feed.xml", f"{XML}<!-- made by hand --><rss version='2.0'>".encode(), Format.FEED),
        ("feed", f"{XML}<?xml-stylesheet href='a'?><feed xmlns='x'>".encode(), Format.FEED),
        ("feed.rdf", f"{XML}<rdf:RDF>".encode(), Format.FEED),
        ("feed.rss", b"<!DOCTYPE rss [<!ELEMENT a (b)>]><rss>", Format.FEED),
        ("feed.json", JSON_FEED, Format.FEED),
        ("feed", JSON_FEED, Format.FEED),
        ("a.json", SERVICE, Format.JSON),
        ("a", SERVICE, Format.JSON),
        (
            "a",
            b'{"status": "ok", "n": 1.5, "note": "\\"x\\"", "response": {"docs": [' + b" " * 99,
            Format.JSON,
        ),
        ("a", b'{"articles": "none", "text": "a"}', Format.JSONL),
        ("a", b'{"text": "a"}\n{"text": "b"}', Format.JSONL),
        ("a", b'{\n  "text": "a"\n}', Format.JSON),
        ("a", b' [\n {"text": "a"}]', Format.JSON),
        ("a", b"[Updated] Mayor Ortega said no.", Format.TEXT),
        ("a.txt", b"{Updated} Mayor Ortega said no.", Format.TEXT),
        ("a", b"id;title;text\n1;No;Mayor", Format.CSV),
        ("a", b"media_name,publish_date,url,title\n", Format.CSV),
        ("a", b"Mayor Ortega, who wrote the text, said no.", Format.TEXT),
        ("a", b"title,text\rNo,Mayor Ortega said no.", Format.TEXT),
        ("a.tsv", b"", Format.CSV),
        ("a.parquet", b"PAR1\x15\x00", Format.PARQUET),
        ("a", b"PAR1\x15\x00", Format.PARQUET),
        ("a.warc.gz", b"WARC/1.0\r\n", Format.WARC),
        ("a", b"WARC/1.1\r\n", Format.WARC),
        ("a.MD.ZST", b"# No", Format.MARKDOWN),
    ],
)
def test_the_format_is_told_by_content_and_name(name: str, head: bytes, expected: Format) -> None:
    assert format_of(name, head) is expected


@pytest.mark.parametrize(
    ("name", "head", "detail"),
    [
        ("a.txt", b"<!doctype html>", "named .txt and holds html"),
        ("a.html", b"WARC/1.0\r\n", "named .html and holds warc"),
        ("a.csv", b"PAR1\x15", "named .csv and holds parquet"),
        ("a.jsonl", b"<rss>", "named .jsonl and holds feed"),
        ("a.jsonl", b'[{"text": "a"}]', "named .jsonl and holds a JSON array"),
        ("a.json", b"Mayor Ortega said no.", "named .json and begins with no JSON object or array"),
        ("a.parquet", b"text,title", "named .parquet and does not begin as parquet does"),
        ("a.warc.gz", b"HTTP/1.1 200 OK", "named .warc and does not begin as warc does"),
        ("a.rss", b"Mayor Ortega said no.", "named .rss and holds no feed"),
        ("a.xml", f"{XML}<nitf>".encode(), "XML with the root 'nitf', which is no feed, cannot be read"),
        ("a.pdf", b"%PDF-1.7", "PDF cannot be read"),
        ("a.js", b"var a = 1", "a .js file cannot be read"),
        ("a.html", b"PK\x03\x04", "a zip archive or office document cannot be read"),
    ],
)
def test_a_contradiction_is_refused_in_words(name: str, head: bytes, detail: str) -> None:
    with pytest.raises(Refused, match="--format") as refused:
        format_of(name, head)
    assert refused.value.reason is UnreadableReason.UNSUPPORTED
    assert detail in refused.value.detail
