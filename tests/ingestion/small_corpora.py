"""Databases that the job fills with little, and whether they are whole."""

from sqlalchemy import Engine, Select, delete, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.place import Place, PlaceAlias, PlaceMention
from app.ingestion.verifying import verify_corpus
from tests.conftest import Templates


def few_places(templates: Templates, kind: str) -> str:
    """Return a new database that is ready for the job, with so few places that it is soon verified."""

    large = select(Place.id).where(Place.population > 500_000)
    base = templates.known(kind)
    template = templates.template(kind, "few places", lambda url: keep_places(url, large), base=base)
    return templates.databases(kind).create(template)


def corpus_of_few_places(templates: Templates, kind: str) -> str:
    """Return the template of the small corpus with no other places than its articles name."""
    named = select(PlaceMention.place_id).where(PlaceMention.place_id.is_not(None))
    base = templates.corpus(kind)
    return templates.template(kind, "corpus of few places", lambda url: keep_places(url, named), base=base)


def keep_places(url: str, kept: Select[int | None] | Select[int]) -> None:
    """Delete all known places but those with these ids."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(delete(PlaceAlias).where(PlaceAlias.place_id.not_in(kept)))
        connection.execute(delete(Place).where(Place.id.not_in(kept)))
    engine.dispose()


def stored(engine: Engine) -> set[str]:
    """Return the keys of the articles of a corpus that is whole."""
    found = verify_corpus(engine, shown=3).findings
    assert not found, found
    with engine.connect() as connection:
        return set(connection.scalars(select(Article.key)))
