"""The tables of the SQL store, and the version they are at.

Plugins bring no tables: a record of any type is one row of ``govopen_record``. The names are prefixed because the
tables may live in the host's own database.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from govopen.errors import StoreError, StoreTooNew

__all__ = [
    "FOREVER",
    "SCHEMA_VERSION",
    "attachment",
    "check_version",
    "create",
    "create_tables",
    "entry",
    "group",
    "has_tables",
    "identify",
    "identity",
    "journal",
    "meta",
    "metadata",
    "record",
    "revision",
    "set_version",
    "version",
]

SCHEMA_VERSION = 2
"""Of the tables; ``govopen migrate`` brings older ones up to it."""

FOREVER = 2**63 - 1
"""As the end of a revision: it has not ended. Times are whole microseconds since 1970-01-01 UTC."""

_VERSION_KEY = "schema"
_IDENTITY_KEY = "store"

# Identifiers are ordered by code point. SQLite does so by itself, PostgreSQL only under this collation.
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

metadata = sa.MetaData()
"""The tables of a store."""

meta = sa.Table(
    "govopen_meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""One row: what the store is, and its version."""

group = sa.Table(
    "govopen_group",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("type", _KEY, nullable=False),
    sa.Column("unit", _KEY, nullable=False),
    sa.UniqueConstraint("type", "unit", name="govopen_group_type_unit"),
    comment="A unit's records of one type. They lie together, see govopen_record.key.",
)
"""The units, and the heads of their chains."""

record = sa.Table(
    "govopen_record",
    metadata,
    # The rows of a table lie in the order of its key. The key begins with the group, so that reading a unit's
    # records of one type reads neighbouring pages, in whatever order they were imported.
    sa.Column("key", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("group", sa.Integer, sa.ForeignKey("govopen_group.id"), nullable=False),
    sa.Column("type", _KEY, nullable=False),
    sa.Column("id", _KEY, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("recorded_at", sa.BigInteger, nullable=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("type", "id", name="govopen_record_type_id"),
    sa.Index("govopen_record_group_id", "group", "id", unique=True),
    comment="The newest revision of each record that is not deleted.",
)
"""The newest revisions."""

revision = sa.Table(
    "govopen_revision",
    metadata,
    sa.Column("type", _KEY, primary_key=True),
    sa.Column("id", _KEY, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("unit", _KEY, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("recorded_at", sa.BigInteger, nullable=False),
    sa.Column("ended_at", sa.BigInteger, nullable=False),
    sa.Column("salt", sa.LargeBinary),
    sa.Column("body", sa.LargeBinary),
    sa.Index("govopen_revision_type_unit_id", "type", "unit", "id"),
    comment="Revisions that were replaced, and deletions. One held from recorded_at until before ended_at. "
    "An erased one keeps its row, without salt and body.",
)
"""All revisions, with bodies and salts until they are erased."""

entry = sa.Table(
    "govopen_entry",
    metadata,
    sa.Column("group", sa.Integer, sa.ForeignKey("govopen_group.id"), primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("value", _KEY, primary_key=True),
    sa.Column("id", _KEY, primary_key=True),
    sa.Column("record", sa.BigInteger, sa.ForeignKey("govopen_record.key"), nullable=False),
    sa.Index("govopen_entry_record", "record"),
    comment="The declared indexes: the values that a field of a record holds.",
    sqlite_with_rowid=False,
)
"""The index: values of indexed fields."""

journal = sa.Table(
    "govopen_journal",
    metadata,
    # Given by us, and hashed: writers come one after the other, so the next number is known.
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("unit", _KEY, nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("type", _KEY, nullable=False),
    sa.Column("id", _KEY, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("before", sa.LargeBinary, nullable=False),
    sa.Column("after", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Index("govopen_journal_unit_number", "unit", "number", unique=True),
    sa.Index("govopen_journal_type_id_revision", "type", "id", "revision", "kind"),
    comment="Who wrote what, in the order of writing. Rows are added and never changed.",
)
"""The events, in one chain for each unit."""

attachment = sa.Table(
    "govopen_attachment",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.BigInteger, nullable=False),
    sa.Column("event", sa.BigInteger, nullable=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Index("govopen_attachment_event", "event", unique=True),
    comment="Files. event is the seq of the one that keeps them.",
)
"""The files, by SHA-256."""


_VERSION = sa.select(meta.c.value).where(meta.c.key == _VERSION_KEY)


def has_tables(connection: sa.Connection) -> bool:
    """Whether the database holds any table at all, ours or another's."""
    return bool(sa.inspect(connection).get_table_names())


def create(connection: sa.Connection) -> None:
    """Make the tables, at the newest version."""
    create_tables(connection)
    connection.execute(meta.insert(), {"key": _VERSION_KEY, "value": str(SCHEMA_VERSION)})
    identify(connection)


def create_tables(connection: sa.Connection) -> None:
    """Make the tables and leave them empty: what is restored into them brings its version and identifier."""
    metadata.create_all(connection, checkfirst=False)


def identify(connection: sa.Connection) -> None:
    """Give the store an identifier of its own."""
    connection.execute(meta.insert(), {"key": _IDENTITY_KEY, "value": str(uuid.uuid4())})


def identity(connection: sa.Connection) -> str:
    """The store's identifier; empty if somebody took it away."""
    return connection.scalar(sa.select(meta.c.value).where(meta.c.key == _IDENTITY_KEY)) or ""


def version(connection: sa.Connection) -> int:
    """The version that the tables say they are at; 0 if there are none of ours, or they do not say."""
    if not sa.inspect(connection).has_table(meta.name):
        return 0
    found = connection.scalar(_VERSION) or ""
    return int(found) if found.isdecimal() else 0


def set_version(connection: sa.Connection) -> None:
    """Let the tables say that they are at the newest version."""
    connection.execute(meta.update().where(meta.c.key == _VERSION_KEY).values(value=str(SCHEMA_VERSION)))


def check_version(connection: sa.Connection, where: str) -> bool:
    """Whether our tables are there, at the version this govopen reads.

    Args:
        connection: To the database.
        where: What errors call the store.

    Raises:
        StoreTooNew: A newer govopen made the tables.
        StoreError: They say no version that we know.
    """
    if not sa.inspect(connection).has_table(meta.name):
        return False
    found = connection.scalar(_VERSION)
    if found == str(SCHEMA_VERSION):
        return True
    if found is not None and found.isdecimal() and int(found) > SCHEMA_VERSION:
        raise StoreTooNew(
            "The store {where} was made by a newer govopen: its schema is version {found}, this govopen reads {known}.",
            hint="Upgrade govopen (pip install --upgrade govopen), or open a backup made before the upgrade.",
            where=where,
            found=int(found),
            known=SCHEMA_VERSION,
        )
    if found is not None and found.isdecimal() and int(found):
        raise StoreError(
            "The store {where} was made by an older govopen: its schema is version {found}, this one reads {known}.",
            hint="Back the file up, then run `govopen migrate`.",
            where=where,
            found=int(found),
            known=SCHEMA_VERSION,
        )
    raise StoreError(
        "The store {where} does not say which version its schema is.",
        hint="Something else wrote to its table govopen_meta; restore a backup.",
        where=where,
    )
