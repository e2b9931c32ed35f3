"""What 2.3 asks of enforcement powers, the tables that put their discretion into tiers, and decisions under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs
from make_contents import number_of
from make_plan import Book, UnitPlan, load

from govopen.discretion.table import version_of
from govopen.model.catalog import InformationItem
from govopen.model.contents import PowerKind
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

__all__ = ["add_discretion", "pin_versions"]


def add_discretion(book: Book, plans: list[UnitPlan]) -> None:
    """Powers, tables and decisions, all of them right."""
    seed = load("discretion.toml")
    for id_, about in seed["powers"].items():
        item = book.get(InformationItem, id_)
        assert item.enforcement is not None
        listed = {**about, "kind": PowerKind(about["kind"]), "basis": tuple(about["basis"])}
        book.change(InformationItem, id_, enforcement=attrs.evolve(item.enforcement, **listed))
    by_id = {plan.id: plan for plan in plans}
    for id_, about in seed["tables"].items():
        book.add(_table(id_, about, by_id[id_.partition("-")[0]]))
    for of, rows in seed["decisions"].items():
        book.add(*_decisions(of, rows))


def pin_versions(book: Book) -> None:
    """Give every decision the version of the table as it stands."""
    for decision in list(book.of(PenaltyDecision)):
        book.change(PenaltyDecision, decision.id, version=version_of(book.get(DiscretionTable, decision.table)))


def _table(id_: str, about: Mapping[str, Any], plan: UnitPlan) -> DiscretionTable:
    given = {name: value for name, value in about.items() if name not in {"inputs", "statute", "rows"}}
    return DiscretionTable(
        id=id_,
        unit=plan.id,
        document_number=number_of(plan, about["issued_on"]),
        inputs=tuple(_input(entry) for entry in about["inputs"]),
        statute=tuple(StatutoryRange(**_tuples(entry)) for entry in about["statute"]),
        rows=tuple(TableRow(**_tuples({**entry, "mode": Mode(entry["mode"])})) for entry in about["rows"]),
        **given,
    )


def _input(entry: Mapping[str, Any]) -> TableInput:
    step = Decimal(entry["step"]) if "step" in entry else None
    known = {"kind": InputKind(entry["kind"]), "graver": Graver(entry["graver"]), "step": step}
    return TableInput(**_tuples({**entry, **known}))


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def _decisions(table: str, rows: list[list[Any]]) -> Iterator[PenaltyDecision]:
    unit = table.partition("-")[0]
    for acted_on, decided_on, tier, amount, facts, reasons, *further in rows:
        yield PenaltyDecision(
            id=f"{table.rpartition('-')[0]}-{decided_on:%Y%m%d}",
            unit=unit,
            table=table,
            acted_on=acted_on,
            decided_on=decided_on,
            facts=tuple(DecidedFact(name=name, value=value) for name, value in facts.items()),
            tier=tier,
            amount_yuan=Decimal(amount),
            further=tuple(*further),
            reasons=reasons,
        )
