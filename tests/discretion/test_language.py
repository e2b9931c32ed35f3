from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.discretion.builders import entry, row, table, times

from govopen.discretion.axes import Axis
from govopen.discretion.language import parse_cell, parse_condition, parse_relation
from govopen.discretion.tokens import tokenize
from govopen.discretion.wording import IntervalWords
from govopen.errors import InputError
from govopen.model.discretion import Graver

TABLE = table(
    [
        times(),
        entry("area", "decimal", label="面积", unit="立方米"),
        entry("grade", "enumeration", values=("轻微", "一般", "严重"), graver=Graver.HIGHER),
        entry("Approval Status", "enumeration", values=("New", "Pending Review")),
        entry("day", "date", label="日子"),
        entry("abuse", "boolean", label="辱骂"),
        entry("late", "duration", unit="days"),
        entry("value", "money", label="货值"),
        entry("timestamp", label="时间"),
        entry("note", "text"),
    ],
    row('note = "旧" or note = "新"'),
)
CASE = {
    "times": 3,
    "area": Decimal("2.5"),
    "grade": "一般",
    "Approval Status": "Pending Review",
    "day": dt.date(2011, 4, 5),
    "abuse": True,
    "late": 10,
    "value": 20000,
    "timestamp": 7,
    "note": "旧",
}


def holds(text: str, slash: str = "or") -> bool:
    terms = parse_condition(text, TABLE.axes).terms(slash)  # type: ignore[arg-type]
    places = [axis.place(CASE[axis.name]) for axis in TABLE.axes]
    return any(
        all(any(low <= places[at] <= high for low, high in spans) for at, spans in term.items()) for term in terms
    )


TRUE = [
    "-",
    "times = 3",
    "times == 3",
    "times＝3",
    "times >= 3 and times <= 3",
    "3 <= times < 4",
    "4 > times",
    "次数 = 3次",
    "次数 3次以上",
    "次数3次以上5次以下",
    "次数 3 次 以上",
    "次数 三次以上",
    "`次数` ≥ 3",
    "times in (1, 3)",
    "times in [3..4]",
    "times in (2..3]",
    "times in ]2..4[",
    "times in (2..4)",
    "times in ((2..4), 9)",
    "times in (not(1, 2))",
    "times in not(4)",
    "times in (< 2, > 2)",
    "面积 不满5立方米",
    "面积 超过2.5立方米（含）",
    "area in (2..3)",
    "货值 2万元",
    "货值 二万元以上",
    "value = 20000.00",
    "grade >= 一般",
    "grade < 严重",
    'grade = "一般"',
    "grade in (轻微, 一般)",
    "grade in [轻微..一般]",
    '`Approval Status` = "Pending Review"',
    "Approval Status = “Pending Review”",
    "abuse",
    "辱骂 = 是",
    "not abuse = 否",
    "非 辱骂 或 times = 3",
    "day = 2011-04-05",
    'day = date("2011-04-05")',
    "日子 = 2011年4月5日",
    "day in [2011-04-05..2011-04-06)",
    'day in (date("2011-04-04")..date("2011-04-06"))',
    'day in (date("2011-04-04"), date("2011-04-05"))',
    "late = P10D",
    'late >= duration("P10D")',
    "late 10天以上",
    "late = 10",
    "timestamp = 7",
    "times = 9 or abuse and times = 3",
    "(times = 9 or abuse) and times = 3",
    "not (times = 9 或 not abuse)",
    "times = 3 且 辱骂",
    "times = 3 并且 辱骂 或者 times = 4",
    'note = "旧"',
    "times = 9 / abuse",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_of_a_case_is_read_as_true_and_its_contrary_as_false(text: str) -> None:
    assert holds(text)
    assert not holds(f"not ({text})")


@pytest.mark.parametrize(
    "text",
    [
        "times in (3..4]",
        "次数 超过3次",
        "次数 不满3次",
        "次数 3次以上（不含）",
        "面积 2.5立方米以下（不含）",
        "times in (3..3)",
        "times > 3 or times < 3",
        "grade > 一般",
        "times = 9 or abuse and times = 4",
        "(times = 3 or abuse) and times = 4",
        "not abuse and times = 3",
        'note = "新"',
        "day in (2011-04-05..2011-04-06)",
    ],
)
def test_what_is_false_of_a_case_is_read_as_false(text: str) -> None:
    assert not holds(text)
    assert holds(f"not ({text})")


@pytest.mark.parametrize(
    ("text", "either", "both"),
    [
        ("times = 9 / abuse", True, False),
        ("not (times = 9 / abuse)", False, True),
        ("times = 3 / abuse", True, True),
        ("(times = 9 / abuse) and day = 2011-04-05", True, False),
        ("times = 9 / abuse / abuse", True, False),
    ],
)
def test_a_slash_has_two_readings(text: str, either: bool, both: bool) -> None:
    assert parse_condition(text, TABLE.axes).ambiguous
    assert (holds(text, "or"), holds(text, "and")) == (either, both)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("times < timestamp", (0, "<", 8)),
        ("时间 >= 次数", (8, ">=", 0)),
        ("times = timestamp", None),
        ("times < 3", None),
        ("times < timestamp and abuse", None),
    ],
)
def test_a_comparison_of_two_inputs_is_a_relation(text: str, relation: object) -> None:
    assert parse_relation(text, TABLE.axes) == relation


@pytest.mark.parametrize(
    ("text", "at"), [("times = 1 abuse", 11), ("times = 1 and", 14), ("(times = 1", 11), ("tmes = 1", 1)]
)
def test_an_error_knows_the_character(text: str, at: int) -> None:
    with pytest.raises(InputError) as caught:
        parse_condition(text, TABLE.axes)
    assert caught.value.facts["at"] == at


def test_the_law_of_the_time_says_which_words_include_their_number() -> None:
    words = IntervalWords(inclusive=frozenset(), exclusive=frozenset({"以上"}))
    (axis,) = [axis for axis in TABLE.axes if axis.name == "times"]
    assert parse_cell("3次以上", axis, words) == ((4, float("inf")),)
    assert parse_cell("3次以上", axis) == ((3, float("inf")),)


@given(st.text(alphabet='times次数3.,()[]<>=!≥且或非/-不满以上"“”` andornotin天', max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    _tokens_go_on(text)
    for axis in TABLE.axes[:6]:
        _read_or_refused(text, axis)


def _tokens_go_on(text: str) -> None:
    try:
        found = tokenize(text, ("times", "次数"))
    except InputError:
        return
    assert [token.at for token in found] == sorted({token.at for token in found})


def _read_or_refused(text: str, axis: Axis) -> None:
    for read in (lambda: parse_condition(text, TABLE.axes).terms(), lambda: parse_cell(text, axis)):
        try:
            read()
        except InputError as error:
            said = str(error)
        else:
            said = "read"
        assert said
