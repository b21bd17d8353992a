"""Outlets: made when an article of theirs is first saved. One name, however spelt, is one outlet."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from app.db.models.source import Source
from app.domain.article import Article
from app.domain.names import fold, slugify
from app.storage.bulk import among, insert_rows, pieces
from app.storage.slugs import settle


class StoredSource(NamedTuple):
    """The row of an outlet."""

    id: int
    slug: str
    name: str
    name_key: str
    url: str | None


def ensure_sources(connection: Connection, articles: Iterable[Article]) -> dict[str, StoredSource]:
    """Return the rows of the articles' outlets by folded name; makes those that are not there yet.

    An outlet's home page is the first one that an article names.
    """
    given: dict[str, tuple[str, str | None]] = {}
    for article in articles:
        if article.source is not None:
            key = fold(article.source)
            name, url = given.get(key, (article.source, None))
            given[key] = (name, url or article.source_url)
    if not given:
        return {}
    settled = settle(
        {key: slugify(name) for key, (name, _) in given.items()},
        holders=lambda slugs: _holders(connection, slugs),
        same=lambda key, row: row.name_key == key,
    )
    new = [
        {"slug": slug, "name": given[key][0], "name_key": key, "url": given[key][1]}
        for key, (slug, row) in settled.items()
        if row is None
    ]
    insert_rows(connection, Source, new)
    _add_urls(
        connection,
        {row.id: url for key, (_, row) in settled.items() if row and not row.url and (url := given[key][1])},
    )
    made = _holders(connection, {slug for slug, row in settled.values() if row is None})
    return {key: row or made[slug] for key, (slug, row) in settled.items()}


def _holders(connection: Connection, slugs: Collection[str]) -> dict[str, StoredSource]:
    held = {}
    for piece in pieces(slugs):
        columns = [getattr(Source, name) for name in StoredSource._fields]
        query = select(*columns).where(among(connection, Source.slug, piece))
        held.update({row.slug: StoredSource(*row) for row in connection.execute(query)})
    return held


def _add_urls(connection: Connection, urls: dict[int, str]) -> None:
    if urls:
        change = update(Source).where(Source.id == bindparam("source")).values(url=bindparam("page"))
        connection.execute(change, [{"source": id_, "page": url} for id_, url in urls.items()])
