"""Write the tables in README and docs that come from the code; a test fails when one is out of date."""

import re
from enum import Enum
from pathlib import Path

from pydantic.fields import FieldInfo

from app.settings import Settings
from evaluation.report import error_tables, figure_tables

ROOT = Path(__file__).parents[1]


def settings_table() -> str:
    """Return the settings as a Markdown table."""
    prefix = Settings.model_config.get("env_prefix", "")
    rows = [
        f"| `{prefix}{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, list):
        value = ",".join(map(str, value))
    return f"`{value}`" if value not in ("", None) else "empty"


TABLES = {
    "settings": (ROOT / "README.md", settings_table),
    "figures": (ROOT / "docs" / "quality.md", figure_tables),
    "errors": (ROOT / "docs" / "quality.md", error_tables),
}


def with_table(text: str, name: str, table: str, *, command: str = "make docs") -> str:
    """Return `text` with what stands between the markers of `name` replaced; they tell which command does so.

    Raises ValueError when the markers are missing.
    """
    begin, end = f"<!-- {name}: written by `{command}` -->", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"no markers of the table {name!r}")
    return pattern.sub(lambda _: f"{begin}\n{table}\n{end}", text)


if __name__ == "__main__":
    for table_name, (path, make) in TABLES.items():
        path.write_text(with_table(path.read_text("utf-8"), table_name, make()), "utf-8")
