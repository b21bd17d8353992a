"""Topics, ranked over selected articles, and one topic."""

from functools import lru_cache

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import aliased

from app.db.models.article import Article
from app.db.models.links import ArticleTopic
from app.db.models.topic import Topic
from app.queries.associations import Query
from app.queries.filters import Filters
from app.queries.ordering import Listing
from app.queries.ranking import dates, listing
from app.queries.records import NAMES
from app.queries.selection import select_articles
from app.queries.slots import KEPT

_BROADER = aliased(Topic)
COLUMNS = (
    Topic.id,
    Topic.slug,
    Topic.name,
    Topic.description,
    _BROADER.slug.label("broader_slug"),
    _BROADER.name.label("broader_name"),
)


@lru_cache(KEPT)
def list_topics(filters: Filters, *, named: bool = False) -> Listing:
    """Return the topics that the selected articles are on."""
    selected = select_articles(filters).rows().subquery("selected")
    linked = ArticleTopic.__table__
    ranked = (
        select(
            linked.c.topic_id.label("id"),
            func.count(literal_column("1")).label("articles"),
            func.sum(Article.statements).label("statements"),
            *dates(linked.c.article_id),
        )
        .join(selected, selected.c.article_id == linked.c.article_id)
        .join(Article, Article.id == linked.c.article_id)
        .group_by(linked.c.topic_id)
        .subquery("ranked")
    )
    counts = (ranked.c.articles, ranked.c.statements, ranked.c.first_id, ranked.c.last_id)
    rows = (
        select(*COLUMNS, *counts)
        .join(ranked, ranked.c.id == Topic.id)
        .outerjoin(_BROADER, _BROADER.id == Topic.broader_id)
    )
    return listing(rows, NAMES["topic"], ranked, by="articles", named=named)


def topic(slug: str) -> Query:
    """Return one topic with the broader one."""
    broader = _BROADER.id == Topic.broader_id
    return select(*COLUMNS).outerjoin(_BROADER, broader).where(Topic.slug == slug)


def narrower(topic_id: int) -> Query:
    """Return the topics that are part of this one, by name."""
    return (
        select(Topic.slug, Topic.name)
        .where(Topic.broader_id == topic_id)
        .order_by(Topic.name_key, Topic.slug)
    )
