"""The bureau's own register of fees, and what govopen is told of it. This is the code under test."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TypedDict

from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import FeeItem

__all__ = ["Row", "to_item"]


class Row(TypedDict):
    """A row of the register."""

    number: int
    name: str
    basis: str
    fen: int | None
    decided_on: dt.date


def to_item(row: Row) -> InformationItem:
    """The information item of a fee, still without its review.

    A register in fen becomes yuan with two places: 10.5 would be another amount in a text.
    """
    rate = None if row["fen"] is None else (Decimal(row["fen"]) / 100).quantize(Decimal("0.01"))
    return InformationItem(
        id=f"fee-{row['number']}",
        unit="fee-bureau",
        category=Category.FEE,
        index_number=f"006939748/{row['decided_on'].year}-{row['number']:05}",
        title=row["name"],
        summary=f"收费依据：{row['basis']}",
        issuer="示例收费管理局",
        created_on=row["decided_on"],
        text=row["name"],
        fee=FeeItem(name=row["name"], basis=row["basis"], rate_yuan=rate),
    )
