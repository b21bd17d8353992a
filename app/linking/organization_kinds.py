"""What the words of a name tell: the kind of an organization, or that it names none by itself."""

from functools import cache
from importlib.resources import files

from app.domain.links import OrganizationKind
from app.domain.names import fold

_FILE = "organization_kinds.tsv"  # kind and word, the first line that fits decides
_GENERIC = "generic_names.txt"
_AT_END = "* "
_AT_START = " *"


def kind_by_name(name: str) -> OrganizationKind:
    """Return the kind that the first fitting line of the list gives, else `other`."""
    padded = f" {fold(name)} "
    for kind, word in _rules():
        if word.startswith(_AT_END):
            if padded.endswith(f" {word.removeprefix(_AT_END)} "):
                return kind
        elif f" {word} " in padded:
            return kind
    return OrganizationKind.OTHER


def is_generic(folded: str) -> bool:
    """Tell whether many bear a folded name ("Police Department"), or it is that of a text ("... Act")."""
    names = _generic()
    words = folded.split()
    lengths = [length for length in (1, 2) if length < len(words)]
    ends = any(f"{_AT_END}{' '.join(words[-length:])}" in names for length in lengths)
    starts = any(f"{' '.join(words[:length])}{_AT_START}" in names for length in lengths)
    return folded in names or ends or starts


@cache
def _generic() -> frozenset[str]:
    lines = files("app.linking").joinpath("data", _GENERIC).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _rules() -> tuple[tuple[OrganizationKind, str], ...]:
    lines = files("app.linking").joinpath("data", _FILE).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((OrganizationKind(kind), word) for kind, word in pairs)
