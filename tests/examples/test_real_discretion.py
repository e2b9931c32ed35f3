"""Nine real discretion benchmarks get exactly the finding that stands beside them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from govopen.discretion.compiling import compile_table
from govopen.discretion.proving import prove
from govopen.discretion.table import Table
from govopen.interchange.tables.files import read_table

REAL = Path(__file__).parents[2] / "examples" / "real"
EXPECTED = tomllib.loads((REAL / "discretion/findings.toml").read_text(encoding="utf-8"))


def real(name: str) -> Table:
    return compile_table(read_table(REAL / "discretion" / f"{name}.toml"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_benchmark_gets_exactly_its_finding_with_a_case_that_shows_it(name: str) -> None:
    table, wanted = real(name), EXPECTED[name]

    proofs = prove(table)

    assert list(proofs.refuted) == wanted["refuted"]
    for refuted in proofs.refuted:
        facts = table.read_case(wanted["case"])
        witnesses = [
            witness for witness in proofs.properties[refuted].witnesses if list(witness.rows) == wanted["rows"]
        ]
        assert any(facts.items() <= witness.case.items() for witness in witnesses), witnesses


def test_there_are_nine_tables_and_each_has_a_finding_or_says_that_it_has_none() -> None:
    files = {path.stem for path in (REAL / "discretion").glob("*.toml")} - {"findings"}

    assert files == set(EXPECTED)
    assert len(files) == 9


def test_the_lesser_measure_with_the_greater_meets_both_tiers_or_none() -> None:
    """0.4 m³ with 25 plants: with OR both tiers of timber theft apply, with AND neither does."""
    table = real("la-01")
    case = table.read_case({"volume_m3": "0.4", "plants": "25"})

    assert table.alone(case).rows == (1, 2)
    assert table.other is not None
    assert table.other.alone(case).status == "no_row"
    assert table.decide(case).ambiguous


def test_overlapping_tiers_meet_at_exactly_five_and_exactly_ten() -> None:
    witnesses = prove(real("la-03")).properties["disjoint"].witnesses

    assert [(witness.rows, str(witness.case["volume_m3"])) for witness in witnesses] == [((1, 2), "5"), ((2, 3), "10")]


@pytest.mark.examples
def test_the_script_prints_a_case_for_each_finding() -> None:
    done = subprocess.run(
        [sys.executable, str(REAL / "check_discretion.py")],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )

    assert "Row 1 imposes 1000元, below the statutory floor 2000" in done.stdout
    assert done.stdout.count("nothing to object to") == 3
