"""Identifiers and file names as names on disk and in addresses, whatever they hold.

What comes out is safe as one segment of a path and of a URL, on Linux, macOS and Windows: no separator, no blank, no
control or direction mark, no reserved device name, no leading or trailing dot, and short enough for every file system.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

__all__ = ["MAX_BYTES", "safe_file_names", "safe_name", "unsafe_name"]

MAX_BYTES = 120
"""How long a name may get, in UTF-8. File systems take 255; a prefix, a suffix and a quoting server still fit."""

# Letters that no file system folds or composes into others. Upper case is told apart by the mark below.
_PLAIN = re.compile(r"[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff-]")
_MARK = "~"
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


def safe_name(text: str) -> str:
    """A name for an identifier: another one for each identifier, also where upper and lower case are the same.

    Letters, digits, ``-``, ``_``, inner dots and Chinese characters stay; of anything else each byte of its UTF-8
    becomes ``=`` and two hexadecimal digits. With upper case in it, too long, or the name of a device, it ends in
    ``~`` and a mark of the whole.
    """
    quoted = "".join(_quoted(text, place) for place in range(len(text)))
    if len(quoted.encode()) > MAX_BYTES:
        return f"{_cut(quoted, MAX_BYTES - 33)}{_MARK}{_hash(text, 32)}"
    if quoted != quoted.lower() or _DEVICE.match(quoted) or not quoted:
        return f"{_cut(quoted, MAX_BYTES - 9)}{_MARK}{_hash(text, 8)}"
    return quoted


def unsafe_name(name: str) -> str:
    """The identifier of which :func:`safe_name` made ``name``; of one that was cut, what is left of it."""
    quoted = name.partition(_MARK)[0].encode()
    raw = re.sub(rb"=([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), quoted)
    return raw.decode("utf-8", errors="replace")


def safe_file_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names for the files of one item, in their order, no two alike where upper and lower case are the same.

    They stay as readable as they can: what is not safe becomes ``_``, the ending stays, a name that is taken gets a
    number.
    """
    taken: set[str] = set()
    found = []
    for name in names:
        base, dot, ending = _cleaned(name).rpartition(".")
        if not base or len(ending) > 10:
            base, dot, ending = base + dot + ending, "", ""
        tail, number = dot + ending, 1
        given = _cut(base, MAX_BYTES - len(tail.encode())) + tail
        while _folded(given) in taken:
            number += 1
            numbered = f"-{number}{tail}"
            given = _cut(base, MAX_BYTES - len(numbered.encode())) + numbered
        taken.add(_folded(given))
        found.append(given)
    return tuple(found)


def _quoted(text: str, place: int) -> str:
    letter = text[place]
    if _PLAIN.fullmatch(letter) or (letter == "." and 0 < place < len(text) - 1 and text[place - 1] != "."):
        return letter
    return "".join(f"={byte:02x}" for byte in letter.encode("utf-8", errors="surrogatepass"))


def _cleaned(name: str) -> str:
    composed = unicodedata.normalize("NFKC", name)
    plain = "".join(letter if letter.isalnum() or letter in "-_.()[]〔〕《》" else "_" for letter in composed)
    plain = re.sub(r"_{2,}", "_", plain).strip(".")
    return f"_{plain}" if not plain or _DEVICE.match(plain) else plain


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(text: str, size: int) -> str:
    """As many whole characters as fit into ``size`` bytes, and no half of an ``=xx``."""
    cut = text.encode()[:size].decode(errors="ignore")
    return re.sub(r"=[0-9a-f]?$", "", cut) if cut != text else text


def _hash(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:digits]
