"""What people decided and what stands: a decision that has lost its subject is told, never dropped."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from app.db.models.article import Article
from app.db.models.corpus import Withdrawal
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution, Part, Statement, StatementSpan
from app.domain.annotation import AttributionMethod
from app.domain.corrections import Correctable, Correction, CorrectionAction
from app.domain.identities import Identities, in_force, target_of
from app.domain.review import Review
from app.storage.bulk import among, pieces
from app.storage.corrections.applying import REVIEWS, splits_in
from app.storage.corrections.log import corrections_where
from app.storage.corrections.lookups import KINDS, TABLES, standing_slug
from app.storage.corrections.records import StandingRecords
from app.storage.corrections.undoing import UNDONE
from app.storage.verification.findings import Finding, Wrong


class _Standing(NamedTuple):
    """A statement as it stands: how, by whom, and whether a correction is among how the text tells it."""

    review: Review
    article: str
    speakers: list[str]
    told: bool
    waits: bool


def check_corrections(connection: Connection) -> Iterator[Finding]:
    """Yield what does not hold of what was decided, in the order in which it was."""
    made = corrections_where(connection)
    for one in made:
        if one.content_key() != one.key:
            yield Finding(Wrong.CORRECTION, f"correction {one.key}", "the key is not that of what it says")
    identities = Identities(in_force(made))
    decided = sorted(identities.in_force.values(), key=lambda one: one.order)
    own = {one.subject: one for one in decided if one.of is Correctable.STATEMENT}
    standing = _statements(connection, own)
    records = StandingRecords(connection)
    for key, one in own.items():
        yield from _statement(connection, one, standing.get(key), identities, records)
    for one in decided:
        if one.action is CorrectionAction.SPLIT:
            yield from _split(connection, one, identities)
        elif one.action is CorrectionAction.MERGE:
            yield from _merge(connection, one, identities)
    yield from _by_nobody(connection, own, identities)


def _statements(connection: Connection, keys: Mapping[str, Correction]) -> dict[str, _Standing]:
    found: dict[str, _Standing] = {}
    for piece in pieces(keys):
        found |= _read(connection, among(connection, Statement.key, piece))
    return found


def _read(connection: Connection, condition: Any) -> dict[str, _Standing]:  # noqa: ANN401 - a condition
    said = (Attribution.article_id == Statement.article_id) & (Attribution.ordinal == Statement.ordinal)
    query = (
        select(
            Statement.key,
            Statement.review,
            Article.key.label("article"),
            Article.pipeline_version,
            Speaker.slug,
            Attribution.method,
        )
        .join(Article, Article.id == Statement.article_id)
        .outerjoin(Attribution, said)
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(condition)
        .order_by(Statement.article_id, Statement.ordinal, Attribution.position)
    )
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        rows[row.key].append(row)
    return {
        key: _Standing(
            review=same[0].review,
            article=same[0].article,
            speakers=[row.slug for row in same if row.slug is not None],
            told=any(row.method is AttributionMethod.CORRECTION for row in same),
            waits=same[0].pipeline_version.endswith(UNDONE),
        )
        for key, same in rows.items()
    }


def _statement(
    connection: Connection,
    one: Correction,
    stands: _Standing | None,
    identities: Identities,
    records: StandingRecords,
) -> Iterator[Finding]:
    where = f"statement {one.subject}"
    if stands is None:
        detail = f"it was decided ({one.action}), and stands no more{_why(connection, one)}"
        yield Finding(Wrong.CORRECTION, where, detail)
        return
    if stands.review is not REVIEWS[one.action]:
        yield Finding(Wrong.CORRECTION, where, f"it is {stands.review}, not {REVIEWS[one.action]}")
    told = one.after.speakers if one.after is not None else ()
    now = [
        identities.now(Correctable.SPEAKER, each.slug, article=stands.article, since=one.order)
        for each in told
    ]
    found = [records.speaker(slug) for slug in now]
    wanted = list(
        dict.fromkeys(slug if own is None else own.slug for slug, own in zip(now, found, strict=True))
    )
    if stands.speakers != list(wanted):
        is_, be = (" and ".join(slugs) or "nobody" for slugs in (stands.speakers, wanted))
        yield Finding(Wrong.CORRECTION, where, f"it is by {is_}, not by {be}")


def _why(connection: Connection, one: Correction) -> str:
    """Return why a statement stands no more, and which one stands where it did."""
    reason = connection.scalar(select(Withdrawal.reason).where(Withdrawal.key == one.subject))
    content = one.before.content if one.before is not None else ()
    query = (
        select(Statement.key, StatementSpan.start, StatementSpan.end)
        .join(Article, Article.id == Statement.article_id)
        .join(
            StatementSpan,
            (StatementSpan.article_id == Statement.article_id) & (StatementSpan.ordinal == Statement.ordinal),
        )
        .where(Article.key == one.article, StatementSpan.part == Part.CONTENT)
        .order_by(Statement.ordinal, StatementSpan.position)
    )
    others = [
        row.key
        for row in connection.execute(query)
        if any(row.start < end and start < row.end for start, end in content)
    ]
    now = f"; where it stood there is {' and '.join(dict.fromkeys(others))}" if others else ""
    return f"{f': {reason}' if reason else ''}{now}"


def _split(connection: Connection, one: Correction, identities: Identities) -> Iterator[Finding]:
    where = f"speaker {one.subject} in article {one.article}"
    id_ = connection.scalar(select(Article.id).where(Article.key == one.article))
    if id_ is None:
        reason = connection.scalar(select(Withdrawal.reason).where(Withdrawal.key == one.article))
        detail = f"the article stands no more{f': {reason}' if reason else ''}"
        yield Finding(Wrong.CORRECTION, where, detail)
        return
    now = identities.now(Correctable.SPEAKER, one.subject, article=one.article)
    said = select(Attribution.ordinal).join(Speaker, Speaker.id == Attribution.speaker_id)
    still = said.where(Attribution.article_id == id_, Speaker.slug == one.subject).limit(1)
    if now != one.subject and connection.scalar(still) is not None:
        yield Finding(Wrong.CORRECTION, where, f"{one.subject} speaks there, not {now}")


def _merge(connection: Connection, one: Correction, identities: Identities) -> Iterator[Finding]:
    kind, where = KINDS[one.of], f"{one.of} {one.subject}"
    if standing_slug(connection, kind, identities.now(one.of, one.subject)) is None:
        yield Finding(Wrong.CORRECTION, where, f"it is {target_of(one)}, and no {one.of} has that slug")
    elif connection.scalar(select(TABLES[kind].id).where(TABLES[kind].slug == one.subject)) is not None:
        yield Finding(Wrong.CORRECTION, where, f"it is {target_of(one)}, and stands again")


def _by_nobody(
    connection: Connection, own: Mapping[str, Correction], identities: Identities
) -> Iterator[Finding]:
    """Yield statements that stand as reviewed and of which nobody decided anything."""
    for key, stands in _read(connection, Statement.review != Review.UNREVIEWED).items():
        split = stands.review is Review.CORRECTED and stands.told and splits_in(identities, stands.article)
        if key not in own and not split:
            hint = "; its article waits for `dateline reextract`" if stands.waits else ""
            detail = f"it is {stands.review}, and no correction that is in force says so{hint}"
            yield Finding(Wrong.CORRECTION, f"statement {key}", detail)
