"""What a table says of every single case, found by looking at every single case.

Nothing here knows cells, boxes or masks. A table is plain data (:class:`Spec`): conditions are trees over single tests,
and values are Python's. It is evaluated case by case as the definitions read, and written out as a document for the
package under test.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import combinations, product
from typing import Any

import attrs
from tests.discretion.fines import Case, Fine, allowed, lighter, settled

from govopen.model.discretion import (
    Aggregation,
    DiscretionTable,
    Graver,
    HitPolicy,
    InputKind,
    Mode,
    StatutoryRange,
    TableInput,
    TableOutput,
    TableRow,
)

__all__ = ["Case", "Field", "Line", "Range", "Spec", "Tree", "write"]

Tree = tuple[Any, ...]
"""``("any",)``, ``("not", tree)``, ``("and", [trees])``, ``("or", [trees])``, ``("slash", [trees])``, or
``("test", field, numbers, text)``: a test of one field, by a predicate in data, with its text."""


@attrs.frozen(kw_only=True)
class Field:
    """An input.

    Attributes:
        samples: Values of the domain: all, or at least one of every stretch between the values that conditions name.
        ends: The values that conditions name.
    """

    name: str
    label: str
    kind: InputKind
    samples: tuple[Any, ...]
    ends: tuple[Any, ...]
    domain: str = ""
    unit: str = ""
    step: Decimal | None = None
    values: tuple[str, ...] = ()
    graver: Graver | None = None

    def key(self, value: Any) -> Any:
        return self.values.index(value) if self.kind is InputKind.ENUMERATION else value

    @property
    def ordered(self) -> bool:
        return self.kind not in (InputKind.ENUMERATION, InputKind.BOOLEAN, InputKind.TEXT)


@attrs.frozen(kw_only=True)
class Line:
    """A row."""

    when: Tree
    fine: Fine | None = None
    mode: Mode | None = None
    ground: str = ""
    outputs: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Range:
    """A statutory range."""

    fine: Fine
    when: Tree = ("any",)


@attrs.frozen(kw_only=True, slots=False)
class Spec:
    """A table.

    Attributes:
        relations: Names and comparisons of two fields that cannot be: ``("a", "<", "b")``.
    """

    fields: tuple[Field, ...]
    lines: tuple[Line, ...]
    policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    outputs: tuple[TableOutput, ...] = ()
    ranges: tuple[Range, ...] = ()
    impossible: tuple[Tree, ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()
    lawful: tuple[Tree, ...] = ()

    # Writing it down

    def document(self) -> DiscretionTable:
        return DiscretionTable(
            id="t",
            hit_policy=self.policy,
            aggregation=self.aggregation,
            inputs=tuple(
                TableInput(
                    name=field.name,
                    label=field.label,
                    kind=field.kind,
                    unit=field.unit,
                    domain=field.domain,
                    step=field.step,
                    values=field.values,
                    graver=field.graver,
                )
                for field in self.fields
            ),
            outputs=self.outputs,
            impossible=(*map(write, self.impossible), *(" ".join(relation) for relation in self.relations)),
            lawful=tuple(map(write, self.lawful)),
            statute=tuple(
                StatutoryRange(
                    citation="某条例第十条",
                    since=dt.date(2008, 1, 1),
                    when="" if entry.when == ("any",) else write(entry.when),
                    outcome=entry.fine.text,
                    further=entry.fine.further,
                )
                for entry in self.ranges
            ),
            rows=tuple(
                TableRow(
                    when=write(line.when),
                    outcome=line.fine.text if line.fine is not None else "",
                    further=line.fine.further if line.fine is not None else (),
                    mode=line.mode,
                    ground=line.ground,
                    outputs=line.outputs,
                )
                for line in self.lines
            ),
        )

    # Looking at cases

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every case that can occur."""
        names = [field.name for field in self.fields]
        every = (dict(zip(names, values, strict=True)) for values in product(*(field.samples for field in self.fields)))
        return tuple(case for case in every if self.occurs(case))

    def occurs(self, case: Case) -> bool:
        return not any(self.holds(tree, case) for tree in self.impossible) and not any(
            compared(case[one], sign, case[other]) for one, sign, other in self.relations
        )

    def holds(self, tree: Tree, case: Case, slash: str = "or") -> bool:
        match tree:
            case ("any",):
                return True
            case ("not", inner):
                return not self.holds(inner, case, slash)
            case ("and" | "or" | "slash" as kind, parts):
                found = [self.holds(part, case, slash) for part in parts]
                return all(found) if (slash if kind == "slash" else kind) == "and" else any(found)
            case ("test", name, predicate, _):
                field = self.by_name[name]
                return passes(field, predicate, field.key(case[name]))
        raise AssertionError(tree)

    def keeps(self, case: Case) -> bool:
        """Whether the case keeps the law."""
        return any(self.holds(tree, case) for tree in self.lawful)

    def met(self, case: Case, slash: str = "or") -> list[int]:
        """Numbers of the rows that the case meets."""
        return [number for number, line in enumerate(self.lines, 1) if self.holds(line.when, case, slash)]

    def line(self, number: int) -> Line:
        return self.lines[number - 1]

    def same(self, one: int, other: int) -> bool:
        """Whether two rows have the same consequence."""
        keys = []
        for line in (self.line(one), self.line(other)):
            none = line.fine is not None and line.fine.kind == "none"
            keys.append((line.fine and line.fine.says(), Mode.NONE if none else line.mode, line.outputs))
        return bool(keys[0] == keys[1])

    def rank(self, number: int) -> tuple[tuple[int, ...], int]:
        """By which of the rows comes first."""
        if self.policy not in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER):
            return (), number
        outputs = zip(self.outputs, self.line(number).outputs, strict=True)
        return tuple(output.values.index(text) for output, text in outputs if output.values), number

    def result(self, case: Case, slash: str = "or") -> tuple[str, tuple[int, ...], Any]:
        """Status, rows and outputs."""
        met = self.met(case, slash)
        several = self.policy in (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT)
        if not met:
            default = self._values([output.default for output in self.outputs])
            filled = bool(self.outputs) and all(output.default for output in self.outputs)
            return "no_row", (), self._collected([]) if several else default if filled else None
        ordered = sorted(met, key=self.rank)
        if several:
            return "decided", tuple(ordered), self._collected([self._values(self.line(at).outputs) for at in ordered])
        if self.policy is HitPolicy.UNIQUE and len(met) > 1:
            return "conflict", tuple(met), None
        if self.policy is HitPolicy.ANY and any(not self.same(met[0], other) for other in met):
            return "conflict", tuple(met), None
        return "decided", (ordered[0],), self._values(self.line(ordered[0]).outputs)

    def _values(self, texts: Sequence[str]) -> Any:
        values = [
            int(text) if output.kind is InputKind.INTEGER and text else text
            for output, text in zip(self.outputs, texts, strict=True)
        ]
        if len(values) < 2:
            return values[0] if values else None
        return dict(zip((output.name for output in self.outputs), values, strict=True))

    def _collected(self, values: list[Any]) -> Any:
        match self.aggregation:
            case None:
                return values
            case Aggregation.COUNT:
                return len(values)
        if not values:
            return None
        return {Aggregation.SUM: sum, Aggregation.MIN: min, Aggregation.MAX: max}[self.aggregation](values)  # type: ignore[operator]

    def applies(self, number: int, case: Case, slash: str = "or") -> bool:
        """Whether a row is met, and no other comes before it."""
        met = self.met(case, slash)
        if self.policy in (HitPolicy.FIRST, HitPolicy.PRIORITY):
            return bool(met) and min(met, key=self.rank) == number
        return number in met

    # Properties: the bad cases, and whether something cannot be known

    def gaps(self, slash: str = "or") -> Iterator[Case]:
        return (case for case in self.cases if not self.met(case, slash) and not self.keeps(case))

    def overlaps(self, slash: str = "or") -> Iterator[tuple[Case, int, int]]:
        if self.policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
            return
        for case in self.cases:
            for one, other in combinations(self.met(case, slash), 2):
                if self.contradict(one, other):
                    yield case, one, other

    def contradict(self, one: int, other: int) -> bool:
        return self.policy is HitPolicy.UNIQUE or not self.same(one, other)

    def dead(self, slash: str = "or") -> list[int]:
        return [
            number
            for number in range(1, len(self.lines) + 1)
            if not any(self.applies(number, case, slash) for case in self.cases)
        ]

    def penalises(self, number: int) -> bool:
        fine = self.line(number).fine
        return fine is not None and fine.kind != "none"

    def penalised(self, slash: str = "or") -> Iterator[tuple[Case, int]]:
        for case in self.cases:
            if self.keeps(case):
                for number in self.met(case, slash):
                    if self.penalises(number) and self.applies(number, case, slash):
                        yield case, number

    def within(self, number: int, case: Case) -> bool | None:
        """Whether the outcome of a row is what some range for the case allows; ``None``: measures differ."""
        line = self.line(number)
        assert line.fine is not None
        fine, grounded = settled(line.fine, case), line.mode is Mode.MITIGATED and bool(line.ground.strip())
        found = [allowed(fine, entry.fine, mitigated=grounded) for entry in self.ranges if self.holds(entry.when, case)]
        return True if True in found else None if None in found else False

    def excesses(self, slash: str = "or") -> Iterator[tuple[Case, int, bool | None]]:
        for case in self.cases:
            for number in self.met(case, slash):
                if self.penalises(number) and self.applies(number, case, slash):
                    inside = self.within(number, case)
                    if inside is not True:
                        yield case, number, inside

    def pairs(self, slash: str = "or") -> Iterator[tuple[Case, Case, int, int, int | None]]:
        """Two decided cases, the second graver in one fact alone; their rows, and -1 if its outcome is lighter."""
        decided = {}
        for case in self.cases:
            status, rows, _ = self.result(case, slash)
            if status == "decided":
                decided[tuple(case[field.name] for field in self.fields)] = (case, rows[0])
        for at, field in enumerate(self.fields):
            if field.graver not in (Graver.HIGHER, Graver.LOWER):
                continue
            for place, (case, row) in decided.items():
                for value in field.samples:
                    other = decided.get((*place[:at], value, *place[at + 1 :]))
                    if other is not None and self.graver(field, value, place[at]):
                        yield case, other[0], row, other[1], self.order(row, case, other[1], other[0])

    @staticmethod
    def graver(field: Field, one: Any, other: Any) -> bool:
        """Whether ``one`` is the graver value."""
        higher = field.key(one) > field.key(other)
        return field.key(one) != field.key(other) and higher == (field.graver is Graver.HIGHER)

    def order(self, row: int, case: Case, other: int, graver: Case) -> int | None:
        """-1: the outcome of the graver case is lighter; 0: not lighter; ``None``: they cannot be compared."""
        one, two = self.line(row).fine, self.line(other).fine
        assert one is not None
        assert two is not None
        return lighter(settled(two, graver), settled(one, case))


def compared(one: Any, sign: str, other: Any) -> bool:
    """Whether ``one sign other``."""
    found = {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}
    return bool({"=": one == other, "!=": one != other, **found}[sign])


def passes(field: Field, predicate: tuple[Any, ...], key: Any) -> bool:
    """Whether a value, by its key, passes a test: an operator, a range, a list, or what is none of a list."""
    match predicate:
        case ("op", sign, value):
            return compared(key, sign, field.key(value))
        case ("range", low, low_in, high, high_in):
            above = low is None or key > low or (low_in and key == low)
            return above and (high is None or key < high or (high_in and key == high))
        case ("in", values):
            return key in [field.key(value) for value in values]
        case ("out", values):
            return key not in [field.key(value) for value in values]
    raise AssertionError(predicate)


def write(tree: Tree) -> str:
    """A condition as a document has it."""
    match tree:
        case ("any",):
            return "-"
        case ("test", _, _, text):
            return str(text)
        case ("not", inner):
            return f"not ({write(inner)})"
        case (kind, parts):
            word = {"and": " and ", "or": " 或 ", "slash": " / "}[kind]
            return word.join(f"({write(part)})" for part in parts)
    raise AssertionError(tree)
