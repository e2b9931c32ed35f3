"""Pieces of cases, for the checker of certificates alone: it takes nothing else from this package but formulas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

__all__ = [
    "LEAST",
    "MOST",
    "Piece",
    "Place",
    "Rejected",
    "holds",
    "number_of",
    "piece_of",
    "place_of",
    "read_place",
    "require",
    "touches",
]

Place = tuple[Any, int]
"""A value, and -1, 0 or 1: just below it, the value itself, just above it."""
Piece = list[tuple[Place, Place]]
"""A part of the cases: from place to place, one pair for each input."""

_PLAIN = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
LEAST: Place = (float("-inf"), 0)
"""Where a range without a lower end begins."""
MOST: Place = (float("inf"), 0)
"""Where a range without an upper end ends."""


class Rejected(Exception):
    """A certificate does not show what it claims."""


def require(holds: object, why: str) -> None:
    """Go on only if it holds.

    Raises:
        Rejected: It does not.
    """
    if not holds:
        raise Rejected(why)


def number_of(text: str) -> int | Fraction:
    """An exact number from its text."""
    # Fraction would take 1e99999999 as well, and never come back.
    require(_PLAIN.fullmatch(text), "a number is written otherwise")
    found = Fraction(text)
    return found.numerator if found.denominator == 1 else found


def place_of(pair: Any, otherwise: Place) -> Place:
    """A place from plain data; ``otherwise`` where nothing bounds it."""
    return otherwise if pair is None else (number_of(pair[0]), pair[1])


def piece_of(box: Any) -> Piece:
    """A box of plain data."""
    return [(place_of(low, LEAST), place_of(high, MOST)) for low, high in box]


def holds(box: Piece, piece: Piece) -> bool:
    """Whether a box holds all of a piece."""
    return all(low <= low_ and high_ <= high for (low, high), (low_, high_) in zip(box, piece, strict=True))


def touches(box: Piece, piece: Piece) -> bool:
    """Whether they have a case in common."""
    return all(low <= high_ and low_ <= high for (low, high), (low_, high_) in zip(box, piece, strict=True))


def read_place(entry: Mapping[str, Any], text: str) -> Place:
    """The place of a value as a certificate writes it."""
    match entry["kind"]:
        case "boolean":
            return {"false": 0, "true": 1}[text], 0
        case "date":
            return dt.date.fromisoformat(text).toordinal(), 0
        case "enumeration" | "text":
            values = entry["values"]
            return values.index(text) if text in values else len(values), 0
        case "duration":
            return number_of(re.sub("[^0-9-]", "", text)), 0
    number = Fraction(number_of(text))
    if not entry["dense"]:
        number /= Fraction(entry["step"])
        require(number.denominator == 1, "a value lies between two steps")
    return (number.numerator if number.denominator == 1 else number), 0
