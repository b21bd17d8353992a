"""Batches through real executors, with extraction functions that fail in the ways extraction can."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from app.domain.annotation import AnnotatedArticle
from app.domain.article import Article, UnreadableArticle
from app.ingestion.annotating import annotate_all
from app.ingestion.batches import Batch
from app.ingestion.extracting import DIED, extract_here, extract_on
from tests.storage.linked import read_article


def annotate(articles: Sequence[Article]) -> list[AnnotatedArticle]:
    """Fail on one kind of text, kill the process on another, or only the first one that meets it."""
    for article in articles:
        if "unbearable" in article.text:
            raise ValueError("cannot bear it")
        if "deadly" in article.text:
            os._exit(9)
        if "struck" in article.text and any(map(_is_first, map(Path, article.text.split()[1:]))):
            os._exit(9)
    return [AnnotatedArticle(article=article, pipeline_version="1") for article in articles]


def _is_first(mark: Path) -> bool:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def batch(*texts: str) -> Batch:
    articles = tuple(
        replace(read_article(f"{text}-{at}"), text=text, origin=text) for at, text in enumerate(texts)
    )
    return Batch(changed=articles, refused=(), unchanged=0, position=0)


BATCHES = (
    batch("a", "b"),
    batch("c", "unbearable d", "e"),
    batch(),
    batch("f", "deadly g", "h"),
    batch("i"),
    batch("deadly j"),
    batch("k", "l"),
)


def origins(done: list[AnnotatedArticle | UnreadableArticle]) -> list[str]:
    """Return where each came from, refused ones marked."""
    return [
        f"!{each.origin}" if isinstance(each, UnreadableArticle) else each.article.origin for each in done
    ]


def _quiet(sentence: str) -> None:
    del sentence


def processes() -> Executor:
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


def test_an_article_that_fails_costs_no_other() -> None:
    done = annotate_all(BATCHES[1].changed, annotate=annotate)
    assert origins(done) == ["c", "!unbearable d", "e"]
    refused = next(each for each in done if isinstance(each, UnreadableArticle))
    assert (refused.reason, refused.detail) == ("extraction_failed", "ValueError: cannot bear it")


def test_workers_that_die_cost_only_the_article_that_killed_them() -> None:
    told: list[str] = []
    done = list(extract_on(processes, iter(BATCHES), annotate=annotate, window=4, tell=told.append))
    assert set(told) == {DIED}
    assert [each for each, _ in done] == list(BATCHES)
    assert [origins(found) for _, found in done] == [
        ["a", "b"],
        ["c", "!unbearable d", "e"],
        [],
        ["f", "!deadly g", "h"],
        ["i"],
        ["!deadly j"],
        ["k", "l"],
    ]


def test_a_worker_that_was_killed_costs_no_article(tmp_path: Path) -> None:
    struck = f"struck {tmp_path}/in-the-batch {tmp_path}/alone"
    batches = [batch("a", struck, "b"), batch("c")]
    extracted = extract_on(processes, iter(batches), annotate=annotate, window=1, tell=_quiet)
    assert [origins(found) for _, found in extracted] == [["a", struck, "b"], ["c"]]


def test_no_more_batches_are_read_than_the_window_holds() -> None:
    read = 0

    def reading() -> Iterator[Batch]:
        nonlocal read
        for each in (batch("a"), batch("b"), batch("c"), batch("d"), batch("e")):
            read += 1
            yield each

    extracted = extract_on(lambda: ThreadPoolExecutor(2), reading(), annotate=annotate, window=2, tell=_quiet)
    next(extracted)
    assert read == 2
    extracted.close()


def test_stopping_keeps_the_articles_that_are_done() -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) == 3

    many = batch(*(str(number) for number in range(12)))
    done = list(extract_here(iter([many, batch("x")]), annotate=annotate, stop=stop))
    assert [origins(found) for _, found in done] == [[str(number) for number in range(8)]]
    assert len(done[0][0].changed) == 8
