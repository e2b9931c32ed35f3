"""Drawn histories of workflows: steps that persons took, one after the other, each as the law of its day allows.

Steps are tried through the workflow itself, with the arguments that it asks for most; what it refuses did not happen.
So every history is lawful, and every step of every table is reached by some.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Generic, TypeVar

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.errors import NotComputable, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import (
    AuthorityKind,
    ClassifiedItem,
    DisclosureAttribute,
    ReviewResult,
    SecrecyLevel,
)
from govopen.model.requests import (
    ChannelKind,
    FeeMethod,
    Opinion,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Request,
    RequestKind,
    SuspensionCause,
)
from govopen.rules import samples
from govopen.rules.context import Context
from govopen.testing.compliant import law
from govopen.workflow import disclosure, receipt, requests, secrecy
from govopen.workflow.catalogue import workflow_named
from govopen.workflow.request_table import state_of

__all__ = ["History", "Taken", "drawn_histories"]

R = TypeVar("R", bound=Record)

_UNIT = samples.UNIT.id
_STAFF = {role: Actor(id=f"u-{role.value}", roles={_UNIT: frozenset({role})}) for role in Role}
_CALENDAR = china_calendar()
_GROUND = "trade_secret"


@attrs.frozen(kw_only=True)
class Taken(Generic[R]):
    """One step that was taken.

    Attributes:
        step: Its name in the workflow's table.
        by: Who took it.
        on: The day.
        record: The record afterwards.
    """

    step: str
    by: str
    on: dt.date
    record: R = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class History(Generic[R]):
    """What happened to one record.

    Attributes:
        workflow: Name of the workflow.
        steps: In the order in which they were taken; the first brought the record about.
    """

    workflow: str
    steps: tuple[Taken[R], ...]

    @property
    def record(self) -> R:
        """The record as it came out."""
        return self.steps[-1].record

    @property
    def until(self) -> dt.date:
        """The day of the last step."""
        return self.steps[-1].on


Step = Callable[[st.DrawFn, Any, Actor, Context], Record]


def _draft(draw: st.DrawFn, _: None, actor: Actor, ctx: Context) -> InformationItem:
    blank = InformationItem(id="item-1", unit=_UNIT, category=Category.OTHER, title="名称", created_on=ctx.as_of)
    return disclosure.draft(None, blank, actor=actor, ctx=ctx)


def _change(draw: st.DrawFn, item: InformationItem, actor: Actor, ctx: Context) -> InformationItem:
    changed = attrs.evolve(item, title=f"{item.title}改")
    return disclosure.draft(item, changed, actor=actor, ctx=ctx)


def _propose(draw: st.DrawFn, item: InformationItem, actor: Actor, ctx: Context) -> InformationItem:
    attribute = draw(st.sampled_from(list(DisclosureAttribute)))
    ground = _GROUND if attribute is DisclosureAttribute.EXEMPT else ""
    return disclosure.propose(item, actor=actor, ctx=ctx, attribute=attribute, ground=ground)


_DISCLOSURE: Mapping[str, Step] = {
    "draft": _draft,
    "change": _change,
    "review_secrecy": lambda draw, item, actor, ctx: disclosure.review_secrecy(
        item, actor=actor, ctx=ctx, result=ReviewResult.NOT_CLASSIFIED
    ),
    "refer": lambda draw, item, actor, ctx: disclosure.review_secrecy(
        item, actor=actor, ctx=ctx, result=ReviewResult.UNSURE
    ),
    "propose": _propose,
    "review": lambda draw, item, actor, ctx: disclosure.review(item, actor=actor, ctx=ctx),
    "send_back": lambda draw, item, actor, ctx: disclosure.send_back(item, actor=actor, ctx=ctx, reason="理由"),
    "decide": lambda draw, item, actor, ctx: disclosure.decide(item, actor=actor, ctx=ctx),
    "withdraw": lambda draw, item, actor, ctx: disclosure.withdraw(item, actor=actor, ctx=ctx, reason="理由"),
}


def _determine(draw: st.DrawFn, _: None, actor: Actor, ctx: Context) -> ClassifiedItem:
    condition = draw(st.booleans())
    return secrecy.determine(
        _UNIT,
        "classified-1",
        actor=actor,
        ctx=ctx,
        level=draw(st.sampled_from(list(SecrecyLevel))),
        until=None if condition else ctx.as_of + dt.timedelta(days=draw(st.integers(1, 3_000))),
        condition=condition,
        basis="岭保〔2011〕3号",
        authority=draw(st.sampled_from(list(AuthorityKind))),
        authorisation="SC-2011-003",
    )


def _extend_period(draw: st.DrawFn, item: ClassifiedItem, actor: Actor, ctx: Context) -> ClassifiedItem:
    until = (item.classified_until or ctx.as_of) + dt.timedelta(days=draw(st.integers(1, 300)))
    return secrecy.extend(item, actor=actor, ctx=ctx, until=until, basis="岭保〔2012〕1号", authorisation="SC-2012-001")


_SECRECY: Mapping[str, Step] = {
    "determine": _determine,
    "extend": _extend_period,
    "declassify": lambda draw, item, actor, ctx: secrecy.declassify(item, actor=actor, ctx=ctx),
}


def _receive(draw: st.DrawFn, _: None, actor: Actor, ctx: Context) -> Request:
    channel = draw(st.sampled_from([ChannelKind.IN_PERSON, ChannelKind.EMAIL, ChannelKind.FAX, ChannelKind.WEBSITE]))
    blank = Request(id="request-1", unit=_UNIT, received_on=ctx.as_of, channel=channel, description="内容")
    return receipt.receive(blank, actor=actor, ctx=ctx)


def _ask_correction(draw: st.DrawFn, request: Request, actor: Actor, ctx: Context) -> Request:
    until = ctx.as_of + dt.timedelta(days=draw(st.integers(5, 20)))
    return requests.ask_correction(request, actor=actor, ctx=ctx, asked_for="事项", until=until)


def _consult(draw: st.DrawFn, request: Request, actor: Actor, ctx: Context) -> Request:
    cause = draw(st.sampled_from(list(SuspensionCause)))
    return requests.consult(request, actor=actor, ctx=ctx, cause=cause, asked="征求对象")


def _answer(draw: st.DrawFn, request: Request, actor: Actor, ctx: Context) -> Request:
    part = next((number for number, stop in enumerate(request.suspensions, 1) if stop.until is None), 1)
    opinion = draw(st.sampled_from([Opinion.CONSENT, Opinion.OBJECT]))
    return requests.answer(request, actor=actor, ctx=ctx, opinion=opinion, part=part)


def _weigh(draw: st.DrawFn, request: Request, actor: Actor, ctx: Context) -> Request:
    reasonable = draw(st.booleans())
    given_on = ctx.as_of if reasonable else draw(st.none() | st.just(ctx.as_of))
    return requests.weigh_reasons(request, actor=actor, ctx=ctx, reasonable=reasonable, given_on=given_on)


def _reply(draw: st.DrawFn, request: Request, actor: Actor, ctx: Context) -> Request:
    granted = Reply(on=ctx.as_of, outcome=ReplyOutcome.GRANTED, items=("item-1",))
    why = {"reasons": "理由", "remedies_named": True}
    refused = Reply(on=ctx.as_of, outcome=ReplyOutcome.REFUSED, ground=_GROUND, **why)  # type: ignore[arg-type]
    unable = Reply(
        on=ctx.as_of,
        outcome=ReplyOutcome.UNABLE,
        kind=ReplyKind.NOT_HELD,
        **why,  # type: ignore[arg-type]
    )
    return requests.reply(request, actor=actor, ctx=ctx, said=draw(st.sampled_from([granted, refused, unable])))


_REQUEST: Mapping[str, Step] = {
    "receive": _receive,
    "confirm": lambda draw, request, actor, ctx: receipt.confirm(request, actor=actor, ctx=ctx),
    "accept": lambda draw, request, actor, ctx: requests.triage(
        request, actor=actor, ctx=ctx, kind=RequestKind.INFORMATION
    ),
    "redirect": lambda draw, request, actor, ctx: requests.triage(
        request, actor=actor, ctx=ctx, kind=RequestKind.ENQUIRY, reason="理由"
    ),
    "ask_correction": _ask_correction,
    "correct": lambda draw, request, actor, ctx: requests.correct(request, actor=actor, ctx=ctx),
    "consult": _consult,
    "answer": _answer,
    "extend": lambda draw, request, actor, ctx: requests.extend(
        request, actor=actor, ctx=ctx, days=draw(st.integers(1, 15))
    ),
    "notify_extension": lambda draw, request, actor, ctx: requests.notify_extension(request, actor=actor, ctx=ctx),
    "ask_reasons": lambda draw, request, actor, ctx: requests.ask_reasons(request, actor=actor, ctx=ctx),
    "weigh_reasons": _weigh,
    "set_delay": lambda draw, request, actor, ctx: requests.set_delay(
        request, actor=actor, ctx=ctx, until=ctx.as_of + dt.timedelta(days=draw(st.integers(60, 120)))
    ),
    "charge": lambda draw, request, actor, ctx: requests.charge(
        request, actor=actor, ctx=ctx, amount=Decimal(draw(st.integers(1, 900))), method=FeeMethod.PER_PAGE
    ),
    "pay": lambda draw, request, actor, ctx: requests.pay(request, actor=actor, ctx=ctx),
    "abandon": lambda draw, request, actor, ctx: requests.abandon(request, actor=actor, ctx=ctx),
    "withdraw": lambda draw, request, actor, ctx: requests.withdraw(request, actor=actor, ctx=ctx),
    "transfer": lambda draw, request, actor, ctx: requests.transfer(
        request, actor=actor, ctx=ctx, to="某机关", reasons="理由", remedies_named=True
    ),
    "reply": _reply,
}
_STEPS: Mapping[str, Mapping[str, Step]] = {"disclosure": _DISCLOSURE, "secrecy": _SECRECY, "request": _REQUEST}
_STATES: Mapping[str, Callable[[Any, Context], Any]] = {
    "disclosure": lambda item, ctx: disclosure.standing(item, ctx.as_of).state if item else None,
    "secrecy": lambda item, ctx: secrecy.secrecy_state(item, ctx.as_of) if item else None,
    "request": lambda request, ctx: state_of(request, ctx) if request else None,
}
_AFTER = {
    "notify_extension": "extend",
    "set_delay": "weigh_reasons",
    "weigh_reasons": "ask_reasons",
    "correct": "ask_correction",
    "abandon": "ask_correction",
    "answer": "consult",
    "pay": "charge",
}
"""Steps that only another one makes possible."""

_PAUSES = st.sampled_from([0, 0, 1, 1, 2, 5, 12, 30])
_STARTS = (dt.date(2012, 3, 1), dt.date(2021, 3, 1), dt.date(2025, 3, 3))


def _towards(step: str) -> list[str]:
    """The step, and before it those that make it possible."""
    return [*(_towards(_AFTER[step]) if step in _AFTER else ()), step]


@st.composite
def drawn_histories(draw: st.DrawFn, workflow: str, *, max_steps: int = 8) -> History[Record]:
    """A history of the workflow of that name, of one to ``max_steps`` steps under the law of 2007 or of 2019.

    Raises:
        InputError: There is no workflow of that name.
    """
    table, steps = workflow_named(workflow), _STEPS[workflow]
    day = draw(st.sampled_from(_STARTS))
    record: Record | None = None
    taken: list[Taken[Record]] = []
    visited: set[object] = set()
    aims = _towards(draw(st.sampled_from(list(steps))))
    ends = {state for state in table.states if all(entry.name not in steps for entry in table.possible(state))}
    for _ in range(draw(st.integers(1, max_steps))):
        ctx = Context(as_of=day, library=law(), calendar=_CALENDAR)
        state = _STATES[workflow](record, ctx)
        visited.add(state)
        possible = [entry for entry in table.possible(state) if entry.name in steps]
        if not possible:
            break
        done = {entry.step for entry in taken}
        wanted = next((step for step in aims if step not in done and step in {each.name for each in possible}), None)
        # Towards the aim; else onwards and not to an end at once, or few histories would come to much.
        onwards = [each for each in possible if each.target not in visited | ends and each.target is not None]
        name = wanted or draw(st.sampled_from(onwards or possible)).name
        actor = _STAFF[table.transition(name).roles[0]]
        try:
            record = steps[name](draw, record, actor, ctx)
        except (TransitionRefused, NotComputable):
            # Not on that day, or not with those arguments: it did not happen.
            day += dt.timedelta(days=draw(_PAUSES))
            continue
        taken.append(Taken(step=name, by=actor.id, on=day, record=record))
        day += dt.timedelta(days=draw(_PAUSES))
    assume(taken)
    return History(workflow=workflow, steps=tuple(taken))
