from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tests.discretion.builders import axis, entry, row, table

from govopen.discretion.axes import OTHER
from govopen.discretion.language import parse_cell
from govopen.discretion.writing import write_cell
from govopen.errors import InputError

KINDS: dict[str, dict[str, Any]] = {
    "integer": {"unit": "次"},
    "decimal": {},
    "stepped": {"kind": "decimal", "step": Decimal("0.25")},
    "money": {},
    "date": {},
    "duration": {"unit": "天"},
    "months": {"kind": "duration", "unit": "months"},
    "boolean": {},
    "enumeration": {"values": ("轻微", "严重")},
}


def made(kind: str) -> Any:
    facts = dict(KINDS[kind])
    return axis(facts.pop("kind", kind), **facts)


@pytest.mark.parametrize(
    ("kind", "text", "value", "written"),
    [
        ("integer", "3", 3, "3"),
        ("integer", "-3", -3, "-3"),
        ("integer", "3次", 3, "3"),
        ("integer", "二万", 20000, "20000"),
        ("decimal", "0.250", Decimal("0.25"), "0.25"),
        ("decimal", "20%", Decimal("0.2"), "0.2"),
        ("decimal", "-0", Decimal(0), "0"),
        ("decimal", "123456789012345.000000000000001", Decimal("123456789012345.000000000000001"), None),
        ("stepped", "0.50", Decimal("0.5"), "0.5"),
        ("money", "2000.50", Decimal("2000.5"), "2000.5"),
        ("money", "2万元", Decimal(20000), "20000"),
        ("date", "2011-04-05", dt.date(2011, 4, 5), "2011-04-05"),
        ("date", "2011年4月5日", dt.date(2011, 4, 5), "2011-04-05"),
        ("duration", "P10D", 10, "P10D"),
        ("duration", "PT48H", 2, "P2D"),
        ("duration", "10天", 10, "P10D"),
        ("duration", "10", 10, "P10D"),
        ("months", "P1Y2M", 14, "P14M"),
        ("months", "2年", 24, "P24M"),
        ("boolean", "是", True, "true"),
        ("boolean", "no", False, "false"),
        ("enumeration", "严重", "严重", "严重"),
    ],
)
def test_a_value_is_read_placed_and_written(kind: str, text: str, value: object, written: str | None) -> None:
    found = made(kind)
    place = found.read(text)
    assert found.value(place) == value
    assert found.place(value) == place
    assert found.write(place) == (written or text)
    assert found.read(found.write(place)) == place


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", 3.0),
        ("integer", True),
        ("integer", "3"),
        ("integer", Decimal("3.5")),
        ("integer", Decimal("NaN")),
        ("integer", 10**40),
        ("decimal", 0.5),
        ("decimal", False),
        ("decimal", Decimal("Infinity")),
        ("decimal", Decimal("1E+999999")),
        ("decimal", Decimal("1E-999999")),
        ("stepped", Decimal("0.3")),
        ("money", Decimal("0.001")),
        ("date", "2011-04-05"),
        ("date", dt.datetime(2011, 4, 5)),  # noqa: DTZ001 - a moment is no day
        ("date", 734232),
        ("duration", dt.timedelta(hours=25)),
        ("duration", 10.0),
        ("months", dt.timedelta(30)),
        ("boolean", 1),
        ("boolean", "true"),
        ("enumeration", "中等"),
        ("enumeration", 0),
    ],
)
def test_a_value_of_another_type_or_between_steps_is_refused(kind: str, value: object) -> None:
    with pytest.raises(InputError) as caught:
        made(kind).place(value)
    assert str(caught.value)
    assert "Accepted" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "many"),
        ("integer", ""),
        ("integer", "3元"),
        ("integer", "1e3"),
        ("integer", "3以上"),
        ("integer", "9" * 5000),
        ("decimal", "0x10"),
        ("decimal", "3‰米"),
        ("stepped", "0.1"),
        ("money", "3次"),
        ("date", "2011-02-29"),
        ("date", "20110405"),
        ("date", "三天"),
        ("duration", "P1M"),
        ("duration", "P"),
        ("duration", "PT25H"),
        ("months", "10天"),
        ("boolean", "1"),
        ("enumeration", "轻"),
    ],
)
def test_a_text_that_is_no_value_is_refused(kind: str, text: str) -> None:
    with pytest.raises(InputError) as caught:
        made(kind).read(text)
    assert str(caught.value)


def test_a_text_that_no_row_names_is_one_of_the_others() -> None:
    (found,) = table([entry("x", "text")], row('x = "旧"')).axes
    assert found.value(found.place("新")) == OTHER
    assert found.value(found.place("旧")) == "旧"


@pytest.mark.parametrize(
    ("kind", "cell", "written"),
    [
        ("integer", "1, 2, 3, 7", "[1..3], 7"),
        ("integer", "not(3)", "not(3)"),
        ("integer", "< 3", "<= 2"),
        ("integer", "不满3次", "<= 2"),
        ("decimal", "(1..2], > 5", "(1..2], > 5"),
        ("decimal", "<= 0.5", "<= 0.5"),
        ("date", "> 2011-04-05", ">= 2011-04-06"),
        ("duration", "10天以上", ">= P10D"),
        ("enumeration", "严重", '"严重"'),
        ("enumeration", "轻微, 严重", "-"),
        ("boolean", "是", "true"),
        ("integer", "-", "-"),
    ],
)
def test_a_cell_is_written_as_it_can_be_read(kind: str, cell: str, written: str) -> None:
    found = made(kind)
    spans = parse_cell(cell, found)
    assert write_cell(spans, found) == written
    assert parse_cell(written, found) == spans


def test_a_cell_wider_than_the_domain_holds_for_any_case() -> None:
    found = axis(domain="0, [2..3]")
    assert write_cell(parse_cell(">= 0", found), found) == "-"
