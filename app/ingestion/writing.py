"""What becomes of linked articles: stored, or, in a dry run, only compared with what is stored."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine

from app.db.troubles import trouble_of
from app.domain.annotation import AnnotatedArticle
from app.domain.article import UnreadableArticle, UnreadableReason
from app.domain.exchange import Record, Stored, StoredArticle, StoredRecord
from app.domain.links import LinkedArticle
from app.ingestion.annotating import failed
from app.ingestion.database import writing
from app.ingestion.patience import Patience
from app.storage.copying import known_records, linked_copy
from app.storage.fingerprints import State, known_originals, known_states, state_of
from app.storage.kept_records import keep_records
from app.storage.removal import withdrawn_articles
from app.storage.runs import add_failures
from app.storage.saving import Decide, Outcome, save, take_in
from app.storage.spans import SpanMismatchError, check_spans

T = TypeVar("T")

Given = LinkedArticle | Stored
"""An article that this run annotated, or a line of an export."""

Written = list[tuple[LinkedArticle, Outcome] | UnreadableArticle]
"""What was done with each article, in order; unreadable is what could not be saved."""


class Writer(Protocol):
    """Where a run's articles go."""

    def known(self, identities: list[str]) -> dict[str, State]:
        """Return the states of those that are there."""

    def originals(self, hashes: Sequence[str], *, pipeline: str) -> Collection[str]:
        """Return the SHA-256 of the bytes of those that are there, annotated by this version."""

    def withdrawn(self, keys: list[str]) -> Collection[str]:
        """Return the keys of articles that were taken out and are not to come in again."""

    def write(self, given: Sequence[Given], refused: Sequence[UnreadableArticle]) -> Written:
        """Take a batch, and the inputs beside it that gave no article; return what was done with each."""


@dataclass(frozen=True, slots=True)
class Store:
    """Writes a batch in one transaction; one by one when that fails, to keep the others.

    `strangers` are records of an export that are others here: no article that names one is taken.
    """

    engine: Engine
    run: int
    decide: Decide = take_in
    again: bool = False  # whether withdrawn articles come in again
    patience: Patience = field(default_factory=Patience)
    strangers: set[tuple[type[Record], str]] = field(default_factory=set)

    def known(self, identities: list[str]) -> dict[str, State]:
        """Look them up."""
        return self._ask(partial(known_states, identities=identities))

    def originals(self, hashes: Sequence[str], *, pipeline: str) -> Collection[str]:
        """Look them up."""
        return self._ask(partial(known_originals, hashes=hashes, pipeline=pipeline))

    def withdrawn(self, keys: list[str]) -> Collection[str]:
        """Look them up."""
        return () if self.again else self._ask(partial(withdrawn_articles, keys=keys))

    def write(self, given: Sequence[Given], refused: Sequence[UnreadableArticle]) -> Written:
        """Save them. Raises what the database fails of, when patience does not help: that is no article's
        fault, and ends the run instead of refusing every article.
        """
        if not given and not refused:
            return []
        try:
            return self._save(given, refused)
        except Exception as error:
            if trouble_of(error) is not None:
                raise
            if len(given) > 1:
                return [
                    *self.write([], refused),
                    *(done for one in given for done in self.write([one], [])),
                ]
            if not given:
                raise
            if isinstance(given[0], StoredRecord):
                self.strangers.add(_name(given[0].record))
            failure = failed(_origin(given[0]), error, UnreadableReason.SAVING_FAILED)
            return [*self._save([], [*refused, failure]), failure]

    def _ask(self, look_up: Callable[[Connection], T]) -> T:
        def ask() -> T:
            with self.engine.begin() as connection:
                return look_up(connection)

        return self.patience.keep_trying(ask, self.engine)

    def _save(self, given: Sequence[Given], refused: Sequence[UnreadableArticle]) -> Written:
        return self.patience.keep_trying(lambda: self._save_once(given, refused), self.engine)

    def _save_once(self, given: Sequence[Given], refused: Sequence[UnreadableArticle]) -> Written:
        now = datetime.now(UTC)
        with writing(self.engine) as connection:
            keep_records(connection, [one.record for one in given if isinstance(one, StoredRecord)], now=now)
            articles = self._linked(connection, [one for one in given if not isinstance(one, StoredRecord)])
            saved = save(connection, articles, now=now, decide=self.decide, again=self.again)
            add_failures(connection, self.run, refused, now=now)
        return list(zip(articles, saved.outcomes, strict=True))

    def _linked(
        self, connection: Connection, given: Sequence[LinkedArticle | StoredArticle]
    ) -> list[LinkedArticle]:
        copies = [one for one in given if isinstance(one, StoredArticle)]
        known = known_records(connection, copies).without(self.strangers)
        return [linked_copy(one, known) if isinstance(one, StoredArticle) else one for one in given]


@dataclass(frozen=True, slots=True)
class Trial:
    """Writes nothing; tells what saving would do. `engine` is null when there is no database yet."""

    engine: Engine | None
    again: bool = False
    seen: dict[str, State] = field(default_factory=dict)  # what the run would have stored by now

    def known(self, identities: list[str]) -> dict[str, State]:
        """Look them up in the database and among what was seen."""
        stored: dict[str, State] = {}
        if self.engine is not None:
            with self.engine.begin() as connection:
                stored = known_states(connection, identities)
        return stored | {identity: self.seen[identity] for identity in identities if identity in self.seen}

    def originals(self, hashes: Sequence[str], *, pipeline: str) -> Collection[str]:
        """Look them up in the database."""
        if self.engine is None:
            return ()
        with self.engine.begin() as connection:
            return known_originals(connection, hashes, pipeline=pipeline)

    def withdrawn(self, keys: list[str]) -> Collection[str]:
        """Look them up in the database."""
        if self.again or self.engine is None:
            return ()
        with self.engine.begin() as connection:
            return withdrawn_articles(connection, keys)

    def write(self, given: Sequence[Given], refused: Sequence[UnreadableArticle]) -> Written:
        """Compare them with what is known. Of an export, records and what was found are not counted."""
        del refused
        return [self._compare(_bare(one)) for one in given if not isinstance(one, StoredRecord)]

    def _compare(self, linked: LinkedArticle) -> tuple[LinkedArticle, Outcome] | UnreadableArticle:
        article = linked.annotated.article
        try:
            check_spans(linked)
        except SpanMismatchError as error:
            return failed(article.origin, error, UnreadableReason.SAVING_FAILED)
        stored = self.known([article.identity]).get(article.identity)
        self.seen[article.identity] = state_of(article, pipeline=linked.annotated.pipeline_version)
        return linked, take_in(stored, self.seen[article.identity])


def _bare(given: LinkedArticle | StoredArticle) -> LinkedArticle:
    """Return an article of an export without its annotations: their records are in no database yet."""
    if isinstance(given, LinkedArticle):
        return given
    version = given.annotations.pipeline_version
    return LinkedArticle(annotated=AnnotatedArticle(article=given.article, pipeline_version=version))


def _origin(given: Given) -> str:
    return given.annotated.article.origin if isinstance(given, LinkedArticle) else given.origin


def _name(record: Record) -> tuple[type[Record], str]:
    return type(record), getattr(record, "slug", "")
