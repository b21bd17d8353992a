"""What people decided about the statements of the small corpus, as the table of corrections holds it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from app.domain.corrections import Correctable, CorrectionAction
from app.storage.statement_keys import folded_words, statement_keys
from tests.queries.stories import STORIES, at, words_said

FIRST = at(2024, 6, 1, 9)


def key_of(statement: str) -> str:
    """Return the key of a statement that is told as `<article>/<number>`."""
    article, _, number = statement.partition("/")
    story = next(story for story in STORIES if story.key == article)
    words = [folded_words(words_said(said, n)) for n, said in enumerate(story.says)]
    return statement_keys(article, words)[int(number)]


def decision(number: int, action: CorrectionAction, *, before: Any, after: Any) -> dict[str, Any]:
    """Return what all decisions have."""
    return {
        "key": f"decision{number}",
        "made_at": FIRST + timedelta(hours=number),
        "made_by": "Iris Vale",
        "reason": f"reason {number}",
        "action": action,
        "before": before,
        "after": after,
    }


def about(statement: str, number: int, action: CorrectionAction, before: Any, after: Any) -> dict[str, Any]:
    """Return a decision about a statement."""
    made = decision(number, action, before=before, after=after)
    article = statement.partition("/")[0]
    return made | {"of": Correctable.STATEMENT, "subject": key_of(statement), "article": article}


def about_speaker(
    slug: str, article: str | None, number: int, action: CorrectionAction, after: str | None
) -> dict[str, Any]:
    """Return a decision about who a speaker is, in one article or everywhere."""
    states = [None if one is None else {"slug": one, "name": one.title()} for one in (slug, after)]
    made = decision(number, action, before=states[0], after=states[1])
    return made | {"of": Correctable.SPEAKER, "subject": slug, "article": article}


ORTEGA_SAID = {"slug": "ana-ortega", "name": "Ana Ortega", "kind": "person", "method": "name"}
DIAZ_TOLD = {
    "slug": "ben-diaz",
    "name": "Ben Díaz",
    "kind": "person",
    "method": "correction",
    "title": "director",
    "affiliation": "Harbor Rights Council",
    "organization": "harbor-rights-council",
    "party": "republican",
    "state": "MA",
    "role_category": "advocacy",
}
CONFIRM, SPEAKER, RETRACT = CorrectionAction.CONFIRM, CorrectionAction.SPEAKER, CorrectionAction.RETRACT
MERGE, SPLIT, UNDO = CorrectionAction.MERGE, CorrectionAction.SPLIT, CorrectionAction.UNDO
AS_IT_WAS = {"review": "unreviewed", "content": [[0, 5]]}
DECISIONS: Sequence[dict[str, Any]] = (
    about(
        "march/0",
        1,
        SPEAKER,
        {**AS_IT_WAS, "speakers": [ORTEGA_SAID]},
        {"review": "corrected", "speakers": [ORTEGA_SAID, DIAZ_TOLD]},
    ),
    about("feb15/0", 2, RETRACT, AS_IT_WAS, {"review": "retracted"}),
    about("feb15/0", 3, UNDO, {"review": "retracted"}, None),
    about("feb15/0", 4, CONFIRM, AS_IT_WAS, {"review": "confirmed"}),
    about("feb15/1", 5, RETRACT, AS_IT_WAS, {"review": "retracted"}),
    about_speaker("bo-diaz", "march", 6, SPLIT, "ben-diaz"),
    about_speaker("bo-diaz", "march", 7, UNDO, None),
    about_speaker("dana-lind", "march", 8, SPLIT, "cora-lind"),  # not of who says something
    about_speaker("bo-diaz", "leap", 9, SPLIT, "ben-diaz"),  # where nobody says anything
    about_speaker("bo-diaz", None, 10, MERGE, "ben-diaz"),  # everywhere
    about_speaker("an-ortega", "undated", 11, SPLIT, "anna-ortega"),  # merged into another
    about_speaker("ana-ortega", "feb14", 12, SPLIT, "an-ortega"),  # who said it before
)
