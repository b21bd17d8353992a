"""Measure what generated worst cases cost a character, against ordinary text of the same run.

    python -m benchmarks.worst_cases [--finder NAME] [--characters N] [NAME...]

The cost is the CPU time of extraction and linking on one core, of an article of so many characters that is
one piece repeated. Ordinary text is the English part of `seed`. What takes the square of the time shows in
the last column too: the cost a character against that of a quarter of the text.
"""

import argparse
import json
import time

from app.domain.article import Article
from app.extraction.finders import DEFAULT_FINDER, FINDERS
from app.extraction.pipeline import annotate
from app.linking.article import Indexes, link_article, load_indexes
from app.readers.json_lines import read_json_line
from benchmarks.extraction import MAX_CHARACTERS, MODEL, english_texts

CHARACTERS = 16_000
MOST = 5.0
"""Times the cost of ordinary text that any text may have."""

PIECES = {
    "straight marks": '"A b c d." ',
    "curly marks": "“A b.” said ",
    "paragraphs in marks": "\n“A b c d.”",
    "marks never closed": "\n“A b c d",
    "marks and nothing else": '"',
    "marks apart": '" ',
    "nested marks": "“‘",
    "signatures": "\n— Ana Ortega",
    "transcript": "\nAna: b",
    "brackets": "(",
    "brackets opened": "([a ",
    "marks of all kinds": "([{<!?",
    "full stops": ". ",
    "emoji": "\U0001f468\u200d\U0001f469 ",
    "flags": "\U0001f1fa",
    "word without end": "a",
    "address without end": "a-b/",
    "cue on cue": "He said she said that ",
    "names": "Ana Ortega, ",
    "cities": "Boston, Dallas, ",
    "offices": "Department of Labor of the ",
    "titles": "Sen. Rep. Gov. ",
    "pronouns": "he she they ",
    "spaces": "a          ",
}


def article_of(text: str) -> Article:
    """Return a text as an article in English."""
    line = json.dumps({"text": text, "language": "en"})
    read = read_json_line(line, "worst case", max_article_chars=MAX_CHARACTERS)
    if not isinstance(read, Article):
        raise TypeError(read.detail)
    return read


def per_character(texts: list[str], finder: str, indexes: Indexes) -> float:
    """Return the CPU seconds that a character takes."""
    articles = [article_of(text) for text in texts]
    begin = time.process_time()
    for annotated in annotate(articles, model=MODEL, finder=finder):
        link_article(annotated, indexes=indexes)
    return (time.process_time() - begin) / sum(map(len, texts))


def repeated(piece: str, characters: int) -> str:
    """Return a text of at least so many characters."""
    return piece * (characters // len(piece) + 1)


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
    print("| worst case | times ordinary text | growth |\n| --- | --- | --- |")
    for name in asked.names or PIECES:
        quarter, whole = (
            per_character([repeated(PIECES[name], count)], asked.finder, indexes)
            for count in (asked.characters // 4, asked.characters)
        )
        mark = " (beyond)" if whole > MOST * ordinary else ""
        print(f"| {name} | {whole / ordinary:.1f}{mark} | {whole / quarter:.1f} |", flush=True)


if __name__ == "__main__":
    main()
