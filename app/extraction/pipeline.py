"""The pipeline: which components run, in which order, and the pure function the job calls."""

import importlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import cast

from spacy.language import Language

from app.domain.annotation import AnnotatedArticle
from app.domain.article import Article

PIPELINE_VERSION = "1.0.0"
"""Raised whenever the same text may give other annotations; `/v1/status` shows it."""

LANGUAGE = "en"
"""The only language extracted; other texts are stored and marked."""


@lru_cache(maxsize=2)
def load_pipeline(model: str) -> Language:
    """Return the spaCy pipeline of the installed package `model` with our components behind it.

    Raises ModuleNotFoundError, naming the package, when it is not installed.
    """
    raise NotImplementedError(model, importlib, cast, Iterable)


def annotate(articles: Sequence[Article], *, model: str) -> list[AnnotatedArticle]:
    """Annotate a batch, in order: a pure function, fit for any executor."""
    raise NotImplementedError(articles, model)
