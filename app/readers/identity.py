"""What makes two inputs the same article: the canonical URL, else the outlet's own id, else the text."""

import base64
import hashlib
import re
import string
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from app.domain.names import fold

KEY_CHARS = 13  # 65 bits: among ten million articles two share a key with a chance of one in a million
LONGEST_URL = 2048  # what browsers and indexes carry
DEFAULT_PORTS = (80, 443)
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+")
ESCAPE = re.compile("%([0-9A-Fa-f]{2})?")
UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
PATH_SAFE = "/:@!$&'()*+,;=~-._%"  # RFC 3986, section 3.3: what a path holds unescaped


def identity_of(*, url: str | None, source: str | None, external_id: str | None, text_sha256: str) -> str:
    """Return the identity of an article, as `Article` describes it; `url` is one `canonical_url` takes."""
    canonical = canonical_url(url) if url else None
    if canonical:
        return f"url:{canonical}"
    outlet = fold(source) if source else ""
    if outlet and external_id:
        named = f"{outlet}:{external_id}"
        fits = len(named.encode("utf-8")) <= LONGEST_URL  # an index of PostgreSQL takes no longer one
        return f"id:{named}" if fits else f"id:{hashlib.sha256(named.encode('utf-8')).hexdigest()}"
    return f"text:{text_sha256}"


def key_of(identity: str) -> str:
    """Return the public key of an identity: 13 characters of a-z and 2-7."""
    digest = hashlib.sha256(identity.encode("utf-8")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:KEY_CHARS]


def canonical_url(url: str) -> str | None:
    """Return the form in which two addresses of one page are equal, or null when it is no web address.

    https for http; host in lower case (punycode) without "www." and default port; no user, fragment, tracking
    parameter (trackers.txt) or slash at the end; other parameters sorted; percent-encoding made uniform.
    """
    if len(url) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:  # a bad port or bracket, a label that punycode cannot hold
        return None
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(host):
        return None
    kept = "" if port is None or port in DEFAULT_PORTS else f":{port}"
    path = _uniform(re.sub("/+", "/", parts.path))
    query = _query(parts.query, host)
    canonical = f"https://{host}{kept}{path.rstrip('/')}" + (f"?{query}" if query else "")
    return canonical if len(canonical) <= LONGEST_URL else None  # escapes make it longer


def _uniform(path: str) -> str:
    """Return a path in which one character is written one way; an escaped slash stays escaped."""
    return quote(ESCAPE.sub(_unescaped, path), PATH_SAFE)


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1] is None:  # a lone percent sign
        return "%25"
    character = chr(int(escape[1], 16))
    return character if character in UNRESERVED else escape[0].upper()


def _host(given: str) -> str:
    host = given if given.isascii() else given.encode("idna").decode("ascii")
    return host.lower().rstrip(".").removeprefix("www.")


def _query(query: str, host: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted(pair for pair in pairs if not _tracks(pair[0].lower(), host))
    return urlencode(kept, errors="surrogateescape")


def _tracks(name: str, host: str) -> bool:
    return any(
        (name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern)
        and (not site or host == site or host.endswith(f".{site}"))
        for site, pattern in _trackers()
    )


@cache
def _trackers() -> tuple[tuple[str, str], ...]:
    """Return (site, name) pairs; the site is empty when the name counts everywhere."""
    lines = files("app.readers").joinpath("trackers.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.rpartition(":") for line in lines if line and not line.startswith("#"))
    return tuple((site.strip(), name.strip()) for site, _, name in pairs)
