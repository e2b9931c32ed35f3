"""Requests of the seed, and a register of old ones as it was kept then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from make_plan import Book, UnitPlan, after, load

from govopen.model.requests import (
    Applicant,
    ChannelKind,
    Correction,
    Extension,
    Reply,
    ReplyOutcome,
    Request,
    RequestKind,
    Suspension,
    SuspensionCause,
)

__all__ = ["REGISTER_HEADINGS", "add_requests", "register"]

_EXPLAINED = frozenset({ReplyOutcome.REFUSED, ReplyOutcome.PARTIAL, ReplyOutcome.UNABLE, ReplyOutcome.NOT_HANDLED})


def add_requests(book: Book, plans: list[UnitPlan]) -> None:
    """All requests of the seed."""
    seed = load("requests.toml")
    heads = {plan.id: plan.leaders[-1] for plan in plans}
    for number, row in enumerate((*seed["in_2011"]["requests"], *seed["later"]["requests"]), start=1):
        book.add(_request(number, row, heads))


def _request(number: int, row: list[Any], heads: Mapping[str, str]) -> Request:
    unit, received, channel, kind, working_days, outcome, wanted, *rest = row
    about: Mapping[str, Any] = rest[0] if rest else {}

    def after_receipt(count: int) -> dt.date:
        return after(received, count)

    return Request(
        id=f"{unit}-{received:%Y%m%d}",
        unit=unit,
        received_on=received,
        channel=ChannelKind(channel),
        kind=RequestKind(kind),
        applicant=Applicant(
            name=f"申请人{number:03}", identity_proof="证件已核对", contact=f"applicant{number:03}@example.org"
        ),
        description=wanted,
        corrections=tuple(
            Correction(notified_on=after_receipt(told), received_on=after_receipt(corrected))
            for told, corrected in _if_any(about, "corrected")
        ),
        extension=next(
            (
                Extension(days=days, consented_by=heads[unit], notified_on=after_receipt(told))
                for days, told in _if_any(about, "extended")
            ),
            None,
        ),
        suspensions=tuple(
            Suspension(
                cause=SuspensionCause.OTHER_ORGAN if about.get("organ") else SuspensionCause.THIRD_PARTY,
                since=after_receipt(asked),
                until=after_receipt(answered),
            )
            for asked, answered in _if_any(about, "asked")
        ),
        reply=None if working_days < 0 else _reply(after_receipt(working_days), outcome, about.get("ground", "")),
    )


def _if_any(about: Mapping[str, Any], name: str) -> list[list[int]]:
    return [about[name]] if name in about else []


def _reply(day: dt.date, outcome: str, ground: str) -> Reply:
    result = ReplyOutcome(outcome) if outcome else None
    explained = True if result in _EXPLAINED else None
    return Reply(on=day, outcome=result, ground=ground, reasons_given=explained, remedies_named=explained)


REGISTER_HEADINGS = ("受理编号", "承办单位", "收件日期", "来件方式", "性质", "所需内容", "答复日期", "办理结果", "备注")


def register() -> Iterator[tuple[str, ...]]:
    """The register of requests that the district kept in 2008 and 2009: its own headings, its own words."""
    units = ("政府办", "财政局", "教育局", "建设局")
    ways = ("来访", "信函", "电邮", "网上")
    wanted = ("年度工作总结", "预算执行情况", "招生计划", "工程招标公告", "收费文件")
    for number in range(1, 17):
        received = after(dt.date(2008, 6, 2), number * 21)
        enquiry = number % 6 == 0
        yield (
            f"旧-{received.year}-{number:03}",
            units[number % 4],
            f"{received.year}年{received.month}月{received.day}日",
            ways[number % 3],
            "咨询" if enquiry else "信息公开",
            wanted[number % 5],
            f"{after(received, 2 + number * 3 % 13):%Y/%m/%d}",
            "" if enquiry else "同意公开",
            "电话告知" if enquiry else "",
        )
