"""What becomes of linked articles: stored, or, in a dry run, only compared with what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.domain.links import LinkedArticle
from app.ingestion.database import writing
from app.ingestion.extracting import failed
from app.storage.fingerprints import State, known_states, state_of
from app.storage.runs import add_failures
from app.storage.saving import Decide, Outcome, save, take_in
from app.storage.spans import SpanMismatchError, check_spans

Written = list[tuple[LinkedArticle, Outcome] | UnreadableArticle]
"""What was done with each article, in order; unreadable are those that could not be saved."""

LOST = (OperationalError, InterfaceError)
"""The database's troubles, not the article's: the run ends instead of refusing every article."""


class Writer(Protocol):
    """Where a run's articles go."""

    def known(self, identities: list[str]) -> dict[str, State]:
        """Return the states of those that are there."""

    def write(self, articles: Sequence[LinkedArticle], refused: Sequence[UnreadableArticle]) -> Written:
        """Take a batch, and the inputs beside it that gave no article; return what was done with each."""


@dataclass(frozen=True, slots=True)
class Store:
    """Writes a batch in one transaction; article by article when that fails, to keep the others."""

    engine: Engine
    run: int
    decide: Decide = take_in

    def known(self, identities: list[str]) -> dict[str, State]:
        """Look them up."""
        with self.engine.begin() as connection:
            return known_states(connection, identities)

    def write(self, articles: Sequence[LinkedArticle], refused: Sequence[UnreadableArticle]) -> Written:
        """Save them. Raises SQLAlchemy's OperationalError and InterfaceError when the database fails."""
        if not articles and not refused:
            return []
        try:
            return self._save(articles, refused)
        except LOST:
            raise
        except Exception as error:
            if len(articles) > 1:
                return [
                    *self.write([], refused),
                    *(done for article in articles for done in self.write([article], [])),
                ]
            if not articles:
                raise
            failure = failed(articles[0].annotated.article, error, UnreadableReason.SAVING_FAILED)
            return [*self._save([], [*refused, failure]), failure]

    def _save(self, articles: Sequence[LinkedArticle], refused: Sequence[UnreadableArticle]) -> Written:
        now = datetime.now(UTC)
        with writing(self.engine) as connection:
            saved = save(connection, articles, now=now, decide=self.decide)
            add_failures(connection, self.run, refused, now=now)
        return list(zip(articles, saved.outcomes, strict=True))


@dataclass(frozen=True, slots=True)
class Trial:
    """Writes nothing; tells what saving would do. `engine` is null when there is no database yet."""

    engine: Engine | None
    seen: dict[str, State] = field(default_factory=dict)  # what the run would have stored by now

    def known(self, identities: list[str]) -> dict[str, State]:
        """Look them up in the database and among what was seen."""
        stored: dict[str, State] = {}
        if self.engine is not None:
            with self.engine.begin() as connection:
                stored = known_states(connection, identities)
        return stored | {identity: self.seen[identity] for identity in identities if identity in self.seen}

    def write(self, articles: Sequence[LinkedArticle], refused: Sequence[UnreadableArticle]) -> Written:
        """Compare them with what is known."""
        del refused
        return [self._compare(linked, linked.annotated.article) for linked in articles]

    def _compare(
        self, linked: LinkedArticle, article: Article
    ) -> tuple[LinkedArticle, Outcome] | UnreadableArticle:
        try:
            check_spans(linked)
        except SpanMismatchError as error:
            return failed(article, error, UnreadableReason.SAVING_FAILED)
        stored = self.known([article.identity]).get(article.identity)
        self.seen[article.identity] = state_of(article, pipeline=linked.annotated.pipeline_version)
        if stored is None:
            return linked, Outcome.NEW
        same = stored == self.seen[article.identity]
        return linked, Outcome.UNCHANGED if same else Outcome.REPLACED
