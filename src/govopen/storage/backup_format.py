"""What a backup file looks like, and whether one is whole."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import sqlalchemy as sa

from govopen.errors import StoreError, StoreTooNew
from govopen.storage import schema

__all__ = [
    "FORMAT",
    "MANIFEST",
    "ROWS",
    "Manifest",
    "Member",
    "attachment_member",
    "check_members",
    "damaged",
    "open_backup",
    "read_manifest",
    "table_member",
    "table_name",
]

FORMAT = 1
"""Of the backup; raised by a change that an older govopen could not restore."""

MANIFEST = "manifest.json"
"""Name of the list of what a backup holds."""

ROWS = 500
"""How many rows are read or written at a time."""

_PIECE = 1 << 16

_NOTE = "Internal: holds personal data. Keep it as the store is kept; it is not for publication or exchange."


class Member(msgspec.Struct, frozen=True):
    """One file in the backup: the rows of a table, or an attachment (``table`` empty)."""

    name: str
    sha256: str
    table: str = ""
    rows: int = 0


class Manifest(msgspec.Struct, frozen=True):
    """What the backup says of itself. ``heads`` are the ends of the chains, by unit: number and hash of the last."""

    format: int
    schema: int
    store: str
    members: tuple[Member, ...]
    heads: dict[str, tuple[int, str]]
    note: str = _NOTE


def table_name(table: sa.Table) -> str:
    """The table's name as a plain text; SQLAlchemy's own kind of text is not one to JSON."""
    return "".join(table.name)


def table_member(table: sa.Table) -> str:
    """Where the rows of a table are."""
    return f"{table_name(table).removeprefix('govopen_')}.jsonl"


def attachment_member(digest: str) -> str:
    """Where the content of an attachment is."""
    return f"attachments/{digest}"


def damaged(path: Path) -> StoreError:
    """The error for a backup that is not whole."""
    return StoreError(
        "The backup {path} is damaged or was cut off; nothing was restored from it.",
        hint="Take another backup.",
        path=str(path),
    )


@contextmanager
def open_backup(path: Path) -> Iterator[zipfile.ZipFile]:
    """The file, open to be read.

    Raises:
        StoreError: It is not there, or is not whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise StoreError(
            "The backup {path} cannot be read.", hint="Check its name and who may read it.", path=str(path)
        ) from error
    # What zipfile raises over a file that somebody bent, besides its own error.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as error:
        raise damaged(path) from error


def read_manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """What the backup says of itself.

    Raises:
        StoreTooNew: A newer govopen made it.
        StoreError: It is no backup, or one of another schema.
    """
    try:
        raw = archive.read(MANIFEST)
        version = msgspec.json.decode(raw, type=dict[str, object]).get("format")
        if isinstance(version, int) and version > FORMAT:
            raise _too_new(path)
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (KeyError, msgspec.MsgspecError) as error:
        raise damaged(path) from error
    if manifest.schema > schema.SCHEMA_VERSION:
        raise _too_new(path)
    if manifest.schema != schema.SCHEMA_VERSION:
        raise StoreError(
            "The backup {path} is of schema {found}; this govopen restores schema {known}.",
            hint="Restore it with the govopen that made it, then run `govopen migrate`.",
            path=str(path),
            found=manifest.schema,
            known=schema.SCHEMA_VERSION,
        )
    return manifest


def _too_new(path: Path) -> StoreTooNew:
    return StoreTooNew(
        "The backup {path} was made by a newer govopen.",
        hint="Upgrade govopen (pip install --upgrade govopen).",
        path=str(path),
    )


def check_members(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
    """Read everything once, and compare it with the manifest.

    Raises:
        StoreError: Something is missing, too much, or not what was written.
    """
    names = [member.name for member in manifest.members]
    if sorted([*names, MANIFEST]) != sorted(archive.namelist()):
        raise damaged(path)
    for member in manifest.members:
        if _sha256(archive, member.name) != member.sha256:
            raise damaged(path)


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    sha256 = hashlib.sha256()
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            sha256.update(piece)
    return sha256.hexdigest()
