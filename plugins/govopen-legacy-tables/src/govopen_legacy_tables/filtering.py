"""Which rows a mapping means: what it says of columns, bound to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govopen.policy.matter import Value
from govopen.texts import Message
from govopen_legacy_tables.bound_cells import Complain, column_of, writable
from govopen_legacy_tables.columns import Family, Table, as_held
from govopen_legacy_tables.source import Filter

__all__ = ["filters_of"]

_NUMBERS = Message("可接受：数字。", "Accepted: numbers.")
_SUCH = Message("可接受：该列类型的值。", "Accepted: values of the type of the column.")
_VALUES = {
    Family.BOOLEAN: Message("可接受：true 或 false。", "Accepted: true or false."),
    Family.INTEGER: Message("可接受：整数。", "Accepted: whole numbers."),
    Family.NUMBER: _NUMBERS,
    Family.FLOAT: _NUMBERS,
    Family.DATE: Message("可接受：如 2011-04-05 的日期。", "Accepted: days such as 2011-04-05."),
    Family.MOMENT: Message("可接受：如 2011-04-05 08:00:00 的时间。", "Accepted: times such as 2011-04-05 08:00:00."),
    Family.UUID: Message("可接受：UUID。", "Accepted: UUIDs."),
    Family.TEXT: _SUCH,
    Family.WORD: _SUCH,
    Family.BYTES: _SUCH,
    Family.SEVERAL: _SUCH,
}
"""What the columns hold."""


def filters_of(
    table: Table, said: Mapping[str, Value], complain: Complain, *, keep: bool, writes: bool = False
) -> Iterator[Filter]:
    """The conditions of ``where`` or ``excluding``.

    Args:
        table: Whose rows they pick.
        said: The value, or the list of values, by the name of the column.
        complain: Adds a problem.
        keep: Whether rows that hold one of the values are kept, or left out.
        writes: Whether rows are added, too, which then have to hold the first value.
    """
    key = "where" if keep else "excluding"
    for name, value in said.items():
        column = column_of(table, name, f"{key}.{name}", complain)
        if column is None:
            continue
        if writes:
            writable(column, f"{key}.{name}", complain)
        held = [as_held(column, each) for each in (value if isinstance(value, tuple) else (value,))]
        if None in held:
            # In SQL a comparison with it would fail, or hold for no row, or for all.
            message = Message("该列的单元格不可能是这样的值。", "No cell of this column holds that.")
            complain(f"{key}.{name}", message, _VALUES[column.family])
        yield Filter(column=column, held=held, keep=keep)
