"""The address of a legacy store: the database in it, and the mapping file."""

from __future__ import annotations

import uuid
from pathlib import Path

import attrs
import sqlalchemy as sa
from sqlalchemy import exc

from govopen.errors import InputError, StoreError
from govopen.texts import Message

__all__ = ["Address", "beside", "parse_address"]

_PREFIX = "legacy+"


@attrs.frozen
class Address:
    """Where the tables are.

    Attributes:
        database: The address of the database, as SQLAlchemy has it.
        mapping: The mapping file.
    """

    database: str = attrs.field(repr=False)
    mapping: Path

    @property
    def identity(self) -> str:
        """The same for the same tables read by the same mapping: what is only read has no room for a random one."""
        place = sa.make_url(self.database)._replace(username=None, password=None).render_as_string()
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{place} {self.mapping.absolute()}"))


def parse_address(url: str) -> Address:
    """Take ``legacy+sqlite:///oa.db?mapping=legacy.toml`` apart.

    Raises:
        InputError: It names no mapping.
        StoreError: It is no address of a SQLite file or of a PostgreSQL database, or of a file that is not there.
    """
    try:
        parsed = sa.make_url(url.removeprefix(_PREFIX))
    except (exc.ArgumentError, ValueError):
        # What SQLAlchemy says of it repeats it, and there may be a password in it: one with ":" and "@" has a "port".
        raise StoreError(
            Message("记录库地址无效。", "The address of the store is none."),
            hint=Message(
                "请写作 legacy+sqlite:///oa.db?mapping=legacy.toml 或 legacy+postgresql://用户@主机/数据库?...。",
                "Write legacy+sqlite:///oa.db?mapping=legacy.toml, or legacy+postgresql://user@host/database?...",
            ),
        ) from None
    mapping = parsed.query.get("mapping")
    if not isinstance(mapping, str) or not mapping:
        raise InputError(
            Message(
                "记录库地址没有指明表的对应关系。", "The address of the store does not say how the tables are meant."
            ),
            hint=Message(
                "请加上一个对应关系文件的路径：?mapping=legacy.toml",
                "Add the path of one mapping file: ?mapping=legacy.toml",
            ),
        )
    database = parsed.difference_update_query(["mapping"])
    if database.get_backend_name() == "sqlite" and not Path(database.database or "").is_file():
        # SQLite would make an empty one, and say that the tables are missing.
        raise StoreError(
            Message("{where}处没有数据库。", "There is no database at {where}."),
            hint=Message("请检查地址。", "Check the address."),
            where=database.database or ":memory:",
        )
    return Address(database.render_as_string(hide_password=False), Path(mapping))


def beside(url: str, mapping: Path) -> str:
    """The address of a companion: a relative path of a SQLite file starts at the mapping file."""
    scheme, separator, path = url.partition(":///")
    if scheme == "sqlite" and separator and path and not Path(path).is_absolute():
        return f"sqlite:///{(mapping.parent / path).absolute()}"
    return url
