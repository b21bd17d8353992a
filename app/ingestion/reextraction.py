"""Annotating a loaded corpus anew, from the stored texts: the inputs are not read again."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from sqlalchemy import Engine

from app.domain.article import Article
from app.extraction.pipeline import pipeline_version
from app.ingestion.batches import Batch
from app.ingestion.database import prepare, require_current, writing
from app.ingestion.job import Options, recorded, take_all
from app.ingestion.patience import Patience
from app.ingestion.report import Job, Report, Tally
from app.ingestion.writing import Store
from app.storage.reading import count_articles, ids_of, next_ids, read_articles
from app.storage.saving import Outcome, renew


def run_reextraction(
    *, engine: Engine, options: Options, everything: bool = False, keys: Sequence[str] | None = None
) -> Report:
    """Bring what another version of the pipeline annotated to this one; `everything`: all articles; `keys`:
    those articles, whichever version annotated them.

    A transaction a batch: a run that ends early keeps what it did, and the next one goes on from there. An
    article that was replaced or removed meanwhile stays as it is; one that cannot be extracted keeps its
    annotations, and the reason stands in `ingestion_failures`. Raises as `run_ingestion`.
    """
    patience = options.patience
    patience.keep_trying(lambda: _prepare(engine), engine)
    version = None if everything else pipeline_version(options.finder)

    def work(run: int, tally: Tally) -> None:
        wanted, others = patience.keep_trying(lambda: _count(engine, version, keys), engine)
        tally.outcomes[Outcome.UNCHANGED] += others
        found = (
            _batches(engine, options.batch_size, version, patience)
            if keys is None
            else _named(engine, options.batch_size, keys, patience)
        )
        read = takewhile(lambda _: not options.stop(), found)
        store = Store(engine, run, decide=renew, patience=patience)
        take_all(read, store, tally, options, total=lambda: wanted)

    return recorded(Job.REEXTRACT, engine=engine, options=options, work=work)


def _prepare(engine: Engine) -> None:
    with writing(engine) as connection:
        require_current(connection)
    prepare(engine)


def _count(engine: Engine, version: str | None, keys: Sequence[str] | None) -> tuple[int, int]:
    """Return how many articles are to be annotated, and how many are left as they are."""
    if keys is not None:
        return len(keys), 0
    with engine.begin() as connection:
        wanted = count_articles(connection, but=version)
        return wanted, count_articles(connection) - wanted


def _named(engine: Engine, size: int, keys: Sequence[str], patience: Patience) -> Iterator[Batch]:
    def read(piece: Sequence[str]) -> list[Article]:
        with engine.begin() as connection:
            return read_articles(connection, ids_of(connection, piece))

    for start in range(0, len(keys), size):
        piece = keys[start : start + size]
        articles = patience.keep_trying(partial(read, piece), engine)
        yield Batch(changed=tuple(articles), refused=(), unchanged=0, position=start + len(piece))


def _batches(engine: Engine, size: int, version: str | None, patience: Patience) -> Iterator[Batch]:
    def read(after: str) -> list[Article]:
        with engine.begin() as connection:
            return read_articles(connection, next_ids(connection, after=after, limit=size, but=version))

    after, done = "", 0
    while True:
        articles = patience.keep_trying(partial(read, after), engine)
        if not articles:
            return
        after, done = articles[-1].key, done + len(articles)
        yield Batch(changed=tuple(articles), refused=(), unchanged=0, position=done)
