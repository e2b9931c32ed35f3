"""How a request is signed: what both sides of the protocol compute. Nothing but the standard library.

The README of the distribution has the protocol; this module is the part of it that must agree to the last byte.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from urllib.parse import quote, unquote_to_bytes

__all__ = [
    "BODY_HEADER",
    "KEY_HEADER",
    "PROTOCOL",
    "SCHEME",
    "SHORTEST_SECRET",
    "TIME_HEADER",
    "WINDOW",
    "Signer",
    "canonical_path",
    "item_key",
    "sha256",
]

PROTOCOL = "govopen-push-1"
"""The first line of what is signed; another version of the protocol has another."""

SCHEME = "GOVOPEN-HMAC-SHA256"
"""How the header ``Authorization`` begins."""

TIME_HEADER = "Govopen-Time"
"""When a request was sent: seconds since 1970."""

BODY_HEADER = "Govopen-Content-SHA256"
"""SHA-256 of the body."""

KEY_HEADER = "Idempotency-Key"
"""What a request is known by when it comes again."""

WINDOW = 300
"""How many seconds the clocks of both sides may be apart."""

SHORTEST_SECRET = 32
"""Bytes. An HMAC key shorter than its hash is the weaker for it (RFC 2104)."""

_HEX = re.compile(r"[0-9a-f]{64}")


def sha256(content: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def item_key(item: str) -> str:
    """What stands for an identifier in paths: safe in every URL, log and file system, whatever the identifier holds."""
    return sha256(item.encode("utf-8", errors="surrogatepass"))


def canonical_path(path: str) -> str:
    """A path with nothing but unreserved characters and slashes left plain (RFC 3986), escapes in upper case.

    Servers and proxies write escapes each in their own way; a signature over the path as it came would not hold.
    """
    return quote(unquote_to_bytes(path), safe="/")


class Signer:
    """Signs and verifies with one secret. The secret is in no ``repr``.

    Args:
        secret: At least :data:`SHORTEST_SECRET` bytes.

    Raises:
        ValueError: It is shorter. An empty one would sign, and verify what anybody signs.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"the secret has fewer than {SHORTEST_SECRET} bytes")
        self._secret = secret

    def sign(self, method: str, path: str, *, query: str, time: str, key: str, body: str) -> str:
        """The signature in lower-case hexadecimal.

        Args:
            method: In upper case.
            path: Canonical (:func:`canonical_path`), from the root of the server.
            query: What stands behind the question mark, as it is sent; empty if nothing.
            time: Seconds since 1970, as it is sent.
            key: The idempotency key; empty if the request changes nothing.
            body: SHA-256 of the body.
        """
        text = f"{PROTOCOL}\n{method}\n{path}\n{query}\n{time}\n{key}\n{body}"
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def verify(self, signature: str, method: str, path: str, *, query: str, time: str, key: str, body: str) -> bool:
        """Whether the signature is this secret's, compared in constant time."""
        own = self.sign(method, path, query=query, time=time, key=key, body=body)
        return _HEX.fullmatch(signature) is not None and hmac.compare_digest(own, signature)

    def __repr__(self) -> str:
        return "Signer(...)"
