"""Exemplary discretion tables and decisions: what the cases of the rules for clause 2.3 start from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

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
from govopen.model.website import Carrier
from govopen.rules import samples

__all__ = ["benchmark", "discretion_table", "penalty_decision"]


def discretion_table(**changes: Any) -> DiscretionTable:
    """Three tiers of a fine by how often somebody was penalised; see :func:`benchmark` for what belongs to it."""
    whole: dict[str, Any] = {
        "id": "table-1",
        "unit": samples.UNIT.id,
        "title": "示例裁量基准",
        "power": "enforcement-1",
        "item": "document-1",
        "document_number": "示办〔2011〕1号",
        "issued_on": dt.date(2011, 4, 15),
        "since": dt.date(2011, 5, 1),
        "inputs": (
            TableInput(
                name="times",
                label="受罚次数",
                kind=InputKind.INTEGER,
                unit="次",
                domain=">= 1",
                graver=Graver.HIGHER,
            ),
        ),
        "statute": (
            StatutoryRange(
                citation="示例条例第十条",
                since=dt.date(2008, 1, 1),
                outcome="2000元以上20000元以下",
                further=("没收违法所得",),
                verified=True,
            ),
        ),
        "rows": (
            TableRow(tier="轻微", when="times = 1", outcome="2000元以上5000元以下", mode=Mode.LIGHTER),
            TableRow(tier="一般", when="times = 2", outcome="5000元以上10000元以下", mode=Mode.ORDINARY),
            TableRow(tier="严重", when="times >= 3", outcome="10000元以上20000元以下", mode=Mode.HEAVIER),
        ),
    }
    return DiscretionTable(**(whole | changes))


def benchmark(**changes: Any) -> tuple[Record, ...]:
    """A body that enforces, its power with room for discretion, and the :func:`discretion_table`, published."""
    power = samples.item(Category.ENFORCEMENT)
    assert power.enforcement is not None
    return (
        samples.ENFORCER,
        attrs.evolve(power, enforcement=attrs.evolve(power.enforcement, discretionary=True)),
        samples.proactive_item(Category.DOCUMENT),
        samples.publication("document-1", Carrier.OWN_SITE),
        samples.publication("document-1", Carrier.PORTAL),
        discretion_table(**changes),
    )


def penalty_decision(**changes: Any) -> PenaltyDecision:
    """A fine in the middle of the second tier, with reasons."""
    whole: dict[str, Any] = {
        "id": "decision-1",
        "unit": samples.UNIT.id,
        "table": "table-1",
        "acted_on": dt.date(2011, 6, 1),
        "decided_on": dt.date(2011, 7, 1),
        "facts": (DecidedFact(name="times", value="2"),),
        "tier": 2,
        "amount_yuan": Decimal("8000.00"),
        "reasons": "一年内第二次被查处，主动改正",
    }
    return PenaltyDecision(**(whole | changes))
