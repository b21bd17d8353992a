"""Corpora of a few articles about fictional people, and what people decide about them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import RecordKind, SlugRedirect
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution, Statement
from app.domain.links import LinkedArticle
from app.ingestion.correcting import Taken, take_decisions
from app.ingestion.decisions import Action, Decision
from app.ingestion.verifying import verify_corpus
from app.storage.saving import save
from app.storage.topics import load_topics
from tests.storage.linked import TAXONOMY

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
BY, WHY = "Iris Vale", "the tape says so"
TEXT = "“We will not wait,” one said. “Not a day,” another said. “Nor an hour,” a third said."
FIRST, SECOND, THIRD = "We will not wait,", "Not a day,", "Nor an hour,"


# Of the articles about fictional people in `tests/data`.
LETTER, BUSES, LAWYERS, RULING = "3c4ws6wqfccj6", "4nvqzhtitecow", "4wi4szszxaid7", "yvfgo7crm4ifb"
HEARD, REVIEWED, WAITED = "tjsbqscaoivqko7k", "2syusaielwiabyis", "zjmysuupv4xhgfr2"
MONEY, COALITION, COMMENT = "grsc3atnikgebo54", "lakeside-migrant-coalition", "sn4k6keyklypblkp"
UNION = "american-civil-liberties-union"


def decided(action: Action, subject: str, *targets: str, **rest: Any) -> Decision:
    return Decision(action=action, subject=subject, targets=targets, by=BY, why=WHY, **rest)


DECISIONS = (
    decided(Action.SPEAKER, HEARD, "mira-stone", names=("Ola Berg",)),
    decided(Action.RETRACT, REVIEWED),
    decided(Action.CONFIRM, WAITED),
    decided(Action.MERGE_SPEAKERS, "greta-holm", "noor-haddad"),
    decided(Action.SPLIT_SPEAKER, "ana-ortega", names=("Ana Ortega",), articles=(BUSES,)),
    decided(Action.MERGE_ORGANIZATIONS, COALITION, UNION),
)


def corpus(url: str, *articles: LinkedArticle) -> Engine:
    """Return a database that holds these articles, saved one after the other."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        load_topics(connection, TAXONOMY)
    store(engine, *articles)
    return engine


def store(engine: Engine, *articles: LinkedArticle) -> None:
    for one in articles:
        with engine.begin() as connection:
            save(connection, [one], now=NOW)


def decide(engine: Engine, action: Action, subject: str, *targets: str, **rest: Any) -> Taken:
    """Take one decision, which has to be possible."""
    taken = take(engine, action, subject, *targets, **rest)
    assert taken.refused == []
    return taken


def take(engine: Engine, action: Action, subject: str, *targets: str, **rest: Any) -> Taken:
    decision = Decision(action=action, subject=subject, targets=targets, by=BY, why=WHY, **rest)
    return take_decisions([decision], engine=engine)


def refusal(engine: Engine, action: Action, subject: str, *targets: str, **rest: Any) -> str:
    """Return why a decision cannot be taken."""
    ((_, why),) = take(engine, action, subject, *targets, **rest).refused
    return why


def key_of(engine: Engine, text: str, article: str = "one") -> str:
    """Return the key of the statement of these words in an article of `read_article`."""
    query = select(Statement.key).join(Article, Article.id == Statement.article_id)
    with engine.connect() as connection:
        query = query.where(Statement.text == text, Article.key == f"key{article}")
        return connection.scalars(query).one()


def stands(engine: Engine, text: str, article: str = "one") -> tuple[str, list[str]]:
    """Return how a statement stands: its review, and the slugs of its speakers."""
    said = (
        select(Statement.review, Speaker.slug)
        .join(Article, Article.id == Statement.article_id)
        .outerjoin(
            Attribution,
            (Attribution.article_id == Statement.article_id) & (Attribution.ordinal == Statement.ordinal),
        )
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(Statement.text == text, Article.key == f"key{article}")
        .order_by(Attribution.position)
    )
    with engine.connect() as connection:
        rows = connection.execute(said).all()
    return str(rows[0].review), [row.slug for row in rows if row.slug]


def leads(engine: Engine, kind: RecordKind = RecordKind.SPEAKER) -> dict[str, str]:
    """Return where slugs lead that are no record's."""
    query = select(SlugRedirect.slug, SlugRedirect.target).where(SlugRedirect.kind == kind)
    with engine.connect() as connection:
        return dict(connection.execute(query).all())


def wrong(engine: Engine) -> list[str]:
    """Return what verification finds."""
    return [
        f"{one['wrong']}: {one['where']}: {one['detail']}" for one in verify_corpus(engine, shown=50).findings
    ]


def closing(engine: Engine) -> Iterator[Engine]:
    yield engine
    engine.dispose()
