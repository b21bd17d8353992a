"""Sources, ranked over selected articles, and one source."""

from functools import lru_cache

from sqlalchemy import func, literal_column, select

from app.db.models.article import Article
from app.db.models.source import Source
from app.queries.associations import Query
from app.queries.filters import Filters
from app.queries.ordering import Listing
from app.queries.ranking import dates, listing
from app.queries.records import NAMES
from app.queries.selection import select_articles
from app.queries.slots import KEPT


@lru_cache(KEPT)
def list_sources(filters: Filters, *, named: bool = False) -> Listing:
    """Return the sources of the selected articles."""
    selected = select_articles(filters).rows().subquery("selected")
    ranked = (
        select(
            Article.source_id.label("id"),
            func.count(literal_column("1")).label("articles"),
            func.sum(Article.statements).label("statements"),
            *dates(Article.__table__.c.id),
        )
        .join(selected, selected.c.article_id == Article.id)
        .where(Article.source_id.is_not(None))
        .group_by(Article.source_id)
        .subquery("ranked")
    )
    rows = select(
        Source.id,
        Source.slug,
        Source.name,
        Source.url,
        ranked.c.articles,
        ranked.c.statements,
        ranked.c.first_id,
        ranked.c.last_id,
    ).join(ranked, ranked.c.id == Source.id)
    return listing(rows, NAMES["source"], ranked, by="articles", named=named)


def source(slug: str) -> Query:
    """Return one source."""
    return select(Source.id, Source.slug, Source.name, Source.url).where(Source.slug == slug)
