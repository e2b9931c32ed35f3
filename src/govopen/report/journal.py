"""What the journal says, and whether it is whole: identifiers, codes and digests."""

from __future__ import annotations

import json
from typing import Any

from govopen.office.clock import SHANGHAI
from govopen.report.sheet import Sheet
from govopen.report.wording import Wording
from govopen.storage.events import JournalEntry
from govopen.storage.verification import Break, Verification

__all__ = ["entry_json", "entry_line", "print_verification", "verification_json"]


def print_verification(found: Verification, sheet: Sheet) -> None:
    """Print what was read, and where it breaks: the first broken link first."""
    words = sheet.words
    sheet.title(
        words.say(
            "Journal of store {store}: {events} events of {units} chains, {files} files",
            store=found.store,
            events=found.events,
            units=len(found.units),
            files=found.attachments,
        )
    )
    if found.first is None:
        sheet.line(words.say("Every link holds, and the store holds what the journal says."), 0)
        return
    sheet.line(words.say("The first break: {place}", place=_place(found.first, words)), 0, style="bold red")
    sheet.section(
        words.say("Further breaks, the first of each chain"), (_place(each, words) for each in found.breaks[1:])
    )


def _place(found: Break, words: Wording) -> str:
    parts = [words.coded(found.flaw)]
    if found.unit or found.number:
        parts.append(words.say("unit {unit}, event {number}", unit=found.unit or "-", number=found.number))
    if found.seq:
        parts.append(words.say("number {seq} of the store", seq=found.seq))
    if found.type or found.id:
        parts.append(f"{found.type} {found.id}".strip())
    if found.revision:
        parts.append(words.say("revision {revision}", revision=found.revision))
    return "; ".join(parts)


def verification_json(found: Verification) -> str:
    """The verification as JSON."""
    document = {
        "store": found.store,
        "ok": found.ok,
        "events": found.events,
        "attachments": found.attachments,
        "units": {unit: {"events": head.number, "hash": head.hash.hex()} for unit, head in found.units.items()},
        "breaks": [
            {
                "flaw": each.flaw.value,
                "unit": each.unit,
                "number": each.number,
                "seq": each.seq,
                "type": each.type,
                "id": each.id,
                "revision": each.revision,
            }
            for each in found.breaks
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def entry_line(entry: JournalEntry) -> str:
    """An event on one line: when, in which unit, who in which role, why, what, of which record."""
    what = f"{entry.kind} {entry.type} {entry.id}".rstrip() + (f" r{entry.revision}" if entry.revision else "")
    role = f" ({entry.role})" if entry.role else ""
    at = entry.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    return f"{entry.seq}  {at}  {entry.unit or '-'}  {entry.actor or '-'}{role}  {entry.cause}  {what}"


def entry_json(entry: JournalEntry) -> str:
    """An event as one line of JSON."""
    document: dict[str, Any] = {
        "seq": entry.seq,
        "unit": entry.unit,
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "role": entry.role,
        "cause": entry.cause,
        "kind": entry.kind,
        "type": entry.type,
        "id": entry.id,
        "revision": entry.revision,
        "before": entry.before.hex(),
        "after": entry.after.hex(),
        "hash": entry.hash.hex(),
    }
    return json.dumps(document, ensure_ascii=False)
