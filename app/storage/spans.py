"""The promise that every span holds: `text[start:end]` are the stored words."""

from collections.abc import Iterator

from app.domain.annotation import Field
from app.domain.article import Article
from app.domain.links import LinkedArticle
from app.domain.span import Span


class SpanMismatchError(ValueError):
    """A span lies outside its field, or the words in it are not the stored ones."""


def field_text(article: Article, field: Field) -> str:
    """Return the string in which spans of `field` count."""
    return article.text if field is Field.TEXT else article.title or ""


def check_spans(linked: LinkedArticle) -> None:
    """Raise SpanMismatchError, naming article and span but no words, unless every span holds."""
    article = linked.annotated.article
    inside = {Field.TEXT.value: article.text, Field.TITLE.value: article.title or ""}
    for field, (start, end), words in _stored(linked):
        held = inside[field]
        if not 0 <= start < end <= len(held):
            raise SpanMismatchError(f"article {article.key}: {field} {(start, end)} lies outside its field")
        if words is not None and held[start:end] != words:
            raise SpanMismatchError(f"article {article.key}: {field} {(start, end)} holds other words")


def _stored(linked: LinkedArticle) -> Iterator[tuple[str, Span, str | None]]:
    """Yield every span with its field and, when they were handed on apart from it, its words."""
    annotated, text = linked.annotated, Field.TEXT.value
    for statement in (linked_statement.statement for linked_statement in linked.statements):
        if not statement.content:
            raise SpanMismatchError(f"article {annotated.article.key}: a statement without content")
        for span in (*statement.content, *statement.cue, *statement.source):
            yield text, span, None
    for person in annotated.people:
        for mention in person.mentions:
            yield mention.field, mention.span, None
    for evidence in (one for topic in annotated.topics for one in topic.evidence):
        yield evidence.field, evidence.span, None
    for place in (linked_place.mention for linked_place in linked.places):
        yield place.field, place.span, place.text
    for organization in (linked_organization.mention for linked_organization in linked.organizations):
        yield organization.field, organization.span, organization.text
