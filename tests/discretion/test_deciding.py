from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.discretion.builders import entry, row, table, times
from tests.discretion.fines import Case
from tests.discretion.oracle import Spec
from tests.discretion.strategies import decision_tables, related_tables, tables

from govopen.discretion.compiling import compile_table
from govopen.discretion.deciding import Decision
from govopen.discretion.table import Table
from govopen.errors import InputError
from govopen.model.discretion import HitPolicy, InputKind, TableInput, TableOutput, TableRow

small = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
LOOKED_AT = 150


def said(decision: Decision) -> tuple[str, tuple[int, ...], Any]:
    return decision.status, decision.rows, decision.outputs


def readings(table: Table) -> tuple[str, ...]:
    return ("or",) if table.other is None else ("or", "and")


def wanted(spec: Spec, completions: list[Case], slashes: tuple[str, ...]) -> tuple[str, tuple[int, ...], Any] | None:
    """The one result of all completions under all readings; ``None``: they differ."""
    found = [spec.result(case, slash) for case in completions for slash in slashes]
    return found[0] if all(result == found[0] for result in found) else None


def assert_decided(spec: Spec, known: Case, made: Table, completions: list[Case], *, exact: bool) -> None:
    if not completions:
        if exact:
            with pytest.raises(InputError, match="cannot occur"):
                made.decide(known)
        return
    found, result = made.decide(known), wanted(spec, completions, readings(made))
    unknown = {field.name for field in spec.fields if known.get(field.name) is None}
    assert set(found.missing) <= unknown
    if found.status == "undecidable":
        assert result is None or not exact, (known, found, result)
        assert found.missing or found.ambiguous
        met = {row for case in completions for slash in readings(made) for row in spec.result(case, slash)[1]}
        assert met <= set(found.rows)
        return
    assert said(found) == result, (known, found)
    assert not found.missing
    assert found.penalty is None or found.row is not None
    assert all(held.value == known[held.input] for held in found.trace)


def every_full_case(spec: Spec) -> None:
    made = compile_table(spec.document())
    possible = [dict(case) for case in spec.cases]
    for case in possible[:LOOKED_AT]:
        assert_decided(spec, case, made, [case], exact=True)
    for case in islice(_others(spec), LOOKED_AT):
        with pytest.raises(InputError, match="cannot occur"):
            made.decide(case)


def _others(spec: Spec) -> Any:
    every = attrs.evolve(spec, impossible=(), relations=()).cases
    return (dict(case) for case in every if not spec.occurs(case))


def with_facts_missing(spec: Spec, data: st.DataObject, *, exact: bool) -> None:
    made = compile_table(spec.document())
    every = attrs.evolve(spec, impossible=(), relations=()).cases
    # Quarters stand for what lies between; a known fact leaves one on either side for what is related to it.
    every = tuple(
        case for case in every if not any(isinstance(v, Decimal) and v % Decimal("0.5") for v in case.values())
    )
    for _ in range(6):
        base = data.draw(st.sampled_from(every))
        hidden = data.draw(st.sets(st.sampled_from([field.name for field in spec.fields]), min_size=1))
        known: dict[str, Any] = {name: value for name, value in base.items() if name not in hidden}
        completions = [case for case in spec.cases if all(case[name] == known[name] for name in known)]
        if data.draw(st.booleans()):
            known |= dict.fromkeys(hidden)
        assert_decided(spec, known, made, completions, exact=exact)


@settings(small, max_examples=220)
@given(st.one_of(tables(), tables(slash=True), decision_tables(), decision_tables(), related_tables()))
def test_every_case_is_decided_as_its_rows_and_policy_say(spec: Spec) -> None:
    every_full_case(spec)


@settings(small, max_examples=250)
@given(st.one_of(tables(), tables(slash=True), decision_tables(), decision_tables()), st.data())
def test_facts_are_missing_only_where_completions_of_the_case_differ(spec: Spec, data: st.DataObject) -> None:
    with_facts_missing(spec, data, exact=True)


@settings(small, max_examples=200)
@given(related_tables(), st.data())
def test_a_relation_to_a_known_fact_narrows_what_an_unknown_one_can_be(spec: Spec, data: st.DataObject) -> None:
    # With one relation alone, nothing remains to be guessed.
    with_facts_missing(attrs.evolve(spec, relations=spec.relations[:1], impossible=()), data, exact=True)


@settings(small, max_examples=200)
@given(related_tables(), st.data())
def test_chains_of_relations_make_no_decision_wrong(spec: Spec, data: st.DataObject) -> None:
    with_facts_missing(spec, data, exact=False)


# Single cases


TABLE = [
    TableInput(name="times", kind=InputKind.INTEGER, domain="[1..9]"),
    TableInput(name="area", kind=InputKind.DECIMAL),
    TableInput(name="grade", kind=InputKind.ENUMERATION, values=("轻微", "严重")),
    TableInput(name="abuse", kind=InputKind.BOOLEAN),
    TableInput(name="day", kind=InputKind.DATE, domain=">= 2011-01-01"),
]
GOOD = {"times": 3, "area": Decimal("0.5"), "grade": "严重", "abuse": True, "day": dt.date(2011, 4, 5)}


def test_a_case_says_which_conditions_held_by_which_facts() -> None:
    found = table(TABLE, row("times < 3", "500元"), row("times >= 3 and abuse", "2000元")).decide(GOOD)
    assert (found.status, found.rows, found.penalty and found.penalty.low) == ("decided", (2,), 2000)
    assert [(held.input, held.value, held.condition) for held in found.trace] == [
        ("times", 3, ">= 3"),
        ("abuse", True, "true"),
    ]


@pytest.mark.parametrize(
    ("wrong", "paths"),
    [
        ({"times": 0}, ["times"]),
        ({"times": 10}, ["times"]),
        ({"times": 3.0}, ["times"]),
        ({"times": True}, ["times"]),
        ({"area": 0.5, "times": "3"}, ["times", "area"]),
        ({"grade": "中等"}, ["grade"]),
        ({"abuse": 1}, ["abuse"]),
        ({"day": dt.date(2010, 12, 31)}, ["day"]),
        ({"day": "2011-04-05"}, ["day"]),
        ({"tmes": 3}, ["tmes"]),
        ({"times": 99, "abuse": None, "tmes": None}, ["tmes", "times"]),
    ],
    ids=str,
)
def test_every_fact_that_does_not_fit_is_told(wrong: dict[str, object], paths: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        table(TABLE).decide(GOOD | wrong)
    assert [problem.path for problem in caught.value.problems] == paths
    assert all(problem.accepted.format(**problem.facts) for problem in caught.value.problems)


def test_a_case_is_read_from_texts_by_name_or_label() -> None:
    found = table([times(), *TABLE[1:]])
    texts = {"次数": "3次", "area": "0.5", "grade": "严重", "abuse": "是", "day": "2011年4月5日"}
    assert found.read_case(texts) == GOOD
    assert found.read_case({"times": " ", "abuse": "否"}) == {"abuse": False}
    with pytest.raises(InputError) as caught:
        found.read_case({"次数": "99", "area": "big", "tmes": "1"})
    assert [problem.path for problem in caught.value.problems] == ["次数", "area", "tmes"]


def test_an_amount_by_formula_is_exact() -> None:
    (area,) = [source for source in TABLE if source.name == "area"]
    found = table([area], row("-", "formula: 100 + area / 8"))
    assert found.decide({"area": Decimal("0.1")}).amount == Decimal("100.0125")
    long = Decimal("123456789012345.123456789012345")
    product = table([area], row("-", "formula: area * area")).decide({"area": long}).amount
    assert product is not None
    assert Fraction(product) == Fraction(long) ** 2


def test_an_amount_that_an_unknown_fact_makes_is_not_decided() -> None:
    found = table([times(), TABLE[3]], row("-", "formula: 100 * times"))
    assert found.decide({"abuse": True}).missing == ("times",)
    assert found.decide({"abuse": True}).status == "undecidable"
    assert found.decide({"times": 3}).amount == 300


def test_conditions_on_a_fact_that_is_not_known_are_not_said_to_have_held() -> None:
    found = table([TABLE[0], TABLE[3]], row("times > 2 and abuse or times <= 2 and abuse"), row("not abuse", "500元"))
    decision = found.decide({"abuse": True})
    assert (decision.status, decision.rows) == ("decided", (1,))
    assert [held.input for held in decision.trace] == ["abuse"]


@pytest.mark.parametrize(
    ("impossible", "case"),
    [
        (("times = 1 and abuse",), {"times": 1, "abuse": True}),
        (("times = 1",), {"times": 1}),
        (("times = 1 and abuse", "times = 1 and not abuse"), {"times": 1}),
        (("times < other",), {"times": 1, "other": 2}),
        (("times < other",), {"times": 1, "other": 2, "abuse": True}),
        (("times <= other",), {"other": 9}),
        (("other >= times",), {"times": 0}),
    ],
)
def test_a_case_that_cannot_occur_is_refused_however_little_is_known(
    impossible: tuple[str, ...], case: dict[str, object]
) -> None:
    found = table([times(), entry("other", domain="[0..9]", unit="次"), TABLE[3]], impossible=impossible)
    with pytest.raises(InputError, match="cannot occur"):
        found.decide(case)


def test_rows_that_collect_the_same_by_chance_are_not_the_same_rows() -> None:
    output = TableOutput(kind=InputKind.TEXT)
    rows = [TableRow(when=when, outputs=(text,)) for when, text in (("-", "A"), ("abuse", "B"), ("not abuse", "B"))]
    found = table([TABLE[3]], *rows, outputs=(output,), hit_policy=HitPolicy.RULE_ORDER).decide({})
    assert (found.status, found.missing, found.rows) == ("undecidable", ("abuse",), (1, 2, 3))


def test_a_case_on_which_the_readings_of_a_condition_differ_is_not_decided() -> None:
    found = table([times(), TABLE[3]], row("times = 3 / abuse"), row("times != 3 and not abuse", "500元"))
    both, one = found.decide({"times": 3, "abuse": True}), found.decide({"times": 3, "abuse": False})
    assert (both.status, both.rows, both.ambiguous) == ("decided", (1,), False)
    assert (one.status, one.rows, one.ambiguous) == ("undecidable", (1,), True)
