"""The information-handling fee for requests beyond reason in number or volume (Regulations of 2019, article 42).

The measures of 2020 hold for requests received since 2021-01-01. A request is charged per item or per page, never
both. For earlier ones there is no standard, and no fee.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from govopen.errors import InputError
from govopen.model.requests import FeeMethod
from govopen.policy.citation import Citation
from govopen.rules.context import Context

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Band", "HandlingFee", "handling_fee"]

_ITEMS = "ogi/handling-fee-items"
_PAGES = "ogi/handling-fee-pages"


@attrs.frozen(kw_only=True)
class Band:
    """Items or pages that are charged alike.

    Attributes:
        first: The first of them, counted from 1.
        last: The last of them that is there.
        yuan: For each.
    """

    first: int
    last: int
    yuan: Decimal

    @property
    def amount(self) -> Decimal:
        """In yuan, for all of them."""
        return self.yuan * (self.last - self.first + 1)


@attrs.frozen(kw_only=True)
class HandlingFee:
    """A fee, and how it came about.

    Attributes:
        method: How it was computed.
        bands: Every band that was reached, the free one first.
        citations: The law.
        verified: Whether somebody has read the figures and their date in a copy of the law.
    """

    method: FeeMethod
    bands: tuple[Band, ...]
    citations: tuple[Citation, ...]
    verified: bool

    @property
    def amount(self) -> Decimal:
        """In yuan."""
        return sum((band.amount for band in self.bands), Decimal(0))


def handling_fee(
    ctx: Context, received_on: dt.date, *, items: range | None = None, pages: int | None = None
) -> HandlingFee:
    """The fee of a request received on that day: of so many items or of so many pages.

    Args:
        ctx: The law.
        received_on: The day of receipt, which picks the law.
        items: Which of the applicant's items of the calendar month these are, counted from 1: ``range(1, 13)`` for all
            of twelve, ``range(12, 13)`` for the twelfth alone.
        pages: How many pages the request asks for.

    Raises:
        InputError: Both or neither is given, or the numbers are not positive and consecutive.
        NotComputable: On that day there was no standard, so nothing can be charged.
    """
    if (items is None) is (pages is None):
        raise InputError(
            "A handling fee is computed per item or per page, never both.", hint="Give either items or pages."
        )
    if items is not None:
        if items.step != 1 or len(items) == 0 or items.start < 1:
            raise InputError("Items are counted from 1, without gaps.", hint="Write range(11, 13) for items 11 and 12.")
        return _fee(FeeMethod.PER_ITEM, _ITEMS, items, ctx, received_on)
    assert pages is not None
    if pages < 1:
        raise InputError("A request asks for at least 1 page, not {pages}.", pages=pages)
    return _fee(FeeMethod.PER_PAGE, _PAGES, range(1, pages + 1), ctx, received_on)


def _fee(method: FeeMethod, matter: str, counted: range, ctx: Context, received_on: dt.date) -> HandlingFee:
    law = ctx.matter(matter, on=received_on)
    values = {name: law.integer(name) for name in law.values}
    scale = _item_scale(values) if method is FeeMethod.PER_ITEM else _page_scale(values)
    return HandlingFee(method=method, bands=tuple(_reached(scale, counted)), citations=law.basis, verified=law.verified)


def _reached(scale: Iterator[tuple[int | None, int]], counted: range) -> Iterator[Band]:
    first = 1
    for last, yuan in scale:
        low, high = max(first, counted.start), counted.stop - 1 if last is None else min(last, counted.stop - 1)
        if low <= high:
            yield Band(first=low, last=high, yuan=Decimal(yuan))
        if last is None or last >= counted.stop - 1:
            return
        first = last + 1


def _item_scale(values: dict[str, int]) -> Iterator[tuple[int | None, int]]:
    """Last item of each band, and yuan for each item of it."""
    yield values["free"], 0
    last, yuan = values["first_until"], values["first_yuan"]
    while True:
        yield last, yuan
        last, yuan = last + values["band"], yuan + values["step_yuan"]


def _page_scale(values: dict[str, int]) -> Iterator[tuple[int | None, int]]:
    yield values["free"], 0
    yield values["first_until"], values["first_yuan"]
    yield values["second_until"], values["second_yuan"]
    yield None, values["beyond_yuan"]
