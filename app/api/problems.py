"""Errors as the API tells them: a closed list of types in one shape (RFC 9457).

Raise a `ProblemError` anywhere under a route; `app.api.error_handlers` answers it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.schemas.problem import ParameterCode, ParameterProblem, ProblemType

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5  # a busy or restarting database is worth asking again soon, not at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a type stands for. `advice` tells a client what to do about it; `example` is a `detail`."""

    status: int
    title: str
    advice: str
    example: str


MEANINGS: dict[ProblemType, Meaning] = {
    ProblemType.INVALID_PARAMETER: Meaning(
        status=422,
        title="A parameter is wrong",
        advice="Every wrong parameter stands in `errors` with its code and suggestions. Correct the request.",
        example="'citty' is not a parameter here; did you mean 'city'?",
    ),
    ProblemType.INVALID_CURSOR: Meaning(
        status=422,
        title="The cursor does not fit",
        advice="A cursor is used as it was given, with the same filters and sort. Start again without it.",
        example="The cursor belongs to another query. Start again without it.",
    ),
    ProblemType.NOT_FOUND: Meaning(
        status=404,
        title="There is no such resource",
        advice="The path names no record and no route. Do not ask again.",
        example="There is no speaker 'marty-walch'.",
    ),
    ProblemType.GONE: Meaning(
        status=410,
        title="The record was withdrawn",
        advice="It stood once; `detail` says why it stands no more. Drop your reference to it.",
        example="The statement was withdrawn: its words no longer stand in the article.",
    ),
    ProblemType.METHOD_NOT_ALLOWED: Meaning(
        status=405,
        title="The method is not allowed",
        advice="The API only reads; the header `Allow` lists the methods of the path.",
        example="POST is not possible here; possible are GET, HEAD, OPTIONS.",
    ),
    ProblemType.TEXT_NOT_AVAILABLE: Meaning(
        status=403,
        title="The text is not handed out",
        advice="This installation serves no article texts. Follow the article's `url` to its publisher.",
        example="This installation does not hand out the texts of articles.",
    ),
    ProblemType.URI_TOO_LONG: Meaning(
        status=414,
        title="The address is too long",
        advice="Path and query may have 8,192 bytes together. Send fewer values.",
        example="The address has 9,000 bytes; 8,192 are possible. Send fewer values.",
    ),
    ProblemType.INTERNAL: Meaning(
        status=500,
        title="The server failed",
        advice="This is our mistake. Report the value of `instance` to whoever runs this server.",
        example="Something went wrong here. It was logged under the id in `instance`.",
    ),
    ProblemType.UNAVAILABLE: Meaning(
        status=503,
        title="The service is not ready",
        advice="The database cannot be reached or has to be migrated. Ask again after `Retry-After` seconds.",
        example="The database cannot be reached.",
    ),
    ProblemType.QUERY_TIMEOUT: Meaning(
        status=503,
        title="The query took too long",
        advice="Narrow the filters or ask with `count=none`; then ask again after `Retry-After` seconds.",
        example="The query took longer than 5 seconds. Narrow the filters or ask with count=none.",
    ),
}


class ProblemError(Exception):
    """Ends a request with a problem of the closed list.

    `detail` is a sentence that a stranger can act on; it must hold nothing internal.
    """

    def __init__(
        self,
        kind: ProblemType,
        detail: str,
        *,
        errors: Sequence[ParameterProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})
        if MEANINGS[kind].status == MEANINGS[ProblemType.UNAVAILABLE].status:
            self.headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS))


def parameter_problem(
    parameter: str, code: ParameterCode, detail: str, *, suggestions: Sequence[str] = ()
) -> ParameterProblem:
    """Return what is wrong with one parameter."""
    return ParameterProblem(parameter=parameter, code=code, detail=detail, suggestions=list(suggestions))


def invalid_parameters(errors: Sequence[ParameterProblem]) -> ProblemError:
    """Return the problem that names every wrong parameter; there must be at least one."""
    first = errors[0].detail
    detail = first if len(errors) == 1 else f"{first} ({len(errors) - 1} more in `errors`.)"
    return ProblemError(ProblemType.INVALID_PARAMETER, detail, errors=errors)


def invalid_cursor(detail: str) -> ProblemError:
    """Return the problem of a cursor that was tampered with or belongs to another query."""
    error = parameter_problem("cursor", ParameterCode.INVALID_VALUE, detail)
    return ProblemError(ProblemType.INVALID_CURSOR, detail, errors=[error])


def not_found(detail: str) -> ProblemError:
    """Return the problem of a path that names nothing."""
    return ProblemError(ProblemType.NOT_FOUND, detail)


def gone(detail: str) -> ProblemError:
    """Return the problem of a withdrawn record; `detail` gives the reason."""
    return ProblemError(ProblemType.GONE, detail)


def text_not_available() -> ProblemError:
    """Return the problem of a text that this installation keeps to itself."""
    return ProblemError(
        ProblemType.TEXT_NOT_AVAILABLE, "This installation does not hand out the texts of articles."
    )


def unavailable(detail: str) -> ProblemError:
    """Return the problem of a service that cannot answer now; it carries `Retry-After`."""
    return ProblemError(ProblemType.UNAVAILABLE, detail)


def query_timeout(seconds: float) -> ProblemError:
    """Return the problem of a query that took longer than the limit; it carries `Retry-After`."""
    return ProblemError(
        ProblemType.QUERY_TIMEOUT,
        f"The query took longer than {seconds:g} seconds. Narrow the filters or ask with count=none.",
    )
