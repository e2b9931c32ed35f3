"""Records of a file that may yet be refused: held in memory, encoded and packed, never written to a disk.

A record as an object takes up to 3 KB, packed about a tenth of a KB: a file of some 200 000 records fits. To read the
file twice would hold nothing, but takes the time twice, and the second reading may find another file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import attrs

from govopen.interchange.raw import Raw
from govopen.model.base import Record, RecordType
from govopen.model.codec import decoder, encode

__all__ = ["Held", "Imported"]

_BLOCK = 500


@attrs.frozen
class Imported:
    """A record out of a file, and where it stood there."""

    record_type: RecordType
    record: Record
    where: str


@attrs.frozen
class _Packed:
    record_type: RecordType
    places: bytes
    body: bytes


class Held:
    """Records in the order they were added."""

    def __init__(self) -> None:
        self._packed: list[_Packed] = []
        self._open: list[Imported] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Imported]:
        for block in self._packed:
            cls: type[Record] = block.record_type.cls
            decode = decoder(cls)
            places = zlib.decompress(block.places).decode().split("\n")
            bodies = zlib.decompress(block.body).split(b"\n")
            for where, body in zip(places, bodies, strict=True):
                yield Imported(block.record_type, decode(body), where)
        yield from self._open

    def add(self, raw: Raw, record: Record) -> None:
        """Add a record with its place."""
        if self._open and (len(self._open) >= _BLOCK or self._open[0].record_type is not raw.record_type):
            self._pack()
        self._open.append(Imported(raw.record_type, record, raw.where))
        self._count += 1

    def _pack(self) -> None:
        # Neither encoded JSON nor a place has a line end.
        places = "\n".join(imported.where for imported in self._open).encode("utf-8", "surrogateescape")
        body = b"\n".join(encode(imported.record) for imported in self._open)
        self._packed.append(_Packed(self._open[0].record_type, zlib.compress(places, 1), zlib.compress(body, 1)))
        self._open = []
