"""Properties of the published text: that it says what the table says, and has one meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product

from govopen.discretion.axes import Value
from govopen.discretion.covering import Budget, OutOfBudget, uncovered_of
from govopen.discretion.grid import Grid
from govopen.discretion.language import Term, parse_condition
from govopen.discretion.penalties import Penalty, parse_penalty
from govopen.discretion.properties import Property, Verdict, Witness
from govopen.discretion.rows import Row
from govopen.discretion.searching import RELATED, TOO_MUCH
from govopen.discretion.spans import Spans
from govopen.discretion.table import Table
from govopen.discretion.witness import case_of, occurs
from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords, number_conflicts
from govopen.errors import InputError
from govopen.model.discretion import TableRow
from govopen.texts import Text

__all__ = ["unambiguous", "wording"]

_CONDITION = Text(
    "第{rows}行公布的条件与表内条件不一致：该情形只符合其中之一。",
    "The published condition of row {rows} is another than the table's: the case meets one of them only.",
)
_OUTCOME = Text(
    "第{rows}行公布的幅度“{published}”与表内的“{outcome}”不一致。",
    "Row {rows} is published as {published}; the table says {outcome}.",
)
_NUMBERS = Text("同一处写了两个不同的数：{one}与{other}。", "One place gives two different numbers: {one} and {other}.")
_UNREADABLE = Text("第{rows}行公布的文字无法读取。", "The published wording of row {rows} cannot be read.")
_AMBIGUOUS = Text(
    "第{rows}行用“/”连接两项条件，没有写明“并且”还是“或者”。",
    "Row {rows} joins two conditions by '/', with neither AND nor OR stated.",
)
_TRIED = 256


class _Unsure(Exception):
    """A difference was met of which it is not known that it can occur."""


def wording(table: Table, words: IntervalWords = INTERVAL_WORDS, steps: int = 100_000) -> Property:
    """What is published in words agrees with the table's conditions and outcomes, and each text with itself."""
    witnesses: list[Witness] = []
    unreadable: list[int] = []
    reasons: list[Text] = []
    for number, source in enumerate(table.document.rows, 1):
        witnesses += _conflicts((source.wording, source.outcome_wording, source.outcome, source.when), (number,))
        try:
            witnesses += _row(table, table.rows[number - 1], source, words, Budget(steps))
        except InputError:
            unreadable.append(number)
        except OutOfBudget:
            reasons.append(TOO_MUCH)
        except _Unsure:
            reasons.append(RELATED)
    for statute in table.document.statute:
        witnesses += _conflicts((statute.outcome,), ())
    if witnesses:
        return Property(name="wording", verdict=Verdict.REFUTED, witnesses=tuple(witnesses))
    if unreadable:
        facts = {"rows": ", ".join(map(str, unreadable))}
        return Property(name="wording", verdict=Verdict.UNKNOWN, reason=_UNREADABLE, facts=facts)
    if reasons:
        return Property(name="wording", verdict=Verdict.UNKNOWN, reason=reasons[0])
    if not any(source.wording or source.outcome_wording for source in table.document.rows):
        reason = Text("没有另附公布原文可供对照。", "No published wording is given besides.")
        return Property(name="wording", verdict=Verdict.PROVED, reason=reason)
    return Property(name="wording", verdict=Verdict.PROVED)


def _conflicts(texts: Iterable[str], rows: tuple[int, ...]) -> Iterator[Witness]:
    for text in texts:
        # A number is written twice only with the second one in parentheses.
        for one, other in number_conflicts(text) if "（" in text or "(" in text else ():
            yield Witness(message=_NUMBERS, rows=rows, facts={"one": one, "other": other})


def _row(table: Table, row: Row, source: TableRow, words: IntervalWords, budget: Budget) -> Iterator[Witness]:
    facts = {"rows": str(row.number)}
    if source.wording:
        condition = parse_condition(source.wording, table.axes, words)
        own = parse_condition(source.when, table.axes, words)
        case = _difference(
            table, _whole(table, own.terms(table.reading)), _whole(table, condition.terms(table.reading)), budget
        )
        if case is not None:
            yield Witness(message=_CONDITION, rows=(row.number,), case=case, facts=facts)
    if source.outcome_wording and row.penalty is not None:
        published = parse_penalty(source.outcome_wording, source.further, words)
        if not _equal(published, row.penalty):
            yield Witness(
                message=_OUTCOME,
                rows=(row.number,),
                facts=facts | {"published": source.outcome_wording, "outcome": source.outcome},
            )


def _whole(table: Table, terms: Iterable[Term]) -> list[list[Spans]]:
    return [[term.get(at, axis.domain) for at, axis in enumerate(table.axes)] for term in terms]


def _difference(
    table: Table, one: list[list[Spans]], other: list[list[Spans]], budget: Budget
) -> dict[str, Value] | None:
    """A case that can occur, and that one condition holds for and the other does not."""
    impossible = [
        [((table.grid.run(at, low)[0], table.grid.run(at, high)[1]),) for at, (low, high) in enumerate(box)]
        for box in table.impossible
    ]
    grid = Grid(table.axes, [*one, *other, *impossible])
    ours, theirs, never = grid.all_boxes(one), grid.all_boxes(other), grid.all_boxes(impossible)
    unsure = False
    for boxes, rest in ((ours, theirs), (theirs, ours)):
        for box in boxes:
            if (found := uncovered_of(box, [*rest, *never], budget)) is not None:
                case = {axis.name: axis.value(grid.example(at, found[at][0])) for at, axis in enumerate(table.axes)}
                if occurs(table, case):
                    return case
                unsure = True
    if unsure:
        raise _Unsure
    return None


def _equal(one: Penalty, other: Penalty) -> bool:
    # A multiple may name its base in words and not in the table.
    same_base = one.of == other.of or not one.of or not other.of
    keys = [(entry.kind, entry.low, entry.low_included, entry.high, entry.high_included) for entry in (one, other)]
    return keys[0] == keys[1] and same_base


def unambiguous(table: Table) -> Property:
    """No condition joins two terms without saying how."""
    if table.other is None:
        return Property(name="unambiguous", verdict=Verdict.PROVED)
    witnesses = []
    for number in table.ambiguous:
        case = _told_apart(table, table.rows[number - 1])
        witnesses.append(Witness(message=_AMBIGUOUS, rows=(number,), case=case or {}, facts={"rows": str(number)}))
    return Property(name="unambiguous", verdict=Verdict.REFUTED, witnesses=tuple(witnesses))


def _told_apart(table: Table, row: Row) -> dict[str, Value] | None:
    """A case on which the readings of a row differ; first one that meets more rows than one under ``or``."""
    assert table.other is not None
    fallback = None
    for box in row.boxes:
        cells = [sorted({low, high, *range(low, min(high, low + 3) + 1)}) for low, high in box]
        for corner in islice(product(*cells), _TRIED):
            case = case_of(table, tuple((cell, cell) for cell in corner))
            if case is None:
                continue
            try:
                one, other = _statuses(table, case)
            except InputError:
                # It cannot occur.
                continue
            if one != other and one[0] == "conflict":
                return case
            if one != other and fallback is None:
                fallback = case
    return fallback


def _statuses(table: Table, case: dict[str, Value]) -> tuple[tuple[str, tuple[int, ...]], tuple[str, tuple[int, ...]]]:
    assert table.other is not None
    one, other = table.alone(case), table.other.decide(case)
    return (one.status, one.rows), (other.status, other.rows)
