"""Whether a file is an XLSX that can be read, and read safely: looked at before it is opened.

calamine holds a sheet as one rectangle, so a single stray cell in the last corner would ask for terabytes; and it reads
a cell with an error, or with a formula nobody has computed, as a blank. What it would not tell is found here.
"""

from __future__ import annotations

import html
import mmap
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from govopen.errors import Problem
from govopen.interchange.limits import Limits
from govopen.interchange.lines import unopened
from govopen.texts import N_

__all__ = ["SheetFacts", "damaged", "inspect"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_MEMBERS = 10_000
_END = 4096
# A cell that is closed at once is formatted, but holds nothing.
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
# Some programs leave out where a cell is when it follows the one before; the row says where they begin.
_BARE_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="([0-9]{1,7})"[^>]*>\s*<(?:\w+:)?c(?![^>]*\br=)')
_ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"')
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*[^/]>[^<]*</(?:\w+:)?f>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
_FORMULA = re.compile(rb'<(?:\w+:)?c(?:\s[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*|\s[^>]*)?>\s*<(?:\w+:)?f[\s>/]')
_TAG_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_TAG_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_NO_XLSX = N_("The file is no XLSX workbook.")
_SAVE_ANEW = N_("Open it in a spreadsheet program and save it as an Excel workbook (.xlsx).")


@attrs.define
class SheetFacts:
    """What calamine would not tell of a sheet.

    Attributes:
        errors: Cells with an error such as ``#N/A``.
        uncomputed: Cells with a formula that has no value yet.
        formulas: Cells with a formula; a blank stands for those that do not say where they are.
        rows: The first and the last row in use; ``None``: the sheet is empty.
        columns: The first and the last column in use, from 1.
    """

    errors: set[str] = attrs.field(factory=set)
    uncomputed: set[str] = attrs.field(factory=set)
    formulas: set[str] = attrs.field(factory=set)
    rows: tuple[int, int] | None = None
    columns: tuple[int, int] | None = None

    @property
    def area(self) -> int:
        """Cells of the rectangle around all cells in use."""
        if self.rows is None or self.columns is None:
            return 0
        return (self.rows[1] - self.rows[0] + 1) * (self.columns[1] - self.columns[0] + 1)


def inspect(path: Path, limits: Limits) -> Mapping[str, SheetFacts] | Problem:
    """The facts of each sheet by its name, or why the file cannot be read."""
    try:
        with path.open("rb") as file:
            begins = file.read(8)
        if begins == _OLE:
            return _compound(path)
        if not begins.startswith(b"PK"):
            return Problem(where=str(path), message=_NO_XLSX, accepted=_SAVE_ANEW)
        with zipfile.ZipFile(path) as archive:
            return _archive(path, archive, limits)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError, KeyError):
        return damaged(path)
    except OSError as error:
        return unopened(path, error)


def damaged(path: Path) -> Problem:
    """The problem of a workbook that cannot be read to its end."""
    return Problem(where=str(path), message=N_("The workbook is damaged."), accepted=_SAVE_ANEW)


def _compound(path: Path) -> Problem:
    # Names in the directory of a compound file are UTF-16.
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        encrypted = content.find("EncryptedPackage".encode("utf-16-le")) >= 0
        old = content.find("Workbook".encode("utf-16-le")) >= 0
    if encrypted:
        return Problem(
            where=str(path),
            message=N_("The workbook is encrypted with a password."),
            accepted=N_("Save a copy without a password and import that."),
        )
    if old:
        return Problem(
            where=str(path), message=N_("The file is a workbook of the old format .xls."), accepted=_SAVE_ANEW
        )
    return Problem(where=str(path), message=_NO_XLSX, accepted=_SAVE_ANEW)


def _archive(path: Path, archive: zipfile.ZipFile, limits: Limits) -> Mapping[str, SheetFacts] | Problem:
    members = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist():
        return Problem(where=str(path), message=_NO_XLSX, accepted=_SAVE_ANEW)
    if len(members) > _MEMBERS or sum(member.file_size for member in members) > limits.workbook:
        return Problem(
            where=str(path),
            message=N_("The workbook would unpack to more than {limit} bytes or {members} parts."),
            accepted=N_("Accepted: a smaller workbook, or CSV."),
            facts={"limit": limits.workbook, "members": _MEMBERS},
        )
    parts = _sheet_parts(archive)
    facts: dict[str, SheetFacts] = {name: SheetFacts() for name in parts.values()}
    for member in members:
        # Reading everything proves the declared sizes and the checksums.
        with archive.open(member) as part:
            _scan(iter(lambda: part.read(_CHUNK), b""), facts.get(parts.get(member.filename, "")))
    return facts


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): html.unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(tag)}


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = {}
    for tag in _TAG_RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        found = _attributes(tag)
        target = found.get("Target", "")
        relations[found.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = {}
    for tag in _TAG_SHEET.findall(archive.read("xl/workbook.xml")):
        found = _attributes(tag)
        identifier = next((value for name, value in found.items() if name.endswith(":id")), "")
        sheets[relations.get(identifier, "")] = found.get("name", "")
    return sheets


def _scan(chunks: Iterator[bytes], facts: SheetFacts | None) -> None:
    left = end = b""
    for chunk in chunks:
        if facts is None:
            continue
        end = (end + chunk)[-_END:]
        text = left + chunk
        # A cell may lie across two chunks: the last one that begins in this chunk is looked at again with the next.
        cut = max(text.rfind(b"<c "), text.rfind(b":c "), 0)
        left = text[max(cut - 40, 0) :] if len(text) - cut < _CHUNK else text[-_END:]
        _note(text, facts)
    if facts is not None:
        _note(left, facts)
        if b"sheet>" not in end:
            # calamine would take the rows up to there for all there are.
            raise zipfile.BadZipFile("a sheet is cut off")


def _note(text: bytes, facts: SheetFacts) -> None:
    facts.formulas.update(cell.decode() for cell in _FORMULA.findall(text))
    found = _CELL.findall(text)
    rows = {int(row) for row in {row for _, row in found}.union(_BARE_ROW.findall(text))}
    columns = {_number(letters) for letters in {letters for letters, _ in found}} or {1}
    if not rows:
        return
    facts.rows = _widened(facts.rows, rows)
    facts.columns = _widened(facts.columns, columns)
    facts.errors.update(cell.decode() for cell in _ERROR.findall(text))
    facts.uncomputed.update(cell.decode() for cell in _UNCOMPUTED.findall(text))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _widened(span: tuple[int, int] | None, found: set[int]) -> tuple[int, int]:
    known = [*(span or ()), *found]
    return min(known), max(known)
