"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Enum, Integer, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key; on SQLite the alias of the rowid, which only `INTEGER` can be."""

Ordered = String().with_variant(String(collation="C"), "postgresql")
"""Text that is sorted or searched by prefix: by code point on both databases."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC. SQLite keeps no zone, so it is taken off and put back here.

    Raises ValueError for a naive value.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive instant: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware UTC instant."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(values: type[StrEnum]) -> Enum:
    """Return a text column type that holds the values of `values` and checks them."""

    def stored(members: Any) -> list[str]:  # noqa: ANN401 - SQLAlchemy hands the enum class untyped
        return [member.value for member in members]

    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=stored,
        name=f"{values.__name__.lower()}_value",
    )
