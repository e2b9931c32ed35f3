"""Bytes as text: in the encoding that they declare or show, and in no other."""

from __future__ import annotations

import codecs
import re

__all__ = ["decoded", "plain"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GB 18030 holds its elder sisters. Latin-1 and its like decode anything, and are no evidence of text.
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|svg)\b", re.IGNORECASE)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
# Of running Chinese text, nearly all characters are in GB 2312. Big5 or UTF-16 read as GB 18030 gives rare ones.
_MOST_RARE = 0.1


def decoded(content: bytes, charset: str = "") -> str | None:
    """The text that the bytes hold; ``None``: they hold none, or nobody can tell in which encoding.

    Args:
        content: The bytes.
        charset: The encoding declared; empty: by the byte order mark, else UTF-8, else GB 18030 if the text is likely.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if charset:
        known = _ENCODINGS.get(charset)
        return None if known is None else _strict(content, known)
    text = _strict(content, "utf-8")
    if text is not None:
        return text
    text = _strict(content, "gb18030")
    return text if text is not None and _likely(text) else None


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


def _likely(text: str) -> bool:
    beyond = [char for char in text if ord(char) > 127]
    rare = sum(not char.encode("gb2312", "ignore") for char in beyond)
    return rare <= _MOST_RARE * len(beyond)


def plain(content: bytes, charset: str = "") -> str | None:
    """Plain text. What is marked up, or begins like another kind of file, is declared wrongly."""
    if content.startswith(_BINARY):
        return None
    text = decoded(content, charset)
    return None if text is None or _MARKUP.match(text) else text
