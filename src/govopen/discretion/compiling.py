"""From the document of a table to the compiled table, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

import attrs

from govopen.discretion.building import Alternative, ParsedRow, Texts, build_table, whole
from govopen.discretion.declaring import declare_axes, declare_outputs, no_outputs_problems, policy_problems
from govopen.discretion.language import Condition, parse_condition, parse_relation
from govopen.discretion.penalties import Penalty, parse_penalty
from govopen.discretion.table import Relation, Table
from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords
from govopen.errors import InputError, Problem, TableError
from govopen.model.discretion import DiscretionTable, Mode, TableRow
from govopen.texts import N_

__all__ = ["compile_table"]

T = TypeVar("T")


def compile_table(document: DiscretionTable, *, words: IntervalWords = INTERVAL_WORDS, where: str = "") -> Table:
    """The table that a document writes down.

    Args:
        document: The table as written.
        words: Which interval words include their number, by the law of the table's date (``text/interval-words``).
        where: The file, for problems; default: the table's identifier.

    Raises:
        TableError: With every fault: the path in the document, what is wrong, and what is accepted.
    """
    return _Compiler(document, words, where or document.id).table()


class _Compiler:
    def __init__(self, document: DiscretionTable, words: IntervalWords, where: str) -> None:
        self.document = document
        self.words = words
        self.where = where
        self.problems: list[Problem] = []

    def table(self) -> Table:
        """The table, with both readings where it has two."""
        document = self.document
        self.axes = declare_axes(document, self.words, self._problem)
        self._refuse(N_("The inputs of the table cannot be used."))
        self.outputs = declare_outputs(document, self._problem)
        for path, message, accepted in (*policy_problems(document), *no_outputs_problems(document)):
            self._problem(path, InputError(message, hint=accepted))
        parsed = [row for number, source in enumerate(document.rows) if (row := self._row(number, source)) is not None]
        self.relations: list[Relation] = []
        impossible = self._conditions("impossible", document.impossible, relations=True)
        lawful = self._conditions("lawful", document.lawful)
        statutes = tuple(self._statutes())
        self._refuse(N_("The table cannot be used."))
        ambiguous = tuple(number for number, row in enumerate(parsed, 1) if row.condition.ambiguous)
        texts = Texts(
            document=document,
            axes=self.axes,
            rows=tuple(parsed),
            impossible=impossible,
            relations=tuple(self.relations),
            lawful=lawful,
            statutes=statutes,
            default=self.outputs.default if self.outputs is not None else None,
            ambiguous=ambiguous,
        )
        table = build_table(texts, "or")
        return attrs.evolve(table, other=build_table(texts, "and")) if ambiguous else table

    # Reading texts

    def _row(self, number: int, source: TableRow) -> ParsedRow | None:
        path = f"rows[{number}]"
        condition = self._read(f"{path}.when", partial(parse_condition, source.when, self.axes, self.words))
        penalty = None
        output: Any = None
        rank: tuple[int, ...] = ()
        if self.outputs is not None:
            found = self._read(f"{path}.outputs", partial(self.outputs.read, source.outputs))
            output, rank = found if found is not None else (None, ())
        else:
            penalty = self._read(f"{path}.outcome", partial(parse_penalty, source.outcome, source.further, self.words))
            if penalty is not None:
                self._check_penalty(path, source, penalty)
        if condition is None:
            return None
        return ParsedRow(source=source, condition=condition, penalty=penalty, output=output, rank=rank)

    def _check_penalty(self, path: str, source: TableRow, penalty: Penalty) -> None:
        if source.mode is not None and (source.mode is Mode.NONE) != (penalty.kind == "none"):
            self._problem(
                f"{path}.mode",
                InputError(
                    N_("Mode and outcome contradict each other."),
                    hint=N_("The mode none goes with the outcome 不予处罚 (no penalty), and with no other."),
                ),
            )
        if penalty.formula is None:
            return
        numeric = {axis.name for axis in self.axes if axis.numeric}
        for name in sorted(penalty.formula.names - numeric):
            self._problem(
                f"{path}.outcome",
                InputError(
                    N_("'{name}' in the formula is no numeric input."),
                    hint=N_("There are: {names}."),
                    name=name,
                    names=", ".join(sorted(numeric)),
                ),
            )

    def _conditions(self, field: str, texts: Iterable[str], *, relations: bool = False) -> list[Alternative]:
        found: list[Alternative] = []
        for number, text in enumerate(texts):
            path = f"{field}[{number}]"
            if relations and (relation := self._relation(text)) is not None:
                self._relate(path, relation)
                continue
            condition = self._clear(path, text)
            if condition is not None:
                found += whole(self.axes, condition.terms())
        return found

    def _clear(self, path: str, text: str) -> Condition | None:
        """A condition that must not have two readings."""
        condition = self._read(path, partial(parse_condition, text, self.axes, self.words))
        if condition is None or not condition.ambiguous:
            return condition
        self._problem(path, InputError(N_("'/' says neither AND nor OR."), hint=N_("Write and, or (且, 或).")))
        return None

    def _relation(self, text: str) -> Relation | None:
        try:
            return parse_relation(text, self.axes)
        except InputError:
            # Told where it is read as a condition.
            return None

    def _relate(self, path: str, relation: Relation) -> None:
        one, other = (self.axes[relation[0]], self.axes[relation[2]])
        kinds = {(axis.kind, axis.step, axis.dense, axis.unit) for axis in (one, other)}
        if one is other or not one.ordered or len(kinds) > 1:
            self._problem(
                path,
                InputError(
                    N_("{one} and {other} cannot be compared."),
                    hint=N_("Accepted: two ordered inputs of one kind, unit and step."),
                    one=one.name,
                    other=other.name,
                ),
            )
        self.relations.append(relation)

    def _statutes(self) -> Iterator[tuple[Penalty, list[Alternative]]]:
        for number, source in enumerate(self.document.statute):
            path = f"statute[{number}]"
            penalty = self._read(f"{path}.outcome", partial(parse_penalty, source.outcome, source.further, self.words))
            if penalty is not None and penalty.formula is not None:
                self._problem(
                    f"{path}.outcome",
                    InputError(N_("A statutory range is no formula."), hint=N_("Write an amount, multiple or rate.")),
                )
            condition = self._clear(f"{path}.when", source.when or "-")
            if penalty is not None and condition is not None:
                yield penalty, whole(self.axes, condition.terms())

    # Problems

    def _read(self, path: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InputError as error:
            self._problem(path, error)
            return None

    def _problem(self, path: str, error: InputError) -> None:
        self.problems.append(
            Problem(where=self.where, path=path, message=error.message, accepted=error.hint, facts=error.facts)
        )

    def _refuse(self, message: str) -> None:
        if self.problems:
            raise TableError(message, problems=self.problems)
