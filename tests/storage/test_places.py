from dataclasses import replace

from sqlalchemy import Connection, select

from app.db.models.place import Place, PlaceAlias
from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.linking.gazetteer import iter_places
from app.storage.places import ensure_places, load_places
from tests.storage.linked import BOSTON, MASSACHUSETTS

COUNTRY = GazetteerPlace(slug="chile", kind=PlaceKind.COUNTRY, name="Chile", country="CL", aliases=("Chili",))


def test_loading_twice_adds_nothing(connection: Connection) -> None:
    places = [BOSTON, MASSACHUSETTS, COUNTRY]
    assert load_places(connection, places) == (True, False)
    assert load_places(connection, places) == (False, False)
    row = connection.execute(select(Place.__table__).where(Place.slug == "boston-ma")).mappings().one()
    assert (row["name_key"], row["geonameid"], row["latitude"]) == ("boston", 4930956, 42.3584)


def test_codes_are_names_too(connection: Connection) -> None:
    load_places(connection, [BOSTON, MASSACHUSETTS, COUNTRY])
    named = select(Place.slug, PlaceAlias.name_key).join(Place, Place.id == PlaceAlias.place_id)
    assert set(connection.execute(named)) == {("massachusetts", "ma"), ("chile", "cl"), ("chile", "chili")}


def test_a_newer_file_changes_rows_in_place(connection: Connection) -> None:
    load_places(connection, [BOSTON, COUNTRY])
    before = connection.scalar(select(Place.id).where(Place.slug == "boston-ma"))
    grown = replace(BOSTON, population=700_000, aliases=("Beantown",))
    assert load_places(connection, [grown]) == (True, True)
    row = connection.execute(select(Place.id, Place.population).where(Place.slug == "boston-ma")).one()
    assert row == (before, 700_000)
    assert len(connection.execute(select(Place.id)).all()) == 2


def test_a_place_outside_the_list_is_added_when_mentioned(connection: Connection) -> None:
    load_places(connection, [BOSTON])
    hamlet = replace(BOSTON, slug="elmford-ma", name="Elmford", aliases=("Elm Ford",))
    ids = ensure_places(connection, [BOSTON, hamlet])
    assert ids == ensure_places(connection, [hamlet, BOSTON])
    assert connection.scalars(select(PlaceAlias.name)).one() == "Elm Ford"


def test_the_gazetteer_that_is_shipped(connection: Connection) -> None:
    load_places(connection, iter_places())
    kinds = dict(
        connection.execute(select(Place.slug, Place.kind).where(Place.slug.in_(["boston-ma"]))).all()
    )
    assert kinds == {"boston-ma": PlaceKind.CITY}
    for code, kind in (("ma", PlaceKind.STATE), ("us", PlaceKind.COUNTRY)):
        named = select(Place.slug).join(PlaceAlias, PlaceAlias.place_id == Place.id)
        assert (
            len(connection.scalars(named.where(PlaceAlias.name_key == code, Place.kind == kind)).all()) == 1
        )
