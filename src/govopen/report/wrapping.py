"""Lines of text for a terminal. Chinese has no blanks: it may break between any two characters, but not anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

__all__ = ["wrapped"]

# No line begins with the one, and none ends with the other.
_CLOSING = frozenset("，。；：、！？）》”’」』】…%")
_OPENING = frozenset("（《“‘「『【")


def wrapped(line: Text, width: int) -> Iterator[Text]:
    """``line`` in pieces of at most ``width`` cells, without blanks around them."""
    for piece in line.divide(_cuts(line.plain, max(width, 2))):
        piece.rstrip()
        leading = len(piece.plain) - len(piece.plain.lstrip(" "))
        yield piece[leading:] if leading else piece


def _cuts(text: str, width: int) -> list[int]:
    cuts: list[int] = []
    start = used = allowed = 0
    for place, character in enumerate(text):
        if place and _may_break(text[place - 1], character):
            allowed = place
        cells = cell_len(character)
        # Twice, where what follows a good place to break is itself too long.
        while used + cells > width and character != " " and start < place:
            cut = allowed if allowed > start else place
            cuts.append(cut)
            start, used = cut, cell_len(text[cut:place])
        used += cells
    return cuts


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING:
        return False
    return before == " " or cell_len(before) == 2 or cell_len(after) == 2
