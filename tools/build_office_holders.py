"""Write the office holders of the linking stage: `python -m tools.build_office_holders [--shared ../shared]`.

The data are those of github.com/unitedstates/congress-legislators (public domain, CC0): sitting members of
Congress, presidents and vice presidents since 1957, with all their terms. Former members are not in them, and
nothing is added from memory. The output is the same, byte for byte, for the same input.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.domain.links import Party
from app.domain.names import fold, slugify
from tools.public_data import records

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "app" / "linking" / "data" / "office_holders.tsv"
NICKNAMES = HERE.parent / "app" / "extraction" / "data" / "nicknames.tsv"

SINCE = "1957"  # who left office before is not in the news of the present
PARTIES = {
    "Democrat": Party.DEMOCRATIC,
    "Republican": Party.REPUBLICAN,
    "Independent": Party.INDEPENDENT,
}
HEAD = (
    "# Members of Congress, presidents and vice presidents: written by tools/build_office_holders.py.",
    "# From github.com/unitedstates/congress-legislators (public domain, CC0), June 2026.",
    "# slug, name, Bioguide id, Wikidata id, last name, other names, terms (office:from:until:state:party)",
)
# "Zachary (Zach)" holds two given names, "Don Davis (North Carolina politician)" a name and what it is.
BRACKETS = re.compile(r"\s*\(([^)]*)\)")


class Term(NamedTuple):
    """One office held from the first day until the day that the next one starts."""

    office: str
    start: str
    end: str
    state: str
    party: str


def read_table(path: Path) -> Iterator[list[str]]:
    """Yield the cells of the lines that are not comments."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def nicknames() -> dict[str, set[str]]:
    """Return the usual short forms of given names, and the long form of those that are short for one only."""
    short: dict[str, set[str]] = {}
    for nickname, cell in read_table(NICKNAMES):
        long = cell.split(",")
        for name in long:
            short.setdefault(name, set()).add(nickname)
        if len(long) == 1:
            short.setdefault(nickname, set()).update(long)
    return short


def terms(person: dict[str, Any]) -> list[Term]:
    """Return the terms, those that follow each other for the same state and party as one."""
    found: list[Term] = []
    for given in person["terms"]:
        party = PARTIES.get(given["party"], "")
        term = Term(given["type"], given["start"], given["end"], given.get("state", ""), party)
        last = found[-1] if found else None
        same = last and (last.office, last.state, last.party) == (term.office, term.state, term.party)
        if last and same and term.start[:4] == last.end[:4]:
            found[-1] = last._replace(end=term.end)
        else:
            found.append(term)
    return found


def given_names(name: dict[str, str], short: dict[str, set[str]]) -> list[str]:
    """Return the given names that the person may be printed with, the longest first."""
    inside = BRACKETS.search(name["first"])
    first = BRACKETS.sub("", name["first"])
    middle = name.get("middle", "")
    bare = [first, name.get("nickname", ""), inside[1] if inside else ""]
    if len(first.rstrip(".")) == 1 and middle:
        bare.append(middle)  # "H. Morgan Griffith"
    bare += sorted(nick for one in bare if one for nick in short.get(one, ()))
    return [f"{first} {middle}" if middle else first, *bare]


def names(person: dict[str, Any], short: dict[str, set[str]], common: str) -> list[str]:
    """Return the names that differ from the common one and from each other when folded."""
    name = person["name"]
    suffix = name.get("suffix", "")
    plain = [f"{given} {name['last']}" for given in given_names(name, short) if given]
    whole = [name.get("official_full", ""), *plain]
    whole += [f"{one} {suffix}" for one in plain if suffix]
    seen = {fold(common), ""}
    return [one for one in whole if fold(one) not in seen and not seen.add(fold(one))]  # type: ignore[func-returns-value]


def common_name(person: dict[str, Any], overrides: dict[str, str]) -> str:
    """Return the name that news prints: that of the article in Wikipedia, else the official one."""
    name = person["name"]
    whole = " ".join(name[key] for key in ("first", "middle", "last") if key in name)
    for key in (person["bioguide"], whole):
        if key in overrides:
            return overrides[key]
    return BRACKETS.sub("", person["wikipedia"] or name.get("official_full") or whole)


def lines(people: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines in the order of the slugs."""
    overrides = {row[0]: row[1] for row in read_table(HERE / "office_holder_names.tsv")}
    short = nicknames()
    rows = []
    for person in people:
        held = terms(person)
        if held[-1].end < SINCE:
            continue
        common = common_name(person, overrides)
        rows.append(
            (
                slugify(common),
                common,
                person["bioguide"] or "",
                person["wikidata"] or "",
                person["name"]["last"],
                "|".join(names(person, short, common)),
                "|".join(map(":".join, held)),
            )
        )
    yield from ("\t".join(row) for row in sorted(rows))


def main() -> None:
    """Write the file."""
    given = records("us-legislators", description=__doc__)
    OUTPUT.write_text("\n".join([*HEAD, *lines(given), ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
