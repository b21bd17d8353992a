"""What an organization is, as far as the words of its name tell."""

from functools import cache
from importlib.resources import files

from app.domain.links import OrganizationKind
from app.domain.names import fold

_FILE = "organization_kinds.tsv"  # kind and word, the first line that fits decides
_AT_END = "* "


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


@cache
def _rules() -> tuple[tuple[OrganizationKind, str], ...]:
    lines = files("app.linking").joinpath("data", _FILE).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((OrganizationKind(kind), word) for kind, word in pairs)
