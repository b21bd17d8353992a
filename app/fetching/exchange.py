"""One request to one machine, and its answer: bounded in time and size, with no name looked up again."""

import socket
import ssl
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, ProtocolError
from urllib3.exceptions import TimeoutError as SlowError
from urllib3.response import BaseHTTPResponse

from app.domain.article import UnreadableReason
from app.fetching.addresses import Target
from app.fetching.errors import NotFetched, failed
from app.fetching.limits import Limits
from app.fetching.unpacking import ACCEPTED, whole_body

OK = 200
PIECE_BYTES = 1 << 16
LONGEST_MESSAGE = 200  # characters of a library's own words
MOST_MACHINES = 4  # of a name that are tried, one after the other


@dataclass(frozen=True, slots=True)
class Answer:
    """What a machine answered; `body` is empty unless the status is 200. Names of `headers` in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(
    target: Target,
    *,
    limits: Limits,
    media: Collection[str] | None,
    fields: Mapping[str, str] | None = None,
) -> Answer:
    """Send a GET with `fields` beside our own to the first of the target's machines that can be reached.

    `media` are the content types of which the body is read, null for all. Raises NotFetched (FETCH_FAILED,
    TOO_LONG, BAD_COMPRESSION, UNSUPPORTED).
    """
    with _troubles(), closing(_connected(target, limits)) as connection, _watched(connection, limits):
        own = {"Host": target.site, "User-Agent": limits.user_agent, "Accept-Encoding": ACCEPTED}
        connection.request("GET", target.path, headers=own | dict(fields or {}), preload_content=False)
        connection.timeout = limits.read_seconds
        with closing(connection.getresponse()) as response:
            body = b""
            if response.status == OK:
                _refuse_media(response, media)
                encoding = response.headers.get("Content-Encoding", "")
                body = whole_body(_pieces(response), encoding=encoding, most=limits.most_bytes)
            return Answer(response.status, response.headers, body)


def media_type(headers: Mapping[str, str]) -> str:
    """Return the content type without its parameters, in lower case; empty when there is none."""
    return headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _connected(target: Target, limits: Limits) -> HTTPConnection:
    """Return a connection to one of the machines that were checked."""
    trouble: Exception = OSError("it has no address")
    for machine in target.machines[:MOST_MACHINES]:
        connection = _connection(target, machine, limits)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            trouble = error
        else:
            return connection
    raise trouble


def _connection(target: Target, machine: str, limits: Limits) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(machine, target.port, timeout=limits.connect_seconds)
    return HTTPSConnection(
        machine,
        target.port,
        timeout=limits.connect_seconds,
        server_hostname=target.host,  # whose certificate it must be: the name's, not the machine's
        ssl_context=ssl.create_default_context(),
        cert_reqs=ssl.CERT_REQUIRED,
    )


@contextmanager
def _watched(connection: HTTPConnection, limits: Limits) -> Iterator[None]:
    """Cut the connection when the time for all is over, however slowly the bytes drip in till then."""
    over = threading.Event()
    sock = connection.sock

    def cut() -> None:
        over.set()
        try:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:  # it has ended by itself
            return

    watch = threading.Timer(limits.whole_seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    except Exception:
        if not over.is_set():
            raise
    finally:
        watch.cancel()
    if over.is_set():
        raise failed(f"it took longer than {limits.whole_seconds:g} seconds")


@contextmanager
def _troubles() -> Iterator[None]:
    """Turn what a network can raise into NotFetched."""
    try:
        yield
    except NewConnectionError as error:  # a kind of SlowError
        raise failed(f"no connection: {_words(error.__cause__ or error)}") from None
    except (TimeoutError, SlowError):
        raise failed("the server did not answer in time") from None
    except (ProtocolError, HTTPException):
        raise failed("the answer broke off, or is not HTTP") from None
    except (HTTPError, OSError) as error:
        raise failed(f"the connection failed: {_words(error)}") from None


def _words(error: BaseException) -> str:
    said = getattr(error, "verify_message", None) or getattr(error, "strerror", None) or str(error)
    return " ".join(said.split())[:LONGEST_MESSAGE]


def _pieces(response: BaseHTTPResponse) -> Iterator[bytes]:
    while piece := response.read1(PIECE_BYTES, decode_content=False):
        yield piece


def _refuse_media(response: BaseHTTPResponse, media: Collection[str] | None) -> None:
    given = media_type(response.headers)
    if media is not None and given not in media:
        detail = f"its content type is {given[:60]!r}, which is not read here"
        raise NotFetched(UnreadableReason.UNSUPPORTED, detail)
