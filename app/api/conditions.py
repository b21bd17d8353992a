"""Conditional requests (RFC 9110, 13): what tells two states of an answer apart, and what a client has.

Answers from the corpus change only with its revision. So their tag is made of the revision, the query as it
is understood and the version of the product, before any other row is read.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.routing import APIRoute
from sqlalchemy import Connection
from starlette.datastructures import Headers

from app.api.pagination import own_path
from app.api.strictness import accepted_parameters
from app.queries.status import corpus_state

_STATE = corpus_state()
_TAG = re.compile(r'(?:W/)?("[^"]*")')
_ONE_SECOND = timedelta(seconds=1)  # what dates in headers can tell apart


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells a state of an answer from others: its tag, and since when it has stood.

    `revision` is that of the corpus, null when the answer does not depend on it.
    """

    etag: str
    modified: datetime | None
    revision: int | None = None

    def headers(self) -> dict[str, str]:
        """Return them as headers. A state younger than a second has no date: another may share that date."""
        headers = {"ETag": self.etag}
        if self.modified is not None and datetime.now(UTC) - self.modified >= _ONE_SECOND:
            headers["Last-Modified"] = format_datetime(self.modified.astimezone(UTC), usegmt=True)
        return headers


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a client has already: answers with these tags, any at all, or one of a date."""

    tags: frozenset[str]
    anything: bool
    since: datetime | None

    def __bool__(self) -> bool:
        return bool(self.tags or self.anything or self.since)

    @classmethod
    def of(cls, headers: Headers) -> "Conditions":
        """Return the conditions of a request; a date does not count beside tags."""
        asked = headers.getlist("If-None-Match")
        if not asked:
            return cls(frozenset(), anything=False, since=_date(headers.get("If-Modified-Since")))
        return cls(
            frozenset(_TAG.findall(", ".join(asked))),
            anything=any(value.strip() == "*" for value in asked),
            since=None,
        )

    def names(self, etag: str) -> bool:
        """Tell whether the client has just this answer, and so has been given it: by weak comparison."""
        return etag.removeprefix("W/") in self.tags

    def met_by(self, validators: Validators) -> bool:
        """Tell whether nothing is new to the client, supposing that there is an answer at all."""
        if self.names(validators.etag) or self.anything:
            return True
        modified = validators.modified
        return (
            self.since is not None and modified is not None and modified.replace(microsecond=0) <= self.since
        )


def _date(text: str | None) -> datetime | None:
    """Return the instant of a header; one that cannot be read is no condition."""
    try:
        found = None if text is None else parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found is None or found.tzinfo is not None else found.replace(tzinfo=UTC)


def corpus_validators(connection: Connection, request: Request) -> Validators:
    """Return the validators of an answer that is made from the corpus; reads one row."""
    state = connection.execute(_STATE).one_or_none()
    return validators_at(request, *((None, None) if state is None else state))


def validators_at(request: Request, revision: int | None, committed_at: datetime | None) -> Validators:
    """Return the validators of an answer from the corpus at a revision; none before the first commit."""
    asked = [request.app.version, own_path(request), _understood(request)]
    digest = hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]
    return Validators(f'W/"{revision or 0}-{digest}"', committed_at, revision)


def _understood(request: Request) -> list[tuple[str, str]]:
    """Return the parameters in one order, without repetitions and those that say what is true anyway."""
    route: APIRoute = request.scope["route"]
    defaults: Mapping[str, str] = accepted_parameters(route).defaults
    given = parse_qsl(request.scope["query_string"].decode("latin-1"))
    return sorted({(name, value) for name, value in given if defaults.get(name) != value})
