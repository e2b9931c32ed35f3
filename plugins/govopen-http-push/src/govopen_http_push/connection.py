"""One signed request and its answer: sent again where that can help, and checked before it is believed."""

from __future__ import annotations

import re
import ssl
import time
import weakref
from collections.abc import Callable

import httpx

from govopen.errors import DeliveryFailed
from govopen.texts import Message
from govopen_http_push.answers import refusal
from govopen_http_push.failures import NO_ANSWER, REFUSALS, failed
from govopen_http_push.settings import PushSettings, bad_option
from govopen_http_push.signing import BODY_HEADER, KEY_HEADER, SCHEME, TIME_HEADER, sha256
from govopen_http_push.transport import Transport

__all__ = ["Connection"]

_LARGEST = 16 * 1024 * 1024
"""Bytes of an answer. A page of the inventory is the largest there is."""

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0

_AGAIN = NO_ANSWER - {"tls"} | {"server-error"}
"""What may pass by itself. All else comes out the same the next time."""


class Connection:
    """Speaks to one server. One that nobody closes is released with its last reference.

    Args:
        settings: Where to, and how.
        clock: Seconds since 1970, for the time that is signed.
        sleep: Waits so many seconds between two attempts.

    Raises:
        InputError: An address is none, or the file of certificates holds none.
    """

    def __init__(
        self,
        settings: PushSettings,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._origin = _url("base_url", settings.origin)
        self._clock = clock
        self._sleep = sleep
        self._transport = Transport(_trust(settings), _url("proxy", settings.proxy) if settings.proxy else None)
        self._http = httpx.Client(
            transport=self._transport,
            # A proxy or password file in the environment would be asked for without anybody having said so.
            trust_env=False,
            # The signature is for this path, and the texts are for this server.
            follow_redirects=False,
            timeout=httpx.Timeout(settings.timeout, connect=settings.connect_timeout),
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "govopen-http-push"},
        )
        self._released = weakref.finalize(self, self._http.close)

    def ask(
        self, method: str, path: str, *, query: str = "", body: bytes = b"", key: str = "", patient: bool = True
    ) -> bytes:
        """Send a request and give the body of its answer.

        Args:
            method: In upper case.
            path: Below ``base_url``, such as ``/inventory``; unreserved characters and slashes only.
            query: What stands behind the question mark.
            body: What is sent.
            key: The idempotency key: the same for every attempt.
            patient: Whether to try again what may pass by itself.

        Raises:
            DeliveryFailed: There was no answer, or one that refuses.
        """
        left = self._settings.retries if patient else 0
        wait = _FIRST_WAIT
        while True:
            try:
                return self._once(method, path, query, body, key)
            except DeliveryFailed as failure:
                if failure.code not in _AGAIN or not left:
                    raise
                asked = failure.facts.get("retry_after", 0)
            left -= 1
            self._sleep(min(_LONGEST_WAIT, max(wait, asked if isinstance(asked, int) else 0)))
            wait *= 2

    def close(self) -> None:
        """Close what is open. It may be called twice."""
        self._released()

    def _once(self, method: str, path: str, query: str, body: bytes, key: str) -> bytes:
        whole = self._settings.path + path
        url = self._origin.join(whole + (f"?{query}" if query else ""))
        self._transport.deadline.begin(self._settings.timeout)
        try:
            headers = self._headers(method, whole, query, body, key)
            with self._http.stream(method, url, content=body, headers=headers) as response:
                content = _content(response)
        except httpx.TimeoutException:
            raise failed("timeout") from None
        except (httpx.ConnectError, httpx.ProxyError) as error:
            # httpx has no error of its own for a certificate, and words differ from one release to the next.
            raise failed("tls" if _is_of_tls(error) else "unreachable") from None
        except httpx.HTTPError:
            raise failed("connection-lost") from None
        return _judged(response, content)

    def _headers(self, method: str, path: str, query: str, body: bytes, key: str) -> dict[str, str]:
        now, digest = str(int(self._clock())), sha256(body)
        signature = self._settings.signer.sign(method, path, query=query, time=now, key=key, body=digest)
        headers = {"Authorization": f"{SCHEME} {signature}", TIME_HEADER: now, BODY_HEADER: digest}
        if body:
            # Firewalls for applications look at it, and take a body without one for an attack.
            headers["Content-Type"] = "application/octet-stream" if "/files/" in path else "application/json"
        if key:
            headers[KEY_HEADER] = key
        return headers


def _url(option: str, value: str) -> httpx.URL:
    try:
        return httpx.URL(value)
    except httpx.InvalidURL:
        raise bad_option(
            option,
            Message(
                "可接受：主机名合乎规定的地址。", "Accepted: an address with the name of a host that there can be."
            ),
        ) from None


def _trust(settings: PushSettings) -> ssl.SSLContext:
    if settings.ca_file is not None:
        try:
            return ssl.create_default_context(cafile=settings.ca_file)
        except (ssl.SSLError, OSError):
            raise bad_option(
                "ca_file",
                Message(
                    "可接受：可读的 PEM 格式证书文件。", "Accepted: a file with certificates in PEM, which can be read."
                ),
            ) from None
    # Reading the usual certificates takes longer than a delivery, and without TLS nobody asks for them.
    if settings.origin.startswith("https:") or settings.proxy:
        return httpx.create_ssl_context(trust_env=False)
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _content(response: httpx.Response) -> bytes:
    """The body. One without end is not kept."""
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > _LARGEST:
            raise failed("bad-answer")
    return bytes(content)


def _judged(response: httpx.Response, content: bytes) -> bytes:
    """The content of an answer that takes what was asked for."""
    status = response.status_code
    if response.is_success:
        return content
    if response.is_redirect or 300 <= status < 400:
        raise failed("redirected", status=status)
    if status >= 500:
        after = response.headers.get("Retry-After", "")
        # No more digits than a wait can have: Python refuses to read a number of some thousands.
        seconds = int(after) if re.fullmatch(r"[0-9]{1,6}", after) else 0
        raise failed("server-error", status=status, retry_after=seconds)
    said = REFUSALS.get(refusal(content), "")
    if status in {401, 403} and said != "clock-differs":
        said = "unauthorised"
    elif status == 413:
        said = "too-large"
    raise failed(said or "refused", status=status)


def _is_of_tls(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
