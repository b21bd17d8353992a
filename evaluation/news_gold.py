"""The gold standard of immigration news: who says what in 40 articles, as a careful reader tells it.

tests/extraction/gold/README.md says how it was made. The articles themselves are not in the repository:
they are those of immigration-news in the shared corpora, each pinned by the SHA-256 of its text.
"""

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.annotation import CueClass, SourceKind, SpeakerKind, StatementKind
from app.domain.links import RoleCategory
from app.domain.span import Span

Record = dict[str, Any]
GOLD = Path(__file__).parents[1] / "tests" / "extraction" / "gold" / "news.jsonl"
CORPUS = "corpora/immigration-news.jsonl.gz"
HALVES = ("develop", "held_out")
SAID = frozenset({CueClass.SPEECH, CueClass.WRITING})
"""Classes of what a reader would call said; the others are what PolNeAR's annotators mark besides."""

OPEN = "open"
"""Kind of a source of which readers may disagree whom it names: its speakers are not judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpeaker:
    """A named speaker. `role` is null for organizations and where readers may disagree."""

    name: str
    kind: SpeakerKind
    role: RoleCategory | None = None
    title: Span | None = None
    affiliation: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """A statement as read. An `optional` one names an act of speech without its words ("praised the bill"):
    it is neither asked for nor held against who finds it. `speakers` count only where `judged`.
    """

    kind: StatementKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    cue_class: CueClass
    source: tuple[Span, ...]
    source_kind: SourceKind | None
    speakers: tuple[GoldSpeaker, ...]
    judged: bool
    optional: bool

    @property
    def said(self) -> bool:
        """Tell whether a reader would call it said."""
        return self.cue_class in SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """An article by its id in the corpus, with every statement in it."""

    half: str
    article: str
    sha256: str
    speakers: tuple[GoldSpeaker, ...]
    statements: tuple[GoldStatement, ...]


def read_gold() -> list[GoldArticle]:
    """Return the gold articles of both halves."""
    return [_article(json.loads(line)) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def read_texts(shared: Path, articles: Sequence[GoldArticle]) -> dict[str, bytes]:
    """Return the corpus lines of the gold articles by id. Raises ValueError when a text is another one."""
    wanted = {one.article: one.sha256 for one in articles}
    found: dict[str, bytes] = {}
    with gzip.open(shared / CORPUS, "rb") as lines:
        for line in lines:
            record = json.loads(line)
            if record["id"] in wanted:
                if hashlib.sha256(record["text"].encode()).hexdigest() != wanted[record["id"]]:
                    raise ValueError(f"article {record['id']} is not the one that was read")
                found[record["id"]] = line
    return found


def _article(record: Record) -> GoldArticle:
    speakers = tuple(map(_speaker, record["speakers"]))
    statements = tuple(_statement(one, speakers) for one in record["statements"])
    return GoldArticle(
        half=record["half"],
        article=record["article"],
        sha256=record["sha256"],
        speakers=speakers,
        statements=statements,
    )


def _speaker(record: Record) -> GoldSpeaker:
    role = record.get("role")
    return GoldSpeaker(
        name=record["name"],
        kind=SpeakerKind(record["kind"]),
        role=None if role is None else RoleCategory(role),
        title=Span(*record["title"]) if "title" in record else None,
        affiliation=Span(*record["affiliation"]) if "affiliation" in record else None,
    )


def _statement(record: Record, speakers: Sequence[GoldSpeaker]) -> GoldStatement:
    kind = record["source_kind"]
    return GoldStatement(
        kind=StatementKind(record["kind"]),
        content=_spans(record["content"]),
        cue=_spans(record["cue"]),
        cue_class=CueClass(record["cue_class"]),
        source=_spans(record["source"]),
        source_kind=None if kind in {None, OPEN} else SourceKind(kind),
        speakers=tuple(speakers[number] for number in record["speakers"]),
        judged=kind != OPEN,
        optional=record.get("optional", False),
    )


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
