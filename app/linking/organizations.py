"""Which organization a name means: by the authority file, else by the name itself, else it stays open."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.annotation import OrganizationMention
from app.domain.links import LinkedOrganizationMention, OrganizationKind, OrganizationRecord, Outcome
from app.domain.names import fold, slugify
from app.linking.authority import Authority, is_acronym
from app.linking.organization_kinds import kind_by_name

# "ACLU of Texas": organizations of these kinds have chapters. The Supreme Court of a state is none.
_WITH_CHAPTERS = frozenset(
    {
        OrganizationKind.ADVOCACY_GROUP,
        OrganizationKind.UNION,
        OrganizationKind.PARTY,
        OrganizationKind.RELIGIOUS,
    }
)
_CHAPTER = re.compile(r"(?P<whole>.+?)(?P<of> of | in )(?P<part>(?:the |[A-Z]).+)")
_POSSESSIVE = re.compile(r"['’]s?$")
_THE = re.compile(r"the\s+", re.IGNORECASE)
_LONGEST_ACRONYM = 5  # letters; longer words in capitals are names


@dataclass(frozen=True, slots=True)
class Decision:
    """A record, or why there is none."""

    outcome: Outcome
    record: OrganizationRecord | None = None
    reason: str | None = None


def link_organizations(
    mentions: Sequence[OrganizationMention], *, authority: Authority
) -> tuple[LinkedOrganizationMention, ...]:
    """Return the mentions in order, each with its record, or ambiguous or unlinked with the reason."""
    defined = definitions(mentions)
    certain = _certain_slugs((mention.full_name for mention in mentions), authority)
    linked = []
    for mention in mentions:
        found = decide(mention.text, authority=authority, defined=defined, certain=certain)
        linked.append(
            LinkedOrganizationMention(
                mention=mention, outcome=found.outcome, organization=found.record, reason=found.reason
            )
        )
    return tuple(linked)


def definitions(mentions: Iterable[OrganizationMention]) -> dict[str, str]:
    """Return the long forms that the article gives to its short ones, by the folded short form."""
    defined: dict[str, str] = {}
    for mention in mentions:
        short = fold(clean(mention.text))
        if short != fold(clean(mention.full_name)):
            defined.setdefault(short, clean(mention.full_name))
    return defined


def certain_slugs(mentions: Iterable[OrganizationMention], authority: Authority) -> frozenset[str]:
    """Return the slugs of the authority records that the article names without doubt."""
    return _certain_slugs((mention.full_name for mention in mentions), authority)


def _certain_slugs(names: Iterable[str], authority: Authority) -> frozenset[str]:
    found = (authority.named(clean(name)) for name in set(names))
    return frozenset(records[0].slug for records in found if len(records) == 1)


def decide(
    name: str, *, authority: Authority, defined: Mapping[str, str], certain: frozenset[str] = frozenset()
) -> Decision:
    """Return the record that a name means in an article with these definitions and certain records."""
    short = clean(name)
    full = defined.get(fold(short), short)
    if not fold(full):
        return Decision(Outcome.UNLINKED, reason="no letters")
    records = authority.named(full)
    if len(records) > 1:
        records = tuple(record for record in records if record.slug in certain) or records
    if len(records) == 1:
        return Decision(Outcome.LINKED, records[0])
    if records:
        names = ", ".join(record.name for record in records)
        return Decision(Outcome.AMBIGUOUS, reason=f"one of {names}")
    if is_acronym(full) and sum(map(str.isalpha, full)) <= _LONGEST_ACRONYM:
        return Decision(
            Outcome.UNLINKED, reason="neither the article nor the authority file explains the acronym"
        )
    return Decision(Outcome.LINKED, _chapter(full, short, authority) or _by_name(full, short))


def clean(name: str) -> str:
    """Return the name on one line, without "the" before it and a possessive behind it."""
    bare = _POSSESSIVE.sub("", " ".join(name.split()))
    return bare[found.end() :] if (found := _THE.match(bare)) else bare


def _chapter(full: str, short: str, authority: Authority) -> OrganizationRecord | None:
    """Return the record of a chapter ("ACLU of Texas") of an organization that has some."""
    found = _CHAPTER.fullmatch(full)
    whole = authority.named(found["whole"]) if found else ()
    if found is None or len(whole) != 1 or whole[0].kind not in _WITH_CHAPTERS:
        return None
    name = f"{whole[0].name}{found['of']}{found['part']}"
    return OrganizationRecord(
        slug=slugify(name),
        name=name,
        kind=whole[0].kind,
        parent=whole[0].slug,
        aliases=_other_names(name, (full, short)),
    )


def _by_name(full: str, short: str) -> OrganizationRecord:
    acronym = short if is_acronym(short) and fold(short) != fold(full) else None
    return OrganizationRecord(
        slug=slugify(full),
        name=full,
        kind=kind_by_name(full),
        acronym=acronym,
        aliases=_other_names(full, (short,)) if acronym is None else (),
    )


def _other_names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for other in others if fold(other) != fold(name)))
