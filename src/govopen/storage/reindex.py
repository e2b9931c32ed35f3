"""Making a type's stored units and index entries anew when its declaration has changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from govopen.storage import schema
from govopen.storage.bulk import insert_rows
from govopen.storage.chain import Act
from govopen.storage.journal import JournalWriter
from govopen.storage.port import Author
from govopen.storage.schema import entry, meta, record
from govopen.storage.types import BoundType, TypeBook, entries_of
from govopen.storage.writing import BATCH, Placement, entry_rows

__all__ = ["changed_types", "reindex"]

_PREFIX = "layout:"

_LAYOUTS = sa.select(meta.c.key, meta.c.value).where(meta.c.key.startswith(_PREFIX))
_PAGE = (
    sa.select(record.c.id, record.c.key, record.c.group, record.c.revision, record.c.version, record.c.body)
    .where(record.c.type == sa.bindparam("type"), record.c.id > sa.bindparam("after"))
    .order_by(record.c.id)
    .limit(BATCH)
)
_DROP_ENTRIES = entry.delete().where(entry.c.record == sa.bindparam("of_key"))
_MOVE = (
    record.update()
    .where(record.c.key == sa.bindparam("of_key"))
    .values(key=sa.bindparam("to_key"), group=sa.bindparam("to_group"))
)


def changed_types(connection: sa.Connection, book: TypeBook) -> list[BoundType[Any]]:
    """The types whose version, unit or indexes are not those that the store was last opened with."""
    known = {row.key.removeprefix(_PREFIX): row.value for row in connection.execute(_LAYOUTS)}
    return [bound for name, bound in book.by_name.items() if known.get(name) != bound.layout]


def reindex(connection: sa.Connection, bound: BoundType[Any], at: int) -> None:
    """Derive unit and index entries of all the type's records again. No record gets a new revision.

    Args:
        connection: To the database, with the right to write.
        bound: The type.
        at: The time now in microseconds, for the journal: a record that comes under another unit is an event there.

    Raises:
        StoreError: A record is newer than the type, or does not fit it.
    """
    name = bound.type.name
    placement = Placement(connection)
    journal = JournalWriter(connection, Author(cause="reindex"), at)
    after = ""
    while page := connection.execute(_PAGE, {"type": name, "after": after}).all():
        moves, entries, acts = [], [], []
        for row in page:
            held = bound.load(row.id, row.version, row.body)
            unit = bound.type.unit_of(held)
            group_id, key = placement.place(name, unit, row.key)
            if group_id != row.group:
                acts.append(Act("move", unit, name, row.id, row.revision))
            moves.append({"of_key": row.key, "to_key": key, "to_group": group_id})
            entries += entry_rows(entries_of(bound.type, held), group_id, row.id, key)
        connection.execute(_DROP_ENTRIES, [{"of_key": row.key} for row in page])
        connection.execute(_MOVE, moves)
        insert_rows(connection, entry, entries)
        if acts:
            journal.write(acts)
        after = page[-1].id
    connection.execute(meta.delete().where(meta.c.key == _PREFIX + name))
    connection.execute(schema.meta.insert(), {"key": _PREFIX + name, "value": bound.layout})
