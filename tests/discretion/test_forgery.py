"""Certificates made up by somebody who wants a false claim to pass, with a proper seal: none does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from govopen.discretion.certificate import verify
from govopen.discretion.checker import seal
from govopen.discretion.compiling import compile_table
from govopen.discretion.pieces import Rejected
from govopen.discretion.proving import prove
from govopen.discretion.table import Table
from govopen.model.discretion import DiscretionTable, Graver, HitPolicy, InputKind, StatutoryRange, TableInput, TableRow

RANGE = StatutoryRange(citation="法", since=dt.date(2011, 1, 1), outcome="0元以上10000元以下")
WHOLE = InputKind.INTEGER
DENSE = InputKind.DECIMAL


def table(kind: InputKind, *rows: tuple[str, str], **changes: Any) -> Table:
    x = TableInput(name="x", kind=kind, domain="[0..9]", graver=Graver.HIGHER)
    written = tuple(TableRow(when=when, outcome=outcome) for when, outcome in rows)
    about: dict[str, Any] = {"inputs": (x,), "rows": written, "statute": (RANGE,)}
    return compile_table(DiscretionTable(id="t", **(about | changes)))


def forged(of: Table, name: str, verdict: str, **proof: Any) -> dict[str, Any]:
    certificate = {
        "format": "govopen-table-certificate/1",
        "table": of.document.id,
        "version": of.digest,
        "property": name,
        "verdict": verdict,
        "proofs": [{"reading": "or", **proof}],
    }
    return {**certificate, "seal": seal(certificate)}


def between(place: Any, side: Any = 0, axis: Any = 0) -> list[Any]:
    """One cut, and two leaves."""
    return [axis, [place, side], 0, 0]


FALLING = (("x <= 3", "5000元"), ("x > 3", "1000元"))
TWICE = (("x <= 3", "1000元"), ("x >= 3", "2000元"))
EXCESS = (("x < 3", "1000元"), ("x = 3", "999999元"), ("x > 3", "3000元"))


@pytest.mark.parametrize(
    ("of", "name", "tree"),
    [
        pytest.param(table(WHOLE, *FALLING), "monotone", 0, id="one leaf for all rows"),
        pytest.param(table(WHOLE, *FALLING), "monotone", between("4"), id="the right cut of a false claim"),
        pytest.param(table(WHOLE, *TWICE), "disjoint", between("3.5"), id="a whole number lost between two parts"),
        pytest.param(table(WHOLE, *TWICE), "disjoint", between("3", 0.5), id="a side that is none"),
        pytest.param(table(WHOLE, *TWICE), "disjoint", between("3", 1), id="a side on a grid"),
        pytest.param(table(WHOLE, *TWICE), "disjoint", between("3", True), id="a truth for a side"),
        pytest.param(table(DENSE, *TWICE), "disjoint", between("3", 0.5), id="a decimal lost"),
        pytest.param(table(DENSE, *TWICE), "disjoint", between("3", -1), id="a cut below a number"),
        pytest.param(table(DENSE, *TWICE), "disjoint", between("3", float("nan")), id="no number for a side"),
        pytest.param(table(WHOLE, *EXCESS), "contained", [0, ["3", 0], 0, between("3.5")], id="a tier lost"),
        pytest.param(table(WHOLE, *EXCESS, lawful=("x = 3",)), "boundary", between("3.5"), id="a lawful case lost"),
        pytest.param(table(WHOLE, ("x != 3", "1元")), "complete", between("3", 0, -1), id="an axis from behind"),
        pytest.param(table(WHOLE, ("x != 3", "1元")), "complete", between("1e99999999"), id="a number without end"),
        pytest.param(table(WHOLE, ("x != 3", "1元")), "complete", between("11"), id="a cut outside"),
        pytest.param(table(WHOLE, ("x != 3", "1元")), "complete", True, id="a truth for a leaf"),
        pytest.param(table(WHOLE, ("x != 3", "1元")), "complete", [], id="nothing"),
    ],
)
def test_no_tree_proves_what_is_false(of: Table, name: str, tree: Any) -> None:
    assert prove(of).properties[name].verdict == "refuted"  # type: ignore[index]

    with pytest.raises(Rejected):
        verify(forged(of, name, "proved", by="tree", tree=tree), of)


@pytest.mark.parametrize("name", ["complete", "disjoint", "monotone", "contained", "boundary"])
@pytest.mark.parametrize("policy", [HitPolicy.UNIQUE, HitPolicy.FIRST])
def test_the_boxes_themselves_prove_nothing_where_they_overlap_or_leave_a_gap(name: str, policy: HitPolicy) -> None:
    of = table(WHOLE, ("x <= 3", "1元"), ("x in [3..5]", "99999元"), hit_policy=policy, lawful=("x = 4",))

    with pytest.raises(Rejected):
        verify(forged(of, name, "proved", by="boxes"), of)


def test_a_row_that_decides_cannot_be_certified_dead() -> None:
    of = table(WHOLE, *EXCESS)

    with pytest.raises(Rejected):
        verify(forged(of, "reachable", "refuted", by="tree", tree=[0, ["3", 0], 0, between("3.5")], row=2), of)


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        ("complete", [{"x": "4"}]),
        ("disjoint", [{"x": "4"}]),
        ("contained", [{"x": "4"}]),
        ("boundary", [{"x": "4"}]),
        ("monotone", [{"x": "4"}, {"x": "2"}]),
        ("monotone", [{"x": "2"}, {"x": "4"}]),
        ("monotone", [{"x": "2"}]),
        ("complete", []),
        ("complete", [{"x": "10"}]),
        ("complete", [{}]),
    ],
)
def test_no_case_refutes_what_is_true(name: str, cases: list[dict[str, str]]) -> None:
    of = table(WHOLE, ("x <= 3", "1000元"), ("x > 3", "5000元"), lawful=())

    with pytest.raises(Rejected):
        verify(forged(of, name, "refuted", cases=cases), of)


def test_outcomes_that_cannot_be_compared_are_no_excess() -> None:
    of = table(WHOLE, ("-", "货值的2倍"))
    assert prove(of).properties["contained"].verdict == "unknown"

    for verdict, proof in (("refuted", {"cases": [{"x": "1"}]}), ("proved", {"by": "boxes"})):
        with pytest.raises(Rejected):
            verify(forged(of, "contained", verdict, **proof), of)
