"""The workflow of requests against a model that knows no table: flags, and a counter that every working day moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from govopen.calendars.china import china_calendar
from govopen.errors import TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.requests import (
    ChannelKind,
    Opinion,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Request,
    RequestKind,
    SuspensionCause,
)
from govopen.policy.loading import builtin_library
from govopen.rules.context import Context
from govopen.workflow import receipt, requests
from govopen.workflow.request_table import REQUEST, state_of

CALENDAR = china_calendar()
LIBRARY = builtin_library()
THIRD = SuspensionCause.THIRD_PARTY
DAY = dt.timedelta(days=1)

CLERK = Actor(id="u-clerk", roles={"bureau": frozenset({Role.REQUEST_CLERK})})
HEAD = Actor(id="u-head", roles={"bureau": frozenset({Role.OPENNESS_HEAD})})
STRANGER = Actor(id="u-other", roles={"elsewhere": frozenset({Role.REQUEST_CLERK, Role.OPENNESS_HEAD})})
# Mostly who may take the step, so that histories get somewhere.
ACTORS = st.sampled_from([CLERK] * 10 + [HEAD, STRANGER])
HEADS = st.sampled_from([HEAD] * 6 + [CLERK, STRANGER])


def mostly(*states: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Try the step from these states, and on some days from any other."""
    return precondition(lambda self: self.state in states or self.today.toordinal() % 9 == 0)


# Name: the reply; under which laws it can be given; whether it refuses; whether it takes an earlier correction.
GRANTS = {"outcome": ReplyOutcome.GRANTED, "items": ("i-1",)}
WHY = {"reasons": "理由", "remedies_named": True}
REFUSES = {"outcome": ReplyOutcome.REFUSED, **WHY}
REPLIES: dict[str, tuple[dict[str, Any], set[int], bool]] = {
    "granted": (GRANTS, {2007, 2019}, False),
    "granted without items": ({"outcome": ReplyOutcome.GRANTED}, set(), False),
    "partial": ({"outcome": ReplyOutcome.PARTIAL, "severed": True, "items": ("i-1",), **WHY}, {2007, 2019}, False),
    "partial, not severed": ({"outcome": ReplyOutcome.PARTIAL, "items": ("i-1",), **WHY}, set(), False),
    "secret": ({**REFUSES, "ground": "state_secret"}, {2007, 2019}, True),
    "no ground": (REFUSES, set(), True),
    "no reasons": ({**REFUSES, "ground": "state_secret", "reasons": " "}, set(), True),
    "no remedies": ({**REFUSES, "ground": "state_secret", "remedies_named": None}, set(), True),
    "no special need": ({**REFUSES, "ground": "no_special_need"}, {2007}, True),
    "case file": ({**REFUSES, "ground": "case_file"}, {2019}, True),
    "wrong row": ({**REFUSES, "ground": "internal", "kind": ReplyKind.PROCESS}, set(), True),
    "not held": ({"outcome": ReplyOutcome.UNABLE, "kind": ReplyKind.NOT_HELD, **WHY}, {2007, 2019}, True),
    "unable somehow": ({"outcome": ReplyOutcome.UNABLE, **WHY}, set(), True),
    "petition": ({"outcome": ReplyOutcome.NOT_HANDLED, "kind": ReplyKind.PETITION, **WHY}, {2019}, True),
    "repeat of nothing": ({"outcome": ReplyOutcome.NOT_HANDLED, "kind": ReplyKind.REPEAT, **WHY}, set(), True),
    "otherwise": ({"outcome": ReplyOutcome.OTHER, "kind": ReplyKind.OTHER_OTHER}, {2019}, True),
    "abandoned by reply": ({"outcome": ReplyOutcome.OTHER, "kind": ReplyKind.NOT_CORRECTED}, set(), True),
}


class Consultation:
    """An opinion that was asked for."""

    def __init__(self, third: bool, limited: bool) -> None:
        self.third, self.limited = third, limited
        self.worked = 0
        self.answered = self.over = False

    def pending(self) -> bool:
        return not self.answered and not self.over


class RequestMachine(RuleBasedStateMachine):
    """``law`` is that of the day of receipt; ``used`` counts the working days that the time to reply has lost."""

    @initialize(new=st.booleans(), in_person=st.booleans(), offset=st.integers(0, 300))
    def arrive(self, new: bool, in_person: bool, offset: int) -> None:
        self.law = 2019 if new else 2007
        self.today = dt.date(2022, 1, 4) + offset * DAY if new else dt.date(2012, 1, 4) + offset * DAY
        self.days = 20 if new else 15
        self.last = self.today + 300 * DAY
        channel = ChannelKind.IN_PERSON if in_person else ChannelKind.EMAIL
        blank = Request(id="r-1", unit="bureau", received_on=self.today, channel=channel)
        self.request = receipt.receive(blank, actor=CLERK, ctx=self.ctx())
        self.state = "received" if in_person or not new else "arrived"
        self.notice = self.used = 0
        self.ticked = self.over = False
        self.asked_until: dt.date | None = None
        self.corrections = self.fee_used = 0
        self.charged = self.reasons = False
        self.extension: tuple[int, bool] | None = None
        self.stops: list[Consultation] = []
        if self.state == "received" and offset % 4:
            self.triage(CLERK, enquiry=False, reason="")

    def ctx(self) -> Context:
        return Context(as_of=self.today, library=LIBRARY, calendar=CALENDAR)

    @precondition(lambda self: self.today < self.last)
    @rule(days=st.integers(1, 8))
    def time_passes(self, days: int) -> None:
        for _ in range(days):
            self.today += DAY
            self._tick()

    @precondition(lambda self: self.today < self.last)
    @rule(edge=st.sampled_from(["reply", "notice", "answer", "fee", "correction"]), after=st.booleans())
    def time_passes_to_an_edge(self, edge: str, after: bool) -> None:
        """To the last day of something, or to the day after it."""
        for _ in range(60 if self._ahead(edge) else 0):
            if self._at(edge):
                break
            self.time_passes(1)
        if after:
            self.time_passes(1)

    def _ahead(self, edge: str) -> bool:
        return {
            "reply": self.used < self.allowed() and self.handling(),
            "notice": self.notice < 7 and self.handling(),
            "answer": any(stop.limited and stop.pending() for stop in self.stops),
            "fee": self.state == "awaiting_payment",
            "correction": self.state == "awaiting_correction",
        }[edge]

    def _at(self, edge: str) -> bool:
        if edge == "correction":
            return self.today == self.asked_until
        reached = {"reply": self.used == self.allowed(), "notice": self.notice == 7, "fee": self.fee_used == 20}
        return self.ticked and reached.get(edge, any(stop.worked == 15 for stop in self.stops))

    def _tick(self) -> None:
        worked = CALENDAR.is_working_day(self.today)
        paused = False
        for stop in self.stops:
            if stop.pending():
                stop.worked += worked
                stop.over = stop.limited and (stop.worked > 15 or (stop.worked == 15 and not worked))
                paused |= stop.pending() and (stop.third or self.law == 2019)
        self.notice += worked and self.state != "arrived"
        self.fee_used += worked
        # A question put on the last day stops nothing: there is no time left to stop.
        self.over |= self.used >= self.allowed()
        self.used += worked and self.state != "arrived" and not paused
        self.ticked = worked

    def allowed(self) -> int:
        return self.days + (self.extension[0] if self.extension and self.extension[1] else 0)

    def handling(self) -> bool:
        return self.state == "handling" and not any(stop.pending() for stop in self.stops)

    def step(self, actor: Actor, right: bool, allowed: bool, does: Callable[[], Request], head: bool = False) -> bool:
        """Take the step; say whether it was taken. The model has said whether it should be."""
        expected = right and allowed and actor is (HEAD if head else CLERK)
        refused: TransitionRefused | None = None
        try:
            self.request = does()
        except TransitionRefused as refusal:
            refused = refusal
        assert (refused is None) is expected, f"{self.state}: {refused}"
        if refused is not None:
            self._explained(refused)
        return expected

    def _explained(self, refusal: TransitionRefused) -> None:
        possible = refusal.facts["possible"]
        assert isinstance(possible, tuple)
        roles = {entry.partition(":")[2] for entry in possible}
        ended = self.state in ("replied", "abandoned", "enquiry")
        assert roles == {"records_officer"} if ended else "request_clerk" in roles
        assert str(refusal.facts["instead"])
        assert refusal.facts["record"] == "r-1"

    @invariant()
    def the_state_is_the_models(self) -> None:
        shown = state_of(self.request, self.ctx()).value
        if self.state == "handling" and not self.handling():
            assert shown == "consulting"
        else:
            assert shown == self.state

    @mostly("arrived")
    @rule(actor=ACTORS)
    def confirm(self, actor: Actor) -> None:
        if self.step(
            actor, self.state == "arrived", True, lambda: receipt.confirm(self.request, actor=actor, ctx=self.ctx())
        ):
            self.state = "received"
            assert self.request.received_on == self.today
            self.used = self.notice = 0

    @mostly("received")
    @rule(actor=ACTORS, enquiry=st.sampled_from([False, False, False, True]), reason=st.sampled_from(["", "理由"]))
    def triage(self, actor: Actor, enquiry: bool, reason: str) -> None:
        kind = RequestKind.ENQUIRY if enquiry else RequestKind.INFORMATION
        if self.step(
            actor,
            self.state == "received",
            not enquiry or bool(reason),
            lambda: requests.triage(self.request, actor=actor, ctx=self.ctx(), kind=kind, reason=reason),
        ):
            self.state = "enquiry" if enquiry else "handling"

    @mostly("handling")
    @rule(actor=ACTORS, days=st.integers(-1, 12))
    def ask_correction(self, actor: Actor, days: int) -> None:
        until = self.today + days * DAY
        once = self.corrections == 0 or self.law == 2007
        in_time = self.law == 2007 or self.notice < 7 or (self.notice == 7 and self.ticked)
        if self.step(
            actor,
            self.handling(),
            once and in_time and days > 0,
            lambda: requests.ask_correction(self.request, actor=actor, ctx=self.ctx(), asked_for="事项", until=until),
        ):
            self.state, self.asked_until = "awaiting_correction", until
            self.corrections += 1

    @precondition(lambda self: self.today.toordinal() % 3 == 0)
    @mostly("awaiting_correction")
    @rule(actor=ACTORS)
    def correct(self, actor: Actor) -> None:
        if self.step(
            actor,
            self.state == "awaiting_correction",
            True,
            lambda: requests.correct(self.request, actor=actor, ctx=self.ctx()),
        ):
            self.state = "handling"
            if self.law == 2019:
                self.used, self.over = 0, False

    @precondition(lambda self: len(self.stops) < 2)
    @mostly("handling")
    @rule(actor=ACTORS, third=st.booleans(), joint=st.booleans())
    def consult(self, actor: Actor, third: bool, joint: bool) -> None:
        cause = THIRD if third else SuspensionCause.OTHER_ORGAN
        if self.step(
            actor,
            self.state == "handling",
            not (third and joint),
            lambda: requests.consult(self.request, actor=actor, ctx=self.ctx(), cause=cause, joint_maker=joint),
        ):
            self.stops.append(Consultation(third, self.law == 2019 and (third or joint)))

    @mostly("handling")
    @rule(actor=ACTORS, part=st.integers(0, 3), opinion=st.sampled_from(Opinion))
    def answer(self, actor: Actor, part: int, opinion: Opinion) -> None:
        there = 1 <= part <= len(self.stops) and not self.stops[part - 1].answered
        silent = opinion is Opinion.SILENT
        ok = there and (not silent or not self.stops[part - 1].limited or self.stops[part - 1].over)
        if self.step(
            actor,
            self.state == "handling",
            ok,
            lambda: requests.answer(self.request, actor=actor, ctx=self.ctx(), opinion=opinion, part=part),
        ):
            self.stops[part - 1].answered = True

    @mostly("handling")
    @rule(actor=HEADS, days=st.integers(0, 21))
    def extend(self, actor: Actor, days: int) -> None:
        if self.step(
            actor,
            self.state == "handling",
            self.extension is None and 1 <= days <= self.days and not self.over,
            lambda: requests.extend(self.request, actor=actor, ctx=self.ctx(), days=days),
            head=True,
        ):
            self.extension = (days, False)

    @mostly("handling")
    @rule(actor=ACTORS)
    def tell_of_the_extension(self, actor: Actor) -> None:
        consented = self.extension is not None and not self.extension[1]
        if self.step(
            actor,
            self.state == "handling",
            consented and not self.over,
            lambda: requests.notify_extension(self.request, actor=actor, ctx=self.ctx()),
        ):
            assert self.extension is not None
            self.extension = (self.extension[0], True)

    @mostly("handling")
    @rule(actor=ACTORS, amount=st.sampled_from([0, 100]))
    def charge(self, actor: Actor, amount: int) -> None:
        if self.step(
            actor,
            self.handling(),
            self.law == 2019 and not self.charged and amount > 0 and not self.over,
            lambda: requests.charge(self.request, actor=actor, ctx=self.ctx(), amount=Decimal(amount)),
        ):
            self.state, self.charged, self.fee_used = "awaiting_payment", True, 0

    @precondition(lambda self: self.today.toordinal() % 4 == 0)
    @mostly("awaiting_payment")
    @rule(actor=ACTORS)
    def pay(self, actor: Actor) -> None:
        if self.step(
            actor,
            self.state == "awaiting_payment",
            True,
            lambda: requests.pay(self.request, actor=actor, ctx=self.ctx()),
        ):
            self.state, self.used, self.over = "handling", 0, False

    @mostly("awaiting_payment", "awaiting_correction")
    @rule(actor=ACTORS)
    def abandon(self, actor: Actor) -> None:
        if self.state == "awaiting_payment":
            over = self.fee_used > 20 or (self.fee_used == 20 and not self.ticked)
        else:
            over = self.law == 2019 and self.asked_until is not None and self.today > self.asked_until
        if self.step(
            actor,
            self.state in ("awaiting_correction", "awaiting_payment"),
            over,
            lambda: requests.abandon(self.request, actor=actor, ctx=self.ctx()),
        ):
            self.state = "abandoned"

    @mostly("handling")
    @rule(actor=ACTORS)
    def ask_reasons(self, actor: Actor) -> None:
        if self.step(
            actor,
            self.handling(),
            self.law == 2019 and not self.reasons,
            lambda: requests.ask_reasons(self.request, actor=actor, ctx=self.ctx()),
        ):
            self.state, self.reasons = "awaiting_reasons", True

    @mostly("awaiting_reasons")
    @rule(actor=ACTORS, good=st.booleans(), given=st.booleans())
    def weigh_reasons(self, actor: Actor, good: bool, given: bool) -> None:
        day = self.today if given else None
        if self.step(
            actor,
            self.state == "awaiting_reasons",
            given or not good,
            lambda: requests.weigh_reasons(self.request, actor=actor, ctx=self.ctx(), reasonable=good, given_on=day),
        ):
            self.state = "handling"

    @rule(actor=ACTORS, really=st.integers(0, 30))
    def withdraw(self, actor: Actor, really: int) -> None:
        if really == 0 and self.step(
            actor,
            self.state not in ("abandoned", "enquiry", "replied"),
            True,
            lambda: requests.withdraw(self.request, actor=actor, ctx=self.ctx()),
        ):
            self.state = "abandoned"

    @precondition(lambda self: self.today.toordinal() % 5 == 0)
    @rule(actor=ACTORS, name=st.sampled_from(list(REPLIES)))
    def reply(self, actor: Actor, name: str) -> None:
        about, laws, refuses = REPLIES[name]
        waits = self.state == "awaiting_correction"
        early = waits and refuses and self.asked_until is not None and self.today <= self.asked_until
        said = Reply(on=self.today, **about)
        if self.step(
            actor,
            self.handling() or waits,
            self.law in laws and not early,
            lambda: requests.reply(self.request, actor=actor, ctx=self.ctx(), said=said),
        ):
            self.state = "replied"
            assert self.request.reply is not None
            assert self.request.closed_on == self.today


TestRequestMachine = RequestMachine.TestCase
TestRequestMachine.settings = settings(
    max_examples=250, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_every_step_that_somebody_takes_is_tried() -> None:
    """Those left out are in test_requests.py."""
    tried = set(dir(RequestMachine)) | {"receive", "accept", "redirect", "notify_extension"}
    taken = {entry.name for entry in REQUEST.transitions if entry.roles}
    assert taken - tried == {"set_delay", "transfer", "erase"}
