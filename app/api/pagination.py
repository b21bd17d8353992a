"""Pages: the parameters of paging, the cursor, the envelope and its links.

A cursor is the place of a row in an order. It is opaque, carries a version and a check of its own, and is
bound to the query it came from; there is nothing secret in it.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, Field

from app.api.problems import invalid_cursor
from app.api.validation import plain_integer
from app.queries.ordering import Place
from app.queries.pages import Counting
from app.schemas.listing import Links, Relation, Total

VERSION = 1
"""Raised when what a cursor holds changes: older ones are refused, not misread."""

DEFAULT_LIMIT = 25
LARGEST_LIMIT = 200
BOUND = 1_000
"""Where a bounded count stops: counting further costs more than the page itself."""

LONGEST_CURSOR = 2_000  # two keys of 100 characters fit many times
LARGEST_NUMBER = 2**63 - 1  # what a database column holds
_CHECK_BYTES = 6  # against typing errors and truncation, not against forgery
_NEVER_STORED = re.compile("[\0\ud800-\udfff]")  # PostgreSQL refuses them even in a comparison
_NOT_WHOLE = "It is not a cursor that this server gave out: use 'next' and 'prev' of 'links' as they are."


class Count(StrEnum):
    """How results are counted."""

    NONE = "none"
    BOUNDED = "bounded"
    EXACT = "exact"


class Paging(BaseModel):
    """The parameters of every list."""

    limit: Annotated[int, BeforeValidator(plain_integer)] = Field(
        default=DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT, description="Results a page.", examples=[25]
    )
    cursor: str | None = Field(
        default=None,
        max_length=LONGEST_CURSOR,
        description="Where a page begins: from `links.next` or `links.prev` of the same query.",
    )
    count: Count = Field(
        default=Count.BOUNDED,
        description=f"`bounded`: count to {BOUND:,}; `exact`: count all, which can be slow; `none`: do not.",
    )


_MAY_CHANGE = frozenset({"cursor", "limit", "count"})


def query_hash(path: str, parameters: BaseModel) -> str:
    """Return what binds a cursor to a list and its query; how many a page and how to count may change."""
    fields = type(parameters).model_fields
    asked = [
        (name, value)
        for name in sorted(parameters.model_fields_set - _MAY_CHANGE)
        if (value := getattr(parameters, name)) != fields[name].default
    ]
    text = json.dumps([path, asked], separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def encode_cursor(place: Place, bound_to: str) -> str:
    """Return the cursor of a place."""
    fields = [VERSION, bound_to, int(place.backwards), *place.values]
    body = json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(_check(body) + body).decode().rstrip("=")


def decode_cursor(text: str, bound_to: str, keys: Sequence[type]) -> Place:
    """Return the place of a cursor. `keys` are the types of the columns of the order.

    Raises the problem of a cursor that is not whole, or belongs to another query.
    """
    match _fields(text):
        case [int(version), *_] if version != VERSION:
            raise invalid_cursor("It is from another version of this server: begin without it.")
        case [int(), str(bound), int(backwards), *values]:
            if bound != bound_to:
                raise invalid_cursor("It belongs to another query: path, filters and sort stay the same.")
            if len(values) == len(keys) and all(map(_is_key, values, keys)):
                return Place(tuple(values), backwards=bool(backwards))
    raise invalid_cursor(_NOT_WHOLE)


def _fields(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        if base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
            return None  # other letters for the same bytes
        check, body = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
        return json.loads(body) if check == _check(body) else None
    except (binascii.Error, ValueError, RecursionError):
        return None


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:_CHECK_BYTES]


def _is_key(value: object, kind: type) -> bool:
    """Tell whether a database can compare the value with a column of this kind."""
    if kind is int:
        return type(value) is int and abs(value) <= LARGEST_NUMBER
    return isinstance(value, str) and _NEVER_STORED.search(value) is None


@dataclass(frozen=True, slots=True)
class Window:
    """The rows of a page in the order of the list, and the places of the pages around it."""

    rows: list[Any]
    next: Place | None
    prev: Place | None


def window(rows: Sequence[Any], place: Place | None, limit: int) -> Window:
    """Return the page from rows that were fetched from a place on, one more than the page shows.

    A page that has become empty leads nowhere.
    """
    shown, further = list(rows[:limit]), len(rows) > limit
    if not shown:
        return Window([], None, None)
    backwards = place is not None and place.backwards
    if backwards:
        shown.reverse()
    behind, before = Place(keys(shown[-1])), Place(keys(shown[0]), backwards=True)
    if backwards:
        return Window(shown, behind, before if further else None)
    return Window(shown, behind if further else None, None if place is None else before)


def keys(row: Any) -> tuple[int | str, ...]:  # noqa: ANN401 - a row of whatever columns
    """Return the place of a row in its order: its columns `key_0`, `key_1`, ..."""
    named = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for the mapping of a row
    return tuple(value for name, value in named.items() if name.startswith("key_"))


def counting(count: Count) -> Counting:
    """Return whether rows are counted, and where that stops."""
    return Counting(wanted=count is not Count.NONE, bound=BOUND if count is Count.BOUNDED else None)


def total(number: int | None, count: Count) -> Total:
    """Return how many results there are, as far as they were counted."""
    if number is None:
        return Total(value=None, relation=Relation.UNKNOWN)
    bound = counting(count).bound
    if bound is not None and number > bound:
        return Total(value=bound, relation=Relation.AT_LEAST)
    return Total(value=number, relation=Relation.EXACT)


def links(request: Request, found: Window, bound_to: str) -> Links:
    """Return the paths of this page and of those around it."""
    raw = request.scope["query_string"].decode("latin-1")
    path = own_path(request)
    asked = raw
    if "cursor" in raw:
        asked = urlencode([(name, value) for name, value in parse_qsl(raw) if name != "cursor"])

    def at(place: Place | None) -> str | None:
        if place is None:
            return None
        cursor = f"cursor={encode_cursor(place, bound_to)}"
        return f"{path}?{asked}&{cursor}" if asked else f"{path}?{cursor}"

    return Links(self=f"{path}?{raw}" if raw else path, next=at(found.next), prev=at(found.prev))


def own_path(request: Request) -> str:
    """Return the path that a client asked for, with the prefix of a proxy that may have taken it off."""
    root: str = request.scope.get("root_path", "")
    path: str = request.scope["path"]
    return path if path.startswith(f"{root}/") else root + path


def link_header(found: Links) -> str:
    """Return the links as RFC 8288 writes them in a header."""
    named = (("self", found.self), ("next", found.next), ("prev", found.prev))
    return ", ".join(f'<{path}>; rel="{name}"' for name, path in named if path is not None)
