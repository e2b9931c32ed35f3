"""Small documents, written as people write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from govopen.discretion.axes import Axis
from govopen.discretion.compiling import compile_table
from govopen.discretion.table import Table
from govopen.model.discretion import DiscretionTable, Graver, InputKind, StatutoryRange, TableInput, TableRow

__all__ = ["axis", "document", "entry", "law", "row", "table", "times"]


def entry(name: str, kind: str = "integer", **facts: Any) -> TableInput:
    return TableInput(name=name, kind=InputKind(kind), **facts)


def axis(kind: str = "integer", **facts: Any) -> Axis:
    """The axis of one input, ``x``."""
    return table([entry("x", kind, **facts)]).axes[0]


def times(**facts: Any) -> TableInput:
    return entry("times", **{"label": "次数", "unit": "次", "domain": "[0..9]", "graver": Graver.HIGHER, **facts})


def law(outcome: str = "0元以上100000元以下", **facts: Any) -> StatutoryRange:
    return StatutoryRange(citation="某条例第十条", since=dt.date(2008, 1, 1), outcome=outcome, **facts)


def row(when: str = "-", outcome: str = "1000元", **facts: Any) -> TableRow:
    return TableRow(when=when, outcome=outcome, **facts)


def document(inputs: Sequence[TableInput], *rows: TableRow, **facts: Any) -> DiscretionTable:
    statute = facts.pop("statute", () if facts.get("outputs") else (law(),))
    return DiscretionTable(id="t", inputs=tuple(inputs), rows=rows or (row(),), statute=tuple(statute), **facts)


def table(inputs: Sequence[TableInput], *rows: TableRow, **facts: Any) -> Table:
    return compile_table(document(inputs, *rows, **facts))
