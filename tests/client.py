"""A client that asks an application without a server, on the test's own thread.

Starlette's hands each request over to another thread and back eight times, which took several times as long
as most answers.
"""

import asyncio
import atexit
from functools import lru_cache
from types import TracebackType
from typing import Self
from urllib.parse import unquote

import httpx2
from starlette.applications import Starlette
from starlette.types import Message, Scope


class Client(httpx2.Client):
    """Asks `app`, which a proxy serves below `root_path`.

    What the application fails of is raised, or left to be an answer, as the network has it. An application is
    started and ended when the client is entered and left, and else neither.
    """

    def __init__(
        self,
        app: Starlette,
        *,
        root_path: str = "",
        raise_server_exceptions: bool = True,
        follow_redirects: bool = True,
    ) -> None:
        super().__init__(
            base_url="http://testserver",
            trust_env=False,
            follow_redirects=follow_redirects,
            transport=_Transport(app, root_path=root_path, raises=raise_server_exceptions),
        )
        self.app = app
        self._lifespan = app.router.lifespan_context(app)

    def __enter__(self) -> Self:
        """Start the application."""
        super().__enter__()
        _event_loop().run_until_complete(self._lifespan.__aenter__())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """End the application."""
        _event_loop().run_until_complete(self._lifespan.__aexit__(kind, error, traceback))
        super().__exit__(kind, error, traceback)


@lru_cache(maxsize=1)
def _event_loop() -> asyncio.AbstractEventLoop:
    """Return the loop of all clients of this process."""
    loop = asyncio.new_event_loop()
    atexit.register(loop.close)
    return loop


class _Transport(httpx2.BaseTransport):
    def __init__(self, app: Starlette, *, root_path: str, raises: bool) -> None:
        self._app = app
        self._root_path = root_path
        self._raises = raises

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return what the application answers, when it has answered all."""
        exchange = _Exchange(request.read())
        try:
            _event_loop().run_until_complete(self._app(self._scope(request), exchange.receive, exchange.send))
        except Exception:
            if self._raises:
                raise
        else:
            assert exchange.complete, "the application has not ended its answer"
        return httpx2.Response(
            exchange.status,
            headers=exchange.headers,
            stream=httpx2.ByteStream(exchange.body),
            request=request,
        )

    def _scope(self, request: httpx2.Request) -> Scope:
        path, _, query = request.url.raw_path.partition(b"?")
        return {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "scheme": request.url.scheme,
            "path": unquote(path),
            "raw_path": path,
            "root_path": self._root_path,
            "query_string": query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": ("testclient", 50_000),
            "server": (request.url.host, 80),
        }


class _Exchange:
    """A request on its way in and what comes out; the network sees status 500 where nothing does."""

    def __init__(self, content: bytes) -> None:
        self._incoming: list[Message] = [{"type": "http.request", "body": content}]
        self._ended = asyncio.Event()
        self._begun = False
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    @property
    def complete(self) -> bool:
        """Tell whether the application has said that this is all."""
        return self._ended.is_set()

    async def receive(self) -> Message:
        """Give the request, and then wait: the client goes when it has its answer."""
        if self._incoming:
            return self._incoming.pop()
        await self._ended.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        assert not self.complete, "more after the end"
        if message["type"] == "http.response.start":
            assert not self._begun, "begun twice"
            self._begun = True
            self.status, self.headers = message["status"], list(message["headers"])
            return
        assert (message["type"], self._begun) == ("http.response.body", True)
        self.body += message.get("body", b"")
        if not message.get("more_body", False):
            self._ended.set()
