"""What lies between a request and the network: one deadline for all of it.

The limits of an HTTP client are for each wait. A server that sends a byte of its headers now and then keeps all of
them, and the request goes on for days.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

__all__ = ["Deadline", "Transport"]

_PART = 65_536
"""Bytes that are written at once."""


class Deadline(httpcore.NetworkBackend):
    """Connects, reads and writes until the deadline, and no longer. A new one has passed already."""

    def __init__(self) -> None:
        self._until = 0.0
        self._network = httpcore.SyncBackend()

    def begin(self, seconds: float) -> None:
        """Set the deadline so many seconds from now."""
        self._until = time.monotonic() + seconds

    def left(self, wanted: float | None = None) -> float:
        """How many seconds there are still, ``wanted`` at most.

        Raises:
            httpcore.ReadTimeout: None.
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if wanted is None else min(left, wanted)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        made = self._network.connect_tcp(host, port, self.left(timeout), local_address, socket_options)
        return _Stream(made, self)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In parts: the limit of a write is for each packet, which a server may take as slowly as it likes.
        for start in range(0, len(buffer), _PART):
            self._stream.write(buffer[start : start + _PART], self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """A transport of httpx whose requests keep a deadline.

    Args:
        trust: Decides which certificates of servers are good.
        proxy: To go through; ``None``: none.
    """

    def __init__(self, trust: ssl.SSLContext, proxy: httpx.URL | None = None) -> None:
        self.deadline = Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust,
            proxy=httpcore.Proxy(_url(proxy)) if proxy is not None else None,
            keepalive_expiry=5.0,
            network_backend=self.deadline,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and read the headers of its answer."""
        with _errors():
            answer = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=_url(request.url),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _errors():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


@contextlib.contextmanager
def _errors() -> Iterator[None]:
    """Errors of the network as those of httpx, in the kinds that are told apart here."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout("") from error
    # Names of hosts are looked up in an encoding that not all of them have.
    except (httpcore.ConnectError, httpcore.ProxyError, UnicodeError) as error:
        raise httpx.ConnectError("") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.RemoteProtocolError("") from error
