from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, literal, select, union_all

from app.db.engine import writing_engine
from app.db.search_index import Phrase, Searched, add_to_index, remove_from_index
from app.queries.matching import INDEX, IndexedId, among_matches, matches

CANDIDATES = union_all(select(literal(1).label("id")), select(literal(2).label("id"))).subquery("candidates")


@pytest.fixture
def indexed(database_url: str) -> Iterator[Connection]:
    engine = writing_engine(database_url)
    with engine.begin() as connection:
        add_to_index(
            connection,
            [
                Searched(article_id=1, title="Sanctuary cities", text="A judge in Boston ruled."),
                Searched(article_id=2, title=None, text="Agents waited in Chicago. " * 300),
            ],
        )
        yield connection
    engine.dispose()


def found(connection: Connection, *phrases: tuple[str, ...]) -> list[int]:
    """Return the articles with all of the phrases; a walk along the index and a look into it agree."""
    wanted = tuple(Phrase(words) for words in phrases)
    walk = select(IndexedId()).select_from(INDEX).where(matches(wanted)).order_by(IndexedId())
    among = select(CANDIDATES.c.id).where(among_matches(CANDIDATES.c.id, wanted)).order_by(CANDIDATES.c.id)
    walked = list(connection.scalars(walk))
    assert list(connection.scalars(among)) == walked
    return walked


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        ([("boston",)], [1]),
        ([("in",)], [1, 2]),
        ([("in", "boston")], [1]),
        ([("boston", "in")], []),
        ([("sanctuari",), ("judg",)], [1]),
        ([("citi", "a")], []),  # the end of the title and the start of the text
        ([("chicago", "agent")], [2]),
        ([("nowher",)], []),
    ],
)
def test_phrases(indexed: Connection, phrases: list[tuple[str, ...]], expected: list[int]) -> None:
    assert found(indexed, *phrases) == expected


def test_a_removed_article_leaves_no_words(indexed: Connection) -> None:
    remove_from_index(indexed, [1])
    assert found(indexed, ("boston",)) == []
    add_to_index(indexed, [Searched(article_id=1, title=None, text="Denver")])
    assert found(indexed, ("boston",)) == []
    assert found(indexed, ("denver",)) == [1]
