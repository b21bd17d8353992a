"""Every error answer of the API is made here."""

import json
import traceback
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from app.api.problems import MEANINGS, MEDIA_TYPE, ProblemError, invalid_parameters, not_found
from app.api.strictness import accepted_parameters
from app.api.validation import shown, translate
from app.schemas.problem import ProblemType

_log = structlog.get_logger(__name__)


def install(app: FastAPI) -> None:
    """Answer every exception that can leave a route in the one shape."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_validation_error)


def problem_response(scope: Scope, problem: ProblemError) -> Response:
    """Return the answer to a problem."""
    meaning = MEANINGS[problem.kind]
    body = {
        "type": problem.kind,
        "title": meaning.title,
        "status": meaning.status,
        "detail": problem.detail,
        "instance": scope.get("state", {}).get("request_id", ""),
        "errors": [error.model_dump() for error in problem.errors],
    }
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(content, meaning.status, headers, media_type=MEDIA_TYPE)


def internal_problem(scope: Scope, error: Exception) -> Response:
    """Log an exception that nobody expected and return an answer that tells nothing about it."""
    told = "".join(traceback.format_exception(error))  # without the values of variables: they may be secrets
    _log.error("request failed", method=scope["method"], path=scope["path"], exception=told)
    detail = "Something went wrong here. It was logged under the id in `instance`."
    return problem_response(scope, ProblemError(ProblemType.INTERNAL, detail))


async def _on_problem(request: Request, error: Exception) -> Response:
    return problem_response(request.scope, cast(ProblemError, error))


async def _on_validation_error(request: Request, error: Exception) -> Response:
    """Answer 422; but a path value that cannot be a key names no record: 404."""
    errors: list[Any] = list(cast(RequestValidationError, error).errors())
    if any(item["loc"][0] == "path" for item in errors):
        return problem_response(request.scope, nothing_at(request.scope))
    known = accepted_parameters(cast(APIRoute, request.scope["route"])).names
    problems = [translate(item, known=known) for item in errors]
    return problem_response(request.scope, invalid_parameters(problems))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    """Answer what the router raises. Its 405 knows the methods of a path, which is what OPTIONS asks for."""
    raised = cast(HTTPException, error)
    if raised.status_code == MEANINGS[ProblemType.NOT_FOUND].status:
        return problem_response(request.scope, nothing_at(request.scope))
    if raised.status_code != MEANINGS[ProblemType.METHOD_NOT_ALLOWED].status:
        return internal_problem(request.scope, raised)
    allow = _with_automatic_methods((raised.headers or {}).get("Allow", ""))
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": allow})
    detail = f"{shown(request.method)} is not possible here; possible are {allow}."
    problem = ProblemError(ProblemType.METHOD_NOT_ALLOWED, detail, headers={"Allow": allow})
    return problem_response(request.scope, problem)


def nothing_at(scope: Scope) -> ProblemError:
    """Return the problem of a path that no route and no record has."""
    return not_found(f"There is nothing at {shown(scope['path'])}.")


def _with_automatic_methods(allow: str) -> str:
    """HEAD and OPTIONS are answered for every route, without routes of their own."""
    methods = {method.strip() for method in allow.split(",") if method.strip()} | {"OPTIONS"}
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted(methods))
