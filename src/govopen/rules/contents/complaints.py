"""Rules on reports, complaints, calls for help and supervision on own initiative (clause 1.2.5)."""

from __future__ import annotations

import datetime as dt
import operator
from typing import Any

from govopen.model.base import filled
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import ComplaintChannel, ComplaintKind, SupervisionEntry
from govopen.model.units import Duty, Unit
from govopen.rules import samples
from govopen.rules.base import Severity, fold_rule, rule
from govopen.rules.contents.common import NO_COUNT, case, complete, entry, recorded
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.texts import Text

__all__ = ["RULES"]

_ALL = frozenset(ComplaintKind)
_NONE = frozenset[ComplaintKind]()
_SUPERVISION = ("carried_out_on", "result")


def _unit(item: InformationItem) -> str | None:
    return item.unit if item.complaint is not None else None


def _channel(dossier: Dossier[InformationItem]) -> ComplaintChannel:
    content = dossier.record.complaint
    assert content is not None
    return content


def _reachable(dossier: Dossier[InformationItem], ctx: Context) -> frozenset[ComplaintKind]:
    """What a channel takes; a channel without address takes nothing."""
    channel = _channel(dossier)
    return frozenset(channel.takes) if filled(channel.address) else _NONE


def _supervision(**changes: Any) -> InformationItem:
    content: dict[str, Any] = {"carried_out_on": dt.date(2011, 4, 12), "result": "示例结果"}
    return samples.item(
        Category.COMPLAINT, id="supervision-1", complaint=None, supervision=SupervisionEntry(**(content | changes))
    )


@fold_rule(
    subject=Unit,
    over=InformationItem,
    category=Category.COMPLAINT,
    key=_unit,
    map=_reachable,
    merge=operator.or_,
    code="INT051",
    name="complaint-channels-listed",
    title=Text("列出举报、投诉、求助的途径", "Channels for reports, complaints and help are listed"),
    duty=Duty.COMPLAINTS,
    answers=("panyu-2011:1.2.5/o1",),
    basis=("panyu-2011:1.2.5",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "三类诉求缺一类途径，这类诉求就只能找错门或者上访。",
        "Where one of the three has no channel, those who need it knock at the wrong door.",
    ),
    remedy=Text(
        "为每类诉求填写至少一个途径的电话、地址或者网址；一个途径可以受理多类。",
        "Give for each of the three a channel with its phone, address or page; one channel may take several.",
    ),
    messages={
        "missing": Text("下列诉求没有写明地址的受理途径：{missing}。", "No channel with an address takes: {missing}.")
    },
    valid=(
        case("一个途径受理三类", "one channel takes all", entry(Category.COMPLAINT)),
        case(
            "两个途径合计三类",
            "two channels together",
            entry(Category.COMPLAINT, takes=(ComplaintKind.REPORT,)),
            entry(Category.COMPLAINT, number=2, takes=(ComplaintKind.COMPLAINT, ComplaintKind.HELP)),
        ),
    ),
    invalid=(
        case(
            "没有求助途径",
            "nothing for help",
            entry(Category.COMPLAINT, takes=(ComplaintKind.REPORT, ComplaintKind.COMPLAINT)),
        ),
        case("途径没有地址", "a channel without address", entry(Category.COMPLAINT, address=" ")),
    ),
)
def channels_listed(dossier: Dossier[Unit], taken: frozenset[ComplaintKind] | None, ctx: Context) -> Result:
    """The unit's entries together cover reports, complaints and help."""
    missing = _ALL - (taken or _NONE)
    return Fail("missing", missing=tuple(kind for kind in ComplaintKind if kind in missing)) if missing else None


@rule(
    subject=InformationItem,
    category=Category.COMPLAINT,
    when=lambda item: item.complaint is not None,
    code="INT052",
    name="complaint-outcomes",
    title=Text("记录举报、投诉、求助的处理结果", "Outcomes of reports, complaints and calls for help are recorded"),
    duty=Duty.COMPLAINTS,
    answers=("panyu-2011:1.2.5/o2",),
    basis=("panyu-2011:1.2.5",),
    severity=Severity.MINOR,
    rationale=Text(
        "有途径没有结果，群众看不到诉求是否得到处理。没有办件和没有统计是两回事，零也要填写。",
        "A channel without outcomes does not show whether anything comes of it. No case and no count are two things: "
        "enter zero.",
    ),
    remedy=Text(
        "填写该途径统计期内的办结数；确实没有的填写0。",
        "Enter how many cases of this channel were closed in the period, 0 if there were none.",
    ),
    messages={"none": Text("该受理途径没有处理结果。", "The entry of the channel has no outcomes.")},
    valid=(case("办结数为零也是结果", "a count of zero", entry(Category.COMPLAINT)),),
    invalid=(
        case("没有处理结果", "no outcomes", entry(Category.COMPLAINT, outcomes=())),
        case("办结数未填", "count left blank", entry(Category.COMPLAINT, outcomes=NO_COUNT)),
    ),
)
def complaint_outcomes(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Each channel has its own."""
    return None if recorded(_channel(dossier).outcomes, ctx) else Fail("none")


@rule(
    subject=InformationItem,
    category=Category.COMPLAINT,
    when=lambda item: item.supervision is not None,
    code="SUP053",
    name="supervision-result-recorded",
    title=Text("记录主动监督的日期和结果", "Supervision on own initiative is recorded with date and result"),
    duty=Duty.SUPERVISION,
    answers=("panyu-2011:1.2.5/o3",),
    basis=("panyu-2011:1.2.5",),
    severity=Severity.MINOR,
    rationale=Text(
        "没有日期和结果的监督记录，无法证明监督确实开展过。",
        "A record of supervision without date and result does not show that there was any.",
    ),
    remedy=Text("填写实施监督的日期和结果。", "Enter when the supervision was carried out and what it found."),
    messages={
        "incomplete": Text("主动监督记录缺少：{missing}。", "The entry of supervision lacks: {missing}."),
        "ahead": Text("监督定于{carried_out_on}实施。", "The supervision is set for {carried_out_on}."),
    },
    valid=(case("日期和结果齐全", "date and result", _supervision()),),
    invalid=(
        case("没有结果", "no result", _supervision(result=" ")),
        case("没有日期", "no date", _supervision(carried_out_on=None)),
    ),
)
def supervision_result_recorded(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Of supervision still ahead no result can be asked."""
    content = dossier.record.supervision
    assert content is not None
    if content.carried_out_on is not None and not ctx.known(content.carried_out_on):
        return NotApplicable("ahead", carried_out_on=content.carried_out_on)
    return complete(content, _SUPERVISION)


RULES = (channels_listed, complaint_outcomes, supervision_result_recorded)
"""The rules of this module."""
