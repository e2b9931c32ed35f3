"""The journal in the SQL store: events written with what they tell of, and read beside what is still held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.storage.bulk import insert_rows
from govopen.storage.chain import Act, Head, event_of, file_body, first_head, next_head
from govopen.storage.events import JournalEntry
from govopen.storage.port import Author
from govopen.storage.schema import attachment, entry, group, journal, record, revision
from govopen.storage.times import from_micros

__all__ = [
    "AS_WRITTEN",
    "BY_UNIT",
    "GROUP_BITS",
    "OF_UNIT",
    "UNJOURNALLED",
    "JournalWriter",
    "entries_of_rows",
    "raw_row",
]

GROUP_BITS = 36
"""A group has room for 2**36 records, and there is room for 2**27 groups."""

# In the info of a connection: how many times anybody has written to the journal over it.
_WRITES = "govopen_journal_writes"

_HEAD = (
    sa.select(journal.c.number, journal.c.hash)
    .where(journal.c.unit == sa.bindparam("unit"))
    .order_by(journal.c.number.desc())
    .limit(1)
)
_LAST = sa.select(sa.func.max(journal.c.seq))


class JournalWriter:
    """Writes the events of one transaction. Whoever makes one holds the right to write: nobody else adds events."""

    def __init__(self, connection: sa.Connection, author: Author, at: int) -> None:
        self._connection = connection
        self._author = author
        self._at = at
        self._heads: dict[str, Head] = {}
        self._seq = 0
        self._writes = -1

    @property
    def alone(self) -> bool:
        """Whether nobody else has written over this connection since this writer did.

        In a host's transaction another of our transactions may lie within this one, and may have been rolled back.
        """
        return bool(self._writes == self._connection.info.get(_WRITES, 0))

    def write(self, acts: Iterable[Act]) -> int:
        """Add events in this order, and give the ``seq`` of the last."""
        info = self._connection.info
        if not self.alone:
            self._heads.clear()
            self._seq = self._connection.scalar(_LAST) or 0
        author, at, heads, seq = self._author, self._at, self._heads, self._seq
        rows = []
        for act in acts:
            if (head := heads.get(act.unit)) is None:
                head = self._head(act.unit)
            seq += 1
            event = event_of(act, seq, head, at, author)
            heads[act.unit] = head = next_head(head, event)
            rows.append((*event, head.hash))
        insert_rows(self._connection, journal, rows)
        self._seq = seq
        self._writes = info[_WRITES] = info.get(_WRITES, 0) + 1
        return seq

    def _head(self, unit: str) -> Head:
        row = self._connection.execute(_HEAD, {"unit": unit}).one_or_none()
        return first_head(unit) if row is None else Head(row.number, row.hash)


def _raw(expression: sa.ColumnElement[Any], name: str) -> sa.Label[Any]:
    """As the driver gives it: a verification must be able to look at a value of the wrong type."""
    return sa.type_coerce(expression, sa.types.NullType()).label(name)


_later = journal.alias("later")


def _forgotten(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    statement = sa.select(sa.func.max(_later.c.seq)).where(
        _later.c.type == journal.c.type, *which, _later.c.kind == sa.literal_column("'forget'")
    )
    return statement.scalar_subquery()


_ATTACHES = journal.c.kind == sa.literal_column("'attach'")
_FORGOTTEN = sa.case(
    (_ATTACHES, _forgotten(_later.c.id == sa.cast(journal.c.seq, sa.Text), _later.c.revision == 0)),
    else_=_forgotten(_later.c.id == journal.c.id, _later.c.revision > journal.c.revision),
)
_MOVED = (
    sa.select(_later.c.unit)
    .where(
        _later.c.type == journal.c.type,
        _later.c.id == journal.c.id,
        _later.c.revision == journal.c.revision,
        _later.c.kind == sa.literal_column("'move'"),
    )
    .order_by(_later.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_UNIT = sa.func.coalesce(_MOVED, journal.c.unit)
_FILED = sa.case(
    (journal.c.kind.in_([sa.literal_column("'forget'"), sa.literal_column("'move'")]), sa.true()),
    # A file that was erased has left no row.
    (_ATTACHES, sa.or_(attachment.c.digest.is_(None), attachment.c.recorded_at == journal.c.at)),
    (
        record.c.key.is_not(None),
        sa.and_(
            revision.c.id.is_(None),
            journal.c.kind == sa.literal_column("'put'"),
            record.c.recorded_at == journal.c.at,
            group.c.type == journal.c.type,
            group.c.unit == _UNIT,
        ),
    ),
    else_=sa.and_(revision.c.kind == journal.c.kind, revision.c.recorded_at == journal.c.at, revision.c.unit == _UNIT),
)
_MAKES_REVISION = journal.c.kind.in_([sa.literal_column("'put'"), sa.literal_column("'delete'")])


def _same_revision(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(
        _MAKES_REVISION,
        table.c.type == journal.c.type,
        table.c.id == journal.c.id,
        table.c.revision == journal.c.revision,
    )


def _journal() -> sa.Select[Any]:
    return (
        sa.select(
            *(_raw(column, column.name) for column in journal.c),
            _raw(sa.func.coalesce(record.c.version, revision.c.version, 0), "version"),
            _raw(sa.func.coalesce(record.c.salt, revision.c.salt, attachment.c.salt), "salt"),
            _raw(sa.func.coalesce(record.c.body, revision.c.body), "body"),
            _raw(sa.func.coalesce(_FORGOTTEN, 0), "forgotten"),
            _raw(_FILED, "filed"),
            _raw(attachment.c.digest, "digest"),
            _raw(attachment.c.media_type, "media_type"),
        )
        .select_from(journal)
        .outerjoin(record, _same_revision(record))
        .outerjoin(group, group.c.id == record.c.group)
        .outerjoin(revision, _same_revision(revision))
        .outerjoin(
            attachment,
            sa.and_(_ATTACHES, attachment.c.event == journal.c.seq),
        )
        .where(journal.c.seq > sa.bindparam("after"))
    )


AS_WRITTEN = _journal().order_by(journal.c.seq)
"""The statement that reads the journal in the order in which it lies: by far the quickest."""

BY_UNIT = AS_WRITTEN.order_by(None).order_by(journal.c.unit, journal.c.number)
"""The statement that reads the journal chain by chain."""

OF_UNIT = BY_UNIT.where(journal.c.unit == sa.bindparam("unit"))
"""The statement that reads one chain."""


def _without_event(table: sa.Table) -> sa.Select[Any]:
    return (
        sa.select(table.c.type, table.c.id, table.c.revision)
        .select_from(table)
        .outerjoin(journal, _same_revision(table))
        .where(journal.c.seq.is_(None))
    )


_next_revision = revision.alias("next_revision")
_BADLY_ENDED = (
    sa.select(revision.c.type, revision.c.id, revision.c.revision)
    .select_from(revision)
    .outerjoin(
        _next_revision,
        sa.and_(
            _next_revision.c.type == revision.c.type,
            _next_revision.c.id == revision.c.id,
            _next_revision.c.revision == revision.c.revision + 1,
        ),
    )
    .outerjoin(
        record,
        sa.and_(
            record.c.type == revision.c.type,
            record.c.id == revision.c.id,
            record.c.revision == revision.c.revision + 1,
        ),
    )
    .where(
        revision.c.ended_at
        != sa.func.coalesce(_next_revision.c.recorded_at, record.c.recorded_at, sa.literal_column(str(2**63 - 1)))
    )
)
_BADLY_PLACED = sa.select(record.c.type, record.c.id, record.c.revision).where(
    record.c.key // sa.literal_column(str(2**GROUP_BITS)) != record.c.group
)
_LOOSE_ENTRIES = (
    sa.select(sa.func.coalesce(group.c.type, ""), entry.c.id, sa.literal_column("0"))
    .select_from(entry)
    .outerjoin(group, group.c.id == entry.c.group)
    .outerjoin(record, record.c.key == entry.c.record)
    .where(
        sa.or_(record.c.key.is_(None), group.c.id.is_(None), record.c.group != entry.c.group, record.c.id != entry.c.id)
    )
)
_LOOSE_FILES = (
    sa.select(sa.literal_column("''"), attachment.c.digest, sa.literal_column("0"))
    .select_from(attachment)
    .outerjoin(
        journal,
        sa.and_(journal.c.seq == attachment.c.event, _ATTACHES),
    )
    .where(journal.c.seq.is_(None))
)

UNJOURNALLED: Sequence[sa.Select[Any]] = (
    _without_event(record),
    _without_event(revision),
    _BADLY_ENDED,
    _BADLY_PLACED,
    _LOOSE_ENTRIES,
    _LOOSE_FILES,
)
"""The statements that find what no event accounts for: type, identifier, revision."""


def raw_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """The fields of a :class:`JournalEntry`, unchecked, the time in microseconds."""
    if row[7] != "attach":
        return tuple(row[:19])
    body = None if row[19] is None else file_body(row[19], row[20])
    return (*row[:16], body, *row[17:19])


_entry: Callable[..., JournalEntry] = JournalEntry


def entries_of_rows(rows: Iterator[Sequence[Any]], where: str) -> Iterator[JournalEntry]:
    """The entries of rows.

    Raises:
        StoreError: An event holds what no event can hold.
    """
    for row in rows:
        seq, unit, number, at, *rest, filed = raw_row(row)
        try:
            moment = from_micros(at)
        except (OverflowError, TypeError):
            raise StoreError(
                "The journal of the store {where} is damaged at event {seq}.",
                hint="`govopen journal verify` says more.",
                where=where,
                seq=seq,
            ) from None
        yield _entry(seq, unit, number, moment, *rest, bool(filed))
