"""Values that are left open: a statement is built once for all queries that differ in them alone."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import bindparam
from sqlalchemy.types import TypeEngine

KEPT = 1_024
"""Statements of each kind that are kept: one for each shape of query, of which clients use a few dozen."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Stands for a value that is given, under this name, when the statement is executed."""

    name: str


Value: TypeAlias = int | float | str | Slot


def bound(value: object, type_: TypeEngine[Any]) -> Any:  # noqa: ANN401 - a value, or what stands for it in SQL
    """Return a value as it is compared with a column of this type."""
    return bindparam(value.name, type_=type_) if isinstance(value, Slot) else value
