"""Write what docs/api.md and README.md have from the code: tables, and the answers of examples.

The answers are those of the corpus in seed/; a test fails when one is out of date.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from app.db.engine import writing_engine
from app.ingestion.job import Options, run_ingestion
from app.main import create_app
from app.settings import Settings
from tools.write_tables import with_table

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "api.md"
README = ROOT / "README.md"
SEED = ROOT / "seed"

MOST_ITEMS = 3
"""Items of a list that an example shows."""

LONGEST_TEXT = 90
"""Characters of a text that an example shows."""

CUT = "…"
_EXAMPLE = re.compile(r"```http\nGET (?P<path>\S+)\n```\n\n```json\n(?P<answer>.*?)\n```", re.DOTALL)
_RESOURCES = (
    "/v1/articles",
    "/v1/statements",
    "/v1/speakers",
    "/v1/organizations",
    "/v1/cities",
    "/v1/topics",
    "/v1/sources",
)

Ask = Callable[[str], Any]


def routes_table(description: dict[str, Any]) -> str:
    """Return the routes with what they answer and, for lists, their orders."""
    rows = ["| route | operation | what it answers | sort (the first is the default) |", "|---|---|---|---|"]
    for path, operations in description["paths"].items():
        if path.startswith(_RESOURCES):
            operation = operations["get"]
            what = operation["description"].partition("\n")[0]
            rows.append(
                f"| `{path}` | `{operation['operationId']}` | {what} | {_sorts(description, operation)} |"
            )
    return "\n".join(rows)


def _sorts(description: dict[str, Any], operation: dict[str, Any]) -> str:
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "sort":
            schema = parameter["schema"]
            values = _resolved(description, schema)["enum"]
            default = schema["default"]
            return ", ".join(f"`{value}`" for value in [default, *(v for v in values if v != default)])
    return ""


def _resolved(description: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref") or next((part["$ref"] for part in schema.get("allOf", [])), None)
    if reference is None:
        return schema
    found: dict[str, Any] = description["components"]["schemas"][reference.rpartition("/")[2]]
    return found


def parameters_table(description: dict[str, Any]) -> str:
    """Return every query parameter once, with what it means and which lists take it."""
    taken: dict[str, list[str]] = {}
    meaning: dict[str, str] = {}
    lists = {
        path: operations["get"]
        for path, operations in description["paths"].items()
        if path.startswith(_RESOURCES) and "parameters" in operations["get"]
    }
    for path, operation in lists.items():
        for parameter in operation["parameters"]:
            if parameter["in"] == "query" and parameter["name"] != "sort":
                taken.setdefault(parameter["name"], []).append(path)
                meaning.setdefault(parameter["name"], parameter["description"])
    flat = [path for path in lists if "{" not in path]
    rows = ["| parameter | meaning | lists |", "|---|---|---|"]
    for name, text in meaning.items():
        paths = [path for path in taken[name] if path in flat]
        where = "all" if paths == flat else ", ".join(f"`{path}`" for path in paths or taken[name])
        rows.append(f"| `{name}` | {text} | {where} |")
    return "\n".join(rows)


def with_answers(text: str, ask: Ask) -> str:
    """Return `text` with the real answer behind every example."""

    def answered(match: re.Match[str]) -> str:
        answer = json.dumps(shortened(ask(match["path"])), ensure_ascii=False, indent=1)
        return f"```http\nGET {match['path']}\n```\n\n```json\n{_compact(answer)}\n```"

    return _EXAMPLE.sub(answered, text)


def shortened(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return an answer with long lists and texts cut, which a mark of their end shows."""
    if isinstance(value, dict):
        return {key: shortened(item) for key, item in value.items()}
    if isinstance(value, list):
        return [*map(shortened, value[:MOST_ITEMS]), *([CUT] if len(value) > MOST_ITEMS else [])]
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return value[:LONGEST_TEXT] + CUT
    return value


def _compact(indented: str) -> str:
    """Put objects and lists that hold no others on one line, where they fit."""

    def joined(match: re.Match[str]) -> str:
        line = re.sub(r"\n\s*", " ", match[0])
        line = re.sub(r"([\[{]) | ([\]}])", r"\1\2", line)
        return line if len(line) <= 2 * LONGEST_TEXT else match[0]

    return re.sub(r"[\[{][^\[\]{}]*[\]}]", joined, indented)


@contextmanager
def seed_client(database_url: str) -> Iterator[TestClient]:
    """Give a client of the API over a database that `fill` has filled."""
    with TestClient(create_app(Settings(database_url=database_url, log_level="WARNING"))) as client:
        yield client


def fill(database_url: str) -> None:
    """Load seed/ into a database with the real job, as `make run` does."""
    engine = writing_engine(database_url)
    settings = Settings()
    options = Options(
        model=settings.spacy_model,
        batch_size=settings.batch_size,
        max_article_chars=settings.max_article_chars,
    )
    run_ingestion((SEED,), engine=engine, options=options)
    engine.dispose()


def written(text: str, client: TestClient) -> str:
    """Return docs/api.md with everything that comes from the code."""
    description = client.get("/openapi.json").json()
    text = with_table(text, "routes", routes_table(description))
    text = with_table(text, "parameters", parameters_table(description))
    return with_answers(text, asking(client))


def asking(client: TestClient) -> Ask:
    """Return what answers an example."""

    def ask(path: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        answer = client.get(path).json()
        if "instance" in answer:
            answer["instance"] = CUT  # the id of the request
        return answer

    return ask


def main() -> None:
    """Write docs/api.md and the examples of README.md anew."""
    with tempfile.TemporaryDirectory() as folder:
        database_url = f"sqlite:///{folder}/seed.db"
        fill(database_url)
        with seed_client(database_url) as client:
            DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8"), client), "utf-8")
            README.write_text(with_answers(README.read_text("utf-8"), asking(client)), "utf-8")


if __name__ == "__main__":
    main()
