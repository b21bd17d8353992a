"""In what role an article presents a speaker: a closed list, by rules that can be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from app.domain.links import OrganizationKind, OrganizationRecord, RoleCategory
from app.domain.names import fold
from app.linking.gazetteer import Gazetteer
from app.linking.office_holders import EXECUTIVE, Term
from app.linking.state_names import state_in

_FILE = "role_titles.tsv"
# What an organization that speaks is, by its kind; agencies by their names.
_BY_KIND: Mapping[OrganizationKind, RoleCategory] = {
    OrganizationKind.LEGISLATURE: RoleCategory.LEGISLATOR,
    OrganizationKind.COMMITTEE: RoleCategory.LEGISLATOR,
    OrganizationKind.COURT: RoleCategory.JUDGE,
    OrganizationKind.COMPANY: RoleCategory.BUSINESS,
    OrganizationKind.ADVOCACY_GROUP: RoleCategory.ADVOCACY,
    OrganizationKind.UNION: RoleCategory.UNION,
    OrganizationKind.OUTLET: RoleCategory.MEDIA,
    OrganizationKind.UNIVERSITY: RoleCategory.ACADEMIC,
    OrganizationKind.RESEARCH: RoleCategory.ACADEMIC,
    OrganizationKind.RELIGIOUS: RoleCategory.RELIGIOUS,
    OrganizationKind.PARTY: RoleCategory.OTHER,
    OrganizationKind.INTERNATIONAL: RoleCategory.OTHER,
}


class _Rule(NamedTuple):
    category: RoleCategory
    title: re.Pattern[str] | None
    affiliation: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """How an article presents a person: title and affiliation, the record of that, the words beside the name.

    `term` is the seat or office held on the day; `is_holder` tells whether any ever was.
    """

    title: str | None = None
    affiliation: str | None = None
    organization: OrganizationRecord | None = None
    beside: str = ""
    term: Term | None = None
    is_holder: bool = False


def role_of_person(presented: Presented, *, gazetteer: Gazetteer) -> RoleCategory:
    """Return the role of a person: by the office held on the day, else by what is printed, else unknown."""
    if presented.term is not None:
        return role_of_term(presented.term)
    title, affiliation = presented.title or "", presented.affiliation
    if title or affiliation:
        marked = f"@holder {fold(title)}" if presented.is_holder else _marked(title, gazetteer)
        found = _by_rules(marked, _body(affiliation, presented.organization, gazetteer))
        # A title that no line knows says more than none: it is some other role.
        return RoleCategory.OTHER if found is RoleCategory.UNKNOWN and title else found
    return _by_rules(_marked(presented.beside, gazetteer), fold(presented.beside))


def role_of_organization(organization: OrganizationRecord, *, gazetteer: Gazetteer) -> RoleCategory:
    """Return the role of an organization that speaks."""
    if organization.kind in _BY_KIND:
        return _BY_KIND[organization.kind]
    found = _by_rules("", _body(organization.name, organization, gazetteer))
    return RoleCategory.OTHER if found is RoleCategory.UNKNOWN else found


def role_of_term(term: Term) -> RoleCategory:
    """Return the role of whoever holds a seat or office."""
    if term.office in EXECUTIVE:
        return RoleCategory.FEDERAL_GOVERNMENT
    return RoleCategory.LEGISLATOR


def _by_rules(title: str, body: str) -> RoleCategory:
    for rule in _rules():
        if (rule.title is None or rule.title.search(title)) and (
            rule.affiliation is None or rule.affiliation.search(body)
        ):
            return rule.category
    return RoleCategory.UNKNOWN


def _body(affiliation: str | None, organization: OrganizationRecord | None, gazetteer: Gazetteer) -> str:
    """Return the folded words of an affiliation and of its record: name, kind, whether it is federal."""
    words = _marked(affiliation or "", gazetteer)
    if organization is None:
        return words
    federal = " @federal" if organization.authority and organization.kind is OrganizationKind.AGENCY else ""
    return f"{words} {fold(organization.name)}{federal} kind {organization.kind}"


def _marked(words: str, gazetteer: Gazetteer) -> str:
    """Return the folded words, behind "@st" when they name a state of the United States."""
    folded = fold(words)
    return f"@st {folded}" if words and state_in(words, gazetteer=gazetteer) else folded


@cache
def _rules() -> tuple[_Rule, ...]:
    lines = files("app.linking").joinpath("data", _FILE).read_text(encoding="utf-8").splitlines()
    rules = []
    for line in lines:
        if line and not line.startswith("#"):
            category, title, affiliation = (*line.split("\t"), "")[:3]
            rules.append(_Rule(RoleCategory(category), _pattern(title), _pattern(affiliation)))
    return tuple(rules)


def _pattern(cell: str) -> re.Pattern[str] | None:
    return re.compile(cell) if cell else None
