"""The decision table of a DMN decision, as a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from govopen.errors import InputError
from govopen.interchange.tables.dmn_columns import Columns, result_text
from govopen.interchange.tables.dmn_feel import Literal, Tests
from govopen.interchange.tables.dmn_names import AGGREGATIONS, HIT_POLICIES
from govopen.interchange.tables.dmn_types import Found, text_of
from govopen.interchange.tables.dmn_xml import Element
from govopen.model.base import ID_PATTERN
from govopen.model.discretion import Aggregation, DiscretionTable, HitPolicy, TableInput, TableOutput, TableRow
from govopen.texts import N_

__all__ = ["Plain", "plain_table"]

_PLAIN_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NO_IDENTIFIER = re.compile(r"""[\s\x00-\x1f/\\'"<>|]+""")


@attrs.frozen
class Plain:
    """What DMN alone says.

    Attributes:
        document: The table; each rule is a row.
        columns: Of each column, which of the inputs it asks for, by position.
        cells: Per rule and column, what it tests.
        rules: The elements of the rules.
        namespace: Of the version of DMN.
    """

    document: DiscretionTable
    columns: tuple[int, ...]
    cells: tuple[tuple[Tests, ...], ...]
    rules: tuple[Element, ...]
    namespace: str

    @property
    def head(self) -> DiscretionTable:
        """The table without its rules, from whose values alone it can be told how finely durations are counted."""
        inputs = (
            attrs.evolve(source, unit="days") if source.unit in ("hours", "minutes") else source
            for source in self.document.inputs
        )
        return attrs.evolve(self.document, inputs=tuple(inputs), rows=())


@attrs.frozen
class _Rule:
    number: int
    cells: list[Tests | None]
    results: list[Literal | None]
    tested: list[Element]
    given: list[Element]


def plain_table(definitions: Element, decision: Element, found: Found) -> Plain | None:
    """The table of a decision as DMN alone says it; ``None``: its problems are in ``found``.

    Annotations, descriptions and diagrams are left out: they decide nothing.
    """
    table = decision.first("decisionTable")
    assert table is not None, "a decision with a table was chosen"
    before = len(found.problems)
    plain = _Reading(definitions, decision, table, found).plain()
    return plain if len(found.problems) == before else None


class _Reading:
    def __init__(self, definitions: Element, decision: Element, table: Element, found: Found) -> None:
        self.decision = decision
        self.table = table
        self.found = found
        self.clauses = Columns(definitions, decision, table, found)

    def plain(self) -> Plain:
        policy, aggregation = self._policy()
        columns = [self.clauses.input(position) for position in range(len(self.clauses.inputs))]
        elements = self.table.all("rule")
        read = (self._rule(number, element, columns) for number, element in enumerate(elements, start=1))
        rules = [rule for rule in read if rule is not None]
        inputs = self.clauses.merged(columns, [rule.cells for rule in rules])
        names = [source.name for source in inputs]
        identifier, title = self._names()
        document = DiscretionTable(
            id=identifier,
            title=title,
            hit_policy=policy,
            aggregation=aggregation,
            inputs=inputs,
            outputs=tuple(self._output(position, rules) for position in range(len(self.clauses.outputs))),
            rows=tuple(
                TableRow(when=self._when(rule, columns), outputs=tuple(map(result_text, rule.results)))
                for rule in rules
            ),
        )
        return Plain(
            document,
            tuple(names.index(column.name) for column in columns if column is not None),
            tuple(tuple(tests or Tests() for tests in rule.cells) for rule in rules),
            tuple(elements),
            self.table.namespace,
        )

    def _names(self) -> tuple[str, str]:
        name = self.decision.attributes.get("name", "").strip()
        identifier = self.decision.attributes.get("id", "") or name
        if not re.fullmatch(ID_PATTERN, identifier):
            identifier = _NO_IDENTIFIER.sub("-", identifier)[:120] or "decision"
        title = self.decision.attributes.get("label", "").strip() or name
        return identifier, "" if title == identifier else title

    def _policy(self) -> tuple[HitPolicy, Aggregation | None]:
        policy = self.table.attributes.get("hitPolicy", "UNIQUE")
        if policy not in HIT_POLICIES:
            self._wrong("hitPolicy", N_("There is no such hit policy."), HIT_POLICIES)
        aggregation = self.table.attributes.get("aggregation")
        if aggregation is not None and aggregation not in AGGREGATIONS:
            self._wrong("aggregation", N_("There is no such aggregation."), AGGREGATIONS)
        elif aggregation is not None and policy != "COLLECT":
            self._wrong("aggregation", N_("Only the hit policy COLLECT aggregates."), ())
        return HIT_POLICIES.get(policy, HitPolicy.UNIQUE), AGGREGATIONS.get(aggregation or "")

    def _wrong(self, path: str, message: str, accepted: Iterable[str]) -> None:
        listed = ", ".join(accepted)
        self.found.add(self.table, path, message, N_("Accepted: {accepted}.") if listed else "", accepted=listed)

    def _rule(self, number: int, rule: Element, columns: Sequence[TableInput | None]) -> _Rule | None:
        tested, given = rule.all("inputEntry"), rule.all("outputEntry")
        whole = self._counted(number, rule, len(tested), len(self.clauses.inputs), "inputEntry")
        whole &= self._counted(number, rule, len(given), len(self.clauses.outputs), "outputEntry")
        if not whole:
            return None
        cells = [self._cell(number, entry, column) for entry, column in zip(tested, columns, strict=True)]
        results = [self._result(number, position, entry) for position, entry in enumerate(given)]
        return _Rule(number, cells, results, tested, given)

    def _counted(self, number: int, rule: Element, found: int, expected: int, name: str) -> bool:
        if found != expected:
            self.found.add(
                rule,
                f"rule {number}",
                N_("The rule has {found} entries {name}, the table has {expected} columns for them."),
                N_("Accepted: one for each column, in their order; - for any value."),
                found=found,
                expected=expected,
                name=name,
            )
        return found == expected

    def _cell(self, number: int, entry: Element, column: TableInput | None) -> Tests | None:
        path = f"rule {number}, {column.name}" if column is not None else f"rule {number}"
        tests = self.found.tests(entry, path)
        if tests is not None and column is not None:
            self.found.check(entry, path, tests.literals, column.kind)
        return tests

    def _result(self, number: int, position: int, entry: Element) -> Literal | None:
        path = f"rule {number}, {self.clauses.output_path(position)}"
        if not text_of(entry):
            self.found.add(entry, path, N_("The rule gives no result here."), N_("Accepted: a literal."))
            return None
        return self.found.literal(entry, path)

    def _output(self, position: int, rules: Sequence[_Rule]) -> TableOutput:
        output = self.clauses.output(position, [rule.results[position] for rule in rules])
        for rule in rules:
            if (literal := rule.results[position]) is not None:
                path = f"rule {rule.number}, {self.clauses.output_path(position)}"
                self.found.check(rule.given[position], path, (literal,), output.kind)
        return output

    def _when(self, rule: _Rule, columns: Sequence[TableInput | None]) -> str:
        parts = []
        for column, tests, entry in zip(columns, rule.cells, rule.tested, strict=True):
            if column is None or tests is None:
                continue
            name = column.name if _PLAIN_WORD.fullmatch(column.name) else f"`{column.name}`"
            try:
                parts.append(tests.condition(name))
            except InputError as error:
                path = f"rule {rule.number}, {column.name}"
                self.found.add(entry, path, error.message, error.hint, **error.facts)
        return " and ".join(filter(None, parts)) or "-"
