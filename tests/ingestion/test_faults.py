"""Databases that fail while the job runs: it tries again where that helps, else it ends and says why; then
the same again ends in the corpus of a run that nothing disturbed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.db.engine import writing_engine
from app.ingestion.exporting import export_lines
from tests.conftest import NOBODY, Templates
from tests.ingestion.job_processes import OPTIONS, How, JobProcess, write_articles
from tests.ingestion.small_corpora import few_places, stored
from tests.ingestion.small_disks import small_disk

BATCH = OPTIONS.batch_size
ARTICLES = 4 * BATCH
JOBS = 3
PATIENT = 60
SHORT = 0.05  # seconds that a job waits for SQLite's lock

# The revision of the corpus is what a batch changes last, and once.
AT_BATCH = """
CREATE SEQUENCE batches;
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('batches') {when} THEN PERFORM {what}; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER fail AFTER UPDATE ON corpus_state FOR EACH STATEMENT EXECUTE FUNCTION fail();
"""


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("few") / "articles.jsonl", ARTICLES)


@pytest.fixture(scope="session")
def undisturbed(templates: Templates, articles: Path) -> list[str]:
    url = few_places(templates, "sqlite")
    assert JobProcess(url, [articles]).finish()["new"] == ARTICLES
    return exported(url)


def exported(url: str) -> list[str]:
    """Return the export of a corpus that is whole."""
    engine = writing_engine(url)
    stored(engine)
    lines = list(export_lines(engine))
    engine.dispose()
    return lines


@pytest.fixture
def url(templates: Templates, database_kind: str) -> str:
    return few_places(templates, database_kind)


@pytest.fixture
def postgresql_url(templates: Templates) -> str:
    return few_places(templates, "postgresql")


@pytest.fixture
def administer(postgresql_url: str) -> Iterator[Callable[[str], None]]:
    """Give what changes the database as its administrator; `{name}` is its name."""
    engine = writing_engine(postgresql_url)

    def do(statements: str) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(statements.replace("{name}", engine.url.database or ""))
        engine.dispose()

    yield do
    engine.dispose()


def fails_in_batch(administer: Callable[[str], None], when: str, what: str) -> None:
    administer(AT_BATCH.replace("{when}", when).replace("{what}", what))


def test_a_dropped_connection_is_made_anew(
    postgresql_url: str, administer: Callable[[str], None], articles: Path, undisturbed: list[str]
) -> None:
    fails_in_batch(administer, "IN (2, 3)", "pg_terminate_backend(pg_backend_pid())")
    job = JobProcess(postgresql_url, [articles], How(patience=PATIENT))
    assert job.finish()["new"] == ARTICLES
    assert len(job.told) == 2
    assert exported(postgresql_url) == undisturbed


def test_without_patience_a_dropped_connection_ends_the_run(
    postgresql_url: str, administer: Callable[[str], None], articles: Path, undisturbed: list[str]
) -> None:
    fails_in_batch(administer, "= 3", "pg_terminate_backend(pg_backend_pid())")
    words = JobProcess(postgresql_url, [articles]).fail()
    assert words.startswith("the server is being stopped or started (terminating connection")
    report = JobProcess(postgresql_url, [articles]).finish()
    assert (report["unchanged"], report["new"]) == (2 * BATCH, 2 * BATCH)
    assert exported(postgresql_url) == undisturbed


def test_a_statement_time_out(
    postgresql_url: str, administer: Callable[[str], None], articles: Path, undisturbed: list[str]
) -> None:
    fails_in_batch(administer, "= 2", "pg_sleep(30)")
    administer('ALTER DATABASE "{name}" SET statement_timeout = 2000')
    job = JobProcess(postgresql_url, [articles], How(patience=PATIENT))
    assert job.finish()["new"] == ARTICLES
    assert job.told[0].startswith("a statement took longer than statement_timeout")
    assert exported(postgresql_url) == undisturbed


def test_a_database_that_may_only_be_read(
    postgresql_url: str, administer: Callable[[str], None], articles: Path, undisturbed: list[str]
) -> None:
    administer('ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    job = JobProcess(postgresql_url, [articles], How(patience=PATIENT))
    assert job.fail().startswith("the database may only be read (")
    assert job.told == []
    administer('SET transaction_read_only = off; ALTER DATABASE "{name}" RESET ALL')
    assert JobProcess(postgresql_url, [articles]).finish()["new"] == ARTICLES
    assert exported(postgresql_url) == undisturbed


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Write as another process would, and do not commit."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE articles")
        yield
    engine.dispose()


def limit_waits(url: str) -> None:
    if url.startswith("postgresql"):
        engine = writing_engine(url)
        with engine.begin() as connection:
            name = engine.url.database
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET lock_timeout = {int(SHORT * 1000)}')
        engine.dispose()


def test_whoever_is_locked_out_waits(url: str, articles: Path, undisturbed: list[str]) -> None:
    limit_waits(url)
    job = JobProcess(url, [articles], How(patience=PATIENT, busy=SHORT, stands_at=BATCH))
    job.pass_articles(BATCH)
    with locked(url):
        job.go_on()
        told = job.wait_until_told()
    assert told.startswith("another process writes")
    assert "trying again in 1 s" in told
    assert job.finish()["new"] == ARTICLES
    assert exported(url) == undisturbed


def test_who_holds_the_lock_is_said_at_the_end_of_patience(
    url: str, articles: Path, undisturbed: list[str]
) -> None:
    limit_waits(url)
    job = JobProcess(url, [articles], How(busy=SHORT, stands_at=BATCH))
    job.pass_articles(BATCH)
    with locked(url):
        job.go_on()
        words = job.fail()
    holder = f", process {Path('/proc/self').resolve().name} (" if url.startswith("sqlite") else " ("
    assert words.startswith(f"another process writes{holder}")
    assert JobProcess(url, [articles]).finish()["unchanged"] == BATCH
    assert exported(url) == undisturbed


def test_a_read_only_folder(
    templates: Templates, open_folder: Path, articles: Path, undisturbed: list[str]
) -> None:
    del templates
    articles_here = open_folder / "articles.jsonl"
    articles_here.write_bytes(articles.read_bytes())
    open_folder.chmod(0o555)
    url = f"sqlite:///{open_folder}/some.db"
    job = JobProcess(url, [articles_here], How(patience=PATIENT, user=NOBODY))
    assert job.fail().startswith("the file cannot be opened or made (unable to open database file)")
    assert job.told == []
    open_folder.chmod(0o755)
    assert JobProcess(url, [articles_here]).finish()["new"] == ARTICLES
    assert exported(url) == undisturbed


def test_a_full_disk_under_sqlite(
    templates: Templates, tmp_path: Path, articles: Path, undisturbed: list[str]
) -> None:
    ready = Path(make_url(few_places(templates, "sqlite")).database or "")
    with small_disk(tmp_path) as disk:
        url = f"sqlite:///{tmp_path}/some.db"
        (tmp_path / "some.db").write_bytes(ready.read_bytes())
        disk.fill(leaving=400_000)
        job = JobProcess(url, [articles], How(patience=PATIENT))
        assert job.fail().startswith("the disk is full (database or disk is full): free some space")
        assert job.told == []
        disk.free()
        JobProcess(url, [articles]).finish()
        assert exported(url) == undisturbed


def test_jobs_at_once_lose_and_double_nothing(
    url: str, tmp_path: Path, undisturbed: list[str], articles: Path
) -> None:
    lines = articles.read_text("utf-8").splitlines(keepends=True)
    inputs = [tmp_path / f"{number}.jsonl" for number in range(JOBS)]
    for number, path in enumerate(inputs):
        path.write_text("".join(lines[number * BATCH :] + lines[: number * BATCH]), "utf-8")
    running = [JobProcess(url, [path], How(patience=PATIENT)) for path in inputs]
    reports = [job.finish() for job in running]
    assert sum(report["new"] for report in reports) == ARTICLES
    assert [report["read"] for report in reports] == [ARTICLES] * JOBS
    assert exported(url) == undisturbed
