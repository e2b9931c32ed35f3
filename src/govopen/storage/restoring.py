"""Restoring a backup: into a store that is new or empty, wholly or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import msgspec
import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.model.base import RecordType
from govopen.storage import schema
from govopen.storage.backup_format import (
    ROWS,
    Manifest,
    Member,
    attachment_member,
    check_members,
    damaged,
    open_backup,
    read_manifest,
)
from govopen.storage.bulk import insert_rows
from govopen.storage.engine import WRITING, Place, open_place, translated
from govopen.storage.port import utc_now
from govopen.storage.refusals import no_govopen_store
from govopen.storage.sql import SqlStore
from govopen.storage.sqlite import prepare_file
from govopen.storage.verification import Verification, verify

__all__ = ["RestoreReport", "restore"]


@attrs.frozen(kw_only=True)
class RestoreReport:
    """What was restored, and how it verified."""

    manifest: Manifest
    verification: Verification


def restore(path: Path, url: str, types: Iterable[RecordType]) -> RestoreReport:
    """Restore the backup at ``path`` to the store at ``url``, which must not be there yet, or be empty.

    The checksums are compared before anything is written, and the journal is verified before anything counts.
    A store that is there and empty gets the identity of the one that was backed up.

    Raises:
        StoreTooNew: A newer govopen made the backup.
        StoreError: The backup is not whole or does not verify, or the store is not empty. The store is as before.
    """
    types = tuple(types)
    with open_backup(path) as archive:
        manifest = read_manifest(archive, path)
        check_members(archive, manifest, path)
        place = open_place(url)
        new = place.file is not None and not place.file.exists()
        try:
            report = _restore(archive, manifest, place, types, path)
        except BaseException:
            place.engine.dispose()
            if new and place.file is not None:
                for suffix in ("", "-wal", "-shm"):
                    place.file.with_name(place.file.name + suffix).unlink(missing_ok=True)
            raise
        place.engine.dispose()
    # Its types may be declared otherwise here than where the backup was made.
    SqlStore.open(url, types).close()
    return report


def _restore(
    archive: zipfile.ZipFile, manifest: Manifest, place: Place, types: tuple[RecordType, ...], path: Path
) -> RestoreReport:
    with translated(place.where):
        if place.file is not None:
            _expect_ours(place)
            prepare_file(place.engine)
        with place.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            if schema.check_version(connection, place.where):
                _expect_empty(connection, place.where)
                for table in (schema.group, schema.meta):
                    connection.execute(table.delete())
            else:
                schema.create_tables(connection)
            members = {member.table: member for member in manifest.members if member.table}
            for table in schema.metadata.sorted_tables:
                if table.name not in members:
                    raise damaged(path)
                _fill(connection, archive, table, members[table.name], path)
            if connection.dialect.name == "postgresql":
                _count_on(connection)
            schema.check_version(connection, place.where)
            found = verify(SqlStore(connection, types, utc_now, where=place.where))
            heads = {unit: (head.number, head.hash.hex()) for unit, head in found.units.items()}
            if not found.ok or heads != manifest.heads or found.store != manifest.store:
                raise StoreError(
                    "The backup {path} holds a journal that does not verify; nothing was restored from it.",
                    hint="Somebody changed it, or the store was broken when it was made. Take another backup.",
                    path=str(path),
                )
    return RestoreReport(manifest=manifest, verification=found)


def _expect_ours(place: Place) -> None:
    with place.engine.connect() as connection:
        if not schema.check_version(connection, place.where) and schema.has_tables(connection):
            raise no_govopen_store(place.where)


def _expect_empty(connection: sa.Connection, where: str) -> None:
    for table in (schema.journal, schema.record, schema.revision, schema.attachment):
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None:
            raise StoreError(
                "The store {where} is not empty, and a restore replaces nothing.",
                hint="Give the address of a store that does not exist yet.",
                where=where,
            )


def _fill(connection: sa.Connection, archive: zipfile.ZipFile, table: sa.Table, member: Member, path: Path) -> None:
    rows = _rows(archive, table, member, path)
    size = 1 if table is schema.attachment else ROWS
    filled = 0
    while batch := list(islice(rows, size)):
        insert_rows(connection, table, batch)
        filled += len(batch)
    if filled != member.rows:
        raise damaged(path)


def _rows(archive: zipfile.ZipFile, table: sa.Table, member: Member, path: Path) -> Iterator[tuple[Any, ...]]:
    columns = [column for column in table.c if column is not schema.attachment.c.content]
    binary = {place for place, column in enumerate(columns) if isinstance(column.type, sa.LargeBinary)}
    kinds = tuple(
        (bytes | None if place in binary else column.type.python_type) for place, column in enumerate(columns)
    )
    decode = msgspec.json.Decoder(tuple[kinds]).decode  # type: ignore[valid-type]
    with archive.open(member.name) as lines:
        for line in lines:
            try:
                row: tuple[Any, ...] = decode(line)
                if table is schema.attachment:
                    row = (*row, archive.read(attachment_member(row[0])))
            except (msgspec.MsgspecError, KeyError) as error:
                raise damaged(path) from error
            yield row


def _count_on(connection: sa.Connection) -> None:
    """Let the server give the next group a number of its own."""
    connection.execute(
        sa.select(
            sa.func.setval(
                sa.func.pg_get_serial_sequence(schema.group.name, "id"),
                sa.select(sa.func.coalesce(sa.func.max(schema.group.c.id), 0) + 1).scalar_subquery(),
                sa.false(),
            )
        )
    )
