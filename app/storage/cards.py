"""Cards: the JSON of articles and statements as lists show them, made from the rows by the API's own schemas.

Saving and `reindex` both write them here, so that a card always says what the rows say.
"""

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from app.db.models.article import Article, ArticleCard
from app.db.models.source import Source
from app.db.models.statement import StatementCard
from app.schemas.references import ArticleReference
from app.storage.article_cards import article_cards
from app.storage.bulk import insert_rows, pieces
from app.storage.statement_cards import statement_cards


def write_cards(connection: Connection, article_ids: Collection[int]) -> None:
    """Write the cards of articles that have none, and of their statements."""
    for piece in pieces(article_ids):
        references = article_references(connection, piece)
        insert_rows(connection, ArticleCard, article_cards(connection, references))
        insert_rows(connection, StatementCard, statement_cards(connection, references))


def rewrite_cards(connection: Connection, article_ids: Collection[int]) -> None:
    """Write the cards of articles anew, whether they have some or not."""
    for piece in pieces(article_ids):
        connection.execute(delete(StatementCard).where(StatementCard.article_id.in_(piece)))
        connection.execute(delete(ArticleCard).where(ArticleCard.article_id.in_(piece)))
    write_cards(connection, article_ids)


def article_references(connection: Connection, ids: list[int]) -> dict[int, ArticleReference]:
    """Return what every card says of its article, by id."""
    columns = (
        Article.id,
        Article.key,
        Article.title,
        Article.url,
        Article.published_at,
        Article.published_precision,
        Source.slug,
        Source.name,
    )
    query = select(*columns).outerjoin(Source, Source.id == Article.source_id).where(Article.id.in_(ids))
    return {
        id_: ArticleReference.model_validate(
            {
                "key": key,
                "title": title,
                "url": url,
                "published_at": published_at,
                "published_precision": precision,
                "source": None if slug is None else {"slug": slug, "name": name},
            }
        )
        for id_, key, title, url, published_at, precision, slug, name in connection.execute(query)
    }
