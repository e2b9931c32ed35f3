"""The columns of a DMN decision table, as inputs and outputs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs

from govopen.interchange.tables.dmn_feel import Literal, Tests
from govopen.interchange.tables.dmn_names import RESERVED
from govopen.interchange.tables.dmn_types import Found, ItemType, Types, text_of
from govopen.interchange.tables.dmn_xml import Element
from govopen.model.discretion import InputKind, TableInput, TableOutput
from govopen.texts import N_

__all__ = ["Columns", "result_text"]

_NAME = re.compile(r"[^\W\d]\w*(?: \w+)*")
_MARKS = re.compile('[`"“”]')
_TIME = re.compile(r"T(?:([0-9]+)H)?(?:([0-9]+)M)?")
_TYPE_OF = {
    "number": InputKind.DECIMAL,
    "string": InputKind.TEXT,
    "boolean": InputKind.BOOLEAN,
    "date": InputKind.DATE,
    "duration": InputKind.DURATION,
}
_VARIABLE = N_("Accepted: the name of a variable. Make what is reckoned out an input of its own.")
_UNLISTED = N_("These are not the values of a list.")
_LISTED = N_("Accepted: literals with commas between.")


def result_text(literal: Literal | None) -> str:
    """A result as a document holds it. Blanks and quotes at the ends of a text, and a blank text, need quotes."""
    if literal is None:
        return ""
    text = literal.text
    bare = literal.kind != "string" or (text and text == text.strip().strip('"'))
    return text if bare else f'"{text}"'


class Columns:
    """Reads the clauses of a table.

    Attributes:
        inputs: The elements of its inputs.
        outputs: The elements of its outputs.
    """

    def __init__(self, definitions: Element, decision: Element, table: Element, found: Found) -> None:
        self.inputs = table.all("input")
        self.outputs = table.all("output")
        self._decision = decision
        self._table = table
        self._found = found
        self._types = Types(definitions, found)
        self._unasked = Types(definitions, Found(found.where))
        self._variables = _variables(definitions)

    def input(self, position: int) -> TableInput | None:
        """What a column asks for; ``None``: it is a problem."""
        clause, path = self.inputs[position], f"input {position + 1}"
        expression = clause.first("inputExpression")
        name = " ".join(text_of(expression).split())
        if expression is None or not name:
            self._found.add(clause, path, N_("The column has no input expression."), _VARIABLE)
            return None
        if not self._is_variable(name):
            message = N_("'{found}' is an expression, and no name of a variable.")
            self._found.add(expression, path, message, _VARIABLE, found=name[:80])
            return None
        if not self._found.in_feel(expression, path):
            return None
        known = self._type_of_input(name, expression, path)
        return self._input(name, clause, known, path) if known is not None else None

    def _is_variable(self, name: str) -> bool:
        # What is declared is a name, whatever it looks like: a-b, profit and loss.
        if name in self._variables:
            return name not in RESERVED and not _MARKS.search(name)
        return _NAME.fullmatch(name) is not None and RESERVED.isdisjoint(name.split())

    def _type_of_input(self, name: str, expression: Element, path: str) -> ItemType | None:
        declared = self._variables.get(name, "")
        named = expression.attributes.get("typeRef", "") or declared
        if not named:
            self._found.add(
                expression,
                path,
                N_("Nothing says of which type {input} is."),
                N_("Write a typeRef at the inputExpression, or at the variable of its inputData: number, string …"),
                input=name,
            )
            return None
        known = self._types.resolve(named, expression, path)
        if known is not None and not known.allowed.tests and declared:
            # Modellers often type the column as a string, and list its values at the input data.
            wider = self._unasked.resolve(declared, expression, path)
            if wider is not None and wider.kind is known.kind:
                return attrs.evolve(known, allowed=wider.allowed)
        return known

    def _input(self, name: str, clause: Element, known: ItemType, path: str) -> TableInput | None:
        at = clause.first("inputValues")
        tests = self._found.tests(at, path)
        if tests is None:
            return None
        tests = tests if tests.tests else known.allowed
        self._found.check(at or clause, path, tests.literals, known.kind)
        label = clause.attributes.get("label", "").strip()
        # Conditions may use a label, too: one such as "-" or "in" would be found where none stands.
        label = label if _NAME.match(label) and label not in RESERVED and not _MARKS.search(label) else ""
        kind, domain = known.kind, ""
        values: tuple[str, ...] = ()
        if kind is InputKind.TEXT and tests.tests:
            listed = tests.listed
            if listed is None:
                self._found.add(at or clause, path, _UNLISTED, _LISTED)
                return None
            kind, values = InputKind.ENUMERATION, tuple(dict.fromkeys(literal.text for literal in listed))
        elif tests.tests and not (kind is InputKind.BOOLEAN and len(set(tests.listed or ())) == 2):
            domain = tests.cell()
        return TableInput(name=name, label=label, kind=kind, unit=known.unit, domain=domain, values=values)

    def merged(
        self, columns: Sequence[TableInput | None], cells: Sequence[Sequence[Tests | None]]
    ) -> tuple[TableInput, ...]:
        """The inputs, each once, though several columns may ask for it.

        Args:
            columns: What each column asks for.
            cells: What each rule tests, by column. They tell how finely durations are counted.
        """
        merged: dict[str, TableInput] = {}
        tested: dict[str, list[Tests | None]] = {}
        for position, column in enumerate(columns):
            if column is None:
                continue
            first = merged.setdefault(column.name, column)
            tested.setdefault(column.name, []).extend(row[position] for row in cells)
            if attrs.evolve(column, label=first.label) != first:
                message = N_("Two columns ask for {input}, and differ in its type or values.")
                self._found.add(self.inputs[position], f"input {position + 1}", message, input=column.name)
        # A label that another column has, too, names neither of them.
        taken = Counter([*merged, *(one.label for one in merged.values() if one.label != one.name)])
        return tuple(
            attrs.evolve(one, label=one.label if taken[one.label] == 1 else "", unit=_unit(one, tested[one.name]))
            for one in merged.values()
        )

    def output_path(self, position: int) -> str:
        """What a column of results is called in problems."""
        return f"output {self.outputs[position].attributes.get('name', '') or position + 1}"

    def output(self, position: int, results: Iterable[Literal | None]) -> TableOutput:
        """A column of results.

        Args:
            position: Which.
            results: What the rules give; their type is the column's where nothing else says it.
        """
        clause, path = self.outputs[position], self.output_path(position)
        single = len(self.outputs) == 1
        allowed = self._found.tests(clause.first("outputValues"), path) or Tests()
        default = self._found.literal(clause.first("defaultOutputEntry"), path)
        given = [literal for literal in (*allowed.literals, default) if literal is not None]
        named = clause.attributes.get("typeRef", "") or self._type_of_result(clause, single=single)
        if named:
            known = self._types.resolve(named, clause, path, many=single) or ItemType(InputKind.TEXT)
        else:
            known = ItemType(_TYPE_OF[next((one.kind for one in (*given, *results) if one is not None), "string")])
        self._found.check(clause, path, given, known.kind)
        listed = (allowed if allowed.tests else known.allowed).listed
        if listed is None:
            self._found.add(clause, path, _UNLISTED, _LISTED)
        values = tuple(dict.fromkeys(literal.text for literal in listed or ()))
        label = clause.attributes.get("label", "") or (self._table.attributes.get("outputLabel", "") if single else "")
        return TableOutput(
            name=clause.attributes.get("name", "").strip(),
            label=label.strip(),
            kind=InputKind.ENUMERATION if known.kind is InputKind.TEXT and values else known.kind,
            values=values,
            default=result_text(default),
        )

    def _type_of_result(self, clause: Element, *, single: bool) -> str:
        if self._table.attributes.get("aggregation") == "COUNT":
            # That type is the one of the number of results.
            return ""
        for holder in (self._table, self._decision.first("variable")):
            named = holder.attributes.get("typeRef", "") if holder is not None else ""
            found = self._types.single(named) if single else ""
            if found := found or self._types.component(named, clause.attributes.get("name", "")):
                return found
        return ""


def _variables(definitions: Element) -> Mapping[str, str]:
    """The variables of a file, and the types they are declared to be of."""
    found = {}
    for element in (*definitions.all("inputData"), *definitions.all("decision")):
        variable = element.first("variable")
        names = [element.attributes.get("name", "")]
        named = ""
        if variable is not None:
            names.append(variable.attributes.get("name", ""))
            named = variable.attributes.get("typeRef", "")
        found.update({" ".join(name.split()): named for name in names if name})
    return found


def _unit(source: TableInput, cells: Iterable[Tests | None]) -> str:
    """The unit; of a duration of days, the one that all durations asked for are whole in."""
    unit = source.unit
    if source.kind is not InputKind.DURATION or unit != "days":
        return unit
    for tests in cells:
        for literal in tests.literals if tests is not None else ():
            time = _TIME.search(literal.text)
            if time is not None and int(time[2] or 0):
                return "minutes"
            unit = "hours" if time is not None and int(time[1] or 0) else unit
    return unit
