"""One request: where it stands and until when. Who asked, and for what, only where that is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from govopen.model.requests import Request
from govopen.report.agenda import deadline_line, explanation_document, print_explanation
from govopen.report.sheet import Sheet
from govopen.report.steps import NextStep, step_documents, step_lines
from govopen.texts import Label
from govopen.workflow.deadlines import Explanation

__all__ = ["print_request", "request_json"]


def print_request(
    request: Request,
    state: Label,
    deadlines: tuple[Explanation, ...],
    steps: tuple[NextStep, ...],
    sheet: Sheet,
    *,
    personal: bool,
) -> None:
    """Print a request.

    Args:
        request: The request.
        state: Where it stands.
        deadlines: What is still due of it, and how each day was found.
        steps: What can be done next.
        sheet: Where to.
        personal: Say also who asked, and for what.
    """
    words = sheet.words
    sheet.title(f"{request.id}  {words.coded(state)}")
    sheet.field(words.say("Unit"), request.unit)
    sheet.field(words.say("Date of receipt"), request.received_on)
    sheet.field(words.say("Channel"), request.channel)
    sheet.field(words.say("Kind"), request.kind)
    sheet.field(words.say("Kind of applicant"), request.applicant_kind)
    sheet.field(words.say("Repeats"), request.repeat_of)
    if personal:
        _personal(request, sheet)
    sheet.section(words.say("Steps taken"), _course(request))
    for found in deadlines:
        sheet.line(words.say("Due: {deadline}", deadline=deadline_line(found.deadline, words)), style="bold")
        print_explanation(found, sheet, depth=2)
    sheet.section(words.say("What can be done next"), step_lines(steps, words))


def _personal(request: Request, sheet: Sheet) -> None:
    say = sheet.words.say
    if request.applicant is not None:
        sheet.field(say("Applicant"), request.applicant.name)
        sheet.field(say("Proof of identity"), request.applicant.identity_proof)
        sheet.field(say("Contact"), request.applicant.contact)
    sheet.field(say("Wanted"), request.description)
    for entry in request.corrections:
        sheet.field(say("To be corrected"), entry.asked_for)
    for stop in request.suspensions:
        sheet.field(say("Asked"), stop.asked)
    if request.triage is not None:
        sheet.field(say("Reason of the triage"), request.triage.reason)
    if request.reply is not None:
        sheet.field(say("Reasons of the reply"), request.reply.reasons)


def _course(request: Request) -> Iterator[str]:
    """The steps as codes and days: none of it was written by or about an applicant."""
    if request.triage is not None:
        yield f"{request.triage.on}  triage  {request.triage.kind.value}"
    for correction in request.corrections:
        yield f"{correction.notified_on}  correction  {_until(correction.received_on)}"
    for stop in request.suspensions:
        opinion = stop.opinion.value if stop.opinion is not None else ""
        yield f"{stop.since}  {stop.cause.value}  {_until(stop.until)}  {opinion}".rstrip()
    if request.extension is not None:
        extension = request.extension
        yield f"{extension.consented_on or '-'}  extension  +{extension.days}  {_until(extension.notified_on)}"
    if request.excess is not None:
        yield f"{request.excess.asked_on}  excess  {_until(request.excess.delayed_until)}"
    yield from _end(request)


def _end(request: Request) -> Iterator[str]:
    if request.fee is not None:
        amount = f"{request.fee.amount_yuan:f}" if request.fee.amount_yuan is not None else "-"
        yield f"{request.fee.notified_on}  fee  {amount}  {_until(request.fee.paid_on)}"
    if request.reply is not None:
        said = request.reply.kind or request.reply.outcome
        items = " ".join(request.reply.items)
        yield f"{request.reply.on}  reply  {said.value if said is not None else '-'}  {items}".rstrip()
    if request.abandoned is not None:
        yield f"{request.abandoned.on}  {request.abandoned.cause.value}"
    if request.closed_on is not None:
        yield f"{request.closed_on}  closed"
    if request.erased_on is not None:
        yield f"{request.erased_on}  erased"


def _until(day: object) -> str:
    return f"-> {day}" if day is not None else "-> ..."


def request_json(
    request: Request, state: Label, deadlines: tuple[Explanation, ...], steps: tuple[NextStep, ...]
) -> str:
    """A request as JSON: codes and days, never personal data."""
    document: dict[str, Any] = {
        "id": request.id,
        "unit": request.unit,
        "state": state.value,
        "received_on": request.received_on.isoformat(),
        "channel": request.channel.value,
        "kind": request.kind.value if request.kind is not None else None,
        "repeat_of": request.repeat_of,
        "closed_on": request.closed_on.isoformat() if request.closed_on is not None else None,
        "deadlines": [
            {
                "kind": found.deadline.kind.value,
                "part": found.deadline.part,
                "due": found.deadline.due.isoformat() if found.deadline.due is not None else None,
                "undated": found.deadline.undated.value if found.deadline.undated is not None else None,
                "citations": [str(citation) for citation in found.deadline.citations],
                "explanation": explanation_document(found),
            }
            for found in deadlines
        ],
        "next": step_documents(steps),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
