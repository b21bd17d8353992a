"""The cards of statements, from their rows."""

from collections import defaultdict
from collections.abc import Mapping

from app.schemas.statement import CARD_VERSION
from app.storage.bulk import Row
from app.storage.printing import NOTHING, extended, gaps, listed, printed
from app.storage.references import References
from app.storage.rows import ATTRIBUTIONS, SPANS, STATEMENTS, Rows

At = tuple[int, int]  # article id, ordinal

_CARD = gaps((*STATEMENTS.names[2:], "speakers", "spans", "article"))
_PRESENTED = gaps(("title", "affiliation", "organization", "party", "state", "role_category", "method"))
_SPAN = '{"part":"%s","start":%d,"end":%d}'


def statement_cards(rows: Rows, references: References, articles: Mapping[int, str]) -> list[Row]:
    """Return the rows of the cards of all statements. `articles` holds the JSON that shows their articles.

    Printed without asking the schema, which takes many times as long: a test holds card == `StatementCard`.
    """
    speakers, spans = _speakers(rows, references), _spans(rows)
    cards: list[Row] = []
    for id_, ordinal, *values in rows[STATEMENTS]:
        of_others = listed(speakers[id_, ordinal]), listed(spans[id_, ordinal]), articles[id_]
        cards.append((id_, ordinal, CARD_VERSION, _CARD % (*map(printed, values), *of_others)))
    return cards


def _speakers(rows: Rows, references: References) -> dict[At, list[str]]:
    """Return who said each statement. An article presents a speaker in few ways, often in the same."""
    presented: dict[Row, str] = {}
    speakers: dict[At, list[str]] = defaultdict(list)
    for row in rows[ATTRIBUTIONS]:
        how = row[3:]
        if how not in presented:
            presented[how] = _presented(how, references)
        speakers[row[:2]].append(presented[how])
    return speakers


def _presented(how: Row, references: References) -> str:
    speaker, organization, title, affiliation, method, party, state, role_category = how
    of = NOTHING if organization is None else references.organizations[organization].json
    as_printed = printed(title), printed(affiliation), of
    on_the_day = printed(party), printed(state), printed(role_category), printed(method)
    return extended(references.speakers[speaker].json, _PRESENTED % (*as_printed, *on_the_day))


def _spans(rows: Rows) -> dict[At, list[str]]:
    spans: dict[At, list[str]] = defaultdict(list)
    for row in rows[SPANS]:
        spans[row[:2]].append(_SPAN % row[3:])
    return spans
