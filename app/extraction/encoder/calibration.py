"""How sure a statement of the networks is: their raw score, put on the scale of what proved right."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from app.domain.annotation import StatementKind
from app.extraction.found import Found

CALIBRATION = "calibration.tsv"
"""File beside the networks; `training/calibration.py` writes it."""

CONFIRMED, ALONE = "confirmed", "alone"
"""What stands in the file for statements that rules confirm, and for others."""

Table = Sequence[tuple[float, float]]
"""Raw scores with the share of statements that are right there, both ascending."""

Group = tuple[StatementKind, bool]
"""Kind of a statement, and whether rules confirm it."""

Tables = Mapping[Group, Table]


def group_of(found: Found) -> Group:
    """Return the table that a statement's score is looked up in."""
    return found.kind, found.confirmed


def calibrated(tables: Tables, group: Group, raw: float) -> float:
    """Return the share of statements like it that are right; the raw score where there is no table."""
    table = tables.get(group)
    if not table:
        return raw
    scores, shares = zip(*table, strict=True)
    return float(np.interp(raw, scores, shares))


@lru_cache(maxsize=1)
def load_tables(folder: Path) -> Tables:
    """Return the tables by group; raises FileNotFoundError when the file is missing."""
    tables: dict[Group, list[tuple[float, float]]] = {}
    for line in (folder / CALIBRATION).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, by, raw, share = line.split("\t")
            tables.setdefault((StatementKind(kind), by == CONFIRMED), []).append((float(raw), float(share)))
    return tables
