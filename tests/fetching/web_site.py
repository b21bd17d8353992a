"""A real web site on this machine: paths lead to answers that a test chooses, and it keeps what was asked."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext

from app.fetching.addresses import Resolve, resolve_name
from app.fetching.fetcher import Fetcher
from app.fetching.limits import Limits
from app.fetching.pacing import Pace

MakeFetcher = Callable[..., Fetcher]
Handle = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """`pages` may change while it serves; `asked` are the paths in the order in which they were asked for."""

    host: str = "127.0.0.1"
    scheme: str = "http"
    port: int = 0
    pages: dict[str, Handle] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.scheme}://{self.host}:{self.port}{path}"

    def pages_asked(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]


def answer(
    body: str | bytes = b"", *, status: int = 200, media: str | None = "text/html", **headers: str
) -> Handle:
    """Return what answers so; `Retry_After="1"` gives the header Retry-After."""
    data = body.encode() if isinstance(body, str) else body

    def handle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        if media is not None:
            request.send_header("Content-Type", media)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return handle


def redirect(where: str, *, status: int = 302) -> Handle:
    return answer(status=status, Location=where)


def in_turn(*handles: Handle) -> Handle:
    """Return what answers as the first of `handles`, then as the second; the last one stays."""
    left = list(handles)

    def handle(request: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return handle


@contextmanager
def serving(pages: Mapping[str, Handle], *, tls: SSLContext | None = None) -> Iterator[Site]:
    site = Site(pages=dict(pages), scheme="https" if tls else "http")
    nothing = answer(status=404)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            try:
                site.pages.get(self.path, nothing)(self)
            except OSError:  # whoever asked has gone
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((site.host, 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # a refused handshake is what tests want
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Clock:
    """A clock that stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def waited(self) -> float:
        return round(sum(self.slept), 3)


def fetcher_for(site: Site, clock: Clock, *, resolve: Resolve = resolve_name, **options: object) -> Fetcher:
    """Return a fetcher that may ask the site; options are those of `Limits`."""
    given: dict[str, object] = {
        "contact": "desk@herald.example",
        "version": "1.2.3",
        "ports": frozenset({site.port}),
        "private_open": True,
    } | options
    limits = Limits(**given)  # type: ignore[arg-type] # options as a test names them
    return Fetcher(limits, pace=Pace(clock=clock, sleep=clock.sleep), resolve=resolve)
