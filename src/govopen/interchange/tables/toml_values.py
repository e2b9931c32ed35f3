"""Single values as TOML writes them, for files that people edit and compare line by line."""

from __future__ import annotations

import datetime as dt
import enum
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

__all__ = ["write_array", "write_value"]

_WIDTH = 100
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n", '"': '\\"'}
# What an editor does not show, or shows elsewhere than it stands.
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Zl", "Zp")


def write_value(value: object) -> str:
    """A text, number, day, or yes and no."""
    match value:
        case bool():
            return "true" if value else "false"
        case enum.Enum():
            return _text(str(value.value))
        case Decimal():
            return f"{value:f}"
        case dt.date():
            return value.isoformat()
        case str():
            return _text(value)
    return str(value)


def write_array(values: Iterable[object]) -> str:
    """A list: on one line if it is short, else with a line for each member."""
    written = [_one_line(value) if isinstance(value, str) else write_value(value) for value in values]
    line = f"[{', '.join(written)}]"
    if _columns(line) <= _WIDTH:
        return line
    return "\n".join(["[", *(f"  {entry}," for entry in written), "]"])


def _text(text: str) -> str:
    if "\n" not in text:
        return _one_line(text)
    escaped = _escaped(text, keep='"\n').replace('"""', '""\\"')
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    # The line end behind the opening quotes is no part of the text.
    return f'"""\n{escaped}"""'


def _one_line(text: str) -> str:
    literal = ('"' in text or "\\" in text) and "'" not in text and not any(map(_unseen, text))
    return f"'{text}'" if literal else f'"{_escaped(text)}"'


def _escaped(text: str, keep: str = "") -> str:
    return "".join(char if char in keep else _ESCAPES.get(char) or _seen(char) for char in text)


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN


def _seen(char: str) -> str:
    if not _unseen(char):
        return char
    return f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"


def _columns(text: str) -> int:
    """How wide a text stands in an editor: a Chinese character takes two columns."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
