from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.domain.annotation import Field
from app.domain.names import slugify
from app.extraction.patterns import expanded
from app.extraction.topics import find_topics, load_taxonomy

TAXONOMY = Path(__file__).parents[2] / "app/extraction/data/topics.yaml"
FILLER = "Ana Ortega spoke about the weather in Harbor Falls and went home before the rain came. " * 12
ASYLUM = "Ana Ortega asked for asylum. "


def slugs(title: str | None, text: str) -> list[str]:
    return [topic.slug for topic in find_topics(title, text)]


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from yaml.safe_load(TAXONOMY.read_text(encoding="utf-8")).items()


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("Ana Ortega asks for asylum", FILLER, True),  # the headline
        (None, ASYLUM * 3 + FILLER, True),  # the lead
        (None, ASYLUM + FILLER * 3, False),  # one mention
        (None, ASYLUM * 2 + FILLER * 3, False),
        (None, ASYLUM * 2 + "Ana Ortega went home.", True),  # enough for so short a text
        (None, ASYLUM + "Ana Ortega went home.", False),
        (None, FILLER * 8 + ASYLUM, False),
        (None, FILLER * 8 + ASYLUM * 4 + FILLER, True),  # a passage
        (None, FILLER + ASYLUM + FILLER + ASYLUM + FILLER + ASYLUM, False),  # in passing
        (None, (FILLER + ASYLUM) * 9, True),  # throughout
        ("", "", False),
        (None, FILLER, False),
    ],
)
def test_the_rule(title: str | None, text: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    assert ("asylum" in slugs(title, text)) is found


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Harbor Falls declares itself a sanctuary city", "sanctuary-policies"),
        ("Sheriff Ortega ignores ICE detainers", "detainers"),
        ("County leaves its 287(g) agreement", "287g"),
        ("Mayor Ortega on the proposed border wall", "border-wall"),
        ("Judge halts the travel ban", "travel-ban"),
        ("DREAMers wait for a vote", "daca"),
        ("TPS ends for Hondurans", "temporary-protected-status"),
        ("E-Verify for every farm", "e-verify"),
        ("Public charge rule returns", "public-charge"),
        ("A citizenship question for the census", "census"),
        ("Ortega: end birthright citizenship", "birthright-citizenship"),
        ("Parents separated from their children ask for help", "family-separation"),
        ("Agents raid a bakery in Harbor Falls", "raids"),
        ("Harbor Falls opens a detention center", "detention"),
        ("H-1B workers wait longer", "work-visas"),
        ("Court rules on SB 1070", "state-laws"),
    ],
)
def test_headlines(title: str, slug: str) -> None:
    assert slug in slugs(title, FILLER)


@pytest.mark.parametrize(
    "title",
    [
        "The wall of the old mill falls",
        "Ana Ortega crosses the finish line",
        "A dream come true for Ana Ortega",
        "Harbor Falls bans plastic bags",
        "The band Caravaggio plays at the border of the park",
    ],
)
def test_other_headlines_are_on_no_topic(title: str) -> None:
    assert slugs(title, FILLER) == []


def test_evidence_stands_where_it_says() -> None:
    title, text = "Asylum for Ana Ortega", FILLER + "The asylum rule, she said, was new. " + FILLER
    (topic,) = (topic for topic in find_topics(title, text) if topic.slug == "asylum")
    words = [one.span.of(title if one.field is Field.TITLE else text) for one in topic.evidence]
    assert words == ["Asylum", "asylum"]


def test_a_broader_topic_counts_the_mentions_of_the_narrower_one() -> None:
    text = "The deportation agents, Ana Ortega said, waited. " + FILLER
    found = {topic.slug: topic for topic in find_topics("Detainers and a detainer", text)}
    assert list(found) == ["interior-enforcement", "detainers"]
    assert [len(topic.evidence) for topic in found.values()] == [1, 2]
    assert [topic.mentions for topic in found.values()] == [3, 2]


def test_words_that_only_add_make_no_topic_alone() -> None:
    assert "travel-ban" not in slugs(None, "The ban on plastic bags is a ban of bans. The ban. " * 9)
    assert "border-wall" not in slugs("Wall after wall", "The wall of the mill fell on a wall. " * 9)


def test_topics_are_described_and_linked() -> None:
    topics = load_taxonomy().topics
    for slug, topic in topics.items():
        assert slug == slugify(slug)
        assert topic.name[0].isupper() or topic.name[0].isdigit(), slug
        assert topic.description.endswith("."), slug
        assert topic.description.count(". ") == 0, slug
    names = [topic.name.casefold() for topic in topics.values()]
    assert len(set(names)) == len(names)


def test_every_topic_has_patterns_and_each_stands_once() -> None:
    for slug, entry in entries():
        assert set(entry) <= {"name", "description", "broader", "specific", "patterns", "also"}, slug
        rows = [
            row for pattern in chain(entry["patterns"], entry.get("also", ())) for row in expanded(pattern)
        ]
        assert rows, slug
        texts = chain(entry["patterns"], entry.get("also", ()))
        assert len(set(texts)) == len(list(chain(entry["patterns"], entry.get("also", ())))), slug


def test_no_topic_is_broader_than_itself() -> None:
    topics = load_taxonomy().topics
    for slug in topics:
        seen: set[str] = set()
        at: str | None = slug
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = topics[at].broader
