"""Single tables on which a verdict once went wrong, or easily could."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.discretion.builders import entry, law, row, table, times

from govopen.discretion.properties import PROPERTIES, Property, PropertyName, Verdict
from govopen.discretion.proving import prove
from govopen.model.discretion import Graver, HitPolicy, Mode, TableInput, TableRow
from govopen.texts import LANGUAGES

PROVED, REFUTED, UNKNOWN = Verdict.PROVED, Verdict.REFUTED, Verdict.UNKNOWN
ABUSE = entry("abuse", "boolean")


def found(name: PropertyName, inputs: list[TableInput], *rows: TableRow, **facts: Any) -> Property:
    proofs = prove(table(inputs, *rows, **facts))
    for entry_of in proofs.properties.values():
        for lang in LANGUAGES:
            assert entry_of.reason is None or entry_of.reason.get(lang, **entry_of.facts)
            assert all(witness.message.get(lang, **witness.facts) for witness in entry_of.witnesses)
    return proofs.properties[name]


def test_every_property_is_answered_in_a_fixed_order() -> None:
    proofs = prove(table([times()]))
    assert list(proofs.properties) == sorted(PROPERTIES, key=list(proofs.properties).index)
    assert set(proofs.properties) == set(PROPERTIES)
    assert proofs.verdict is PROVED


@pytest.mark.parametrize(
    ("outcome", "verdict", "cases"),
    [
        ("formula: 1000 + 100 * times", PROVED, ()),
        ("formula: 5000 - 100 * times", REFUTED, (0, 9)),
        ("formula: 1000 + 0 * times", PROVED, ()),
        ("formula: min(3000, 1000 * times)", PROVED, ()),
        ("formula: max(1000 - times, 1000 - 2 * times)", REFUTED, (0, 9)),
    ],
)
def test_a_formula_is_followed_inside_one_cell(outcome: str, verdict: Verdict, cases: tuple[int, ...]) -> None:
    monotone = found("monotone", [times()], row("-", outcome))
    assert monotone.verdict is verdict
    assert tuple(case["times"] for witness in monotone.witnesses for case in (witness.case, witness.other)) == cases


def test_a_lesser_amount_with_a_further_penalty_more_is_not_lighter() -> None:
    rows = row("times = 0", "formula: 1000 + 0 * times"), row("times > 0", "500元", further=("没收违法所得",))
    allowing = {"statute": (law(further=("没收违法所得",)),)}
    assert found("monotone", [times()], *rows, **allowing).verdict is UNKNOWN


def test_without_an_upper_end_of_the_domain_there_is_no_infinite_case() -> None:
    rows = row("times < 0", "2000元"), row("times > 0", "1000元")
    (witness,) = found("monotone", [entry("times", graver=Graver.HIGHER)], *rows).witnesses
    assert witness.case["times"] < 0 < witness.other["times"]  # type: ignore[operator]


def test_a_formula_need_only_lie_in_one_of_the_ranges_of_a_case() -> None:
    two = law("1000元以上2000元以下"), law("3000元以上4000元以下")
    jumping = row("-", "formula: 1500 + 2000 * (times - 1)")
    in_one = found("contained", [times(domain="[1..2]")], jumping, statute=two)
    in_none = found("contained", [times(domain="[1..3]")], jumping, statute=two)
    assert in_one.verdict is UNKNOWN
    assert in_none.verdict is REFUTED
    assert {witness.case["times"] for witness in in_none.witnesses} == {3}


def test_a_range_that_cannot_be_compared_may_allow_what_another_does_not() -> None:
    either = law("货值的1倍以上3倍以下"), law("1000元以上2000元以下")
    assert found("contained", [times()], row("-", "500元"), statute=either).verdict is UNKNOWN
    assert found("contained", [times()], row("-", "1500元"), statute=either).verdict is PROVED
    assert found("contained", [times()], row("-", "500元"), statute=either[1:]).verdict is REFUTED


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [("500元", REFUTED), ("2倍", REFUTED), ("formula: 1 + times", REFUTED), ("0元", PROVED), ("不处罚款", PROVED)],
)
def test_where_the_law_sets_no_fine_any_is_too_much(outcome: str, verdict: Verdict) -> None:
    assert (
        found("contained", [times()], row("-", outcome), statute=(law("不处罚款", further=("警告",)),)).verdict
        is verdict
    )


MITIGATED = [
    (None, "", "500元", REFUTED),
    (Mode.LIGHTER, "某法第三十二条", "500元", REFUTED),
    (Mode.MITIGATED, "", "500元", REFUTED),
    (Mode.MITIGATED, " ", "500元", REFUTED),
    (Mode.MITIGATED, "某法第三十二条", "500元", PROVED),
    (Mode.MITIGATED, "某法第三十二条", "500元以上30000元以下", REFUTED),
    (Mode.MITIGATED, "某法第三十二条", "formula: 500 + 100 * times", PROVED),
    (Mode.MITIGATED, "", "formula: 500 + 100 * times", REFUTED),
    (None, "", "1000元以上20000元以下", PROVED),
    (None, "", "20000元以上", REFUTED),
    (None, "", "不处罚款", REFUTED),
    (None, "", "不予处罚", PROVED),
]


@pytest.mark.parametrize(("mode", "ground", "outcome", "verdict"), MITIGATED)
def test_below_the_floor_a_tier_needs_its_own_ground(
    mode: Mode | None, ground: str, outcome: str, verdict: Verdict
) -> None:
    tier = row("-", outcome, mode=mode, ground=ground)
    assert found("contained", [times()], tier, statute=(law("1000元以上20000元以下"),)).verdict is verdict


def test_a_formula_over_related_inputs_is_tried_on_cases_that_can_occur() -> None:
    inputs = [times(), entry("other", domain="[0..9]", unit="次")]
    facts: dict[str, Any] = {"impossible": ("times < other",), "statute": (law("0元以上500元以下"),)}
    contained = found("contained", inputs, row("-", "formula: 100 * times + 100 * other"), **facts)
    assert contained.verdict is REFUTED
    assert all(witness.case["times"] >= witness.case["other"] for witness in contained.witnesses)  # type: ignore[operator]


def test_a_row_that_contradicts_itself_is_met_by_no_case_and_breaks_nothing_else() -> None:
    rows = row("times > 3 and times < 2", "formula: 100 * times"), row("-")
    proofs = prove(table([times()], *rows))
    assert proofs.refuted == ("reachable",)
    assert proofs.properties["reachable"].witnesses[0].rows == (1,)


def test_cases_in_the_holes_of_two_domains_do_not_exist() -> None:
    inputs = [entry("a", domain="0, 2"), entry("b", domain="0, 2")]
    assert found("complete", inputs, row("-")).verdict is PROVED


def test_a_default_fills_gaps_where_one_row_decides_and_only_there() -> None:
    from govopen.model.discretion import InputKind, TableOutput

    facts: dict[str, Any] = {"outputs": (TableOutput(kind=InputKind.TEXT, default="无"),)}
    rows = [TableRow(when="times = 1", outputs=("有",))]
    assert found("complete", [times()], *rows, **facts).verdict is PROVED
    assert found("complete", [times()], *rows, hit_policy=HitPolicy.COLLECT, **facts).verdict is REFUTED


def test_a_case_between_two_decimals_is_found() -> None:
    (witness,) = found("complete", [entry("x", "decimal")], row("x <= 0.1"), row("x >= 0.2")).witnesses
    assert witness.case == {"x": Decimal("0.15")}
    (witness,) = found("complete", [entry("x", "decimal")], row("x < 0.1"), row("x > 0.1")).witnesses
    assert witness.case == {"x": Decimal("0.1")}


WORDED = [
    ("times >= 3", "次数 3次以上", "", PROVED),
    ("times >= 3", "次数 超过3次", "", REFUTED),
    ("times >= 3", "次数 三次以上的", "", PROVED),
    ("times >= 3", "次数 很多", "", UNKNOWN),
    ("times >= 9", "次数 9次", "", PROVED),
    ("-", "", "一千元", PROVED),
    ("-", "", "二千元", REFUTED),
    ("-", "", "一千元（2000元）", REFUTED),
    ("-", "", "", PROVED),
]


@pytest.mark.parametrize(("when", "wording", "outcome", "verdict"), WORDED)
def test_what_is_published_says_what_the_table_says(when: str, wording: str, outcome: str, verdict: Verdict) -> None:
    rows = row(when, wording=wording, outcome_wording=outcome)
    assert found("wording", [times()], rows).verdict is verdict


def test_cases_that_cannot_occur_make_no_difference_between_wording_and_table() -> None:
    holes = [times(domain="1, 3")], row("times = 1", wording="次数 不满3次")
    assert found("wording", *holes).verdict is PROVED
    impossible = [times(), ABUSE], row("times = 2", wording="次数 2次以上")
    assert found("wording", *impossible, impossible=("times > 2",)).verdict is PROVED
    related = [times(), entry("other", domain="[0..9]", unit="次")]
    narrower = row("times >= 5 and other >= 5", wording="other >= 5")
    assert found("wording", related, narrower, impossible=("times < other",)).verdict in (PROVED, UNKNOWN)


def test_wording_that_takes_too_long_to_compare_is_unknown() -> None:
    proofs = prove(table([times()], row("times >= 3", wording="次数 3次以上")), steps=0)
    assert proofs.properties["wording"].verdict is UNKNOWN
    assert proofs.properties["wording"].reason is not None
