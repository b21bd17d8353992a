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

# Written by tools/build_gazetteer.py, which names the columns; a line becomes a place when it is asked for.
_PLACES = "gazetteer.tsv.gz"
_NAMES = "place_names.tsv.gz"  # name keys with the numbers of the lines that bear them
_SMALL = "small_places.tsv.gz"  # places abroad that are too small for the first file, behind their name keys
_ZIP = "zip_places.tsv.gz"  # US places that only their ZIP code tells; written by tools/build_zip_places.py
_REGIONS = "regions.tsv"
_ALIAS = "+"  # before the number of a line that bears a name as another one; int() reads it
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


class Gazetteer:
    """All known places by the names they bear.

    `places` are lines, `names` and `small` sorted ones behind name keys.
    """

    def __init__(
        self,
        places: Sequence[str],
        names: Sequence[str],
        small: Sequence[str],
        region_names: Mapping[str, Region],
    ) -> None:
        self._places, self._names, self._small, self._region_names = places, names, small, region_names
        self._candidates = lru_cache(maxsize=_REMEMBERED)(self._read_candidates)

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return every place that bears the name, however it is spelt, most populous first."""
        return self._candidates(name_key(name))

    def _read_candidates(self, key: str) -> tuple[Candidate, ...]:
        numbers = [number for line in _of_key(self._names, key) for number in line.split(" ")]
        found = []
        for number in numbers:
            place, region = _place(self._places[int(number)].split("\t"))
            found.append(Candidate(place, alias=number.startswith(_ALIAS), region=region))
        return _ordered(found)

    def small_places(self, name: str) -> tuple[Candidate, ...]:
        """Return the small places of that name, most populous first: villages abroad, hamlets of the US."""
        places = (_place(line.split("\t")) for line in _of_key(self._small, name_key(name)))
        return _ordered([Candidate(place, alias=False, region=region) for place, region in places])

    def region(self, name: str) -> Region | None:
        """Return the region of that name ("Ontario", "the Middle East") that is no place of the gazetteer."""
        return self._region_names.get(name_key(name.removeprefix("the ")))


def _of_key(lines: Sequence[str], key: str) -> list[str]:
    """Return what stands behind a name key in sorted lines."""
    first, last = bisect_left(lines, f"{key}\t"), bisect_left(lines, f"{key}\n")
    return [line[len(key) + 1 :] for line in lines[first:last]]


@lru_cache(maxsize=_REMEMBERED)
def name_key(name: str) -> str:
    """Return the folded name with "Saint", "Fort", "Mount" and the points of the compass shortened."""
    first, _, rest = fold(name).partition(" ")
    return f"{_SHORT_WORDS.get(first, first)} {rest}".rstrip() if rest else first


def iter_places() -> Iterator[GazetteerPlace]:
    """Yield every known place, in the order of kind and slug."""
    for line in _lines(_PLACES):
        yield _place(line.split("\t"))[0]


def load_gazetteer() -> Gazetteer:
    """Read the files that are part of the package, once per process."""
    small = sorted([*_lines(_SMALL), *_lines(_ZIP)])
    return Gazetteer(_lines(_PLACES), _lines(_NAMES), small, _read_regions())


def _ordered(found: list[Candidate]) -> tuple[Candidate, ...]:
    if len(found) == 1:
        return (found[0],)
    return tuple(sorted(found, key=lambda c: (-(c.place.population or 0), c.place.slug)))


def _read_regions() -> dict[str, Region]:
    lines = files("app.linking").joinpath("data", _REGIONS).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name_key(name): Region(country, code) for name, country, code in cells}


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
