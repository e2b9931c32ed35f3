"""Transition tables as data: which step leads from where to where, who takes it, and what it asks for.

A workflow module holds the table, a fold that reads the state off a record, and one function per step; the function
asks :func:`permit` first and then returns the record as it is afterwards. Nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import attrs

from govopen.errors import RuleError, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.base import Record
from govopen.rules.context import Context
from govopen.texts import LANGUAGES, Label, Text, shown

__all__ = ["Check", "Guard", "Phrase", "Refusal", "Transition", "Workflow", "flaws", "permit"]

R = TypeVar("R", bound=Record)

Check = Callable[[R, Context, Actor, Mapping[str, Any]], "Refusal | None"]
"""What a guard asks: the record as it is, the law and the day, who acts, the arguments of the step."""


@attrs.frozen
class Phrase(Text):
    """A text whose places are filled already, in both languages: a fact of an error. ``str()`` is the English."""

    def __str__(self) -> str:
        return self.en

    @classmethod
    def of(cls, text: Text, facts: Mapping[str, object]) -> Phrase:
        """``text`` with its places filled: labels and texts in the language, dates as ISO 8601."""
        zh, en = (
            text.get(lang).format(**{name: shown(value, lang) for name, value in facts.items()}) for lang in LANGUAGES
        )
        return cls(zh, en)


@attrs.frozen(kw_only=True)
class Refusal:
    """Why a guard refuses.

    Attributes:
        reason: With ``{named}`` places. A sentence, and what to do about it.
        facts: What fills them: identifiers, codes, labels, dates, counts. Never the text of a record.
    """

    reason: Text
    facts: Mapping[str, object] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True, eq=False)
class Guard(Generic[R]):
    """A condition of a step, apart from who takes it and from where.

    Attributes:
        name: Short, fixed: ``reason-given``.
        title: What it asks for.
        check: Pure; ``None``: it has no objection.
        citations: Where that is written: ``panyu-2011:1.3/o9``.
        ours: Why it is asked for where no law says so.
    """

    name: str
    title: Text
    check: Check[R]
    citations: tuple[str, ...] = ()
    ours: Text | None = None


@attrs.frozen(kw_only=True, eq=False)
class Transition(Generic[R]):
    """A step.

    Attributes:
        name: As the journal's cause has it after the workflow's: ``propose`` of ``disclosure.propose``.
        title: What is done.
        sources: The states from which it can be taken. Empty: it brings the record about.
        target: The state it leads to; ``None``: it stays where it is.
        roles: Any one of them is enough. Empty: nobody takes it, it comes about by the passing of time.
        guards: Asked in this order; the first objection refuses.
        citations: Where the step is written.
        ours: Why there is such a step where no law says so.
    """

    name: str
    title: Text
    sources: tuple[Label, ...] = ()
    target: Label | None
    roles: tuple[Role, ...]
    guards: tuple[Guard[R], ...] = ()
    citations: tuple[str, ...] = ()
    ours: Text | None = None


@attrs.frozen(kw_only=True, eq=False)
class Workflow(Generic[R]):
    """A transition table.

    Attributes:
        name: Short, lower case: ``disclosure``.
        title: What it is about.
        states: All of them, in the order of their course.
        initial: Where a record starts.
        transitions: In the order of their course.
    """

    name: str
    title: Text
    states: type[Label]
    initial: Label
    transitions: tuple[Transition[R], ...]

    def transition(self, name: str) -> Transition[R]:
        """The step of that name.

        Raises:
            RuleError: There is none.
        """
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise RuleError(
            "The workflow {workflow} has no step {step}.",
            hint="Known: {known}.",
            workflow=self.name,
            step=name,
            known=", ".join(entry.name for entry in self.transitions),
        )

    def possible(self, state: Label | None) -> tuple[Transition[R], ...]:
        """The steps that somebody can take from ``state``; ``None``: while there is no record yet."""
        return tuple(
            entry
            for entry in self.transitions
            if entry.roles and (state in entry.sources if state is not None else not entry.sources)
        )


_ABSENT = Text("尚未建立", "not there yet")
_WRONG_STATE = Text(
    "这一步骤只能在以下状态进行：{sources}。", "It can only be taken from one of these states: {sources}."
)
_NOT_YET = Text("这一步骤用于新建记录，而记录已经存在。", "It brings a record about, and there is one already.")
_WRONG_ROLE = Text(
    "{actor}在{unit}不是{roles}；这一步骤须由{roles}进行。",
    "{actor} is not {roles} in {unit}, and the step is theirs to take.",
)
_BY_ITSELF = Text(
    "这一步骤随期限届满自行发生，无须也不能由人进行。", "It comes about by the passing of time. Nobody takes it."
)
_NOTHING = Text("没有可以进行的步骤。", "nothing can be done.")
_OR = Text("或者", " or ")


def permit(  # noqa: PLR0917 - a step is what who does to which record, and its own arguments may have any name
    workflow: Workflow[R],
    record: R,
    unit: str,
    state: Label | None,
    transition_name: str,
    actor: Actor,
    ctx: Context,
    /,
    **arguments: Any,
) -> Transition[R]:
    """The step, if ``actor`` may take it now.

    Args:
        workflow: The table.
        record: The record as it is; as it is to be, for a step that brings it about.
        unit: In which the actor needs the role.
        state: Of the record, on the day of the step; ``None``: there is no record yet.
        transition_name: Of the step.
        actor: Who wants to take it.
        ctx: ``ctx.as_of`` is the day of the step.
        arguments: Of the step, for its guards.

    Raises:
        TransitionRefused: The state, the role or a guard stands against it. Facts: ``workflow``, ``step``,
            ``transition``, ``record``, ``unit``, ``actor``, ``state``, ``state_code``, ``refused_by`` (``state``,
            ``role`` or the name of the guard), ``reason``, ``citations``, ``possible`` (``step:role`` of all that can
            be done instead, also as the sentence ``instead``).
        RuleError: The workflow has no such step.
    """
    transition = workflow.transition(transition_name)
    asked = _Asked(workflow=workflow, record=record, unit=unit, state=state, transition=transition, actor=actor)
    facts: dict[str, object] = {"actor": actor.id, "unit": unit}
    if not transition.roles:
        raise asked.refused("state", Refusal(reason=_BY_ITSELF))
    if (state not in transition.sources) if transition.sources else (state is not None):
        facts["sources"] = transition.sources
        raise asked.refused("state", Refusal(reason=_WRONG_STATE if transition.sources else _NOT_YET, facts=facts))
    if not any(actor.may(role, unit) for role in transition.roles):
        facts["roles"] = _either(transition.roles)
        raise asked.refused("role", Refusal(reason=_WRONG_ROLE, facts=facts))
    for guard in transition.guards:
        refusal = guard.check(record, ctx, actor, arguments)
        if refusal is not None:
            raise asked.refused(guard.name, refusal, guard.citations)
    return transition


@attrs.frozen(kw_only=True, eq=False)
class _Asked(Generic[R]):
    """What was asked for."""

    workflow: Workflow[R]
    record: R
    unit: str
    state: Label | None
    transition: Transition[R]
    actor: Actor

    def refused(self, by: str, refusal: Refusal, citations: tuple[str, ...] | None = None) -> TransitionRefused:
        cited = self.transition.citations if citations is None else citations
        possible = self.workflow.possible(self.state)
        return TransitionRefused(
            "The step “{step}” of {record} is refused: {reason}{law} It stands at “{state}”.",
            hint="What can be done there, and by whom: {instead}",
            workflow=self.workflow.name,
            step=_phrase(self.transition.title),
            transition=self.transition.name,
            record=self.record.id,
            unit=self.unit,
            actor=self.actor.id,
            state=_phrase(_ABSENT if self.state is None else self.state.text),
            state_code="" if self.state is None else self.state.value,
            refused_by=by,
            reason=Phrase.of(refusal.reason, refusal.facts),
            citations=cited,
            law=f" ({', '.join(cited)})" if cited else "",
            instead=_instead(possible),
            possible=tuple(f"{entry.name}:{role.value}" for entry in possible for role in entry.roles),
        )


def _phrase(text: Text) -> Phrase:
    return Phrase(text.zh, text.en)


def _either(roles: Iterable[Role]) -> Phrase:
    found = tuple(roles)
    return Phrase(_OR.zh.join(role.text.zh for role in found), _OR.en.join(role.text.en for role in found))


def _instead(possible: Iterable[Transition[R]]) -> Phrase:
    each = [(entry.title, _either(entry.roles)) for entry in possible]
    if not each:
        return _phrase(_NOTHING)
    return Phrase(
        "；".join(f"{title.zh}（{roles.zh}）" for title, roles in each) + "。",
        "; ".join(f"{title.en} ({roles.en})" for title, roles in each) + ".",
    )


def flaws(workflow: Workflow[R]) -> Iterator[str]:
    """What is wrong with a table, one line each; none of it depends on a record.

    Looked for are states nobody reaches, states of another enumeration, names given twice, a start that nothing brings
    about, and steps or guards that neither cite a law nor say that they are ours.
    """
    states = set(workflow.states)
    names = [entry.name for entry in workflow.transitions]
    yield from (f"{name}: given twice" for name in sorted({name for name in names if names.count(name) > 1}))
    for entry in workflow.transitions:
        targets = () if entry.target is None else (entry.target,)
        yield from (f"{entry.name}: unknown state {state}" for state in {*entry.sources, *targets} - states)
        if not entry.sources and entry.target is not workflow.initial:
            yield f"{entry.name}: a record does not start there"
        parts: tuple[Transition[R] | Guard[R], ...] = (entry, *entry.guards)
        for cited in parts:
            if not cited.citations and cited.ours is None:
                yield f"{entry.name}: {cited.name} neither cites nor says that it is ours"
    if all(entry.sources for entry in workflow.transitions):
        yield "nothing brings a record about"
    reached: set[Label] = {workflow.initial}
    while (
        more := {
            entry.target for entry in workflow.transitions if entry.target is not None and reached & set(entry.sources)
        }
        - reached
    ):
        reached |= more
    yield from (f"{state}: nobody gets there" for state in workflow.states if state not in reached)
