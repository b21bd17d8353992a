"""JSON put together from pieces, so that what stands in many cards is printed once.

The bytes are those that the schemas print; a test holds it.
"""

from collections.abc import Iterable
from functools import lru_cache
from json.encoder import encode_basestring as quoted

from pydantic_core import to_json

NOTHING = "null"


def gaps(names: Iterable[str]) -> str:
    """Return an object of these keys with a gap (`%s`) for the JSON of each value."""
    return "{" + ",".join(f'"{name}":%s' for name in names) + "}"


def printed(value: str | float | None) -> str:
    """Return the JSON of a plain value."""
    if isinstance(value, str):
        return quoted(value)
    return NOTHING if value is None else _number(value)


def listed(pieces: Iterable[str]) -> str:
    """Return a list of what is JSON already."""
    return f"[{','.join(pieces)}]"


def extended(shown: str, more: str) -> str:
    """Return an object with the keys of another one behind its own. Both have some."""
    return f"{shown[:-1]},{more[1:]}"


@lru_cache(maxsize=4_096, typed=True)  # true is no 1.0
def _number(value: float) -> str:
    return to_json(value).decode()
