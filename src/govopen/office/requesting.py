"""Requests for information, from receipt to reply, and what is due (clause 1.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

import attrs

from govopen.errors import InputError
from govopen.model.actors import Actor, Role
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.requests import FeeMethod, Opinion, Reply, Request, RequestKind, SuspensionCause
from govopen.model.website import Publication
from govopen.office.clearing import Clearing
from govopen.storage.port import ABSENT, View
from govopen.workflow import receipt, requests, retention
from govopen.workflow.agenda import due
from govopen.workflow.deadlines import Deadline, DeadlineKind, Explanation
from govopen.workflow.request_deadlines import explain

__all__ = ["Requesting"]

_CLERK = (Role.REQUEST_CLERK,)
_HEAD = (Role.OPENNESS_HEAD,)
_OFFICE = (Role.REQUEST_CLERK, Role.OPENNESS_HEAD)


class Requesting(Clearing):
    """Taking in, handling and answering requests.

    Every method is one transaction of the store, dated today, and raises
    :class:`~govopen.errors.TransitionRefused` if the actor may not take the step, or not now.
    """

    def receive(self, request: Request, actor: Actor) -> Request:
        """Take in a request. Channel and law make the date of receipt, from which the time to reply runs.

        Raises:
            InputError: There is a request of that identifier already.
        """
        if self.store.get(Request, request.id) is not None:
            raise InputError("There is a request {id} already.", hint="Give it a number of its own.", id=request.id)
        received = receipt.receive(request, actor=actor, ctx=self._context(request.unit))
        with self._acting(actor, _CLERK, request.unit, "request.receive") as transaction:
            transaction.put(received, expected=ABSENT)
        return received

    def confirm_receipt(self, request_id: str, actor: Actor) -> Request:
        """Both sides confirmed the receipt today, or a letter was signed for."""
        return self._handle(request_id, actor, "confirm", receipt.confirm)

    def triage(self, request_id: str, actor: Actor, kind: RequestKind, reason: str = "") -> Request:
        """Decide whether documents are asked for, or advice (1.5/o2)."""
        return self._handle(
            request_id,
            actor,
            "triage",
            lambda request, *, actor, ctx: requests.triage(request, actor=actor, ctx=ctx, kind=kind, reason=reason),
        )

    def ask_correction(self, request_id: str, actor: Actor, asked_for: str, until: dt.date | None = None) -> Request:
        """Tell the applicant what to correct, and until when."""
        return self._handle(
            request_id,
            actor,
            "ask_correction",
            lambda request, *, actor, ctx: requests.ask_correction(
                request, actor=actor, ctx=ctx, asked_for=asked_for, until=until
            ),
        )

    def correct(self, request_id: str, actor: Actor, description: str = "") -> Request:
        """Take in the corrected request."""
        return self._handle(
            request_id,
            actor,
            "correct",
            lambda request, *, actor, ctx: requests.correct(request, actor=actor, ctx=ctx, description=description),
        )

    def consult(
        self, request_id: str, actor: Actor, cause: SuspensionCause, *, asked: str = "", joint_maker: bool = False
    ) -> Request:
        """Ask a third party or another organ; until its answer the time to reply stands still, as the law says."""
        return self._handle(
            request_id,
            actor,
            "consult",
            lambda request, *, actor, ctx: requests.consult(
                request, actor=actor, ctx=ctx, cause=cause, asked=asked, joint_maker=joint_maker
            ),
        )

    def answer(self, request_id: str, actor: Actor, opinion: Opinion, part: int = 1) -> Request:
        """Record the answer to a consultation, or that there was none in time; ``part`` counts them from 1."""
        return self._handle(
            request_id,
            actor,
            "answer",
            lambda request, *, actor, ctx: requests.answer(request, actor=actor, ctx=ctx, opinion=opinion, part=part),
        )

    def extend(self, request_id: str, actor: Actor, days: int) -> Request:
        """The head of the openness office consents to more working days."""
        return self._handle(
            request_id,
            actor,
            "extend",
            lambda request, *, actor, ctx: requests.extend(request, actor=actor, ctx=ctx, days=days),
            _HEAD,
        )

    def notify_extension(self, request_id: str, actor: Actor) -> Request:
        """Tell the applicant of the extension; from then on it counts."""
        return self._handle(request_id, actor, "notify_extension", requests.notify_extension)

    def ask_reasons(self, request_id: str, actor: Actor) -> Request:
        """Ask for the reasons of a request beyond reason in number or frequency."""
        return self._handle(request_id, actor, "ask_reasons", requests.ask_reasons)

    def weigh_reasons(
        self, request_id: str, actor: Actor, reasonable: bool, given_on: dt.date | None = None
    ) -> Request:
        """Decide whether the reasons given are good."""
        return self._handle(
            request_id,
            actor,
            "weigh_reasons",
            lambda request, *, actor, ctx: requests.weigh_reasons(
                request, actor=actor, ctx=ctx, reasonable=reasonable, given_on=given_on
            ),
        )

    def set_delay(self, request_id: str, actor: Actor, until: dt.date) -> Request:
        """Put off the reply to an excessive request with good reasons."""
        return self._handle(
            request_id,
            actor,
            "set_delay",
            lambda request, *, actor, ctx: requests.set_delay(request, actor=actor, ctx=ctx, until=until),
        )

    def charge(self, request_id: str, actor: Actor, amount: Decimal, method: FeeMethod | None = None) -> Request:
        """Notify a handling fee, in yuan."""
        return self._handle(
            request_id,
            actor,
            "charge",
            lambda request, *, actor, ctx: requests.charge(request, actor=actor, ctx=ctx, amount=amount, method=method),
        )

    def pay(self, request_id: str, actor: Actor) -> Request:
        """Record that the fee was paid today."""
        return self._handle(request_id, actor, "pay", requests.pay)

    def abandon(self, request_id: str, actor: Actor) -> Request:
        """Record that the applicant let the time to correct or to pay pass."""
        return self._handle(request_id, actor, "abandon", requests.abandon)

    def withdraw_request(self, request_id: str, actor: Actor) -> Request:
        """Record that the applicant withdrew the request."""
        return self._handle(request_id, actor, "withdraw", requests.withdraw)

    def transfer(self, request_id: str, actor: Actor, *, to: str, reasons: str, remedies_named: bool) -> Request:
        """Reply that the information is another organ's, and which."""
        return self._handle(
            request_id,
            actor,
            "transfer",
            lambda request, *, actor, ctx: requests.transfer(
                request, actor=actor, ctx=ctx, to=to, reasons=reasons, remedies_named=remedies_named
            ),
        )

    def reply(self, request_id: str, actor: Actor, reply: Reply, *, repeat_of: str = "") -> Request:
        """Reply to a request, today. Every item that the reply gives is cleared for the applicant first.

        Raises:
            NotCleared: An item of the reply may not be shown to the applicant.
        """
        for item in reply.items:
            self.clear_for(item, request_id)
        return self._handle(
            request_id,
            actor,
            "reply",
            lambda request, *, actor, ctx: requests.reply(
                request, actor=actor, ctx=ctx, said=reply, repeat_of=repeat_of
            ),
        )

    def erase_expired(self, actor: Actor, unit: str) -> tuple[str, ...]:
        """Erase the personal data of a unit's requests whose time is over, from every revision; their identifiers."""
        erased = []
        ready = tuple(retention.erasable(self.store.read(Request, unit), self.today))
        for request in ready:
            with self._acting(actor, (Role.RECORDS_OFFICER,), unit, "request.erase") as transaction:
                there = self._present(transaction.get(Request, request.id), Request, request.id)
                rest = retention.erase(there.record, actor=actor, ctx=self._context(unit))
                transaction.put(rest, expected=there.revision)
                transaction.forget(Request, request.id)
            erased.append(request.id)
        return tuple(erased)

    def due(
        self, *, within: int | None = 10, as_of: dt.date | None = None, unit: str | None = None
    ) -> tuple[Deadline, ...]:
        """What is due or overdue: replies, corrections, opinions, fees, secrecy periods, proactive disclosure.

        Args:
            within: How many calendar days ahead; ``None``: everything that is open.
            as_of: The day; default: today.
            unit: Only this unit's. Default: every unit's.
        """
        found: list[Deadline] = []
        with self.store.snapshot() as view:
            ids = [unit] if unit is not None else [each.id for each in view.units()]
            for unit_id in ids:
                found += due(_records(view, unit_id), self._context(unit_id, as_of), within=within)
        return tuple(sorted(found, key=lambda one: (one.due is None, one.due or dt.date.max, one.unit, one.key)))

    def explain_deadline(
        self, request_id: str, kind: DeadlineKind = DeadlineKind.REPLY, *, part: int = 0, as_of: dt.date | None = None
    ) -> Explanation:
        """Which days of a request's time were counted, which not, and why, with the articles."""
        request = self._there(Request, request_id).record
        return explain(request, kind, self._context(request.unit, as_of), part=part)

    def _handle(
        self,
        request_id: str,
        actor: Actor,
        step: str,
        change: Callable[..., Request],
        roles: tuple[Role, ...] = _OFFICE,
    ) -> Request:
        unit = self._there(Request, request_id).record.unit
        with self._acting(actor, roles, unit, f"request.{step}") as transaction:
            there = self._present(transaction.get(Request, request_id), Request, request_id)
            changed = change(there.record, actor=actor, ctx=self._context(unit))
            transaction.put(changed, expected=there.revision)
        return changed


def _records(view: View, unit: str) -> Iterator[Record]:
    yield from view.read(Request, unit)
    yield from view.read(ClassifiedItem, unit)
    yield from view.read(Publication, unit)
    for item in view.read(InformationItem, unit):
        # Only its dates, its attribute and its withdrawal matter here; its text need not be held.
        yield attrs.evolve(item, text="", summary="")
