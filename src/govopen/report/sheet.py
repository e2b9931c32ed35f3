"""A page of fields and lists for a terminal or a plain text file. Everything is printed as text, markup included."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Line

from govopen.report.wording import Wording
from govopen.report.wrapping import wrapped

__all__ = ["Sheet"]


class Sheet:
    """Writes headings, fields and lists.

    Attributes:
        words: The language.
    """

    def __init__(self, console: Console, words: Wording) -> None:
        self._console = console
        self.words = words

    def title(self, text: str) -> None:
        self._write(Line(text, style="bold"), 0)

    def line(self, text: str, depth: int = 1, style: str = "") -> None:
        """A paragraph; a text of several lines keeps them."""
        for row in text.splitlines():
            self._write(Line(row, style=style), 2 * depth)

    def field(self, label: str, value: object, depth: int = 1) -> None:
        """A field; nothing if it has no value. ``label`` is in the language already."""
        if value not in ("", None, (), []):
            colon = "：" if self.words.lang == "zh-Hans" else ": "
            self.line(f"{label}{colon}{self.words.fact(value)}", depth)

    def section(self, label: str, lines: Iterable[str]) -> None:
        """A list under its label; nothing if it is empty."""
        lines = list(lines)
        if lines:
            self._write(Line(label, style="bold"), 2)
            for line in lines:
                self.line(line, depth=2)

    def _write(self, line: Line, indent: int) -> None:
        # An address or a digest is copied: it is not broken at the edge of a pipe.
        if not self._console.is_terminal:
            self._console.print(Line(" " * indent) + line, soft_wrap=True)
            return
        for piece in wrapped(line, self._console.width - indent):
            self._console.print(Padding(piece, (0, 0, 0, indent)))
