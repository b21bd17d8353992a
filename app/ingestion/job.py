"""The job: read, drop what is unchanged, extract, link, save; one writer, in the order of the input."""

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice, takewhile
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.db.migrations import SchemaState, schema_state
from app.db.models.corpus import RunStatus
from app.db.sqlite_files import database_exists
from app.domain.annotation import AnnotatedArticle
from app.domain.article import UnreadableArticle
from app.domain.links import LinkedArticle
from app.extraction.finders import DEFAULT_FINDER
from app.extraction.pipeline import annotate, pipeline_version
from app.ingestion.annotating import Annotated, failed
from app.ingestion.batches import Batch, batches
from app.ingestion.database import prepare, require_current, writing
from app.ingestion.extracting import extract_here, extract_on
from app.ingestion.killed import done_here, end_killed_runs
from app.ingestion.known import known_data
from app.ingestion.linking import link
from app.ingestion.patience import Patience
from app.ingestion.report import Job, Report, Tally
from app.ingestion.writing import Store, Trial, Writer
from app.readers.field_maps import FieldMap
from app.readers.files import Progress as Position
from app.readers.files import Remote, read_paths
from app.readers.formats import Format
from app.readers.records import Follow
from app.storage.runs import finish_run, start_run
from app.storage.saving import Outcome

BATCHES_A_WORKER = 2  # in flight: one that is worked on, one that waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: `done` of `total`, in bytes of the inputs or in articles of the corpus. `total` is
    null when it cannot be known, as with standard input.
    """

    read: int
    done: int
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run goes about it. `make_executor` is null to extract in this process.

    `given_format` and `field_map` hold for all inputs; when they are null, each input tells its own. `again`
    takes in what was withdrawn. `tell` is given sentences on what went wrong and was made good.
    `patience` is that with the database.
    """

    model: str
    batch_size: int
    max_article_chars: int
    finder: str = DEFAULT_FINDER
    given_format: Format | None = None
    field_map: FieldMap | None = None
    follow: Follow | None = None  # null when the links of feeds are not followed
    dry_run: bool = False
    again: bool = False
    make_executor: Callable[[], Executor] | None = None
    workers: int = 1
    progress: Callable[[Progress], None] = field(default=lambda _: None)
    tell: Callable[[str], None] = field(default=lambda _: None)
    patience: Patience = field(default_factory=Patience)
    stop: Callable[[], bool] = field(default=lambda: False)


def run_ingestion(paths: Sequence[Path | Remote], *, engine: Engine, options: Options) -> Report:
    """Take in everything below `paths` and report what was done.

    An input that cannot be read, extracted or saved is kept with its reason, and the run goes on; when
    `options.stop` turns true it ends after the article in hand. A dry run reads the database and writes
    nothing. Raises DatabaseNotReadyError, and SQLAlchemy's or the driver's errors when the database fails
    and `options.patience` does not help: then the run is recorded as failed, if that can be, and what was
    committed stays.
    """
    if options.dry_run:
        return _trial(paths, engine, options)
    options.patience.keep_trying(lambda: prepare(engine), engine)

    def work(run: int, tally: Tally) -> None:
        _run(paths, Store(engine, run, again=options.again, patience=options.patience), tally, options)

    return recorded(Job.INGEST, engine=engine, options=options, work=work)


def recorded(job: Job, *, engine: Engine, options: Options, work: Callable[[int, Tally], None]) -> Report:
    """Do `work`, given the id of its run and what to count in, and keep how it ended."""
    run, killed = options.patience.keep_trying(lambda: _start(job, engine, options), engine)
    for number in killed:
        options.tell(f"run {number} was killed: it is marked as failed, and what it had saved is whole")
    tally = Tally(job=job)
    try:
        work(run, tally)
    except BaseException:
        with suppress(SQLAlchemyError):  # what ended the run is to be told; the next one will mark it
            _finish(engine, run, tally.report(RunStatus.FAILED))
        raise
    report = tally.report(_status(options))
    options.patience.keep_trying(lambda: _finish(engine, run, report), engine)
    return report


def _start(job: Job, engine: Engine, options: Options) -> tuple[int, list[int]]:
    """Record that a run begins; return its id, and those of runs that turn out to have been killed."""
    now = datetime.now(UTC)
    with writing(engine) as connection:
        killed = end_killed_runs(connection, now=now)
        run = start_run(
            connection,
            pipeline_version=pipeline_version(options.finder),
            report={"job": job, "linked_with": known_data(), **done_here()},
            now=now,
        )
    return run, killed


def _trial(paths: Sequence[Path | Remote], engine: Engine, options: Options) -> Report:
    there = database_exists(engine.url)
    if there:
        with engine.begin() as connection:
            there = schema_state(connection) is not SchemaState.EMPTY
            if there:
                require_current(connection)
    tally = Tally(dry_run=True)
    _run(paths, Trial(engine if there else None, again=options.again), tally, options)
    return tally.report(_status(options))


def _status(options: Options) -> RunStatus:
    return RunStatus.STOPPED if options.stop() else RunStatus.FINISHED


def _finish(engine: Engine, run: int, report: Report) -> None:
    with writing(engine) as connection:
        finish_run(connection, run, status=report.status, report=report.as_json(), now=datetime.now(UTC))


def _run(paths: Sequence[Path | Remote], writer: Writer, tally: Tally, options: Options) -> None:
    at = Position(bytes_read=0, bytes_total=None)

    def keep(position: Position) -> None:
        nonlocal at
        at = position

    version = pipeline_version(options.finder)
    answers = read_paths(
        paths,
        max_article_chars=options.max_article_chars,
        on_progress=keep,
        given_format=options.given_format,
        field_map=options.field_map,
        follow=options.follow,
        # A map may make another article of the same bytes.
        stored=None if options.field_map else partial(writer.originals, pipeline=version),
    )
    read = batches(
        takewhile(lambda _: not options.stop(), answers),
        known=writer.known,
        withdrawn=writer.withdrawn,
        size=options.batch_size,
        pipeline=version,
        position=lambda: at.bytes_read,
    )
    take_all(read, writer, tally, options, total=lambda: at.bytes_total)


def take_all(
    read: Iterator[Batch],
    writer: Writer,
    tally: Tally,
    options: Options,
    *,
    total: Callable[[], int | None],
) -> None:
    """Extract, link and write all batches, or those up to a stop, in their order."""
    with closing(_extracted(read, options)) as extracted:
        for batch, annotated in extracted:
            _take(batch, annotated, writer, tally)
            options.progress(Progress(read=tally.read, done=batch.position, total=total()))
            if options.stop():
                return


def _extracted(read: Iterator[Batch], options: Options) -> Generator[tuple[Batch, list[Annotated]]]:
    """Extract on the executor, or here when there is none, or when one batch at most has work for it: a pool
    would not pay. Batches are read ahead only once there is something to extract.
    """
    work = partial(annotate, model=options.model, finder=options.finder)
    if options.make_executor is None:
        yield from extract_here(read, annotate=work, stop=options.stop)
        return
    for batch in read:
        if batch.changed:
            break
        yield batch, []
    else:
        return
    window = options.workers * BATCHES_A_WORKER
    first = [batch, *islice(read, window - 1)]
    all_ = chain(first, read)
    if len(first) < window and sum(bool(each.changed) for each in first) == 1:
        yield from extract_here(all_, annotate=work, stop=options.stop)
    else:
        make, tell = options.make_executor, options.tell
        yield from extract_on(make, all_, annotate=work, window=window, tell=tell)


def _take(batch: Batch, annotated: Sequence[Annotated], writer: Writer, tally: Tally) -> None:
    """Link and write a batch, and count everything in it."""
    answers = [_link(each) if isinstance(each, AnnotatedArticle) else each for each in annotated]
    linked = [answer for answer in answers if isinstance(answer, LinkedArticle)]
    refused = [*batch.refused, *(answer for answer in answers if isinstance(answer, UnreadableArticle))]
    tally.outcomes[Outcome.UNCHANGED] += batch.unchanged
    tally.outcomes[Outcome.WITHDRAWN] += batch.withdrawn
    for failure in refused:
        tally.add_failure(failure)
    for article in batch.changed:
        tally.add_warnings(article)
    for done in writer.write([*batch.copied, *linked], refused):
        if isinstance(done, UnreadableArticle):
            tally.add_failure(done)
        else:
            tally.add(*done)


def _link(annotated: AnnotatedArticle) -> LinkedArticle | UnreadableArticle:
    try:
        return link(annotated)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not cost the other articles
        return failed(annotated.article.origin, error)
