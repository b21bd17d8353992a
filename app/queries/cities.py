"""Cities, ranked over selected articles, and one city."""

from functools import lru_cache

from sqlalchemy import func, literal_column, select

from app.db.models.article import Article
from app.db.models.links import ArticlePlace
from app.db.models.place import Place, PlaceAlias
from app.domain.annotation import PlaceKind
from app.queries.associations import Query
from app.queries.filters import Filters
from app.queries.ordering import Listing
from app.queries.ranking import dates, listing
from app.queries.records import NAMES
from app.queries.selection import select_articles
from app.queries.slots import KEPT

COLUMNS = (
    Place.id,
    Place.slug,
    Place.name,
    Place.state,
    Place.country,
    Place.geonameid,
    Place.latitude,
    Place.longitude,
    Place.population,
)


@lru_cache(KEPT)
def list_cities(filters: Filters, *, named: bool = False) -> Listing:
    """Return the cities that the selected articles mention."""
    selected = select_articles(filters).rows().subquery("selected")
    linked = ArticlePlace.__table__
    ranked = (
        select(
            linked.c.place_id.label("id"),
            func.count(literal_column("1")).label("articles"),
            func.sum(Article.statements).label("statements"),
            *dates(linked.c.article_id),
        )
        .join(selected, selected.c.article_id == linked.c.article_id)
        .join(Article, Article.id == linked.c.article_id)
        .group_by(linked.c.place_id)
        .subquery("ranked")
    )
    counts = (ranked.c.articles, ranked.c.statements, ranked.c.first_id, ranked.c.last_id)
    rows = select(*COLUMNS, *counts).join(ranked, ranked.c.id == Place.id)
    return listing(rows, NAMES["city"], ranked, by="articles", named=named)


def city(slug: str) -> Query:
    """Return one city."""
    return select(*COLUMNS).where(Place.slug == slug, Place.kind == PlaceKind.CITY)


def aliases(place_id: int) -> Query:
    """Return the other names."""
    alias = PlaceAlias
    return select(alias.name).where(alias.place_id == place_id).order_by(alias.name_key)
