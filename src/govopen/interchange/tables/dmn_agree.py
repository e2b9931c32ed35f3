"""Whether the rules of a DMN file still say what the extension beside them says."""

from __future__ import annotations

import re

import attrs

from govopen.discretion.compiling import compile_table
from govopen.discretion.table import Table
from govopen.discretion.wording import IntervalWords
from govopen.discretion.writing import write_name
from govopen.errors import TableError
from govopen.interchange.tables.dmn_build import build, results_of
from govopen.interchange.tables.dmn_columns import result_text
from govopen.interchange.tables.dmn_extension import rules_of_rows
from govopen.interchange.tables.dmn_plain import Plain, plain_table
from govopen.interchange.tables.dmn_rules import masked, same_cases
from govopen.interchange.tables.dmn_types import Found
from govopen.interchange.tables.dmn_xml import Element
from govopen.model.discretion import DiscretionTable
from govopen.texts import N_

__all__ = ["check_agreement"]

_HINT = N_(
    "Make the same change in both, write the file anew from the table, or delete the extension: then the DMN table "
    "alone is read."
)
_HEAD = ("id", "title", "hit_policy", "aggregation", "inputs", "outputs")
_ROW = re.compile(r"rows\[([0-9]+)\]")


@attrs.frozen
class _Beside:
    """An extension, and the decision table beside it."""

    document: DiscretionTable
    plain: Plain
    extension: Element
    found: Found
    words: IntervalWords

    def differ(self, path: str, message: str, **facts: object) -> None:
        self.found.add(self.extension, f"{self.extension.name}/{path}", message, _HINT, **facts)


def check_agreement(
    document: DiscretionTable, plain: Plain, extension: Element, found: Found, words: IntervalWords
) -> None:
    """Note in ``found`` where the decision table and the extension differ.

    Rules are compared by the cases that they hold for, not by how they are written: an editor may have written them
    anew, and a later version of govopen may cut a row into other boxes.

    Args:
        document: What the extension says.
        plain: What the decision table says.
        extension: The element of the extension.
        found: Takes the differences.
        words: Which interval words include their number.
    """
    beside = _Beside(document, plain, extension, found, words)
    try:
        table = compile_table(document, words=words, where=found.where)
    except TableError as error:
        found.take(error.problems)
        return
    if table.other is not None:
        beside.differ("rows", N_("A row says neither AND nor OR, so that no rule can hold it."))
        return
    before = len(found.problems)
    _compare_heads(beside, table)
    if len(found.problems) == before:
        _compare_rows(beside, table)


def _compare_heads(beside: _Beside, table: Table) -> None:
    built = build(table, beside.plain.namespace, rules=False)
    again = plain_table(built.definitions, built.decision, Found(beside.found.where))
    assert again is not None, "what was built here is read here"
    for name in _HEAD:
        if getattr(again.head, name) != getattr(beside.plain.head, name):
            beside.differ(name, N_("The decision table and the extension differ here."))


def _compare_rows(beside: _Beside, table: Table) -> None:
    rules = beside.plain.cells
    counts = rules_of_rows(beside.extension)
    if -1 in counts or sum(counts) != len(rules):
        message = N_("The decision table has {found} rules; those of the extension's rows were {expected}.")
        beside.differ("rows", message, found=len(rules), expected=sum(counts))
        return
    both = _compiled_with_rules(beside, table, [at for at, count in enumerate(counts) for _ in range(count)])
    if both is None:
        return
    rows = len(table.rows)
    first = rows
    for number, (row, count) in enumerate(zip(both.rows[:rows], counts, strict=True), start=1):
        boxes = [box for rule in both.rows[first : first + count] for box in rule.boxes]
        if not same_cases(masked(both, row.boxes), masked(both, boxes)):
            beside.differ(
                f"rows[{number}]", N_("The row and its rules in the decision table hold for different cases.")
            )
        expected = tuple(map(result_text, results_of(beside.document, beside.document.rows[number - 1])))
        given = beside.plain.document.rows[first - rows : first - rows + count]
        if any(rule.outputs != expected for rule in given):
            beside.differ(f"rows[{number}]", N_("The row and its rules in the decision table have different results."))
        first += count


def _compiled_with_rules(beside: _Beside, table: Table, rows_of_rules: list[int]) -> Table | None:
    """The table with each rule as a further row, so that both are made of the same cells."""
    document, plain = beside.document, beside.plain
    names = [write_name(table.axes[position]) for position in plain.columns]
    added = []
    for row, cells in zip(rows_of_rules, plain.cells, strict=True):
        said = (tests.condition(name) for tests, name in zip(cells, names, strict=True))
        added.append(attrs.evolve(document.rows[row], when=" and ".join(filter(None, said)) or "-"))
    try:
        return compile_table(
            attrs.evolve(document, rows=(*document.rows, *added)), words=beside.words, where=beside.found.where
        )
    except TableError as error:
        for problem in error.problems:
            at = _ROW.match(problem.path)
            rule = int(at[1]) - len(document.rows) if at is not None else 0
            beside.found.add(plain.rules[rule], f"rule {rule + 1}", problem.message, problem.accepted, **problem.facts)
        if not error.problems:
            beside.found.add(beside.extension, beside.extension.name, error.message, error.hint, **error.facts)
        return None
