"""The public reference data that developers have beside the clone, from which scripts here build files."""

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def records(name: str, *, description: str | None) -> list[dict[str, Any]]:
    """Return the records of a file of JSON Lines; `--shared` of the command line says where its folder is."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    with gzip.open(parser.parse_args().shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as given:
        return [json.loads(line) for line in given]
