"""Which stored articles tell one story: copies are found by their bands, and told by their texts.

What is stored in the end depends on the articles alone, not on the order in which they came, left or changed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from sqlalchemy import Connection, delete, exists, func, select

from app.db.article_ids import published_order
from app.db.models.article import ArticleText
from app.db.models.quotation import Quotation
from app.db.models.statement import Statement
from app.db.models.story import ArticleBand, ArticleCopy, ArticleStory
from app.domain.copies import LEAST_BANDS, Shingles, are_copies, bands, shingles
from app.domain.stories import stories
from app.storage.bulk import among, insert_tuples, pieces
from app.storage.cards import rewrite_article_cards
from app.storage.rows import BANDS, STORIES, insert_all, no_rows
from app.storage.statement_keys import folded_words
from app.storage.story_rows import add_quotation_row

Pair = tuple[int, int]
SHINGLES_AT_ONCE = 200  # articles; those of one take about 200 kB


def join_stories(connection: Connection, article_ids: Collection[int]) -> None:
    """Find the copies of articles that were just stored with their bands, and tell the stories anew."""
    copies = _copies(connection, _candidates(connection, article_ids))
    both_ways = sorted({*copies, *((other, one) for one, other in copies)})
    insert_tuples(connection, ArticleCopy, ("article_id", "copy_id"), both_ways)
    _tell(connection, {article for pair in copies for article in pair})


def leave_stories(connection: Connection, article_ids: Collection[int]) -> None:
    """Take articles that are about to be deleted out of their stories, and tell anew those that are left."""
    copies = {copy for _, copy in copies_of(connection, article_ids)}
    gone = stories_of(connection, article_ids)
    for piece in pieces(article_ids):
        for column in (ArticleCopy.article_id, ArticleCopy.copy_id):
            connection.execute(delete(ArticleCopy).where(among(connection, column, piece)))
        connection.execute(delete(ArticleStory).where(among(connection, ArticleStory.article_id, piece)))
    _tell(connection, copies.difference(article_ids), gone=gone)


def lacks_stories(connection: Connection) -> bool:
    """Tell whether an article is in no story: it was stored before there were any."""
    untold = exists().where(ArticleText.article_id.not_in(select(ArticleStory.article_id)))
    return bool(connection.scalar(select(untold)))


def clear_stories(connection: Connection) -> None:
    """Forget all stories, what they are told by, and the quotations."""
    for table in (ArticleCopy, ArticleStory, ArticleBand, Quotation):
        connection.execute(delete(table))


def retell_stories(connection: Connection, texts: Mapping[int, str]) -> None:
    """Tell the stories and quotations of articles that have cards and are in no story, by their texts."""
    rows = no_rows()
    for article, text in texts.items():
        rows[STORIES].append((article, article))
        rows[BANDS] += [(band, article) for band in bands(text)]
    query = select(Statement.article_id, Statement.ordinal, Statement.kind, Statement.text)
    for *at, kind, said in connection.execute(query.where(among(connection, Statement.article_id, texts))):
        add_quotation_row(rows, kind, folded_words(said), at=tuple(at))
    insert_all(connection, rows)
    join_stories(connection, texts.keys())


def _candidates(connection: Connection, article_ids: Collection[int]) -> set[Pair]:
    """Return the pairs of one of these articles and a stored one that have bands enough in common."""
    band, other = ArticleBand.__table__, ArticleBand.__table__.alias()
    found: set[Pair] = set()
    for piece in pieces(article_ids):
        query = (
            select(band.c.article_id, other.c.article_id)
            .join(other, other.c.band == band.c.band)
            .where(among(connection, band.c.article_id, piece), other.c.article_id != band.c.article_id)
            .group_by(band.c.article_id, other.c.article_id)
            .having(func.count() >= LEAST_BANDS)
        )
        found.update((min(pair), max(pair)) for pair in map(tuple, connection.execute(query)))
    return found


def _copies(connection: Connection, candidates: Collection[Pair]) -> list[Pair]:
    """Return the candidates that are copies."""
    texts: dict[int, str] = {}
    for piece in pieces({article for pair in candidates for article in pair}):
        query = select(ArticleText.article_id, ArticleText.text)
        rows = connection.execute(query.where(among(connection, ArticleText.article_id, piece)))
        texts.update((article, text) for article, text in rows)

    @lru_cache(SHINGLES_AT_ONCE)
    def told_by(article: int) -> Shingles:
        return shingles(texts[article])

    return [pair for pair in sorted(candidates) if are_copies(*map(told_by, pair))]


def _tell(
    connection: Connection, article_ids: Collection[int], *, gone: Mapping[int, int] | None = None
) -> None:
    """Tell anew the stories of these articles and of all that hang together with them.

    The cards of stories that have changed are written anew. `gone` are the stories that articles were of that
    are in none any more.
    """
    copies = _together(connection, article_ids)
    told = stories(sorted(copies, key=published_order), copies)
    before = stories_of(connection, told)
    _store(connection, {article: story for article, story in told.items() if before.get(article) != story})
    was, is_ = _by_story({**before, **(gone or {})}), _by_story(told)
    changed = set().union(*(members for story, members in is_.items() if was.get(story) != members))
    rewrite_article_cards(connection, changed)


def _together(connection: Connection, article_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the copies of these articles, of their copies, and so on, a query a step."""
    found: dict[int, set[int]] = {}
    open_ = set(article_ids)
    while open_:
        found |= {article: set() for article in open_}
        for article, copy in copies_of(connection, open_):
            found[article].add(copy)
        open_ = set().union(*(found[article] for article in open_)).difference(found)
    return found


def copies_of(connection: Connection, article_ids: Collection[int]) -> set[Pair]:
    """Return the pairs of these articles and their copies."""
    found: set[Pair] = set()
    for piece in pieces(article_ids):
        query = select(ArticleCopy.article_id, ArticleCopy.copy_id)
        rows = connection.execute(query.where(among(connection, ArticleCopy.article_id, piece)))
        found.update((article, copy) for article, copy in rows)
    return found


def stories_of(connection: Connection, article_ids: Collection[int]) -> dict[int, int]:
    """Return the stories of these articles, by the ids of the articles."""
    found: dict[int, int] = {}
    for piece in pieces(article_ids):
        query = select(ArticleStory.article_id, ArticleStory.story_id)
        rows = connection.execute(query.where(among(connection, ArticleStory.article_id, piece)))
        found.update((article, story) for article, story in rows)
    return found


def _store(connection: Connection, told: Mapping[int, int]) -> None:
    for piece in pieces(told):
        connection.execute(delete(ArticleStory).where(among(connection, ArticleStory.article_id, piece)))
    insert_tuples(connection, ArticleStory, ("story_id", "article_id"), [(s, a) for a, s in told.items()])


def _by_story(told: Mapping[int, int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for article, story in told.items():
        found[story].add(article)
    return found
