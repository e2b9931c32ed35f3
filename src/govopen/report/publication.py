"""What a run of publishing did, site by site: identifiers, codes and addresses, no text of a record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import attrs

from govopen.office.publishing import PublicationReport
from govopen.publishing.outcome import DeliveryReport, Failure
from govopen.report.sheet import Sheet
from govopen.report.wording import Wording

__all__ = ["print_publication", "publication_json"]

_NAMED = 5
"""So many addresses are shown; the others can be listed as JSON."""


def print_publication(report: PublicationReport, addresses: Mapping[str, str], sheet: Sheet) -> None:
    """Print what became of every site.

    Args:
        report: The run.
        addresses: From a site to the address of its home page; blank: nobody has recorded it.
        sheet: Where to.
    """
    say = sheet.words.say
    if not report.sites:
        sheet.line(say("The workspace publishes to no site. Sites are named under [publishers] in govopen.toml."), 0)
    for site in report.sites:
        sheet.title(" ".join(filter(None, [site.site, addresses.get(site.site, "")])))
        sheet.line(
            say(
                "shown: {shown}, withdrawn: {withdrawn}, refused: {refused}, failed: {failed}, parked: {parked}, "
                "waiting: {waiting}",
                shown=len(site.delivered),
                withdrawn=len(site.withdrawn),
                refused=len(site.refused),
                failed=len(site.failed),
                parked=len(site.parked),
                waiting=site.later,
            )
        )
        sheet.section(say("Pages"), _pages(site, sheet.words))
        sheet.section(say("Refused"), (f"{each.item}: {', '.join(each.bars)}" for each in site.refused))
        sheet.section(say("Failed, will be tried again"), map(_failure, site.failed))
        sheet.section(say("Parked, until somebody mends it"), map(_failure, site.parked))
        sheet.section(say("Faults of a plugin"), (say(fault.message, **fault.facts) for fault in site.faults))


def _pages(site: DeliveryReport, words: Wording) -> Iterator[str]:
    for sent in site.delivered[:_NAMED]:
        yield f"{sent.item}  {sent.address}"
    if (more := len(site.delivered) - _NAMED) > 0:
        yield words.say("and {count} more", count=more)


def _failure(failure: Failure) -> str:
    return f"{failure.item}: {failure.code} ({failure.attempts})"


def publication_json(report: PublicationReport, addresses: Mapping[str, str]) -> str:
    """The run as JSON, with every address."""
    document = {
        "queued": report.queued,
        "sites": [
            {
                "site": site.site,
                "address": addresses.get(site.site, ""),
                "shown": [attrs.asdict(sent) for sent in site.delivered],
                "withdrawn": list(site.withdrawn),
                "refused": [{"item": each.item, "bars": list(each.bars)} for each in site.refused],
                "failed": [attrs.asdict(each) for each in site.failed],
                "parked": [attrs.asdict(each) for each in site.parked],
                "waiting": site.later,
                "faults": [
                    {"item": fault.facts.get("item", ""), "error": fault.facts.get("error", "")}
                    for fault in site.faults
                ],
            }
            for site in report.sites
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
