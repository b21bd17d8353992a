"""Fetching from a real server on this machine."""

import gzip
import socket
import ssl
import time
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from app.domain.article import UnreadableReason
from app.fetching.errors import NotFetched
from app.fetching.fetcher import Fetched, Fetcher, Validators
from tests.fetching.web_site import Clock, MakeFetcher, Site, answer, in_turn, redirect, serving

PAGES = frozenset({"text/html"})
CERTIFICATE = Path(__file__).with_name("localhost.pem")


def refusal(fetcher: Fetcher, url: str) -> NotFetched:
    with pytest.raises(NotFetched) as error:
        fetcher.fetch(url, media=PAGES)
    return error.value


def test_a_page_comes_with_what_its_headers_say(site: Site, fetcher: MakeFetcher) -> None:
    site.pages["/a?b=c"] = answer("<p>No.", media='Text/HTML; charset="windows-1252"', ETag='"1"')
    fetched = fetcher().fetch(site.url("/a?b=c#d"), media=PAGES)
    assert fetched == Fetched(
        url=site.url("/a?b=c"),
        media_type="text/html",
        charset="windows-1252",
        body=b"<p>No.",
        validators=Validators(etag='"1"'),
    )
    asked = site.headers[-1]
    assert asked["user-agent"] == "Dateline/1.2.3 (+desk@herald.example)"
    assert asked["host"] == f"127.0.0.1:{site.port}"


def test_the_machine_that_was_checked_is_the_one_that_is_asked(site: Site, fetcher: MakeFetcher) -> None:
    looked_up: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) < 3 else ["169.254.169.254"]

    site.pages["/"] = answer("yes")
    made = fetcher(resolve=rebinding)
    assert made.fetch(f"http://herald.example:{site.port}/", media=PAGES).body == b"yes"
    assert looked_up == ["herald.example"] * 2  # once for the page, once for robots.txt, never to connect
    assert {asked["host"] for asked in site.headers} == {f"herald.example:{site.port}"}
    error = refusal(made, f"http://herald.example:{site.port}/")
    assert "169.254.169.254, an address of a cloud's metadata service" in error.detail
    assert site.asked == ["/robots.txt", "/"]


def test_a_machine_that_cannot_be_reached_gives_way_to_the_next(site: Site, fetcher: MakeFetcher) -> None:
    site.pages["/"] = answer("yes")
    made = fetcher(resolve=lambda *_: ["::1", "127.0.0.2", "127.0.0.1"])  # the site is at the last one only
    assert made.fetch(f"http://herald.example:{site.port}/", media=PAGES).body == b"yes"


def test_this_machine_is_asked_only_by_a_setting(site: Site, fetcher: MakeFetcher) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
        error = refusal(fetcher(private_open=False), f"http://{host}:{site.port}/")
        assert error.reason is UnreadableReason.FETCH_REFUSED
    assert site.asked == []


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("http://169.254.169.254/latest/meta-data", "port 80"),
        ("http://169.254.169.254:{port}/", "metadata service"),
        ("http://100.64.0.1:{port}/", "a carrier's shared one"),
        ("http://[64:ff9b::7f00:1]:{port}/", "an IPv4 address within an IPv6 one"),
        ("http://0.0.0.0:{port}/", "unspecified"),
        ("//224.0.0.1:{port}/", "multicast"),
        ("http://ana:secret@127.0.0.1:{port}/", "password"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://127.0.0.1/", "only http and https"),
    ],
)
def test_each_redirection_is_checked(site: Site, fetcher: MakeFetcher, where: str, words: str) -> None:
    site.pages["/"] = redirect(where.format(port=site.port))
    error = refusal(fetcher(), site.url("/"))
    assert error.reason is UnreadableReason.FETCH_REFUSED
    assert words in error.detail
    assert site.pages_asked() == ["/"]


def test_a_redirected_name_is_looked_up_and_refused(site: Site, fetcher: MakeFetcher) -> None:
    machines = {"open.example": ["127.0.0.1"], "closed.example": ["10.0.0.1", "169.254.169.254"]}
    site.pages["/"] = redirect(f"http://closed.example:{site.port}/")
    made = fetcher(resolve=lambda host, _: machines[host])
    assert "169.254.169.254" in refusal(made, f"http://open.example:{site.port}/").detail


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirections_are_followed(site: Site, fetcher: MakeFetcher, status: int) -> None:
    site.pages |= {"/a": redirect("b", status=status), "/b": redirect("/c#part"), "/c": answer("here")}
    fetched = fetcher().fetch(site.url("/a"), media=PAGES)
    assert (fetched.url, fetched.body) == (site.url("/c"), b"here")


def test_a_circle_of_redirections_ends(site: Site, fetcher: MakeFetcher) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    error = refusal(fetcher(), site.url("/a"))
    assert (error.reason, error.detail) == (
        UnreadableReason.FETCH_FAILED,
        "it was redirected more than 5 times",
    )
    assert len(site.pages_asked()) == 6


@pytest.mark.parametrize(
    ("page", "reason", "words"),
    [
        (answer(b"a" * 2_000), UnreadableReason.TOO_LONG, "more than 1000 bytes"),
        (
            answer(gzip.compress(b"a" * 9_000_000, mtime=0), Content_Encoding="gzip"),
            UnreadableReason.TOO_LONG,
            "more than 1000 bytes",
        ),
        (
            answer(gzip.compress(b"a", mtime=0)[:-2], Content_Encoding="gzip"),
            UnreadableReason.BAD_COMPRESSION,
            "early",
        ),
        (answer(b"a", Content_Encoding="br"), UnreadableReason.UNSUPPORTED, "'br' was not asked for"),
        (answer(b"a", media="video/mp4"), UnreadableReason.UNSUPPORTED, "'video/mp4', which is not read"),
        (answer(b"a", media=None), UnreadableReason.UNSUPPORTED, "content type is ''"),
        (answer(b"a", Content_Length="9"), UnreadableReason.FETCH_FAILED, "broke off"),
        (answer(status=404), UnreadableReason.FETCH_FAILED, "the server answered 404 Not Found"),
        (answer(status=304), UnreadableReason.FETCH_FAILED, "304 Not Modified"),
        (answer(status=302), UnreadableReason.FETCH_FAILED, "302 Found"),
        (answer(status=599), UnreadableReason.FETCH_FAILED, "the server answered 599"),
        (lambda request: request.wfile.write(b"hello\r\n\r\n"), UnreadableReason.FETCH_FAILED, "not HTTP"),
        (lambda request: request.connection.close(), UnreadableReason.FETCH_FAILED, "not HTTP"),
    ],
)
def test_what_a_server_can_do_wrong(
    site: Site, fetcher: MakeFetcher, page: object, reason: UnreadableReason, words: str
) -> None:
    site.pages["/"] = page  # type: ignore[assignment] # a handler
    error = refusal(fetcher(most_bytes=1_000), site.url("/"))
    assert (error.reason, words in error.detail) == (reason, True), error.detail


def drip(request: BaseHTTPRequestHandler, *, begun: bytes, data: bytes) -> None:
    request.wfile.write(begun)
    for number in range(len(data)):
        request.wfile.write(data[number : number + 1])
        time.sleep(0.02)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.mark.parametrize(
    "slow",
    [
        pytest.param(partial(drip, begun=b"HTTP/1.1 200 OK\r\n", data=b"X: y\r\n" * 99), id="headers"),
        pytest.param(partial(drip, begun=HEAD, data=b"a" * 999), id="body"),
        pytest.param(
            partial(drip, begun=HEAD[:-2] + b"Transfer-Encoding: chunked\r\n\r\n", data=b"1\r\na\r\n" * 200),
            id="chunks",
        ),
    ],
)
def test_an_answer_that_drips_in_is_given_up(site: Site, fetcher: MakeFetcher, slow: object) -> None:
    site.pages["/"] = slow  # type: ignore[assignment] # a handler
    error = refusal(fetcher(whole_seconds=0.3), site.url("/"))
    assert (error.reason, error.detail) == (UnreadableReason.FETCH_FAILED, "it took longer than 0.3 seconds")


@pytest.mark.parametrize("begun", [b"", HEAD + b"a"])
def test_a_silent_server_is_given_up(site: Site, fetcher: MakeFetcher, begun: bytes) -> None:
    def silent(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(begun)
        request.wfile.flush()
        time.sleep(0.5)

    site.pages["/"] = silent
    error = refusal(fetcher(read_seconds=0.2), site.url("/"))
    assert (error.reason, error.detail) == (
        UnreadableReason.FETCH_FAILED,
        "the server did not answer in time",
    )


def test_a_port_where_nobody_listens(fetcher: MakeFetcher) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        error = refusal(fetcher(ports=frozenset({port})), f"http://127.0.0.1:{port}/")
    assert error.reason is UnreadableReason.FETCH_FAILED
    assert "no connection: Connection refused" in error.detail


def test_a_busy_site_is_asked_again_when_it_says(site: Site, fetcher: MakeFetcher, clock: Clock) -> None:
    site.pages["/"] = in_turn(
        answer(status=429, Retry_After="7"), answer(status=503), answer("at last", Last_Modified="then")
    )
    fetched = fetcher(delay_seconds=0).fetch(site.url("/"), media=PAGES)
    assert (fetched.body, fetched.validators) == (b"at last", Validators(last_modified="then"))
    assert clock.waited == 7 + 4


def test_a_site_that_stays_busy_is_given_up(site: Site, fetcher: MakeFetcher) -> None:
    site.pages["/"] = answer(status=503)
    error = refusal(fetcher(), site.url("/"))
    assert (error.reason, error.detail) == (
        UnreadableReason.FETCH_FAILED,
        "the server answered 503 Service Unavailable 3 times",
    )
    assert len(site.pages_asked()) == 3


def test_a_site_that_wants_an_hour_is_left_alone(site: Site, fetcher: MakeFetcher) -> None:
    site.pages |= {"/": answer(status=429, Retry_After="3600"), "/other": answer("yes")}
    made = fetcher()
    assert "no request for the next 3600 seconds" in refusal(made, site.url("/")).detail
    assert "no request for the next 3600 seconds" in refusal(made, site.url("/other")).detail
    assert site.pages_asked() == ["/"]


def test_requests_to_one_site_keep_their_distance(site: Site, fetcher: MakeFetcher, clock: Clock) -> None:
    site.pages |= {"/a": answer("a"), "/b": answer("b")}
    made = fetcher(delay_seconds=3)
    for path in ("/a", "/b", "/b"):
        made.fetch(site.url(path), media=PAGES)
    assert clock.waited == 9  # after robots.txt too
    assert site.asked == ["/robots.txt", "/a", "/b", "/b"]


ROBOTS = """
User-agent: *
Disallow: /closed

User-agent: dateline
Disallow: /*/print
Allow: /a/print$
Crawl-delay: 5
"""


def test_the_rules_of_a_site_are_kept(site: Site, fetcher: MakeFetcher, clock: Clock) -> None:
    site.pages["/robots.txt"] = answer(ROBOTS, media="text/plain")
    for path in ("/a", "/a/print", "/closed"):
        site.pages[path] = answer("yes")
    made = fetcher(delay_seconds=0)
    assert made.fetch(site.url("/a"), media=PAGES).body == b"yes"
    assert made.fetch(site.url("/a/print"), media=PAGES).body == b"yes"
    assert made.fetch(site.url("/closed"), media=PAGES).body == b"yes"  # our own group takes the place of all
    error = refusal(made, site.url("/b/print"))
    assert (error.reason, error.detail) == (
        UnreadableReason.FETCH_REFUSED,
        "robots.txt of the site does not allow it",
    )
    assert site.asked == ["/robots.txt", "/a", "/a/print", "/closed"]
    assert clock.waited == 10  # Crawl-delay, from the first page on


def test_a_redirection_to_what_the_rules_forbid_is_not_followed(site: Site, fetcher: MakeFetcher) -> None:
    site.pages |= {
        "/robots.txt": answer("User-agent: *\nDisallow: /closed"),
        "/a": redirect("/closed"),
        "/closed": answer("yes"),
    }
    assert refusal(fetcher(), site.url("/a")).reason is UnreadableReason.FETCH_REFUSED
    assert site.pages_asked() == ["/a"]


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_site_without_rules_allows_everything(site: Site, fetcher: MakeFetcher, status: int) -> None:
    site.pages |= {"/robots.txt": answer(status=status), "/a": answer("yes")}
    assert fetcher().fetch(site.url("/a"), media=PAGES).body == b"yes"


def test_rules_may_be_redirected(site: Site, fetcher: MakeFetcher) -> None:
    site.pages |= {
        "/robots.txt": redirect("/rules"),
        "/rules": answer("User-agent: *\nDisallow: /"),
        "/a": answer("yes"),
    }
    assert "does not allow" in refusal(fetcher(), site.url("/a")).detail


@pytest.mark.parametrize("page", [answer(status=500), answer(status=503), redirect("http://10.0.0.1:1/")])
def test_rules_that_cannot_be_read_forbid_everything_for_now(
    site: Site, fetcher: MakeFetcher, page: object
) -> None:
    site.pages |= {"/robots.txt": page, "/a": answer("yes")}  # type: ignore[dict-item] # a handler
    made = fetcher()
    error = refusal(made, site.url("/a"))
    assert error.reason is UnreadableReason.FETCH_FAILED
    assert "robots.txt of the site cannot be read" in error.detail
    asked = len(site.asked)
    refusal(made, site.url("/a"))
    assert len(site.asked) == asked
    assert site.pages_asked() == []


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: MakeFetcher) -> None:
    def page(request: BaseHTTPRequestHandler) -> None:
        same = request.headers.get("If-None-Match") == '"1"'
        (answer(status=304) if same else answer("new", ETag='"1"', Last_Modified="then"))(request)

    site.pages["/"] = page
    made = fetcher()
    first = made.fetch_if_changed(site.url("/"), media=PAGES, known=Validators())
    assert first is not None
    assert first.validators == Validators(etag='"1"', last_modified="then")
    assert made.fetch_if_changed(site.url("/"), media=PAGES, known=first.validators) is None
    assert site.headers[-1]["if-modified-since"] == "then"
    other = made.fetch_if_changed(site.url("/"), media=PAGES, known=Validators(etag='"2"'))
    assert other is not None


@pytest.mark.parametrize("etag", ["x" * 2_000, "a\x01b"])
def test_a_validator_that_cannot_be_kept_is_not(site: Site, fetcher: MakeFetcher, etag: str) -> None:
    site.pages["/"] = answer("yes", ETag=etag)
    assert fetcher().fetch(site.url("/"), media=PAGES).validators == Validators()


def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_certificates_are_those_of_the_name(fetcher: MakeFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving({"/": answer("yes")}, tls=tls(CERTIFICATE)) as secure:
        made = fetcher(ports=frozenset({secure.port}), resolve=lambda *_: ["127.0.0.1"])
        assert made.fetch(f"https://localhost:{secure.port}/", media=PAGES).body == b"yes"
        error = refusal(made, f"https://herald.example:{secure.port}/")
        assert "Hostname mismatch" in error.detail
        monkeypatch.delenv("SSL_CERT_FILE")
        error = refusal(fetcher(ports=frozenset({secure.port})), f"https://localhost:{secure.port}/")
        assert "self-signed certificate" in error.detail
    assert error.reason is UnreadableReason.FETCH_FAILED
