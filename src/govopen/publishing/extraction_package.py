"""An Office file as the ZIP that it is: opened within limits, and only if it is nothing else besides."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

__all__ = ["MOST_PARTS", "MOST_UNPACKED", "Package", "others", "parts_of"]

MOST_PARTS = 5_000
"""So many parts of a package are read, and no more: a bomb has more."""
MOST_UNPACKED = 256 * 1024 * 1024
"""Bytes that all parts may unpack to."""

_BEGIN = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_SIZE = 22
_ENCRYPTED = 0x1

Package = dict[str, bytes]
"""The parts by name."""


def parts_of(content: bytes) -> Package | None:
    """The parts of a package; ``None``: it is damaged, encrypted or too large, or something is hidden beside the parts.

    A ZIP is found from its end, and may have anything before its parts or after them; two parts may have one name, of
    which one program reads the first and another the second.
    """
    if not content.startswith(_BEGIN) or content.rfind(_END) != len(content) - _END_SIZE:
        return None
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename.lower() for entry in entries]
            if len(entries) > MOST_PARTS or len(set(names)) < len(names) or archive.comment:
                return None
            return _unpacked(archive, entries)
    except (BadZipFile, LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        # RuntimeError: a part is encrypted. NotImplementedError: packed by a method that Office does not use.
        return None
    except (KeyError, IndexError, TypeError, OverflowError, MemoryError):
        # What zipfile raises for directories made to break it.
        return None


def _unpacked(archive: ZipFile, entries: list[ZipInfo]) -> Package | None:
    found: Package = {}
    left = MOST_UNPACKED
    for entry in entries:
        if entry.is_dir():
            continue
        if entry.flag_bits & _ENCRYPTED or entry.file_size > left:
            return None
        with archive.open(entry) as part:
            # The directory may lie about sizes.
            data = part.read(left + 1)
        left -= len(data)
        if left < 0:
            return None
        found[entry.filename] = data
    return found


def others(package: Package) -> Iterator[str]:
    """Names of parts that are no XML."""
    return (name for name in package if not name.lower().endswith((".xml", ".rels", ".vml")))
