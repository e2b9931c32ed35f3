"""What a reconciliation found, as text and JSON: identifiers, codes, digests and addresses, no text of records."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from govopen.model.publishing import ObservedState
from govopen.publishing.reconciling import ReconcileReport, SiteSummary
from govopen.report.wrapping import wrapped
from govopen.texts import Language, translate

__all__ = ["print_reconciliation", "reconciliation_json"]

FORMAT = 1
"""Version of the JSON. A change that can break a reader raises it."""

_GRAVE = frozenset({ObservedState.UNCLEARED, ObservedState.WITHDRAWN})


def print_reconciliation(report: ReconcileReport, console: Console, lang: Language) -> None:
    """Print a line for each site and for each copy that is not as it should be.

    Everything is printed as text: identifiers may look like rich's markup.

    Args:
        report: The reconciliation.
        console: Where to.
        lang: Language of the report.
    """

    def say(message: str, **facts: object) -> str:
        return translate(message, lang, **facts)

    def names(states: Iterable[ObservedState]) -> str:
        return "、".join(_names(states, lang)) if lang == "zh-Hans" else ", ".join(_names(states, lang))

    console.print(Line(say("Sites compared with the records on {on}", on=report.on.isoformat()), style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Site", "Agree", "Differ"):
        table.add_column(say(heading), justify="left" if heading == "Site" else "right")
    table.add_column("")
    for site in report.sites:
        table.add_row(*_row(site, report, lang))
    console.print(table)
    for entry in report.differences:
        style = "bold red" if _GRAVE.intersection(entry.states) else "yellow"
        console.print(Line.assemble((f"{entry.item} @ {entry.site}: ", ""), (names(entry.states), style)))
        if entry.address:
            _indented(console, Line(entry.address, style="dim"))
    for item in report.apart:
        console.print(Line(say("{item}: its copies differ from one site to another (1.4/o5)", item=item)))
    if report.agrees:
        console.print(Line(say("Every copy agrees with its record."), style="green"))


def reconciliation_json(report: ReconcileReport) -> bytes:
    """The reconciliation as JSON, with a line break at its end. Keys and codes are the same in every language."""
    document = {
        "format": FORMAT,
        "on": report.on,
        "agrees": report.agrees,
        "sites": [
            {
                "site": site.site,
                "failure": site.failure,
                "copies": {state.value: count for state, count in site.copies.items() if count},
            }
            for site in report.sites
        ],
        "differences": [
            {
                "item": entry.item,
                "unit": entry.unit,
                "site": entry.site,
                "states": [state.value for state in entry.states],
                "address": entry.address,
                "found": entry.found,
                "expected": entry.expected,
            }
            for entry in report.differences
        ],
        "apart": list(report.apart),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _names(states: Iterable[ObservedState], lang: Language) -> list[str]:
    return [state.text.get(lang) for state in states]


def _row(site: SiteSummary, report: ReconcileReport, lang: Language) -> list[Line]:
    if site.failure:
        return [Line(site.site), Line("-"), Line("-"), Line(site.failure, style="bold red")]
    differing = sum(1 for entry in report.differences if entry.site == site.site)
    found = [
        f"{state.text.get(lang)} {count}"
        for state, count in site.copies.items()
        if count and state is not ObservedState.AGREES
    ]
    return [
        Line(site.site),
        Line(str(site.copies.get(ObservedState.AGREES, 0))),
        Line(str(differing), style="yellow" if differing else "dim"),
        Line("; ".join(found), style="dim"),
    ]


def _indented(console: Console, line: Line) -> None:
    for piece in wrapped(line, console.width - 2):
        console.print(Padding(piece, (0, 0, 0, 2)))
