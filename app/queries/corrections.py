"""What people decided about a statement."""

from sqlalchemy import and_, or_, select

from app.db.models.corpus import RecordKind, SlugRedirect
from app.db.models.correction import Correction
from app.domain.corrections import Correctable, CorrectionAction
from app.queries.associations import Query


def about_statement(key: str, article: str, limit: int) -> Query:
    """Return the decisions about a statement, and about who anybody is in its article, newest first.

    `now` is the slug to which that of the speaker after a decision leads, null where it leads nowhere else.
    """
    row = Correction
    after = row.after["slug"].as_string()
    merged = and_(SlugRedirect.kind == RecordKind.SPEAKER, SlugRedirect.slug == after)
    own = and_(row.of == Correctable.STATEMENT, row.subject == key)
    of_speakers = and_(row.of == Correctable.SPEAKER, row.article == article, row.action.in_(_IN_ARTICLES))
    return (
        select(
            row.key,
            row.made_at,
            row.made_by,
            row.reason,
            row.of,
            row.subject,
            row.action,
            row.before,
            row.after,
            SlugRedirect.target.label("now"),
        )
        .outerjoin(SlugRedirect, merged)
        .where(or_(own, of_speakers))
        .order_by(row.made_at.desc(), row.key.desc())
        .limit(limit)
    )


_IN_ARTICLES = (CorrectionAction.SPLIT, CorrectionAction.UNDO)
