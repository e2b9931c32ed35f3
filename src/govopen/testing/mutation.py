"""Changing one field of a compliant record, and seeing that the rule which owns the field says so, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from govopen.model.base import Record
from govopen.plugins.registry import Registry
from govopen.rules.base import Case
from govopen.rules.results import Outcome
from govopen.testing.compliant import Setting
from govopen.testing.rules import run_case
from govopen.texts import Text

__all__ = ["Mutation", "assert_found", "objections"]

_AWAITED = frozenset({Outcome.AWAITING_EVIDENCE, Outcome.AWAITING_JUDGEMENT})


@attrs.frozen(kw_only=True)
class Mutation:
    """A field of one of the records drawn, and what becomes of it.

    Attributes:
        of: Class of the record.
        field: Path of the field: ``fee.name``, ``leaders.0.name``.
        change: The new value, or a function of record and setting that gives it.
        owner: Code of the rule that finds it.
        drawn: From a setting to a strategy for compliant records, one of which is changed.
        pick: Which of those of the class.
        also: Rules that can then decide nothing any more, but convict nobody.
        alone: Other records of the unit could make up for the loss, or share its identifier.
    """

    of: type[Record]
    field: str
    change: Any
    owner: str
    drawn: Callable[[Setting], st.SearchStrategy[tuple[Record, ...]]]
    pick: Callable[[Any], bool] = lambda record: True
    also: frozenset[str] = frozenset()
    alone: bool = False

    def __str__(self) -> str:
        return f"{self.of.__name__}.{self.field}-{self.owner}"

    def apply(self, records: tuple[Record, ...], setting: Setting) -> tuple[Record, ...]:
        """The records with that one field changed. An example without such a record is passed over."""
        target = next((entry for entry in records if isinstance(entry, self.of) and self.pick(entry)), None)
        assume(target is not None)
        value = self.change(target, setting) if callable(self.change) else self.change
        changed = _with(target, self.field.split("."), value)
        assert changed != target, f"{self} changes nothing"
        return tuple(changed if entry is target else entry for entry in records)


def _with(value: Any, path: list[str], new: Any) -> Any:
    if not path:
        return new
    head, *rest = path
    if head.isdigit():
        place = int(head)
        return (*value[:place], _with(value[place], rest, new), *value[place + 1 :])
    return attrs.evolve(value, **{head: _with(getattr(value, head), rest, new)})


def objections(
    setting: Setting, records: tuple[Record, ...], registry: Registry | None = None
) -> dict[str, set[Outcome]]:
    """What rules say of the records besides that something is awaited: outcomes by rule code."""
    said: dict[str, set[Outcome]] = {}
    for entry in run_case(Case(Text("", ""), (setting.unit, *records), setting.as_of), registry).findings:
        if entry.outcome not in _AWAITED:
            said.setdefault(entry.rule, set()).add(entry.outcome)
    return said


def assert_found(
    mutation: Mutation,
    records: tuple[Record, ...],
    setting: Setting,
    others: tuple[Record, ...] = (),
    registry: Registry | None = None,
) -> None:
    """Assert that nothing is said of the records, and after the mutation just by the rule that owns the field.

    Args:
        mutation: What to change.
        records: Compliant records of the setting's unit, as the mutation draws them; one of them is changed.
        setting: Unit and day.
        others: What the unit has besides, compliant too.
        registry: Default: all that is installed.

    Raises:
        AssertionError: Naming the mutation, and what was said instead.
    """
    before = objections(setting, (*records, *others), registry)
    assert not before, f"{mutation}: the records are not compliant: {before}"
    said = objections(setting, (*mutation.apply(records, setting), *others), registry)
    assert mutation.owner in said, f"{mutation}: nothing is found" + (f", but {said}" if said else "")
    wrong = {
        code: outcomes
        for code, outcomes in said.items()
        if code != mutation.owner and (code not in mutation.also or outcomes != {Outcome.UNDECIDABLE})
    }
    assert not wrong, f"{mutation}: also found by {wrong}"
