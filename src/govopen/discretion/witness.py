"""Witnesses: one concrete case out of a box of cells, as plain as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from govopen.discretion.axes import Axis, Value
from govopen.discretion.deciding import compare
from govopen.discretion.grid import Box
from govopen.discretion.spans import Coordinate
from govopen.discretion.table import Table

__all__ = ["Case", "case_of", "occurs", "say"]

Case = Mapping[str, Value]
"""A value for each input, by name."""

_TRIED = 5_000


def case_of(table: Table, box: Box) -> dict[str, Value] | None:
    """A case of ``box`` that can occur by the table's relations; ``None``: none was found."""
    places = next(_places(table, box), None)
    if places is None:
        return None
    return {axis.name: axis.value(place) for axis, place in zip(table.axes, places, strict=True)}


def _places(table: Table, box: Box) -> Iterator[tuple[Coordinate, ...]]:
    related = {axis for one, _, other in table.relations for axis in (one, other)}
    choices: list[Sequence[Coordinate]] = []
    for axis, (low, high) in enumerate(box):
        if axis in related:
            cells = sorted({low, high, (low + high) // 2, *range(low, min(high, low + 8) + 1)})
            choices.append([place for cell in cells for place in table.grid.examples(axis, cell)])
        else:
            choices.append([table.grid.example(axis, low)])
    for places in islice(product(*choices), _TRIED):
        if not any(compare(places[one], sign, places[other]) for one, sign, other in table.relations):
            yield places


def occurs(table: Table, case: Case) -> bool:
    """Whether no relation of the table excludes a case."""
    places = [axis.place(case[axis.name]) for axis in table.axes] if table.relations else []
    return not any(compare(places[one], sign, places[other]) for one, sign, other in table.relations)


def say(axes: Sequence[Axis], case: Case, lang: str = "zh-Hans") -> str:
    """A case for a reader: 一年内受罚次数 1次，辱骂 是; by label where there is one."""
    return ("，" if lang == "zh-Hans" else ", ").join(
        f"{(axis.label if lang == 'zh-Hans' else '') or axis.name} {_value(axis, case[axis.name], lang)}"
        for axis in axes
        if axis.name in case
    )


def _value(axis: Axis, value: Value, lang: str) -> str:
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh-Hans" else ("yes" if value else "no")
    return axis.say(axis.place(value))
