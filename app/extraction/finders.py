"""Who finds the statements of a text, and whether this install can: loads no model."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """A module and its components; `names` is null where those of the spaCy model are taken.

    `pronouns` are module and component of what tells whom pronouns stand for.
    """

    module: str
    statements: str
    names: str | None = None
    pronouns: tuple[str, str] = ("app.extraction.pronouns", "dateline_pronouns")


FINDERS = {
    "encoder": Finder(
        module="app.extraction.encoder.component",
        statements="dateline_encoded_statements",
        names="dateline_encoded_names",
        pronouns=("app.extraction.encoder.pronouns", "dateline_encoded_pronouns"),
    ),
    "rules": Finder(module="app.extraction.statements", statements="dateline_statements"),
}
"""By the value of the setting `extraction_model`."""

DEFAULT_FINDER = "encoder"

ENCODER_PACKAGES = ("onnxruntime", "tokenizers")
"""What the encoder needs beside the pipeline."""

WEIGHTS = Path(__file__).parent / "data/encoder"
"""Folder of the shipped networks."""

PRONOUN_WEIGHTS = WEIGHTS / "pronouns.npz"
"""Those of the network that tells whom pronouns stand for."""

WEIGHT_FILES = ("pieces.onnx", "pairs.onnx", "tokenizer.json", "scores.tsv", PRONOUN_WEIGHTS.name)


class FinderNotReadyError(Exception):
    """The chosen finder cannot run here; the message is a sentence for whoever set it."""


def require_finder(finder: str, weights: Path = WEIGHTS) -> None:
    """Raise FinderNotReadyError, naming the setting and what is missing, when `finder` cannot run."""
    if finder not in FINDERS:
        known = ", ".join(FINDERS)
        raise FinderNotReadyError(f"DATELINE_EXTRACTION_MODEL: {finder!r} is not one of {known}")
    if finder != "encoder":
        return
    for package in ENCODER_PACKAGES:
        if find_spec(package) is None:
            raise FinderNotReadyError(_without(f"the package {package!r}"))
    for name in WEIGHT_FILES:
        if not (weights / name).is_file():
            raise FinderNotReadyError(_without(f"the file {name} of its trained weights"))


def _without(what: str) -> str:
    return f"DATELINE_EXTRACTION_MODEL: `encoder` needs {what}, which is missing; `rules` does without"
