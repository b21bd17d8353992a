"""What a worker process does with articles; it imports no more than that needs, since each loads it anew."""

from collections.abc import Callable, Sequence

from app.domain.annotation import AnnotatedArticle
from app.domain.article import Article, UnreadableArticle, UnreadableReason

Annotated = AnnotatedArticle | UnreadableArticle
Annotate = Callable[[Sequence[Article]], list[AnnotatedArticle]]
"""The pure function that is run; it has to be picklable for an executor of processes."""

LONGEST_DETAIL = 300  # characters of an exception's message


def annotate_all(articles: Sequence[Article], *, annotate: Annotate) -> list[Annotated]:
    """Annotate articles; one that fails becomes unreadable, with the reason, and the others go on."""
    try:
        return list(annotate(articles))
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not cost the other articles
        if len(articles) == 1:
            return [failed(articles[0].origin, error)]
    return [answer for article in articles for answer in annotate_all([article], annotate=annotate)]


def failed(
    origin: str, error: BaseException, reason: UnreadableReason = UnreadableReason.EXTRACTION_FAILED
) -> UnreadableArticle:
    """Return the record of what could not be taken in, because of `error`."""
    cause = getattr(error, "orig", None) or error  # SQLAlchemy's own message quotes the article
    detail = f"{type(cause).__name__}: {str(cause)[:LONGEST_DETAIL]}"
    return UnreadableArticle(origin=origin, reason=reason, detail=detail)
