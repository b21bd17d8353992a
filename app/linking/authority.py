"""The authority file: the organizations of this field with their names, kinds and parents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import yaml

from app.domain.links import OrganizationKind, OrganizationRecord
from app.domain.names import fold

_FILE = "organizations.yaml"
_COMMITTEES = "committees.tsv"
# Bodies named in either order: "House Committee on the Judiciary", "House Judiciary Committee"; "Customs and
# Immigration Enforcement" is seen, too.
_EITHER_ORDER = frozenset({"committee", "subcommittee", "department", "caucus", "enforcement"})
_SMALL_WORDS = frozenset({"of", "on", "the", "for", "and", "in"})
_SHORTEST_ACRONYM = 2  # letters
_CIRCUIT = "circuit"
# "9th U.S. Circuit Court of Appeals", "Ninth Circuit": all that such a name may hold beside the number.
_AROUND_CIRCUIT = frozenset(
    {_CIRCUIT, "us", "united", "states", "federal", "court", "of", "appeals", "for", "the"}
)


@dataclass(frozen=True, slots=True)
class Authority:
    """The records by slug, by every form of a name, and by acronym (which must be printed in capitals)."""

    by_slug: Mapping[str, OrganizationRecord]
    by_name: Mapping[str, tuple[OrganizationRecord, ...]]
    by_acronym: Mapping[str, tuple[OrganizationRecord, ...]]

    def named(self, name: str) -> tuple[OrganizationRecord, ...]:
        """Return every record that bears the name or, for a name in capitals, the acronym."""
        if is_acronym(name) and (found := self.by_acronym.get(fold(name))):
            return found
        return next((self.by_name[key] for key in name_keys(name) if key in self.by_name), ())


def is_acronym(name: str) -> bool:
    """Tell whether a name is one word in capitals: "ICE", "D.H.S.", "AFL-CIO"; "Cato" is not."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(name.split()) == 1 and len(letters) >= _SHORTEST_ACRONYM and all(map(str.isupper, letters))


def name_keys(name: str) -> tuple[str, ...]:
    """Return the forms to compare a name by, the most exact first.

    "The" is tried as part of the name ("The Hill") and without. "U.S." before it may be left out by who
    prints it, so a name without it comes later. A committee or department has the same name in both orders,
    a court of appeals that of its circuit.
    """
    words = fold(name).split()
    whole = words
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    bare = _without_country(words)
    keys = [" ".join(words)]
    if whole != words and name[0].isupper():
        keys.insert(0, " ".join(whole))
    if bare != words:
        keys.append(" ".join(bare))
    if _CIRCUIT in bare and len(number := [word for word in bare if word not in _AROUND_CIRCUIT]) == 1:
        keys.append(f"circuit: {number[0]}")
    if not _EITHER_ORDER.isdisjoint(bare):
        keys.append(f"any order: {' '.join(sorted(set(bare) - _SMALL_WORDS))}")
    return tuple(keys)


def _without_country(words: list[str]) -> list[str]:
    for country in (["us"], ["united", "states"]):
        if words[: len(country)] == country and len(words) > len(country) + 1:
            return words[len(country) :]
    return words


def load_authority() -> Authority:
    """Read the files that are part of the package; ValueError names the record that is wrong."""
    records = {record.slug: record for record in read_organizations()}
    for committee in read_committees():
        known = records.get(committee.slug)
        records[committee.slug] = (
            committee if known is None else replace(known, aliases=(*known.aliases, *committee.aliases))
        )
    return index_authority(records.values())


def read_organizations() -> Iterator[OrganizationRecord]:
    """Yield the records that were written by hand."""
    # The loader in C is ten times faster, where it is built.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: dict[str, dict[str, Any]] = yaml.load(_text(_FILE), Loader=loader)  # noqa: S506 - both load safely
    for slug, entry in entries.items():
        yield _record(slug, entry)


def read_committees() -> Iterator[OrganizationRecord]:
    """Yield the committees of Congress; those written by hand too, with more names."""
    for line in _text(_COMMITTEES).splitlines():
        if not line.startswith("#"):
            slug, name, parent, others = line.split("\t")
            yield OrganizationRecord(
                slug=slug,
                name=name,
                kind=OrganizationKind.COMMITTEE,
                parent=parent,
                aliases=tuple(filter(None, others.split("|"))),
                authority=True,
            )


def _text(name: str) -> str:
    return files("app.linking").joinpath("data", name).read_text(encoding="utf-8")


def index_authority(records: Iterable[OrganizationRecord]) -> Authority:
    """Return the look-ups over the records. A name that two of them bear leads to both."""
    by_slug = {record.slug: record for record in records}
    by_name: dict[str, tuple[OrganizationRecord, ...]] = {}
    by_acronym: dict[str, tuple[OrganizationRecord, ...]] = {}
    for record in by_slug.values():
        for name in (record.name, *record.aliases):
            _add(by_acronym if is_acronym(name) else by_name, name, record)
        if record.acronym:
            _add(by_acronym, record.acronym, record)
    return Authority(by_slug, by_name, by_acronym)


def _add(index: dict[str, tuple[OrganizationRecord, ...]], name: str, record: OrganizationRecord) -> None:
    keys = (fold(name),) if is_acronym(name) else _own_keys(name)
    for key in keys:
        known = index.get(key, ())
        if record not in known:
            index[key] = (*known, record)


def _own_keys(name: str) -> tuple[str, ...]:
    """Return the keys that find a record; "The Hill" only with its article: the bare word is common."""
    folded = fold(name)
    bare = folded.removeprefix("the ")
    orders = (key for key in name_keys(name) if ": " in key)
    return (folded, *((bare,) if " " in bare else ()), *orders)


def _record(slug: str, entry: dict[str, Any]) -> OrganizationRecord:
    unknown = entry.keys() - {"name", "acronym", "kind", "parent", "aliases"}
    if unknown:
        raise ValueError(f"{_FILE}: {slug}: unknown keys {sorted(unknown)}")
    return OrganizationRecord(
        slug=slug,
        name=entry["name"],
        kind=OrganizationKind(entry["kind"]),
        acronym=entry.get("acronym"),
        parent=entry.get("parent"),
        aliases=tuple(entry.get("aliases", ())),
        authority=True,
    )
