"""The gazetteer: known places and the look-up of the places that bear a name."""

import gzip
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.domain.names import fold

_FILE = "gazetteer.tsv.gz"  # written by tools/build_gazetteer.py, which names the columns
# Places abroad that are too small for the first file, by name key and in its order: most are never asked for.
_SMALL = "small_places.tsv.gz"
_REGIONS = "regions.tsv"
_REMEMBERED = 20_000  # names: the articles of a corpus repeat theirs, and folding is most of a look-up's time
# Written out or short, it is one name: "St. Paul", "Saint Paul"; "N. Korea". As a whole first word only.
_SHORT_WORDS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"} | {
    point: point[0] for point in ("north", "south", "east", "west")
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name: as its own name, or (`alias`) as another one.

    `region`: the county of a US city by FIPS number, the province of some cities abroad by its code.
    """

    place: GazetteerPlace
    alias: bool
    region: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A region that is no record: its country and province code, as far as it has one of each."""

    country: str
    code: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All known places by the names they bear; `small` holds the lines of small places abroad, sorted."""

    by_name: Mapping[str, tuple[Candidate, ...]]
    small: Sequence[str]
    region_names: Mapping[str, Region]

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return every place that bears the name, however it is spelt, most populous first."""
        return self.by_name.get(name_key(name), ())

    def small_places(self, name: str) -> tuple[Candidate, ...]:
        """Return the small places abroad of that name, most populous first."""
        key = name_key(name)
        lines = self.small[bisect_left(self.small, f"{key}\t") : bisect_left(self.small, f"{key}\n")]
        places = (_place(line.split("\t")[1:]) for line in lines)
        return _ordered([Candidate(place, alias=False, region=region) for place, region in places])

    def region(self, name: str) -> Region | None:
        """Return the region of that name ("Ontario", "the Middle East") that is no place of the gazetteer."""
        return self.region_names.get(name_key(name.removeprefix("the ")))


@lru_cache(maxsize=_REMEMBERED)
def name_key(name: str) -> str:
    """Return the folded name with "Saint", "Fort", "Mount" and the points of the compass shortened."""
    first, _, rest = fold(name).partition(" ")
    return f"{_SHORT_WORDS.get(first, first)} {rest}".rstrip() if rest else first


def iter_places() -> Iterator[GazetteerPlace]:
    """Yield every known place, in the order of kind and slug."""
    for place, _ in _read():
        yield place


def load_gazetteer() -> Gazetteer:
    """Read the file that is part of the package. About a second and 60 MB, once per process."""
    by_name: dict[str, list[Candidate]] = {}
    for place, region in _read():
        own = name_key(place.name)
        by_name.setdefault(own, []).append(Candidate(place, alias=False, region=region))
        for alias in {name_key(alias) for alias in place.aliases} - {own}:
            by_name.setdefault(alias, []).append(Candidate(place, alias=True, region=region))
    ordered = {name: _ordered(found) for name, found in by_name.items()}
    small = _lines(_SMALL)
    return Gazetteer(by_name=ordered, small=small, region_names=_read_regions())


def _ordered(found: list[Candidate]) -> tuple[Candidate, ...]:
    if len(found) == 1:
        return (found[0],)
    return tuple(sorted(found, key=lambda c: (-(c.place.population or 0), c.place.slug)))


def _read_regions() -> dict[str, Region]:
    lines = files("app.linking").joinpath("data", _REGIONS).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name_key(name): Region(country, code) for name, country, code in cells}


def _read() -> Iterator[tuple[GazetteerPlace, str]]:
    for line in _lines(_FILE):
        yield _place(line.split("\t"))


def _lines(name: str) -> list[str]:
    """Return the lines of a packed file without its head."""
    packed = files("app.linking").joinpath("data", name).read_bytes()
    return [line for line in gzip.decompress(packed).decode().splitlines() if not line.startswith("#")]


def _place(cells: list[str]) -> tuple[GazetteerPlace, str]:
    kind, slug, name, country, state, region, fips, geonameid, latitude, longitude, population, aliases = (
        cells
    )
    place = GazetteerPlace(
        slug=slug,
        kind=PlaceKind(kind),
        name=name,
        country=country,
        state=state or None,
        county_fips=fips or None,
        geonameid=int(geonameid) if geonameid else None,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        population=int(population) if population else None,
        aliases=tuple(aliases.split("|")) if aliases else (),
    )
    return place, region
