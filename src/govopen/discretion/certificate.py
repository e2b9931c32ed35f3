"""Certificates: what a proof rests on, as a small JSON document that an independent checker re-checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govopen.discretion.checker import check, seal
from govopen.discretion.covering import Budget, OutOfBudget
from govopen.discretion.plain import plain_place, plain_table
from govopen.discretion.properties import Proofs, Property, PropertyName, Verdict
from govopen.discretion.proving import STEPS, prove_reading
from govopen.discretion.regions import Tree, divide
from govopen.discretion.searching import Search
from govopen.discretion.table import Table
from govopen.discretion.witness import Case, case_of
from govopen.model.discretion import HitPolicy

__all__ = ["CERTIFIED", "certificates", "verify"]

FORMAT = "govopen-table-certificate/1"
CERTIFIED: tuple[PropertyName, ...] = ("complete", "disjoint", "reachable", "monotone", "contained", "boundary")
"""The properties that have certificates. The other two compare texts, and their witnesses say all."""


def certificates(table: Table, proofs: Proofs) -> dict[PropertyName, dict[str, Any]]:
    """A certificate for each property that is proved or refuted.

    Of a table that has to be cut into more pieces than :data:`~govopen.discretion.regions.REGIONS`, a property may be
    without.
    """
    readings = [table] if table.other is None else [table, table.other]
    pieces = [_pieces(reading) for reading in readings]
    # Only what is said of ranges needs pieces that are wholly inside or outside of each.
    by_law = [
        _pieces(reading, by_law=True) if _partial(reading) else known
        for reading, known in zip(readings, pieces, strict=True)
    ]
    found: dict[PropertyName, dict[str, Any]] = {}
    for name in CERTIFIED:
        entry = proofs.properties[name]
        if entry.verdict is Verdict.UNKNOWN:
            continue
        # What refutes one reading need not refute the other.
        known = [entry] if table.other is None else [prove_reading(reading, name) for reading in readings]
        trees = by_law if name == "contained" else pieces
        parts = [_proof(*each) for each in zip(readings, [name] * len(known), known, trees, strict=True)]
        if any(part is None for part in parts):
            continue
        certificate = {
            "format": FORMAT,
            "table": table.document.id,
            "version": table.digest,
            "property": name,
            "verdict": entry.verdict.value,
            "proofs": [
                {"reading": reading.reading, **(part or {})} for reading, part in zip(readings, parts, strict=True)
            ],
        }
        certificate["seal"] = seal(certificate)
        found[name] = certificate
    return found


def verify(certificate: Mapping[str, Any], table: Table) -> None:
    """Re-check a certificate against a table.

    Raises:
        Rejected: It does not show what it claims of this table.
    """
    readings = [table] if table.other is None else [table, table.other]
    check(certificate, {reading.reading: plain_table(reading) for reading in readings})


def _partial(table: Table) -> bool:
    """Whether some statutory range is for some cases only."""
    whole = tuple((0, size - 1) for size in table.grid.sizes)
    return any(whole not in statute.boxes for statute in table.statutes)


def _pieces(table: Table, *, by_law: bool = False) -> dict[str, Any] | None:
    """How to take the cases of a table apart: its own boxes where they do not overlap, else a tree of cuts."""
    simple = not table.impossible and not table.lawful and table.policy in (HitPolicy.UNIQUE, HitPolicy.ANY)
    if simple and not by_law and _partition(table):
        return {"by": "boxes"}
    regions = divide(table, by_law=by_law)
    return None if regions.tree is None else {"by": "tree", "tree": _written(regions.tree, table)}


def _partition(table: Table) -> bool:
    """Whether the boxes of rows cover all cases once."""
    for bit, box in enumerate(table.boxes):
        if table.masks.touching(box) & table.hits.mask & ~(1 << bit):
            return False
    search = Search(table, Budget(STEPS))
    try:
        return search.outside(search.whole, table.hits.mask) is None
    except OutOfBudget:
        return False


def _written(tree: Tree, table: Table) -> Any:
    """Cuts by position and place; a leaf is 0."""
    if isinstance(tree, int):
        return 0
    axis, cell, lower, upper = tree
    return [axis, plain_place(table.grid.starts[axis][cell]), _written(lower, table), _written(upper, table)]


def _proof(table: Table, name: PropertyName, entry: Property, pieces: dict[str, Any] | None) -> dict[str, Any] | None:
    if name == "reachable":
        return _reached(table, entry, pieces)
    if entry.verdict is Verdict.PROVED:
        return pieces
    witness = entry.witnesses[0]
    return {"cases": [_texts(table, case) for case in (witness.case, witness.other) if case]}


def _reached(table: Table, entry: Property, pieces: dict[str, Any] | None) -> dict[str, Any] | None:
    if entry.verdict is Verdict.REFUTED:
        return None if pieces is None else {**pieces, "row": entry.witnesses[0].rows[0]}
    search = Search(table, Budget(STEPS))
    cases = []
    for row in table.rows:
        case = next((case for box in search.decided(row) if (case := case_of(table, box)) is not None), None)
        if case is None:
            return None
        cases.append(_texts(table, case))
    return {"cases": cases}


def _texts(table: Table, case: Case) -> dict[str, str]:
    return {axis.name: axis.write(axis.place(case[axis.name])) for axis in table.axes}
