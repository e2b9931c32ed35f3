"""Verifying a store: that its journal is whole, and that it holds what the journal says.

Streams, in the memory of one event and one head for each unit. What a verification can and cannot show:
``docs/explanation/journal.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

import attrs
import msgspec

from govopen.errors import StoreError
from govopen.storage.chain import SALT_LENGTH, Head, first_head
from govopen.storage.checkpoint import Checkpoint
from govopen.storage.port import Clock, Store, utc_now
from govopen.storage.times import to_micros
from govopen.texts import Label

__all__ = ["Break", "Flaw", "Verification", "checkpoint", "verify"]


class Flaw(Label):
    """What is wrong where the journal breaks, or where the store departs from it."""

    LINK = "link", "此事件与前一事件不相衔接", "the event does not follow from the one before it"
    NUMBER = "number", "编号不连续，有事件缺失或插入", "numbers are not consecutive: events are missing or put in"
    MISSING = (
        "missing",
        "日志有的修订或文件不在库中，或登记不符",
        "what the event made is not there, or filed otherwise",
    )
    BODY = "body", "内容与日志摘要不符", "the body held is not the one that was journalled"
    GONE = "gone", "内容缺失，而日志无清除记录", "the body is gone, and no event had it erased"
    KEPT = "kept", "日志称已清除的内容仍在库中", "the body was to be erased, and is there"
    UNJOURNALLED = "unjournalled", "库中有日志未载的内容", "the store holds what no event accounts for"
    ATTACHMENT = "attachment", "附件与其摘要不符", "an attachment is not the file that its digest names"
    UNREADABLE = "unreadable", "日志或记录无法读取", "the journal or what it tells of cannot be read"
    CUT = "cut", "日志短于检查点，末尾被截去", "the chain is shorter than at the checkpoint: its tail was cut off"
    REWRITTEN = (
        "rewritten",
        "日志与检查点不符，已被改写",
        "the chain is not the one of the checkpoint: it was rewritten",
    )
    OTHER_STORE = "other-store", "检查点属于另一个库", "the checkpoint is of another store"


@attrs.frozen(kw_only=True)
class Break:
    """A place where the store cannot be trusted: codes and identifiers, no text of a record.

    Attributes:
        unit: The unit whose chain it is in; empty with ``number`` 0: the store as a whole.
        number: The event in that chain; 0 if it is none of them.
        seq: The event in the store; 0 if it is none.
        type: Name of the record type concerned; empty if none.
        id: Of the record; the digest of an attachment.
    """

    flaw: Flaw
    unit: str = ""
    number: int = 0
    seq: int = 0
    type: str = ""
    id: str = ""
    revision: int = 0


@attrs.frozen(kw_only=True)
class Verification:
    """What a verification found.

    Attributes:
        store: Identifier of the store.
        events: How many events were read.
        attachments: How many files were read.
        units: The end of each unit's chain, by unit. A chain that is broken ends before its break.
        breaks: The first break of each unit and of the store as a whole: first the one with the lowest ``seq``, last
            those that belong to no event.
    """

    store: str
    events: int
    attachments: int
    units: Mapping[str, Head]
    breaks: tuple[Break, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.breaks

    @property
    def first(self) -> Break | None:
        """The first break."""
        return self.breaks[0] if self.breaks else None


@runtime_checkable
class _RawJournal(Protocol):
    """A store that also gives its journal as it lies there: quicker, and whatever the values have become."""

    def journal_rows(self) -> Iterator[tuple[Any, ...]]:
        """The fields of each :class:`~govopen.storage.port.JournalEntry`, the time in microseconds."""
        ...


def verify(store: Store, checkpoint: Checkpoint | None = None) -> Verification:
    """Read the whole journal, everything still held, and every attachment.

    Args:
        store: The store. Verify a snapshot or a quiet one: what is written meanwhile may be seen in part.
        checkpoint: What the journal was at an earlier time, from a file kept elsewhere. Only it shows a tail that was
            cut off with everything in it, or a journal that was rewritten as a whole.
    """
    chains = _Chains(checkpoint)
    identity = ""
    attachments = 0
    try:
        identity = store.identity
        chains.read(store.journal_rows() if isinstance(store, _RawJournal) else _rows_of(store))
    except StoreError:
        chains.note(Break(flaw=Flaw.UNREADABLE))
    chains.finish(identity)
    try:
        for type_, id_, revision in store.unjournalled():
            chains.note(Break(flaw=Flaw.UNJOURNALLED, type=type_, id=id_, revision=revision))
            break
        for digest in store.attachments():
            attachments += 1
            if not _is_digest_of(digest, store.attachment(digest).content):
                chains.note(Break(flaw=Flaw.ATTACHMENT, id=str(digest)))
                break
    except StoreError:
        chains.note(Break(flaw=Flaw.UNREADABLE))
    breaks = sorted(chains.breaks, key=lambda found: (found.seq == 0, found.seq, found.unit))
    return Verification(
        store=identity, events=chains.events, attachments=attachments, units=chains.heads, breaks=tuple(breaks)
    )


def checkpoint(store: Store, *, clock: Clock = utc_now) -> Checkpoint:
    """What the journal is now, to be kept where nobody who can write to the store can write.

    Raises:
        StoreError: The store does not verify.
    """
    made_at = clock()
    found = verify(store)
    if found.first is not None:
        raise StoreError(
            "The journal does not verify, so there is no checkpoint of it: {flaw}.",
            hint="`govopen journal verify` says where. Restore a backup, or keep the last good checkpoint as evidence.",
            flaw=found.first.flaw,
        )
    return Checkpoint(store=found.store, made_at=made_at, units=dict(found.units))


def _is_digest_of(digest: object, content: object) -> bool:
    return isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == digest


def _rows_of(store: Store) -> Iterator[tuple[Any, ...]]:
    for entry in store.journal():
        fields = attrs.astuple(entry, recurse=False)
        yield (*fields[:3], to_micros(entry.at), *fields[4:])


@attrs.define
class _Chain:
    """A unit's chain, as far as it was read and found sound."""

    number: int
    hash: bytes
    watched: Head | None
    broken: bool = False


class _Chains:
    """The chains read so far. Their events may come in any order that keeps each unit's own."""

    def __init__(self, checkpoint: Checkpoint | None) -> None:
        self.checkpoint = checkpoint
        self.events = 0
        self.breaks: list[Break] = []
        self._chains: dict[Any, _Chain] = {}
        self._last_seq = 0

    @property
    def heads(self) -> dict[str, Head]:
        """The end of each chain, by unit."""
        chains = {str(unit): chain for unit, chain in self._chains.items() if chain.number}
        return {unit: Head(chains[unit].number, chains[unit].hash) for unit in sorted(chains)}

    def note(self, found: Break) -> None:
        self.breaks.append(found)

    def read(self, rows: Iterator[tuple[Any, ...]]) -> None:
        """Follow the chains. After the first break of a unit its events are only counted."""
        to_json, sha256, chains = msgspec.json.Encoder().encode, hashlib.sha256, self._chains
        for row in rows:
            self.events += 1
            chain = chains.get(row[1])
            if chain is None:
                chain = chains[row[1]] = self._begin(row[1])
            if chain.broken:
                continue
            hash_ = sha256(chain.hash + to_json(row[:13])).digest()
            flaw = _linked(row, chain.number, hash_) or _held(row)
            if flaw is None:
                chain.number += 1
                chain.hash = hash_
                self._last_seq = max(self._last_seq, row[0])
                if chain.watched is not None and chain.watched.number == chain.number:
                    flaw = None if chain.watched.hash == hash_ else Flaw.REWRITTEN
            if flaw is not None:
                chain.broken = True
                self.note(_break(flaw, row))

    def _begin(self, unit: Any) -> _Chain:
        watched = self.checkpoint.units.get(unit) if self.checkpoint is not None else None
        return _Chain(0, first_head(str(unit)).hash, watched)

    def finish(self, identity: str) -> None:
        """What can be said only at the end."""
        if not self.breaks and self._last_seq != self.events:
            self.note(Break(flaw=Flaw.NUMBER))
        if self.checkpoint is None:
            return
        if self.checkpoint.store != identity:
            self.note(Break(flaw=Flaw.OTHER_STORE))
        for unit, known in self.checkpoint.units.items():
            there = self._chains.get(unit)
            if there is None or (there.number < known.number and not there.broken):
                number = there.number if there is not None else 0
                self.note(Break(flaw=Flaw.CUT, unit=unit, number=number + 1))


def _linked(row: tuple[Any, ...], number: int, hash_: bytes) -> Flaw | None:
    """What is wrong with how an event follows from the one before it."""
    if row[2] != number + 1:
        return Flaw.NUMBER
    return None if row[13] == hash_ else Flaw.LINK


def _held(row: tuple[Any, ...]) -> Flaw | None:
    """What is wrong with what the store still holds of an event."""
    after, version, salt, body, forgotten, filed = row[12], *row[14:19]
    if not filed:
        return Flaw.MISSING
    if body is None:
        if salt is not None or version:
            return Flaw.BODY
        return Flaw.GONE if after and not forgotten else None
    if type(body) is not bytes or type(salt) is not bytes or len(salt) != SALT_LENGTH:
        return Flaw.BODY
    if hashlib.sha256(b"%b%d\n%b" % (salt, version, body)).digest() != after:
        return Flaw.BODY
    return Flaw.KEPT if forgotten else None


def _break(flaw: Flaw, row: tuple[Any, ...]) -> Break:
    """A row that was tampered with may hold anything: a break holds what it should be."""
    seq, number, revision = (value if isinstance(value, int) else 0 for value in (row[0], row[2], row[10]))
    unit, type_, id_ = (value if isinstance(value, str) else "" for value in (row[1], row[8], row[9]))
    return Break(flaw=flaw, unit=unit, number=number, seq=seq, type=type_, id=id_, revision=revision)
