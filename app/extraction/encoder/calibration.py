"""How sure a statement of the networks is: their raw score, put on the scale of what proved right."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from app.domain.annotation import StatementKind

CALIBRATION = "calibration.tsv"
"""File beside the networks; `training/calibration.py` writes it."""

Table = Sequence[tuple[float, float]]
"""Raw scores with the share of statements that are right there, both ascending."""

Tables = Mapping[StatementKind, Table]


def calibrated(tables: Tables, kind: StatementKind, raw: float) -> float:
    """Return the share of statements like it that are right; the raw score where there is no table."""
    table = tables.get(kind)
    if not table:
        return raw
    scores, shares = zip(*table, strict=True)
    return float(np.interp(raw, scores, shares))


@lru_cache(maxsize=1)
def load_tables(folder: Path) -> Tables:
    """Return the tables by kind; raises FileNotFoundError when the file is missing."""
    tables: dict[StatementKind, list[tuple[float, float]]] = {}
    for line in (folder / CALIBRATION).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, raw, share = line.split("\t")
            tables.setdefault(StatementKind(kind), []).append((float(raw), float(share)))
    return tables
