"""What is told of a proved table, as text and JSON, and of a decided case: in words that an officer knows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import attrs
import jsonschema
import pytest
from rich.console import Console

from govopen.discretion.compiling import compile_table
from govopen.discretion.proving import prove
from govopen.discretion.spans import union
from govopen.discretion.table import Table
from govopen.model.discretion import (
    DiscretionTable,
    Graver,
    HitPolicy,
    InputKind,
    StatutoryRange,
    TableInput,
    TableOutput,
    TableRow,
)
from govopen.plugins.registry import Registry
from govopen.report.tables.checked import CheckedTable, RemarkKind, remarks_on_law
from govopen.report.tables.decision import DecidedCase, decisions_csv, decisions_json, print_decision, print_decisions
from govopen.report.tables.document import table_report_document, table_report_json, table_report_schema
from govopen.report.tables.drawn import print_table
from govopen.report.tables.text import print_checked
from govopen.report.tables.wording import TableWords
from govopen.rules.samples_discretion import discretion_table
from govopen.texts import LANGUAGES

VALIDATOR = jsonschema.Draft202012Validator(table_report_schema())
WHOLE = discretion_table()
GAPPED = discretion_table(rows=(attrs.evolve(WHOLE.rows[0], citation="第三条"), WHOLE.rows[2]))
LIGHTER = discretion_table(
    rows=(WHOLE.rows[0], attrs.evolve(WHOLE.rows[1], outcome="20000元"), attrs.evolve(WHOLE.rows[2], outcome="3000元"))
)


def found(document: DiscretionTable) -> CheckedTable:
    table = compile_table(document)
    provision = Registry.load(entry_points=False).library.matter("text/interval-words").provisions[-1]
    return CheckedTable(
        source="表.toml",
        table=table,
        proofs=prove(table),
        provision=provision,
        worded_on=document.issued_on,
        remarks=tuple(remarks_on_law(table)),
    )


def printed(write: Any, *args: Any) -> str:
    out = io.StringIO()
    *given, lang = args
    write(*given, Console(file=out, width=140, markup=False, emoji=False, highlight=False), lang)
    return out.getvalue()


def test_a_gap_is_told_as_a_case_by_labels_with_units_and_with_its_law() -> None:
    lines = [line.strip() for line in printed(print_checked, found(GAPPED), "zh-Hans").splitlines()]

    assert any(line.endswith("受罚次数 2次") for line in lines)
    assert any("示例条例第十条" in line and "2000元以上20000元以下" in line for line in lines)
    assert "✗ 应罚情形均有档次：已推翻" in lines
    assert "✓ 各档次互不重叠：已证明" in lines


def test_of_a_lighter_outcome_both_cases_and_rows_are_told() -> None:
    text = printed(print_checked, found(LIGHTER), "en")

    assert "times 2次" in text
    assert "Graver case: times 3次" in text
    assert "row 2 (一般): 20000元" in text
    assert "row 3 (严重): 3000元" in text
    assert "refuted 1" in text


def test_an_input_is_called_by_its_term_in_chinese() -> None:
    assert "受罚次数更重时" in printed(print_checked, found(LIGHTER), "zh-Hans")


@pytest.mark.parametrize("document", [WHOLE, GAPPED, LIGHTER])
def test_json_is_as_its_schema_says_and_differs_in_texts_only(document: DiscretionTable) -> None:
    entry = found(document)
    told = {lang: json.loads(table_report_json([entry], lang)) for lang in LANGUAGES}

    def without_texts(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {"text", "title", "reason", "language"}
            return {key: without_texts(member) for key, member in value.items() if key not in kept}
        return [without_texts(member) for member in value] if isinstance(value, list) else value

    for each in told.values():
        VALIDATOR.validate(each)
    assert without_texts(told["en"]) == without_texts(told["zh-Hans"])
    jsonschema.Draft202012Validator.check_schema(table_report_schema())


def test_the_witness_in_json_is_a_case_that_can_be_decided_again() -> None:
    entry = found(GAPPED)
    (table,) = table_report_document([entry], "en")["tables"]
    (complete,) = (held for held in table["properties"] if held["property"] == "complete")

    assert entry.table.decide(complete["witnesses"][0]["case"]).status == "no_row"
    assert complete["witnesses"][0]["law"] == ["示例条例第十条"]


@pytest.mark.parametrize(
    ("changes", "kinds", "said"),
    [
        ({"verified": True}, [], ""),
        ({"verified": False}, [RemarkKind.WARNING], "nobody has verified"),
        ({"since": dt.date(2012, 1, 1)}, [RemarkKind.WARNING], "holds from 2012-01-01"),
        ({"until": dt.date(2011, 4, 30)}, [RemarkKind.WARNING], "held until 2011-04-30"),
        ({"until": dt.date(2011, 5, 1)}, [], ""),
    ],
)
def test_a_range_that_is_unverified_or_not_in_force_is_remarked(
    changes: dict[str, Any], kinds: list[RemarkKind], said: str
) -> None:
    remarks = list(
        remarks_on_law(compile_table(discretion_table(statute=(attrs.evolve(WHOLE.statute[0], **changes),))))
    )

    assert [remark.kind for remark in remarks] == kinds
    assert all(said in remark.get("en") for remark in remarks)


def test_a_table_without_a_first_day_cannot_be_held_against_the_dates_of_the_law() -> None:
    (remark,) = remarks_on_law(compile_table(discretion_table(since=None)))

    assert remark.kind is RemarkKind.NOTE


# Words

AXES = compile_table(
    DiscretionTable(
        id="t",
        inputs=(
            TableInput(name="n", label="次数", kind=InputKind.INTEGER, unit="次", domain=">= 1"),
            TableInput(name="v", label="体积", kind=InputKind.DECIMAL, unit="立方米"),
            TableInput(name="m", kind=InputKind.MONEY),
            TableInput(name="d", kind=InputKind.DATE),
            TableInput(name="p", kind=InputKind.DURATION, unit="days"),
            TableInput(name="b", kind=InputKind.BOOLEAN),
            TableInput(name="e", kind=InputKind.ENUMERATION, values=("轻", "中", "重")),
        ),
        outputs=(TableOutput(name="o", kind=InputKind.TEXT),),
        rows=(TableRow(when="-", outputs=("x",)),),
    )
).axes


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        ("n >= 3", "3次以上", "≥ 3次"),
        ("n < 20", "不满20次", "< 20次"),
        ("n = 2", "2次", "2次"),
        ("n in (1, 4)", "1次 或 4次", "1次 or 4次"),
        ("v in [5..10)", "5立方米以上不满10立方米", "[5, 10)立方米"),
        ("v < -5", "< -5立方米", "< -5立方米"),
        ("m < 2000", "不满2000元", "< 2000元"),
        ("m in (500..2000]", "超过500元不超过2000元", "(500, 2000]元"),
        ("d >= 2011-04-05", "≥ 2011-04-05", "≥ 2011-04-05"),
        ("p <= P10D", "≤ 10天", "≤ 10 days"),
        ("p = P10D", "10天", "10 days"),
        ("b", "是", "yes"),
        ("e in (轻, 重)", "轻、重", "轻, 重"),
        ("-", "不限", "any"),
    ],
)
def test_a_condition_is_told_as_people_write_it(cell: str, zh: str, en: str) -> None:
    from govopen.discretion.language import parse_condition

    (*terms,) = parse_condition(cell, AXES).terms()
    at = next(iter(terms[0]), 0)
    spans = union(run for term in terms for run in term.get(at, AXES[at].domain))

    assert TableWords("zh-Hans").spans(AXES[at], spans) == zh
    assert TableWords("en").spans(AXES[at], spans) == en


# Decisions


def decided(table: Table, **case: Any) -> DecidedCase:
    return DecidedCase(case=case, decision=table.decide(case), line=2)


def test_a_decided_case_says_row_outcome_law_and_what_made_it_so() -> None:
    text = printed(print_decision, compile_table(WHOLE), decided(compile_table(WHOLE), times=2), "en")

    for part in ("row 2 (一般)", "5000元以上10000元以下", "示例条例第十条", "times 2次 meets 2次"):
        assert part in text


def test_a_case_that_is_not_decided_says_what_is_missing_or_in_conflict() -> None:
    overlapping = compile_table(discretion_table(rows=(*WHOLE.rows, attrs.evolve(WHOLE.rows[0], when="times = 3"))))
    missing = printed(print_decision, compile_table(WHOLE), decided(compile_table(WHOLE)), "zh-Hans")
    conflict = printed(print_decision, overlapping, decided(overlapping, times=3), "en")
    nothing = printed(print_decision, compile_table(GAPPED), decided(compile_table(GAPPED), times=2), "en")

    assert "无法决定" in missing
    assert "受罚次数" in missing
    assert "rows contradict each other" in conflict
    assert "row 3 (严重)" in conflict
    assert "row 4 (轻微)" in conflict
    assert "no row is met" in nothing


def test_a_formula_gives_the_amount() -> None:
    rows = (TableRow(tier="按次", when="-", outcome="formula: 2000 + 100 * (times - 1)"),)
    table = compile_table(discretion_table(rows=rows))

    assert "2300" in printed(print_decision, table, decided(table, times=4), "en")
    assert json.loads(decisions_json(table, [decided(table, times=4)], many=False))["amount_yuan"] == "2300"


FEES = DiscretionTable(
    id="fees",
    inputs=(TableInput(name="pages", kind=InputKind.INTEGER, domain=">= 0"),),
    outputs=(
        TableOutput(name="rate", label="单价", kind=InputKind.DECIMAL),
        TableOutput(name="day", kind=InputKind.DATE),
    ),
    hit_policy=HitPolicy.COLLECT,
    rows=(
        TableRow(when="pages > 10", outputs=("0.50", "2011-04-05")),
        TableRow(when="pages > 20", outputs=("0.25", "2011-04-06")),
    ),
)


def test_a_table_of_another_kind_gives_its_results() -> None:
    table = compile_table(FEES)
    entry = decided(table, pages=30)
    document = json.loads(decisions_json(table, [entry], many=True))["decisions"][0]

    assert [one["rate"].rstrip("0") for one in document["outputs"]] == ["0.5", "0.25"]
    assert document["outputs"][0]["day"] == "2011-04-05"
    assert document["row"] is None
    assert "rate = 0.5" in printed(print_decision, table, entry, "en")
    assert "单价" in printed(print_table, table, "zh-Hans")


def test_many_cases_are_lines_with_a_sum() -> None:
    table = compile_table(WHOLE)
    entries = [decided(table, times=1), decided(table)]
    text = printed(print_decisions, table, entries, "en")

    assert "decided 1, undecidable 1" in text
    assert text.splitlines()[1].split()[:2] == ["2", "1次"]


def test_csv_has_facts_and_results_and_nothing_that_a_spreadsheet_runs() -> None:
    below = attrs.evolve(WHOLE.inputs[0], name="-n", domain="[-9..9]")
    rows = tuple(attrs.evolve(row, tier="=cmd()", when=row.when.replace("times", "`-n`")) for row in WHOLE.rows)
    table = compile_table(discretion_table(rows=rows, inputs=(below,)))
    entries = [decided(table, **{"-n": -1}), decided(table, **{"-n": 1})]
    lines = list(csv.reader(io.StringIO(decisions_csv(table, entries, "en"))))

    assert lines == [
        ["'-n", "row", "tier", "outcome", "amount_yuan", "status", "missing"],
        ["-1", "", "", "", "", "no_row", ""],
        ["1", "1", "'=cmd()", "2000元以上5000元以下", "", "decided", ""],
    ]


def test_decimals_keep_their_digits_in_json() -> None:
    inputs = (TableInput(name="v", kind=InputKind.DECIMAL, graver=Graver.HIGHER),)
    law = (StatutoryRange(citation="x", since=dt.date(2010, 1, 1), outcome="1元以上9元以下"),)
    table = compile_table(
        DiscretionTable(id="t", inputs=inputs, statute=law, rows=(TableRow(when="v > 0.1", outcome="1元"),))
    )

    assert json.loads(decisions_json(table, [decided(table, v=Decimal("0.30"))], many=False))["case"] == {"v": "0.30"}
