"""The other side of the protocol: a WSGI application that keeps what it is sent in one file.

It is the reference for whoever speaks the protocol from a content management system, and good for trying out:

.. code-block:: sh

    python -m govopen_http_push.receiver --folder received --secret-env CMS_PUSH_SECRET

This module, ``ledger`` and ``signing`` import nothing but the standard library and each other.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from govopen_http_push.ledger import MALFORMED, Ledger, RefusedError, Shown
from govopen_http_push.signing import SCHEME, SHORTEST_SECRET, WINDOW, Signer, canonical_path, sha256

__all__ = ["Receiver", "main", "serving"]

_KEY = re.compile(r"[0-9a-f]{64}")
_BATCH = re.compile(
    rf"/batches/(?P<batch>[0-9a-f]{{32}})(?:/(?P<what>files|items)/(?P<name>{_KEY.pattern})|(?P<settle>/settle))?"
)
_WHOLE = re.compile(r"[0-9]{1,15}")

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Receiver:
    """Answers the requests of one site.

    Args:
        folder: Where what was received is kept, in ``received.sqlite``.
        secrets: Those with which a request may be signed: one, or two while it is being changed.
        public_url: What the addresses of items begin with.
        largest: How many bytes a request may have.
        page: How many items a page of the inventory has.
        clock: Seconds since 1970.

    Raises:
        ValueError: There is no secret, or one is shorter than :data:`~govopen_http_push.signing.SHORTEST_SECRET`.
    """

    def __init__(
        self,
        folder: Path,
        secrets: Iterable[bytes],
        *,
        public_url: str,
        largest: int = 256 * 1024 * 1024,
        page: int = 500,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._signers = [Signer(secret) for secret in secrets]
        if not self._signers:
            raise ValueError("without a secret nothing could be received")
        self._public_url = public_url.rstrip("/")
        self._largest = largest
        self._page = page
        self._clock = clock
        self._ledger = Ledger(folder / "received.sqlite", clock)

    def __call__(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as PEP 3333 has it."""
        try:
            status, answer = 200, self._answer(environ)
        except RefusedError as refused:
            status, answer = refused.status, json.dumps({"error": refused.error})
        except sqlite3.Error:
            status, answer = 503, json.dumps({"error": "storage"})
        content = answer.encode()
        headers = [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(content)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [content]

    def shown(self) -> list[Shown]:
        """What readers find, by identifier: for whatever makes pages of it."""
        return self._ledger.shown()

    def _answer(self, environ: Mapping[str, Any]) -> str:
        method, path = str(environ["REQUEST_METHOD"]), _text(environ, "PATH_INFO")
        key = str(environ.get("HTTP_IDEMPOTENCY_KEY", ""))
        # Nothing is read from a stranger: the signature is over the digest of the body, and needs no body.
        body = self._body(environ, self._signed(environ, method, key))
        if path == "/inventory":
            if method != "GET":
                raise RefusedError(405, "method")
            return json.dumps(self._inventory(str(environ.get("QUERY_STRING", ""))))
        found = _BATCH.fullmatch(path)
        if found is None:
            raise RefusedError(404, "path")
        if not _KEY.fullmatch(key):
            raise RefusedError(400, "key")
        act = self._act(method, found, body)
        return self._ledger.once(key, f"{method} {path} {sha256(body)}", act)

    def _signed(self, environ: Mapping[str, Any], method: str, key: str) -> str:
        """The digest that the body has to have.

        Refuses what nobody signed who has the secret, and what was signed too long ago.
        """
        scheme, _, signature = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
        time_, digest = str(environ.get("HTTP_GOVOPEN_TIME", "")), str(environ.get("HTTP_GOVOPEN_CONTENT_SHA256", ""))
        path = canonical_path(_text(environ, "SCRIPT_NAME") + _text(environ, "PATH_INFO"))
        query = str(environ.get("QUERY_STRING", ""))
        signed = [
            signer.verify(signature, method, path, query=query, time=time_, key=key, body=digest)
            for signer in self._signers
        ]
        if scheme != SCHEME or not any(signed):
            raise RefusedError(401, "signature")
        if not _WHOLE.fullmatch(time_) or abs(int(time_) - self._clock()) > WINDOW:
            raise RefusedError(401, "clock")
        return digest

    def _body(self, environ: Mapping[str, Any], digest: str) -> bytes:
        length = str(environ.get("CONTENT_LENGTH") or "0")
        if not _WHOLE.fullmatch(length) or "HTTP_TRANSFER_ENCODING" in environ:
            raise RefusedError(411, "length")
        if int(length) > self._largest:
            raise RefusedError(413, "size")
        body = bytes(environ["wsgi.input"].read(int(length)))
        if sha256(body) != digest:
            raise RefusedError(400, "body-digest")
        return body

    def _act(self, method: str, found: re.Match[str], body: bytes) -> Callable[[sqlite3.Connection], Mapping[str, Any]]:
        """What a request to a batch does."""
        batch, name, ledger = found["batch"], found["name"] or "", self._ledger
        match method, found["what"] or (found["settle"] or ""):
            case "PUT", "":
                return lambda db: ledger.begin(db, batch)
            case "DELETE", "":
                return lambda db: ledger.discard(db, batch)
            case "PUT", "files":
                if sha256(body) != name:
                    raise RefusedError(400, "file-digest")
                return lambda db: ledger.put_file(db, batch, body)
            case "PUT", "items":
                form, about = _envelope(body)
                address = {"address": self._address(name)}
                return lambda db: {**ledger.put_item(db, batch, name, form, about), **address}
            case "DELETE", "items":
                return lambda db: ledger.withdraw(db, batch, name)
            case "POST", "/settle":
                put, withdrawn = _manifest(body)
                return lambda db: ledger.settle(db, batch, put, withdrawn)
        raise RefusedError(405, "method")

    def _address(self, key: str) -> str:
        return f"{self._public_url}/{key}"

    def _inventory(self, query: str) -> Mapping[str, Any]:
        try:
            token = parse_qs(query, strict_parsing=True)["page"][0] if query else ""
            after = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        except (ValueError, KeyError):
            raise RefusedError(400, "page") from None
        found = self._ledger.shown(after, self._page + 1)
        held = [
            {
                "item": each.item,
                "digest": each.digest(),
                "address": self._address(each.key),
                "published_on": each.about.get("published_on"),
                "steps": each.steps(),
            }
            for each in found[: self._page]
        ]
        more = len(found) > self._page
        last = found[self._page - 1].item if more else ""
        return {"held": held, "next": base64.urlsafe_b64encode(last.encode()).decode().rstrip("=") or None}


def _text(environ: Mapping[str, Any], name: str) -> str:
    # PEP 3333 hands the bytes of a path over as Latin-1.
    return str(environ.get(name, "")).encode("latin-1").decode("utf-8", errors="replace")


def _envelope(body: bytes) -> tuple[bytes, Mapping[str, Any]]:
    """The form, and unit, column and dates."""
    try:
        told = json.loads(body)
        form = told.pop("form").encode()
        for name in ("published_on", "updated_on"):
            if told[name] is not None:
                dt.date.fromisoformat(told[name])
    except (*MALFORMED, RecursionError):
        raise RefusedError(400, "body") from None
    if told["published_on"] is None:
        raise RefusedError(400, "body")
    return form, told


def _manifest(body: bytes) -> tuple[Mapping[str, str], set[str]]:
    try:
        told = json.loads(body)
        put, withdrawn = dict(told["put"]), list(told["withdrawn"])
    except (*MALFORMED, RecursionError):
        raise RefusedError(400, "body") from None
    words = [*put, *put.values(), *withdrawn]
    if any(not isinstance(word, str) or not _KEY.fullmatch(word) for word in words) or put.keys() & set(withdrawn):
        raise RefusedError(400, "body")
    return put, set(withdrawn)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the method it overrides
        """Nothing. The server in front of it has a log."""


def serving(receiver: Receiver, *, host: str = "127.0.0.1", port: int = 0) -> WSGIServer:
    """A small server for the receiver, for trying out and for tests; ``serve_forever`` runs it.

    Args:
        receiver: Answers.
        host: Where it listens.
        port: Where it listens; 0: any that is free, which ``server_port`` tells.
    """
    return make_server(host, port, receiver, server_class=_Server, handler_class=_Handler)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a receiver until it is interrupted.

    Raises:
        SystemExit: The arguments are wrong, or the secret is not there.
    """
    parser = argparse.ArgumentParser(
        prog="python -m govopen_http_push.receiver", description="Receives what http-push sends."
    )
    parser.add_argument("--folder", type=Path, required=True, help="where what is received is kept")
    parser.add_argument("--secret-env", required=True, help="name of the environment variable with the secret")
    parser.add_argument("--public-url", help="what the addresses of items begin with")
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    parser.add_argument("--port", type=int, default=8731, help="default: %(default)s")
    chosen = parser.parse_args(arguments)
    secret = os.environ.get(chosen.secret_env, "").encode("utf-8", errors="surrogateescape")
    if len(secret) < SHORTEST_SECRET:
        parser.error(f"the environment variable holds no secret of at least {SHORTEST_SECRET} bytes")
    public_url = chosen.public_url or f"http://{chosen.host}:{chosen.port}"
    receiver = Receiver(chosen.folder, [secret], public_url=public_url)
    with serving(receiver, host=chosen.host, port=chosen.port) as server:
        print(f"listening on http://{chosen.host}:{server.server_port}", flush=True)  # noqa: T201 - it is a program
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
