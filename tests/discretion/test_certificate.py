"""A certificate shows what it claims, to a checker that believes nothing else; and no other one passes."""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govopen.discretion.checker as checker_module
from govopen.discretion.certificate import CERTIFIED, certificates, verify
from govopen.discretion.checker import seal
from govopen.discretion.compiling import compile_table
from govopen.discretion.pieces import Rejected
from govopen.discretion.properties import Proofs, Verdict
from govopen.discretion.proving import prove
from govopen.discretion.table import Table
from govopen.interchange.tables.toml import read_toml
from govopen.model.discretion import DiscretionTable, HitPolicy
from govopen.testing.table_strategies import documents

REAL = Path(__file__).parents[2] / "examples/real/discretion"
PATIENT = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def real(name: str) -> DiscretionTable:
    path = REAL / f"{name}.toml"
    return read_toml(path.read_bytes(), where=path.name)


def made(document: DiscretionTable) -> tuple[Table, Proofs, dict[str, Any]]:
    table = compile_table(document)
    proofs = prove(table)
    return table, proofs, {name: json.loads(json.dumps(entry)) for name, entry in certificates(table, proofs).items()}


def changed(value: Any) -> Iterator[Any]:
    """The same document with one field changed, in every place and several ways."""
    match value:
        case dict():
            for key, held in value.items():
                yield {other: entry for other, entry in value.items() if other != key}
                yield from ({**value, key: entry} for entry in changed(held))
        case list():
            for at, held in enumerate(value):
                yield [*value[:at], *value[at + 1 :]]
                yield from ([*value[:at], entry, *value[at + 1 :]] for entry in changed(held))
        case bool() | None:
            yield "x"
        case int():
            yield from (value + 1, value - 1)
        case str():
            yield value + "0"
            yield {"proved": "refuted", "refuted": "proved", "boxes": "tree", "tree": "boxes"}.get(value, "")
            yield from (name for name in CERTIFIED if value in CERTIFIED and name != value)


@pytest.mark.parametrize("name", sorted(path.stem for path in REAL.glob("*-*.toml")))
def test_every_definite_verdict_on_a_real_benchmark_has_a_certificate_that_is_accepted(name: str) -> None:
    table, proofs, found = made(real(name))

    assert set(found) == {entry for entry in CERTIFIED if proofs.properties[entry].verdict is not Verdict.UNKNOWN}
    for certificate in found.values():
        verify(certificate, table)


@PATIENT
@given(document=documents())
def test_every_certificate_of_a_random_table_is_accepted(document: DiscretionTable) -> None:
    table, proofs, found = made(document)

    for name, certificate in found.items():
        assert certificate["verdict"] == proofs.properties[name].verdict
        verify(certificate, table)


@pytest.mark.parametrize("name", ["sz-002", "sz-070", "la-01", "la-03", "sz-013"])
def test_a_certificate_with_any_one_field_changed_is_rejected(name: str) -> None:
    table, _, found = made(real(name))
    tried = 0

    for certificate in found.values():
        for other in changed(certificate):
            tried += 1
            with pytest.raises(Rejected):
                verify(other, table)
    assert tried > 100


@pytest.mark.parametrize("name", ["sz-001", "sz-002", "sz-003", "sz-010", "sz-027", "sz-070", "la-01", "la-03"])
def test_a_change_sealed_anew_passes_only_where_its_claim_is_true(name: str) -> None:
    table, proofs, found = made(real(name))
    rejected = 0

    for certificate in found.values():
        for other in changed(certificate):
            if not isinstance(other, dict):
                continue
            other["seal"] = seal(other)
            try:
                verify(other, table)
            except Rejected:
                rejected += 1
            else:
                assert other["verdict"] == proofs.properties[other["property"]].verdict
    assert rejected > 100


@PATIENT
@given(document=documents(), data=st.data())
def test_no_sealed_change_of_a_random_certificate_makes_a_false_claim_pass(
    document: DiscretionTable, data: st.DataObject
) -> None:
    table, proofs, found = made(document)

    for certificate in found.values():
        others = [entry for entry in changed(certificate) if isinstance(entry, dict) and "property" in entry]
        other = copy.deepcopy(data.draw(st.sampled_from(others)))
        other["seal"] = seal(other)
        try:
            verify(other, table)
        except Rejected:
            continue
        known = proofs.properties[other["property"]].verdict
        assert known in (other["verdict"], Verdict.UNKNOWN)


@PATIENT
@given(document=documents(), other=documents())
def test_a_proof_of_one_table_shows_nothing_of_another(document: DiscretionTable, other: DiscretionTable) -> None:
    _, _, found = made(document)
    table, proofs, _ = made(attrs.evolve(other, id=document.id))

    for name, certificate in found.items():
        forged = {**certificate, "version": table.digest}
        forged["seal"] = seal(forged)
        try:
            verify(forged, table)
        except Rejected:
            continue
        assert proofs.properties[name].verdict in (certificate["verdict"], Verdict.UNKNOWN)


def test_a_certificate_of_an_older_version_is_rejected() -> None:
    document = real("sz-001")
    _, _, found = made(document)
    newer = compile_table(
        attrs.evolve(document, rows=(*document.rows[:-1], attrs.evolve(document.rows[-1], tier="其他")))
    )

    with pytest.raises(Rejected, match="another version"):
        verify(found["complete"], newer)


def test_a_table_with_ranked_rows_is_proved_by_cuts() -> None:
    document = attrs.evolve(real("sz-010"), hit_policy=HitPolicy.FIRST)
    table, _, found = made(document)

    assert found["monotone"]["proofs"][0]["by"] == "tree"
    verify(found["monotone"], table)


def test_the_checker_shares_with_the_prover_the_arithmetic_of_formulas_alone() -> None:
    tree = ast.parse(Path(checker_module.__file__).read_text(encoding="utf-8"))
    imported = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("govopen")
    }

    assert imported == {"govopen.discretion.formula", "govopen.discretion.pieces"}
