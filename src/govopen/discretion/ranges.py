"""Chinese bounds as the values of an axis that lie between them."""

from __future__ import annotations

from govopen.discretion.axes import Axis
from govopen.discretion.spans import Coordinate, Spans, after, before, ends, union
from govopen.discretion.wording import Bounds
from govopen.model.discretion import InputKind

__all__ = ["glued", "spans_of"]


def glued(text: str, axis: Axis) -> str:
    """A value as its axis reads it: blanks within it count in the words of a list only."""
    return text if axis.kind in (InputKind.ENUMERATION, InputKind.TEXT) else "".join(text.split())


def spans_of(bounds: Bounds, axis: Axis, text: str) -> Spans:
    """The values of an axis between Chinese bounds.

    Raises:
        InputError: They count another unit, or lie between two steps.
    """
    least, greatest = ends(dense=axis.dense)

    def place(number: object) -> Coordinate:
        if axis.kind is InputKind.DURATION:
            return axis.read(f"{number}{bounds.unit}")
        assert axis.numeric
        return axis.place(axis.in_unit(number, bounds.unit, text))  # type: ignore[arg-type]  # a Decimal

    low, high = least, greatest
    if bounds.low is not None:
        low = place(bounds.low)
        low = low if bounds.low_included else after(low)
    if bounds.high is not None:
        high = place(bounds.high)
        high = high if bounds.high_included else before(high)
    return union(((low, high),))
