"""Whatever the description allows is answered as described, and whatever it forbids is refused."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import strategies as st
from schemathesis import BaseSchema, Case, CheckContext, GenerationMode, HookContext, Response
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder
from starlette.types import Receive, Scope, Send

from app.schemas.problem import ParameterCode, Problem, ProblemType
from tests.client import Client
from tests.conftest import DATABASES
from tests.contract.real import real_url, real_values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Templates
    from tests.contract.conftest import Serve

Query: TypeAlias = dict[str, Any] | None

FEWEST_OPERATIONS = 25  # less would mean that something hides them
FEWEST_ANSWERS = 50
ONE_VALUE = ("published_from", "published_to", "q", "name", "min_confidence")
MOST_PARAMETERS = 3  # at a time: more filters together select nothing
PHASES = ("examples", "coverage", "fuzzing", "stateful")
FIXED = {"seed": 7, "continue-on-failure": True}
CHECKS = {
    # Stands for it: `refused_for_a_reason`.
    "positive_data_acceptance": {"enabled": False},
    # A long value, or many, may exceed the length of an address before anybody looks at the values.
    "negative_data_rejection": {"expected-statuses": ["404", "414", "422"]},
}

# Parameters with rules that a schema cannot tell.
OWN_SYNTAX = {
    "published_from": "a year, a month, a date or an instant",
    "published_to": "a year, a month, a date or an instant",
    "q": "there must be a word that is asked for",
    "name": "there must be a letter or a digit",
    "cue": "there must be a letter or a digit",
    "exclude_cue": "there must be a letter or a digit",
    "cursor": "only the server makes them",
}


@schemathesis.check
def refused_for_a_reason(ctx: CheckContext, response: Response, case: "Case[Any]") -> bool | None:
    """What is well-formed is refused only for what a schema cannot tell.

    It stands for `positive_data_acceptance`, to which a 422 for a well-formed name that no record bears, or
    for a cursor of another query, is an error of the API: here they are the rule.
    """
    del ctx
    well_formed = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    if response.status_code != 422 or not well_formed:
        return None
    problem = Problem.model_validate_json(response.content)
    for error in problem.errors:
        assert problem.type is ProblemType.INVALID_CURSOR or _expected(error.parameter, error.code, case), (
            error
        )
    return None


def _expected(parameter: str, code: ParameterCode, case: "Case[Any]") -> bool:
    values = case.query.get(parameter, [])
    texts = [str(value) for value in (values if isinstance(values, list) else [values])]
    match code:
        case ParameterCode.UNKNOWN_VALUE | ParameterCode.CONFLICTING_PARAMETERS:
            return True  # no record bears the name; one parameter needs another
        case ParameterCode.INVALID_VALUE:
            return parameter in OWN_SYNTAX or not all(map(str.isprintable, texts))
        case ParameterCode.EMPTY_VALUE:
            return not all(map(str.strip, texts))
    return False


class InTurn:
    """Applications over the same corpus in different databases, of which the one at turn answers."""

    def __init__(self, *applications: FastAPI) -> None:
        self.applications = applications
        self.at_turn = applications[0]
        self.statuses: dict[FastAPI, Counter[int]] = {each: Counter() for each in applications[1:]}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the one at turn answer."""
        await self.at_turn(scope, receive, send)


@schemathesis.check
def every_database_answers_so(ctx: CheckContext, response: Response, case: "Case[Any]") -> bool | None:
    """What was asked of the first database is asked of the others, whose answers go through all checks."""
    del ctx, response
    served = case.operation.app
    if not isinstance(served, InTurn):
        return None
    first, *others = served.applications
    for other in others:
        served.at_turn = other
        try:
            answer = case.call()
            served.statuses[other][answer.status_code] += 1
            case.validate_response(answer, excluded_checks=[every_database_answers_so])
        finally:
            served.at_turn = first
    return None


@schemathesis.check
def pages_lead_on_and_back(ctx: CheckContext, response: Response, case: "Case[Any]") -> bool | None:
    """The next page is one as described, and the one before it is this one."""
    del ctx
    if response.status_code != HTTPStatus.OK or "link" not in response.headers:
        return None
    page = response.json()
    if (address := page["links"]["next"]) is not None:
        following = asked(case, address)
        back = asked(case, following["links"]["prev"])
        assert back["results"] == page["results"], address
        assert following["meta"]["total"] == page["meta"]["total"], address
        assert following["meta"]["query"] == page["meta"]["query"], address
    return None


def asked(case: "Case[Any]", address: str) -> dict[str, Any]:
    """Return what another page of a list answers, which is as described."""
    query = parse_qs(urlsplit(address).query)
    answer = case.operation.Case(path_parameters=case.path_parameters, query=query).call()
    assert answer.status_code == HTTPStatus.OK, address
    case.operation.validate_response(answer)
    page: dict[str, Any] = answer.json()
    return page


def description(app: FastAPI | InTurn, mode: str, *, examples: int, phases: Sequence[str]) -> BaseSchema:
    """Return what Schemathesis asks by: the phases that it goes through, the examples of an operation.

    Its phase of coverage is not among them: ten thousand requests, most of them refused for what
    `test_every_route` and `test_refusals` try on every route.
    """
    config = {
        **FIXED,
        "checks": CHECKS,
        "generation": {"mode": mode, "max-examples": examples, "deterministic": True, "database": "none"},
        "phases": {name: {"enabled": name in phases} for name in PHASES},
    }
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=SchemathesisConfig.from_dict(config))


def finding(values: dict[str, list[str]]) -> "Callable[[HookContext, Query], st.SearchStrategy[Query]]":
    """Return a hook that asks by few parameters, with values of records where they name any."""

    def known(name: str) -> list[str]:
        return values.get(name.removeprefix("exclude_"), [])

    def value(name: str, query: dict[str, Any]) -> "st.SearchStrategy[Any]":
        if not known(name):
            return st.just(query[name])
        one = st.sampled_from(known(name))
        return one if name in ONE_VALUE else st.lists(one, min_size=1, max_size=2)

    def sparse(context: HookContext, query: Query) -> "st.SearchStrategy[Query]":
        assert context.operation is not None
        query = query or {}
        names = sorted({each.name for each in context.operation.query if known(each.name)} | query.keys())
        if not names:
            return st.just(query)
        chosen = st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=MOST_PARAMETERS)
        return chosen.flatmap(lambda each: st.fixed_dictionaries({name: value(name, query) for name in each}))

    return sparse


def ask(schema: BaseSchema) -> "Counter[int]":
    """Ask everything and return how often each status was answered; whatever a check finds is a failure."""
    found: list[str] = []
    operations = set()
    statuses: Counter[int] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError | FatalError):
            found.append(repr(event))
        elif isinstance(event, ScenarioFinished):
            operations.add(event.label)
            found += complaints(event.recorder)
            answers = [each.response for each in event.recorder.interactions.values()]
            statuses.update(answer.status_code for answer in answers if answer is not None)
    assert not found, "\n\n".join(found)
    assert len(operations) > FEWEST_OPERATIONS
    return statuses


def complaints(recorder: ScenarioRecorder) -> Iterator[str]:
    """Yield what failed, and how to see it."""
    for checks in recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                yield f"{check.name}: {failure.title}\n{failure.message}\n{check.failure_info.code_sample}"


@pytest.mark.takes_minutes
def test_what_is_allowed_is_answered_and_what_is_forbidden_is_refused(
    serve: "Serve", templates: "Templates"
) -> None:
    """Each request that is drawn goes to both databases: drawing it is a third of the work."""
    served = InTurn(*(serve(templates.corpus_to_read(kind)) for kind in DATABASES))
    schema = description(served, "all", examples=8, phases=["examples", "fuzzing", "stateful"])
    for answered in (ask(schema), *served.statuses.values()):
        assert min(answered[200], answered[422]) > FEWEST_ANSWERS, answered


@pytest.mark.takes_minutes
def test_real_articles_are_told_as_described(serve: "Serve", templates: "Templates", shared: "Path") -> None:
    application = serve(real_url(templates, shared))
    schema = description(application, "positive", examples=8, phases=["fuzzing", "stateful"])
    schema.hooks.hook("flatmap_query")(finding(real_values(Client(application))))
    answered = ask(schema)
    assert answered[200] > 4 * answered[422] > 0, answered
