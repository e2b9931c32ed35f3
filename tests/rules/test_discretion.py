"""What is asked of enforcement powers and of the tables that put their discretion into tiers (clause 2.3)."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.checking.algebra import Status
from govopen.model.assurance import NilReturn
from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.discretion import DiscretionTable, InputKind, TableInput, TableOutput, TableRow
from govopen.model.units import Duty
from govopen.model.website import Carrier, Publication
from govopen.policy.loading import builtin_library
from govopen.rules import discretion, discretion_proofs, discretion_tables, samples
from govopen.rules.base import Case, RecordRule
from govopen.rules.contents.common import entry
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Result, Verdict, Worded
from govopen.rules.samples_discretion import benchmark, discretion_table
from govopen.testing.compliant import Setting
from govopen.testing.compliant_discretion import benchmarks
from govopen.testing.compliant_items import items
from govopen.testing.mutation import Mutation, assert_found
from govopen.testing.rules import run_case
from govopen.texts import Text

DAY = dt.timedelta(days=1)
RULES = {rule.code: rule for module in (discretion, discretion_tables, discretion_proofs) for rule in module.RULES}
FEW = settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2014, 12, 31)) | st.dates(dt.date(2021, 6, 1), dt.date(2025, 6, 30))
UNIT = samples.unit(roles=samples.ENFORCER.roles)


def context(as_of: dt.date = samples.YEAR_END) -> Context:
    return Context(as_of=as_of, library=builtin_library(), calendar=china_calendar())


def said(result: Result) -> list[str]:
    verdicts = result if isinstance(result, list) else [] if result is None else [result]
    return [f"{verdict.outcome}: {verdict.message}" for verdict in verdicts]


def of_power(*tables: DiscretionTable, as_of: dt.date = samples.YEAR_END, **changes: Any) -> list[str]:
    rule = RULES["DIS003"]
    assert isinstance(rule, RecordRule)
    power = entry(Category.ENFORCEMENT, **{"discretionary": True, **changes})
    return said(rule.check(Dossier(power, samples.ENFORCER, {DiscretionTable: tables}), context(as_of)))


def of_table(
    code: str,
    *copies: Publication,
    as_of: dt.date = samples.YEAR_END,
    table: DiscretionTable | None = None,
    **changes: Any,
) -> Result:
    rule = RULES[code]
    assert isinstance(rule, RecordRule)
    table = table or discretion_table(**changes)
    return rule.check(Dossier(table, samples.ENFORCER, {Publication: copies}), context(as_of))


def status(local: str, *records: Record, as_of: dt.date = samples.YEAR_END) -> Status:
    report = run_case(Case(Text("", ""), records, as_of))
    return report.status("bureau", f"panyu-2011:2.3/{local}").status


# Powers


def test_a_power_of_which_nobody_said_whether_it_leaves_room_is_undecidable() -> None:
    assert of_power(discretionary=None) == ["undecidable: unstated"]
    assert of_power(discretionary=False) == ["not_applicable: none"]


def test_a_table_counts_from_its_first_day_to_its_last() -> None:
    table = discretion_table(since=dt.date(2011, 5, 1), until=dt.date(2011, 9, 30))
    for day, expected in (
        (dt.date(2011, 4, 30), ["fail: no_table"]),
        (dt.date(2011, 5, 1), []),
        (dt.date(2011, 9, 30), []),
        (dt.date(2011, 10, 1), ["fail: no_table"]),
    ):
        assert of_power(table, as_of=day) == expected, day


def test_one_graded_table_in_force_is_enough_and_an_undated_one_is_no_pass() -> None:
    undated = discretion_table(id="table-2", since=None)
    single = discretion_table(id="table-3", rows=discretion_table().rows[:1])
    blank = discretion_table(id="table-4", rows=tuple(attrs.evolve(row, outcome="") for row in discretion_table().rows))

    assert of_power(undated, single, discretion_table()) == []
    assert of_power(undated, single) == ["undecidable: undated"]
    assert of_power(single, blank) == ["fail: ungraded"]


@pytest.mark.parametrize(
    ("field", "blank", "owner"),
    [
        ("reviewed_on", None, "DIS004"),
        ("basis", (), "DIS005"),
        ("basis", (" ",), "DIS005"),
        ("responsible", "\u3000", "DIS006"),
        ("limits", "", "DIS007"),
        ("discretionary", None, "DIS003"),
        ("discretionary", True, "DIS003"),
    ],
)
@FEW
@given(st.data())
def test_the_rule_that_owns_a_field_of_a_power_finds_its_change(
    field: str, blank: Any, owner: str, data: st.DataObject
) -> None:
    setting = Setting(UNIT, data.draw(DAYS))
    mutation = Mutation(
        of=InformationItem,
        field=f"enforcement.{field}",
        change=blank,
        owner=owner,
        drawn=lambda setting: items(setting, Category.ENFORCEMENT).map(lambda drawn: (drawn,)),
    )
    changed = data.draw(mutation.drawn(setting))
    # The digest is of the item as it was, and nothing compares it: the item is not published.
    assert_found(mutation, changed, setting)


# Units


def test_a_unit_without_room_for_discretion_says_so_by_its_duties_or_by_a_nil_return() -> None:
    power = samples.item(Category.ENFORCEMENT)
    nil = NilReturn(
        id="nil-1",
        unit="bureau",
        duty=Duty.DISCRETION,
        covers_from=dt.date(2011, 1, 1),
        covers_until=samples.YEAR_END,
        reported_on=dt.date(2011, 12, 30),
        officer="甲",
    )
    without = samples.unit(Duty.ENFORCEMENT, roles=samples.ENFORCER.roles)
    unstated = samples.ENFORCER

    assert status("o8", unstated, power) is Status.NOTHING_RECORDED
    assert status("o8", unstated, power, nil) is Status.SATISFIED
    assert status("o8", without, power) is Status.NOT_APPLICABLE
    assert status("o3", without, power) is Status.NOT_APPLICABLE
    assert status("o4", without, power) is Status.SATISFIED


def test_duties_and_nil_returns_are_no_way_around_a_missing_table() -> None:
    power = entry(Category.ENFORCEMENT, discretionary=True)
    without = samples.unit(Duty.ENFORCEMENT, roles=samples.ENFORCER.roles)

    assert status("o3", without, power) is Status.VIOLATED


def test_units_that_do_not_enforce_are_not_asked() -> None:
    assert status("o5", samples.UNIT, entry(Category.ENFORCEMENT, basis=())) is Status.NOT_APPLICABLE


def test_the_exemplary_table_meets_all_that_rules_decide() -> None:
    for number in (3, 4, 5, 6, 7, 8):
        assert status(f"o{number}", *benchmark()) is Status.SATISFIED


# Tables


def test_a_table_is_published_while_a_copy_of_its_item_stands_anywhere() -> None:
    day = dt.date(2011, 6, 1)
    board = samples.publication("document-1", Carrier.NOTICE_BOARD, published_on=day)
    gone = attrs.evolve(board, withdrawn_on=day + 10 * DAY)

    assert said(of_table("DIS008")) == ["fail: unpublished"]
    assert of_table("DIS008", board) is None
    assert of_table("DIS008", gone, as_of=day + 9 * DAY) is None
    assert said(of_table("DIS008", gone, as_of=day + 10 * DAY)) == ["fail: unpublished"]
    assert said(of_table("DIS008", board, as_of=day - DAY)) == ["fail: unpublished"]


def test_the_publication_of_another_item_publishes_no_table() -> None:
    other = samples.proactive_item(Category.DOCUMENT, id="document-2")
    copies = tuple(samples.publication("document-2", carrier) for carrier in (Carrier.OWN_SITE, Carrier.PORTAL))
    kept = [record for record in benchmark() if not isinstance(record, Publication)]
    (item,) = [record for record in kept if record.id == "document-1"]
    records = [*(record for record in kept if record is not item), samples.item(Category.DOCUMENT), other, *copies]

    assert status("o8", *records) is Status.VIOLATED


@pytest.mark.parametrize("code", sorted(code for code in RULES if code > "DIS007"))
def test_a_table_that_has_ended_is_left_alone(code: str) -> None:
    broken = discretion_table(rows=(), item="", statute=(), until=dt.date(2011, 12, 30))

    assert said(of_table(code, table=broken)) == ["not_applicable: ended"]
    assert said(of_table(code, table=broken, as_of=dt.date(2011, 12, 30))) != ["not_applicable: ended"]


def test_a_decision_table_of_another_kind_is_no_table_of_penalties() -> None:
    fees = discretion_table(
        statute=(),
        outputs=(TableOutput(name="fee", kind=InputKind.INTEGER),),
        rows=(TableRow(when="times = 1", outputs=("1",)),),
    )
    *others, _ = benchmark()
    report = run_case(Case(Text("", ""), (*others, fees), samples.YEAR_END))

    # Nothing but that the power has no graded table.
    assert [entry.rule for entry in report.findings if entry.rule[:3] == "DIS" and entry.rule > "DIS002"] == ["DIS003"]


def test_a_table_that_cannot_be_read_is_told_of_once() -> None:
    report = run_case(Case(Text("", ""), benchmark(rows=(TableRow(when="weather = 1"),)), samples.YEAR_END))
    found = {entry.rule: (entry.outcome.value, entry.message) for entry in report.findings if entry.rule > "DIS002"}

    assert {code: found[code] for code in found if code.startswith("DIS") and code != "DIS003"} == {
        "DIS009": ("fail", "unreadable"),
        "DIS017": ("undecidable", "unread"),
    }


def test_words_are_read_by_the_law_of_the_day_of_issue() -> None:
    assert said(of_table("DIS009", issued_on=None, since=None)) == ["undecidable: undated"]
    assert of_table("DIS009", issued_on=None) is None
    ctx = context()
    rule = RULES["DIS009"]
    assert isinstance(rule, RecordRule)
    rule.check(Dossier(discretion_table(), samples.ENFORCER, {}), ctx)
    assert ctx.unverified == {"text/interval-words"}


def test_of_a_table_older_than_any_law_on_its_words_nothing_is_computed() -> None:
    report = run_case(Case(Text("", ""), benchmark(issued_on=dt.date(1986, 12, 31)), samples.YEAR_END))

    assert {entry.message for entry in report.findings if entry.rule == "DIS009"} == {"not_computable"}


def test_a_table_is_compiled_once_for_all_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    from govopen.rules import discretion_common

    made = []
    compile_table = discretion_common.compile_table
    monkeypatch.setattr(
        discretion_common, "compile_table", lambda table, **how: made.append(table) or compile_table(table, **how)
    )
    run_case(Case(Text("", ""), benchmark(), samples.YEAR_END))

    assert len(made) == 1


def test_what_refutes_a_table_is_told_with_rows_and_case() -> None:
    first, second, third = discretion_table().rows
    overlap = attrs.evolve(second, when="受罚次数 2次以上3次以下")
    result = of_table("DIS012", rows=(first, overlap, third))
    assert isinstance(result, list)
    (verdict,) = result
    assert isinstance(verdict, Verdict)

    assert (verdict.message, verdict.facts["rows"], verdict.facts["case"]) == ("found_case", (2, 3), ("times=3",))
    assert str(verdict.facts["fault"]).endswith("are met at once")


def test_a_graver_case_that_is_lighter_is_told_beside_the_other() -> None:
    first, second, third = discretion_table().rows
    result = of_table("DIS016", rows=(attrs.evolve(first, outcome="10000元以上20000元以下"), second, third))
    assert isinstance(result, list)

    assert (result[0].facts["case"], result[0].facts["other"]) == (("times=1",), ("times=2",))


def test_no_more_than_three_witnesses_are_told_of_one_property() -> None:
    first, *_ = discretion_table().rows
    result = of_table("DIS012", rows=(first,) * 5)

    assert said(result) == ["fail: found_case"] * 3


def test_what_nobody_could_find_out_is_undecidable_with_the_reason() -> None:
    (times,) = discretion_table().inputs
    other = TableInput(name="days", kind=InputKind.INTEGER, domain=">= 0")
    result = of_table("DIS016", inputs=(times, other))
    assert isinstance(result, Verdict)

    assert (result.outcome, result.message) == ("undecidable", "unknown")
    assert result.facts["reason"] == "Nobody has said in which direction days grows graver"


def test_a_report_words_the_reason_in_its_own_language() -> None:
    from govopen.report.render import Renderer

    first, second, third = discretion_table().rows
    records = benchmark(rows=(first, second, attrs.evolve(third, outcome="10000元以上30000元以下")))
    report = run_case(Case(Text("", ""), records, samples.YEAR_END))
    (found,) = [entry for entry in report.findings if entry.rule == "DIS017"]

    assert Renderer(report, "zh-Hans").message(found) == (
        "情形为受罚次数 3次：第3行的10000元以上30000元以下高于法定最高限20000。"
    )
    assert "above the statutory ceiling 20000." in Renderer(report, "en").message(found)


def test_a_worded_fact_crosses_processes_with_both_languages() -> None:
    worded = Worded(Text("缺一档", "A tier is missing"))
    again = pickle.loads(pickle.dumps(worded))  # noqa: S301 - our own

    assert (again, again.text) == ("A tier is missing", worded.text)


@pytest.mark.parametrize(
    ("field", "change", "owner", "also"),
    [
        ("item", "", "DIS008", ()),
        ("since", None, "DIS003", ("DIS021",)),
        ("statute", (), "DIS021", ("DIS009", "DIS017")),
        ("statute.0.verified", False, "DIS022", ()),
        ("statute.0.since", lambda _, setting: setting.as_of, "DIS021", ("DIS017",)),
        ("rows.0.when", "天气 = 1", "DIS009", ("DIS017",)),
        ("rows.0.outcome", "1元", "DIS017", ()),
        ("inputs.0.domain", ">= 0", "DIS011", ()),
    ],
)
@FEW
@given(st.data())
def test_the_rule_that_owns_a_field_of_a_table_finds_its_change(
    field: str, change: Any, owner: str, also: tuple[str, ...], data: st.DataObject
) -> None:
    setting = Setting(UNIT, data.draw(DAYS))
    drawn = tuple(
        record for record in data.draw(benchmarks(setting)) if not type(record).__name__.startswith("Penalty")
    )
    mutation = Mutation(
        of=DiscretionTable,
        field=field,
        change=change,
        owner=owner,
        also=frozenset(also),
        drawn=lambda _: st.just(drawn),
    )
    assert_found(mutation, drawn, setting)
