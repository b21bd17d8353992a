import socket

import pytest

from app.domain.article import UnreadableReason
from app.fetching.addresses import target_of, without_credentials
from app.fetching.errors import NotFetched
from app.fetching.limits import Limits

LIMITS = Limits(contact="desk@herald.example", version="1")


def public(_host: str, _port: int) -> list[str]:
    return ["93.184.216.34"]


@pytest.mark.parametrize(
    ("url", "host", "port", "site", "path"),
    [
        ("http://Herald.example", "herald.example", 80, "herald.example", "/"),
        ("https://herald.example/a?b=c#d", "herald.example", 443, "herald.example", "/a?b=c"),
        ("https://herald.example:80/", "herald.example", 80, "herald.example:80", "/"),
        (
            "http://herald.example/a b/ü%20é?q=ñ",
            "herald.example",
            80,
            "herald.example",
            "/a%20b/%C3%BC%20%C3%A9?q=%C3%B1",
        ),
        ("http://münchen.example/", "xn--mnchen-3ya.example", 80, "xn--mnchen-3ya.example", "/"),
        ("http://[2606:4700::1111]/", "2606:4700::1111", 80, "[2606:4700::1111]", "/"),
    ],
)
def test_an_address_is_taken_apart(url: str, host: str, port: int, site: str, path: str) -> None:
    target = target_of(url, limits=LIMITS, resolve=public)
    assert (target.host, target.port, target.site, target.path) == (host, port, site, path)
    assert target.machines == ("93.184.216.34",)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://herald.example/a", "only http and https are fetched, not 'ftp'"),
        ("file:///etc/passwd", "not 'file'"),
        ("gopher://herald.example", "not 'gopher'"),
        ("//herald.example/a", "not 'this'"),
        ("http://ana:secret@herald.example/", "user name or a password"),
        ("http://@herald.example/", "user name or a password"),
        ("http://herald.example:22/", "port 22 is not one"),
        ("http://herald.example:99999/", "not a web address"),
        ("http://herald.example:0/", "port 0 is not one"),
        ("http://herald.example/\udcff", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http://", "not a web address"),
        (f"http://herald.example/{'a' * 3_000}", "not a web address"),
    ],
)
def test_what_is_no_address_of_the_open_web_is_not_asked(url: str, words: str) -> None:
    with pytest.raises(NotFetched) as error:
        target_of(url, limits=LIMITS, resolve=public)
    assert words in error.value.detail
    assert "secret" not in error.value.detail
    assert error.value.reason is UnreadableReason.FETCH_REFUSED


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ],
)
def test_this_machine_is_known_however_it_is_written(host: str) -> None:
    def resolve(name: str, port: int) -> list[str]:
        return [str(found[4][0]) for found in socket.getaddrinfo(name, port)]

    with pytest.raises(NotFetched, match="is not asked") as error:
        target_of(f"http://{host}/", limits=LIMITS, resolve=resolve)
    assert error.value.reason is UnreadableReason.FETCH_REFUSED


def test_a_name_with_one_closed_machine_is_closed() -> None:
    with pytest.raises(NotFetched, match=r"herald.example is at 10.0.0.1, which is private"):
        target_of("http://herald.example/", limits=LIMITS, resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])


@pytest.mark.parametrize(
    "error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("long"), ValueError("NUL")]
)
def test_a_name_that_leads_nowhere_may_do_so_later(error: Exception) -> None:
    def resolve(*_: object) -> list[str]:
        raise error

    with pytest.raises(NotFetched, match="leads nowhere") as raised:
        target_of("http://herald.example/", limits=LIMITS, resolve=resolve)
    assert raised.value.reason is UnreadableReason.FETCH_FAILED


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://ana:secret@herald.example/a@b", "http://herald.example/a@b"),
        ("http://ana:se@cret@herald.example", "http://herald.example"),
        ("http://herald.example/a", "http://herald.example/a"),
    ],
)
def test_credentials_are_not_shown(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
