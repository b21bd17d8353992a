import ast
import re
from pathlib import Path

from app.domain.article import UnreadableReason
from app.readers.field_maps import shipped_maps
from app.readers.formats import Format

ROOT = Path(__file__).parents[2]
INPUTS = (ROOT / "docs/inputs.md").read_text(encoding="utf-8")


def first_cells(heading: str) -> set[str]:
    section = INPUTS.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return {name for row in rows for name in re.findall("`([^`]+)`", row)}


def test_every_reason_is_documented() -> None:
    assert first_cells("What is refused") == {reason.value for reason in UnreadableReason}


def test_every_format_is_documented() -> None:
    section = INPUTS.split("## Formats\n", 1)[1].split("\n### ", 1)[0]
    rows = re.findall(r"^\| `(.*?)` \|", section, re.MULTILINE)
    assert set(rows) == {each.value for each in Format}


def test_every_map_is_documented_with_what_it_is_known_by() -> None:
    section = INPUTS.split("## Maps", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `(\w+)` \|.*\| (`[^|]*`) \|$", section, re.MULTILINE)
    documented = {name: set(re.findall("`([^`]+)`", keys)) for name, keys in rows}
    assert documented == {name: set(each.recognised_by) for name, each in shipped_maps().items()}


def test_every_field_that_is_read_is_documented() -> None:
    tree = ast.parse((ROOT / "app/readers/records.py").read_text(encoding="utf-8"))
    named = {
        call.args[-1].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[-1], ast.Constant)
        if ast.unparse(call.func) in {"_line", "fields.get", "_is_missing"}
    }
    documented = {name for name in first_cells("Fields") if re.fullmatch("[a-z_]+", name)}
    assert documented == named
    assert "text" in named
