"""Article ids in publication order, the next free one on a collision."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from app.db.article_ids import article_id
from app.db.models.article import Article as ArticleRow
from app.domain.article import Article
from app.storage.bulk import among, pieces


def free_ids(connection: Connection, articles: Sequence[Article]) -> list[int]:
    """Return an id for each article that neither a stored one nor one before it in the list has.

    One look-up, and one more for each step that a collision needs.
    """
    ids = [article_id(article.published_at, article.key) for article in articles]
    open_ = list(range(len(ids)))
    given: set[int] = set()
    while open_:
        taken = _taken(connection, [ids[at] for at in open_])
        colliding = []
        for at in open_:
            if ids[at] in taken or ids[at] in given:
                ids[at] += 1
                colliding.append(at)
            else:
                given.add(ids[at])
        open_ = colliding
    return ids


def _taken(connection: Connection, ids: Collection[int]) -> set[int]:
    taken: set[int] = set()
    for piece in pieces(ids):
        taken.update(connection.scalars(select(ArticleRow.id).where(among(connection, ArticleRow.id, piece))))
    return taken
