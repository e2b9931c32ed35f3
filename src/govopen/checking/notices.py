"""What a reader has to know of the run itself, because no finding says it: it must not look better than it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from govopen.checking.algebra import Reason
from govopen.checking.port import Source
from govopen.checking.result import Notice, ObligationStatus
from govopen.checking.ruleset import Ruleset
from govopen.checking.runs import Excuses
from govopen.checking.selection import Selection
from govopen.checking.waivers import Waiver
from govopen.model.units import Unit
from govopen.rules.results import Fact
from govopen.texts import N_

__all__ = ["about_records", "about_time", "about_units", "about_waivers"]


def about_time(ruleset: Ruleset, as_of: dt.date) -> Iterator[Notice]:
    """Why an instrument as a whole asks for nothing, or cannot be decided: no finding says so."""
    for chosen in ruleset.settings.instruments:
        instrument = ruleset.library.instrument(chosen.id)
        until = instrument.planned_until
        if not instrument.in_force(as_of):
            yield Notice(
                code="GOV020",
                message=N_("{instrument} is not in force on {as_of}; it is from {since}."),
                facts={"instrument": chosen.id, "as_of": as_of, "since": instrument.in_force_from},
            )
        elif until is not None and as_of > until and chosen.continues is None:
            yield Notice(
                code="GOV021",
                message=N_(
                    "The time of {instrument} ended on {until}, and the workspace does not say whether its duties go "
                    "on. Write continues = true or false under [instruments.{instrument}]."
                ),
                facts={"instrument": chosen.id, "until": until},
            )


def about_units(units: Iterable[Unit], statuses: Iterable[ObligationStatus], as_of: dt.date) -> Iterator[Notice]:
    """Units of which nothing is checked: a green report must not rest on that."""
    bound = {entry.unit for entry in statuses if entry.reason is not Reason.NOT_BOUND}
    for unit in units:
        if unit.until is not None and unit.until < as_of:
            yield Notice(
                code="GOV022",
                message=N_(
                    "Unit {unit} ended on {until} (successor: {successor}); its records are not checked. Check "
                    "it as of that day."
                ),
                facts={"unit": unit.id, "until": unit.until, "successor": unit.successor or "-"},
            )
        elif unit.exists_on(as_of) and unit.id not in bound:
            yield Notice(
                code="GOV023",
                message=N_("No obligation of the instruments checked binds unit {unit} (jurisdiction {place})."),
                facts={"unit": unit.id, "place": unit.jurisdiction},
            )


def about_records(source: Source, lost: Mapping[str, int]) -> Iterator[Notice]:
    """Records that no rule has looked at."""
    for name, count in source.opaque().items():
        yield Notice(
            code="GOV001",
            message=N_("{count} records of type {name} were not checked: no loaded plugin knows that type."),
            facts={"name": name, "count": count},
        )
    for name, count in lost.items():
        yield Notice(
            code="GOV003",
            message=N_(
                "{count} records of type {name} were not checked: what they point at is not there on that day, or "
                "belongs to another unit."
            ),
            facts={"name": name, "count": count},
        )


def about_waivers(
    waivers: Iterable[Waiver], excuses: Excuses, ruleset: Ruleset, selection: Selection, as_of: dt.date
) -> Iterator[Notice]:
    """What is wrong with the waivers themselves. Only a run that leaves nothing out can tell that one is unused."""
    for waiver in waivers:
        rule = ruleset.rules.get(waiver.rule)
        facts: dict[str, Fact] = {"waiver": waiver.id, "rule": waiver.rule, "until": waiver.until}
        if rule is None:
            code, message = "GOV012", N_("Waiver {waiver} names rule {rule}, which is not there.")
        elif rule.protected:
            code = "GOV013"
            message = N_("Waiver {waiver} is void: rule {rule} on secrecy or clearance cannot be waived.")
        elif waiver.until < as_of:
            code, message = "GOV014", N_("Waiver {waiver} of rule {rule} expired on {until}.")
        elif waiver.since <= as_of and waiver.id not in excuses.used and selection.everything:
            code, message = "GOV015", N_("Waiver {waiver} of rule {rule} excuses nothing; remove it.")
        else:
            continue
        yield Notice(code=code, message=message, facts=facts)
