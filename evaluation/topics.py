"""Measure topics on articles read by eye: `python -m evaluation.topics [--record] [--misses SET]`.

The gold is topics_gold.tsv beside this file; the articles are those of immigration-news in the shared
corpora. Prints precision and recall of each topic on the set to develop on and on the one held out, and
words a CPU second.
"""

import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.links import Topic
from app.extraction.topics import find_topics, load_taxonomy
from evaluation.record import NO_FINDER, Results, options

Record = dict[str, Any]
GOLD = Path(__file__).with_name("topics_gold.tsv")
CORPUS = "corpora/immigration-news.jsonl.gz"
SETS = ("develop", "held_out")
SPEED_ROUNDS = 3  # over all gold articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A gold article: its set, its id, and its topics with the broader ones."""

    part: str
    article: str
    topics: frozenset[str]


def with_broader(slugs: Sequence[str], topics: Mapping[str, Topic]) -> frozenset[str]:
    """Return the slugs and those of all broader topics."""
    found: set[str] = set()
    for slug in slugs:
        at: str | None = slug
        while at is not None:
            found.add(at)
            at = topics[at].broader
    return frozenset(found)


def read_gold() -> Iterator[Case]:
    """Yield the gold articles."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            part, article, slugs = line.split("\t")
            yield Case(part=part, article=article, topics=with_broader(slugs.split(), load_taxonomy().topics))


def read_articles(shared: Path) -> dict[str, Record]:
    """Return the articles by id."""
    with gzip.open(shared / CORPUS, "rt", encoding="utf-8") as lines:
        return {article["id"]: article for article in map(json.loads, lines)}


def counts(cases: Sequence[Case], articles: Mapping[str, Record]) -> dict[str, Counter[str]]:
    """Return for each topic how many are right, wrong and missed."""
    table: dict[str, Counter[str]] = {slug: Counter() for slug in load_taxonomy().topics}
    for case in cases:
        found = {topic.slug for topic in topics_of(articles[case.article])}
        for outcome, slugs in (
            ("right", found & case.topics),
            ("wrong", found - case.topics),
            ("missed", case.topics - found),
        ):
            for slug in slugs:
                table[slug][outcome] += 1
    return table


def topics_of(article: Record) -> Sequence[Any]:
    """Return the topics found in an article."""
    return find_topics(article["title"], article["text"])


def share(part: int, whole: int) -> str:
    """Return a percentage, a dash when there is nothing to have a share of."""
    return f"{100 * part / whole:.0f}" if whole else "-"


def figures(count: Counter[str]) -> str:
    """Return precision, recall and the number of gold articles."""
    right, found, gold = (
        count["right"],
        count["right"] + count["wrong"],
        count["right"] + count["missed"],
    )
    return f"{share(right, found):>4} {share(right, gold):>4} {gold:>4}"


def speed(articles: Sequence[Record]) -> float:
    """Return words a CPU second; the vocabulary is remembered after the first round, as in a long run."""
    words = sum(len(article["text"].split()) for article in articles)
    begun = time.process_time()
    for _ in range(SPEED_ROUNDS):
        for article in articles:
            topics_of(article)
    return SPEED_ROUNDS * words / (time.process_time() - begun)


def print_misses(cases: Sequence[Case], articles: Mapping[str, Record]) -> None:
    """Print for each article what is wrong and what is missed."""
    for case in cases:
        found = {topic.slug for topic in topics_of(articles[case.article])}
        wrong, missed = sorted(found - case.topics), sorted(case.topics - found)
        if wrong or missed:
            print(f"{case.article}  wrong: {' '.join(wrong) or '-'}  missed: {' '.join(missed) or '-'}")


def main() -> int:
    """Print the tables; 2 when the corpora are not there."""
    parser = options(__doc__)
    parser.add_argument("--misses", choices=SETS, help="print what is wrong in a set, article by article")
    chosen = parser.parse_args()
    if not (chosen.shared / CORPUS).is_file():
        sys.stderr.write(f"{chosen.shared / CORPUS} is missing: nothing to measure\n")
        return 2
    articles = read_articles(chosen.shared)
    gold = list(read_gold())
    if chosen.misses:
        print_misses([case for case in gold if case.part == chosen.misses], articles)
        return 0
    tables = [counts([case for case in gold if case.part == part], articles) for part in SETS]
    print(f"{'P, R in %, gold articles':28}" + "".join(f"{part:>16}" for part in SETS))
    for slug in load_taxonomy().topics:
        print(f"{slug:28}" + "".join(f"  {figures(table[slug])}" for table in tables))
    print(f"{speed([articles[case.article] for case in gold]):,.0f} words a CPU second")
    results = Results(save=chosen.record)
    for part, table in zip(SETS, tables, strict=True):
        print(results.add(f"topics {part}", NO_FINDER, totals(sum(table.values(), Counter[str]()))))
    return 0


def totals(count: Counter[str]) -> dict[str, float]:
    """Return precision and recall of all topics in percent."""
    return {
        "precision": 100 * count["right"] / (count["right"] + count["wrong"]),
        "recall": 100 * count["right"] / (count["right"] + count["missed"]),
    }


if __name__ == "__main__":
    sys.exit(main())
