"""The publisher: sends cleared items in batches, has them shown all at once, and asks what stands there."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterator, Mapping

import attrs

from govopen.errors import DeliveryFailed
from govopen.model.codec import encode
from govopen.model.published import mark_steps
from govopen.publishing.port import Held, Parcel, Publisher
from govopen_http_push.answers import (
    BatchAnswer,
    Entry,
    FileAnswer,
    InventoryAnswer,
    KeyAnswer,
    PutAnswer,
    SettleAnswer,
    answer,
)
from govopen_http_push.connection import Connection
from govopen_http_push.failures import NO_ANSWER, failed
from govopen_http_push.signing import item_key, sha256

__all__ = ["HttpPush"]


class HttpPush(Publisher):
    """One site on one server. Nothing of the place is remembered: what it holds, it is asked.

    Args:
        connection: To the server. It is closed with the publisher.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._batch: _Batch | None = None

    def put(self, parcel: Parcel) -> str:
        item = parcel.cleared.item
        # All are read before anything is sent: what cannot be read leaves the item as it stands.
        contents = {file.digest: parcel.content(file) for file in item.attachments}
        batch = self._begun()
        for digest, content in contents.items():
            kept = answer(FileAnswer, batch.ask("PUT", f"/files/{digest}", content))
            if kept.digest != digest:
                raise failed("digest-differs")
        taken = answer(PutAnswer, batch.ask("PUT", f"/items/{item_key(item.id)}", _envelope(parcel)))
        if (taken.item, taken.digest) != (item.id, parcel.cleared.digest):
            raise failed("digest-differs")
        batch.last[item_key(item.id)] = taken.digest
        return taken.address

    def withdraw(self, item: str) -> None:
        batch, key = self._begun(), item_key(item)
        if answer(KeyAnswer, batch.ask("DELETE", f"/items/{key}")).key != key:
            raise failed("bad-answer")
        batch.last[key] = None

    def settle(self) -> None:
        # A batch of nothing, too: it says whether the server takes anything, and clears away what a killed run left.
        batch = self._begun()
        wanted = batch.manifest()
        shown = answer(SettleAnswer, batch.ask("POST", "/settle", _json(wanted)))
        if {"put": shown.put, "withdrawn": sorted(shown.withdrawn)} != wanted:
            raise failed("digest-differs")
        self._batch = None

    def inventory(self) -> Iterator[Held]:
        page, last, seen = "", "", set[str]()
        while True:
            query = f"page={page}" if page else ""
            told = answer(InventoryAnswer, self._connection.ask("GET", "/inventory", query=query))
            for entry in told.held:
                if entry.item < last:
                    # Reconciliation merges along this order, and would take items for missing.
                    raise failed("bad-answer")
                last = entry.item
                yield _held(entry)
            if told.next is None:
                return
            # A page that names an earlier one would have this go round for ever.
            if not told.held or told.next in seen:
                raise failed("bad-answer")
            page = told.next
            seen.add(page)

    def close(self) -> None:
        if self._batch is not None and not self._batch.unheard:
            # If the server does not take it, the next batch supersedes this one all the same.
            with contextlib.suppress(DeliveryFailed):
                self._batch.discard()
        self._batch = None
        self._connection.close()

    def _begun(self) -> _Batch:
        if self._batch is None:
            batch = _Batch(self._connection)
            batch.begin()
            self._batch = batch
        return self._batch


@attrs.define
class _Batch:
    """What is to be shown together. A server keeps one for a site: beginning it supersedes the one before.

    Attributes:
        id: Drawn at random.
        last: By key of the item, the last word on it that the server took: a digest, or ``None`` for withdrawn.
        sent: How many requests were made.
        unheard: Whether a request got no answer at all. Then nobody waits for another one to find the same.
    """

    connection: Connection
    id: str = attrs.field(factory=lambda: secrets.token_hex(16))
    last: dict[str, str | None] = attrs.field(factory=dict)
    sent: int = 0
    unheard: bool = False

    def ask(self, method: str, path: str, body: bytes = b"", *, patient: bool = True) -> bytes:
        """Send a request under a key of its own, which every attempt bears.

        Without the number, an item that is put, withdrawn and put again would be put under one key twice, and a server
        that knows the key would not do it.
        """
        self.sent += 1
        key = sha256(f"{self.id}\n{self.sent}\n{method}\n{path}\n{sha256(body)}".encode())
        try:
            return self.connection.ask(method, f"/batches/{self.id}{path}", body=body, key=key, patient=patient)
        except DeliveryFailed as failure:
            self.unheard = failure.code in NO_ANSWER
            raise

    def begin(self) -> None:
        if answer(BatchAnswer, self.ask("PUT", "")).batch != self.id:
            raise failed("bad-answer")

    def discard(self) -> None:
        self.ask("DELETE", "", patient=False)

    def manifest(self) -> dict[str, object]:
        return {
            "put": {key: digest for key, digest in sorted(self.last.items()) if digest is not None},
            "withdrawn": sorted(key for key, digest in self.last.items() if digest is None),
        }


def _envelope(parcel: Parcel) -> bytes:
    return _json(
        {
            # As a text and not as an object: its digest is of these bytes, and no two programs write JSON alike.
            "form": encode(parcel.cleared.item).decode(),
            "unit": {"id": parcel.unit.id, "name": parcel.unit.name},
            "column": {"id": parcel.column.id, "name": parcel.column.name} if parcel.column else None,
            "published_on": parcel.published_on.isoformat(),
            "updated_on": parcel.updated_on.isoformat() if parcel.updated_on else None,
        }
    )


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _held(entry: Entry) -> Held:
    return Held(
        item=entry.item,
        digest=entry.digest,
        address=entry.address,
        published_on=entry.published_on,
        procedure=mark_steps(entry.steps) if entry.steps else "",
    )
