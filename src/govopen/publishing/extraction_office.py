"""The text in DOCX and XLSX: every part of the package, whether or not its program shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govopen.clearance.screeners.hidden import HIDDEN, UNREAD
from govopen.publishing.extraction_markup import XmlHandler, parse_xml
from govopen.publishing.extraction_package import Package, others, parts_of

__all__ = ["document", "workbook"]

_TYPES = "[Content_Types].xml"
# fmt: off
_SAYING = frozenset(
    {
        "descr", "title", "alt", "tooltip", "string", "displayText", "value", "instr", "Target",
        "name", "v", "val", "prompt", "promptTitle", "error", "errorTitle", "display", "displayName",
        "location", "caption", "uniqueName",
    }
)
# fmt: on
"""Attributes in which words may stand."""

_OFF = frozenset({"0", "false", "off", "none"})
# Fonts and settings of printers: there is nothing to read in them.
_MUTE = re.compile(r"\.(?:odttf|ttf|otf|fntdata)$|(?:^|/)printerSettings", re.IGNORECASE)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _says(value: str) -> bool:
    """Whether an attribute may hold words or a number of somebody: most hold ``24`` or ``center``."""
    return len(value) > 6 or not value.isascii()


class _Part(XmlHandler):
    """The text of a part. What stands between elements to make the XML legible is left out.

    Attributes:
        hidden: There is something that its program does not show, or shows struck out or at the margin.
    """

    texts = frozenset({"t", "delText", "instrText", "delInstrText"})
    breaks = frozenset({"p", "br", "cr", "tr", "row"})
    cells = frozenset({"tc", "tab", "ptab"})

    def __init__(self) -> None:
        super().__init__()
        self.hidden = False
        self._open: list[str] = []
        self._others: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._open.append(_local(tag))
        self._others += (value for name, value in attributes.items() if _local(name) in _SAYING and _says(value))

    def end(self, tag: str) -> None:
        name = self._open.pop()
        if name in self.breaks:
            self.write("\n")
        elif name in self.cells:
            self.write("\t")

    def data(self, text: str) -> None:
        if self._open[-1] in self.texts:
            self.write(text)
        elif text.strip():
            self._others.append(text)

    def comment(self, text: str) -> None:
        self._others.append(text)

    def instruction(self, target: str, text: str) -> None:
        self._others.append(text)

    def write(self, text: str) -> None:
        self.pieces.append(text)

    @property
    def text(self) -> str:
        return "\n".join(["".join(self.pieces), *self._others])


class _WordPart(_Part):
    """A part of a document, as it reads with its tracked changes accepted, and as it read before them."""

    _GONE = frozenset({"del", "moveFrom"})
    _NEW = frozenset({"ins", "moveTo"})
    _HIDING = frozenset({"vanish", "comment"})

    def __init__(self) -> None:
        super().__init__()
        self._before: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        name = self._open[-1]
        if name in self._GONE or name in self._NEW:
            self.hidden = True
        elif name in self._HIDING:
            self.hidden = self.hidden or next(iter(attributes.values()), "") not in _OFF
        elif name == "noBreakHyphen":
            self.write("-")
        elif name == "sym":
            self.write(_symbol(attributes))

    def write(self, text: str) -> None:
        if self._NEW.isdisjoint(self._open):
            self._before.append(text)
        if self._GONE.isdisjoint(self._open):
            self.pieces.append(text)

    @property
    def text(self) -> str:
        now = super().text
        before = "".join(self._before)
        return now if before == "".join(self.pieces) else f"{now}\n{before}"


def _symbol(attributes: dict[str, str]) -> str:
    """A character of a symbol font, which keeps letters and digits at their places in the private-use area."""
    written = next((value for name, value in attributes.items() if _local(name) == "char"), "")
    try:
        code = int(written, 16)
    except ValueError:
        return UNREAD
    return chr(code - 0xF000) if 0xF020 <= code < 0xF07F else chr(code) if 0x20 <= code < 0xD800 else ""


class _Strings(_Part):
    """The strings that the sheets of a workbook share, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.shared: list[str] = []

    def end(self, tag: str) -> None:
        if self._open[-1] == "si":
            self.shared.append("".join(self.pieces))
            self.pieces.clear()
        super().end(tag)


class _SheetPart(_Part):
    """A sheet, row by row, or any other part of a workbook."""

    texts = frozenset({"t"})

    def __init__(self, shared: list[str]) -> None:
        super().__init__()
        self._shared = shared
        self._kind = ""
        self._value: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        name = self._open[-1]
        if name == "c":
            self._kind, self._value = attributes.get("t", ""), []
        off = attributes.get("hidden", "0") in _OFF and attributes.get("state", "visible") == "visible"
        if name in {"comment", "threadedComment"} or (name in {"row", "col", "sheet"} and not off):
            self.hidden = True

    def data(self, text: str) -> None:
        if self._open[-2:] == ["c", "v"]:
            self._value.append(text)
        else:
            super().data(text)

    def end(self, tag: str) -> None:
        if self._open[-1] == "c":
            self.write(f"{self._cell()}\t")
        super().end(tag)

    def _cell(self) -> str:
        value = "".join(self._value).strip()
        try:
            if self._kind == "s" and value:
                return self._shared[int(value)]
            # A long number is sometimes written with an exponent, which would hide what it is.
            return str(int(float(value))) if "e" in value.lower() and self._kind in {"", "n"} else value
        except (ValueError, IndexError, OverflowError):
            return f"{value}{UNREAD}"


def document(content: bytes, charset: str = "") -> str | None:
    """The text of a DOCX, with headers, footers, notes, comments, deleted passages and properties."""
    package = _opened(content, b"wordprocessingml.document.main+xml")
    return None if package is None else _told(package, {name: _WordPart() for name in _xml_parts(package)})


def workbook(content: bytes, charset: str = "") -> str | None:
    """The text of an XLSX, with hidden sheets, comments, headers, formulas, names, and data kept for pivot tables."""
    package = _opened(content, b"spreadsheetml.sheet.main+xml")
    if package is None:
        return None
    strings = _Strings()
    whole = all(parse_xml(package[name], strings) for name in package if name.lower().endswith("sharedstrings.xml"))
    if not whole:
        return None
    text = _told(package, {name: _SheetPart(strings.shared) for name in _xml_parts(package)})
    # What is shown once in a cell and what no cell shows any more, such as a string that was cut out.
    return None if text is None else "\n".join([text, *strings.shared])


def _opened(content: bytes, main: bytes) -> Package | None:
    package = parts_of(content)
    return package if package is not None and main in package.get(_TYPES, b"") else None


def _xml_parts(package: Package) -> Iterator[str]:
    mute = set(others(package))
    return (name for name in package if name not in mute and name != _TYPES)


def _told(package: Package, handlers: dict[str, _WordPart] | dict[str, _SheetPart]) -> str | None:
    """The text of all parts; with a mark for each that cannot be read, and one if anything is hidden."""
    said: list[str] = []
    hidden = any(re.search("pivotCache|externalLinks", name, re.IGNORECASE) for name in package)
    for name, handler in handlers.items():
        if name.lower().endswith("sharedstrings.xml"):
            continue
        said.append(handler.text if parse_xml(package[name], handler) else UNREAD)
        hidden = hidden or handler.hidden
    said += (UNREAD for name in others(package) if not _MUTE.search(name))
    if hidden:
        said.append(HIDDEN)
    return "\n".join(said)
