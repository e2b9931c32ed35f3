"""Lines of text files, in constant memory however long a line is, decoded or refused with what would read them."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import attrs

from govopen.errors import Problem
from govopen.texts import N_

__all__ = ["ENCODINGS", "Line", "lines_of", "unopened"]

# GB18030 holds all of GBK and GB2312. None of them has the byte of a line end within a character, UTF-16 has.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5",
}
"""The encodings that can be asked for, and how they are read."""

_CHUNK = 1 << 20


@attrs.frozen
class Line:
    """A line without its end, and its number from 1."""

    number: int
    text: str
    ended: bool = True


def unopened(path: Path, error: OSError) -> Problem:
    """The problem of a file that cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return Problem(where=str(path), message=N_("There is no such file."))
    return Problem(
        where=str(path), message=N_("The file cannot be read: {reason}."), facts={"reason": error.strerror or "OSError"}
    )


def lines_of(
    path: Path, *, encoding: str | None, limit: int, on_bytes: Callable[[int], None] | None = None
) -> Iterator[Line | Problem]:
    """The lines of a file from 1 on; a problem instead of a line that is too long.

    A file in another encoding, or one that cannot be opened, gives a single problem and ends.

    Args:
        path: The file.
        encoding: One of :data:`ENCODINGS`; ``None`` is UTF-8. A byte order mark of UTF-8 is no part of the text.
        limit: Bytes of the longest line that is read.
        on_bytes: Called after each line with the bytes read so far.
    """
    codec = ENCODINGS.get((encoding or "utf-8").lower())
    if codec is None:
        yield Problem(
            where=str(path),
            message=N_("This encoding is not read."),
            accepted=N_("Accepted: {accepted}."),
            facts={"accepted": ", ".join(ENCODINGS)},
        )
        return
    try:
        file = path.open("rb")
    except OSError as error:
        yield unopened(path, error)
        return
    with file:
        yield from _decoded(path, file, codec, limit, on_bytes or (lambda _: None))


def _decoded(
    path: Path, file: BinaryIO, codec: str, limit: int, on_bytes: Callable[[int], None]
) -> Iterator[Line | Problem]:
    number = done = 0
    while raw := file.readline(limit + 1):
        number += 1
        where = f"{path}:{number}"
        if number == 1:
            if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
                yield _not_encoded(
                    str(path), N_("The file is no text; it looks like a workbook."), N_("Name it .xlsx.")
                )
                return
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                yield _not_encoded(str(path), N_("The file is UTF-16."), N_("Save it as UTF-8."))
                return
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if len(raw) > limit and not raw.endswith(b"\n"):
            done += len(raw) + _rest_of_line(file)
            on_bytes(done)
            yield Problem(
                where=where,
                message=N_("The line is longer than {limit} bytes."),
                accepted=N_("Accepted: shorter lines. Files such as PDF belong beside the records, not into them."),
                facts={"limit": limit},
            )
            continue
        done += len(raw)
        on_bytes(done)
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError as error:
            yield _undecodable(where, raw, codec, error)
            return
        yield Line(number, text.rstrip("\r\n"))


def _rest_of_line(file: BinaryIO) -> int:
    skipped = 0
    while raw := file.readline(_CHUNK):
        skipped += len(raw)
        if raw.endswith(b"\n"):
            break
    return skipped


def _not_encoded(where: str, message: str, accepted: str, **facts: object) -> Problem:
    return Problem(where=where, message=message, accepted=accepted, facts=facts)


def _undecodable(where: str, raw: bytes, codec: str, error: UnicodeDecodeError) -> Problem:
    if codec == "utf-8":
        try:
            raw.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            return _not_encoded(
                where,
                N_("The file is not UTF-8; it looks like GB18030 (GBK, GB2312)."),
                N_("Read it with --encoding gb18030, or save it as UTF-8."),
            )
    return _not_encoded(
        where,
        N_("The file is not {codec}: byte {byte} of the line begins no character."),
        N_("Save it as UTF-8, or name its encoding with --encoding."),
        codec=codec,
        byte=error.start + 1,
    )
