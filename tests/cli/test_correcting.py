"""`dateline correct`, `speakers`, `organizations` and `corrections`, as they are typed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from app.cli.application import app
from app.db.engine import writing_engine
from tests.ingestion.decided import (
    FIRST,
    REVIEWED,
    SECOND,
    TEXT,
    THIRD,
    closing,
    corpus,
    key_of,
    stands,
    wrong,
)
from tests.storage.linked import bare, person, read_article, said

Type = Callable[..., Result]
BY = ("--by", "Iris Vale", "--why", "heard it")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    given = read_article(text=TEXT)
    statements = [
        said(TEXT, FIRST, by=person("Ana Ortega")),
        said(TEXT, SECOND, by=person("Tom Reed")),
        said(TEXT, THIRD),
    ]
    yield from closing(corpus(database_url, bare(given, *statements)))


@pytest.fixture
def typed(engine: Engine) -> Type:
    """Give what runs a command of this database."""
    url = engine.url.render_as_string(hide_password=False)

    def ran(*arguments: str | Path, given: str | None = None) -> Result:
        runner = CliRunner(env={"DATELINE_DATABASE_URL": url})
        return runner.invoke(app, [*map(str, arguments)], input=given)

    return ran


def test_one_statement_is_corrected_and_the_decision_listed(engine: Engine, typed: Type) -> None:
    first, second = key_of(engine, FIRST), key_of(engine, SECOND)
    answer = typed("correct", second, "--speaker", "ana-ortega", "--dry-run", *BY)
    assert (answer.exit_code, answer.stderr) == (0, "Would be decided: 1.\n")
    assert stands(engine, SECOND) == ("unreviewed", ["tom-reed"])
    answer = typed("correct", second, "--speaker", "ana-ortega", *BY)
    assert (answer.exit_code, answer.stderr) == (0, "Decided: 1.\n")
    change = "speaker: unreviewed, tom-reed -> corrected, ana-ortega  (Iris Vale: heard it)"
    assert answer.stdout.rstrip().endswith(f"statement {second}: {change}")
    assert typed("correct", first, "--confirm", *BY).exit_code == 0
    assert typed("speakers", "merge", "tom-reed", "ana-ortega", *BY).exit_code == 0
    listed = typed("corrections").stdout.splitlines()
    assert [line.split(": ")[1] for line in listed] == ["merge", "confirm", "speaker"]
    (only,) = map(json.loads, typed("corrections", "--json", "--of", second).stdout.splitlines())
    assert (only["subject"], only["made_by"], only["after"]["review"]) == (second, "Iris Vale", "corrected")
    assert wrong(engine) == []


FILE = """action,subject,target,article,by,why
speaker,{second},new:Mia Lund,,,
confirm,{first},,,Tom Reed,
retract,{third},,,,"he said so, twice"

split-speaker,ana-ortega,new:Ana Ortega,keyone,,
"""


def test_many_are_decided_from_a_file(engine: Engine, typed: Type, tmp_path: Path) -> None:
    keys = {"first": key_of(engine, FIRST), "second": key_of(engine, SECOND), "third": key_of(engine, THIRD)}
    path = tmp_path / "decisions.csv"
    path.write_text(FILE.format(**keys), "utf-8")
    trial = typed("correct", "--file", path, "--dry-run", *BY)
    assert (trial.exit_code, trial.stderr) == (0, "Would be decided: 4.\n")
    assert stands(engine, THIRD) == ("unreviewed", [])
    done = typed("correct", "--file", "-", *BY, given=path.read_text("utf-8"))
    assert (done.exit_code, done.stderr) == (0, "Decided: 4.\n")
    assert stands(engine, SECOND) == ("corrected", ["mia-lund"])
    assert stands(engine, FIRST) == ("confirmed", ["ana-ortega-2"])
    assert stands(engine, THIRD) == ("retracted", [])
    listed = typed("corrections", "--of", keys["third"]).stdout
    assert "(Iris Vale: he said so, twice)" in listed
    assert wrong(engine) == []


BAD = """action,subject,target,article,by,why
retract,{third},,,,
remove,{third},,,,
speaker,{third},,,,
confirm,{third},ana-ortega,,,
split-speaker,ana-ortega,tom-reed,,,
retract,{third},,,,
retract,,,,,
retract,{third},,,,,
speaker,{third},nobody-at-all,,,
"""


def test_every_bad_line_is_told_and_nothing_done(engine: Engine, typed: Type, tmp_path: Path) -> None:
    third = key_of(engine, THIRD)
    path = tmp_path / "decisions.csv"
    path.write_text(BAD.format(third=third), "utf-8")
    answer = typed("correct", "--file", path, *BY)
    assert (answer.exit_code, answer.stdout) == (1, "")
    unknown, *lines, last = (line.removeprefix(f"{path}:") for line in answer.stderr.splitlines())
    assert unknown.startswith("3: there is no action 'remove': it is one of confirm, speaker, retract, ")
    assert lines == [
        "4: speaker needs a target",
        "5: confirm has no target",
        "6: split-speaker needs the articles in which it holds",
        f"7: statement {third} is retracted already: nothing would change",
        "8: subject is empty",
        "9: 7 cells under 6 columns",
        "10: there is no speaker nobody-at-all",
    ]
    assert last == f"dateline: {path}: nothing was changed, since 8 lines cannot be taken"
    assert stands(engine, THIRD) == ("unreviewed", [])
    without = typed("correct", "--file", path)
    assert f"{path}:2: by is empty" in without.stderr
    path.write_text("statement,speaker\n", "utf-8")
    assert "the first line has to name columns of action" in typed("correct", "--file", path, *BY).stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("correct",), 2, "name a statement"),
        (("correct", "key", *BY), 2, "only one"),
        (("correct", "key", "--confirm", "--retract", *BY), 2, "only one"),
        (("correct", "key", "--confirm", "--why", "y"), 2, "--by"),
        (("correct", "key", "--confirm", "--by", "x", "--why", " "), 2, "--why"),
        (("correct", "key", "--speaker", "none", "--speaker", "x", *BY), 2, "exclude"),
        (("correct", "key", "--confirm", "--file", "x", *BY), 2, "a file says itself"),
        (("correct", "key", "--confirm", *BY), 1, "there is no statement key"),
        (("correct", "--file", "none.csv", *BY), 1, "none.csv: "),
        (("speakers", "merge", "tom-reed", "nobody", *BY), 1, "there is no speaker nobody"),
        (("speakers", "split", "tom-reed", "--into", "x", *BY), 2, "--article"),
        (("speakers", "split", "tom-reed", "--article", "x", *BY), 2, "--into-new"),
        (("speakers", "undo", "tom-reed", *BY), 1, "tom-reed is not merged into another one"),
        (("organizations", "merge", "a", "b", *BY), 1, "there is no organization a"),
        (("organizations", "undo", "a", *BY), 1, "organization a is not merged into another one"),
    ],
)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)  # of what is typed
def test_errors_are_one_sentence(arguments: tuple[str, ...], status: int, words: str, typed: Type) -> None:
    answer = typed(*arguments)
    assert answer.exit_code == status, answer.stderr
    assert words in " ".join(answer.stderr.replace("│", " ").split())
    assert answer.stdout == ""


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)  # as above
def test_what_is_undone_is_extracted_anew(corpus_copy_url: str) -> None:
    runner = CliRunner(env={"DATELINE_DATABASE_URL": corpus_copy_url})
    assert runner.invoke(app, ["correct", REVIEWED, "--retract", *BY]).exit_code == 0
    trial = runner.invoke(app, ["correct", REVIEWED, "--undo", "--dry-run", *BY])
    assert (trial.exit_code, "Extracted" in trial.stderr) == (0, False)
    answer = runner.invoke(app, ["correct", REVIEWED, "--undo", *BY])
    assert answer.exit_code == 0, answer.stderr
    assert "undo: retracted, nobody -> as extracted" in answer.stdout
    assert answer.stderr.endswith("Decided: 1.\nExtracted anew: articles 1.\n")
    engine = writing_engine(corpus_copy_url)
    assert wrong(engine) == []
    engine.dispose()
    again = runner.invoke(app, ["correct", REVIEWED, "--undo", *BY])
    assert (again.exit_code, again.stdout) == (1, "")
    assert "no correction is in force: there is nothing to undo" in again.stderr
