"""What the `type` of an error answer leads to."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from app.api.caching import fixed
from app.api.problems import MEANINGS, not_found
from app.schemas.problem import ProblemKind, ProblemKinds, ProblemType

router = APIRouter(prefix="/problems", tags=["service"], dependencies=[Depends(fixed)])


@router.get("")
async def list_problem_types() -> ProblemKinds:
    """List every type of error that an answer can have."""
    return ProblemKinds(results=[_kind(kind) for kind in ProblemType])


@router.get("/{name}")
async def get_problem_type(
    name: Annotated[str, Path(description="Last part of the type.", examples=["invalid-parameter"])],
) -> ProblemKind:
    """Explain one type of error: the address is the `type` of the answer."""
    try:
        return _kind(ProblemType(f"/problems/{name}"))
    except ValueError:
        raise not_found(f"There is no type of problem '{name}'; /problems lists them.") from None


def _kind(kind: ProblemType) -> ProblemKind:
    meaning = MEANINGS[kind]
    return ProblemKind(
        type=kind,
        status=meaning.status,
        title=meaning.title,
        advice=meaning.advice,
        example=meaning.example,
    )
