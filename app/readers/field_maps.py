"""Which keys of a record hold which field of an article: maps that come with the product, a file, or `--map`.

A map names, for a field, where its value stands, or several places of which the first that holds something
counts. `authors.name` looks into objects, and through lists; a key that is written with its dots comes first.
A field that a map does not name is looked for under its own name.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from app.readers.bylines import names_of_byline

# What an article is made of (docs/inputs.md). `html` and `byline` become `text` and `authors` here.
ARTICLE_FIELDS = (
    "id", "url", "title", "source", "source_url", "authors", "published_at", "language", "text", "summary",
)  # fmt: skip
MAPPED_FIELDS = (*ARTICLE_FIELDS, "html", "byline")
MOST_MAP_BYTES = 64 * 1024
CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*\Z")  # NewsAPI.org's mark of what it left out
Record = Mapping[str, object]


class BadMapError(ValueError):
    """A map that cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that all records of a service have."""

    value: str


Places = tuple[str | Constant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """Where the fields of an article stand.

    `records` are the places in a JSON document that hold a list of articles, or one. A record that has all
    keys of `recognised_by` is one of this map's.
    """

    name: str
    fields: Mapping[str, Places]
    records: tuple[str, ...] = ()
    recognised_by: frozenset[str] = field(default_factory=frozenset)


def fields_of(record: Record, chosen: FieldMap | None) -> dict[str, object]:
    """Return the fields of the article in `record`: by `chosen`, else by the map that knows its keys."""
    used = chosen or recognised(record)
    if used is None:
        return dict(record)
    found = {name: _value(record, used.fields.get(name, (name,))) for name in MAPPED_FIELDS}
    if found["byline"] is not None:
        found["authors"] = names_of_byline(found["byline"])
    if found["text"] is None and isinstance(found["html"], str):
        found["text"] = _plain(found["html"])
    if isinstance(found["summary"], str):
        found["summary"] = CUT_OFF.sub("", _plain(found["summary"]))
    return {name: value for name, value in found.items() if name in ARTICLE_FIELDS and value is not None}


def recognised(keys: Collection[str]) -> FieldMap | None:
    """Return the shipped map that knows records with these keys."""
    return next((each for each in shipped_maps().values() if each.recognised_by.issubset(keys)), None)


def is_known_record(keys: Collection[str]) -> bool:
    """Tell whether records with these keys are articles."""
    return "text" in keys or "summary" in keys or recognised(keys) is not None


@cache
def shipped_maps() -> dict[str, FieldMap]:
    """Return the maps that come with the product, by name."""
    found = sorted(files("app.readers").joinpath("maps").iterdir(), key=lambda file: file.name)
    maps = (_parsed(file.read_bytes(), Path(file.name).stem) for file in found if file.name.endswith(".yaml"))
    return {each.name: each for each in maps}


def load_map(given: str) -> FieldMap:
    """Return the map that `--map` names: pairs (`title=headline,text=body`), a shipped one, or a YAML file.

    Raises BadMapError.
    """
    if "=" in given:
        return _of_pairs(given)
    if given in shipped_maps():
        return shipped_maps()[given]
    try:
        data = Path(given).read_bytes()
    except OSError as error:
        known = ", ".join(shipped_maps())
        raise BadMapError(f"{given}: {error.strerror}; neither a file nor one of {known}") from None
    if len(data) > MOST_MAP_BYTES:
        raise BadMapError(f"{given}: a map has at most {MOST_MAP_BYTES} bytes")
    return _parsed(data, given)


def _of_pairs(given: str) -> FieldMap:
    fields: dict[str, Places] = {}
    for pair in given.split(","):
        name, _, place = (part.strip() for part in pair.partition("="))
        if not place:
            raise BadMapError(f"{pair.strip()!r} is no pair of a field and a key, such as title=headline")
        fields[name] = (*fields.get(name, ()), place)
    _refuse_unknown(fields, given)
    return FieldMap(name=given, fields=fields)


def _parsed(data: bytes, name: str) -> FieldMap:
    try:
        given = yaml.safe_load(data)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadMapError(f"{name}: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(given, dict) or not isinstance(given.get("fields"), dict):
        raise BadMapError(f"{name}: a map needs `fields`, each with the key that holds it")
    unknown = set(map(str, given)) - {"fields", "records", "recognised_by"}
    if unknown:
        raise BadMapError(f"{name}: `{min(unknown)}` is not known; a map has fields, records, recognised_by")
    _refuse_unknown(given["fields"], name)
    return FieldMap(
        name=name,
        fields={key: _places(value, name) for key, value in given["fields"].items()},
        records=tuple(_names(given, "records", name)),
        recognised_by=frozenset(_names(given, "recognised_by", name)),
    )


def _refuse_unknown(fields: Collection[object], name: str) -> None:
    for each in fields:
        if each not in MAPPED_FIELDS:
            raise BadMapError(f"{name}: there is no field {each!r}; there are {', '.join(MAPPED_FIELDS)}")


def _names(given: Mapping[str, object], key: str, name: str) -> list[str]:
    names = given.get(key, [])
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise BadMapError(f"{name}: `{key}` is a list of names")
    return names


def _places(given: object, name: str) -> Places:
    return tuple(_place(each, name) for each in (given if isinstance(given, list) else [given]))


def _place(given: object, name: str) -> str | Constant:
    if isinstance(given, str):
        return given
    if isinstance(given, dict) and set(given) == {"value"}:
        return Constant(str(given["value"]))
    raise BadMapError(
        f"{name}: a field stands under a key, or has {{value: ...}}; {str(given)[:60]!r} is neither"
    )


def _value(record: Record, places: Places) -> object:
    """Return the first value that is there: not null, not blank, not an empty list."""
    for place in places:
        found = place.value if isinstance(place, Constant) else _at(record, place)
        if found not in (None, [], {}) and not (isinstance(found, str) and not found.strip()):
            return found
    return None


def _at(value: object, place: str) -> object:
    if isinstance(value, list):
        return list(_each(value, place))
    if not isinstance(value, Mapping):
        return None
    if place in value:
        return value[place]
    key, dot, rest = place.partition(".")
    return _at(value.get(key), rest) if dot else None


def _each(values: list[object], place: str) -> Iterator[object]:
    for value in values:
        found = _at(value, place)
        if found is not None:
            yield found


def _plain(given: str) -> str:
    from app.readers.markup import text_of_markup  # noqa: PLC0415 - loads a parser that most inputs do without

    return text_of_markup(given)
