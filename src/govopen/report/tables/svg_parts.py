"""Small parts of SVG pictures: elements, texts of a known width, fills that differ in colour and in pattern."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Sequence

__all__ = ["FONT", "Fill", "add", "clean", "fills", "label", "shortened", "stripes", "width_of"]

FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, system-ui, sans-serif"
"""The fonts of the picture, the first that is there."""

_ILLEGAL = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 cannot hold, even escaped."""

Fill = tuple[str, str]
"""A light colour, and the colour of what is drawn on it."""

# After Okabe and Ito: told apart with any colour vision. Red is left for faults, grey for what cannot occur.
_COLOURS: tuple[Fill, ...] = (
    ("#d9edf9", "#2f86b8"),
    ("#fbe6bf", "#a86e00"),
    ("#d0ebe1", "#00704f"),
    ("#f2dcea", "#9c4a80"),
    ("#f7f3c0", "#7d7500"),
    ("#d3dfee", "#004b80"),
    ("#ecdfd1", "#75461b"),
)
_LINES = (
    "M5,4.2 v1.6 M4.2,5 h1.6",
    "M-1,-1 L11,11 M-1,9 L1,11 M9,-1 L11,1",
    "M0,5 H10",
    "M5,2.4 a2.6,2.6 0 1 0 0.01,0 Z",
    "M5,0 V10",
    "M5,2 V8 M2,5 H8",
    "M0,7 L5,3 L10,7",
    "M2.5,2.5 H7.5 V7.5 H2.5 Z",
)


def clean(text: str) -> str:
    """``text`` on one line, without what XML cannot hold."""
    return " ".join(_ILLEGAL.sub("\ufffd", text).split())


def add(parent: ET.Element, tag: str, text: str = "", /, **attributes: object) -> ET.Element:
    """A new element; ``_`` in the name of an attribute stands for ``-``."""
    found = ET.SubElement(
        parent,
        tag,
        {name.rstrip("_").replace("_", "-"): _written(value) for name, value in attributes.items()},
    )
    if text:
        found.text = clean(text)
    return found


def _written(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else clean(str(value))


def width_of(text: str, size: float) -> float:
    """About how wide a text is, in pixels."""
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else 0.58 * size for char in text)


def shortened(text: str, width: float, size: float) -> str:
    """``text``, or as much of it as fits, with an ellipsis."""
    text = clean(text)
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text}…"


def label(
    parent: ET.Element, text: str, x: float, y: float, *, size: float = 13, anchor: str = "middle", **attributes: object
) -> ET.Element:
    """A text whose middle is at ``y``. Not by ``dominant-baseline``: not every program knows it."""
    return add(parent, "text", text, x=x, y=y + 0.36 * size, font_size=size, text_anchor=anchor, **attributes)


def fills(defs: ET.Element, numbers: Sequence[int], prefix: str) -> dict[int, Fill]:
    """A pattern for each number, under the identifier of prefix and number; no two of the first 56 look alike."""
    found = {}
    for number in numbers:
        light, dark = found[number] = _COLOURS[(number - 1) % len(_COLOURS)]
        pattern = _pattern(defs, f"{prefix}{number}", 10, light)
        line = _LINES[(number - 1) % len(_LINES)]
        add(pattern, "path", d=line, stroke=dark, stroke_width=1.1, fill="none", stroke_opacity=0.75)
    return found


def stripes(defs: ET.Element, name: str, colours: Sequence[str], width: int = 7, ground: str = "#ffffff") -> None:
    """A pattern of slanting stripes, one for each colour."""
    size = width * len(colours)
    pattern = _pattern(defs, name, size, ground, patternTransform="rotate(45)")
    for at, colour in enumerate(colours):
        add(pattern, "rect", x=at * width, y=0, width=width, height=size, fill=colour)


def _pattern(defs: ET.Element, name: str, size: int, ground: str, **attributes: object) -> ET.Element:
    pattern = add(defs, "pattern", id=name, width=size, height=size, patternUnits="userSpaceOnUse", **attributes)
    add(pattern, "rect", width=size, height=size, fill=ground)
    return pattern
