"""What was read, in batches of a transaction, without what is already stored as it is."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from app.domain.article import Article, UnreadableArticle
from app.storage.fingerprints import State, state_of

Answer = Article | UnreadableArticle
Known = Callable[[list[str]], dict[str, State]]
"""Gives the stored states of some identities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Inputs that were read one after the other.

    `position` tells how far the reading was behind the last of them: bytes of inputs, articles of a corpus.
    """

    changed: tuple[Article, ...]  # new, or not as they are stored
    refused: tuple[UnreadableArticle, ...]
    unchanged: int
    position: int


def batches(
    answers: Iterator[Answer], *, known: Known, size: int, pipeline: str, position: Callable[[], int]
) -> Iterator[Batch]:
    """Yield all answers in batches of `size`. `pipeline` is the version that is to annotate them."""
    while read := tuple(islice(answers, size)):
        articles = [answer for answer in read if isinstance(answer, Article)]
        stored = known([article.identity for article in articles]) if articles else {}
        full = {article.identity for article in articles if not article.summary_only}
        changed = tuple(
            article
            for article in articles
            if _is_changed(article, stored.get(article.identity), full, pipeline=pipeline)
        )
        yield Batch(
            changed=changed,
            refused=tuple(answer for answer in read if isinstance(answer, UnreadableArticle)),
            unchanged=len(articles) - len(changed),
            position=position(),
        )


def _is_changed(article: Article, stored: State | None, full: Collection[str], *, pipeline: str) -> bool:
    """Tell whether an article is to be saved: a summary takes the place of nothing that is there."""
    if article.summary_only and (stored is not None or article.identity in full):
        return False
    return stored != state_of(article, pipeline=pipeline)
