"""Which organization a name means: by the authority file, else by the name itself, else it stays open."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.annotation import OrganizationMention
from app.domain.links import LinkedOrganizationMention, OrganizationKind, OrganizationRecord, Outcome
from app.domain.names import fold, slugify
from app.linking.authority import Authority, is_acronym
from app.linking.organization_kinds import is_generic, kind_by_name
from app.linking.organization_signs import is_organization_name

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
_THE = re.compile(r"the\s+")  # with a capital it may be part of the name: "The Hill"
_NOT_ONE_NAME = re.compile(r"[/\"“”:;|]|\.com\b|\bDepartments of\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")  # in names of reports and events
_AND = re.compile(r"\s+(?:and|&)\s+")
_SMALL_WORDS = frozenset({"and", "for", "of", "the", "us"})
_THE_DEPARTMENT = "department"
_LONGEST_ACRONYM = 5  # letters; longer words in capitals are names


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationContext:
    """What tells which organization a name means in an article.

    `defined`: its long forms by folded short form. `certain`: the slugs of the records it names without
    doubt. `not_organizations`: folded names of its people and places, which recognition mixes up with them.
    `people`: those of its people alone.
    """

    authority: Authority
    defined: Mapping[str, str] = field(default_factory=dict)
    certain: frozenset[str] = frozenset()
    not_organizations: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """A record, or why there is none."""

    outcome: Outcome
    record: OrganizationRecord | None = None
    reason: str | None = None


def link_organizations(
    mentions: Sequence[OrganizationMention], *, context: OrganizationContext
) -> tuple[LinkedOrganizationMention, ...]:
    """Return the mentions in order, each with its record, or ambiguous or unlinked with the reason."""
    found = {text: decide(text, context=context) for text in {mention.text for mention in mentions}}
    return tuple(
        LinkedOrganizationMention(
            mention=mention,
            outcome=found[mention.text].outcome,
            organization=found[mention.text].record,
            reason=found[mention.text].reason,
        )
        for mention in mentions
    )


def organization_context(
    mentions: Iterable[OrganizationMention],
    *,
    authority: Authority,
    not_organizations: frozenset[str] = frozenset(),
    people: frozenset[str] = frozenset(),
) -> OrganizationContext:
    """Return what an article's mentions of organizations say about each other."""
    defined: dict[str, str] = {}
    for mention in mentions:
        short = fold(clean(mention.text))
        if short != fold(clean(mention.full_name)):
            defined.setdefault(short, clean(mention.full_name))
    named = (authority.named(clean(name)) for name in {mention.full_name for mention in mentions})
    return OrganizationContext(
        authority=authority,
        defined=defined,
        certain=frozenset(records[0].slug for records in named if len(records) == 1),
        not_organizations=not_organizations,
        people=people,
    )


def decide(name: str, *, context: OrganizationContext) -> Decision:
    """Return the record that a name means: by the authority file, else by the name itself, if it is one."""
    short = clean(name)
    full = context.defined.get(fold(short), short)
    records = _known(full, short, context.authority)
    if not records:
        full, short = _without_adjectives(full), _without_adjectives(short)
        records = _known(full, short, context.authority)
    if len(records) > 1:
        records = tuple(record for record in records if record.slug in context.certain) or records
    if len(records) > 1:
        return Decision(Outcome.AMBIGUOUS, reason=" or ".join(record.slug for record in records))
    if records:
        return Decision(Outcome.LINKED, records[0])
    reason = _why_not(full, context)
    if reason is not None:
        return Decision(Outcome.UNLINKED, reason=reason)
    chapter = _chapter(full, short, context.authority)
    if chapter is None and not (_is_defined(full, context) or is_organization_name(full)):
        return Decision(Outcome.UNLINKED, reason="no word of the name says that it is an organization")
    return Decision(Outcome.LINKED, chapter or _by_name(full, short))


def _known(full: str, short: str, authority: Authority) -> tuple[OrganizationRecord, ...]:
    """Return the records of the authority file that a name, or its acronym with it, means."""
    return authority.named(full) or _of_possessive(full, authority) or _of_acronym(full, short, authority)


def _of_acronym(full: str, short: str, authority: Authority) -> tuple[OrganizationRecord, ...]:
    """Return the only record of an acronym that an article explains by a name with most words of the
    record's: "Government Accounting Office (GAO)".
    """
    records = authority.named(short) if is_acronym(short) and short != full else ()
    if len(records) != 1:
        return ()
    words, known = _content(full), _content(records[0].name)
    return records if 2 * len(words & known) > max(len(words), len(known)) else ()


def _content(name: str) -> set[str]:
    return set(fold(name).split()) - _SMALL_WORDS


def _why_not(name: str, context: OrganizationContext) -> str | None:
    """Return why a name outside the authority file names no organization, or not which one."""
    folded = fold(name)
    if not folded or _NOT_ONE_NAME.search(name) or _is_two_names(name, context):
        return "not one name"
    if is_generic(folded) or _YEAR.search(name):
        return "a name that many bear, or of a text"
    if folded in context.not_organizations:
        return "a person or place of that name"
    if _is_of_a_person(name, context):
        return "a body that is called after a person"
    return _why_it_tells_too_little(name)


def _why_it_tells_too_little(name: str) -> str | None:
    if is_acronym(name) and sum(map(str.isalpha, name)) <= _LONGEST_ACRONYM:
        return "neither the article nor the authority file explains the acronym"
    if len(name.split()) == 1 and len(fold(name).split()) == 1:
        return "one word that the authority file does not hold"
    first = name.split(maxsplit=1)[0]
    if first.islower() and _POSSESSIVE.search(first):  # "city's Harbor Commission"
        return "whose it is, another sentence tells"
    return None


def _is_two_names(name: str, context: OrganizationContext) -> bool:
    """Tell whether it is "Ortega Fund and AFL-CIO", "Defense and Homeland Security" or "Harbor Agency Ana
    Ortega", of a person in the article.
    """
    words = fold(name).split()
    if any(" ".join(words[at:]) in context.people for at in range(1, len(words) - 1)):
        return True
    authority = context.authority
    first, *others = _AND.split(name)
    if any(is_acronym(part) and authority.named(part) for part in (first, *others) if others):
        return True
    return is_generic(fold(first)) and bool(authority.named(f"Department of {' and '.join(others)}"))


def _is_defined(name: str, context: OrganizationContext) -> bool:
    """Tell whether the article gives the name an acronym."""
    return any(full == name and len(short) > 1 for short, full in context.defined.items())


def _is_of_a_person(name: str, context: OrganizationContext) -> bool:
    """Tell whether it is "Ortega's Senate" or "Ortega EPA", of a person in the article."""
    first, _, rest = name.partition(" ")
    if fold(_POSSESSIVE.sub("", first)) not in context.people:
        return False
    return _POSSESSIVE.search(first) is not None or bool(context.authority.named(rest))


def _of_possessive(name: str, authority: Authority) -> tuple[OrganizationRecord, ...]:
    """Return the records of the part in "the Justice Department's Office of Legal Counsel"."""
    whole, mark, part = name.replace("’", "'").partition("'s ")
    known = bool(mark) and (whole.lower() == _THE_DEPARTMENT or bool(authority.named(whole)))
    return (authority.named(part) or authority.named(f"{whole} {part}")) if known else ()


def clean(name: str) -> str:
    """Return the name on one line, without "the" before it and a possessive behind it."""
    bare = _POSSESSIVE.sub("", " ".join(name.split()))
    return bare[found.end() :] if (found := _THE.match(bare)) else bare


def _without_adjectives(name: str) -> str:
    """Return the name without the words in small letters before it: "nonpartisan Harbor Institute"."""
    words = name.split()
    start = next((at for at, word in enumerate(words) if not word.islower()), 0)
    return name if any(_POSSESSIVE.search(word) for word in words[:start]) else " ".join(words[start:])


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
