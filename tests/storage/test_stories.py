import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import Connection, Engine, delete, select

from app.db.models.article import Article, ArticleCard
from app.db.models.quotation import Quotation
from app.db.models.statement import Statement
from app.db.models.story import ArticleBand, ArticleCopy, ArticleStory
from app.domain.annotation import StatementKind
from app.domain.copies import bands
from app.domain.links import LinkedArticle
from app.storage.reindex import reindex
from app.storage.removal import remove_articles
from app.storage.saving import save
from app.storage.stories import lacks_stories
from tests.dump import dump
from tests.made_prose import prose
from tests.storage.linked import bare, read_article, said

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
FIRST_DAY = datetime(2020, 2, 1, tzinfo=UTC)
STORIES = ("article_stories", "article_copies", "article_bands", "article_cards")
WIRE = prose(1, 30)
OTHER_WIRE = prose(2, 30)

# Name, day, text: two wire reports, copies of one of them, a round-up of both, and a report of its own.
ARTICLES = (
    ("wire", 3, WIRE),
    ("short", 5, WIRE[: len(WIRE) // 2]),
    ("same", 9, WIRE),
    ("other", 4, OTHER_WIRE),
    ("roundup", 8, f"{WIRE}\n\n{OTHER_WIRE}"),
    ("own", 1, prose(3, 30)),
)
TOLD = {
    "wire": "wire",
    "short": "wire",
    "same": "wire",
    "other": "other",
    "roundup": "wire",  # the earliest of which it holds a copy
    "own": "own",
}


def made(name: str, day: int | None, text: str) -> LinkedArticle:
    article = read_article(name, text=text, source=None)
    return bare(replace(article, published_at=None if day is None else FIRST_DAY + timedelta(days=day)))


def all_of(articles: Iterable[tuple[str, int, str]]) -> list[LinkedArticle]:
    return [made(*article) for article in articles]


def told(connection: Connection) -> dict[str, str]:
    """Return the story of each article, by name."""
    names = {id_: key.removeprefix("key") for id_, key in connection.execute(select(Article.id, Article.key))}
    rows = connection.execute(select(ArticleStory.article_id, ArticleStory.story_id))
    return {names[article]: names[story] for article, story in rows}


def shown(connection: Connection) -> dict[str, dict[str, object]]:
    """Return the story that each article's card shows, by name."""
    cards = [json.loads(body) for body in connection.scalars(select(ArticleCard.body))]
    return {card["key"].removeprefix("key"): card["story"] for card in cards}


def stored(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    rows = dump(connection)
    return {table: rows[table] for table in STORIES}


def ids(connection: Connection, *names: str) -> list[int]:
    keys = [f"key{name}" for name in names]
    return list(connection.scalars(select(Article.id).where(Article.key.in_(keys))))


def test_copies_are_one_story_by_the_earliest(connection: Connection) -> None:
    save(connection, all_of(ARTICLES), now=NOW)
    assert told(connection) == TOLD


def test_cards_show_the_story(connection: Connection) -> None:
    save(connection, all_of(ARTICLES), now=NOW)
    cards = shown(connection)
    assert cards["wire"] == {"key": "keywire", "articles": 4, "earliest": True}
    assert cards["same"] == {"key": "keywire", "articles": 4, "earliest": False}
    assert cards["own"] == {"key": "keyown", "articles": 1, "earliest": True}


def save_one_by_one(connection: Connection, articles: Sequence[LinkedArticle]) -> None:
    for article in articles:
        save(connection, [article], now=NOW)


@pytest.mark.parametrize("start", range(3))
def test_the_order_of_saving_changes_nothing(engine: Engine, start: int) -> None:
    found = []
    orders = list(permutations(ARTICLES))[start::120]  # six of the 720 for each start
    for order in (ARTICLES, *orders):
        with engine.begin() as connection:
            save_one_by_one(connection, all_of(order))
            found.append(stored(connection))
            connection.rollback()
    assert all(each == found[0] for each in found)


def test_a_batch_tells_what_one_by_one_tells(engine: Engine) -> None:
    with engine.begin() as connection:
        save_one_by_one(connection, all_of(ARTICLES))
        one_by_one = stored(connection)
        connection.rollback()
    with engine.begin() as connection:
        save(connection, all_of(ARTICLES[:3]), now=NOW)
        save(connection, all_of(ARTICLES[2:]), now=NOW)
        assert stored(connection) == one_by_one


def test_bands_made_ahead_are_stored_as_they_are(engine: Engine) -> None:
    articles = all_of(ARTICLES)
    ahead = [
        replace(linked, annotated=replace(linked.annotated, bands=bands(linked.annotated.article.text)))
        for linked in articles
    ]
    with engine.begin() as connection:
        save(connection, articles, now=NOW)
        late = stored(connection)
        connection.rollback()
    with engine.begin() as connection:
        save(connection, ahead, now=NOW)
        assert stored(connection) == late


def test_an_earlier_copy_that_comes_late_gives_the_story_its_name(connection: Connection) -> None:
    save(connection, all_of(ARTICLES[1:3]), now=NOW)
    assert told(connection) == {"short": "short", "same": "short"}
    save(connection, all_of(ARTICLES[:1]), now=NOW)
    assert told(connection) == {"wire": "wire", "short": "wire", "same": "wire"}
    assert shown(connection)["same"] == {"key": "keywire", "articles": 3, "earliest": False}


def test_an_article_without_a_date_is_not_taken_for_the_earliest(connection: Connection) -> None:
    save(connection, [made("undated", None, WIRE), *all_of(ARTICLES[:2])], now=NOW)
    assert told(connection) == {"undated": "wire", "wire": "wire", "short": "wire"}


@pytest.mark.parametrize("name", [article[0] for article in ARTICLES])
def test_removing_leaves_what_was_never_there(engine: Engine, name: str) -> None:
    with engine.begin() as connection:
        save(connection, all_of(each for each in ARTICLES if each[0] != name), now=NOW)
        without = stored(connection)
        connection.rollback()
    with engine.begin() as connection:
        save(connection, all_of(ARTICLES), now=NOW)
        remove_articles(connection, ids(connection, name))
        assert stored(connection) == without


def test_removing_several_at_once_leaves_what_was_never_there(engine: Engine) -> None:
    with engine.begin() as connection:
        save(connection, all_of(ARTICLES[2:]), now=NOW)
        without = stored(connection)
        connection.rollback()
    with engine.begin() as connection:
        save(connection, all_of(ARTICLES), now=NOW)
        remove_articles(connection, ids(connection, "wire", "short"))
        assert stored(connection) == without
        remove_articles(connection, ids(connection, *TOLD))
        assert not any(stored(connection).values())


@pytest.mark.parametrize("name", [article[0] for article in ARTICLES])
def test_a_corrected_text_leaves_its_story(engine: Engine, name: str) -> None:
    corrected = [(each, day, prose(7, 30) if each == name else text) for each, day, text in ARTICLES]
    with engine.begin() as connection:
        save(connection, all_of(corrected), now=NOW)
        as_corrected = stored(connection)
        connection.rollback()
    with engine.begin() as connection:
        save(connection, all_of(ARTICLES), now=NOW)
        before = stored(connection)
        save(connection, all_of(each for each in corrected if each[0] == name), now=NOW)
        assert stored(connection) == as_corrected
        save(connection, all_of(each for each in ARTICLES if each[0] == name), now=NOW)
        assert stored(connection) == before


def test_a_corrected_date_may_change_the_earliest(connection: Connection) -> None:
    save(connection, all_of(ARTICLES), now=NOW)
    save(connection, [made("same", 2, WIRE)], now=NOW)
    assert told(connection) == {**TOLD, "wire": "same", "short": "same", "same": "same", "roundup": "same"}
    assert shown(connection)["wire"] == {"key": "keysame", "articles": 4, "earliest": False}


def test_reindexing_tells_the_same_stories(connection: Connection) -> None:
    save(connection, all_of(ARTICLES), now=NOW)
    before = stored(connection)
    reindex(connection, now=NOW)
    assert stored(connection) == before


def test_a_corpus_from_before_there_were_stories_is_told(connection: Connection) -> None:
    save(connection, all_of(ARTICLES), now=NOW)
    before = stored(connection)
    assert not lacks_stories(connection)
    for table in (ArticleCopy, ArticleStory, ArticleBand):
        connection.execute(delete(table))
    assert lacks_stories(connection)
    reindex(connection, now=NOW)
    assert not lacks_stories(connection)
    assert stored(connection) == before


LONG = "“We counted every boat on the north quay before the ice came,” she said."
SHORT = "“We counted every boat,” she said."


def quoting(name: str, text: str, words: str, kind: StatementKind) -> LinkedArticle:
    article = read_article(name, text=text, source=None)
    return bare(article, said(text, words, kind=kind))


def quotations(connection: Connection) -> dict[str, int]:
    same = (Quotation.article_id == Statement.article_id, Quotation.ordinal == Statement.ordinal)
    rows = connection.execute(
        select(Article.key, Quotation.words)
        .join(Statement, Statement.article_id == Article.id)
        .join(Quotation, same[0] & same[1])
    )
    return {key.removeprefix("key"): words for key, words in rows}


def test_quotations_are_kept_by_their_words(connection: Connection) -> None:
    words = LONG[1:62]
    straight = f'He wrote: "{words.upper()}"'
    articles = [
        quoting("curly", LONG, words, StatementKind.DIRECT),
        quoting("straight", straight, words.upper(), StatementKind.MIXED),
        quoting("other", LONG, words[3:], StatementKind.DIRECT),
        quoting("indirect", LONG, words, StatementKind.INDIRECT),
        quoting("short", SHORT, SHORT[1:23], StatementKind.DIRECT),
    ]
    save(connection, articles, now=NOW)
    found = quotations(connection)
    assert found.keys() == {"curly", "straight", "other"}
    assert found["curly"] == found["straight"] != found["other"]
    reindex(connection, now=NOW)
    assert quotations(connection) == found
