"""Extraction of batches, here or on an executor: results come in the order of the input either way."""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace

from app.domain.article import Article
from app.ingestion.annotating import Annotate, Annotated, annotate_all, failed
from app.ingestion.batches import Batch

AT_ONCE = 4  # articles between two looks at whether to stop
TRIES_ALONE = 2  # a worker may be killed for another reason than the article that it is at
DIED = "a worker process died: the articles that it was given are extracted again"


def extract_here(
    batches: Iterator[Batch], *, annotate: Annotate, stop: Callable[[], bool]
) -> Generator[tuple[Batch, list[Annotated]]]:
    """Yield batches with their annotated articles; when stopped, the last one holds what was done of it."""
    for batch in batches:
        done: list[Annotated] = []
        for start in range(0, len(batch.changed), AT_ONCE):
            if stop():
                yield replace(batch, changed=batch.changed[:start]), done
                return
            done += annotate_all(batch.changed[start : start + AT_ONCE], annotate=annotate)
        yield batch, done


class _Workers:
    """An executor that is made anew when one of its processes dies, which breaks all of it."""

    def __init__(self, make_executor: Callable[[], Executor], annotate: Annotate) -> None:
        self._make_executor = make_executor
        self._annotate = annotate
        self._executor = make_executor()

    def submit(self, articles: Sequence[Article]) -> Future[list[Annotated]]:
        try:
            return self._executor.submit(annotate_all, articles, annotate=self._annotate)
        except BrokenExecutor as error:
            broken: Future[list[Annotated]] = Future()
            broken.set_exception(error)
            return broken

    def one_by_one(self, articles: Sequence[Article]) -> list[Annotated]:
        """Annotate with nothing else in flight; an article that kills a worker again and again is refused."""
        self._renew()
        return [self._alone(article) for article in articles]

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    def _alone(self, article: Article, tries: int = TRIES_ALONE) -> Annotated:
        try:
            return self.submit([article]).result()[0]
        except BrokenExecutor as error:
            self._renew()
            return self._alone(article, tries - 1) if tries > 1 else failed(article.origin, error)

    def _renew(self) -> None:
        self._executor.shutdown(wait=False)
        self._executor = self._make_executor()


def extract_on(
    make_executor: Callable[[], Executor],
    batches: Iterator[Batch],
    *,
    annotate: Annotate,
    window: int,
    tell: Callable[[str], None],
) -> Generator[tuple[Batch, list[Annotated]]]:
    """Yield batches with their annotated articles, with at most `window` of them in flight.

    A worker that dies breaks a pool of processes, which `tell` is told: a new one is made, the batch at the
    head of the queue is done article by article with nothing else in flight, which finds the guilty one if
    there is one, and the rest is submitted again.
    """
    workers = _Workers(make_executor, annotate)
    flying: deque[tuple[Batch, Future[list[Annotated]]]] = deque()
    try:
        while True:
            while len(flying) < window and (batch := next(batches, None)) is not None:
                flying.append((batch, workers.submit(batch.changed)))
            if not flying:
                return
            batch, future = flying.popleft()
            try:
                done = future.result()
            except BrokenExecutor:
                tell(DIED)
                done = workers.one_by_one(batch.changed)
                flying = deque((each, workers.submit(each.changed)) for each, _ in flying)
            yield batch, done
    finally:
        workers.close()
