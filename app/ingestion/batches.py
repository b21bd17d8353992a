"""What was read, in batches of a transaction, without what is already stored as it is."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TypeGuard

from app.domain.article import Article, UnchangedArticle, UnreadableArticle
from app.domain.exchange import Stored, StoredArticle, StoredRecord
from app.storage.fingerprints import State, state_of

Answer = Article | UnchangedArticle | UnreadableArticle | Stored
Known = Callable[[list[str]], dict[str, State]]
"""Gives the stored states of some identities."""

Withdrawn = Callable[[list[str]], Collection[str]]
"""Gives the withdrawn ones among some keys of articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Inputs that were read one after the other.

    `position` tells how far the reading was behind the last of them: bytes of inputs, articles of a corpus.
    """

    changed: tuple[Article, ...]  # new, or not as they are stored
    refused: tuple[UnreadableArticle, ...]
    unchanged: int
    position: int
    withdrawn: int = 0  # articles that a person took out
    copied: tuple[Stored, ...] = ()  # of an export; its articles are annotated and not as they are stored


def batches(
    answers: Iterator[Answer],
    *,
    known: Known,
    withdrawn: Withdrawn,
    size: int,
    pipeline: str,
    position: Callable[[], int],
) -> Iterator[Batch]:
    """Yield all answers in batches of `size`. `pipeline` is the version that is to annotate them.

    Lines of an export come in batches of their own, so that the order of the inputs holds, and its records
    in others than its articles: what they decide may change how articles stand.
    """
    for _, run in groupby(answers, key=_line_of_an_export):
        while read := tuple(islice(run, size)):
            yield _batch(read, known=known, withdrawn=withdrawn, pipeline=pipeline, position=position())


def _line_of_an_export(answer: Answer) -> type[Stored] | None:
    """Return which kind of line it is, null for any other input."""
    return type(answer) if isinstance(answer, StoredArticle | StoredRecord) else None


def _batch(
    read: Sequence[Answer], *, known: Known, withdrawn: Withdrawn, pipeline: str, position: int
) -> Batch:
    all_ = [answer for answer in read if isinstance(answer, Article | StoredArticle)]
    gone = withdrawn([article_of(each).key for each in all_]) if all_ else ()
    given = [each for each in all_ if article_of(each).key not in gone]
    stored = known([article_of(each).identity for each in given]) if given else {}
    full = {article_of(each).identity for each in given if not article_of(each).summary_only}
    changed = [each for each in given if _is_changed(article_of(each), stored, full, pipeline=pipeline)]
    return Batch(
        changed=tuple(article_of(each) for each in changed if not _is_annotated(each, pipeline)),
        refused=tuple(answer for answer in read if isinstance(answer, UnreadableArticle)),
        unchanged=len(given) - len(changed) + sum(isinstance(answer, UnchangedArticle) for answer in read),
        position=position,
        withdrawn=len(all_) - len(given),
        copied=(
            *(answer for answer in read if isinstance(answer, StoredRecord)),
            *(each for each in changed if _is_annotated(each, pipeline)),
        ),
    )


def _is_annotated(given: Article | StoredArticle, pipeline: str) -> TypeGuard[StoredArticle]:
    return isinstance(given, StoredArticle) and given.annotations.pipeline_version == pipeline


def article_of(given: Article | StoredArticle) -> Article:
    """Return the article without annotations that it may come with."""
    return given if isinstance(given, Article) else given.article


def _is_changed(article: Article, stored: dict[str, State], full: Collection[str], *, pipeline: str) -> bool:
    """Tell whether an article is to be saved: a summary takes the place of nothing that is there."""
    before = stored.get(article.identity)
    if article.summary_only and (before is not None or article.identity in full):
        return False
    return before != state_of(article, pipeline=pipeline)
