import re
from pathlib import Path

import pytest

from app.cli.application import app
from app.db.models.tables import metadata
from tools.write_tables import TABLES, with_table

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seed/*.md")]


@pytest.mark.parametrize("name", TABLES)
def test_tables_that_come_from_code_are_up_to_date(name: str) -> None:
    path, make = TABLES[name]
    text = path.read_text("utf-8")
    assert with_table(text, name, make()) == text, "run `make docs`"


def test_every_part_of_the_product_has_its_line_in_the_architecture() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    parts = [path for path in (ROOT / "app").iterdir() if not path.name.startswith("_")]
    missing = [path.name for path in parts if f"| `app/{path.name}` |" not in text]
    assert parts
    assert missing == []


def test_every_command_is_described() -> None:
    text = "".join(path.read_text("utf-8") for path in DOCUMENTS)
    commands = [command.callback.__name__ for command in app.registered_commands if command.callback]
    assert len(commands) > 5
    assert [name for name in commands if f"dateline {name}" not in text] == []


def test_every_table_is_described() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert [name for name in metadata.tables if f"`{name}`" not in text] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_nothing_names_a_package_registry_or_a_path_of_a_machine() -> None:
    banned = re.compile("py" + r"pi\.org|python" + r"hosted|np" + r"mjs|/ro" + r"ot/|/wo" + "rk/")
    files = [
        *DOCUMENTS,
        *ROOT.glob("requirements/*"),
        *ROOT.glob("app/**/*.py"),
        *ROOT.glob("tests/**/*.py"),
        *(ROOT / name for name in ("Makefile", "Dockerfile", "compose.yaml", "pyproject.toml")),
    ]
    assert [str(file) for file in files if banned.search(file.read_text("utf-8"))] == []
