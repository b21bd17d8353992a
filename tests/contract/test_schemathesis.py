"""Whatever the description allows is answered as described, and whatever it forbids is refused."""

from typing import TYPE_CHECKING, Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import APIOperation, BaseSchema, Case, CheckContext, GenerationMode, Response
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.schemas.problem import ParameterCode, Problem, ProblemType

if TYPE_CHECKING:
    from tests.contract.conftest import Serve

EXAMPLES = 5  # of each operation; there are some thirty

FEWEST_OPERATIONS = 15  # less would mean that something hides them

# A long value, or many, may exceed the length of an address before anybody looks at the values.
CONFIGURATION = {"checks": {"negative_data_rejection": {"expected-statuses": ["404", "414", "422"]}}}

# Parameters with rules that a schema cannot tell.
OWN_SYNTAX = {
    "published_from": "a year, a month, a date or an instant",
    "published_to": "a year, a month, a date or an instant",
    "q": "there must be a word that is asked for",
    "name": "there must be a letter or a digit",
    "cursor": "only the server makes them",
}


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


def description(app: FastAPI) -> BaseSchema:
    """Return what Schemathesis asks by. It ends the application's life with the test."""
    return schemathesis.openapi.from_asgi(
        "/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIGURATION)
    )


def ask(operations: "list[APIOperation[Any, Any, Any, Any]]", mode: GenerationMode) -> None:
    assert len(operations) > FEWEST_OPERATIONS
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        def check(case: "Case[Any]") -> None:
            case.call_and_validate(
                additional_checks=[refused_for_a_reason], excluded_checks=[positive_data_acceptance]
            )

        check()


def test_what_is_allowed_is_answered(serve: "Serve", corpus_url: str) -> None:
    found = description(serve(corpus_url)).get_all_operations()
    ask([each.ok() for each in found if isinstance(each, Ok)], GenerationMode.POSITIVE)


def test_what_is_forbidden_is_refused(serve: "Serve") -> None:
    """Before a database is asked: there is none. A route without a query can be given nothing wrong."""
    found = description(serve("sqlite:///absent/absent.db")).get_all_operations()
    operations = [each.ok() for each in found if isinstance(each, Ok)]
    ask([each for each in operations if list(each.query)], GenerationMode.NEGATIVE)
