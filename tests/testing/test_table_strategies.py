"""The tables that are drawn compile, and reach every form that a table may have."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import Phase, given, settings

from govopen.discretion.compiling import compile_table
from govopen.discretion.table import Table
from govopen.model.discretion import DiscretionTable, HitPolicy, InputKind
from govopen.testing.table_strategies import documents

PENALTIES = {"none", "no_fine", "amount", "multiple", "rate", "formula"}
FORMS = {*InputKind, *HitPolicy, *PENALTIES, "ambiguous", "alternatives", "dense", "default", "two outputs", "lawful"}


@settings(max_examples=60)
@given(documents())
def test_every_table_that_is_drawn_compiles(document: DiscretionTable) -> None:
    assert compile_table(document).rows


@settings(max_examples=30)
@given(documents(ambiguous=False, general=False))
def test_kinds_of_tables_can_be_left_out(document: DiscretionTable) -> None:
    assert document.outputs == ()
    assert compile_table(document).other is None


def forms(table: Table) -> Iterator[str]:
    yield table.policy
    yield from (axis.kind for axis in table.axes)
    yield from (row.penalty.kind for row in table.rows if row.penalty is not None)
    said = {
        "ambiguous": table.other is not None,
        "alternatives": len(table.boxes) > len(table.rows) + 2,
        "dense": any(axis.dense for axis in table.axes),
        "default": table.default is not None,
        "two outputs": len(table.document.outputs) == 2,
        "lawful": bool(table.lawful),
    }
    yield from (form for form, found in said.items() if found)


def test_every_form_is_reached() -> None:
    reached: set[str] = set()

    @settings(max_examples=150, derandomize=True, phases=[Phase.generate], database=None)
    @given(documents())
    def draw(document: DiscretionTable) -> None:
        reached.update(forms(compile_table(document)))

    draw()
    assert FORMS - reached == set()
