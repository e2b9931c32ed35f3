"""What a mapping file says: which table holds which records, and how its cells are meant."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import attrs

from govopen.errors import InputError, Problem
from govopen.policy.matter import Value
from govopen.policy.structuring import structure
from govopen.texts import Label, Message

__all__ = ["Cells", "ChildTable", "CodeTable", "LegacyMapping", "Mode", "TableMapping", "load_mapping"]

Meanings: TypeAlias = Mapping[str, Mapping[str, Value]]


class Mode(Label):
    """Whether govopen may write into the tables."""

    READ_ONLY = "read-only", "只读", "read-only"
    READ_WRITE = "read-write", "读写", "read-write"


@attrs.frozen(kw_only=True)
class CodeTable:
    """A table of codes: a cell holds ``code``, and means what ``value`` says.

    Attributes:
        where: Only rows whose column holds this, or one of these: many systems keep all their codes in one table.
    """

    table: str
    code: str
    value: str
    where: Mapping[str, Value] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Cells:
    """How the cells of a table are meant. All but ``columns`` goes by the path of a field.

    Attributes:
        columns: From the name of a column to the dotted path of a field, positions in lists from 1:
            ``SHR1 = "sign_offs.1.person"``. Columns that are not named are left alone.
        values: What codes mean: ``{"category": {"01": "document"}}``. Other codes are refused.
        otherwise: What every other code means; without it, one that is not listed makes the row unreadable.
        code_tables: Tables of codes; what they say goes on through ``values``, if there are any.
        formats: How a date is written in a column of text or of numbers: ``["YYYYMMDD", "YYYY-MM-DD"]``. All are read,
            the first is written. Without it the usual ways are read, and ``YYYY-MM-DD`` is written.
        separators: What stands between the values of a column that holds several.
        blanks: Cells that say nothing: ``["00000000", "无"]``.
        constants: Values that every row gets. One within an object is given where a column fills the object.
    """

    columns: Mapping[str, str] = attrs.field(factory=dict)
    values: Meanings = attrs.field(factory=dict)
    otherwise: Mapping[str, Value] = attrs.field(factory=dict)
    code_tables: Mapping[str, CodeTable] = attrs.field(factory=dict)
    formats: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    separators: Mapping[str, str] = attrs.field(factory=dict)
    blanks: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    constants: Mapping[str, Value] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class ChildTable(Cells):
    """A table with a row for each member of a field with many values.

    Paths start within a member; the members of a list of plain values have the path of the list.

    Attributes:
        table: Its name.
        key: Its column that names the row it belongs to.
        parent: The column of the main table that ``key`` names; empty: that of the identifier.
        order: The column by which members are ordered; empty: by all mapped columns.
    """

    table: str
    key: str
    parent: str = ""
    order: str = ""


@attrs.frozen(kw_only=True)
class TableMapping(Cells):
    """A table with a row for each record of one type.

    Attributes:
        table: Its name; in PostgreSQL with its schema, if that is not on the search path: ``oa.t_xxgk``.
        id: The column of the identifier, or a template over columns: ``gk-{ND}-{XH}``.
        where: Only rows whose column holds this, or one of these.
        excluding: Not the rows whose column holds this, or one of these. Rows where it holds nothing stay.
        version: A column with a number that whoever writes raises by one.
        updated_at: A column with the time of the last change, which whoever writes sets.
        children: Tables with the members of lists, by the name of the list.
    """

    table: str
    id: str
    where: Mapping[str, Value] = attrs.field(factory=dict)
    excluding: Mapping[str, Value] = attrs.field(factory=dict)
    version: str = ""
    updated_at: str = ""
    children: Mapping[str, ChildTable] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class LegacyMapping:
    """A mapping file.

    Attributes:
        tables: By the name of the record type.
        mode: Whether govopen may write into the tables.
        companion: Read-only: the address of a store of govopen's own for records of all other types, such as
            ``sqlite:///own.db``. A relative path starts at the mapping file. Empty: there are none.
    """

    tables: Mapping[str, TableMapping]
    mode: Mode = Mode.READ_ONLY
    companion: str = ""

    @property
    def writes(self) -> bool:
        """Whether govopen may write into the tables."""
        return self.mode is Mode.READ_WRITE


def load_mapping(path: Path) -> LegacyMapping:
    """Read a mapping file. Whether it fits record types and database is seen when it is bound to them.

    Raises:
        InputError: It cannot be read, is no TOML, or has wrong keys; all of them are named.
    """
    problems: list[Problem] = []
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            Message("对应关系文件{file}无法读取：{reason}。", "The mapping {file} cannot be read: {reason}."),
            hint=Message(
                "记录库地址中的 ?mapping=legacy.toml 指明该文件；相对路径从当前文件夹算起。",
                "The address of the store names it: ?mapping=legacy.toml. A relative one starts where you are.",
            ),
            file=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    except UnicodeDecodeError:
        problems.append(
            Problem(
                where=path.name,
                message=Message("文件不是 UTF-8。", "The file is not UTF-8."),
                accepted=Message("请另存为 UTF-8。", "Save it as UTF-8."),
            )
        )
    except tomllib.TOMLDecodeError as error:
        message = Message("这不是 TOML：{error}", "This is not TOML: {error}")
        problems.append(Problem(where=path.name, message=message, facts={"error": str(error)}))
    else:
        mapping = structure(data, LegacyMapping, path.name, problems)
        if mapping is not None and mapping.writes and mapping.companion:
            problems.append(
                Problem(
                    where=path.name,
                    path="companion",
                    message=Message(
                        "在读写模式下，govopen 自己的记录存放在这些表所在的数据库中。",
                        "In read-write mode govopen's own records lie in the database of the tables.",
                    ),
                    accepted=Message(
                        '请删去 companion，或者写 mode = "read-only"。',
                        'Leave companion out, or write: mode = "read-only".',
                    ),
                )
            )
        if mapping is not None and not problems:
            return mapping
    raise InputError(
        Message("对应关系文件{file}无法载入。", "The mapping {file} does not load."), problems=problems, file=path.name
    )
