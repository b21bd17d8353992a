import io
from datetime import UTC, datetime

import pytest

from app.domain.article import Article
from app.readers.markdown import read_markdown
from app.readers.records import Reading

READING = Reading(max_article_chars=1000, now=datetime(2020, 3, 1, tzinfo=UTC))


def read(text: str) -> Article:
    (article,) = read_markdown(io.BufferedReader(io.BytesIO(text.encode())), "a.md", READING)
    return article


def test_what_a_reader_sees() -> None:
    article = read(
        "# Ortega *says* no\n\n“We **counted**,” said\n[Ana Ortega](https://example.com/a).\\\nTwice.\n\n"
        "> The count left out three.\n>\n> We cannot plan.\n\n- one\n- two\n\n![photo](a.png)\n\n"
        "<div>By hand</div>\n\na <b>word</b> `code`\n"
    )
    assert article.title == "Ortega says no"
    assert article.text == (
        "Ortega says no\n\n“We counted,” said Ana Ortega.\nTwice.\n\nThe count left out three.\n\n"
        "We cannot plan.\n\none\n\ntwo\n\nBy hand\n\na word code"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Own\n---\n# Other\n\nShe said no.", "Own"),
        ("Ortega says no\n\nShe said so.", "Ortega says no"),
        ("She said no.\n\n## Later\n\nNo.", None),
    ],
)
def test_the_title(text: str, title: str | None) -> None:
    assert read(text).title == title
