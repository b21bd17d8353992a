"""The cards of articles, from their rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from app.db.models.links import OrganizationRelation
from app.schemas.article import CARD_REFERENCES, CARD_VERSION, ArticleCounts
from app.schemas.references import ArticleReference
from app.schemas.story import alone
from app.storage.bulk import Row
from app.storage.printing import extended, gaps, listed, printed
from app.storage.references import Named, References
from app.storage.rows import (
    ARTICLE_ORGANIZATIONS,
    ARTICLE_PLACES,
    ARTICLE_SPEAKERS,
    ARTICLE_TOPICS,
    ARTICLES,
    AUTHORS,
    Rows,
)

COUNTS = tuple(ArticleCounts.model_fields)
_COUNTS = gaps(COUNTS)
_MORE = gaps(
    (
        "authors",
        "language",
        "extracted",
        "counts",
        "speakers",
        "organizations",
        "cities",
        "topics",
        "story",
    )
)
"""What a card has behind the reference to its article."""


def article_cards(rows: Rows, references: References) -> tuple[list[Row], dict[int, str]]:
    """Return the rows of the cards of all articles, and the JSON by which other cards show them, by id.

    Printed without asking the schema, as those of statements: a test holds card == `ArticleCard`.
    """
    authors: dict[int, list[str]] = defaultdict(list)
    for id_, _, name in rows[AUTHORS]:
        authors[id_].append(printed(name))
    mentioned = (
        (id_, organization, count)
        for id_, organization, relation, count in rows[ARTICLE_ORGANIZATIONS]
        if relation == OrganizationRelation.MENTIONED
    )
    most = (
        _most(rows[ARTICLE_SPEAKERS], references.speakers),
        _most(mentioned, references.organizations),
        _most(rows[ARTICLE_PLACES], references.cities),
        _most(rows[ARTICLE_TOPICS], references.topics),
    )
    cards: list[Row] = []
    shown = {}
    for row in rows[ARTICLES]:
        article = dict(zip(ARTICLES.names, row, strict=True))
        id_ = article["id"]
        shown[id_] = _reference(article, references)
        itself = listed(authors[id_]), printed(article["language"]), printed(article["extracted"])
        counts = _COUNTS % tuple([article[name] for name in COUNTS])
        story = references.stories.get(id_) or alone(article["key"])
        lists = [listed(found[id_]) for found in most]
        more = _MORE % (*itself, counts, *lists, story.model_dump_json())
        cards.append((id_, CARD_VERSION, extended(shown[id_], more)))
    return cards, shown


def _reference(article: Mapping[str, Any], references: References) -> str:
    source = article["source_id"]
    values = {name: article[name] for name in ArticleReference.model_fields if name != "source"}
    of = None if source is None else references.sources[source]
    return ArticleReference(**values, source=of).model_dump_json()


def _most(counted: Iterable[Row], references: Mapping[int, Named]) -> dict[int, list[str]]:
    """Return the references that articles show of some records: most first, then by name."""
    found: dict[int, list[tuple[int, tuple[str, str], str]]] = defaultdict(list)
    for id_, record, count in counted:
        named = references.get(record)
        if named is not None:
            found[id_].append((-count, named.order, named.json))
    most: dict[int, list[str]] = defaultdict(list)
    for id_, ranked in found.items():
        ranked.sort(key=lambda each: each[:2])
        most[id_] = [shown for _, _, shown in ranked[:CARD_REFERENCES]]
    return most
