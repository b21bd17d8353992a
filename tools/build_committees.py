"""Write the file of committees of the linking stage: `python -m tools.build_committees [--shared ../shared]`.

The data are those of github.com/unitedstates/congress-legislators (public domain, CC0): committees of
Congress with their subcommittees, current and since 1973. Those of organizations.yaml keep their slug and
name and get the other names. The output is the same, byte for byte, for the same input.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.names import fold, slugify
from app.linking.authority import name_keys, read_organizations
from tools.public_data import records

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "app" / "linking" / "data" / "committees.tsv"
CHAMBERS = {"house": "House", "senate": "Senate", "joint": "Joint"}
PARENTS = {"house": "us-house-of-representatives", "senate": "us-senate", "joint": "us-congress"}
# "Aging (Special)" is the "Special Committee on Aging"; those named after an affair are left out.
KIND_OF = re.compile(r"(?P<topic>[^()]+) \((?P<kind>(?:Permanent )?Select|Special|Ad Hoc)\)")
HEAD = (
    "# Committees of Congress with subcommittees: written by tools/build_committees.py, not by hand.",
    "# From github.com/unitedstates/congress-legislators (public domain, CC0), June 2026.",
    "# slug, name, slug of the parent, other names",
)


@dataclass
class Body:
    """A committee or subcommittee with all its names, the first one its own."""

    parent: str
    names: list[str] = field(default_factory=list)

    def add(self, *names: str) -> None:
        """Add the names that are not there yet."""
        known = {fold(name) for name in self.names}
        self.names += [name for name in dict.fromkeys(names) if fold(name) not in known]

    def shares_a_name(self, names: Iterable[str]) -> bool:
        """Tell whether it bears one of the names."""
        return not {fold(name) for name in self.names}.isdisjoint(map(fold, names))


def topic_of(name: str) -> str:
    """Return what a committee is on: "Judiciary" of "House Committee on the Judiciary"."""
    return re.sub(r"^.*?\b(?:[Cc]ommittee)(?: on)?(?: the)? ", "", name)


def names_of(chamber: str, topic: str) -> list[str]:
    """Return the names of a committee on a topic: "House Committee on ..." and "House ... Committee"."""
    found = KIND_OF.fullmatch(topic)
    kind = f"{found['kind']} " if found else ""
    bare = found["topic"] if found else topic
    if chamber == "Joint" or "(" in bare:
        return []
    return [
        f"{chamber} {kind}Committee on {bare}",
        f"{chamber} {bare} Committee",
        f"{chamber} Committee on {bare}",
    ]


def committee(given: dict[str, Any]) -> Body | None:
    """Return a committee, None for one whose name the news would not print."""
    chamber = CHAMBERS[given["type"]]
    body = Body(PARENTS[given["type"]])
    if "(" not in given["name"] and given["current"]:
        body.add(given["name"])
    for topic in (topic_of(given["name"]), *given["names"]):
        if not topic.startswith((chamber, "Joint")):
            body.add(*names_of(chamber, topic))
    return body if body.names else None


def subcommittees(given: dict[str, Any], whole: Body) -> Iterator[Body]:
    """Yield the subcommittees of a committee, named with the chamber, and with the committee's topic."""
    chamber = CHAMBERS[given["type"]]
    short = topic_of(whole.names[0]).split(",")[0]
    for part in given["subcommittees"]:
        body = Body(whole.names[0])
        for topic in (part["name"], *part["names"]):
            bare = topic.removeprefix("The ")
            if "(" in bare or bare.startswith("and "):
                continue
            named = bare if "Subcommittee" in bare else f"Subcommittee on {bare}"
            body.add(f"{chamber} {short} {named}", f"{chamber} {named}")
        if body.names:
            yield body


def merged(bodies: Iterable[Body]) -> list[Body]:
    """Return the bodies, those of one parent that share a name as one; current ones come first."""
    kept: list[Body] = []
    for body in bodies:
        same = next(
            (one for one in kept if one.parent == body.parent and one.shares_a_name(body.names)), None
        )
        if same is None:
            kept.append(body)
        else:
            same.add(*body.names)
    return kept


def lines(given: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines, committees before their subcommittees."""
    wholes: list[Body] = []
    parts: list[Body] = []
    by_id: dict[str, Body] = {}
    for one in sorted(given, key=lambda one: not one["current"]):
        found = committee(one)
        if found is None:
            continue
        whole = by_id.setdefault(one["id"], found)
        if whole is found:
            wholes.append(whole)
        else:
            whole.add(*found.names)
        parts += subcommittees(one, whole)
    yield from written([*merged(wholes), *merged(parts)])


def written(bodies: list[Body]) -> Iterator[str]:
    """Yield the line of each body; a name that two of them bear is left out: only an article could tell."""
    known = {fold(name): record for record in read_organizations() for name in (record.name, *record.aliases)}
    records = [
        next((known[fold(name)] for name in body.names if fold(name) in known), None) for body in bodies
    ]
    slugs = {
        body.names[0]: record.slug if record else slugify(body.names[0])
        for body, record in zip(bodies, records, strict=True)
    }
    bearers: dict[str, set[str]] = {}
    for body in bodies:
        for key in (key for name in body.names for key in name_keys(name)):
            bearers.setdefault(key, set()).add(slugs[body.names[0]])
    for body, record in zip(bodies, records, strict=True):
        slug = slugs[body.names[0]]
        own = record.name if record else body.names[0]
        have = {fold(own), *(map(fold, record.aliases) if record else ())}
        others = [
            name
            for name in body.names
            if fold(name) not in have and all(bearers[key] == {slug} for key in name_keys(name))
        ]
        yield "\t".join((slug, own, slugs.get(body.parent, body.parent), "|".join(others)))


def main() -> None:
    """Write the file."""
    given = records("us-committees", description=__doc__)
    OUTPUT.write_text("\n".join([*HEAD, *lines(given), ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
