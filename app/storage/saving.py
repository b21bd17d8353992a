"""Saving articles: what is new, unchanged or replaced, in few statements a batch."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.db.models.article import Article as ArticleRow
from app.db.search_index import Searched, add_to_index
from app.domain.links import LinkedArticle
from app.storage.article_rows import Stamp, add_article_rows
from app.storage.bulk import among, pieces
from app.storage.cards import add_cards
from app.storage.corrections.applying import corrected
from app.storage.fingerprints import State, state_of
from app.storage.ids import free_ids
from app.storage.mention_rows import add_mention_rows
from app.storage.merging import Target, lead_other_slugs
from app.storage.people import link_earlier_mentions
from app.storage.records import Records, ensure_records, speakers_of
from app.storage.references import references_to
from app.storage.removal import remove_articles, restore, withdraw_statements, withdrawn_articles
from app.storage.revision import raise_revision
from app.storage.rows import Rows, insert_all, no_rows
from app.storage.spans import check_spans
from app.storage.statement_keys import statement_keys
from app.storage.statement_rows import add_statement_rows, words_of
from app.storage.stories import join_stories
from app.storage.story_rows import add_quotation_rows, add_story_rows


class Outcome(StrEnum):
    """What saving an article did."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"  # taken out by a person: it is not brought back


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did to each article, in the order given."""

    outcomes: tuple[Outcome, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many articles had this outcome."""
        return self.outcomes.count(outcome)


WRITTEN = frozenset({Outcome.NEW, Outcome.REPLACED})

Decide = Callable[[State | None, State], Outcome]
"""Given the state that is stored, if any, and the one that is at hand: what is to be done."""


def take_in(stored: State | None, given: State) -> Outcome:
    """Decide as ingestion does: what is not there as given is written."""
    if stored is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if stored == given else Outcome.REPLACED


def renew(stored: State | None, given: State) -> Outcome:
    """Decide for an article that was annotated again: one that is other by now, or gone, is left alone."""
    same = stored is not None and stored.fingerprint == given.fingerprint
    return Outcome.REPLACED if same else Outcome.UNCHANGED


def replace_always(stored: State | None, given: State) -> Outcome:
    """Decide for a stored article that is read back: what people decided since is to be put on top."""
    del stored, given
    return Outcome.REPLACED


class _Stored(NamedTuple):
    id: int
    state: State
    ingested_at: datetime


def save(
    connection: Connection,
    articles: Sequence[LinkedArticle],
    *,
    now: datetime,
    decide: Decide = take_in,
    again: bool = False,
) -> Saved:
    """Write the articles in the caller's transaction; the same again changes no row.

    An article that differs from the stored one of its identity replaces it whole. One that was withdrawn
    stays out, unless it is to come in `again`. `now` is the instant kept as that of ingestion. Raises
    SpanMismatchError when a span does not hold, ValueError when a record cannot be: then the caller rolls
    back.
    """
    outcomes: list[Outcome] = []
    for run in _without_repeats(articles):
        with _uncollected():
            outcomes += _save(connection, run, now=now, decide=decide, again=again)
    if set(outcomes) & WRITTEN:
        raise_revision(connection, now=now)
    return Saved(tuple(outcomes))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: it would walk through rows by the ten thousand, none of it garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _without_repeats(articles: Sequence[LinkedArticle]) -> Iterator[list[LinkedArticle]]:
    """Yield the articles in runs that name no identity twice: the later one has to find the earlier."""
    run: dict[str, LinkedArticle] = {}
    for linked in articles:
        identity = linked.annotated.article.identity
        if identity in run:
            yield list(run.values())
            run = {}
        run[identity] = linked
    if run:
        yield list(run.values())


def _save(
    connection: Connection, articles: list[LinkedArticle], *, now: datetime, decide: Decide, again: bool
) -> list[Outcome]:
    stored = _stored(connection, [linked.annotated.article.identity for linked in articles])
    states = [
        state_of(linked.annotated.article, pipeline=linked.annotated.pipeline_version) for linked in articles
    ]
    keys = [linked.annotated.article.key for linked in articles]
    gone = {} if again else withdrawn_articles(connection, keys)
    before = [stored.get(linked.annotated.article.identity) for linked in articles]
    outcomes = [
        Outcome.WITHDRAWN if key in gone else decide(was.state if was else None, state)
        for key, was, state in zip(keys, before, states, strict=True)
    ]
    written = [at for at, outcome in enumerate(outcomes) if outcome in WRITTEN]
    _write(
        connection,
        [articles[at] for at in written],
        states=[states[at] for at in written],
        before=[before[at] for at in written],
        now=now,
    )
    return outcomes


def _stored(connection: Connection, identities: list[str]) -> dict[str, _Stored]:
    stored = {}
    for piece in pieces(identities):
        query = select(
            ArticleRow.identity,
            ArticleRow.id,
            ArticleRow.fingerprint,
            ArticleRow.pipeline_version,
            ArticleRow.ingested_at,
        ).where(among(connection, ArticleRow.identity, piece))
        stored.update(
            {
                row.identity: _Stored(row.id, State(row.fingerprint, row.pipeline_version), row.ingested_at)
                for row in connection.execute(query)
            }
        )
    return stored


def _write(
    connection: Connection,
    articles: list[LinkedArticle],
    *,
    states: list[State],
    before: list[_Stored | None],
    now: datetime,
) -> None:
    """Write articles that are new or differ; those that stood before are taken out first."""
    for linked in articles:
        check_spans(linked)
    old_keys = remove_articles(connection, [was.id for was in before if was])
    ids = free_ids(connection, [linked.annotated.article for linked in articles])
    stamps = [
        Stamp(
            id=id_, fingerprint=state.fingerprint, ingested_at=was.ingested_at if was else now, updated_at=now
        )
        for id_, state, was in zip(ids, states, before, strict=True)
    ]
    words = [words_of(linked) for linked in articles]
    keys = [
        statement_keys(linked.annotated.article.key, said)
        for linked, said in zip(articles, words, strict=True)
    ]
    articles = corrected(connection, articles, keys)
    records = ensure_records(connection, articles)
    link_earlier_mentions(connection, records.people)
    rows = _rows(articles, stamps, keys, words, records)
    add_cards(rows, rows, references_to(records))
    insert_all(connection, rows)
    join_stories(connection, ids)
    add_to_index(connection, [_searched(*pair) for pair in zip(articles, ids, strict=True)])
    standing = {linked.annotated.article.key for linked in articles}.union(*keys)
    lead_other_slugs(connection, _other_slugs(articles, records))
    withdraw_statements(connection, [key for key in old_keys if key not in standing], now=now)
    restore(connection, standing)


def _other_slugs(articles: list[LinkedArticle], records: Records) -> dict[str, Target]:
    """Return the speakers to whom the slugs of other names lead."""
    named = ((record.name_slug, records.speaker(record)) for record in speakers_of(articles))
    return {slug: Target(row.id, row.slug) for slug, row in named if slug is not None and slug != row.slug}


def _rows(
    articles: list[LinkedArticle],
    stamps: list[Stamp],
    keys: list[list[str]],
    words: list[list[str]],
    records: Records,
) -> Rows:
    """Return the rows of all articles, in the order of their ids: tables and indexes grow at the end."""
    rows = no_rows()
    in_order = sorted(zip(articles, stamps, keys, words, strict=True), key=lambda each: each[1].id)
    for linked, stamp, its_keys, said in in_order:
        mentioned = add_mention_rows(rows, linked, stamp.id, records=records)
        speakers = add_statement_rows(rows, linked, stamp.id, records=records, keys=its_keys)
        add_article_rows(rows, linked, stamp, records=records, speakers=speakers, mentioned=mentioned)
        add_story_rows(rows, linked.annotated, stamp.id)
        add_quotation_rows(rows, linked, stamp.id, said)
    return rows


def _searched(linked: LinkedArticle, id_: int) -> Searched:
    article = linked.annotated.article
    return Searched(article_id=id_, title=article.title, text=article.text)
