"""Requests that end without a body: the client has the answer already, or asked for its headers alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

from app.api.caching import corpus_control
from app.api.conditions import Conditions, Validators
from app.api.recollection import Key, Lookups, Records

JSON = "application/json"
_OK, _NOT_MODIFIED = 200, 304


@dataclass(slots=True)
class Exchange:
    """What the client has, whether it wants a body, and what tells the answer from others, once it is read.

    A request that wants all of an answer needs the validators at its end only: a list reads them along with
    its total.
    """

    conditions: Conditions
    bodiless: bool
    cache_control: str
    lookups: Lookups
    validators: Validators | None = None

    @property
    def revision(self) -> int | None:
        """That of the corpus, null as long as nobody has read it."""
        return None if self.validators is None else self.validators.revision

    def headers(self) -> dict[str, str]:
        """Return the headers by which the answer can be kept and asked for again."""
        assert self.validators is not None  # noqa: S101 - `answer` reads them when nobody else has
        return {"Cache-Control": self.cache_control, **self.validators.headers()}

    def recall(self, keys: Iterable[Key]) -> dict[Key, Records] | None:
        """Return what is remembered of all the keys, null when something has to be looked up."""
        return self.lookups.recall(keys, revision=self.revision)

    def is_known(self) -> bool:
        """Tell whether the client has just this answer."""
        return self.validators is not None and self.conditions.names(self.validators.etag)


class SettledError(Exception):
    """What was asked for is there, and the client needs no body of it: `status` is 200 or 304."""

    def __init__(self, status: int, media_type: str) -> None:
        super().__init__(status)
        self.status = status
        self.media_type = media_type


def begin(request: Request) -> Exchange:
    """Return what a request has and wants; `settle` goes by it."""
    exchange = Exchange(
        conditions=Conditions.of(request.headers),
        bodiless=request.scope["state"].get("bodiless", False),
        cache_control=corpus_control(request),
        lookups=request.app.state.memory.lookups(),
    )
    request.state.exchange = exchange
    return exchange


def settle(request: Request, media_type: str = JSON) -> None:
    """End a request that needs no body, now that what it asks for is known to be there.

    To be called where all look-ups are done and the reading of what fills the body begins.
    Raises SettledError, which `app.api.dependencies.answer` answers.
    """
    exchange: Exchange = request.state.exchange
    if exchange.validators is not None and exchange.conditions.met_by(exchange.validators):
        raise SettledError(_NOT_MODIFIED, media_type)
    if exchange.bodiless:
        raise SettledError(_OK, media_type)


def not_modified(exchange: Exchange) -> Response:
    """Return that the client has the answer already."""
    return without_body(exchange, _NOT_MODIFIED, None)


def without_body(exchange: Exchange, status: int, media_type: str | None) -> Response:
    """Return an answer of headers only, without the length of a body which nobody made."""
    response = Response(None, status, exchange.headers(), media_type if status == _OK else None)
    if "Content-Length" in response.headers:
        del response.headers["Content-Length"]
    return response
