from datetime import UTC, datetime

import pytest

from app.domain.article import Precision, UnreadableReason
from app.readers.plain_text import article_of_text
from app.readers.records import Reading
from app.readers.refusal import Refused

READING = Reading(max_article_chars=10_000, now=datetime(2020, 3, 1, tzinfo=UTC))
BODY = "CHICAGO — Mayor Ortega said no.\n\n“Never,” she said."
FRONT_MATTER = """---
# a comment
title: "Ortega: no"
source: Seed Briefs
url: https://example.org/no
published_at: 2020-02-14
id: 0012
authors:
  - Ana Ortega
  - Bo Li
language: en
draft: yes
source_url: null
---

"""


def test_front_matter() -> None:
    article = article_of_text(f"{FRONT_MATTER}{BODY}\n".encode(), "no.txt", READING)
    assert article.text == BODY
    assert (article.title, article.source, article.authors) == (
        "Ortega: no",
        "Seed Briefs",
        ("Ana Ortega", "Bo Li"),
    )
    assert (article.external_id, article.url, article.source_url) == ("0012", "https://example.org/no", None)
    assert (article.published_at, article.published_precision) == (
        datetime(2020, 2, 14, tzinfo=UTC),
        Precision.DAY,
    )


def test_front_matter_after_windows_line_ends_and_a_byte_order_mark() -> None:
    data = f"\ufeff{FRONT_MATTER}{BODY}".replace("\n", "\r\n").encode()
    assert article_of_text(data, "no.txt", READING).title == "Ortega: no"


@pytest.mark.parametrize(
    ("block", "field", "expected"),
    [
        ("published_at: 2020-02", "published_precision", Precision.MONTH),
        ("published_at: 2020", "published_precision", Precision.YEAR),
        (
            "published_at: 2020-02-14 09:30:00 -05:00",
            "published_at",
            datetime(2020, 2, 14, 14, 30, tzinfo=UTC),
        ),
        ("title: no", "title", "no"),
        ("title: 1984", "title", "1984"),
        ("title:", "title", None),
        ("title: ~", "title", None),
        ("authors: Ana Ortega", "authors", ("Ana Ortega",)),
        ("text: another", "text", BODY),
    ],
)
def test_values_are_read_as_they_are_written(block: str, field: str, expected: object) -> None:
    article = article_of_text(f"---\n{block}\n---\n{BODY}".encode(), "", READING)
    assert getattr(article, field) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{BODY}\n---\n",  # ruled lines
        f"--- no front matter: here\n{BODY}",
        f"{BODY}\n---\ntitle: no\n---",
    ],
)
def test_ruled_lines_are_no_front_matter(text: str) -> None:
    article = article_of_text(text.encode(), "", READING)
    assert article.title is None
    assert article.text == text.strip("\n")


@pytest.mark.parametrize(
    ("block", "reason", "said"),
    [
        ("---\ntitle: no\n" + BODY, "bad_front_matter", "not closed by a line of ---"),
        ("---\ntitle: [no\n---\n" + BODY, "bad_front_matter", "in its line"),
        ("---\ntitle: a: b\n---\n" + BODY, "bad_front_matter", "mapping values are not allowed here"),
        ("---\ntitle: *no\n---\n" + BODY, "bad_front_matter", "found undefined alias"),
        ("---\na: " + "[" * 2000 + "\n---\n" + BODY, "bad_structure", "in one another"),
        (f"---\ntitle: {'[' * 51}{']' * 51}\n---\n{BODY}", "bad_structure", "in one another"),
        (f"---\ntitle: {'[' * 50}{']' * 50}\n---\n{BODY}", "bad_field", "'title' is a list"),
        ("---\ntitle: [no]\n---\n" + BODY, "bad_field", "'title' is a list, not a string"),
        (
            "---\na: &a [x, x]\nb: &b [*a, *a]\nauthors: [*b]\n---\n" + BODY,
            "bad_field",
            "'authors' is a list",
        ),
        ("---\ntitle: no\n---\n\n", "empty", "the text is empty"),
    ],
)
def test_broken_front_matter(block: str, reason: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        article_of_text(block.encode(), "", READING)
    assert refused.value.reason == UnreadableReason(reason)
    assert said in refused.value.detail


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Ortega says ‘no’ to agents", "Ortega says ‘no’ to agents"),
        ("Is Chicago a sanctuary?", "Is Chicago a sanctuary?"),
        ("  Agents leave the U.S.  ", "Agents leave the U.S."),
        ("The mayor said no.", None),
        ("The mayor said “no.”", None),
        ("Her words:", None),
        ("Chicago", None),
        ("word " * 60, None),
    ],
)
def test_a_first_line_laid_out_as_a_headline_is_the_title(first: str, title: str | None) -> None:
    text = f"{first}\n\n{BODY}\n"
    article = article_of_text(text.encode(), "", READING)
    assert article.title == title
    assert article.text == text.replace("  \n", "\n").replace(" \n", "\n").rstrip(
        "\n"
    )  # and stays in the text


@pytest.mark.parametrize("text", ["Ortega says no\nto the agents", "Ortega says no", "Ortega says no\n\n"])
def test_a_line_not_set_apart_is_no_headline(text: str) -> None:
    assert article_of_text(text.encode(), "", READING).title is None


def test_a_title_of_the_front_matter_comes_before_the_headline() -> None:
    text = f"---\ntitle: One\n---\nAnother headline\n\n{BODY}"
    assert article_of_text(text.encode(), "", READING).title == "One"
