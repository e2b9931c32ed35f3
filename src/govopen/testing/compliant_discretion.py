"""Hypothesis strategies for powers with room for discretion, their published tables, and decisions within them."""

from __future__ import annotations

import re
from decimal import Decimal

import attrs
from hypothesis import strategies as st

from govopen.discretion.table import version_of
from govopen.model.base import Record
from govopen.model.catalog import Category
from govopen.model.discretion import (
    DecidedFact,
    DiscretionTable,
    Graver,
    InputKind,
    Mode,
    PenaltyDecision,
    StatutoryRange,
    TableInput,
    TableRow,
)
from govopen.model.published import public_digest
from govopen.testing.compliant import Setting, days_after, days_before, numbers, words
from govopen.testing.compliant_items import disclosed, items

__all__ = ["benchmarks", "decisions", "tables"]

_LEAST = re.compile("[0-9]+")
_MODES = (Mode.LIGHTER, Mode.ORDINARY, Mode.HEAVIER)


def _rising(least: int, greatest: int, count: int) -> st.SearchStrategy[list[int]]:
    """So many whole numbers, each greater than the one before."""
    return st.lists(st.integers(least, greatest), min_size=count, max_size=count, unique=True).map(sorted)


def _conditions(low: int, high: int | None) -> st.SearchStrategy[str]:
    """Ways to write that there were from ``low`` to ``high`` penalties."""
    if high is None:
        return st.sampled_from([f"times >= {low}", f"受罚次数 {low}次以上"])
    ways = [f"times in [{low}..{high}]", f"times >= {low} and times <= {high}", f"受罚次数 {low}次以上{high}次以下"]
    return st.sampled_from([*ways, f"times = {low}"] if low == high else ways)


@st.composite
def tables(draw: st.DrawFn, setting: Setting, power: str, item: str, *, number: int = 1) -> DiscretionTable:
    """A table of two to four tiers by the number of penalties, complete, without overlap and within the law."""
    tiers = draw(st.integers(2, 4))
    starts = [1, *draw(_rising(2, 20, tiers - 1))]
    fines = draw(_rising(1, 500, tiers + 1))
    since = draw(days_before(setting.as_of, 100, 900))
    rows = []
    for tier, start in enumerate(starts):
        last = starts[tier + 1] - 1 if tier + 1 < tiers else None
        rows.append(
            TableRow(
                tier=draw(words()),
                when=draw(_conditions(start, last)),
                outcome=f"{fines[tier]}00元以上{fines[tier + 1]}00元以下",
                mode=draw(st.none() | st.sampled_from(_MODES)),
            )
        )
    return DiscretionTable(
        id=f"table-{number}",
        unit=setting.unit.id,
        title=draw(words()),
        power=power,
        item=item,
        document_number=draw(numbers()),
        issued_on=draw(days_before(since, 0, 60)),
        since=since,
        until=draw(st.none() | days_after(setting.as_of, 0, 900)),
        inputs=(
            TableInput(
                name="times",
                label="受罚次数",
                kind=InputKind.INTEGER,
                unit="次",
                domain=">= 1",
                graver=Graver.HIGHER,
            ),
        ),
        statute=(
            StatutoryRange(
                citation=draw(words()),
                since=draw(days_before(since, 0, 900)),
                until=draw(st.none() | days_after(setting.as_of, 0, 900)),
                outcome=f"{fines[0]}00元以上{fines[-1]}00元以下",
                further=draw(st.sampled_from([(), ("没收违法所得",)])),
                verified=True,
            ),
        ),
        rows=tuple(rows),
    )


@st.composite
def decisions(draw: st.DrawFn, setting: Setting, table: DiscretionTable, *, number: int = 1) -> PenaltyDecision:
    """A decision under a table that :func:`tables` drew, on an act of its time, within the tier that applies."""
    assert table.since is not None
    tier = draw(st.integers(1, len(table.rows)))
    low, high = _fines(table.rows[tier - 1].outcome)
    acted_on = draw(st.dates(table.since, setting.as_of))
    return PenaltyDecision(
        id=f"decision-{table.id}-{number}",
        unit=setting.unit.id,
        table=table.id,
        version=draw(st.sampled_from(["", version_of(table)])),
        acted_on=acted_on,
        decided_on=draw(st.dates(acted_on, setting.as_of)),
        facts=(
            DecidedFact(
                name=draw(st.sampled_from(["times", "受罚次数"])), value=_LEAST.findall(table.rows[tier - 1].when)[0]
            ),
        ),
        tier=draw(st.sampled_from([tier, None])),
        amount_yuan=draw(st.decimals(low, high, places=2) | st.sampled_from([low, high])),
        reasons=draw(words()),
    )


def _fines(outcome: str) -> tuple[Decimal, Decimal]:
    low, high = outcome.replace("以下", "").split("以上")
    return Decimal(low.rstrip("元")), Decimal(high.rstrip("元"))


@st.composite
def benchmarks(draw: st.DrawFn, setting: Setting, *, number: int = 70) -> tuple[Record, ...]:
    """A power with room for discretion, its table, the document that publishes it, and some decisions."""
    power = draw(items(setting, Category.ENFORCEMENT, number=number))
    assert power.enforcement is not None
    power = attrs.evolve(power, enforcement=attrs.evolve(power.enforcement, discretionary=True))
    power = attrs.evolve(power, digest=public_digest(power))
    published = draw(disclosed(setting, Category.DOCUMENT, number=number, in_column=False))
    table = draw(tables(setting, power.id, published[0].id, number=number))
    made = range(1, 1 + draw(st.integers(0, 2)))
    return (power, *published, table, *(draw(decisions(setting, table, number=count)) for count in made))
