"""Properties of which rows are met by which cases: complete, disjoint, reachable, boundary."""

from __future__ import annotations

from collections.abc import Iterator

from govopen.discretion.covering import common
from govopen.discretion.grid import Box, bits
from govopen.discretion.hits import same_result
from govopen.discretion.properties import Property, Witness
from govopen.discretion.rows import Row
from govopen.discretion.searching import Search, concluded, vacuous
from govopen.discretion.witness import case_of
from govopen.model.discretion import HitPolicy
from govopen.texts import Text

__all__ = ["boundary", "complete", "disjoint", "reachable"]

_GAP = Text("没有任何一行适用。", "No row is met.")
_OVERLAP = Text("第{rows}行和第{other}行同时适用。", "Rows {rows} and {other} are met at once.")
_DEAD = Text("第{rows}行不适用于任何情形。", "Row {rows} can be met by no case.")
_MASKED = Text("第{rows}行被在先的第{by}行完全覆盖。", "Row {rows} never decides: row {by} comes before it.")
_LAWFUL = Text("该情形合法，却适用第{rows}行的处罚。", "The case keeps the law, and row {rows} penalises it.")


def complete(search: Search) -> Property:
    """Every case that can occur and does not keep the law meets a row."""
    table = search.table
    if table.default is not None and table.hits.single:
        return vacuous("complete", "没有适用行时取默认结果。", "Where no row is met, the default result applies.")

    def find(search: Search) -> Iterator[Witness]:
        box = search.outside(search.whole, table.masks.all)
        if (case := search.case(box)) is not None:
            yield Witness(message=_GAP, case=case)

    return concluded("complete", search, find)


def disjoint(search: Search) -> Property:
    """No case meets rows that contradict each other."""
    if search.table.policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return vacuous("disjoint", "命中策略规定了由哪一行决定。", "The hit policy says which of several rows decide.")
    return concluded("disjoint", search, _overlaps)


def _overlaps(search: Search) -> Iterator[Witness]:
    table = search.table
    seen: set[tuple[int, int]] = set()
    for at, box in enumerate(table.boxes):
        row = table.row_of[at]
        later = table.masks.touching(box) & table.hits.mask & ~((2 << at) - 1)
        for bit in bits(later):
            other = table.row_of[bit]
            pair = (row.number, other.number)
            if row is other or pair in seen:
                continue
            if table.policy is HitPolicy.ANY and same_result(row, other):
                continue
            search.budget.take()
            shared = common(box, table.boxes[bit])
            assert shared is not None
            if (case := search.case(search.possible(shared))) is not None:
                seen.add(pair)
                yield Witness(
                    message=_OVERLAP, rows=pair, case=case, facts={"rows": str(min(pair)), "other": str(max(pair))}
                )


def reachable(search: Search) -> Property:
    """Every row decides a case that can occur."""
    return concluded("reachable", search, _unreached)


def _unreached(search: Search) -> Iterator[Witness]:
    for row in search.table.rows:
        found = list(search.decided(row))
        if not found:
            yield _dead(search, row)
        elif search.table.relations and not any(case_of(search.table, box) for box in found):
            # It is met only by cases of which nobody knows whether they occur.
            search.unsure = True


def _dead(search: Search, row: Row) -> Witness:
    facts = {"rows": str(row.number)}
    for box in row.boxes:
        possible = search.possible(box)
        if (case := search.case(possible)) is not None and possible is not None:
            by = _deciding(search, possible)
            if by is not None and by is not row:
                facts["by"] = str(by.number)
                return Witness(message=_MASKED, rows=(row.number, by.number), case=case, facts=facts)
    return Witness(message=_DEAD, rows=(row.number,), facts=facts)


def _deciding(search: Search, box: Box) -> Row | None:
    corner = tuple((low, low) for low, _ in box)
    met = search.table.masks.touching(corner) & search.table.hits.mask
    return search.table.row_of[bits(met)[0]] if met else None


def boundary(search: Search) -> Property:
    """No case that keeps the law is penalised."""
    table = search.table
    if not table.lawful:
        return vacuous("boundary", "本表没有写明合法的情形。", "The table names no cases that keep the law.")
    return concluded("boundary", search, _penalised)


def _penalised(search: Search) -> Iterator[Witness]:
    for row in search.table.rows:
        if row.penalty is None or row.penalty.kind == "none":
            continue
        for lawful in search.table.lawful:
            case = next((case for box in search.decided(row, lawful) if (case := search.case(box)) is not None), None)
            if case is not None:
                yield Witness(message=_LAWFUL, rows=(row.number,), case=case, facts={"rows": str(row.number)})
                break
