"""Help texts laid out by the width of their characters: a Chinese one takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import click

__all__ = ["HelpContext", "HelpFormatter", "width_of", "wrap"]

_CLOSING = "，。；：！？、）》”’」』】"
_OPENING = "（《“‘「『【"


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """The lines of ``text``, broken at blanks and around Chinese characters, none wider than ``width``
    unless a single word is.
    """
    lines = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece in _pieces(paragraph):
            if line.strip() and width_of(line) + width_of(piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """What stays together: a word with the blanks before it, a Chinese character with the marks that follow it."""
    piece = ""
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        after_wide = bool(piece) and unicodedata.east_asian_width(piece[-1]) in "WF"
        breakable = (
            (char == " " and not piece.isspace())
            or (wide and char not in _CLOSING)
            or (after_wide and char not in _CLOSING)
        )
        if piece and breakable and piece[-1] not in _OPENING:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


class HelpFormatter(click.HelpFormatter):
    """Click's formatter, with the widths of Chinese text."""

    def write_heading(self, heading: str) -> None:
        colon = "：" if unicodedata.east_asian_width(heading[-1:] or " ") in "WF" else ":"
        self.write(f"{'':>{self.current_indent}}{heading}{colon}\n")

    def write_text(self, text: str) -> None:
        for line in wrap(text, self.width - self.current_indent):
            self.write(f"{'':>{self.current_indent}}{line}\n" if line else "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first_column = min(max(width_of(first) for first, _ in rows), col_max) + col_spacing
        indent = self.current_indent + first_column
        for first, second in rows:
            lines = wrap(second, max(self.width - indent, 20))
            if width_of(first) > first_column - col_spacing:
                self.write(f"{'':>{self.current_indent}}{first}\n{'':>{indent}}{lines[0]}\n")
            else:
                gap = first_column - width_of(first)
                self.write(f"{'':>{self.current_indent}}{first}{'':>{gap}}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{'':>{indent}}{line}\n")


class HelpContext(click.Context):
    """A context whose help is laid out so."""

    formatter_class = HelpFormatter
