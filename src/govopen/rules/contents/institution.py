"""Rules on the institution (clause 1.2.1). A unit's entries are read together: one need not hold everything.

None of them names a duty: every unit has functions, leaders, divisions and contacts, so neither stated duties nor a nil
return excuse it.
"""

from __future__ import annotations

import operator
from typing import Any

from govopen.model.base import FieldName, filled
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import Contacts, Institution, Leader
from govopen.model.units import Unit
from govopen.rules.base import Severity, fold_rule
from govopen.rules.contents.common import any_filled, case, entry
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["RULES"]

_WHOLE = case("机构信息齐全", "a whole entry", entry(Category.INSTITUTION))
_NO_CONTACTS = frozenset[str]()


def _unit(item: InformationItem) -> str | None:
    """An entry without its content is the catalog's finding, not one about the institution."""
    return item.unit if item.institution is not None else None


def _content(dossier: Dossier[InformationItem]) -> Institution:
    content = dossier.record.institution
    assert content is not None
    return content


_ABOUT: dict[str, Any] = {
    "subject": Unit,
    "over": InformationItem,
    "category": Category.INSTITUTION,
    "key": _unit,
    "basis": ("panyu-2011:1.2.1", "ogi-2019:20"),
}


@fold_rule(
    **_ABOUT,
    code="CAT011",
    name="functions-stated",
    title=Text("写明本单位职能", "The unit's functions are stated"),
    answers=("panyu-2011:1.2.1/o1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "不知道一个单位管什么，就不知道该向谁办事、向谁要信息。",
        "Who does not know what a unit is for does not know whom to turn to.",
    ),
    remedy=Text(
        "按“三定”规定在机构信息中填写本单位职能。",
        "Write the unit's functions, as its establishment plan gives them, into an institution entry.",
    ),
    messages={"missing": Text("机构信息中没有写明单位职能。", "No institution entry states the unit's functions.")},
    valid=(_WHOLE,),
    invalid=(case("职能只有空格", "functions blank", entry(Category.INSTITUTION, functions="  ")),),
    map=lambda dossier, ctx: filled(_content(dossier).functions),
    merge=operator.or_,
)
def functions_stated(dossier: Dossier[Unit], stated: bool | None, ctx: Context) -> Result:
    """One entry that states them is enough."""
    return None if stated else Fail("missing")


_Leaders = tuple[frozenset[str], frozenset[str]]


def _leaders(dossier: Dossier[InformationItem], ctx: Context) -> _Leaders:
    """Who is listed, and for whom a division of work is stated."""
    leaders = [leader for leader in _content(dossier).leaders if filled(leader.name)]
    return (
        frozenset(leader.name.strip() for leader in leaders),
        frozenset(leader.name.strip() for leader in leaders if filled(leader.in_charge_of)),
    )


@fold_rule(
    **_ABOUT,
    code="CAT012",
    name="division-of-work-stated",
    title=Text("写明每位领导的分工", "Each leader's division of work is stated"),
    answers=("panyu-2011:1.2.1/o2",),
    severity=Severity.MINOR,
    rationale=Text(
        "分工公开，群众才知道某项工作由哪位领导负责，出了问题由谁回应。",
        "With the division of work public, people know which leader answers for what.",
    ),
    remedy=Text(
        "在机构信息中列出全部领导成员，并逐人填写分工；人员调整后及时更新。",
        "List every leader with what he or she is in charge of, and update the list when it changes.",
    ),
    messages={
        "nobody": Text("机构信息中没有列出领导成员。", "No institution entry lists a leader."),
        "unstated": Text(
            "列出的{listed}名领导成员中，有{count}名没有写明分工。",
            "Of {listed} leaders listed, {count} have no division of work stated.",
        ),
    },
    valid=(
        _WHOLE,
        case(
            "分工写在另一条目中",
            "stated in another entry",
            entry(Category.INSTITUTION, leaders=(Leader(name="乙"),)),
            entry(Category.INSTITUTION, number=2, leaders=(Leader(name="乙", in_charge_of="业务"),)),
        ),
    ),
    invalid=(
        case("没有领导成员", "no leaders", entry(Category.INSTITUTION, leaders=())),
        case(
            "一名领导没有分工",
            "one leader without",
            entry(Category.INSTITUTION, leaders=(Leader(name="甲", in_charge_of="全面"), Leader(name="乙"))),
        ),
    ),
    map=_leaders,
    merge=lambda one, other: (one[0] | other[0], one[1] | other[1]),
)
def division_of_work_stated(dossier: Dossier[Unit], leaders: _Leaders | None, ctx: Context) -> Result:
    """A leader listed twice needs it stated once."""
    listed, stated = leaders or (frozenset(), frozenset())
    if not listed:
        return Fail("nobody")
    count = len(listed - stated)
    return Fail("unstated", listed=len(listed), count=count) if count else None


@fold_rule(
    **_ABOUT,
    code="CAT013",
    name="divisions-listed",
    title=Text("列出内设机构", "The internal divisions are listed"),
    answers=("panyu-2011:1.2.1/o3",),
    severity=Severity.MINOR,
    rationale=Text(
        "内设机构是群众实际打交道的对象，不列出就找不到具体的经办科室。",
        "People deal with a division, not with the unit as such; unlisted, it cannot be found.",
    ),
    remedy=Text("在机构信息中逐一列出内设机构名称。", "List the internal divisions by name in an institution entry."),
    messages={"missing": Text("机构信息中没有列出内设机构。", "No institution entry lists an internal division.")},
    valid=(_WHOLE,),
    invalid=(
        case("没有内设机构", "no divisions", entry(Category.INSTITUTION, divisions=())),
        case("内设机构只有空格", "blank names", entry(Category.INSTITUTION, divisions=(" ",))),
    ),
    map=lambda dossier, ctx: any_filled(_content(dossier).divisions),
    merge=operator.or_,
)
def divisions_listed(dossier: Dossier[Unit], listed: bool | None, ctx: Context) -> Result:
    """At least one division has a name."""
    return None if listed else Fail("missing")


_CONTACT_FIELDS = ("address", "phone")


def _contacts(dossier: Dossier[InformationItem], ctx: Context) -> frozenset[str]:
    contacts = _content(dossier).contacts
    if contacts is None:
        return _NO_CONTACTS
    return frozenset(field for field in _CONTACT_FIELDS if filled(getattr(contacts, field)))


@fold_rule(
    **_ABOUT,
    code="CAT014",
    name="contacts-given",
    title=Text("给出主要联系方式", "Main contact details are given"),
    answers=("panyu-2011:1.2.1/o4",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有地址和电话，群众无法上门或者来电，其他公开内容也难以落到实处。",
        "Without address and telephone nobody can come or call, and the rest of the information leads nowhere.",
    ),
    remedy=Text(
        "在机构信息中填写办公地址和联系电话，变动后及时更新。",
        "Enter office address and telephone in an institution entry, and update them when they change.",
    ),
    messages={
        "missing": Text(
            "机构信息中缺少联系方式：{missing}。", "The institution entries lack contact details: {missing}."
        )
    },
    valid=(
        _WHOLE,
        case(
            "分别写在两个条目中",
            "spread over two entries",
            entry(Category.INSTITUTION, contacts=Contacts(address="示例路1号")),
            entry(Category.INSTITUTION, number=2, contacts=Contacts(phone="020-00000000")),
        ),
    ),
    invalid=(
        case("没有联系方式", "no contact details", entry(Category.INSTITUTION, contacts=None)),
        case("只有地址", "address only", entry(Category.INSTITUTION, contacts=Contacts(address="示例路1号"))),
    ),
    map=_contacts,
    merge=operator.or_,
)
def contacts_given(dossier: Dossier[Unit], given: frozenset[str] | None, ctx: Context) -> Result:
    """Address and telephone; office hours are asked of the channels for requests."""
    missing = tuple(FieldName(Contacts, field) for field in _CONTACT_FIELDS if field not in (given or _NO_CONTACTS))
    return Fail("missing", missing=missing) if missing else None


RULES = (functions_stated, division_of_work_stated, divisions_listed, contacts_given)
"""The rules of this module."""
