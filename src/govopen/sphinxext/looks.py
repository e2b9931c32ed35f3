"""How generated tables keep within the page: where their texts may break, and where they may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator

__all__ = ["Gap", "Whole", "register", "set_text"]

_DATE = re.compile(r"(?<![0-9A-Za-z/-])(\d{4}-\d{2}-\d{2})(?![0-9A-Za-z/-])")
_LONG = re.compile(r"[!-~]{12,}")
_SIGN = re.compile(r"(?<=[/_.:?&=])(?=[0-9A-Za-z])")


class Whole(nodes.inline):
    """Text that stands on one line: a date is read as one."""


class Gap(nodes.inline):
    """A place where a line may end. It is no sign: who copies or searches the text does not meet it."""


def set_text(text: str) -> Iterator[nodes.Node]:
    """A text that keeps its dates whole, and can break in its long numbers and addresses."""
    for at, part in enumerate(_DATE.split(text)):
        if at % 2:
            yield Whole("", part)
        elif part:
            yield from _broken(part)


def _broken(text: str) -> Iterator[nodes.Node]:
    done = 0
    for word in _LONG.finditer(text):
        for sign in _SIGN.finditer(word[0]):
            place = word.start() + sign.start()
            yield nodes.Text(text[done:place])
            yield Gap()
            done = place
    yield nodes.Text(text[done:])


def _html_whole(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append('<span style="white-space: nowrap">')


def _html_end(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</span>")


def _html_gap(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("<wbr />")


def _latex_whole(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append(r"\mbox{")


def _latex_end(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("}")


def _latex_gap(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append(r"\allowbreak{}")


def _nothing(self: object, node: nodes.Element) -> None:
    """Nothing ends."""


def _add_folder(app: Sphinx) -> None:
    app.config.html_static_path.append(str(Path(__file__).parent / "static"))


def register(app: Sphinx) -> None:
    """Declare the nodes, which other builders take for plain text, and the style of tables."""
    app.add_node(Whole, html=(_html_whole, _html_end), latex=(_latex_whole, _latex_end))
    app.add_node(Gap, html=(_html_gap, _nothing), latex=(_latex_gap, _nothing))
    app.add_css_file("govopen.css")
    app.connect("builder-inited", _add_folder)
