import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.article import Article
from app.readers.files import read_paths

SEED = Path(__file__).parents[2] / "seed"
NO_METADATA = "07-counties-that-decline.txt"  # a text alone, on purpose
QUOTED = re.compile("“([^”]*)”")
LONGEST_QUOTATION = 7  # words: a phrase, not a sentence
SHARED_RUN = 10  # words in a row; the names of six cities make nine
LONG_NAME = "coalition for humane immigrant rights of los angeles"


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'&.-]*\w", text.replace("’", "'").casefold())


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    found = list(read_paths([SEED], max_article_chars=100_000))
    assert all(isinstance(answer, Article) for answer in found)
    return [answer for answer in found if isinstance(answer, Article)]


def test_every_brief_is_read(articles: list[Article]) -> None:
    assert len(articles) == len({article.key for article in articles}) == 14
    assert not any(article.warnings for article in articles)
    assert {article.language for article in articles} == {"en", "es"}


def test_metadata_is_complete(articles: list[Article]) -> None:
    for article in articles:
        assert article.title
        if not article.origin.endswith(NO_METADATA):
            assert article.url
            assert article.url.startswith("https://example.org/briefs/")
            assert (article.source or "").startswith("Dateline Seed ")
            assert article.authors
            assert article.external_id
            assert article.published_at
            assert article.published_at >= datetime(2020, 2, 15, tzinfo=UTC)


def test_briefs_are_short(articles: list[Article]) -> None:
    counts = {article.origin: len(article.text.split()) for article in articles}
    assert not {origin: count for origin, count in counts.items() if not 80 <= count <= 220}


def test_the_packed_file_has_no_time_and_no_name() -> None:
    header = (SEED / "later-briefs.jsonl.gz").read_bytes()[:10]
    assert gzip.decompress((SEED / "later-briefs.jsonl.gz").read_bytes()).endswith(b"}\n")
    assert header[3:8] == b"\0\0\0\0\0"  # no flags, time 0


def test_each_file_stands_in_the_readme() -> None:
    readme = (SEED / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in SEED.iterdir()} - {"README.md", "LICENSE"}
    assert files == set(re.findall(r"^\| `([^`]+)`", readme, re.MULTILINE))


def test_quotations_are_phrases_of_the_article_they_rest_on(articles: list[Article], shared: Path) -> None:
    path = shared / "corpora/seed-article/border-agents-sanctuary-cities.txt"
    original = " ".join(words(path.read_text(encoding="utf-8")))
    quotations = [quoted for article in articles for quoted in QUOTED.findall(article.text)]
    assert len(quotations) > 20
    for quoted in quotations:
        phrase = words(quoted)
        assert len(phrase) <= LONGEST_QUOTATION, quoted
        assert f" {' '.join(phrase)} " in f" {original} ", quoted


def test_no_sentence_is_taken_over(articles: list[Article], shared: Path) -> None:
    path = shared / "corpora/seed-article/border-agents-sanctuary-cities.txt"
    original = " ".join(words(path.read_text(encoding="utf-8"))).replace(LONG_NAME, "chirla")
    for article in articles:
        own = " ".join(words(article.text)).replace(LONG_NAME, "chirla").split()
        for start in range(len(own) - SHARED_RUN + 1):
            run = " ".join(own[start : start + SHARED_RUN])
            assert f" {run} " not in original, (article.origin, run)
