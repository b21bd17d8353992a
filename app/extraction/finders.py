"""Who finds the statements of a text, and whether this install can: loads no model."""

from importlib.util import find_spec
from pathlib import Path

FINDERS = {
    "encoder": ("app.extraction.encoder.component", "dateline_encoded_statements"),
    "rules": ("app.extraction.statements", "dateline_statements"),
}
"""Module and component, by the value of the setting `extraction_model`."""

DEFAULT_FINDER = "rules"

ENCODER_PACKAGES = ("onnxruntime", "tokenizers")
"""What the encoder needs beside the pipeline."""

WEIGHTS = Path(__file__).parent / "data/encoder"
"""Folder of the shipped networks."""

WEIGHT_FILES = ("pieces.onnx", "pairs.onnx", "tokenizer.json")


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
