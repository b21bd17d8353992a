"""Linking with what this version knows."""

from functools import lru_cache

from app.domain.annotation import AnnotatedArticle
from app.domain.links import LinkedArticle
from app.linking.article import Indexes, link_article, load_indexes


def link(annotated: AnnotatedArticle) -> LinkedArticle:
    """Return the article with its mentions linked."""
    return link_article(annotated, indexes=_indexes())


@lru_cache(maxsize=1)
def _indexes() -> Indexes:
    """Load them when the first article needs them, which takes seconds: a run that finds nothing new does
    without.
    """
    return load_indexes()
