"""What every error answer looks like (RFC 9457)."""

from enum import StrEnum

from pydantic import Field

from app.schemas.references import Output


class ProblemType(StrEnum):
    """The closed list of kinds of problems; `app.api.problems` tells what each means."""

    INVALID_PARAMETER = "/problems/invalid-parameter"
    INVALID_CURSOR = "/problems/invalid-cursor"
    NOT_FOUND = "/problems/not-found"
    GONE = "/problems/gone"
    METHOD_NOT_ALLOWED = "/problems/method-not-allowed"
    TEXT_NOT_AVAILABLE = "/problems/text-not-available"
    URI_TOO_LONG = "/problems/uri-too-long"
    INTERNAL = "/problems/internal"
    UNAVAILABLE = "/problems/unavailable"
    QUERY_TIMEOUT = "/problems/query-timeout"


class ParameterCode(StrEnum):
    """What is wrong with a parameter."""

    UNKNOWN_PARAMETER = "unknown_parameter"
    DUPLICATE_PARAMETER = "duplicate_parameter"
    EMPTY_VALUE = "empty_value"
    INVALID_VALUE = "invalid_value"
    UNKNOWN_VALUE = "unknown_value"
    OUT_OF_RANGE = "out_of_range"
    CONFLICTING_PARAMETERS = "conflicting_parameters"


class ParameterProblem(Output):
    """One thing that is wrong with one parameter."""

    parameter: str = Field(description="Name of the parameter, as it was sent.")
    code: ParameterCode = Field(description="What is wrong, for programs.")
    detail: str = Field(description="What is wrong, for people.")
    suggestions: list[str] = Field(
        description="Names or values that would be accepted, the likeliest first; empty when none is near."
    )


class Problem(Output):
    """An error answer, `application/problem+json` of RFC 9457."""

    type: ProblemType = Field(description="Kind of problem, one of a closed list that `/problems` explains.")
    title: str = Field(
        description="The kind in words; the same for every answer of this type.",
        examples=["A parameter is wrong"],
    )
    status: int = Field(ge=400, le=599, description="Status code of the answer.", examples=[422])
    detail: str = Field(
        description="What happened with this request and what to do about it.",
        examples=["'citty' is not a parameter here; did you mean 'city'?"],
    )
    instance: str = Field(
        description="Id of this request, as in the header `X-Request-ID`; quote it in a report.",
        examples=["5f0c7b8e3d3f4c0f9a4f0d6f2f6f9c11"],
        json_schema_extra={"format": "uri-reference"},
    )
    errors: list[ParameterProblem] = Field(
        description="Every parameter that is wrong; empty when the problem is not about parameters."
    )


class ProblemKind(Output):
    """A type of problem, explained."""

    type: ProblemType = Field(description="The `type` of the answers.")
    status: int = Field(description="Status code of the answers.")
    title: str = Field(description="The type in words.")
    advice: str = Field(description="What to do about it.")
    example: str = Field(description="A `detail` that such an answer can have.")


class ProblemKinds(Output):
    """The closed list of types of problems."""

    results: list[ProblemKind] = Field(description="Every type.")
