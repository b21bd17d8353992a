"""The cards of statements, from their rows."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from app.schemas.references import ArticleReference
from app.schemas.statement import CARD_VERSION
from app.storage.bulk import Row
from app.storage.references import References
from app.storage.rows import ATTRIBUTIONS, SPANS, STATEMENTS, Rows

At = tuple[int, int]  # article id, ordinal
Shown = dict[str, Any]  # as JSON


def statement_cards(
    rows: Rows, references: References, articles: Mapping[int, ArticleReference]
) -> list[Row]:
    """Return the rows of the cards of all statements. `articles` tells how they show their articles.

    Printed without asking the schema, which takes five times as long: a test holds card == `StatementCard`.
    """
    speakers, spans = _speakers(rows, references), _spans(rows)
    shown = {id_: reference.model_dump(mode="json") for id_, reference in articles.items()}
    cards: list[Row] = []
    for id_, ordinal, *values in rows[STATEMENTS]:
        card = dict(zip(STATEMENTS.names[2:], values, strict=True))
        card["speakers"] = speakers.get((id_, ordinal), [])
        card["spans"] = spans[id_, ordinal]
        card["article"] = shown[id_]
        cards.append((id_, ordinal, CARD_VERSION, to_json(card).decode()))
    return cards


def _speakers(rows: Rows, references: References) -> dict[At, list[Shown]]:
    """Return who said each statement. An article presents a speaker in few ways, often in the same."""
    presented: dict[Row, Shown] = {}
    speakers: dict[At, list[Shown]] = defaultdict(list)
    for id_, ordinal, _, *how in rows[ATTRIBUTIONS]:
        key = tuple(how)
        if key not in presented:
            presented[key] = _presented(key, references)
        speakers[id_, ordinal].append(presented[key])
    return speakers


def _presented(how: Row, references: References) -> Shown:
    speaker, organization, title, affiliation, method, party, state, role_category = how
    of = None if organization is None else references.organizations[organization].reference
    return {
        **references.speakers[speaker].reference.model_dump(mode="json"),
        "title": title,
        "affiliation": affiliation,
        "organization": None if of is None else of.model_dump(mode="json"),
        "party": party,
        "state": state,
        "role_category": role_category,
        "method": method,
    }


def _spans(rows: Rows) -> dict[At, list[Shown]]:
    spans: dict[At, list[Shown]] = defaultdict(list)
    for id_, ordinal, _, part, start, end in rows[SPANS]:
        spans[id_, ordinal].append({"part": part, "start": start, "end": end})
    return spans
