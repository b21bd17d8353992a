"""Stored articles as readers handed them on: what is annotated anew, and what an export begins with."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, Select, func, select

from app.db.models.article import Article as ArticleRow
from app.db.models.source import Source
from app.domain.article import Article, Precision
from app.storage.bulk import among, pieces
from app.storage.rows import ARTICLES, AUTHORS, TEXTS, Rows, read_rows


def count_articles(connection: Connection, *, but: str | None = None) -> int:
    """Return the number of articles; with `but`, without those that this version annotated."""
    query = select(func.count()).select_from(ArticleRow)
    return connection.execute(_annotated_by_others(query, but)).scalar_one()


def next_ids(connection: Connection, *, after: str, limit: int, but: str | None = None) -> list[int]:
    """Return the ids of the articles that come next behind the key `after`, in the order of their keys.

    Keys stay where ids move. With `but`, those that this version of the pipeline annotated are left out.
    """
    query = select(ArticleRow.id).where(ArticleRow.key > after).order_by(ArticleRow.key).limit(limit)
    return list(connection.scalars(_annotated_by_others(query, but)))


def ids_of(connection: Connection, keys: Collection[str]) -> list[int]:
    """Return the ids of the articles that have these keys, where they stand."""
    ids: list[int] = []
    for piece in pieces(keys):
        ids.extend(connection.scalars(select(ArticleRow.id).where(among(connection, ArticleRow.key, piece))))
    return ids


def _annotated_by_others(query: Select[int], version: str | None) -> Select[int]:
    return query if version is None else query.where(ArticleRow.pipeline_version != version)


def read_articles(connection: Connection, ids: Collection[int]) -> list[Article]:
    """Return articles, in the order of their keys. Their outlets have the names that are stored."""
    rows = read_rows(connection, ids, (ARTICLES, TEXTS, AUTHORS))
    return sorted(articles_of(connection, rows).values(), key=lambda article: article.key)


def articles_of(connection: Connection, rows: Rows) -> dict[int, Article]:
    """Return the articles of these rows by id."""
    texts = {id_: (text, sha256) for id_, text, sha256 in rows[TEXTS]}
    authors: dict[int, list[str]] = defaultdict(list)
    for id_, _, name in rows[AUTHORS]:
        authors[id_].append(name)
    stored = [dict(zip(ARTICLES.names, row, strict=True)) for row in rows[ARTICLES]]
    sources = _sources(connection, {row["source_id"] for row in stored if row["source_id"] is not None})
    articles = {}
    for row in stored:
        text, sha256 = texts[row["id"]]
        name, page = sources.get(row["source_id"], (None, None))
        precision = row["published_precision"]
        articles[row["id"]] = Article(
            key=row["key"],
            identity=row["identity"],
            text=text,
            text_sha256=sha256,
            language=row["language"],
            origin=f"article {row['key']}",
            title=row["title"],
            source=name,
            source_url=page,
            external_id=row["external_id"],
            url=row["url"],
            authors=tuple(authors[row["id"]]),
            published_at=row["published_at"],
            published_precision=precision and Precision(precision),
            original_sha256=row["original_sha256"],
            summary_only=row["summary_only"],
            fingerprint=row["fingerprint"],
        )
    return articles


def _sources(connection: Connection, ids: Collection[int]) -> dict[int, tuple[str, str | None]]:
    query = select(Source.id, Source.name, Source.url).where(among(connection, Source.id, ids))
    return {row.id: (row.name, row.url) for row in connection.execute(query)}
