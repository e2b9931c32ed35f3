"""Bringing a store made by an older govopen to the schema of this one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.storage import schema
from govopen.storage.chain import FILE_VERSION, Act, body_digest, file_body, salts
from govopen.storage.engine import WRITING, open_place, translated
from govopen.storage.journal import UNJOURNALLED, JournalWriter
from govopen.storage.port import Author
from govopen.storage.refusals import no_store
from govopen.storage.schema import attachment, group, record, revision

__all__ = ["Migration", "migrate"]

_BATCH = 500

MIGRATOR = Author(cause="migrate")
"""What the journal says of events from before it was kept: their author is not known."""


@attrs.frozen(kw_only=True)
class Migration:
    """What a migration did.

    Attributes:
        found: The version of the schema before.
        version: The version now.
        events: How many events it put into the journal.
    """

    found: int
    version: int
    events: int


def migrate(url: str) -> Migration:
    """Bring the store at ``url`` to the schema of this govopen, in one transaction: wholly or not at all.

    Records, revisions and their times stay as they are. Back the store up first.

    Raises:
        StoreTooNew: A newer govopen made it.
        StoreError: There is no store, or it is not whole.
    """
    place = open_place(url)
    try:
        if place.file is not None and not place.file.exists():
            raise no_store(place.where)
        with translated(place.where), place.engine.connect() as connection:
            connection.execution_options(**{WRITING: True})
            with connection.begin():
                return _migrate(connection, place.where)
    finally:
        place.engine.dispose()
        if place.folder is not None:
            place.folder.cleanup()


def _migrate(connection: sa.Connection, where: str) -> Migration:
    found = schema.version(connection)
    if found != 1:
        if not schema.check_version(connection, where):
            raise no_store(where)
        return Migration(found=schema.SCHEMA_VERSION, version=schema.SCHEMA_VERSION, events=0)
    _add_columns(connection)
    for table in (record, revision):
        _salt(connection, table)
    events = sum(len(batch) for batch in _journal_changes(connection))
    events += _journal_moves(connection)
    events += _journal_attachments(connection)
    connection.exec_driver_sql("DROP TABLE govopen_change")
    connection.exec_driver_sql("CREATE UNIQUE INDEX govopen_attachment_event ON govopen_attachment (event)")
    schema.set_version(connection)
    if any(connection.execute(statement).first() is not None for statement in UNJOURNALLED):
        raise StoreError(
            "The store {where} holds revisions that its feed of changes does not tell of; nothing was migrated.",
            hint="It was changed by another hand. Restore a backup, or export its records and import them anew.",
            where=where,
        )
    return Migration(found=found, version=schema.SCHEMA_VERSION, events=events)


def _add_columns(connection: sa.Connection) -> None:
    schema.journal.create(connection)
    schema.identify(connection)
    binary = sa.LargeBinary().compile(dialect=connection.dialect)
    empty = "''" if connection.dialect.name == "postgresql" else "x''"
    for column in (
        f"govopen_record ADD COLUMN salt {binary} NOT NULL DEFAULT {empty}",
        f"govopen_revision ADD COLUMN salt {binary}",
        f"govopen_attachment ADD COLUMN salt {binary} NOT NULL DEFAULT {empty}",
        "govopen_attachment ADD COLUMN event BIGINT NOT NULL DEFAULT 0",
    ):
        connection.exec_driver_sql(f"ALTER TABLE {column}")


def _salt(connection: sa.Connection, table: sa.Table) -> None:
    """Give every body a salt of its own."""
    keys = [table.c.type, table.c.id, table.c.revision]
    page = sa.select(*keys).where(table.c.body.is_not(None)).order_by(*keys).limit(_BATCH)
    update = table.update().where(*(key == sa.bindparam(f"of_{key.name}") for key in keys))
    update = update.values(salt=sa.bindparam("new_salt"))
    last: Sequence[Any] = ("", "", 0)
    while rows := connection.execute(page.where(sa.tuple_(*keys) > sa.tuple_(*last))).all():
        facts = [
            {"of_type": row.type, "of_id": row.id, "of_revision": row.revision, "new_salt": salt}
            for row, salt in zip(rows, salts(len(rows)), strict=True)
        ]
        connection.execute(update, facts)
        last = tuple(rows[-1])


_change = sa.table(
    "govopen_change",
    *(sa.column(name) for name in ("seq", "type", "id", "unit", "revision", "kind", "at")),
)
_before = revision.alias("before")


def _revision_of(table: sa.FromClause, back: int = 0) -> sa.ColumnElement[bool]:
    return sa.and_(
        table.c.type == _change.c.type,
        table.c.id == _change.c.id,
        table.c.revision == _change.c.revision - back,
    )


_CHANGES = (
    sa.select(
        _change.c.seq,
        _change.c.type,
        _change.c.id,
        _change.c.unit,
        _change.c.revision,
        _change.c.kind,
        _change.c.at,
        sa.func.coalesce(record.c.salt, revision.c.salt).label("salt"),
        sa.func.coalesce(record.c.version, revision.c.version).label("version"),
        sa.func.coalesce(record.c.body, revision.c.body).label("body"),
        _before.c.salt.label("salt_before"),
        _before.c.version.label("version_before"),
        _before.c.body.label("body_before"),
    )
    .select_from(_change)
    .outerjoin(record, _revision_of(record))
    .outerjoin(revision, _revision_of(revision))
    .outerjoin(_before, _revision_of(_before, back=1))
    .where(_change.c.seq > sa.bindparam("after"))
    .order_by(_change.c.seq)
    .limit(_BATCH)
)


def _journal_changes(connection: sa.Connection) -> Iterator[list[Act]]:
    """Journal every revision in the order in which they came, at their times."""
    after = 0
    heads = _Writers(connection)
    while rows := connection.execute(_CHANGES, {"after": after}).all():
        acts = []
        for row in rows:
            digest = _digest(row.salt, row.version, row.body)
            before = _digest(row.salt_before, row.version_before, row.body_before)
            act = Act(row.kind, row.unit, row.type, row.id, row.revision, before, digest)
            heads.write(act, row.at)
            acts.append(act)
        heads.flush()
        yield acts
        after = rows[-1].seq


def _journal_moves(connection: sa.Connection) -> int:
    """Journal where revisions are filed, if their type was declared otherwise since."""
    filed = [
        sa.select(record.c.type, record.c.id, record.c.revision, group.c.unit).join_from(
            record, group, record.c.group == group.c.id
        ),
        sa.select(revision.c.type, revision.c.id, revision.c.revision, revision.c.unit),
    ]
    told = schema.journal
    moved = 0
    for held in (statement.subquery() for statement in filed):
        same = sa.and_(told.c.type == held.c.type, told.c.id == held.c.id, told.c.revision == held.c.revision)
        statement = sa.select(held).join(told, same).where(told.c.unit != held.c.unit).order_by(told.c.seq)
        acts = [Act("move", row.unit, row.type, row.id, row.revision) for row in connection.execute(statement)]
        if acts:
            at = connection.scalar(sa.select(sa.func.max(told.c.at))) or 0
            JournalWriter(connection, MIGRATOR, at).write(acts)
        moved += len(acts)
    return moved


def _digest(salt: bytes | None, version: int, body: bytes | None) -> bytes:
    return b"" if salt is None or body is None else body_digest(salt, version, body)


class _Writers:
    """Journal writers for events of different times; those of one time go together."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._acts: list[Act] = []
        self._at = 0

    def write(self, act: Act, at: int) -> None:
        if at != self._at:
            self.flush()
        self._at = at
        self._acts.append(act)

    def flush(self) -> None:
        if self._acts:
            JournalWriter(self._connection, MIGRATOR, self._at).write(self._acts)
            self._acts = []


def _journal_attachments(connection: sa.Connection) -> int:
    update = (
        attachment.update()
        .where(attachment.c.digest == sa.bindparam("of_digest"))
        .values(salt=sa.bindparam("new_salt"), event=sa.bindparam("new_event"))
    )
    found = sa.select(attachment.c.digest, attachment.c.media_type, attachment.c.recorded_at)
    rows = connection.execute(found.order_by(attachment.c.recorded_at, attachment.c.digest)).all()
    for row, salt in zip(rows, salts(len(rows)), strict=True):
        after = body_digest(salt, FILE_VERSION, file_body(row.digest, row.media_type))
        event = JournalWriter(connection, MIGRATOR, row.recorded_at).write([Act("attach", "", "", "", 0, after=after)])
        connection.execute(update, {"of_digest": row.digest, "new_salt": salt, "new_event": event})
    return len(rows)
