"""Columns are decided as their cases are one by one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.discretion.axes import Axis
from govopen.discretion.compiling import compile_table
from govopen.discretion.table import Table
from govopen.errors import InputError
from govopen.interchange.tables.toml import read_toml
from govopen.model.discretion import DiscretionTable, HitPolicy, InputKind, StatutoryRange, TableInput, TableRow
from govopen.testing.table_strategies import documents

np = pytest.importorskip("numpy")
from govopen.discretion.batch import CONFLICT, NO_ROW, decide_columns  # noqa: E402

REAL = Path(__file__).parents[2] / "examples/real/discretion"
RANGE = (StatutoryRange(citation="法", since=dt.date(2011, 1, 1), outcome="0元以上9000元以下"),)


def table_of(*inputs: TableInput, rows: list[str], **changes: Any) -> Table:
    written = tuple(TableRow(when=when, outcome=f"{number}00元") for number, when in enumerate(rows, 1))
    return compile_table(DiscretionTable(id="t", inputs=inputs, statute=RANGE, rows=written, **changes))


def alone(table: Table, case: dict[str, Any]) -> int | None:
    """The row by a single decision, as columns give it; ``None``: the case is refused."""
    try:
        found = table.decide(case)
    except InputError:
        return None
    if found.status == "decided":
        return found.rows[0]
    return NO_ROW if found.status == "no_row" else CONFLICT


def values(axis: Axis) -> st.SearchStrategy[Any]:
    """Values around the places where conditions change, as a Python program has them."""
    match axis.kind:
        case InputKind.BOOLEAN:
            return st.booleans()
        case InputKind.ENUMERATION:
            return st.sampled_from(axis.values)
        case InputKind.TEXT:
            return st.sampled_from((*axis.values, "其他文字"))
        case InputKind.DATE:
            return st.dates(dt.date(2009, 1, 1), dt.date(2026, 12, 31))
        case InputKind.INTEGER | InputKind.DURATION:
            return st.integers(-2, 30)
    return st.integers(-4, 60).map(lambda number: Decimal(number) / 4)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(document=documents(), data=st.data())
def test_columns_are_decided_as_their_cases_are_one_by_one(document: DiscretionTable, data: st.DataObject) -> None:
    table = compile_table(document)
    cases = data.draw(
        st.lists(st.fixed_dictionaries({axis.name: values(axis) for axis in table.axes}), min_size=1, max_size=12)
    )
    singles = [(case, alone(table, case)) for case in cases]
    if not table.hits.single:
        with pytest.raises(InputError, match="several rows"):
            decide_columns(table, {axis.name: [] for axis in table.axes})
        return
    good = [(case, row) for case, row in singles if row is not None]
    columns = {axis.name: [case[axis.name] for case, _ in good] for axis in table.axes}
    if good:
        assert decide_columns(table, columns).rows.tolist() == [row for _, row in good]
    for case in [case for case, row in singles if row is None][:1]:
        with pytest.raises(InputError):
            decide_columns(table, {name: [*held, case[name]] for name, held in columns.items()})


def test_a_large_table_is_decided_by_its_bits_as_a_small_one_is_by_lookup() -> None:
    names = [f"x{at}" for at in range(5)]
    inputs = [TableInput(name=name, kind=InputKind.INTEGER, domain="[0..99]") for name in names]
    rows = [f"x{at % 5} in [{at}..{at + 3}] and x{(at + 1) % 5} > {at}" for at in range(0, 90, 2)]
    table = table_of(*inputs, rows=rows, hit_policy=HitPolicy.FIRST)
    random = np.random.default_rng(5)
    columns = {name: random.integers(0, 100, 500) for name in names}

    found = decide_columns(table, columns).rows

    for at in range(500):
        assert found[at] == alone(table, {name: int(column[at]) for name, column in columns.items()})
    assert len(set(found.tolist())) > 5


@pytest.mark.parametrize(
    ("kind", "given", "when", "expected"),
    [
        (InputKind.INTEGER, np.array([1, 2, 3], dtype=np.int16), "x >= 2", [0, 1, 1]),
        (InputKind.BOOLEAN, np.array([True, False]), "x", [1, 0]),
        (InputKind.DATE, np.array(["2011-04-05", "2011-04-06"], dtype="datetime64[D]"), "x <= 2011-04-05", [1, 0]),
        (InputKind.DATE, [dt.date(2011, 4, 5), dt.date(2011, 4, 6)], "x <= 2011-04-05", [1, 0]),
        (InputKind.DECIMAL, [Decimal("0.1"), Decimal("0.3"), 1], "x > 0.1", [0, 1, 1]),
        (InputKind.MONEY, np.array([100, 101]), "x > 100", [0, 1]),
        (InputKind.MONEY, [Decimal("100.01"), 100], "x > 100", [1, 0]),
        (InputKind.DURATION, [dt.timedelta(days=3), 4], "x >= P4D", [0, 1]),
        (InputKind.ENUMERATION, np.array(["甲", "丙"]), 'x = "丙"', [0, 1]),
        (InputKind.ENUMERATION, ["甲", "乙"], 'x in ("乙", "丙")', [0, 1]),
    ],
)
def test_each_kind_of_column_is_read(kind: InputKind, given: Any, when: str, expected: list[int]) -> None:
    listed = ("甲", "乙", "丙") if kind is InputKind.ENUMERATION else ()
    unit = "days" if kind is InputKind.DURATION else ""
    table = table_of(TableInput(name="x", kind=kind, values=listed, unit=unit), rows=[when])

    assert decide_columns(table, {"x": given}).rows.tolist() == expected


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"x": [1.5]}, r"x\[0\]: 'float 1.5' is no value of x.*whole number"),
        ({"x": np.array([0.5, 1.0])}, r"x\[0\]"),
        ({"x": [1, True]}, r"x\[1\]"),
        ({"x": np.array([1, 2, -3])}, r"x\[2\]: -3 lies outside the domain of x. Accepted: \[0..9\]"),
        ({"x": [None]}, r"x\[0\]"),
        ({"x": [[1]]}, r"x\[0\]"),
        ({}, "x: The column is missing"),
        ({"x": [1], "y": [2]}, "y: The table has no input of this name"),
    ],
)
def test_what_a_single_case_would_be_refused_for_is_refused_with_its_position(columns: Any, said: str) -> None:
    table = table_of(TableInput(name="x", kind=InputKind.INTEGER, domain="[0..9]"), rows=["x = 1"])

    with pytest.raises(InputError, match=said):
        decide_columns(table, columns)


def test_columns_of_different_length_are_refused() -> None:
    table = table_of(
        TableInput(name="x", kind=InputKind.INTEGER),
        TableInput(name="y", kind=InputKind.INTEGER),
        rows=["x = 1"],
    )

    with pytest.raises(InputError, match="differ in length"):
        decide_columns(table, {"x": [1], "y": [1, 2]})


def test_an_ambiguous_condition_and_rows_in_conflict_are_no_decision() -> None:
    table = compile_table(read_toml((REAL / "la-01.toml").read_bytes(), where="la-01.toml"))
    columns = {"volume_m3": [Decimal("0.4"), Decimal("0.4")], "plants": [25, 3]}

    assert decide_columns(table, columns).rows.tolist() == [CONFLICT, 1]


def test_a_case_that_cannot_occur_is_refused_with_its_position() -> None:
    inputs = [TableInput(name=name, kind=InputKind.INTEGER) for name in ("x", "y")]
    table = table_of(*inputs, rows=["x > 0"], impossible=("x < y", "x = 7"))

    with pytest.raises(InputError, match="position 1"):
        decide_columns(table, {"x": [3, 2], "y": [1, 5]})
    with pytest.raises(InputError, match="position 0"):
        decide_columns(table, {"x": [7], "y": [1]})


def test_the_version_of_a_table_changes_with_any_word_of_it() -> None:
    table = table_of(TableInput(name="x", kind=InputKind.INTEGER), rows=["x = 1"])
    other = compile_table(attrs.evolve(table.document, title="另一名称"))

    assert table.digest != other.digest
