"""Rules on what is taken in or handled online (clause 1.2.6)."""

from __future__ import annotations

from typing import Any

from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import OnlineService
from govopen.model.units import Duty
from govopen.rules.base import Severity, rule
from govopen.rules.contents.common import NO_COUNT, any_filled, case, complete, entry, recorded
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["RULES"]

_WHOLE = case("网上办理事项齐全", "a whole entry", entry(Category.ONLINE))
_FIELDS = ("name", "url")
_ABOUT: dict[str, Any] = {
    "subject": InformationItem,
    "category": Category.ONLINE,
    "when": lambda item: item.online is not None,
    "duty": Duty.ONLINE_SERVICES,
    "basis": ("panyu-2011:1.2.6",),
}


def _content(dossier: Dossier[InformationItem]) -> OnlineService:
    content = dossier.record.online
    assert content is not None
    return content


@rule(
    **_ABOUT,
    code="SVC061",
    name="online-service-listed",
    title=Text("列出网上受理、办理的事项及网址", "Each online service is listed with its page"),
    answers=("panyu-2011:1.2.6/o1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "只说可以网上办，不说在哪里办，等于不能办。",
        "A service said to be online, but not where, is not online for anybody.",
    ),
    remedy=Text("填写事项名称和办理页面的网址。", "Enter the name of the service and the address of its page."),
    messages={"incomplete": Text("网上办理事项缺少：{missing}。", "The entry of the online service lacks: {missing}.")},
    valid=(_WHOLE,),
    invalid=(
        case("没有网址", "no page", entry(Category.ONLINE, url="")),
        case("没有名称", "no name", entry(Category.ONLINE, name=" ")),
    ),
)
def service_listed(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Whether the page answers is not asked here."""
    return complete(dossier.record.online, _FIELDS)


@rule(
    **_ABOUT,
    code="SVC062",
    name="online-workflow",
    title=Text("网上办理事项有网上流程", "Each online service has its online workflow"),
    answers=("panyu-2011:1.2.6/o2",),
    severity=Severity.MINOR,
    rationale=Text(
        "网上流程与窗口流程往往不同。写明哪些环节在线上完成，群众才不会白跑一趟。",
        "Online the steps are often others than at the counter. Told which are online, people do not come in vain.",
    ),
    remedy=Text("逐个环节填写网上办理的流程。", "Enter the steps of handling it online."),
    messages={"none": Text("网上办理事项没有网上流程。", "The entry of the online service has no workflow.")},
    valid=(_WHOLE,),
    invalid=(
        case("没有流程", "no steps", entry(Category.ONLINE, workflow=())),
        case("环节只有空格", "blank steps", entry(Category.ONLINE, workflow=(" ",))),
    ),
)
def service_workflow(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """At least one step says something."""
    return None if any_filled(_content(dossier).workflow) else Fail("none")


@rule(
    **_ABOUT,
    code="SVC063",
    name="online-outcomes",
    title=Text("记录网上办理结果", "Outcomes of online services are recorded"),
    answers=("panyu-2011:1.2.6/o3",),
    severity=Severity.MINOR,
    rationale=Text(
        "办理结果反映网上办事是否真的有人用、办得成。没有办件和没有统计是两回事，零也要填写。",
        "Outcomes show whether the service is used and works. No case and no count are two things: enter zero.",
    ),
    remedy=Text(
        "填写统计期内网上办结数；确实没有的填写0。",
        "Enter how many cases were closed online in the period, 0 if there were none.",
    ),
    messages={"none": Text("网上办理事项没有办理结果。", "The entry of the online service has no outcomes.")},
    valid=(_WHOLE,),
    invalid=(
        case("没有办理结果", "no outcomes", entry(Category.ONLINE, outcomes=())),
        case("办结数未填", "count left blank", entry(Category.ONLINE, outcomes=NO_COUNT)),
    ),
)
def service_outcomes(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Zero is a count, a blank is none."""
    return None if recorded(_content(dossier).outcomes, ctx) else Fail("none")


RULES = (service_listed, service_workflow, service_outcomes)
"""The rules of this module."""
