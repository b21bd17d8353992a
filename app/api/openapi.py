"""The OpenAPI description: what it says about the whole, and the problems of every operation."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from app.api.caching import FIXED
from app.api.problems import MEANINGS, MEDIA_TYPE
from app.schemas.problem import ParameterCode, ParameterProblem, Problem, ProblemType

_TAGS = {
    "articles": "Published texts: their statements, mentions and words.",
    "statements": "What somebody said, wrote or is reported to hold, with its spans.",
    "speakers": "Named people and organizations to whom statements are attributed.",
    "organizations": "Agencies, legislatures, courts, companies, advocacy groups, unions and the like.",
    "cities": "Cities that articles mention, and who speaks in those articles.",
    "topics": "What in immigration policy articles are on, told by readable patterns.",
    "sources": "The outlets that published the articles.",
    "service": "How the corpus and the server stand.",
}
_EXAMPLE_ERRORS = {
    ProblemType.INVALID_PARAMETER: ParameterProblem(
        parameter="citty",
        code=ParameterCode.UNKNOWN_PARAMETER,
        detail=MEANINGS[ProblemType.INVALID_PARAMETER].example,
        suggestions=["city"],
    ),
    ProblemType.INVALID_CURSOR: ParameterProblem(
        parameter="cursor",
        code=ParameterCode.INVALID_VALUE,
        detail=MEANINGS[ProblemType.INVALID_CURSOR].example,
        suggestions=[],
    ),
}
_RESPONSE_NAMES = {
    403: "NotAvailable",
    404: "NotFound",
    410: "Gone",
    414: "UriTooLong",
    422: "Invalid",
    500: "Failed",
    503: "Unavailable",
}
_MERGED = {
    "description": "The record was merged into another one, to which `Location` leads.",
    "headers": {
        "Location": {
            "description": "The same path and query with the other slug.",
            "schema": {"type": "string"},
        }
    },
}
_PAGED = {
    "Link": {"description": "`links` of the answer, as RFC 8288 writes them.", "schema": {"type": "string"}}
}
_TAGGED = {
    "ETag": {"description": "What tells this answer from others.", "schema": {"type": "string"}},
    "Cache-Control": {
        "description": "How long it may be used without asking again.",
        "schema": {"type": "string"},
    },
}
_UNCHANGED = {"description": "What `If-None-Match` or `If-Modified-Since` names is still the answer."}
_LIVE = ("/healthz", "/readyz", "/v1/status")  # how things stand at this moment: kept by nobody
_EVERYWHERE = {414, 422, 500}
_OF_PATHS = {404}
_OF_RECORDS = {404, 410}
_OF_DATABASE = {503}
_OF_TEXTS = {403}
_WITHHELD = ("/v1/articles/{key}/text",)  # what a setting can keep back
_GENERATED = ("HTTPValidationError", "ValidationError")  # FastAPI's own, which no answer has

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
async def get_openapi_description(request: Request) -> Response:
    """Hand out the description."""
    content: bytes = request.app.state.description(request.scope.get("root_path", "").rstrip("/"))
    return Response(content, media_type="application/json", headers={"Cache-Control": FIXED})


def install(app: FastAPI) -> None:
    """Serve the description at /openapi.json, with our problems in place of FastAPI's."""
    app.include_router(router)

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _describe(app)
        return app.openapi_schema

    @lru_cache(maxsize=1)  # of one prefix, since that is a setting
    def written(prefix: str) -> bytes:
        described = app.openapi()
        if prefix:
            described = {**described, "servers": [{"url": prefix}]}
        return json.dumps(described, ensure_ascii=False).encode()

    app.openapi = describe  # type: ignore[method-assign] # the way FastAPI documents
    app.state.description = written


def _describe(app: FastAPI) -> dict[str, Any]:
    described = get_openapi(
        title=app.title,
        version=app.version,
        summary="Who said what in the news on US immigration policy, with the place in the article.",
        description=files("app.api").joinpath("static", "description.md").read_text("utf-8"),
        license_info={"name": "MIT", "identifier": "MIT"},
        tags=[{"name": name, "description": about} for name, about in _TAGS.items()],
        routes=app.routes,
    )
    components = described.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in _GENERATED:
        schemas.pop(name, None)
    schemas |= _problem_schemas()
    components["responses"] = {name: _response(status) for status, name in _RESPONSE_NAMES.items()}
    for path, operations in described["paths"].items():
        for operation in operations.values():
            _declare_answers(path, operation)
            for parameter in operation.get("parameters", []):
                parameter["schema"] = _without_null(parameter["schema"])
    return described


def _declare_answers(path: str, operation: dict[str, Any]) -> None:
    """Add what an operation can answer besides what its route declares."""
    responses = operation["responses"]
    if path.startswith("/v1/") and "{slug}" in path:
        responses["308"] = _MERGED
    if path not in _LIVE:
        responses["200"]["headers"] = _TAGGED
        responses["304"] = _UNCHANGED
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", [])):
        responses["200"]["headers"] = _TAGGED | _PAGED
    for status in _problem_statuses(path).union(int(status) for status in responses):
        if status in _RESPONSE_NAMES:
            responses[str(status)] = {"$ref": f"#/components/responses/{_RESPONSE_NAMES[status]}"}
    operation["responses"] = dict(sorted(responses.items()))


def _problem_statuses(path: str) -> set[int]:
    """Return the statuses of the problems that a path can end with."""
    of_corpus = path.startswith("/v1/")
    statuses = {*_EVERYWHERE}
    if "{" in path:
        statuses |= _OF_RECORDS if of_corpus else _OF_PATHS
    if path in _WITHHELD:
        statuses |= _OF_TEXTS
    if of_corpus or path == "/readyz":
        statuses |= _OF_DATABASE
    return statuses


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out null, which no query can say: a parameter that may be absent is just not required."""
    choices = [choice for choice in schema.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) != 1:
        return schema
    return {**choices[0], **{key: value for key, value in schema.items() if key != "anyOf"}}


def _problem_schemas() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    return {**schema.pop("$defs"), "Problem": schema}


def _response(status: int) -> dict[str, Any]:
    kinds = [kind for kind, meaning in MEANINGS.items() if meaning.status == status]
    content: dict[str, Any] = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "examples": {kind.rpartition("/")[2]: {"value": example(kind)} for kind in kinds},
    }
    response: dict[str, Any] = {
        "description": " ".join(f"{MEANINGS[kind].title}. {MEANINGS[kind].advice}" for kind in kinds),
        "content": {MEDIA_TYPE: content},
    }
    if ProblemType.UNAVAILABLE in kinds:
        response["headers"] = {
            "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        }
    return response


def example(kind: ProblemType) -> dict[str, Any]:
    """Return an answer of this type."""
    problem = Problem(
        type=kind,
        title=MEANINGS[kind].title,
        status=MEANINGS[kind].status,
        detail=MEANINGS[kind].example,
        instance="0f8fad5bd9cb469fa16570867728950e",
        errors=[_EXAMPLE_ERRORS[kind]] if kind in _EXAMPLE_ERRORS else [],
    )
    return problem.model_dump(mode="json")
