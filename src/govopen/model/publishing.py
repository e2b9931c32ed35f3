"""What is to be delivered, what was seen of it in place, and who let it pass (clauses 1.3 and 1.4)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import attrs

from govopen.model.base import Record, Term
from govopen.texts import Label

__all__ = ["Delivery", "DeliveryAction", "Observation", "ObservedState", "ScreeningOverride", "copy_id"]


def copy_id(item: str, site: str) -> str:
    """The identifier of what concerns one item on one site: ``item@site``, with ``@`` and ``%`` in either quoted."""
    quoted = (part.replace("%", "%25").replace("@", "%40") for part in (item, site))
    return "@".join(quoted)


class DeliveryAction(Label):
    """What a publisher is to do."""

    PUT = "put", "发布", "publish"
    WITHDRAW = "withdraw", "撤下", "withdraw"


@attrs.frozen(kw_only=True)
class Delivery(Record):
    """An entry of the outbox: something that a site has yet to be told. It goes once the site has taken it.

    There is one per item and site, so that deliveries of an item keep their order: the newest replaces what waits.
    ``failure`` is the code of what went wrong last, never its text.
    """

    unit: Annotated[str, Term("单位", "unit")]
    item: Annotated[str, Term("信息编号", "item")]
    site: Annotated[str, Term("网站编号", "site")]
    action: Annotated[DeliveryAction, Term("动作", "action", example="put")]
    digest: Annotated[str, Term("内容摘要（SHA-256）", "SHA-256 of what is to be shown")] = ""
    queued_on: Annotated[dt.date, Term("列入日期", "queued on")]
    attempts: Annotated[int, Term("已试次数", "attempts", example="0")] = 0
    retry_at: Annotated[int | None, Term("下次尝试时间（Unix秒）", "not before (Unix seconds)")] = None
    parked_on: Annotated[dt.date | None, Term("搁置日期", "parked on")] = None
    failure: Annotated[str, Term("失败代码", "failure")] = ""


class ObservedState(Label):
    """How a published copy was found."""

    AGREES = "agrees", "一致", "agrees"
    MISSING = "missing", "缺失", "missing"
    EXTRA = "extra", "多出", "not on record"
    STALE = "stale", "旧版本", "an older version"
    DIFFERENT = "different", "内容不符", "different"
    WITHDRAWN = "withdrawn", "已撤下仍在", "withdrawn but still there"
    UNCLEARED = "uncleared", "未经审定而公开", "published without clearance"
    PROCEDURE = "procedure", "办事流程不符", "another procedure"


@attrs.frozen(kw_only=True)
class Observation(Record):
    """What stood on a site when somebody compared it with the records.

    There is one per item and site: the newest. ``digest`` is of what was found.
    """

    unit: Annotated[str, Term("单位", "unit")]
    item: Annotated[str, Term("信息编号", "item")]
    site: Annotated[str, Term("网站编号", "site")]
    observed_on: Annotated[dt.date, Term("核对日期", "observed on")]
    states: Annotated[tuple[ObservedState, ...], Term("核对结果", "found", example="agrees")]
    digest: Annotated[str, Term("所见内容摘要", "digest of what stood there")] = ""


@attrs.frozen(kw_only=True)
class ScreeningOverride(Record):
    """A named person's statement that what a screener held up may be shown, for exactly the content looked at."""

    unit: Annotated[str, Term("单位", "unit")]
    item: Annotated[str, Term("信息编号", "item")]
    finding: Annotated[str, Term("筛查结果代码", "finding", example="mobile-number")]
    digest: Annotated[str, Term("所看内容摘要", "digest of what was looked at")]
    person: Annotated[str, Term("放行人", "person", text=True)]
    reason: Annotated[str, Term("放行理由", "reason", text=True)]
    on: Annotated[dt.date, Term("日期", "date")]
