"""What is wrong with a table is told with its place and with what is right, all of it at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.discretion.builders import document, entry, law, row, times

from govopen.discretion.compiling import compile_table
from govopen.errors import Problem, TableError
from govopen.model.discretion import (
    Aggregation,
    DiscretionTable,
    Graver,
    HitPolicy,
    InputKind,
    Mode,
    TableInput,
    TableOutput,
)
from govopen.texts import LANGUAGES, translate

GRADE = entry("grade", "enumeration", values=("轻微", "一般", "严重"), graver=Graver.HIGHER)
AREA = entry("area", "decimal", label="面积", unit="立方米", step=Decimal("0.5"))
DAY = entry("day", "date")
ABUSE = entry("abuse", "boolean", label="辱骂")
OUTPUT = TableOutput(name="fee", kind=InputKind.INTEGER)


def problems(source: DiscretionTable) -> tuple[Problem, ...]:
    with pytest.raises(TableError) as caught:
        compile_table(source, where="table.toml")
    assert str(caught.value)
    for problem in caught.value.problems:
        for lang in LANGUAGES:
            assert translate(problem.message, lang, **problem.facts)
            assert translate(problem.accepted, lang, **problem.facts)
    return caught.value.problems


WHEN = [
    ("times >= many", "'many' is no value of times. Accepted: a whole number, such as 3."),
    ("times = 1.5", "'1.5' lies between two steps of times. Accepted: multiples of 1."),
    ("area > 0.7", "'0.7' lies between two steps of area. Accepted: multiples of 0.5."),
    ("grade = 严肃", "'严肃' is no value of grade. Accepted: 轻微, 一般, 严重."),
    ("day = 2011-02-30", "'2011-02-30' is no value of day. Accepted: a day, such as 2011-04-05."),
    ("day 三日以上", "'三日以上' is no value of day. Accepted: a day, such as 2011-04-05."),
    ("abuse = perhaps", "'perhaps' is no value of abuse. Accepted: true or false (是, 否)."),
    ("times in [5..2]", "The interval ends at 2, before it begins at 5. Write the lesser number first."),
    ("次数 5次以上2次以下", "The lower number, 5, is greater than the upper, 2. Write the lesser number first:"),
    ("times = 3元", "'3元' counts 元, times counts 次. Write the number in 次, or without a unit."),
    ("面积 3次以上", "'3次以上' counts 次, area counts 立方米. Write the number in 立方米, or without a unit."),
    ("tmes = 3", "'tmes' names no input. There are: times, area, grade, day, abuse."),
    ("3 < tmes", "'tmes' names no input. There are: times, area, grade, day, abuse."),
    ("times", "Nothing is said of times. Write a comparison such as times = 3."),
    ("times >", "The condition breaks off. Write a condition behind the last word."),
    ("times = 1 and", "The condition breaks off. Write a condition behind the last word."),
    ("", "The condition is blank. Write - for any case."),
    ("times = 1 abuse", "'abuse' cannot stand here. Join conditions with and, or (且, 或)."),
    ("(times = 1", "')' is missing before ''. Close what was opened."),
    ("times in [1..3", "The interval is not closed. Write [a..b], (a..b], [a..b) or (a..b)."),
    ("times in (1, 2", "')' is missing before ''. Close what was opened."),
    ("abuse > true", "abuse has no order, and cannot be compared with >. Accepted: = and !=, or in (…)."),
    ('grade = "轻微', 'A quotation that begins with " is not closed.'),
    ("times = 1,200", "'1,200' may be one number or several. Write 1200 for one number, 1, 200 for several."),
    ("times ! 3", "'!3' is no value of times."),
    ("times = ”", "'”' is no value of times."),
    ("not " * 50 + "abuse", "The condition is nested more than 40 deep. Split the row."),
    ("(" * 500 + "abuse" + ")" * 500, "The condition is nested more than 40 deep. Split the row."),
    ("times = 1 or " * 400 + "times = 2", "The condition has 5209 characters. Accepted: at most 4000."),
]


@pytest.mark.parametrize(("when", "message"), WHEN, ids=[when[:24] for when, _ in WHEN])
@pytest.mark.parametrize("field", ["rows[1].when", "lawful[0]", "impossible[0]", "statute[0].when"])
def test_a_condition_that_cannot_be_read_is_told_with_its_place(when: str, message: str, field: str) -> None:
    facts: dict[str, Any] = {}
    if field in ("lawful[0]", "impossible[0]"):
        facts[field.partition("[")[0]] = (when,)
    if field == "statute[0].when":
        if not when:
            pytest.skip("a blank range is for all cases")
        facts["statute"] = (law(when=when),)
    rows = (row(), row(when)) if field == "rows[1].when" else (row(),)
    (problem,) = problems(document([times(), AREA, GRADE, DAY, ABUSE], *rows, **facts))
    assert (problem.where, problem.path) == ("table.toml", field)
    assert str(problem).startswith(f"table.toml: {field}: {message}")


OUTCOME = [
    ("", "No outcome is written. Write an amount such as 2000元"),
    ("many", ""),
    ("3000元以上1000元以下", "The lower number, 3000, is greater than the upper, 1000."),
    ("5立方米", "This is no amount in 元"),
    ("formula: 100 * grade", "'grade' in the formula is no numeric input. There are: area, times."),
    ("formula: 100 * tmes", "'tmes' in the formula is no numeric input. There are: area, times."),
    ("formula: 100 *", "The formula cannot be read at ''."),
    ("formula: 100 / times", "The formula cannot be read at '/'."),
    ("formula: 100 / 3", "The formula cannot be read at '/'."),
    ("formula: 100 / 0", "The formula cannot be read at '/'."),
    ("formula: 2times", "The formula cannot be read at 'times'."),
    ("formula: " + "-" * 3000 + "times", "The formula has more than 200 words."),
    ("formula: times" + " + times" * 3000, "The formula has more than 200 words."),
    ("formula: " + "9" * 5000, ""),
]


@pytest.mark.parametrize(("outcome", "message"), OUTCOME, ids=[outcome[:20] for outcome, _ in OUTCOME])
def test_an_outcome_that_cannot_be_read_is_told_with_its_place(outcome: str, message: str) -> None:
    (problem,) = problems(document([times(), AREA, GRADE], row(), row("times = 1", outcome)))
    assert problem.path == "rows[1].outcome"
    assert str(problem).startswith(f"table.toml: rows[1].outcome: {message}")
    assert problem.accepted


INPUTS: list[tuple[list[TableInput], str, str]] = [
    ([], "inputs", "The table has no input."),
    ([times(), entry("times")], "inputs[1]", "The name times stands twice."),
    ([times(), entry("n", label="times")], "inputs[1]", "The name times stands twice."),
    ([entry("")], "inputs[0]", "The input has no usable name."),
    ([entry("a`b")], "inputs[0]", "The input has no usable name."),
    ([entry("g", "enumeration")], "inputs[0]", "The enumeration has no values, or one twice."),
    ([entry("g", "enumeration", values=("a", "a"))], "inputs[0]", "The enumeration has no values, or one twice."),
    ([entry("n", values=("a",))], "inputs[0]", "Only an enumeration lists its values."),
    ([entry("n", step=Decimal(1))], "inputs[0]", "Only decimals and money have a step."),
    ([entry("n", "decimal", step=Decimal(0))], "inputs[0]", "A step is more than zero."),
    ([entry("n", "decimal", step=Decimal(-1))], "inputs[0]", "A step is more than zero."),
    ([entry("n", domain="> 3 und")], "inputs[0]", "'3und' counts und, and n counts nothing."),
    ([entry("n", domain="[3..1]")], "inputs[0]", "The interval ends at 1, before it begins at 3."),
    ([entry("n", domain="(3..4)")], "inputs[0]", "The domain holds no value."),
    ([entry("n", "decimal", domain="(3..3)")], "inputs[0]", "The domain holds no value."),
    ([entry("g", "enumeration", values=("a", "b"), domain="c")], "inputs[0]", "'c' is no value of g. Accepted: a, b."),
    ([entry("n", "duration", unit="次")], "inputs[0]", "A duration counts minutes, hours, days, months, years."),
]


@pytest.mark.parametrize(("inputs", "path", "message"), INPUTS, ids=[message[:32] for *_, message in INPUTS])
def test_an_input_that_cannot_be_used_is_told_with_its_place(inputs: list[TableInput], path: str, message: str) -> None:
    found = problems(document(inputs))
    assert (found[0].path, len(found)) == (path, 1)
    assert str(found[0]).startswith(f"table.toml: {path}: {message}")
    assert found[0].accepted


TABLES: list[tuple[str, str, dict[str, Any]]] = [
    ("statute", "The table has no statutory range, so that nobody can say", {"statute": ()}),
    ("outputs", "The table has outputs and a statutory range.", {"outputs": (OUTPUT,), "statute": (law(),)}),
    ("hit_policy", "This hit policy ranks rows by their outputs", {"hit_policy": HitPolicy.PRIORITY}),
    ("hit_policy", "This hit policy ranks rows by their outputs", {"hit_policy": HitPolicy.OUTPUT_ORDER}),
    ("aggregation", "Only the policy collect aggregates.", {"aggregation": Aggregation.COUNT}),
    (
        "aggregation",
        "Only one numeric output can be aggregated so.",
        {"hit_policy": HitPolicy.COLLECT, "aggregation": Aggregation.SUM},
    ),
    ("impossible[0]", "'/' says neither AND nor OR. Write and, or (且, 或).", {"impossible": ("abuse / times = 1",)}),
    ("lawful[0]", "'/' says neither AND nor OR.", {"lawful": ("abuse / times = 1",)}),
    ("statute[0].when", "'/' says neither AND nor OR.", {"statute": (law(when="abuse / times = 1"),)}),
    ("statute[0].outcome", "A statutory range is no formula.", {"statute": (law("formula: 100 * times"),)}),
    ("impossible[0]", "times and area cannot be compared.", {"impossible": ("times < area",)}),
    ("impossible[0]", "times and times cannot be compared.", {"impossible": ("times < times",)}),
    ("impossible[0]", "abuse and abuse cannot be compared.", {"impossible": ("abuse <= 辱骂",)}),
    ("lawful[0]", "'area' is no value of times.", {"lawful": ("times < area",)}),
]


@pytest.mark.parametrize(("path", "message", "facts"), TABLES, ids=[f"{path} {msg[:28]}" for path, msg, _ in TABLES])
def test_a_table_whose_parts_do_not_fit_is_refused(path: str, message: str, facts: dict[str, Any]) -> None:
    found = problems(document([times(), AREA, ABUSE], **facts))
    assert path in {problem.path for problem in found}
    (problem,) = [problem for problem in found if problem.path == path]
    assert str(problem).startswith(f"table.toml: {path}: {message}")
    assert problem.accepted


@pytest.mark.parametrize(
    ("outcome", "mode"), [("不予处罚", Mode.LIGHTER), ("1000元", Mode.NONE), ("不处罚款", Mode.NONE)]
)
def test_a_mode_that_contradicts_its_outcome_is_refused(outcome: str, mode: Mode) -> None:
    (problem,) = problems(document([times()], row(outcome=outcome, mode=mode)))
    assert problem.path == "rows[0].mode"


def test_a_row_gives_one_readable_result_for_each_output() -> None:
    grade = TableOutput(name="grade", kind=InputKind.TEXT, values=("高", "低"))
    rows = [row(outcome="", outputs=outputs) for outputs in (("5",), ("five", "高"), ("5", "中"), ("5", "高"))]
    found = problems(document([times()], *rows, outputs=(OUTPUT, grade)))
    assert [problem.path for problem in found] == ["rows[0].outputs", "rows[1].outputs", "rows[2].outputs"]
    assert "Accepted: 高, 低." in str(found[2])


def test_a_table_without_rows_is_refused() -> None:
    (problem,) = problems(DiscretionTable(id="t", inputs=(times(),), statute=(law(),)))
    assert problem.path == "rows"


def test_every_fault_is_told_at_once_and_each_once() -> None:
    found = problems(
        document([times()], row("tmes = 1"), row("times = x", ""), lawful=('times = "',), impossible=("x",))
    )
    assert [problem.path for problem in found] == [
        "rows[0].when",
        "rows[1].when",
        "rows[1].outcome",
        "impossible[0]",
        "lawful[0]",
    ]


def test_a_condition_with_too_many_alternatives_is_refused_before_they_are_made() -> None:
    inputs = [entry(name, domain="[0..500]") for name in "abcd"]
    odd = ", ".join(str(number) for number in range(1, 260, 2))
    crossing = " and ".join(f"{name} in ({odd})" for name in "abcd")
    for facts in ({}, {"lawful": (crossing,)}, {"impossible": (crossing,)}, {"statute": (law(when=crossing),)}):
        rows = (row(), row(crossing)) if not facts else (row(),)
        with pytest.raises(TableError, match="more than 50000 boxes"):
            compile_table(document(inputs, *rows, **facts))


def test_an_alternative_too_many_is_refused() -> None:
    inputs = [entry(name, domain="[0..500]") for name in "abc"]
    either = [" or ".join(f"{name} = {number}" for number in range(0, 40, 2)) for name in "abc"]
    (problem,) = problems(document(inputs, row(" and ".join(f"({part})" for part in either))))
    assert str(problem).endswith("The condition has more than 2000 alternatives. Split the row.")
