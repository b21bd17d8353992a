"""What Pydantic finds wrong with a parameter, in the words and codes of the API.

A validator raises ValueError("a sentence") for an invalid value. One that wants another code, suggestions or
another parameter's name raises `PydanticCustomError(ParameterCode.X, "a sentence", {"suggestions": [...]})`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import PydanticKnownError

from app.api.problems import parameter_problem
from app.api.suggestions import nearest
from app.schemas.problem import ParameterCode, ParameterProblem

LONGEST_ECHO = 100
"""Characters of a wrong value that an answer repeats."""

UNKNOWN = "extra_forbidden"
"""Pydantic's name for a parameter that a model does not have."""

_OUT_OF_RANGE = {
    "greater_than_equal": "must be at least {ge}, not '{input}'",
    "greater_than": "must be greater than {gt}, not '{input}'",
    "less_than_equal": "must be at most {le}, not '{input}'",
    "less_than": "must be less than {lt}, not '{input}'",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "may have at most {max_length} characters",
    "too_short": "must be given at least {min_length} times",
    "too_long": "may be given at most {max_length} times",
}
_INVALID = {
    "missing": "must be given",
    "int_parsing": "must be a whole number, not '{input}'",
    "int_parsing_size": "must be a whole number of at most 63 bits",
    "float_parsing": "must be a number, not '{input}'",
    "bool_parsing": "must be true or false, not '{input}'",
    "string_pattern_mismatch": "must match {pattern}",
    "enum": "must be {expected}, not '{input}'",
    "literal_error": "must be {expected}, not '{input}'",
}
_PLAIN_INTEGER = re.compile("0|-?[1-9][0-9]*")
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_QUOTED = re.compile(r"'([^']*)'")


def plain_integer(value: object) -> object:
    """Refuse what Python also takes for a whole number: `1_0`, `1.0`, `+5`, `010`, ` 10`, other digits."""
    if isinstance(value, str) and not _PLAIN_INTEGER.fullmatch(value):
        raise PydanticKnownError("int_parsing")
    return value


def plain_number(value: object) -> object:
    """Refuse what Python also takes for a number, and JSON does not: `nan`, `1_0.5`, `.5`, ` 0.5`."""
    if isinstance(value, str) and not _PLAIN_NUMBER.fullmatch(value):
        raise PydanticKnownError("float_parsing")
    return value


def translate(error: Mapping[str, Any], *, known: Sequence[str] = ()) -> ParameterProblem:
    """Return one of Pydantic's errors in the API's shape. `known` are the route's parameters."""
    kind: str = error["type"]
    context: dict[str, Any] = {**error.get("ctx", {}), "input": shown(error.get("input"))}
    parameter = _parameter(error["loc"], context)
    if kind == UNKNOWN:
        return unknown_parameter(parameter, known)
    suggestions = context.get("suggestions") or _choices(context)
    code, detail = _worded(kind, parameter, error["msg"], context)
    return parameter_problem(parameter, code, detail, suggestions=suggestions)


def unknown_parameter(name: str, known: Sequence[str]) -> ParameterProblem:
    """Return the problem of a parameter that the route does not have, with the nearest that it has."""
    suggestions = nearest(name, known)
    if suggestions:
        hint = f"; did you mean '{suggestions[0]}'?"
    else:
        hint = f". There are: {', '.join(known)}." if known else ", nor is any other."
    detail = f"'{shown(name)}' is not a parameter here{hint}"
    return parameter_problem(shown(name), ParameterCode.UNKNOWN_PARAMETER, detail, suggestions=suggestions)


def shown(value: object) -> str:
    """Return a value as an answer repeats it: short, and with nothing that is invisible or not Unicode."""
    text = str(value)[: LONGEST_ECHO + 1]
    visible = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return visible if len(text) <= LONGEST_ECHO else visible[:LONGEST_ECHO] + "…"


def _parameter(loc: Sequence[str | int], context: Mapping[str, Any]) -> str:
    """`("query", "city", 0)` is about `city`; a check of the whole query says itself what it is about."""
    named = context.get("parameter") or (loc[1] if len(loc) > 1 else loc[0] if loc else "query")
    return str(named)


def _choices(context: Mapping[str, Any]) -> list[str]:
    """Return the values that are allowed, the nearest first, when they are a closed list."""
    allowed = _QUOTED.findall(str(context.get("expected", "")))
    near = nearest(context["input"], allowed)
    return near + [choice for choice in allowed if choice not in near]


def _worded(kind: str, parameter: str, message: str, context: Mapping[str, Any]) -> tuple[ParameterCode, str]:
    if kind in _OUT_OF_RANGE:
        return ParameterCode.OUT_OF_RANGE, f"'{parameter}' {_OUT_OF_RANGE[kind].format_map(context)}."
    if kind in _INVALID:
        return ParameterCode.INVALID_VALUE, f"'{parameter}' {_INVALID[kind].format_map(context)}."
    code = ParameterCode(kind) if kind in set(ParameterCode) else ParameterCode.INVALID_VALUE
    sentence = str(context["error"]) if kind == "value_error" else message
    return code, f"{parameter}: {sentence}"
