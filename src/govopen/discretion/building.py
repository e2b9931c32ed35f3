"""From the texts of a table, once read, to its boxes: one reading at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from govopen.discretion.axes import Axis
from govopen.discretion.grid import BOXES, Box, Grid
from govopen.discretion.language import Condition, Slash, Term
from govopen.discretion.penalties import Penalty
from govopen.discretion.rows import Row, Statute
from govopen.discretion.spans import Spans, complement
from govopen.discretion.table import Relation, Table
from govopen.discretion.writing import write_cell
from govopen.errors import TableError
from govopen.model.discretion import DiscretionTable, Mode, TableRow
from govopen.texts import N_

__all__ = ["Alternative", "ParsedRow", "Texts", "build_table", "whole"]

Alternative = list[Spans]
"""The values of every axis, one alternative of a condition."""


@attrs.frozen(kw_only=True)
class ParsedRow:
    """A row whose texts have been read."""

    source: TableRow
    condition: Condition
    penalty: Penalty | None
    output: Any
    rank: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Texts:
    """A table whose texts have been read."""

    document: DiscretionTable
    axes: tuple[Axis, ...]
    rows: tuple[ParsedRow, ...]
    impossible: list[Alternative]
    relations: tuple[Relation, ...]
    lawful: list[Alternative]
    statutes: tuple[tuple[Penalty, list[Alternative]], ...]
    default: Any
    ambiguous: tuple[int, ...]


def whole(axes: Sequence[Axis], terms: Sequence[Term]) -> list[Alternative]:
    """Alternatives with a place for every axis."""
    return [[term.get(at, axis.domain) for at, axis in enumerate(axes)] for term in terms]


def build_table(texts: Texts, slash: Slash) -> Table:
    """The table under one reading of ``/``.

    Raises:
        TableError: Its conditions come to more than :data:`~govopen.discretion.grid.BOXES` boxes.
    """
    axes = texts.axes
    conditions = [whole(axes, row.condition.terms(slash)) for row in texts.rows]
    impossible = [*texts.impossible, *_holes(axes)]
    every = [*(term for terms in conditions for term in terms), *impossible, *texts.lawful]
    every += [term for _, terms in texts.statutes for term in terms]
    grid = Grid(axes, [*every, *_shared(texts, every)])
    return Table(
        document=texts.document,
        axes=axes,
        grid=grid,
        rows=_rows(texts, conditions, grid),
        statutes=tuple(
            Statute(
                number=number,
                source=texts.document.statute[number - 1],
                penalty=penalty,
                boxes=tuple(grid.all_boxes(terms)),
            )
            for number, (penalty, terms) in enumerate(texts.statutes, 1)
        ),
        impossible=(*grid.all_boxes(impossible), *_related(texts.relations, grid)),
        relations=texts.relations,
        lawful=tuple(grid.all_boxes(texts.lawful)),
        default=texts.default,
        ambiguous=texts.ambiguous,
        reading=slash,
    )


def _holes(axes: Sequence[Axis]) -> Iterator[Alternative]:
    """What lies between the parts of a domain cannot occur."""
    for at, axis in enumerate(axes):
        if gap := complement(axis.domain, (Grid.hull(axis),)):
            yield [gap if other == at else (Grid.hull(entry),) for other, entry in enumerate(axes)]


def _rows(texts: Texts, conditions: Sequence[Sequence[Alternative]], grid: Grid) -> tuple[Row, ...]:
    found = []
    first = 0
    for at in sorted(range(len(texts.rows)), key=lambda at: (texts.rows[at].rank, at)):
        row = _row(texts, at, conditions[at], grid, first)
        first += len(row.boxes)
        if first > BOXES:
            raise TableError(
                N_("The conditions of the table come to more than {limit} boxes."),
                hint=N_("Split the table, or write its conditions with fewer alternatives."),
                limit=BOXES,
            )
        found.append(row)
    return tuple(sorted(found, key=lambda row: row.number))


def _row(texts: Texts, at: int, terms: Sequence[Alternative], grid: Grid, first: int) -> Row:
    row = texts.rows[at]
    boxes: list[Box] = []
    conditions: list[tuple[tuple[str, str], ...]] = []
    for term in terms:
        made = grid.boxes(term)
        boxes += made
        conditions += [_said(term, texts.axes)] * len(made)
    source = row.source
    none = row.penalty is not None and row.penalty.kind == "none"
    return Row(
        number=at + 1,
        tier=source.tier,
        when=source.when,
        boxes=tuple(boxes),
        penalty=row.penalty,
        mode=Mode.NONE if none else source.mode,
        ground=source.ground,
        citation=source.citation,
        output=row.output,
        rank=row.rank,
        first_box=first,
        texts=tuple(conditions),
    )


def _said(term: Alternative, axes: Sequence[Axis]) -> tuple[tuple[str, str], ...]:
    cells = ((axis.name, write_cell(spans, axis)) for axis, spans in zip(axes, term, strict=True))
    return tuple((name, cell) for name, cell in cells if cell != "-")


def _shared(texts: Texts, every: Sequence[Alternative]) -> Iterator[Alternative]:
    """The cells of two related axes have to be the same."""
    for one, _, other in texts.relations:
        for here, there in ((one, other), (other, one)):
            runs = [run for term in every for run in term[here]] + list(texts.axes[here].domain)
            for run in runs:
                yield [(run,) if at == there else axis.domain for at, axis in enumerate(texts.axes)]


def _related(relations: Sequence[Relation], grid: Grid) -> Iterator[Box]:
    """Pairs of cells all of whose cases a relation excludes."""
    for one, sign, other in relations:
        lesser, greater = (other, one) if sign in (">", ">=") else (one, other)
        for cell in range(grid.sizes[lesser]):
            greatest = grid.run(lesser, cell)[1]
            # Excluded is what lies above the whole cell; at its own last place, only where equals are excluded, too.
            start = next(
                (
                    at
                    for at in range(grid.sizes[greater])
                    if (lowest := grid.run(greater, at)[0]) > greatest or (len(sign) > 1 and lowest == greatest)
                ),
                None,
            )
            if start is not None:
                box = [(0, size - 1) for size in grid.sizes]
                box[lesser] = (cell, cell)
                box[greater] = (start, grid.sizes[greater] - 1)
                yield tuple(box)
