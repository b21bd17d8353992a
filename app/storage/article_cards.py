"""The cards of articles, from their rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from app.db.models.links import OrganizationRelation
from app.schemas.article import CARD_REFERENCES, CARD_VERSION, ArticleCard, ArticleCounts
from app.schemas.references import ArticleReference
from app.schemas.story import alone
from app.storage.bulk import Row
from app.storage.references import Named, Reference, References
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


def article_cards(rows: Rows, references: References) -> tuple[list[Row], dict[int, ArticleReference]]:
    """Return the rows of the cards of all articles, and how other cards show the articles, by id."""
    authors: dict[int, list[str]] = defaultdict(list)
    for id_, _, name in rows[AUTHORS]:
        authors[id_].append(name)
    mentioned = (
        (id_, organization, count)
        for id_, organization, relation, count in rows[ARTICLE_ORGANIZATIONS]
        if relation == OrganizationRelation.MENTIONED
    )
    speakers = _most(rows[ARTICLE_SPEAKERS], references.speakers)
    organizations = _most(mentioned, references.organizations)
    cities = _most(rows[ARTICLE_PLACES], references.cities)
    topics = _most(rows[ARTICLE_TOPICS], references.topics)
    cards: list[Row] = []
    shown = {}
    for row in rows[ARTICLES]:
        article = dict(zip(ARTICLES.names, row, strict=True))
        id_ = article["id"]
        reference = _reference(article, references)
        card = {
            **dict(reference),
            "authors": authors[id_],
            "language": article["language"],
            "extracted": article["extracted"],
            "counts": {name: article[name] for name in COUNTS},
            "speakers": speakers[id_],
            "organizations": organizations[id_],
            "cities": cities[id_],
            "topics": topics[id_],
            "story": references.stories.get(id_) or alone(article["key"]),
        }
        shown[id_] = reference
        cards.append((id_, CARD_VERSION, ArticleCard.model_validate(card).model_dump_json()))
    return cards, shown


def _reference(article: Mapping[str, Any], references: References) -> ArticleReference:
    source = article["source_id"]
    values = {name: article[name] for name in ArticleReference.model_fields if name != "source"}
    return ArticleReference(**values, source=None if source is None else references.sources[source])


def _most(counted: Iterable[Row], references: Mapping[int, Named[Reference]]) -> dict[int, list[Reference]]:
    """Return the references that articles show of some records: most first, then by name."""
    found: dict[int, list[tuple[int, tuple[str, str], Reference]]] = defaultdict(list)
    for id_, record, count in counted:
        named = references.get(record)
        if named is not None:
            found[id_].append((-count, named.order, named.reference))
    most: dict[int, list[Reference]] = defaultdict(list)
    for id_, ranked in found.items():
        ranked.sort(key=lambda each: each[:2])
        most[id_] = [reference for _, _, reference in ranked[:CARD_REFERENCES]]
    return most
