"""Named defects of information items and publications: one field of a compliant one changed, and the rule that says so.

The names and the way to draw them are in :mod:`govopen.testing.defects`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from hypothesis import strategies as st

from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute, SignOffResult, SignOffStep
from govopen.model.contents import ApprovalKind, ComplaintKind, DocumentRelation
from govopen.model.website import Carrier, Publication
from govopen.testing.compliant import Setting
from govopen.testing.compliant_items import disclosed, items
from govopen.testing.mutation import Mutation

__all__ = ["ITEM_DEFECTS"]

DAY = dt.timedelta(days=1)

Records = tuple[Record, ...]
Owners = Mapping[str, tuple[str, Any]]


def _item(category: Category, **changes: Any) -> Callable[[Setting], st.SearchStrategy[Records]]:
    return lambda setting: items(setting, category, number=50).map(lambda drawn: (drawn,))


def _public(setting: Setting) -> st.SearchStrategy[Records]:
    return disclosed(setting, Category.OTHER, number=50, in_column=False)


def _approval(kind: ApprovalKind) -> Callable[[Setting], st.SearchStrategy[Records]]:
    def of_kind(item: InformationItem) -> Records:
        assert item.approval is not None
        return (attrs.evolve(item, approval=attrs.evolve(item.approval, kind=kind)),)

    return lambda setting: items(setting, Category.APPROVAL, number=50).map(of_kind)


def _uncounted(field: str) -> Callable[[InformationItem, Setting], Any]:
    def change(item: InformationItem, _: Setting) -> Any:
        return tuple(attrs.evolve(outcome, handled=None) for outcome in getattr(item, field).outcomes)

    return change


def _of(category: Category, owners: Owners, **about: Any) -> list[Mutation]:
    given: dict[str, Any] = {"drawn": _item(category), "of": InformationItem} | about
    return [Mutation(field=field, owner=owner, change=change, **given) for field, (owner, change) in owners.items()]


def _approvals(kind: ApprovalKind, digit: int, listed: int) -> list[Mutation]:
    return _of(
        Category.APPROVAL,
        {
            "approval.name": (f"SVC{digit}3{listed}", " "),
            "approval.workflow": (f"SVC{digit}34", ()),
            "approval.outcomes": (f"SVC{digit}35", _uncounted("approval")),
            "approval.materials": (f"SVC{digit}36", None),
        },
        drawn=_approval(kind),
    )


def _other_attribute(item: InformationItem, _: Setting) -> tuple[DisclosureAttribute, ...]:
    on_request, exempt = DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT
    return (exempt,) if item.attributes == (on_request,) else (on_request,)


def _without(step: SignOffStep) -> Callable[[InformationItem, Setting], Any]:
    return lambda item, _: tuple(entry for entry in item.sign_offs if entry.step is not step)


def _decided_first(item: InformationItem, _: Setting) -> Any:
    *before, decided = item.sign_offs
    assert before[0].on is not None
    return (*before, attrs.evolve(decided, on=before[0].on - DAY))


def _one_person(item: InformationItem, _: Setting) -> Any:
    *before, decided = item.sign_offs
    return (*before, attrs.evolve(decided, person=before[-1].person))


def _returned(step: SignOffStep) -> Callable[[InformationItem, Setting], Any]:
    def change(item: InformationItem, _: Setting) -> Any:
        back = SignOffResult.RETURNED
        return tuple(attrs.evolve(entry, result=back) if entry.step is step else entry for entry in item.sign_offs)

    return change


def _of_another_text(item: InformationItem, _: Setting) -> Any:
    *before, decided = item.sign_offs
    return (*before, attrs.evolve(decided, digest="0" * 64))


def _without_ground(item: InformationItem, _: Setting) -> Any:
    return tuple(attrs.evolve(entry, ground="") for entry in item.sign_offs)


def _two_months_earlier(item: InformationItem, _: Setting) -> dt.date:
    assert item.created_on is not None
    return item.created_on - dt.timedelta(days=60)


def _today(_: Record, setting: Setting) -> dt.date:
    return setting.as_of


def _on_portal(publication: Publication) -> bool:
    return publication.carrier is Carrier.PORTAL


_ENTRY = _of(
    Category.OTHER,
    {
        "index_number": ("CAT002", ""),
        "title": ("CAT002", "\u3000"),
        "summary": ("CAT002", ""),
        "issuer": ("CAT005", ""),
        "category": ("CAT111", None),
    },
)
_DISCLOSURE = [
    *(
        Mutation(of=InformationItem, field=field, change=change, owner=owner, drawn=_item(Category.OTHER))
        for field, change, owner in (
            ("attributes", (), "SEC004"),
            ("attributes", (DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT), "SEC005"),
            ("attributes", _other_attribute, "SEC005"),
            ("sign_offs", _without(SignOffStep.DRAFTER), "SEC006"),
            ("sign_offs", _without(SignOffStep.SECTION_HEAD), "SEC007"),
            ("sign_offs", _without(SignOffStep.PRINCIPAL), "SEC008"),
            ("sign_offs", _returned(SignOffStep.SECTION_HEAD), "SEC007"),
            ("sign_offs", _returned(SignOffStep.PRINCIPAL), "SEC008"),
            ("sign_offs", _of_another_text, "SEC008"),
            ("sign_offs", _decided_first, "SEC009"),
            ("sign_offs", _one_person, "SEC010"),
        )
    ),
    Mutation(
        of=InformationItem,
        field="sign_offs",
        change=_without_ground,
        owner="SEC013",
        drawn=_item(Category.OTHER),
        pick=lambda item: item.attributes == (DisclosureAttribute.EXEMPT,),
    ),
    *_of(
        Category.OTHER,
        {
            "review": ("SEC003", None),
            "review.reviewed_on": ("SEC003", _today),
            "review.reviewer": ("SEC003", " "),
            "created_on": ("CAT006", _two_months_earlier),
            "digest": ("WEB005", "0123456789abcdef" * 4),
        },
        drawn=_public,
        # A text changed lately may still wait for its update.
        pick=lambda item: item.changed_on is None,
    ),
    *_of(
        Category.OTHER,
        {"withdrawn_on": ("WEB004", _today), "digest": ("WEB005", "0123456789abcdef" * 4)},
        of=Publication,
        drawn=_public,
        pick=_on_portal,
    ),
    Mutation(of=Publication, field="digest", change="", owner="WEB005", drawn=_public, pick=_on_portal),
    # Published before it was made, it also has no time to measure.
    Mutation(
        of=Publication,
        field="published_on",
        change=dt.date(2009, 6, 1),
        owner="SEC003",
        drawn=_public,
        pick=lambda entry: entry.carrier is Carrier.OWN_SITE and entry.updated_on is None,
        also=frozenset({"CAT006"}),
    ),
    Mutation(
        of=InformationItem,
        field="review.reviewed_on",
        change=lambda item, _: item.changed_on - DAY,
        owner="SEC003",
        drawn=_public,
        pick=lambda item: item.changed_on is not None,
    ),
]
_CONTENTS = [
    *_of(
        Category.INSTITUTION,
        {
            "institution.functions": ("CAT011", ""),
            "institution.leaders": ("CAT012", ()),
            "institution.divisions": ("CAT013", (" ",)),
            "institution.contacts.phone": ("CAT014", ""),
            "institution.contacts": ("CAT014", None),
        },
        alone=True,
    ),
    *_of(Category.FEE, {"fee": ("CAT002", None)}),
    *_of(
        Category.DOCUMENT,
        {
            "document.name": ("CAT021", ""),
            "document.document_number": ("CAT021", " "),
            "document.issued_on": ("CAT021", None),
        },
        pick=lambda item: item.document.relation is DocumentRelation.ISSUED,
    ),
    *_of(
        Category.DOCUMENT,
        {"document.name": ("CAT022", ""), "document.issued_by": ("CAT022", "")},
        pick=lambda item: item.document.relation is DocumentRelation.APPLIED,
    ),
    *_approvals(ApprovalKind.LICENCE, 0, 1),
    *_approvals(ApprovalKind.NON_LICENCE, 1, 2),
    *_approvals(ApprovalKind.FILING, 2, 3),
    *_of(
        Category.ENFORCEMENT,
        {
            "enforcement.name": ("DIS041", ""),
            "enforcement.workflow": ("DIS042", (" ",)),
            "enforcement.outcomes": ("DIS043", _uncounted("enforcement")),
        },
    ),
    *_of(
        Category.COMPLAINT,
        {"complaint.takes": ("INT051", (ComplaintKind.HELP,)), "complaint.address": ("INT051", "")},
        pick=lambda item: item.complaint is not None,
        alone=True,
    ),
    *_of(
        Category.COMPLAINT,
        {"complaint.outcomes": ("INT052", _uncounted("complaint"))},
        pick=lambda item: item.complaint is not None,
    ),
    *_of(
        Category.COMPLAINT,
        {"supervision.result": ("SUP053", ""), "supervision.carried_out_on": ("SUP053", None)},
        pick=lambda item: item.supervision is not None,
    ),
    *_of(
        Category.ONLINE,
        {
            "online.name": ("SVC061", ""),
            "online.url": ("SVC061", ""),
            "online.workflow": ("SVC062", ()),
            "online.outcomes": ("SVC063", _uncounted("online")),
        },
    ),
    *_of(Category.EMERGENCY, {"emergency.response": ("CAT071", ""), "emergency.disposal": ("CAT071", " ")}),
    *_of(Category.DECISION, {"decision.process": ("DEC081", ()), "decision.content": ("DEC082", "")}),
    *_of(
        Category.PROJECT,
        {
            "project.approval_number": ("CAT091", ""),
            "project.approved_on": ("CAT091", None),
            "project.status": ("CAT092", ""),
            "project.status_on": ("CAT092", None),
        },
    ),
    *_of(Category.FEE, {"fee.name": ("CAT101", ""), "fee.basis": ("CAT102", "")}),
    *_of(Category.FEE, {"fee.rate_yuan": ("CAT103", None)}, pick=lambda item: item.fee.rate_yuan is not None),
    *_of(Category.FEE, {"fee.rate_rule": ("CAT103", " ")}, pick=lambda item: item.fee.rate_rule),
]
ITEM_DEFECTS: tuple[Mutation, ...] = (*_ENTRY, *_DISCLOSURE, *_CONTENTS)
"""Under the law of 2007: later law lifts some of the obligations."""
