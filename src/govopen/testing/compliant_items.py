"""Hypothesis strategies for compliant information items, with the publications that they need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st

from govopen.model.base import Record
from govopen.model.catalog import AttachedFile, Category, InformationItem, KeyField
from govopen.model.classification import (
    DisclosureAttribute,
    ReviewResult,
    SecrecyReview,
    SignOff,
    SignOffResult,
    SignOffStep,
)
from govopen.model.contents import (
    ApprovalItem,
    ApprovalKind,
    ComplaintChannel,
    ComplaintKind,
    Contacts,
    DocumentEntry,
    DocumentRelation,
    Emergency,
    EnforcementPower,
    FeeItem,
    Institution,
    Leader,
    MajorDecision,
    MajorProject,
    OnlineService,
    Outcome,
    PowerKind,
    SupervisionEntry,
)
from govopen.model.published import public_digest
from govopen.model.website import Carrier, Column, Publication
from govopen.testing.compliant import CALENDAR, Setting, days_after, days_before, digests, numbers, words

__all__ = ["contents", "disclosed", "items", "widened"]

_Content = dict[str, Any]
_OLDEST, _NEWEST = 690, 120


def _some(greatest: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(words(), min_size=1, max_size=greatest).map(tuple)


def _maybe() -> st.SearchStrategy[str]:
    return words() | st.just("")


def _past(setting: Setting) -> st.SearchStrategy[dt.date]:
    return days_before(setting.as_of, 0, 900)


def _outcomes(setting: Setting) -> st.SearchStrategy[tuple[Outcome, ...]]:
    one = st.builds(
        Outcome,
        covers_from=days_before(setting.as_of, 180, 400),
        covers_until=days_before(setting.as_of, 0, 179),
        handled=st.integers(0, 99),
    )
    return st.lists(one, min_size=1, max_size=2).map(tuple)


def _institution(setting: Setting) -> st.SearchStrategy[_Content]:
    leader = st.builds(Leader, name=words(), post=_maybe(), in_charge_of=words())
    contacts = st.builds(Contacts, address=words(), phone=words(), office_hours=_maybe())
    return st.fixed_dictionaries(
        {
            "institution": st.builds(
                Institution,
                functions=words(),
                leaders=st.lists(leader, min_size=1, max_size=3).map(tuple),
                divisions=_some(),
                contacts=contacts,
            )
        }
    )


def _document(setting: Setting) -> st.SearchStrategy[_Content]:
    issued = st.builds(
        DocumentEntry,
        relation=st.just(DocumentRelation.ISSUED),
        name=words(),
        document_number=numbers(),
        issued_by=_maybe(),
        issued_on=_past(setting),
    )
    applied = st.builds(DocumentEntry, relation=st.just(DocumentRelation.APPLIED), name=words(), issued_by=words())
    return st.fixed_dictionaries({"document": issued | applied})


def _approval(setting: Setting) -> st.SearchStrategy[_Content]:
    content = st.builds(
        ApprovalItem,
        kind=st.sampled_from(list(ApprovalKind)),
        name=words(),
        workflow=_some(),
        # An empty list says that nothing has to be handed in.
        materials=_some() | st.just(()),
        outcomes=_outcomes(setting),
    )
    return st.fixed_dictionaries({"approval": content})


def _enforcement(setting: Setting) -> st.SearchStrategy[_Content]:
    content = st.builds(
        EnforcementPower,
        name=words(),
        workflow=_some(),
        outcomes=_outcomes(setting),
        kind=st.none() | st.sampled_from(list(PowerKind)),
        basis=_some(),
        responsible=words(),
        limits=words(),
        # One that leaves room needs a table: see compliant_discretion.
        discretionary=st.just(False),
        reviewed_on=_past(setting),
    )
    return st.fixed_dictionaries({"enforcement": content})


def _complaint(setting: Setting) -> st.SearchStrategy[_Content]:
    takes = st.permutations(list(ComplaintKind)).map(tuple)
    channel = st.builds(ComplaintChannel, takes=takes, address=words(), outcomes=_outcomes(setting))
    supervision = st.builds(SupervisionEntry, carried_out_on=_past(setting), result=words())
    return st.fixed_dictionaries({"complaint": channel}) | st.fixed_dictionaries({"supervision": supervision})


def _online(setting: Setting) -> st.SearchStrategy[_Content]:
    content = st.builds(OnlineService, name=words(), url=words(), workflow=_some(), outcomes=_outcomes(setting))
    return st.fixed_dictionaries({"online": content})


def _emergency(setting: Setting) -> st.SearchStrategy[_Content]:
    content = st.builds(Emergency, occurred_on=st.none() | _past(setting), response=words(), disposal=words())
    return st.fixed_dictionaries({"emergency": content})


def _decision(setting: Setting) -> st.SearchStrategy[_Content]:
    content = st.builds(MajorDecision, decided_on=st.none() | _past(setting), process=_some(), content=words())
    return st.fixed_dictionaries({"decision": content})


def _project(setting: Setting) -> st.SearchStrategy[_Content]:
    content = st.builds(
        MajorProject,
        approval_number=numbers(),
        approved_on=_past(setting),
        status=words(),
        status_on=_past(setting),
    )
    return st.fixed_dictionaries({"project": content})


def _fee(setting: Setting) -> st.SearchStrategy[_Content]:
    amount = st.decimals(0, 10**6, places=2, allow_nan=False)
    rated = st.builds(FeeItem, name=words(), basis=words(), rate_yuan=amount | st.just(Decimal(0)))
    reckoned = st.builds(FeeItem, name=words(), basis=words(), rate_rule=words())
    return st.fixed_dictionaries({"fee": rated | reckoned})


_CONTENTS: Mapping[Category, Callable[[Setting], st.SearchStrategy[_Content]]] = {
    Category.INSTITUTION: _institution,
    Category.DOCUMENT: _document,
    Category.APPROVAL: _approval,
    Category.ENFORCEMENT: _enforcement,
    Category.COMPLAINT: _complaint,
    Category.ONLINE: _online,
    Category.EMERGENCY: _emergency,
    Category.DECISION: _decision,
    Category.PROJECT: _project,
    Category.FEE: _fee,
    Category.OTHER: lambda _: st.just({}),
}


def _attachments() -> st.SearchStrategy[tuple[AttachedFile, ...]]:
    file = st.builds(
        AttachedFile,
        name=words().map("{}.txt".format),
        digest=digests(),
        media_type=st.sampled_from(["text/plain", "application/pdf"]),
    )
    return st.lists(file, max_size=1).map(tuple)


def contents(setting: Setting, category: Category) -> st.SearchStrategy[_Content]:
    """What an item of the category says, by the name of the field that holds it."""
    return _CONTENTS[category](setting)


_STANDING_GROUNDS = ("trade_secret", "personal_privacy", "three_securities", "forbidden_by_law")
"""Grounds of exemption that every law of open government since 2008 knows."""


@st.composite
def _sign_offs(draw: st.DrawFn, attribute: DisclosureAttribute, first: dt.date, last: dt.date) -> tuple[SignOff, ...]:
    """The three steps in order, by three persons; sometimes the draft was sent back once."""
    persons = draw(st.lists(words(), min_size=3, max_size=3, unique=True))
    days = sorted(draw(st.lists(st.dates(first, last), min_size=5, max_size=5)))
    exempt = attribute is DisclosureAttribute.EXEMPT
    ground = draw(st.sampled_from(_STANDING_GROUNDS)) if exempt else ""
    proposed = draw(st.sampled_from(list(DisclosureAttribute)))
    reviewed = draw(st.none() | st.just(attribute))
    drafted, section, principal = (
        SignOff(step=step, person=person, on=day, attribute=given, ground=ground if given is attribute else "")
        for step, person, day, given in zip(
            SignOffStep, persons, days[2:], (proposed, reviewed, attribute), strict=True
        )
    )
    before: tuple[SignOff, ...] = ()
    if draw(st.booleans()):
        before = (attrs.evolve(drafted, on=days[0]),)
        if draw(st.booleans()):
            returned = draw(st.sampled_from([section, principal]))
            reason = draw(words())
            before += (
                attrs.evolve(
                    returned, on=days[1], attribute=None, ground="", result=SignOffResult.RETURNED, reason=reason
                ),
            )
    return (*before, drafted, section, principal)


@st.composite
def items(
    draw: st.DrawFn,
    setting: Setting,
    category: Category,
    *,
    number: int = 1,
    attribute: DisclosureAttribute | None = None,
    field: KeyField | None = None,
    age: tuple[int, int] = (_NEWEST, _OLDEST),
) -> InformationItem:
    """A reviewed and signed-off item, whose review :func:`govopen.workflow.disclosure.standing` finds decided.

    Args:
        draw: Hypothesis's.
        setting: Unit and day.
        category: Its category.
        number: Makes its identifier.
        attribute: Its disclosure attribute; default: any but proactive, which needs publications.
        field: Its key field.
        age: How many days ago it was made.
    """
    created_on = draw(days_before(setting.as_of, *age))
    settled_by = CALENDAR.add_working_days(created_on, 10)
    reviewed_on = draw(st.dates(created_on, settled_by))
    given = attribute or draw(st.sampled_from([DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT]))
    item = InformationItem(
        id=f"{category}-{number}",
        unit=setting.unit.id,
        category=category,
        field=field,
        index_number=draw(numbers()),
        title=draw(words()),
        summary=draw(words()),
        document_number=draw(st.just("") | numbers()),
        issuer=draw(words()),
        created_on=created_on,
        text=draw(_maybe()),
        attachments=draw(_attachments()),
        valid_until=draw(st.none() | days_after(setting.as_of, 0, 900)),
        attributes=(given,),
        review=SecrecyReview(
            reviewed_on=reviewed_on,
            reviewer=draw(words()),
            result=ReviewResult.NOT_CLASSIFIED,
        ),
        sign_offs=draw(_sign_offs(given, reviewed_on, settled_by)),
        **draw(contents(setting, category)),
    )
    return attrs.evolve(item, digest=public_digest(item))


@st.composite
def disclosed(
    draw: st.DrawFn,
    setting: Setting,
    category: Category,
    *,
    number: int = 1,
    field: KeyField | None = None,
    age: tuple[int, int] = (_NEWEST, _OLDEST),
    in_column: bool | None = None,
) -> tuple[Record, ...]:
    """An item for proactive disclosure that stands on the own site and on the portal, in time and in agreement.

    Sometimes it was changed later, reviewed and signed off again and updated in time, stands in a third place, or fills
    a column of the portal (which comes with it, named ``column-`` and the item's identifier); ``in_column`` decides on
    that.
    """
    item = draw(items(setting, category, number=number, attribute=DisclosureAttribute.PROACTIVE, field=field, age=age))
    assert item.created_on is not None
    first = CALENDAR.add_working_days(item.created_on, draw(st.integers(10, 20)))
    second = draw(days_after(first, 0, 10))
    updated: dt.date | None = None
    if draw(st.booleans()):
        changed_on = draw(st.dates(second, setting.as_of - dt.timedelta(days=60)))
        updated = CALENDAR.add_working_days(changed_on, draw(st.integers(1, 20)))
        assert item.review is not None
        reviewed_on = draw(st.dates(changed_on, updated))
        item = attrs.evolve(
            item,
            changed_on=changed_on,
            review=attrs.evolve(item.review, reviewed_on=reviewed_on),
            sign_offs=draw(_sign_offs(DisclosureAttribute.PROACTIVE, reviewed_on, updated)),
        )
        item = attrs.evolve(item, digest=public_digest(item))
    own, portal = (
        Publication(
            id=f"{item.id}.{carrier}",
            unit=setting.unit.id,
            item=item.id,
            carrier=carrier,
            published_on=day,
            updated_on=updated,
            digest=item.digest,
        )
        for carrier, day in zip(draw(st.permutations([Carrier.OWN_SITE, Carrier.PORTAL])), (first, second), strict=True)
    )
    if own.carrier is Carrier.PORTAL:
        own, portal = portal, own
    found: tuple[Record, ...] = (item, own)
    if draw(st.booleans()) if in_column is None else in_column:
        column = Column(
            id=f"column-{item.id}",
            unit=setting.unit.id,
            site="site-portal",
            update_within=draw(st.sampled_from(["36m", "4y", "1200d", "800wd"])),
            since=draw(st.none() | days_before(setting.as_of, 700, 900)),
            categories=draw(st.sampled_from([(), (category,), (category, Category.OTHER)])),
        )
        found += (column, attrs.evolve(portal, column=column.id))
    else:
        found += (portal,)
    if draw(st.booleans()):
        found += (
            attrs.evolve(
                own,
                id=f"{item.id}.third",
                carrier=draw(st.sampled_from([Carrier.GAZETTE, Carrier.PRESS, Carrier.NOTICE_BOARD, Carrier.OTHER])),
                published_on=draw(st.dates(updated or second, setting.as_of)),
                updated_on=None,
                digest=draw(st.just("") | digests()),
            ),
        )
    return found


@st.composite
def widened(draw: st.DrawFn, setting: Setting, field: KeyField, *, number: int = 100) -> tuple[Record, ...]:
    """Items of a key field of which more stand published than a year before."""
    earlier = draw(disclosed(setting, Category.OTHER, number=number, field=field, age=(450, _OLDEST)))
    found = earlier
    for extra in range(draw(st.integers(1, 2))):
        found += draw(disclosed(setting, Category.OTHER, number=number + 1 + extra, field=field, age=(_NEWEST, 250)))
    return found
