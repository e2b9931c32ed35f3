"""Deadlines as an iCalendar file (RFC 5545), for calendars and task lists.

It carries identifiers, kinds and citations. No title, name or text of a record is in it: calendars are shared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

from govopen.errors import InputError
from govopen.texts import N_, Language, translate
from govopen.workflow.deadlines import Deadline

__all__ = ["to_ics"]

_LINE = 75
_UNVERIFIED = N_("The law it rests on has not been verified.")
_LATEST = N_("By another way to count it ends on {day}; the law does not say which holds.")


def to_ics(
    deadlines: Iterable[Deadline],
    generated_at: dt.datetime,
    lang: Language,
    *,
    component: Literal["VTODO", "VEVENT"] = "VTODO",
) -> bytes:
    """The deadlines as an iCalendar file, UTF-8 with CRLF.

    An entry keeps its UID for as long as the deadline exists, so that importing a newer file moves it.

    Args:
        deadlines: Each is an entry. One without a day has no DUE; as an event it is left out.
        generated_at: Zone-aware.
        lang: Of the summaries.
        component: Tasks, or all-day events for calendars that show no tasks.

    Raises:
        InputError: ``generated_at`` has no zone.
    """
    if generated_at.tzinfo is None:
        raise InputError("The time of generation has no zone.", hint="Pass a zone-aware time.")
    stamp = generated_at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//govopen//due//EN"]
    for deadline in deadlines:
        if deadline.due is not None or component == "VTODO":
            lines += _entry(deadline, stamp, lang, component)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _entry(deadline: Deadline, stamp: str, lang: Language, component: str) -> Iterator[str]:
    yield f"BEGIN:{component}"
    yield f"UID:{_escaped(deadline.key)}@govopen"
    yield f"DTSTAMP:{stamp}"
    if deadline.due is not None:
        day = f"{deadline.due:%Y%m%d}"
        yield f"DUE;VALUE=DATE:{day}" if component == "VTODO" else f"DTSTART;VALUE=DATE:{day}"
    yield "SUMMARY:" + _escaped(f"{deadline.kind.text.get(lang)} {deadline.id}")
    if description := _description(deadline, lang):
        yield "DESCRIPTION:" + _escaped(description)
    yield "TRANSP:TRANSPARENT" if component == "VEVENT" else "STATUS:NEEDS-ACTION"
    yield f"END:{component}"


def _description(deadline: Deadline, lang: Language) -> str:
    lines = [deadline.unit, ", ".join(map(str, deadline.citations))]
    if deadline.undated is not None:
        lines.append(deadline.undated.text.get(lang))
    if deadline.latest is not None:
        lines.append(translate(_LATEST, lang, day=deadline.latest.isoformat()))
    if not deadline.verified:
        lines.append(translate(_UNVERIFIED, lang))
    return "\n".join(line for line in lines if line)


def _escaped(text: str) -> str:
    """RFC 5545, section 3.3.11; other control characters have no place in a text."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(char for char in escaped if char >= " " and char != "\x7f")


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, none of which ends within a character."""
    pieces: list[bytes] = []
    piece = b""
    for char in line:
        octets = char.encode("utf-8", "replace")
        # A continuation begins with a space, which is one of its octets.
        if len(piece) + len(octets) > _LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"".join(part + b"\r\n" for part in (*pieces, piece))
