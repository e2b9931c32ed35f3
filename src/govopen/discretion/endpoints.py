"""Which numbers of a wording are the lower and the upper one, and whether they are included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from govopen.discretion.numerals import EXACT, read_number
from govopen.discretion.phrases import AFTER, BEFORE, HINT, Clause, Side
from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["Endpoint", "endpoints", "share_unit", "unit_of", "unnamed"]

_LEGAL = frozenset({"以上", "以下", "以内", "届满", "不满", "超过", "以外"})
_SHARED = re.compile(r"(?:.*(?P<myriads>[万亿萬億])|(?:[0-9][0-9,.]*+|[一二三四五六七八九两])(?P<lesser>[百千]))")


@attrs.frozen
class Endpoint:
    """A number, and whether it is included."""

    value: Decimal
    included: bool


def share_unit(clauses: tuple[Clause, ...]) -> None:
    """Give the clauses without a unit that of the other: 5以上10立方米以下.

    Raises:
        InputError: A multiplier stands where it may be shared, too: 1至3万元 says 1元 or 1万元.
    """
    _refuse_shared_multiplier(clauses)
    if len(units := {clause.unit for clause in clauses if clause.unit}) == 1:
        for clause in clauses:
            clause.unit = clause.unit or next(iter(units))


def unit_of(clauses: tuple[Clause, ...]) -> str:
    """The one unit of all clauses.

    Raises:
        InputError: There are several.
    """
    units = {clause.unit for clause in clauses}
    if len(units) > 1:
        raise InputError(N_("The numbers have different units."), hint=N_("Write one unit with both: 5次以上10次以下."))
    return units.pop()


def endpoints(clauses: tuple[Clause, ...], named: Mapping[str, bool]) -> Mapping[Side, Endpoint]:
    """The lower and the upper number, as far as they are there.

    Args:
        clauses: The parts of the wording.
        named: Words that the law names, and whether they include the number.

    Raises:
        InputError: Nothing says on which side a number is, or two are on one side.
    """
    found = dict[Side, Endpoint]()
    for side, endpoint in _sides(clauses, named):
        if side in found:
            raise InputError(
                N_("Two words bound the numbers on the same side."), hint=N_("Write one lower and one upper number.")
            )
        found[side] = endpoint
    return found


def unnamed(clauses: tuple[Clause, ...], named: Mapping[str, bool]) -> tuple[str, ...]:
    """The legal words that were read in their usual sense, because the law does not name them."""
    # Where brackets say it, nobody needs to know what the law says of the word.
    used = (clause.before or clause.after for clause in clauses if clause.stated is None)
    return tuple(dict.fromkeys(word for word in used if word in _LEGAL and word not in named))


def _sides(clauses: tuple[Clause, ...], named: Mapping[str, bool]) -> Iterable[tuple[Side, Endpoint]]:
    bare = not any(clause.before or clause.after for clause in clauses)
    match clauses:
        case (only,) if bare and only.stated is None:
            return ("low", Endpoint(only.value, included=True)), ("high", Endpoint(only.value, included=True))
        case (first, second) if bare and first.leads:
            # A range includes both ends, unless brackets exclude one.
            return ("low", _stated(first)), ("high", _stated(second))
    if any(not (clause.before or clause.after) for clause in clauses):
        raise InputError(N_("A number has no word that says whether it is the lower or the upper one."), hint=HINT)
    return tuple(_side(clause, named) for clause in clauses)


def _stated(clause: Clause) -> Endpoint:
    return Endpoint(clause.value, included=clause.stated is not False)


def _side(clause: Clause, named: Mapping[str, bool]) -> tuple[Side, Endpoint]:
    word = clause.before or clause.after
    side, usual = BEFORE[word] if clause.before else AFTER[word]
    included = named.get(word, usual) if clause.stated is None else clause.stated
    return side, Endpoint(clause.value, included=included)


def _refuse_shared_multiplier(clauses: tuple[Clause, ...]) -> None:
    if len(clauses) != 2 or clauses[0].unit or not (clauses[0].leads or clauses[1].unit):
        return
    match = _SHARED.fullmatch(clauses[1].written)
    if match is None or not clauses[0].value:
        return
    multiplier = match["myriads"] or match["lesser"]
    # 五千至三万元 says one thing only: the multiplier for both would make the lower number the greater.
    if EXACT.multiply(clauses[0].value, read_number(f"一{multiplier}")) < clauses[1].value:
        raise InputError(
            N_("{multiplier} stands with the second number only, and may be meant for both."),
            hint=N_("Write it with both, as in 1万元至3万元, or a unit with both, as in 1元至3万元."),
            multiplier=multiplier,
        )
