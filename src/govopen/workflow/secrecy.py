"""Determination, extension and end of secrecy (clause 1.3; State Secrets Law 2010 articles 13 to 19, 2024 articles 17
to 24). An item that is no longer secret is not thereby open: its disclosure review begins.
"""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.model.actors import Actor, Role
from govopen.model.classification import AuthorityKind, ClassifiedItem, PeriodExtension, SecrecyLevel
from govopen.rules.context import Context
from govopen.texts import Label, Text
from govopen.workflow import secrecy_guards as guards
from govopen.workflow.table import Transition, Workflow, permit

__all__ = ["SECRECY", "SecrecyState", "declassify", "determine", "extend", "secrecy_state"]


class SecrecyState(Label):
    """Whether something is secret."""

    CLASSIFIED = "classified", "已定密", "classified"
    EXTENDED = "extended", "已延长保密期限", "classified, period extended"
    EXPIRED = "expired", "保密期限届满", "period expired"
    DECLASSIFIED = "declassified", "已提前解密", "declassified early"


_State = SecrecyState
_SECRET = (_State.CLASSIFIED, _State.EXTENDED)


def secrecy_state(item: ClassifiedItem, on: dt.date) -> SecrecyState | None:
    """The state at the end of that day; ``None``: it was not determined yet.

    The last day of the period is within it, the day of declassification is not. As to whether it is a bar, the record
    is taken at its word (:meth:`~govopen.model.classification.ClassifiedItem.classified_on`), be it complete or not.
    """
    if on < item.determined_on:
        return None
    if item.declassified_on is not None and on >= item.declassified_on:
        expired = item.classified_until is not None and item.classified_until < item.declassified_on
        return _State.EXPIRED if expired else _State.DECLASSIFIED
    if not item.classified_on(on):
        return _State.EXPIRED
    extended = any(entry.decided_on <= on for entry in item.extensions)
    return _State.EXTENDED if extended else _State.CLASSIFIED


SECRECY: Workflow[ClassifiedItem] = Workflow(
    name="secrecy",
    title=Text("定密与解密", "determination of secrecy"),
    states=_State,
    initial=_State.CLASSIFIED,
    transitions=(
        Transition(
            name="determine",
            title=Text("定密", "determine"),
            target=_State.CLASSIFIED,
            roles=(Role.CLASSIFIER,),
            guards=(guards.BASIS, guards.AUTHORITY, guards.LEVEL, guards.PERIOD, guards.CEILING),
            citations=("panyu-2011:1.3/o2", "secrets-2010:12", "secrets-2024:16"),
        ),
        Transition(
            name="extend",
            title=Text("延长保密期限", "extend the period"),
            sources=_SECRET,
            target=_State.EXTENDED,
            roles=(Role.CLASSIFIER,),
            guards=(guards.HAS_PERIOD, guards.LONGER, guards.DECISION_BASIS, guards.IN_SEQUENCE),
            citations=("secrets-2010:19", "secrets-2024:24"),
        ),
        Transition(
            name="declassify",
            title=Text("提前解密", "declassify early"),
            sources=_SECRET,
            target=_State.DECLASSIFIED,
            roles=(Role.CLASSIFIER,),
            guards=(guards.IN_SEQUENCE,),
            citations=("secrets-2010:19", "secrets-2024:24"),
        ),
        Transition(
            name="expire",
            title=Text("期限届满，自行解密", "the period ends"),
            sources=_SECRET,
            target=_State.EXPIRED,
            roles=(),
            citations=("secrets-2010:19", "secrets-2024:24"),
        ),
    ),
)
"""Determination and release of secrecy (1.3/o2)."""


def determine(
    unit: str,
    id: str,  # noqa: A002 - the identifier of the record
    *,
    actor: Actor,
    ctx: Context,
    level: SecrecyLevel,
    until: dt.date | None = None,
    condition: bool = False,
    basis: str,
    authority: AuthorityKind,
    authorisation: str,
    provided_otherwise: str = "",
) -> ClassifiedItem:
    """What was determined to be secret on the day of ``ctx``, as an unclassified system may know it.

    Args:
        unit: Whose secret it is.
        id: Identifier; the item of that identifier, if there is one, has to go.
        actor: The person responsible for classification.
        ctx: Law and day.
        level: The level.
        until: Last day of the period.
        condition: Whether it ends on a condition instead: one of the two, never both.
        basis: Citation or number of the list it rests on.
        authority: Original, by an authorisation, or derived from what is classified already.
        authorisation: Number of the authorisation or of the source.
        provided_otherwise: The provision for a period past the ceiling of the level.

    Raises:
        TransitionRefused: The actor may not, or what law asks for is missing.
        NotComputable: The law of that day is not known here.
    """
    made = ClassifiedItem(
        id=id,
        unit=unit,
        level=level,
        determined_on=ctx.as_of,
        classified_until=until,
        declassify_condition=condition,
        basis=basis.strip(),
        authority=authority,
        authorisation=authorisation.strip(),
        provided_otherwise=provided_otherwise.strip(),
    )
    permit(SECRECY, made, unit, None, "determine", actor, ctx)
    return made


def extend(
    item: ClassifiedItem, *, actor: Actor, ctx: Context, until: dt.date, basis: str, authorisation: str
) -> ClassifiedItem:
    """The item with a longer period, decided on the day of ``ctx``, which is the last of the period at the latest.

    Raises:
        TransitionRefused: The actor may not, or not any more.
    """
    _permit(item, "extend", actor, ctx, until=until, basis=basis, authorisation=authorisation)
    previous = item.classified_until if item.classified_until is not None else until
    extension = PeriodExtension(
        decided_on=ctx.as_of,
        previous_until=previous,
        until=until,
        basis=basis.strip(),
        authorisation=authorisation.strip(),
    )
    return attrs.evolve(item, classified_until=until, extensions=(*item.extensions, extension))


def declassify(item: ClassifiedItem, *, actor: Actor, ctx: Context) -> ClassifiedItem:
    """The item as secret no longer, from the day of ``ctx`` on. That removes a bar and clears nothing.

    Raises:
        TransitionRefused: The actor may not, or it is not secret any more.
    """
    _permit(item, "declassify", actor, ctx)
    return attrs.evolve(item, declassified_on=ctx.as_of)


def _permit(item: ClassifiedItem, step: str, actor: Actor, ctx: Context, **arguments: object) -> None:
    permit(SECRECY, item, item.unit, secrecy_state(item, ctx.as_of), step, actor, ctx, **arguments)
