"""Topics: which parts of immigration policy an article is on, by the patterns of the taxonomy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from app.domain.annotation import ArticleTopic, Field, TopicEvidence
from app.domain.links import Topic
from app.extraction.patterns import Automaton

_FILE = "topics.yaml"

# The rule: an article is on a topic when its headline names it, when a passage of it is about it, or when it
# comes back throughout. One mention further down is passing. Chosen on the gold articles for developing.
_LEAD_CHARS = 900
_LEAD_WEIGHT = 1.5  # of a mention in the lead; 1 further down
_ENOUGH = 4.0  # what mentions weigh at least: three in the lead, four further down,
_SPECIFIC = 2.0  # the same for a topic that is seldom named in passing,
_PASSAGE_CHARS = 900  # within so many characters, two or three paragraphs, or
_WHOLE_CHARS = 3600  # anywhere in an article of up to so many; longer ones need more, by the square root,
_SHORT_CHARS = 1800  # and shorter ones than this less, in proportion,
_LEAST = 2.0  # but never so little that one mention would do

Kind = tuple[str, bool]
"""A topic's slug, and whether the pattern is evidence on its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """The topics by slug, broader ones before narrower ones; those seldom named in passing; the patterns."""

    topics: Mapping[str, Topic]
    specific: frozenset[str]
    automaton: Automaton[Kind]


@cache
def load_taxonomy() -> Taxonomy:
    """Read topics.yaml. Raises ValueError for a broader topic that does not stand before the narrower one."""
    text = files("app.extraction").joinpath("data", _FILE).read_text(encoding="utf-8")
    entries = yaml.safe_load(text)
    topics: dict[str, Topic] = {}
    for slug, entry in entries.items():
        broader = entry.get("broader")
        if broader is not None and broader not in topics:
            raise ValueError(f"{slug}: the broader topic {broader} stands behind it or nowhere")
        topics[slug] = Topic(slug=slug, name=entry["name"], description=entry["description"], broader=broader)
    patterns = [
        ((slug, key == "patterns"), pattern)
        for slug, entry in entries.items()
        for key in ("patterns", "also")
        for pattern in entry.get(key, ())
    ]
    return Taxonomy(
        topics=topics,
        specific=frozenset(slug for slug, entry in entries.items() if entry.get("specific")),
        automaton=Automaton(patterns),
    )


def find_topics(title: str | None, text: str) -> tuple[ArticleTopic, ...]:
    """Return the topics of an article in the order of the taxonomy; pure, one pass over title and text.

    An article on a topic is on the broader one too.
    """
    taxonomy = load_taxonomy()
    evidence = _evidence(taxonomy.automaton, title or "", text)
    found = {
        slug: set(mentions)
        for slug, mentions in evidence.items()
        if _is_topic(mentions, length=len(text), enough=_SPECIFIC if slug in taxonomy.specific else _ENOUGH)
    }
    for slug in reversed(list(taxonomy.topics)):
        broader = taxonomy.topics[slug].broader
        if slug in found and broader is not None:
            found.setdefault(broader, set(evidence.get(broader, ()))).update(found[slug])
    return tuple(
        ArticleTopic(slug=slug, evidence=tuple(evidence.get(slug, ())), mentions=len(found[slug]))
        for slug in taxonomy.topics
        if slug in found
    )


def _evidence(automaton: Automaton[Kind], title: str, text: str) -> dict[str, list[TopicEvidence]]:
    """Return the mentions of each topic in order, the longest where several overlap."""
    evidence: dict[str, list[TopicEvidence]] = {}
    sure: set[str] = set()
    for field, words in ((Field.TITLE, title), (Field.TEXT, text)):
        behind: dict[str, int] = {}
        for match in automaton.find(words):
            slug, alone = match.kind
            if alone:
                sure.add(slug)
            if match.span.start >= behind.get(slug, 0):
                behind[slug] = match.span.end
                evidence.setdefault(slug, []).append(TopicEvidence(field, match.span))
    return {slug: mentions for slug, mentions in evidence.items() if slug in sure}


def _is_topic(mentions: Sequence[TopicEvidence], *, length: int, enough: float) -> bool:
    """Tell whether the mentions make a topic of an article of `length` characters."""
    if mentions[0].field is Field.TITLE:
        return True
    starts = [mention.span.start for mention in mentions]
    weights = [_LEAD_WEIGHT if start < _LEAD_CHARS else 1.0 for start in starts]
    enough = max(_LEAST, enough * min(1.0, length / _SHORT_CHARS))
    if sum(weights) >= enough * max(1.0, length / _WHOLE_CHARS) ** 0.5:
        return True
    first, passage = 0, 0.0
    for start, weight in zip(starts, weights, strict=True):
        passage += weight
        while start - starts[first] > _PASSAGE_CHARS:
            passage -= weights[first]
            first += 1
        if passage >= enough:
            return True
    return False
