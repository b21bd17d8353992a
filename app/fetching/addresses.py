"""An address as it is given to the machines that it leads to, each of them checked."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from app.fetching.errors import failed, forbidden
from app.fetching.limits import Limits
from app.fetching.networks import why_closed

LONGEST_URL = 2048  # what browsers and servers carry
DEFAULT_PORTS = {"http": 80, "https": 443}
UNESCAPED = "/:@!$&'()*+,;=~-._%?[]"  # what the path and the query of an address hold as they are

Resolve = Callable[[str, int], list[str]]
"""Gives the IP addresses of a name. Raises OSError when there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes: `machines` are IP addresses that were checked; no other is connected to."""

    scheme: str
    host: str
    port: int
    site: str  # host and port, without the scheme's own port, as the Host field has it
    path: str  # with the query
    machines: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Return scheme and site."""
        return f"{self.scheme}://{self.site}"

    @property
    def url(self) -> str:
        """Return the address without its fragment."""
        return f"{self.origin}{self.path}"


def resolve_name(host: str, port: int) -> list[str]:
    """Return the IP addresses of `host` in the order in which they are to be tried. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def target_of(url: str, *, limits: Limits, resolve: Resolve) -> Target:
    """Return where a request for `url` may go.

    Raises NotFetched: FETCH_REFUSED for an address that must not be asked, FETCH_FAILED for an unknown name.
    A name one of whose machines is closed is closed as a whole.
    """
    try:
        parts = urlsplit(url.strip())
        host, port, path = _host(parts.hostname or ""), parts.port, _path(parts)
    except ValueError:  # a bad port or bracket, a label that punycode cannot hold, half a character
        raise forbidden("the address is not a web address") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise forbidden(f"only http and https are fetched, not {parts.scheme[:40] or 'this'!r}")
    if parts.username is not None or parts.password is not None:
        raise forbidden("the address holds a user name or a password")
    if not host or len(url) > LONGEST_URL:
        raise forbidden("the address is not a web address")
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in limits.ports:
        raise forbidden(f"port {port} is not one that is fetched from (DATELINE_FETCH_PORTS)")
    shown = f"[{host}]" if ":" in host else host
    return Target(
        scheme=parts.scheme,
        host=host,
        port=port,
        site=shown if port == DEFAULT_PORTS[parts.scheme] else f"{shown}:{port}",
        path=path,
        machines=_machines(host, port, limits=limits, resolve=resolve),
    )


def without_credentials(url: str) -> str:
    """Return an address as it may be shown and stored: without a user name and password."""
    start, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{start}{mark}{authority.rpartition('@')[2]}{slash}{path}"


def _host(given: str) -> str:
    return given if given.isascii() else given.encode("idna").decode("ascii")


def _path(parts: SplitResult) -> str:
    """Return path and query in ASCII; what is escaped stays so."""
    path = quote(parts.path or "/", UNESCAPED)
    return f"{path}?{quote(parts.query, UNESCAPED)}" if parts.query else path


def _machines(host: str, port: int, *, limits: Limits, resolve: Resolve) -> tuple[str, ...]:
    try:
        machines = tuple(resolve(host, port))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be a name"
        raise failed(f"the name {host[:100]!r} leads nowhere: {reason}") from None
    if not machines:
        raise failed(f"the name {host[:100]!r} leads nowhere")
    for machine in machines:
        closed = why_closed(ip_address(machine), private_open=limits.private_open)
        if closed is not None:
            raise forbidden(f"{host} is at {machine}, {_article(closed)}: it is not asked")
    return machines


def _article(closed: str) -> str:
    return f"an address {closed}" if closed.startswith("of ") else f"which is {closed}"
