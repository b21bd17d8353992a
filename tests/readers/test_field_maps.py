"""The shapes are those of the services' documentation, the texts our own."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.article import Article, UnreadableArticle
from app.readers.field_maps import BadMapError, fields_of, load_map, recognised, shipped_maps
from app.readers.files import read_paths

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ADDRESS = "https://www.example.com/us/2020/feb/14/ortega-says-no"
GUARDIAN: dict[str, Any] = {
    "response": {
        "status": "ok",
        "userTier": "developer",
        "total": 1,
        "startIndex": 1,
        "pageSize": 10,
        "results": [
            {
                "id": "us-news/2020/feb/14/ortega-says-no",
                "type": "article",
                "sectionId": "us-news",
                "sectionName": "US news",
                "webPublicationDate": "2020-02-14T14:30:00Z",
                "webTitle": "Ortega says no",
                "webUrl": ADDRESS,
                "apiUrl": "https://content.example.com/us-news/2020/feb/14/ortega-says-no",
                "fields": {
                    "headline": "Ortega says no",
                    "trailText": "The mayor <strong>will not</strong> help",
                    "byline": "Lena Voss and Omar Field in Boston",
                    "body": "<p>“No,” said Ana Ortega.</p> <p>She left.</p>",
                },
                "isHosted": False,
                "pillarId": "pillar/news",
                "pillarName": "News",
            }
        ],
    }
}
NYTIMES = {
    "status": "OK",
    "copyright": "Copyright (c) 2020",
    "response": {
        "docs": [
            {
                "abstract": "Mayor Ana Ortega declined.",
                "web_url": ADDRESS,
                "snippet": "Mayor Ana Ortega <strong>declined</strong>.",
                "lead_paragraph": "BOSTON — Mayor Ana Ortega said on Friday that she would not help.",
                "multimedia": [],
                "headline": {"main": "Ortega Says No", "kicker": None, "print_headline": "A No"},
                "keywords": [{"name": "persons", "value": "Ortega, Ana", "rank": 1, "major": "N"}],
                "pub_date": "2020-02-14T14:30:00+0000",
                "document_type": "article",
                "byline": {
                    "original": "By Lena Voss and Omar Field",
                    "person": [{"firstname": "Lena", "lastname": "Voss", "role": "reported", "rank": 1}],
                    "organization": None,
                },
                "_id": "nyt://article/0001",
                "word_count": 900,
                "uri": "nyt://article/0001",
            }
        ],
        "meta": {"hits": 1, "offset": 0, "time": 10},
    },
}
NEWSAPI = {
    "status": "ok",
    "totalResults": 1,
    "articles": [
        {
            "source": {"id": None, "name": "Example Herald"},
            "author": "Lena Voss, Omar Field",
            "title": "Ortega says no",
            "description": None,
            "url": ADDRESS,
            "urlToImage": None,
            "publishedAt": "2020-02-14T14:30:00Z",
            "content": "BOSTON — Mayor Ana Ortega said on Friday that she would n… [+1234 chars]",
        }
    ],
}
MEDIA_CLOUD = [
    {
        "id": "5f1c",
        "indexed_date": "2020-02-15T01:00:00",
        "language": "en",
        "media_name": "example.com",
        "media_url": "example.com",
        "publish_date": "2020-02-14",
        "title": "Ortega says no",
        "url": ADDRESS,
        "text": "“No,” said Ana Ortega.\n\nShe left.",
    }
]
ALLSIDES = {
    "topic": "immigration",
    "source": "Example Herald",
    "bias": 1,
    "url": ADDRESS,
    "title": "Ortega says no",
    "date": "2020-02-14",
    "authors": "Lena Voss,Omar Field",
    "content": "“ No , ” said Ana Ortega . She left .",
    "content_original": "“No,” said Ana Ortega.\n\nShe left.",
    "source_url": "www.example.com",
    "bias_text": "center",
    "ID": "a1B2",
}
TEXT = "“No,” said Ana Ortega.\n\nShe left."
LEAD = "BOSTON — Mayor Ana Ortega said on Friday that she would not help."


def read(folder: Path, document: object, name: str = "a.json", given_map: str | None = None) -> list[object]:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    field_map = load_map(given_map) if given_map else None
    return list(read_paths([path], max_article_chars=10_000, now=NOW, field_map=field_map))


@pytest.mark.parametrize(
    ("document", "text", "source", "summary"),
    [
        (GUARDIAN, TEXT, "The Guardian", False),
        (
            {"response": {"status": "ok", "content": GUARDIAN["response"]["results"][0]}},
            TEXT,
            "The Guardian",
            False,
        ),
        (NYTIMES, LEAD, "The New York Times", True),
        (NEWSAPI, "BOSTON — Mayor Ana Ortega said on Friday that she would n", "Example Herald", True),
        (MEDIA_CLOUD, TEXT, "example.com", False),
        (ALLSIDES, TEXT, "Example Herald", False),
    ],
)
def test_a_service_is_known_by_its_keys(
    tmp_path: Path,
    document: object,
    text: str,
    source: str,
    summary: bool,  # noqa: FBT001 # a parameter
) -> None:
    (article,) = read(tmp_path, document)
    assert isinstance(article, Article), article
    assert (article.text, article.source, article.summary_only) == (text, source, summary)
    assert (article.title or "").lower() == "ortega says no"
    assert article.url == ADDRESS
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2020-02-14"
    assert article.authors == (() if document is MEDIA_CLOUD else ("Lena Voss", "Omar Field"))
    assert article.warnings == ()


def test_a_list_of_a_service_as_a_table(tmp_path: Path) -> None:
    header = "id,indexed_date,language,media_name,media_url,publish_date,title,url"
    (answer,) = read(
        tmp_path, f"{header}\n5f1c,2020-02-15,en,example.com,example.com,2020-02-14,No,{ADDRESS}\n", "a.csv"
    )
    assert isinstance(answer, UnreadableArticle)
    assert answer.detail.startswith("no field 'text'")


def test_pairs_a_file_and_a_name(tmp_path: Path) -> None:
    row = {"headline": "No", "body": {"plain": "She said no."}, "outlet": "Herald", "id": 7}
    written = tmp_path / "own.yaml"
    written.write_text(
        "fields: {title: headline, text: [nowhere, body.plain], source: {value: Example Herald}}"
    )
    for given, source in (
        ("title=headline,text=body.plain,source=outlet", "Herald"),
        (str(written), "Example Herald"),
    ):
        (article,) = read(tmp_path, [row], given_map=given)
        assert isinstance(article, Article)
        assert (article.title, article.text, article.source) == ("No", "She said no.", source)
        assert article.external_id == "7"
    assert load_map("guardian") is shipped_maps()["guardian"]


def test_a_map_tells_where_a_document_holds_its_articles(tmp_path: Path) -> None:
    written = tmp_path / "own.yaml"
    written.write_text("records: [data.items]\nfields: {text: body}")
    (article,) = read(tmp_path, {"data": {"items": [{"body": "She said no."}]}}, given_map=str(written))
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("title=headline,text", "'text' is no pair"),
        ("titel=headline", "no field 'titel'; there are id, url, title"),
        ("nowhere", "neither a file nor one of allsides, guardian, mediacloud, newsapi, nytimes"),
        ("fields: [", "own.yaml"),
        ("title: headline", "a map needs `fields`"),
        ("fields: {text: body}\nfield: x", "`field` is not known"),
        ("fields: {text: 5}", "5' is neither"),
        ("fields: {text: a}\nrecords: x", "`records` is a list"),
    ],
)
def test_a_map_that_cannot_be_used_says_why(tmp_path: Path, given: str, message: str) -> None:
    if ":" in given:
        path = tmp_path / "own.yaml"
        path.write_text(given)
        given = str(path)
    with pytest.raises(BadMapError, match=message):
        load_map(given)


def test_own_records_are_nobody_elses() -> None:
    own = (
        "id",
        "text",
        "title",
        "source",
        "source_url",
        "url",
        "authors",
        "published_at",
        "language",
        "summary",
    )
    assert recognised(own) is None
    assert all(each.recognised_by for each in shipped_maps().values())
    assert fields_of({"text": "a", "other": 1}, None) == {"text": "a", "other": 1}


def test_lists_on_the_way_and_keys_with_dots() -> None:
    pairs = load_map("authors=people.name,title=meta.title")
    record = {"people": [{"name": "Lena Voss"}, {}, {"name": "Omar Field"}], "meta.title": "No", "text": "a"}
    assert fields_of(record, pairs) == {"authors": ["Lena Voss", "Omar Field"], "title": "No", "text": "a"}
