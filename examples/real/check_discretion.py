"""Analyses nine real discretion benchmarks, and prints of each what is wrong with it, with a case that shows it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from govopen.discretion.compiling import compile_table
from govopen.discretion.properties import PROPERTIES, Proofs, Verdict
from govopen.discretion.proving import prove
from govopen.discretion.table import Table
from govopen.discretion.witness import say
from govopen.interchange.tables.files import read_table

HERE = Path(__file__).parent / "discretion"


def tables() -> dict[str, Table]:
    """The tables, by identifier."""
    files = sorted(path for path in HERE.glob("*.toml") if path.name != "findings.toml")
    return {path.stem: compile_table(read_table(path)) for path in files}


def expected() -> dict[str, Any]:
    """What has to be found in each."""
    return tomllib.loads((HERE / "findings.toml").read_text(encoding="utf-8"))


def lines(table: Table, proofs: Proofs) -> list[str]:
    """What there is to say of a table, in English."""
    found = []
    for name, entry in proofs.properties.items():
        for witness in entry.witnesses:
            case = f" [{say(table.axes, witness.case, 'en')}]" if witness.case else ""
            found.append(f"  refuted: {PROPERTIES[name].en}. {witness.message.get('en', **witness.facts)}{case}")
        if entry.verdict is Verdict.UNKNOWN and entry.reason is not None:
            found.append(f"  unknown: {PROPERTIES[name].en}. {entry.reason.get('en', **entry.facts)}")
    return found or ["  nothing to object to"]


def main() -> None:
    """Print it, and fail where something else is found than stands in findings.toml."""
    for name, wanted in expected().items():
        table = tables()[name]
        proofs = prove(table)
        print(f"{name} {table.document.title}", *lines(table, proofs), sep="\n")
        if list(proofs.refuted) != wanted["refuted"]:
            raise SystemExit(f"{name}: {', '.join(proofs.refuted) or 'nothing'} refuted, not {wanted['refuted']}")


if __name__ == "__main__":
    main()
