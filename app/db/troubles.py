"""What a database failed of, in words: what passes by itself, what somebody has to put right.

What is an article's fault or ours, such as a value that does not fit, is no trouble of the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from app.db.lock_holder import lock_holder


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cause and what to do about it.

    `passing`: the same may succeed in a moment. `undone`: it is sure that nothing of the transaction stays;
    when a connection breaks, the commit may have been done and not been told. `reached`: the database was
    there; one that never was has more likely a wrong address.
    """

    cause: str
    advice: str
    passing: bool = False
    undone: bool = True
    reached: bool = True


LOST = Trouble("the connection broke", "see whether the server runs", passing=True, undone=False)
UNREACHED = Trouble(
    "the server cannot be reached", "see whether it runs, and the address", passing=True, reached=False
)
BUSY = Trouble("another process writes", "wait for it, or end it", passing=True)
FULL = Trouble("the disk is full", "free some space")
READ_ONLY = Trouble("the database may only be read", "name one that may be written, or allow it")
FORBIDDEN = Trouble("this user may not do that", "grant it, or name another user")
BROKEN = Trouble("the database's files cannot be read or written", "see to its disk, then `dateline verify`")
UNKNOWN = Trouble("the database failed", "see what it says")

POSTGRESQL: Mapping[str, Trouble] = {
    "08": LOST,
    "25006": READ_ONLY,
    "25P03": LOST,  # idle_in_transaction_session_timeout
    "28": Trouble("the server refuses this user", "see user and password"),
    "3D000": Trouble("there is no such database", "make it with `createdb`"),
    "40": Trouble("another transaction was in the way", "try again", passing=True),
    "42501": FORBIDDEN,
    "42P01": Trouble("tables of this version are missing", "run `dateline db upgrade`"),
    "53": Trouble("the server is short of something", "see what it says"),
    "53100": FULL,
    "53300": Trouble("the server has too many connections", "raise max_connections", passing=True),
    "55P03": BUSY,
    "57014": Trouble(
        "a statement took longer than statement_timeout, or waited so long for another job",
        "raise it for this user, or lower DATELINE_BATCH_SIZE",
        passing=True,
    ),
    "57P": Trouble("the server is being stopped or started", "start it", passing=True, undone=False),
    "58": BROKEN,
    "XX": BROKEN,
}
"""By the first characters of SQLSTATE; the longest that fits counts."""

OF_AN_ARTICLE = ("54",)  # OperationalErrors all the same: a value is larger than an index or a column takes

SQLITE: Mapping[int, Trouble] = {
    3: FORBIDDEN,  # SQLITE_PERM
    5: BUSY,  # SQLITE_BUSY
    6: BUSY,  # SQLITE_LOCKED
    8: READ_ONLY,  # SQLITE_READONLY
    10: BROKEN,  # SQLITE_IOERR
    11: BROKEN,  # SQLITE_CORRUPT
    13: FULL,  # SQLITE_FULL
    14: Trouble(
        "the file cannot be opened or made", "see whether its folder is there and may be written"
    ),  # SQLITE_CANTOPEN
    15: BUSY,  # SQLITE_PROTOCOL
    26: Trouble("the file is no database", "name another one"),  # SQLITE_NOTADB
}
"""By the result code without what extends it."""

STARTING = "the database system is"  # what a server says to whoever connects while it starts or stops
NO_SLOT = "too many clients", "connection slots"


def trouble_of(error: BaseException) -> Trouble | None:
    """Return what the database failed of; null for any other error.

    COPY goes past SQLAlchemy, so a driver's own error is told as well.
    """
    cause = getattr(error, "orig", None) or error
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        found = SQLITE.get(code & 0xFF)
    elif (state := getattr(cause, "sqlstate", None)) is not None:
        if state.startswith(OF_AN_ARTICLE):
            return None
        found = next((POSTGRESQL[state[:n]] for n in (5, 3, 2) if state[:n] in POSTGRESQL), None)
    else:
        found = _of_no_code(error, str(cause))
    if found is None and isinstance(error, OperationalError | InterfaceError):
        return UNKNOWN
    return found


def _of_no_code(error: BaseException, said: str) -> Trouble | None:
    """Tell by what is known of a connection: a driver has no code for one that broke, or never was."""
    if not isinstance(error, DBAPIError):
        return None
    if error.connection_invalidated:
        return LOST
    if not said.startswith("connection"):
        return None
    if STARTING in said:
        return POSTGRESQL["57P"]
    return POSTGRESQL["53300"] if any(words in said for words in NO_SLOT) else UNREACHED


def in_words(error: BaseException, url: URL) -> str | None:
    """Return what the database at `url` failed of, in its own words too, and what to do; who has the lock,
    where that can be told. Null for an error that is none of a database.
    """
    cause: Any = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split())
    trouble = trouble_of(error)
    if trouble is None:
        return said if isinstance(error, DBAPIError) else None
    holder = lock_holder(url) if trouble is BUSY else None
    return f"{trouble.cause}{f', {holder}' if holder else ''} ({said}): {trouble.advice}"
