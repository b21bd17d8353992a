"""A card, the live query of the same record, and the documented schema say the same: for every row."""

import json
from typing import Any

import pytest

from app.schemas.article import CARD_REFERENCES, ArticleCard
from app.schemas.statement import StatementCard
from tests.client import Client


def every(client: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    following = f"{path}?limit=200"
    while following:
        page = client.get(following).json()
        found += page["results"]
        following = page["links"]["next"]
    assert found
    return found


@pytest.mark.parametrize(("path", "schema"), [("articles", ArticleCard), ("statements", StatementCard)])
def test_every_card_is_as_documented(
    corpus: Client, path: str, schema: type[ArticleCard] | type[StatementCard]
) -> None:
    for card in every(corpus, f"/v1/{path}"):
        body = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
        assert schema.model_validate_json(body, strict=True).model_dump_json() == body


def test_every_article_s_card_is_what_its_page_reads(corpus: Client) -> None:
    for card in every(corpus, "/v1/articles"):
        page = corpus.get(f"/v1/articles/{card['key']}").json()
        live = ("speakers", "organizations", "cities", "topics")
        assert {name: page[name] for name in card if name not in live} == {
            name: card[name] for name in card if name not in live
        }
        for name in live:
            assert card["counts"][name] >= len(card[name])
            shown = [
                {key: row[key] for key in reference}
                for reference, row in zip(card[name], page[name], strict=False)
            ]
            assert shown == card[name], (card["key"], name)
            assert len(card[name]) == min(CARD_REFERENCES, len(page[name]))
        listed = [one["key"] for one in page["statements"]["results"]]
        assert card["counts"]["statements"] >= len(listed)


def test_every_statement_s_words_stand_where_its_card_says(corpus: Client) -> None:
    texts: dict[str, str] = {}
    for card in every(corpus, "/v1/statements"):
        key = card["article"]["key"]
        if key not in texts:
            texts[key] = corpus.get(f"/v1/articles/{key}/text").text
        words = [
            texts[key][span["start"] : span["end"]] for span in card["spans"] if span["part"] == "content"
        ]
        assert card["text"] == " [...] ".join(words), card["key"]
