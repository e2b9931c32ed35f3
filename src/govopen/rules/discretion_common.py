"""What the rules for clause 2.3 share: their law, their examples, and how a table is compiled once for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

import attrs

from govopen.discretion.compiling import compile_table
from govopen.discretion.properties import Proofs
from govopen.discretion.proving import prove
from govopen.discretion.table import Table
from govopen.discretion.wording import IntervalWords, interval_words
from govopen.errors import InputError
from govopen.model.discretion import DiscretionTable
from govopen.model.units import Duty
from govopen.rules import samples
from govopen.rules.base import Case
from govopen.rules.context import Context, Dossier
from govopen.rules.samples_discretion import benchmark
from govopen.texts import Text

__all__ = ["ABOUT_TABLES", "INTERVAL_WORDS", "LAW", "Examined", "ended", "examined", "penalises", "tabled"]

LAW = ("panyu-2011:2.3", "gz-discretion-2009:0", "discretion-opinion-2022:0")
"""What every rule of the clause rests on."""

INTERVAL_WORDS = "text/interval-words"
"""The matter that says whether 以上, 以下 … include the number."""


def penalises(table: DiscretionTable) -> bool:
    """Whether it is a table of penalties; a decision table of another kind may be about anything."""
    return not table.outputs


ABOUT_TABLES: dict[str, Any] = {"subject": DiscretionTable, "when": penalises, "duty": Duty.DISCRETION}
"""What the rules on tables share: their subject, when they apply, and the duty behind them."""


def tabled(zh: str, en: str, **changes: Any) -> Case:
    """A power with room for discretion and its published table, with these changes of the table."""
    return Case(Text(zh, en), benchmark(**changes), samples.YEAR_END)


def ended(table: DiscretionTable, ctx: Context) -> bool:
    """Whether the table holds no more: nobody can mend it, and no act of today is judged by it."""
    return table.until is not None and ctx.past(table.until)


class Examined:
    """A table as far as it can be understood.

    Attributes:
        table: The compiled table; ``None`` if it cannot be compiled.
        problems: How many places of its inputs, conditions and outcomes cannot be read.
        of_law: How many of its statutory ranges, or that it has none.
        words: How interval words are read.
    """

    def __init__(self, document: DiscretionTable, words: IntervalWords) -> None:
        self.words = words
        self.table: Table | None = None
        self.problems = self.of_law = 0
        try:
            self.table = compile_table(document, words=words)
        except InputError as error:
            self.of_law = sum(problem.path.startswith("statute") for problem in error.problems)
            self.problems = max(len(error.problems), 1) - self.of_law

    @cached_property
    def proofs(self) -> Proofs | None:
        """What can be proved of it; ``None`` if it cannot be compiled."""
        return None if self.table is None else prove(self.table, words=self.words)


@cache
def _examiner(words: IntervalWords, day: dt.date) -> Callable[[DiscretionTable], Examined]:
    """One function for one reading of the words and one day, so that a dossier knows it again."""

    def examine(document: DiscretionTable) -> Examined:
        # What the law will be is for a later check: its tiers have to be lawful up to this day.
        until = day if document.until is None else min(document.until, day)
        return Examined(attrs.evolve(document, until=until), words)

    return examine


def examined(dossier: Dossier[DiscretionTable], ctx: Context) -> Examined | None:
    """The table of the dossier up to the legal day, compiled once for all rules; ``None``: it has no date, so that no
    law says how its words are read.

    Raises:
        NotComputable: No law of its date says how.
    """
    day = worded_on(dossier.record)
    if day is None:
        return None
    for statute in dossier.record.statute:
        # The answer may be another from the days on which the law changes.
        ctx.known(statute.since)
        if statute.until is not None:
            ctx.past(statute.until)
    return dossier.derived(_examiner(interval_words(ctx.matter(INTERVAL_WORDS, on=day)), ctx.as_of))


def worded_on(table: DiscretionTable) -> dt.date | None:
    """The day whose law says how the table's words are read: that of its issue, else the first on which it holds."""
    return table.issued_on or table.since
