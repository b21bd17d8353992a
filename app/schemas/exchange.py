"""The lines of an export: JSON, what stands at its default left out; docs/decisions/0011-export-format.md."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.domain.corrections import Correction
from app.domain.exchange import (
    Record,
    Redirect,
    SourceRecord,
    Stored,
    StoredArticle,
    StoredRecord,
    StoredSpeaker,
    WithdrawnKey,
)
from app.domain.links import GazetteerPlace, OrganizationRecord, Topic

FORMAT = "dateline_export"
VERSION = 1
HEADER = json.dumps({FORMAT: VERSION})
"""The first line: what the format is known by."""

ARTICLE = "article"
RECORDS: dict[str, type[Record]] = {
    "source": SourceRecord,
    "organization": OrganizationRecord,
    "speaker": StoredSpeaker,
    "place": GazetteerPlace,
    "topic": Topic,
    "redirect": Redirect,
    "withdrawal": WithdrawnKey,
    "correction": Correction,
}
"""The key that a line of a record has, alone."""

_KEYS = {type_: key for key, type_ in RECORDS.items()}
_NOT_EXPORTED: Any = {ARTICLE: {"origin", "warnings"}}  # of the input, not of the article


class BadLineError(ValueError):
    """The line is none of an export; the message says why, in one sentence."""


def to_line(stored: StoredArticle | Record) -> str:
    """Return the line of an article or record, without its end: equal ones give equal lines."""
    if isinstance(stored, StoredArticle):
        return (
            _adapter(StoredArticle).dump_json(stored, exclude=_NOT_EXPORTED, exclude_defaults=True).decode()
        )
    type_: Any = type(stored)
    body = _adapter(type_).dump_json(stored, exclude_defaults=True).decode()
    return f'{{"{_KEYS[type_]}":{body}}}'


def plain(record: Record) -> dict[str, Any]:
    """Return what a record holds as plain values, nothing left out."""
    type_: Any = type(record)
    shown: dict[str, Any] = _adapter(type_).dump_python(record, mode="json")
    return shown


def of_line(line: dict[str, Any], origin: str) -> Stored | None:
    """Return what a line holds, null for the header. `origin` is kept as where it was read.

    Raises BadLineError.
    """
    if FORMAT in line:
        if line[FORMAT] != VERSION:
            raise BadLineError(f"version {line[FORMAT]!r} of the export format, this one reads {VERSION}")
        return None
    if isinstance(line.get(ARTICLE), dict):
        article: StoredArticle = _validated(
            StoredArticle, {**line, ARTICLE: {**line[ARTICLE], "origin": origin}}
        )
        return article
    key = next(iter(line), None)
    if len(line) != 1 or key not in RECORDS:
        raise BadLineError(f"an export has no line with the keys {', '.join(sorted(line)[:10]) or 'none'}")
    return StoredRecord(record=_validated(RECORDS[key], line[key]), origin=origin)


def _validated(type_: Any, value: object) -> Any:  # noqa: ANN401 - of the type given
    try:
        return _adapter(type_).validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadLineError(f"{'.'.join(map(str, first['loc'])) or 'the line'}: {first['msg']}") from None


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - as above
    return TypeAdapter(type_)
