"""A server before the receiver that does what servers, proxies and networks do: late, wrong, twice, or not at all."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import attrs

Answer = tuple[int, bytes]


class Request(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Fault = Callable[["_Handler", Request], None]


@attrs.define
class Unruly:
    """What it does to the next requests, in order, and what it has seen. Without a script it passes everything on."""

    upstream: str
    script: deque[Fault] = attrs.field(factory=deque)
    seen: list[Request] = attrs.field(factory=list)
    ended: threading.Event = attrs.field(factory=threading.Event)
    url: str = ""

    def does(self, *faults: Fault) -> None:
        self.script.extend(faults)

    def pass_on(self, request: Request) -> Answer:
        parts = urlsplit(self.upstream)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            connection.request(request.method, request.path, request.body, request.headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    @contextmanager
    def running(self) -> Iterator[Unruly]:
        server = _Server(("127.0.0.1", 0), _Handler)
        server.unruly = self
        self.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield self
        finally:
            self.ended.set()
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    unruly: Unruly

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: to break connections is what it is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, self.path, dict(self.headers), body)
        self.server.unruly.seen.append(request)
        script = self.server.unruly.script
        (script.popleft() if script else honest)(self, request)

    do_GET = do_PUT = do_POST = do_DELETE = _handle  # noqa: N815 - the names that the base class looks for

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def answer(self, status: int, content: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def break_off(self) -> None:
        """Reset the connection: no last packet, no farewell."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


def honest(handler: _Handler, request: Request) -> None:
    handler.answer(*handler.server.unruly.pass_on(request))


def says(status: int, content: bytes = b"", **headers: str) -> Fault:
    """Answers by itself, and passes nothing on."""
    return lambda handler, _: handler.answer(status, content, **headers)


def turns(change: Callable[[bytes], bytes]) -> Fault:
    """Passes on, and turns the answer into another."""

    def fault(handler: _Handler, request: Request) -> None:
        status, content = handler.server.unruly.pass_on(request)
        handler.answer(status, change(content))

    return fault


def resets_at_once(handler: _Handler, request: Request) -> None:
    """The request never arrives."""
    handler.break_off()


def resets_afterwards(handler: _Handler, request: Request) -> None:
    """The request is carried out, and nobody hears of it."""
    handler.server.unruly.pass_on(request)
    handler.break_off()


def resets_within(handler: _Handler, request: Request) -> None:
    """The answer breaks off in the middle."""
    status, content = handler.server.unruly.pass_on(request)
    handler.answer(status, content[: len(content) // 2], len(content))
    handler.break_off()


def cuts(handler: _Handler, request: Request) -> None:
    """The answer is shorter than it says, and the connection is closed in good order."""
    status, content = handler.server.unruly.pass_on(request)
    handler.answer(status, content[:-3], len(content))
    handler.close_connection = True


def twice(handler: _Handler, request: Request) -> None:
    """The request arrives two times, as some proxies send it."""
    handler.server.unruly.pass_on(request)
    honest(handler, request)


def hangs(handler: _Handler, request: Request) -> None:
    """Nothing comes back until the test is over."""
    handler.server.unruly.ended.wait(30)
    handler.close_connection = True


def hangs_afterwards(handler: _Handler, request: Request) -> None:
    """The request is carried out, and nothing comes back."""
    handler.server.unruly.pass_on(request)
    hangs(handler, request)


def dribbles(handler: _Handler, request: Request) -> None:
    """The answer comes blank by blank, for as long as somebody listens: no single wait is long."""
    handler.answer(200, b" ", 1_000_000)
    while not handler.server.unruly.ended.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def dribbles_headers(handler: _Handler, request: Request) -> None:
    """The headers come letter by letter: no single wait is long, and the answer in the end has nothing to read."""
    handler.wfile.write(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nX-Late: ")
    for _ in range(150):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        if handler.server.unruly.ended.wait(0.02):
            break
    handler.wfile.write(b"\r\n\r\n")


def floods(handler: _Handler, request: Request) -> None:
    """The answer has no end."""
    handler.answer(200, b" ", 1 << 40)
    while not handler.server.unruly.ended.is_set():
        handler.wfile.write(b" " * 65_536)


def late(handler: _Handler, request: Request) -> None:
    """The answer comes, after a while."""
    time.sleep(0.05)
    honest(handler, request)
