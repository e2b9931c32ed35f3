"""Rules on the six ways of making a request (clauses 1.5 and 1.5.1 to 1.5.6).

A way may have been closed and opened anew under another record: what counts is what is open on the day, and all of
that has to be in order.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from typing import Any

from govopen.model.assurance import Probe
from govopen.model.base import FieldName, Record, filled
from govopen.model.requests import ChannelKind, RequestChannel
from govopen.model.units import Unit
from govopen.rules import samples
from govopen.rules.base import Case, FoldRule, Reads, Severity, fold_rule
from govopen.rules.context import Context, Dossier
from govopen.rules.probing import CLOSED, MAX_AGE, Seen, all_open_in_order, reachable
from govopen.rules.results import Fail, Result, Undecidable, Verdict
from govopen.texts import Text

__all__ = ["RULES"]

_Look = Callable[[Dossier[RequestChannel], Context], Verdict | None]


def _open(channel: RequestChannel, ctx: Context) -> bool:
    return (channel.since is None or ctx.known(channel.since)) and (
        channel.until is None or not ctx.past(channel.until)
    )


def _unit_of(channel: RequestChannel) -> str:
    return channel.unit


def _open_kinds(dossier: Dossier[RequestChannel], ctx: Context) -> frozenset[ChannelKind]:
    return frozenset({dossier.record.kind} if _open(dossier.record, ctx) else ())


@fold_rule(
    code="REQ001",
    name="six-channels",
    title=Text("六种申请途径都已开通", "All six ways of making a request are open"),
    subject=Unit,
    over=RequestChannel,
    key=_unit_of,
    map=_open_kinds,
    merge=operator.or_,
    answers=("panyu-2011:1.5/o1",),
    basis=("panyu-2011:1.5", "ogi-2007:20", "ogi-2019:28"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "申请人自己选择途径；少一种，就有人无法申请。",
        "Applicants choose the way; with one missing, somebody cannot ask at all.",
    ),
    remedy=Text(
        "开通所缺途径并补录；已开通而未登记的，补录开通日期。",
        "Open what is missing and record it; record what is open but was not recorded.",
    ),
    messages={"missing": Text("缺少的申请途径：{missing}。", "Ways of making a request that are missing: {missing}.")},
    valid=(Case(Text("六种齐全", "all six"), samples.request_channels(), samples.YEAR_END),),
    invalid=(
        Case(Text("没有传真", "no fax"), samples.request_channels(without=ChannelKind.FAX), samples.YEAR_END),
        Case(
            Text("已停用", "closed"),
            samples.request_channels(ChannelKind.OTHER, until=dt.date(2011, 12, 30)),
            samples.YEAR_END,
        ),
    ),
)
def six_channels(dossier: Dossier[Unit], kinds: frozenset[ChannelKind] | None, ctx: Context) -> Result:
    """Whether a way works is asked of each (REQ011 to REQ016); here only that it is there."""
    missing = tuple(kind for kind in ChannelKind if kind not in (kinds or ()))
    return Fail("missing", missing=missing) if missing else None


def _looks(look: _Look) -> Callable[[Dossier[RequestChannel], Context], Seen]:
    def seen(dossier: Dossier[RequestChannel], ctx: Context) -> Seen:
        channel = dossier.record
        return {channel.id: look(dossier, ctx) if _open(channel, ctx) else Fail(CLOSED, channel=channel.id)}

    return seen


def _public(channel: RequestChannel, ctx: Context) -> Verdict | None:
    if not filled(channel.address):
        return Fail("no_address", channel=channel.id)
    if channel.published_on is None:
        return Undecidable("undated", channel=channel.id)
    if not ctx.known(channel.published_on):
        return Fail("not_published", channel=channel.id, published_on=channel.published_on)
    return None


def _in_person(dossier: Dossier[RequestChannel], ctx: Context) -> Verdict | None:
    channel = dossier.record
    missing = tuple(
        FieldName(RequestChannel, name) for name in ("address", "office_hours") if not filled(getattr(channel, name))
    )
    return Fail("blank", channel=channel.id, missing=missing) if missing else None


def _by_post(dossier: Dossier[RequestChannel], ctx: Context) -> Verdict | None:
    return _public(dossier.record, ctx)


def _public_and_works(dossier: Dossier[RequestChannel], ctx: Context) -> Verdict | None:
    channel = dossier.record
    return _public(channel, ctx) or reachable(dossier.related(Probe), ctx, channel=channel.id)


_CLOSED_TEXT = Text("途径{channel}在该日未开放。", "Channel {channel} is not open on the day.")
_PUBLIC_MESSAGES = {
    CLOSED: _CLOSED_TEXT,
    "no_address": Text("途径{channel}没有填写地址、号码或网址。", "Channel {channel} has no address, number or page."),
    "undated": Text(
        "途径{channel}没有公布日期，无法判定是否已公布。",
        "Channel {channel} has no date of publication; whether it is public cannot be said.",
    ),
    "not_published": Text(
        "途径{channel}的公布日期是{published_on}，该日尚未公布。",
        "Channel {channel} is to be published on {published_on}, after the day.",
    ),
}
_WORKING_MESSAGES = _PUBLIC_MESSAGES | {
    "not_probed": Text("途径{channel}没有可用性观测记录。", "Nobody has recorded whether channel {channel} works."),
    "probe_old": Text(
        "途径{channel}最近一次观测在{observed_on}，已超过{days}天。",
        "Channel {channel} was last observed on {observed_on}, more than {days} days ago.",
    ),
    "probe_unclear": Text(
        "途径{channel}在{observed_on}的观测没有填写是否可用。",
        "The observation of channel {channel} on {observed_on} does not say whether it works.",
    ),
    "broken": Text("途径{channel}在{observed_on}观测时不可用。", "Channel {channel} did not work on {observed_on}."),
}


def _channel_rule(
    kind: ChannelKind, look: _Look, *, clause: str, messages: Mapping[str, Text], works: bool = False, **about: Any
) -> FoldRule:
    return FoldRule(
        subject=Unit,
        over=RequestChannel,
        when=lambda channel: channel.kind is kind,
        over_reads=(Reads(Probe, by="target"),) if works else (),
        parameters=(MAX_AGE,) if works else (),
        key=_unit_of,
        map=_looks(look),
        merge=operator.or_,
        check=all_open_in_order,
        answers=(f"panyu-2011:{clause}/o1",),
        basis=(f"panyu-2011:{clause}", "ogi-2007:20", "ogi-2019:28"),
        severity=Severity.SERIOUS,
        messages=messages,
        **about,
    )


def _case(zh: str, en: str, kind: ChannelKind, *more: Record, **changes: Any) -> Case:
    return Case(Text(zh, en), (*samples.request_channels(kind, **changes), *more), samples.YEAR_END)


def _working_cases(kind: ChannelKind) -> dict[str, tuple[Case, ...]]:
    works = samples.probe(f"channel-{kind}")
    return {
        "valid": (_case("已公布并可用", "published and working", kind, works),),
        "invalid": (
            _case("观测不可用", "seen not to work", kind, samples.probe(f"channel-{kind}", works=False)),
            _case("没有号码或网址", "no number or page", kind, works, address=""),
            _case("该日尚未公布", "not yet published", kind, works, published_on=dt.date(2012, 1, 1)),
        ),
    }


in_person = _channel_rule(
    ChannelKind.IN_PERSON,
    _in_person,
    clause="1.5.1",
    code="REQ011",
    name="in-person-channel",
    title=Text("可以当面申请：有地址和受理时间", "One can ask in person: place and hours are stated"),
    rationale=Text("不知道地点和时间，就无法当面申请。", "Nobody can come in person who does not know where and when."),
    remedy=Text("填写受理窗口的地址和受理时间。", "State the address of the window and its hours."),
    messages={
        CLOSED: _CLOSED_TEXT,
        "blank": Text("途径{channel}没有填写：{missing}。", "Of channel {channel} this is blank: {missing}."),
    },
    valid=(_case("地址和时间齐全", "place and hours", ChannelKind.IN_PERSON),),
    invalid=(
        _case("没有地址", "no address", ChannelKind.IN_PERSON, address=""),
        _case("没有受理时间", "no hours", ChannelKind.IN_PERSON, office_hours=" "),
    ),
)

fax = _channel_rule(
    ChannelKind.FAX,
    _public_and_works,
    clause="1.5.2",
    code="REQ012",
    name="fax-channel",
    title=Text("申请用的传真号码已公布并可用", "The fax number for requests is published and works"),
    rationale=Text(
        "传真收不到，申请人却以为已经提出。",
        "A dead fax line leaves applicants believing that they have asked.",
    ),
    remedy=Text(
        "公布传真号码，试发一份传真并记录观测结果；不可用的立即修复。",
        "Publish the number, send a test fax and record the observation; repair a line that does not work.",
    ),
    messages=_WORKING_MESSAGES,
    works=True,
    **_working_cases(ChannelKind.FAX),
)

email = _channel_rule(
    ChannelKind.EMAIL,
    _public_and_works,
    clause="1.5.3",
    code="REQ013",
    name="email-channel",
    title=Text("申请用的电子邮箱已公布并可用", "The e-mail address for requests is published and works"),
    rationale=Text(
        "邮箱停用或者满了，申请就丢失，而期限照常计算。",
        "A closed or full mailbox loses requests, while the time to reply runs on.",
    ),
    remedy=Text(
        "公布电子邮箱，试发一封邮件并记录观测结果；不可用的立即修复。",
        "Publish the address, send a test message and record the observation; repair a mailbox that does not work.",
    ),
    messages=_WORKING_MESSAGES,
    works=True,
    **_working_cases(ChannelKind.EMAIL),
)

website = _channel_rule(
    ChannelKind.WEBSITE,
    _public_and_works,
    clause="1.5.4",
    code="REQ014",
    name="website-channel",
    title=Text("网站的依申请公开栏目可用", "The website's column for requests works"),
    rationale=Text(
        "网站栏目是使用最多的途径；打不开就等于没有。",
        "The website is the way most people take; a page that does not open is none.",
    ),
    remedy=Text(
        "登记栏目网址和公布日期，提交一份测试申请并记录观测结果；不可用的立即修复。",
        "Record the page and since when it is public, file a test request and record the observation; "
        "repair a page that does not work.",
    ),
    messages=_WORKING_MESSAGES,
    works=True,
    **_working_cases(ChannelKind.WEBSITE),
)

post = _channel_rule(
    ChannelKind.POST,
    _by_post,
    clause="1.5.5",
    code="REQ015",
    name="post-channel",
    title=Text("申请用的通信地址已公布", "The postal address for requests is published"),
    rationale=Text("没有上网条件的人靠信函申请。", "Whoever has no access to the internet asks by letter."),
    remedy=Text("公布通信地址，并登记公布日期。", "Publish the postal address, and record when it was published."),
    messages=_PUBLIC_MESSAGES,
    valid=(_case("已公布", "published", ChannelKind.POST),),
    invalid=(
        _case("没有地址", "no address", ChannelKind.POST, address=""),
        _case("该日尚未公布", "not yet published", ChannelKind.POST, published_on=dt.date(2012, 1, 1)),
    ),
)

RULES = (six_channels, in_person, fax, email, website, post)
"""The rules of this module."""
