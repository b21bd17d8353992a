"""How sure a statement and its speaker are: one readable product."""

from collections.abc import Sequence

from app.domain.annotation import Attribution, AttributionMethod, SourceKind
from app.extraction.drafts import StatementDraft

METHOD_FACTORS = {
    AttributionMethod.NAME: 0.98,
    AttributionMethod.ATTRIBUTION_LINE: 0.98,
    AttributionMethod.SHORT_NAME: 0.97,
    AttributionMethod.TITLE: 0.9,
    AttributionMethod.CARRIED_OVER: 0.9,
    AttributionMethod.PRONOUN: 0.9,
}
"""Share of the speakers found this way that were right when statements of the news were read by eye,
rounded down (docs/extraction.md, "Confidence").
"""

NOBODY_FACTORS = {
    SourceKind.UNNAMED: 0.9,
    SourceKind.UNRESOLVED: 0.9,
    SourceKind.COLLECTIVE: 0.95,
    SourceKind.NAMED: 0.9,
    None: 0.7,
}
"""The same where no speaker is given: the words may name somebody after all."""


def confidence(draft: StatementDraft, kind: SourceKind | None, speakers: Sequence[Attribution]) -> float:
    """Return the probability that statement and speaker are right: the draft's score times the factor
    of the least certain way in which a speaker was found.
    """
    factor = min((METHOD_FACTORS[one.method] for one in speakers), default=NOBODY_FACTORS[kind])
    return round(draft.score * factor, 2)
