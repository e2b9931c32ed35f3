"""Discretion tables as files, in the format that the file's name says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from govopen.errors import InputError, TableError
from govopen.interchange.lines import unopened
from govopen.model.discretion import DiscretionTable
from govopen.texts import N_

__all__ = ["SUFFIXES", "read_table", "write_table"]

T = TypeVar("T")


def read_table(path: Path, *, name: str | None = None) -> DiscretionTable:
    """The table that a file holds: TOML (``.toml``), DMN (``.dmn``, ``.xml``) or a workbook (``.xlsx``).

    Args:
        path: The file.
        name: Of DMN: name or identifier of the decision, where the file has decision tables in several.

    Raises:
        TableError: It cannot be read as a table; with every problem found.
        InputError: Files of this kind are not read, or the library that reads them is not installed.
    """
    return _format(path, _READERS)(path, name)


def write_table(document: DiscretionTable, path: Path, *, version: str = "1.5") -> None:
    """Write a table in the format that the file's name says, over what may be there.

    Args:
        document: The table.
        path: The file.
        version: Of DMN: 1.3, 1.4 or 1.5.

    Raises:
        TableError: The format needs a table that compiles, and this one does not.
        InputError: Files of this kind are not written, the library that writes them is not installed, or the file
            cannot be written.
    """
    content = _format(path, _WRITERS)(document, version)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(
            N_("The file {file} cannot be written: {reason}."),
            hint=N_("Name a file in a folder that is there."),
            file=str(path),
            reason=error.strerror or "OSError",
        ) from error


def _format(path: Path, known: Mapping[str, Callable[..., T]]) -> Callable[..., T]:
    found = known.get(path.suffix.lower())
    if found is None:
        raise InputError(
            N_("Files of the kind of {file} hold no discretion table."),
            hint=N_("Accepted: {accepted}."),
            file=str(path),
            accepted=", ".join(known),
        )
    return found


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TableError(
            N_("The file {file} cannot be read as a discretion table."),
            problems=[unopened(path, error)],
            file=str(path),
        ) from error


def _read_toml(path: Path, name: str | None) -> DiscretionTable:
    from govopen.interchange.tables.toml import read_toml  # noqa: PLC0415 - each format loads what it needs alone

    return read_toml(_content(path), where=str(path))


def _read_dmn(path: Path, name: str | None) -> DiscretionTable:
    from govopen.interchange.tables.dmn_read import read_dmn  # noqa: PLC0415

    return read_dmn(_content(path), where=str(path), name=name)


def _read_xlsx(path: Path, name: str | None) -> DiscretionTable:
    from govopen.interchange.tables.xlsx_read import read_xlsx_table  # noqa: PLC0415

    return read_xlsx_table(path)


def _write_toml(document: DiscretionTable, version: str) -> bytes:
    from govopen.interchange.tables.toml import write_toml  # noqa: PLC0415

    return write_toml(document).encode()


def _write_dmn(document: DiscretionTable, version: str) -> bytes:
    from govopen.interchange.tables.dmn_write import write_dmn  # noqa: PLC0415

    return write_dmn(document, version=version)


def _write_xlsx(document: DiscretionTable, version: str) -> bytes:
    from govopen.interchange.tables.xlsx_write import write_xlsx_table  # noqa: PLC0415

    return write_xlsx_table(document)


_READERS: Mapping[str, Callable[[Path, str | None], DiscretionTable]] = {
    ".toml": _read_toml,
    ".dmn": _read_dmn,
    ".xml": _read_dmn,
    ".xlsx": _read_xlsx,
}
_WRITERS: Mapping[str, Callable[[DiscretionTable, str], bytes]] = {
    ".toml": _write_toml,
    ".dmn": _write_dmn,
    ".xml": _write_dmn,
    ".xlsx": _write_xlsx,
}
SUFFIXES = tuple(_READERS)
"""Endings of the names of files that hold tables."""
