from __future__ import annotations

from decimal import Decimal
from itertools import product

import attrs
import pytest

from govopen.discretion.outcomes import Outcomes, compare_penalties
from govopen.discretion.penalties import Penalty, parse_penalty
from govopen.discretion.rows import Row
from govopen.errors import InputError


@pytest.mark.parametrize(
    ("text", "kind", "of", "ends", "included"),
    [
        ("2000元", "amount", "", (2000, 2000), (True, True)),
        ("二千元", "amount", "", (2000, 2000), (True, True)),
        ("1000元以上3000元以下", "amount", "", (1000, 3000), (True, True)),
        ("[1000..3000)", "amount", "", (1000, 3000), (True, False)),
        ("2000元以下", "amount", "", (0, 2000), (True, True)),
        ("超过2000元", "amount", "", (2000, None), (False, False)),
        ("货值的2倍", "multiple", "货值", (2, 2), (True, True)),
        ("1倍以上3倍以下", "multiple", "", (1, 3), (True, True)),
        ("2 times price", "multiple", "price", (2, 2), (True, True)),
        ("每平方米1000元", "rate", "平方米", (1000, 1000), (True, True)),
        ("1000 per m2", "rate", "m2", (1000, 1000), (True, True)),
        ("不予处罚", "none", "", (0, 0), (True, True)),
        ("no penalty", "none", "", (0, 0), (True, True)),
        ("不处罚款", "no_fine", "", (0, 0), (True, True)),
    ],
)
def test_an_outcome_is_read(
    text: str, kind: str, of: str, ends: tuple[int, int | None], included: tuple[bool, bool]
) -> None:
    found = parse_penalty(text)
    assert (found.kind, found.of, (found.low, found.high)) == (kind, of, ends)
    assert (found.low_included, found.high_included) == included
    assert found.nil == (kind in ("none", "no_fine"))


@pytest.mark.parametrize("text", ["", "  ", "-5", "many", "3次", "formula:", "公式：1 +", "3000元以上1000元以下"])
def test_what_is_no_outcome_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_penalty(text)
    assert str(caught.value)


def test_no_penalty_at_all_excludes_further_ones() -> None:
    with pytest.raises(InputError, match="excludes further penalties"):
        parse_penalty("不予处罚", ("没收违法所得",))
    assert parse_penalty("不处罚款", ("没收违法所得",)).further == ("没收违法所得",)


def test_outcomes_are_equal_by_what_they_say_and_not_by_how() -> None:
    assert parse_penalty("2000元", ("b", "a")) == parse_penalty("二千元", ("a", "b", "a"))
    assert parse_penalty("2000元") != parse_penalty("2000元", ("a",))


ORDERED = [
    ("1000元", "2000元", -1),
    ("1000元", "1000元以上2000元以下", -1),
    ("1000元以上3000元以下", "2000元以上2500元以下", None),
    ("1000元以上3000元以下", "1000元以上3000元以下", 0),
    ("1000元以上不满3000元", "1000元以上3000元以下", -1),
    ("1000元以上3000元以下", "超过1000元不超过3000元", -1),
    ("超过1000元", "1000元以上3000元以下", 1),
    ("2000元", "2倍", None),
    ("货值的2倍", "违法所得的2倍", None),
    ("货值的2倍", "货值的3倍", -1),
    ("不予处罚", "2倍", -1),
    ("不处罚款", "每平方米1元", -1),
    ("不予处罚", "0元", 0),
    ("不予处罚", "不处罚款", 0),
    ("formula: 1000", "2000元", None),
]


@pytest.mark.parametrize(("one", "other", "order"), ORDERED)
def test_outcomes_have_a_partial_order(one: str, other: str, order: int | None) -> None:
    assert compare_penalties(parse_penalty(one), parse_penalty(other)) == order
    assert compare_penalties(parse_penalty(other), parse_penalty(one)) == (None if order is None else -order)


def test_further_penalties_count_in_the_order() -> None:
    less, more = parse_penalty("1000元"), parse_penalty("1000元", ("a",))
    assert compare_penalties(less, more) == -1
    assert compare_penalties(parse_penalty("2000元"), more) is None
    assert compare_penalties(parse_penalty("1000元", ("b",)), more) is None
    assert compare_penalties(parse_penalty("不处罚款", ("a",)), less) is None


def test_many_outcomes_at_once_are_compared_as_one_by_one() -> None:
    texts = dict.fromkeys(text for *pair, _ in ORDERED for text in pair)
    penalties = [parse_penalty(text) for text in texts]
    more = [entry for entry in penalties if entry.kind != "none"]
    penalties += [attrs.evolve(entry, further=further) for entry, further in product(more, [("a",), ("a", "b")])]
    outcomes = Outcomes([_row(at, penalty) for at, penalty in enumerate(penalties, 1)])
    for one in penalties:
        if one.formula is not None:
            continue
        lighter, unclear = outcomes.against(one)
        orders = [compare_penalties(other, one) for other in penalties]
        formulas = [other.formula is not None for other in penalties]
        assert [lighter >> at & 1 for at in range(len(penalties))] == [order == -1 for order in orders]
        found = [bool((unclear | outcomes.formulas) >> at & 1) for at in range(len(penalties))]
        assert found == [order is None or formula for order, formula in zip(orders, formulas, strict=True)]


def _row(number: int, penalty: Penalty) -> Row:
    return Row(number=number, tier="", when="-", boxes=(), penalty=penalty, mode=None, ground="", citation="")


@pytest.mark.parametrize(
    ("value", "allowed"), [("999", False), ("1000", False), ("1000.01", True), ("3000", True), ("3000.01", False)]
)
def test_a_value_lies_in_an_outcome_or_not(value: str, allowed: bool) -> None:
    assert parse_penalty("超过1000元不超过3000元").allows(Decimal(value)) is allowed
