"""Databases that the job fills with little, and whether they are whole."""

from sqlalchemy import Engine, delete, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.place import Place, PlaceAlias
from app.ingestion.verifying import verify_corpus
from tests.conftest import Templates


def few_places(templates: Templates, kind: str) -> str:
    """Return a new database that is ready for the job, with so few places that it is soon verified."""

    def keep_cities(url: str) -> None:
        engine = writing_engine(url)
        large = select(Place.id).where(Place.population > 500_000)
        with engine.begin() as connection:
            connection.execute(delete(PlaceAlias).where(PlaceAlias.place_id.not_in(large)))
            connection.execute(delete(Place).where(Place.id.not_in(large)))
        engine.dispose()

    template = templates.template(kind, "few places", keep_cities, base=templates.known(kind))
    return templates.databases(kind).create(template)


def stored(engine: Engine) -> set[str]:
    """Return the keys of the articles of a corpus that is whole."""
    found = verify_corpus(engine, shown=3).findings
    assert not found, found
    with engine.connect() as connection:
        return set(connection.scalars(select(Article.key)))
