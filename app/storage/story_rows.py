"""The rows by which stories and quotations are found; pure."""

from collections.abc import Sequence
from hashlib import blake2b

from app.domain.annotation import AnnotatedArticle, StatementKind
from app.domain.copies import bands
from app.domain.links import LinkedArticle
from app.storage.rows import BANDS, QUOTATIONS, STORIES, Rows

LEAST_WORDS = 8  # of a quotation: two people may say the same few words on their own


def add_story_rows(rows: Rows, annotated: AnnotatedArticle, article_id: int) -> None:
    """Add the bands of an article, and that it tells a story alone until copies are found."""
    found = bands(annotated.article.text) if annotated.bands is None else annotated.bands
    rows[STORIES].append((article_id, article_id))
    rows[BANDS] += [(band, article_id) for band in found]


def add_quotation_rows(rows: Rows, linked: LinkedArticle, article_id: int, words: Sequence[str]) -> None:
    """Add a row for each statement that is a quotation. `words` are those of all statements, folded."""
    for ordinal, (found, said) in enumerate(zip(linked.statements, words, strict=True)):
        add_quotation_row(rows, found.statement.kind, said, at=(article_id, ordinal))


def add_quotation_row(rows: Rows, kind: StatementKind, words: str, *, at: tuple[int, ...]) -> None:
    """Add a row for a statement at `at` (article, ordinal) of a kind that quotes, and has enough words."""
    if kind is not StatementKind.INDIRECT and words.count(" ") + 1 >= LEAST_WORDS:
        rows[QUOTATIONS].append((_number(words), *at))


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest()) >> 1
