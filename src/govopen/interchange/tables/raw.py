"""Discretion tables in TOML among the records of an import: one file is one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from govopen.errors import Problem
from govopen.interchange.lines import unopened
from govopen.interchange.raw import Options, Raw
from govopen.interchange.tables.toml import TABLE_TYPE, parse_toml
from govopen.texts import N_

__all__ = ["TABLE_FOLDER", "read_toml_table", "taken"]

TABLE_FOLDER = "tables"
"""Name of the folders whose TOML files are tables."""

_WORKSPACE = "govopen.toml"


def taken(path: Path) -> bool:
    """Whether a TOML file that lies in a directory, and was not named itself, is a table.

    Settings, waivers and mappings are TOML, too. So a table lies in a folder called ``tables`` that is no
    workspace.
    """
    folder = path.parent.resolve()
    return folder.name == TABLE_FOLDER and not (folder / _WORKSPACE).exists()


def read_toml_table(
    path: Path, options: Options, on_bytes: Callable[[int], None] | None = None
) -> Iterator[Raw | Problem]:
    """The record of a file, or why there is none."""
    record_type = options.types.get(TABLE_TYPE.name)
    if record_type is None or options.type_name not in (None, TABLE_TYPE.name):
        yield Problem(
            where=str(path),
            message=N_("A TOML file holds a record of the type {type}, and of no other."),
            accepted=N_("Accepted for other types: JSON Lines, CSV and XLSX."),
            facts={"type": TABLE_TYPE.name},
        )
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        yield unopened(path, error)
        return
    found = parse_toml(content, str(path), options.limits)
    yield found if isinstance(found, Problem) else Raw(record_type, found, str(path), 0)
    if on_bytes is not None:
        on_bytes(len(content))
