import json

import pytest

from app.domain.article import Article
from app.readers.json_lines import read_json_line
from app.readers.name_cards import without_name_cards


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (
            "Rep. Ana Ortega Ana Maria OrtegaFerry bill fails Falk: 'No' to the dam MORE (D-Ohio) said no.",
            "Rep. Ana Ortega (D-Ohio) said no.",
        ),
        (
            "Mayor Falk Ruben (Ben) Falk'It sinks,' says Falk MORE’s plan and Ana Ortega Ana OrtegaMORE met.",
            "Mayor Falk’s plan and Ana Ortega met.",
        ),
        (
            "Justice Ana OrtegaAna OrtegaFerry bill fails MORE, of the court, left.",
            "Justice Ana Ortega, of the court, left.",
        ),
    ],
)
def test_a_card_behind_a_name_is_not_of_the_article(printed: str, read: str) -> None:
    assert without_name_cards(printed) == read
    kept = without_name_cards(printed, keep_offsets=True)
    assert len(kept) == len(printed)
    assert "".join(kept.split()) == "".join(read.split())
    assert all(one in {" ", other} for one, other in zip(kept, printed, strict=True))


@pytest.mark.parametrize(("keep_offsets", "between"), [(True, 24), (False, 0)])
def test_articles_are_read_without_cards(*, keep_offsets: bool, between: int) -> None:
    line = json.dumps({"text": "Mayor Falk Ruben FalkIt sinks MORE left."})
    article = read_json_line(line, "line", max_article_chars=1000, keep_offsets=keep_offsets)
    assert isinstance(article, Article)
    assert article.text == f"Mayor Falk{' ' * between} left."


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ortega said OrtegaFerry pays no more.",
        "Ana Ortega said OrtegaFerry sails.\nREAD MORE",
        "Ortega and Ortega want MORE ferries.",
        "Ana Ortega told Ruben Falk that MORE is to come.",
    ],
)
def test_a_name_printed_twice_is_no_card(text: str) -> None:
    assert without_name_cards(text) == text
