import pytest

from app.domain.annotation import Attribution, AttributionMethod, SourceKind, SpeakerKind, StatementKind
from app.domain.span import Span
from app.extraction.confidence import confidence
from app.extraction.drafts import StatementDraft

DRAFT = StatementDraft(kind=StatementKind.DIRECT, content=(Span(0, 5),), score=0.9)


def speaker(method: AttributionMethod) -> Attribution:
    return Attribution(name="Ana Ortega", kind=SpeakerKind.PERSON, method=method)


@pytest.mark.parametrize(
    ("kind", "methods", "expected"),
    [
        (SourceKind.NAMED, [AttributionMethod.NAME], 0.88),
        (SourceKind.NAMED, [AttributionMethod.NAME, AttributionMethod.PRONOUN], 0.81),
        (SourceKind.COLLECTIVE, [], 0.85),
        (None, [], 0.63),
    ],
)
def test_the_least_certain_speaker_decides(
    kind: SourceKind | None, methods: list[AttributionMethod], expected: float
) -> None:
    assert confidence(DRAFT, kind, [speaker(method) for method in methods]) == pytest.approx(
        expected, abs=0.011
    )
