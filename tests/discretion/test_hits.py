from __future__ import annotations

from typing import Any

import pytest
from tests.discretion.builders import entry, row, table

from govopen.discretion.compiling import compile_table
from govopen.discretion.table import Table
from govopen.model.discretion import Aggregation, DiscretionTable, HitPolicy, InputKind, TableOutput, TableRow

A, P, R, O, C = (  # noqa: E741 - the letters of DMN
    HitPolicy.ANY,
    HitPolicy.PRIORITY,
    HitPolicy.RULE_ORDER,
    HitPolicy.OUTPUT_ORDER,
    HitPolicy.COLLECT,
)
ROWS = (("n >= 1", "低"), ("n >= 2", "高"), ("n >= 3", "高"), ("n = 9", "中"))


def graded(policy: HitPolicy, default: str = "", aggregation: Aggregation | None = None) -> Table:
    output = TableOutput(name="grade", kind=InputKind.TEXT, values=("高", "中", "低"), default=default)
    rows = tuple(TableRow(when=when, outputs=(grade,)) for when, grade in ROWS)
    return compile_table(
        DiscretionTable(
            id="t",
            hit_policy=policy,
            aggregation=aggregation,
            inputs=(entry("n", domain="[0..9]"),),
            outputs=(output,),
            rows=rows,
        )
    )


@pytest.mark.parametrize(
    ("policy", "n", "said"),
    [
        (HitPolicy.UNIQUE, 0, ("no_row", (), None)),
        (HitPolicy.UNIQUE, 1, ("decided", (1,), "低")),
        (HitPolicy.UNIQUE, 3, ("conflict", (1, 2, 3), None)),
        (A, 2, ("conflict", (1, 2), None)),
        (HitPolicy.FIRST, 9, ("decided", (1,), "低")),
        (P, 9, ("decided", (2,), "高")),
        (P, 1, ("decided", (1,), "低")),
        (R, 9, ("decided", (1, 2, 3, 4), ["低", "高", "高", "中"])),
        (O, 9, ("decided", (2, 3, 4, 1), ["高", "高", "中", "低"])),
        (C, 2, ("decided", (1, 2), ["低", "高"])),
        (C, 0, ("no_row", (), [])),
    ],
)
def test_a_policy_says_which_rows_decide(policy: HitPolicy, n: int, said: tuple[object, ...]) -> None:
    found = graded(policy).decide({"n": n})
    assert (found.status, found.rows, found.outputs) == said
    assert (found.row is not None) == (len(found.rows) == 1 and found.status == "decided" and policy not in (R, O, C))


def test_rows_with_one_result_do_not_conflict_under_any() -> None:
    found = graded(A)
    same = table([entry("n", domain="[0..9]")], row("n >= 2"), row("n >= 3"), row("n < 2", "2000元"), hit_policy=A)
    assert same.decide({"n": 5}).rows == (1,)
    assert found.decide({"n": 3}).status == "conflict"


@pytest.mark.parametrize(
    ("aggregation", "amounts"),
    [
        (None, ([], [5], [5, 7], [5, 7, 1])),
        (Aggregation.SUM, (None, 5, 12, 13)),
        (Aggregation.MIN, (None, 5, 5, 1)),
        (Aggregation.MAX, (None, 5, 7, 7)),
        (Aggregation.COUNT, (0, 1, 2, 3)),
    ],
)
def test_collected_results_become_one(aggregation: Aggregation | None, amounts: tuple[Any, ...]) -> None:
    source = DiscretionTable(
        id="t",
        hit_policy=C,
        aggregation=aggregation,
        inputs=(entry("n", domain="[0..9]"),),
        outputs=(TableOutput(kind=InputKind.INTEGER),),
        rows=tuple(TableRow(when=f"n >= {at}", outputs=(fee,)) for at, fee in ((1, "5"), (2, "7"), (3, "1"))),
    )
    found = compile_table(source)
    assert tuple(found.decide({"n": n}).outputs for n in range(4)) == amounts


def test_where_no_row_is_met_the_default_is_the_result() -> None:
    found = graded(HitPolicy.FIRST, default="低").decide({"n": 0})
    assert (found.status, found.rows, found.outputs) == ("no_row", (), "低")
