"""Nothing in a query is ignored or guessed: one check for every route.

It stands on the application, not on a router, and knows a route's parameters from the route's own
definition: a new route is checked without a word about it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Union, get_args, get_origin
from unicodedata import category
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.api.problems import invalid_parameters, parameter_problem
from app.api.validation import UNKNOWN, translate, unknown_parameter
from app.schemas.problem import ParameterCode, ParameterProblem

_LISTS = (list, tuple, set, frozenset)
_UNREADABLE = {
    "Cs": "has bytes that are not UTF-8",  # undecodable bytes become lone surrogates
    "Cc": "has a control character, such as NUL or a line break",  # matches nothing, hides from the eye
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """The query parameters of a route: the names of all, and of those that may be repeated.

    `defaults` are the values, as a query writes them, that say no more than leaving the parameter out.
    """

    names: tuple[str, ...]
    repeatable: frozenset[str]
    defaults: Mapping[str, str]


# By the id of a route, since routes have no hash; holding the route keeps its id from being given anew.
_known: dict[int, tuple[APIRoute, Accepted]] = {}


async def refuse_unclear_query(request: Request) -> None:
    """Raise the problem that names every parameter that is unknown, repeated, empty or not plain text."""
    raw: bytes = request.scope["query_string"]
    if not raw:
        return
    route: APIRoute = request.scope["route"]
    found = unclear(pairs_of(raw), accepted_parameters(route))
    if found:
        raise invalid_parameters([*found, *_further_errors(request, route, found)])


def accepted_parameters(route: APIRoute) -> Accepted:
    """Return the query parameters that the route is declared with, read once a route."""
    known = _known.get(id(route))
    if known is None:
        declared = dict(_declared(route.dependant))
        repeatable = frozenset(name for name, field in declared.items() if _is_list(field.annotation))
        scalars = {name: field.default for name, field in declared.items() if name not in repeatable}
        defaults = {name: str(value) for name, value in scalars.items() if isinstance(value, str | int)}
        known = _known[id(route)] = (route, Accepted(tuple(declared), repeatable, defaults))
    return known[1]


def pairs_of(raw: bytes) -> list[tuple[str, str]]:
    """Return names and values of a query string; bytes that are no UTF-8 become lone surrogates."""
    if not raw:
        return []
    text = raw.decode("ascii", "surrogateescape")
    return parse_qsl(text, keep_blank_values=True, errors="surrogateescape")


def unclear(pairs: Sequence[tuple[str, str]], accepted: Accepted) -> list[ParameterProblem]:
    """Return what is wrong with a query before its values are read as what they mean: once a parameter,
    in order.
    """
    times = Counter(name for name, _ in pairs)
    found: dict[str, ParameterProblem] = {}
    for name, value in pairs:
        problem = found.get(name) or _problem(name, value, times[name], accepted)
        if problem is not None:
            found[name] = problem
    return list(found.values())


def _problem(name: str, value: str, times: int, accepted: Accepted) -> ParameterProblem | None:
    if name not in accepted.names:
        return unknown_parameter(name, accepted.names)
    if times > 1 and name not in accepted.repeatable:
        detail = f"'{name}' takes one value and was given {times} times."
        return parameter_problem(name, ParameterCode.DUPLICATE_PARAMETER, detail)
    if not value.isprintable():
        for char in value:
            if reason := _UNREADABLE.get(category(char)):
                return parameter_problem(name, ParameterCode.INVALID_VALUE, f"'{name}' {reason}.")
    if not value.strip():
        detail = f"'{name}' has no value; leave it out instead."
        return parameter_problem(name, ParameterCode.EMPTY_VALUE, detail)
    return None


def _further_errors(
    request: Request, route: APIRoute, found: list[ParameterProblem]
) -> list[ParameterProblem]:
    """Return what the route's own validation finds in the other parameters, so that one answer names all."""
    named = {error.parameter for error in found}
    _, errors = request_params_to_args(route.dependant.query_params, request.query_params)
    further = [translate(error) for error in errors if error["type"] != UNKNOWN]
    return [error for error in further if error.parameter not in named]


def _declared(dependant: Dependant) -> Iterator[tuple[str, FieldInfo]]:
    """Yield name and field of every query parameter, those of models and dependencies included."""
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, inner in annotation.model_fields.items():
                yield inner.alias or name, inner
        else:
            yield field.alias, field.field_info
    for inner_dependant in dependant.dependencies:
        yield from _declared(inner_dependant)


def _is_list(annotation: object) -> bool:
    """Tell whether several values of this type are given by repeating the parameter."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _is_list(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return any(_is_list(part) for part in get_args(annotation))
    return (origin or annotation) in _LISTS
