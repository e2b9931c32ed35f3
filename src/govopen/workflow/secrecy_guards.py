"""What determination and extension of secrecy ask for, besides state and role (State Secrets Law)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from govopen.model.actors import Actor
from govopen.model.base import FieldName, filled
from govopen.model.classification import AuthorityKind, ClassifiedItem
from govopen.rules.context import Context
from govopen.rules.secrecy_period import ceiling_of
from govopen.texts import Text
from govopen.workflow.sequence import in_sequence
from govopen.workflow.table import Guard, Refusal

__all__ = [
    "AUTHORITY",
    "BASIS",
    "CEILING",
    "DECISION_BASIS",
    "HAS_PERIOD",
    "IN_SEQUENCE",
    "LEVEL",
    "LONGER",
    "PERIOD",
]

_Args = Mapping[str, Any]
_POWER = "secrets/authority"


def _basis(record: ClassifiedItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if filled(record.basis):
        return None
    return Refusal(reason=Text("请写明定密依据。", "State the basis of the determination."))


BASIS: Guard[ClassifiedItem] = Guard(
    name="basis",
    title=Text("有定密依据", "It rests on a basis"),
    check=_basis,
    citations=("secrets-2010:14", "secrets-2024:19"),
)
"""It rests on a basis."""


def _authority(record: ClassifiedItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    power = ctx.matter(_POWER, on=ctx.as_of)
    inherent = record.authority is AuthorityKind.ORIGINAL and record.level.value in power.keys("inherent")
    if filled(record.authorisation) or inherent:
        return None
    return Refusal(
        reason=Text(
            "区级单位没有固有的定密权：{authority}须写明授权或者派生来源的编号。",
            "A district's unit has no power of its own to classify: for {authority} classification, give the number of "
            "the authorisation or of the source.",
        ),
        facts={"authority": record.authority},
    )


AUTHORITY: Guard[ClassifiedItem] = Guard(
    name="authority",
    title=Text("经授权或者派生于已定密事项", "It is authorised, or derived from what is classified"),
    check=_authority,
    citations=("secrets-2010:13", "secrets-2024:17", "secrets-2024:18"),
)
"""It is authorised, or derived from what is classified."""


def _level(record: ClassifiedItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    """Who authorised is not on record, so the widest authorisation is the measure; a derived level is its source's."""
    if record.authority is AuthorityKind.DERIVATIVE:
        return None
    power = ctx.matter(_POWER, on=ctx.as_of)
    levels = {
        level for name in ("inherent", "authorised_by_city", "authorised_by_province") for level in power.keys(name)
    }
    if record.level.value in levels:
        return None
    return Refusal(
        reason=Text("区级单位不能经授权确定{level}级。", "A district's unit cannot be authorised to set {level}."),
        facts={"level": record.level},
    )


LEVEL: Guard[ClassifiedItem] = Guard(
    name="level",
    title=Text("密级在授权范围之内", "The level is one it can be authorised to set"),
    check=_level,
    citations=("secrets-2010:13", "secrets-2024:17"),
)
"""The level is one it can be authorised to set."""


def _period(record: ClassifiedItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    until, on_condition = record.classified_until, record.declassify_condition
    if until is None and not on_condition:
        return Refusal(
            reason=Text(
                "请确定保密期限；定不了期限的，确定解密条件。", "Set a period, or a condition where none can be set."
            )
        )
    if until is not None and on_condition:
        return Refusal(
            reason=Text("期限和解密条件只能择一。", "Set a period or a condition that ends it, not both."),
        )
    if until is not None and until < record.determined_on:
        return Refusal(
            reason=Text(
                "保密期限（至{until}）在定密日（{day}）之前就已届满。",
                "The period (to {until}) would be over before the determination ({day}).",
            ),
            facts={"until": until, "day": record.determined_on},
        )
    return None


PERIOD: Guard[ClassifiedItem] = Guard(
    name="period",
    title=Text("有保密期限或者解密条件", "It has a period, or a condition that ends it"),
    check=_period,
    citations=("secrets-2010:15", "secrets-2024:20"),
)
"""It has a period, or a condition that ends it."""


def _ceiling(record: ClassifiedItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if record.classified_until is None or filled(record.provided_otherwise):
        return None
    years, last = ceiling_of(record, ctx)
    if record.classified_until <= last:
        return None
    return Refusal(
        reason=Text(
            "{level}级的保密期限不超过{years}年，即至{last}；另有规定的，请写明该规定。",
            "A period of {level} is {years} years at most, that is, to {last}. Where it is otherwise provided, state "
            "the provision.",
        ),
        facts={"level": record.level, "years": years, "last": last},
    )


CEILING: Guard[ClassifiedItem] = Guard(
    name="ceiling",
    title=Text("保密期限不超过上限，另有规定的除外", "The period keeps to its ceiling, unless otherwise provided"),
    check=_ceiling,
    citations=("secrets-2010:15", "secrets-2024:20"),
)
"""The period keeps to its ceiling, unless otherwise provided."""


def _has_period(record: ClassifiedItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if record.classified_until is not None:
        return None
    return Refusal(
        reason=Text(
            "没有截止日期，无期限可延长；如须另定期限，请重新定密。",
            "It has no last day that could be moved. For a period, determine it anew.",
        )
    )


HAS_PERIOD: Guard[ClassifiedItem] = Guard(
    name="has-period",
    title=Text("有期限可延长", "There is a period to extend"),
    check=_has_period,
    citations=("secrets-2010:19", "secrets-2024:24"),
)
"""There is a period to extend."""


def _longer(record: ClassifiedItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    until: dt.date = args["until"]
    if record.classified_until is None or until > record.classified_until:
        return None
    return Refusal(
        reason=Text(
            "延长后的期限须晚于原期限（{previous}）；要提前结束的，请办理解密。",
            "The new last day has to be later than {previous}. To end it earlier, declassify it.",
        ),
        facts={"previous": record.classified_until},
    )


LONGER: Guard[ClassifiedItem] = Guard(
    name="longer",
    title=Text("新期限晚于原期限", "The new period ends later"),
    check=_longer,
    citations=("secrets-2010:19", "secrets-2024:24"),
)
"""The new period ends later."""


def _decision_basis(record: ClassifiedItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    lacking = tuple(FieldName(ClassifiedItem, name) for name in ("basis", "authorisation") if not filled(args[name]))
    if not lacking:
        return None
    return Refusal(
        reason=Text(
            "请写明延长的依据和作出决定的机关的文号；延长由原定密机关或者其上级决定。",
            "State the basis of the extension, and the number of the decision: it is for the organ that classified it, "
            "or its superior.",
        ),
        facts={"fields": tuple(str(name) for name in lacking)},
    )


DECISION_BASIS: Guard[ClassifiedItem] = Guard(
    name="decision-basis",
    title=Text("延长有依据和决定", "The extension has a basis and a decision"),
    check=_decision_basis,
    citations=("secrets-2010:19", "secrets-2024:24"),
)
"""The extension has a basis and a decision."""


def _days(record: ClassifiedItem) -> Iterator[dt.date | None]:
    yield record.determined_on
    yield record.declassified_on
    yield from (entry.decided_on for entry in record.extensions)


IN_SEQUENCE = in_sequence(
    _days,
    ours=Text("倒填的日期会使期限届满以后的延长看似及时。", "A backdated extension would look as if it came in time."),
)
"""It is dated no earlier than the steps on record."""
