from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.discretion.formula import parse_formula
from govopen.errors import InputError

FACTS = {"a": Fraction(3), "b": Fraction(1, 2), "面积": Fraction(7)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1000 + 200 * (a - 1)", 1400),
        ("1 - 2 - 3", -4),
        ("2 * 3 + 4", 10),
        ("2 + 3 * 4", 14),
        ("-a * 2", -6),
        ("- - a", 3),
        ("a / 8", Fraction(3, 8)),
        ("100 / 0.5", 200),
        ("min(a, b, 10)", Fraction(1, 2)),
        ("max(a, b) * 2", 6),
        ("`面积` * 100", 700),
        ("面积", 7),
        ("0.1 + 0.2", Fraction(3, 10)),
    ],
)
def test_a_formula_is_reckoned_exactly(text: str, value: Fraction) -> None:
    assert parse_formula(text).value(FACTS) == value


@pytest.mark.parametrize(
    "text", ["", "1 +", "(1", "1)", "a b", "1 / a", "1 / 3", "1 / 0", "min()", "min(1", "a ^ 2", "1,2", "*"]
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_formula(text)


@pytest.mark.parametrize("text", ["-" * 5000 + "a", "(" * 5000, "a" + "+a" * 5000, "9" * 9000, "min(" * 300])
def test_a_formula_without_end_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_formula(text)


leaves = st.sampled_from(["a", "b", "2", "0.5", "7", "0"])
formulas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        ),
        inner.map(lambda part: f"({part} / 4)"),
        inner.map(lambda part: f"-{part}"),
    ),
    max_leaves=7,
)
ends = st.tuples(st.integers(-3, 3), st.integers(0, 4)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(formulas, ends, ends)
def test_values_lie_within_the_bounds_and_move_in_the_direction_said(
    text: str, a: tuple[int, int], b: tuple[int, int]
) -> None:
    formula = parse_formula(text)
    facts = {"a": (Fraction(a[0]), Fraction(a[1])), "b": (Fraction(b[0]), Fraction(b[1]))}
    values = {
        (x, y): formula.value({"a": Fraction(x), "b": Fraction(y)})
        for x in range(a[0], a[1] + 1)
        for y in range(b[0], b[1] + 1)
    }
    low, high = formula.bounds(facts)
    assert low is not None
    assert high is not None
    assert low <= min(values.values())
    assert max(values.values()) <= high
    way = formula.direction("a", facts)
    steps = {values[x + 1, y] - value for (x, y), value in values.items() if (x + 1, y) in values}
    assert way is None or all(step * way > 0 or step == 0 for step in steps)


@given(formulas, st.integers(-3, 3), st.integers(-3, 3), st.integers(0, 9))
def test_what_nothing_bounds_is_not_bounded_falsely(text: str, low: int, y: int, more: int) -> None:
    formula = parse_formula(text)
    least, most = formula.bounds({"a": (Fraction(low), None), "b": (Fraction(y), Fraction(y))})
    value = formula.value({"a": Fraction(low + more), "b": Fraction(y)})
    assert least is None or least <= value
    assert most is None or value <= most
    way = formula.direction("a", {"a": (Fraction(low), None), "b": (None, Fraction(y))})
    beyond = formula.value({"a": Fraction(low + more + 1), "b": Fraction(y)})
    assert way is None or (beyond - value) * way > 0 or beyond == value
