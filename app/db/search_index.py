"""The full-text index of articles: FTS5 on SQLite, a tsvector on PostgreSQL.

Only `storage` writes it, only `queries` asks it. Both hold the words of `search_words`, title and text apart,
so that a phrase never runs from one into the other.

On SQLite it also holds what an article is linked to, as words that no text has: `place_12`. SQLite uses one
index a table, so that several filters at once would walk the rows of one and probe each for the others; the
index of words intersects its lists. PostgreSQL combines its indexes by itself.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice, repeat

from sqlalchemy import Connection, text

from app.db.search_text import search_words

TABLE = "article_search"

_LINKS = """
SELECT group_concat(link, ' ') FROM (
    SELECT 'place_' || place_id AS link FROM article_places WHERE article_id = :id
    UNION ALL SELECT 'topic_' || topic_id FROM article_topics WHERE article_id = :id
    UNION ALL SELECT 'speaker_' || speaker_id FROM article_speakers WHERE article_id = :id
    UNION ALL SELECT 'organization_' || relation || '_' || organization_id
        FROM article_organizations WHERE article_id = :id
    UNION ALL SELECT 'source_' || source_id FROM articles WHERE id = :id AND source_id IS NOT NULL
    ORDER BY link
)
"""
_INSERT = {
    "sqlite": "INSERT INTO article_search (rowid, title, body, links) "  # noqa: S608 - names of our own
    f"VALUES (:id, :title, :body, ({_LINKS}))",
    "postgresql": "INSERT INTO article_search (article_id, words) VALUES (:id, CAST(:words AS tsvector))",
}
_SAME = {
    "sqlite": "SELECT rowid FROM article_search WHERE rowid = :id AND title = :title AND body = :body "  # noqa: S608 - as above
    f"AND links IS ({_LINKS})",
    "postgresql": "SELECT article_id FROM article_search WHERE article_id = :id "
    "AND words = CAST(:words AS tsvector)",
}
_DELETE = {
    "sqlite": "DELETE FROM article_search WHERE rowid = :id",
    "postgresql": "DELETE FROM article_search WHERE article_id = :id",
}

MAX_POSITION = 16_383  # PostgreSQL keeps no larger one
MAX_POSITIONS = 255  # of one word
MOST_BYTES = 1_000_000  # of the words and positions of a text: a tsvector has 1,048,575, some for the title
BYTES_A_WORD = 6  # beside its letters: its first position, their number, and up to two to make it even
BYTES_A_POSITION = 2
NEVER_FULL = 80_000  # characters of words, each of which is a word of four bytes at worst
TITLE_GAP = 2  # positions between title and text
_POSITIONS = tuple(str(position) for position in range(MAX_POSITION + 1))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side; a single word is a phrase of one."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What an article has: an id, a title and a text, all raw."""

    article_id: int
    title: str | None
    text: str


def add_to_index(connection: Connection, articles: list[Searched]) -> None:
    """Index articles that are not in the index, with what their stored rows link them to. SQLite is four
    times as fast when ids come in order.
    """
    if not articles:
        return
    dialect = connection.dialect.name
    row = _sqlite_row if dialect == "sqlite" else _postgresql_row
    rows = [row(article) for article in sorted(articles, key=lambda article: article.article_id)]
    connection.execute(text(_INSERT[dialect]), rows)


def remove_from_index(connection: Connection, article_ids: list[int]) -> None:
    """Take articles out of the index."""
    if article_ids:
        connection.execute(text(_DELETE[connection.dialect.name]), [{"id": id_} for id_ in article_ids])


def badly_indexed(connection: Connection, articles: list[Searched]) -> list[int]:
    """Return the ids of those that are not in the index, or not as `add_to_index` would write them."""
    dialect = connection.dialect.name
    row = _sqlite_row if dialect == "sqlite" else _postgresql_row
    same = text(_SAME[dialect])
    return [each.article_id for each in articles if connection.scalar(same, row(each)) is None]


def clear_index(connection: Connection) -> None:
    """Take everything out of the index."""
    connection.execute(text("DELETE FROM article_search"))


def _sqlite_row(article: Searched) -> dict[str, object]:
    title, body = _words(article)
    return {"id": article.article_id, "title": " ".join(title), "body": " ".join(body)}


def _words(article: Searched) -> tuple[list[str], list[str]]:
    """Return the words of title and text, up to where a tsvector is full; on SQLite the same."""
    title, body = search_words(article.title or ""), search_words(article.text)
    if sum(map(len, body)) <= NEVER_FULL:
        return title, body
    room = MOST_BYTES
    times: Counter[str] = Counter()
    for at, word in enumerate(body):
        times[word] += 1
        if times[word] == 1:
            room -= len(word.encode()) + BYTES_A_WORD
        elif times[word] <= MAX_POSITIONS:
            room -= BYTES_A_POSITION
        if room < 0:
            return title, body[:at]
    return title, body


def _postgresql_row(article: Searched) -> dict[str, object]:
    title, body = _words(article)
    return {"id": article.article_id, "words": _tsvector((title, 1), (body, len(title) + TITLE_GAP))}


def _tsvector(*placed: tuple[list[str], int]) -> str:
    """Return the text form of a tsvector: past PostgreSQL's own parser, which would split words anew.

    `placed` are words with the position of the first of them.
    """
    positions: dict[str, list[str]] = {}
    for words, first in placed:
        following = islice(chain(_POSITIONS, repeat(_POSITIONS[-1])), first, None)
        for word, position in zip(words, following, strict=False):
            positions.setdefault(word, []).append(position)
    return " ".join(f"'{word}':{','.join(at[:MAX_POSITIONS])}" for word, at in positions.items())
