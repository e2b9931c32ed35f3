"""Making a type's stored units and index entries anew when its declaration has changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from govopen.storage import schema
from govopen.storage.schema import entry, meta, record
from govopen.storage.types import BoundType, TypeBook, entries_of
from govopen.storage.writing import BATCH, Placement, entry_rows

__all__ = ["changed_types", "reindex"]

_PREFIX = "layout:"

_LAYOUTS = sa.select(meta.c.key, meta.c.value).where(meta.c.key.startswith(_PREFIX))
_PAGE = (
    sa.select(record.c.id, record.c.key, record.c.version, record.c.body)
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


def reindex(connection: sa.Connection, bound: BoundType[Any]) -> None:
    """Derive unit and index entries of all the type's records again. No record gets a new revision.

    Raises:
        StoreError: A record is newer than the type, or does not fit it.
    """
    name = bound.type.name
    placement = Placement(connection)
    after = ""
    while page := connection.execute(_PAGE, {"type": name, "after": after}).all():
        moves, entries = [], []
        for row in page:
            held = bound.load(row.id, row.version, row.body)
            group_id, key = placement.place(name, bound.type.unit_of(held), row.key)
            moves.append({"of_key": row.key, "to_key": key, "to_group": group_id})
            entries += entry_rows(entries_of(bound.type, held), group_id, row.id, key)
        connection.execute(_DROP_ENTRIES, [{"of_key": row.key} for row in page])
        connection.execute(_MOVE, moves)
        if entries:
            connection.execute(entry.insert(), entries)
        after = page[-1].id
    connection.execute(meta.delete().where(meta.c.key == _PREFIX + name))
    connection.execute(schema.meta.insert(), {"key": _PREFIX + name, "value": bound.layout})
