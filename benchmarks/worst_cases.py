"""Measure what generated worst cases cost a character, against ordinary text of the same run.

    python -m benchmarks.worst_cases [--finder NAME] [--characters N] [NAME...]

The cost is the CPU time of reading, extraction and linking on one core, of an article of so many characters
that is one piece repeated. Ordinary text is the English part of `seed`. What takes the square of the time
shows in the last column: the cost a character against that of a quarter of the text.
"""

import argparse
import json
import time
from dataclasses import replace

from app.domain.article import Article
from app.extraction.finders import DEFAULT_FINDER, FINDERS
from app.extraction.pipeline import annotate
from app.linking.article import Indexes, link_article, load_indexes
from app.readers.json_lines import read_json_line
from benchmarks.extraction import MAX_CHARACTERS, MODEL, english_texts
from benchmarks.worst_pieces import PIECES, repeated

CHARACTERS = 16_000
MOST = 5.0
"""Times the cost of ordinary text that any text may have."""


def article_of(text: str) -> Article:
    """Return a text as an article in English, whatever reading takes its language for."""
    line = json.dumps({"text": text})
    read = read_json_line(line, "worst case", max_article_chars=MAX_CHARACTERS)
    if not isinstance(read, Article):
        raise TypeError(read.detail)
    return replace(read, language="en")


def per_character(texts: list[str], finder: str, indexes: Indexes) -> float:
    """Return the CPU seconds that a character takes."""
    begin = time.process_time()
    articles = [article_of(text) for text in texts]
    for annotated in annotate(articles, model=MODEL, finder=finder):
        link_article(annotated, indexes=indexes)
    return (time.process_time() - begin) / sum(map(len, texts))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--finder", choices=sorted(FINDERS), default=DEFAULT_FINDER)
    parser.add_argument("--characters", type=int, default=CHARACTERS, help=f"of a text ({CHARACTERS})")
    parser.add_argument("names", nargs="*", help="only these worst cases")
    asked = parser.parse_args()
    indexes, seed = load_indexes(), english_texts()
    per_character(seed[:2], asked.finder, indexes)  # loads the pipeline
    ordinary = per_character(seed, asked.finder, indexes)
    print(f"ordinary text, {asked.finder}: {ordinary * 1e6:.0f} µs a character")
    print(f"| worst case | {asked.characters // 4:,} | {asked.characters:,} | growth |")
    print("| --- | --- | --- | --- |")
    for name in asked.names or PIECES:
        quarter, whole = (
            per_character([repeated(PIECES[name], count)], asked.finder, indexes)
            for count in (asked.characters // 4, asked.characters)
        )
        mark = " (beyond)" if max(quarter, whole) > MOST * ordinary else ""
        times = f"{quarter / ordinary:.1f} | {whole / ordinary:.1f}{mark}"
        print(f"| {name} | {times} | {whole / quarter:.1f} |", flush=True)


if __name__ == "__main__":
    main()
