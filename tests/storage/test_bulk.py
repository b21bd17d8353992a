from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, select

from app.db.models.article import ArticleAuthor, ArticleText
from app.db.models.place import Place
from app.storage.bulk import COPY_FROM, among
from app.storage.places import ensure_places
from app.storage.saving import save
from tests.storage.linked import BOSTON, MASSACHUSETTS, bare, read_article

AWKWARD = ("\\N", "\\", "\\.", "a\tb", "a\nb", "a\r\nb", "", " ", '"', "'", "%s", "?", "é\u2028", "\\t", ",")
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("repeats", [1, COPY_FROM])
def test_every_text_is_stored_as_it_is(connection: Connection, repeats: int) -> None:
    names = AWKWARD * repeats
    text = "\n".join(AWKWARD)
    save(connection, [bare(replace(read_article(text=text), authors=names))], now=NOW)
    stored = connection.scalars(select(ArticleAuthor.name).order_by(ArticleAuthor.position))
    assert tuple(stored) == names
    assert connection.scalar(select(ArticleText.text)) == text


@pytest.mark.parametrize(
    ("slugs", "found"),
    [
        (["boston-ma", "nowhere"], ["boston-ma"]),
        (["massachusetts", "boston-ma"], ["boston-ma", "massachusetts"]),
        (["bos'ton", '"', "é"], []),
        ([], []),
    ],
)
def test_one_of_many_keys(connection: Connection, slugs: list[str], found: list[str]) -> None:
    stored = ensure_places(connection, [BOSTON, MASSACHUSETTS])
    known = select(Place.slug).order_by(Place.slug)
    assert list(connection.scalars(known.where(among(connection, Place.slug, slugs)))) == found
    ids = [stored[slug].id for slug in found]
    assert list(connection.scalars(known.where(among(connection, Place.id, ids)))) == found
