"""Whether two names of a speaker mean the same one."""

from collections.abc import Iterable

from app.domain.annotation import SpeakerKind
from app.domain.links import LinkedAttribution
from app.domain.names import fold
from evaluation.news_gold import GoldSpeaker

WEAK = frozenset({"the", "of", "for", "and", "us", "a", "s"})
"""Words of a name that nobody tells it by."""


def names_of(attribution: LinkedAttribution) -> set[str]:
    """Return every name under which an attribution shows its speaker."""
    speaker = attribution.speaker
    names = {attribution.attribution.name, speaker.name}
    if speaker.organization is not None:
        names |= {speaker.organization.name, *speaker.organization.aliases}
        names |= {speaker.organization.acronym} if speaker.organization.acronym else set()
    return names


def is_same(gold: GoldSpeaker, attribution: LinkedAttribution) -> bool:
    """Tell whether an attribution means the gold speaker: the kind, and words or initials of the name."""
    if gold.kind is not attribution.speaker.kind:
        return False
    names = names_of(attribution)
    if gold.kind is SpeakerKind.ORGANIZATION and _initials(gold.name) & {fold(name) for name in names}:
        return True
    return any(_agree(gold.name, name) for name in names)


def _agree(one: str, other: str) -> bool:
    """Tell whether the words of the shorter name are all in the longer one."""
    ours, theirs = _words(one), _words(other)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split()) - WEAK


def _initials(name: str) -> set[str]:
    """Return the acronyms that a name may have."""
    words = fold(name).split()
    return {_join(words), _join(word for word in words if word not in WEAK)}


def _join(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)
