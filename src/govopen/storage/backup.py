"""Backups: all that a SQL store holds, in one file that is checked before it counts as made.

Internal interchange: a backup holds personal data, and whatever else the store holds. It is no export.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import msgspec
import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.storage import schema
from govopen.storage.backup_format import (
    FORMAT,
    MANIFEST,
    ROWS,
    Manifest,
    Member,
    attachment_member,
    check_members,
    read_manifest,
    table_member,
    table_name,
)
from govopen.storage.reading import read_attachment
from govopen.storage.sql import SqlStore

__all__ = ["BackupReport", "backup"]

_to_json = msgspec.json.Encoder().encode

# Zip files bear local times. The file system knows when the backup was made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20


@attrs.frozen(kw_only=True)
class BackupReport:
    """What a backup holds.

    Attributes:
        store: Identifier of the store.
        rows: How many rows of each table.
        attachments: How many files.
        size: Of the backup in bytes.
    """

    path: Path
    store: str
    rows: Mapping[str, int]
    attachments: int
    size: int


def backup(store: SqlStore, path: Path) -> BackupReport:
    """Write all that the store holds at one moment to a new file, which only its owner can read, and read it back.

    Others may write to the store meanwhile. Nothing is held in memory but one row or one attachment.

    Raises:
        StoreError: The file is there already, cannot be written, or what was read back is not what was written.
    """
    if path.exists():
        raise StoreError(
            "{path} is there already, and a backup replaces nothing.", hint="Give another name.", path=str(path)
        )
    part = path.with_name(path.name + ".part")
    try:
        # Made by us alone, and for nobody else's eyes from its first byte.
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            os.chmod(part, 0o600)  # noqa: PTH101 - it may have been there, from a run that was cut off
            with store.reading() as connection:
                manifest = _write(connection, file)
            file.flush()
            os.fsync(file.fileno())
        with zipfile.ZipFile(part) as archive:
            check_members(archive, read_manifest(archive, part), part)
        size = part.stat().st_size
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            "The backup {path} cannot be written: {reason}.",
            hint="Check the folder, its rights and its room.",
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return BackupReport(
        path=path,
        store=manifest.store,
        rows={member.table: member.rows for member in manifest.members if member.table},
        attachments=sum(1 for member in manifest.members if not member.table),
        size=size,
    )


def _write(connection: sa.Connection, file: Any) -> Manifest:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=1) as archive:
        members = [
            _write_member(archive, table_member(table), _lines(connection, table), table_name(table))
            for table in schema.metadata.sorted_tables
        ]
        digests = connection.execute(sa.select(schema.attachment.c.digest).order_by(schema.attachment.c.digest))
        for (digest,) in digests:
            content = read_attachment(connection, digest).content
            pieces = (content[place : place + _PIECE] for place in range(0, len(content), _PIECE))
            members.append(_write_member(archive, attachment_member(digest), pieces))
        manifest = Manifest(
            format=FORMAT,
            schema=schema.SCHEMA_VERSION,
            store=schema.identity(connection),
            members=tuple(members),
            heads=dict(_heads(connection)),
        )
        with archive.open(zipfile.ZipInfo(MANIFEST, _NO_TIME), "w") as target:
            target.write(msgspec.json.format(_to_json(manifest), indent=1))
    return manifest


def _write_member(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], table: str = "") -> Member:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    sha256, rows = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as target:
        for piece in pieces:
            sha256.update(piece)
            target.write(piece)
            rows += 1
    return Member(name=name, sha256=sha256.hexdigest(), table=table, rows=rows if table else 0)


def _lines(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """The rows of a table, one JSON array a line; bytes in Base64. The content of an attachment is a member."""
    columns = [column for column in table.c if column is not schema.attachment.c.content]
    statement = sa.select(*columns).order_by(*table.primary_key.columns)
    streaming = {"stream_results": True, "max_row_buffer": ROWS}
    with connection.execute(statement, execution_options=streaming) as result:
        for chunk in result.partitions(ROWS):
            for row in chunk:
                yield _to_json(tuple(row)) + b"\n"


def _heads(connection: sa.Connection) -> Iterator[tuple[str, tuple[int, str]]]:
    journal = schema.journal
    last = sa.select(journal.c.unit, sa.func.max(journal.c.number).label("number")).group_by(journal.c.unit).subquery()
    ends = sa.select(journal.c.unit, journal.c.number, journal.c.hash).join(
        last, sa.and_(journal.c.unit == last.c.unit, journal.c.number == last.c.number)
    )
    for unit, number, hash_ in connection.execute(ends.order_by(journal.c.unit)):
        yield unit, (number, hash_.hex())
