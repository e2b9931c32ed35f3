"""What is due, and how a day was found: identifiers, days and citations, nothing of an applicant."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from govopen.report.sheet import Sheet
from govopen.report.wording import Wording
from govopen.workflow.day_count import Stretch
from govopen.workflow.deadlines import Deadline, Explanation

__all__ = ["agenda_json", "deadline_line", "explanation_document", "print_agenda", "print_explanation"]

Explain = Callable[[Deadline], Explanation | None]
"""How a deadline was found; ``None``: there is no more to say than its law."""


def print_agenda(deadlines: Iterable[Deadline], today: dt.date, explain: Explain | None, sheet: Sheet) -> None:
    """Print what is overdue, what comes, and what has no day, each with its law.

    Args:
        deadlines: In the order in which each group is printed.
        today: From which it is seen.
        explain: How a deadline was found; ``None``: that is not asked for.
        sheet: Where to.
    """
    words = sheet.words
    found = list(deadlines)
    groups = (
        (words.say("Overdue"), [one for one in found if one.due is not None and one.due < today]),
        (words.say("Due"), [one for one in found if one.due is not None and one.due >= today]),
        (words.say("Without a day"), [one for one in found if one.due is None]),
    )
    for title, members in groups:
        if not members:
            continue
        sheet.title(title)
        for one in members:
            sheet.line(deadline_line(one, words))
            explained = explain(one) if explain is not None else None
            if explained is not None:
                print_explanation(explained, sheet, depth=2)
    if not found:
        sheet.line(words.say("Nothing is due."), 0)


def deadline_line(one: Deadline, words: Wording) -> str:
    """A deadline on one line."""
    day = one.due.isoformat() if one.due is not None else "-" * 10
    parts = [f"{day}  {one.unit}  {one.id}  {words.label(one.kind)}"]
    if one.part:
        parts[0] += f" {one.part}"
    if one.undated is not None:
        parts.append(words.label(one.undated))
    if one.latest is not None:
        parts.append(words.say("by another way to count {day}", day=one.latest))
    if one.citations:
        parts.append(words.join([str(citation) for citation in one.citations]))
    if not one.verified:
        parts.append(words.say("not verified"))
    return "; ".join(parts)


def print_explanation(found: Explanation, sheet: Sheet, depth: int = 1) -> None:
    """Print every stretch of days: which were counted, which not, why, and where that is written."""
    words = sheet.words
    if found.start is not None:
        sheet.line(words.say("counted from {start}, the day itself not included", start=found.start), depth)
    for stretch in found.stretches:
        sheet.line(_stretch(stretch, words), depth)
    if found.days:
        sheet.line(
            words.say("working days counted: {counted} of {days}", counted=found.counted, days=found.days), depth
        )
    if found.unverified:
        sheet.line(words.say("not verified: {names}", names=found.unverified), depth)


def _stretch(stretch: Stretch, words: Wording) -> str:
    since, until = stretch.since, stretch.until
    days = since.isoformat() if since == until else words.period(since, until)
    name = f" ({words.text(stretch.name)})" if stretch.name is not None else ""
    law = f" [{', '.join(str(citation) for citation in stretch.citations)}]" if stretch.citations else ""
    return f"{days}  +{stretch.working_days}  {words.label(stretch.reason)}{name}{law}"


def agenda_json(deadlines: Iterable[Deadline], today: dt.date, explain: Explain | None) -> str:
    """What is due as JSON."""
    document = {"as_of": today.isoformat(), "deadlines": list(_documents(deadlines, today, explain))}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _documents(deadlines: Iterable[Deadline], today: dt.date, explain: Explain | None) -> Iterator[dict[str, Any]]:
    for one in deadlines:
        found = explain(one) if explain is not None else None
        document = {
            "key": one.key,
            "kind": one.kind.value,
            "type": one.type,
            "id": one.id,
            "unit": one.unit,
            "part": one.part,
            "due": one.due.isoformat() if one.due is not None else None,
            "overdue": one.due is not None and one.due < today,
            "undated": one.undated.value if one.undated is not None else None,
            "latest": one.latest.isoformat() if one.latest is not None else None,
            "citations": [str(citation) for citation in one.citations],
            "verified": one.verified,
            "calendar": one.calendar,
        }
        yield document | ({"explanation": explanation_document(found)} if found is not None else {})


def explanation_document(found: Explanation) -> dict[str, Any]:
    """How a deadline was found, as JSON has it."""
    return {
        "start": found.start.isoformat() if found.start is not None else None,
        "days": found.days,
        "counted": found.counted,
        "stretches": [
            {
                "since": stretch.since.isoformat(),
                "until": stretch.until.isoformat(),
                "working_days": stretch.working_days,
                "reason": stretch.reason.value,
                "citations": [str(citation) for citation in stretch.citations],
            }
            for stretch in found.stretches
        ],
        "unverified": list(found.unverified),
    }
