"""Information items of the seed, how each was settled, and where it was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from make_contents import SERVICES, content, number_of, summary
from make_plan import Book, UnitPlan, after, digest, load, working_day

from govopen.model.catalog import InformationItem, KeyField
from govopen.model.classification import DisclosureAttribute, ReviewResult, SecrecyReview, SignOff, SignOffStep
from govopen.model.units import Duty
from govopen.model.website import Carrier, Publication

__all__ = ["add_items"]


def add_items(book: Book, plans: list[UnitPlan]) -> None:
    """All items and their publications, all of them right."""
    rows = load("items.toml")
    for plan in plans:
        counts: dict[str, int] = {}
        for seed, (kind, day, title, *rest) in enumerate(rows[plan.id], start=plan.number):
            counts[kind] = counts.get(kind, 0) + 1
            item = _item(plan, f"{plan.id}-{kind}-{counts[kind]}", kind, day, title, seed, rest[0] if rest else {})
            book.add(item, *_publications(plan, item, kind, seed, rest[0] if rest else {}))


def _item(
    plan: UnitPlan, id_: str, kind: str, day: dt.date, title: str, seed: int, about: Mapping[str, Any]
) -> InformationItem:
    if working_day(day) != day:
        raise LookupError(f"{id_}: nobody was in the office on {day}")
    attribute = DisclosureAttribute(about.get("attribute", "proactive"))
    return InformationItem(
        id=id_,
        unit=plan.id,
        field=KeyField(about["field"]) if "field" in about else None,
        index_number=f"{plan.code}{plan.number:04}/{day.year}-{seed:05}",
        title=title,
        summary=summary(kind, title),
        document_number=number_of(plan, day) if kind == "issued" else "",
        issuer=plan.name,
        created_on=day,
        changed_on=about.get("changed"),
        digest=digest(id_, title),
        attributes=(attribute,),
        review=SecrecyReview(reviewed_on=after(day, 1), reviewer=plan.signers[1], result=ReviewResult.NOT_CLASSIFIED),
        sign_offs=tuple(
            SignOff(step=step, person=person, on=after(day, delay), attribute=attribute)
            for step, person, delay in zip(SignOffStep, plan.signers, (0, 1 + seed % 2, 2 + seed % 3), strict=True)
        ),
        **content(kind, plan, day, title, seed, about),
    )


def _publications(
    plan: UnitPlan, item: InformationItem, kind: str, seed: int, about: Mapping[str, Any]
) -> Iterator[Publication]:
    if item.attributes != (DisclosureAttribute.PROACTIVE,):
        return
    assert item.created_on is not None
    # Five to sixteen working days; the portal follows at once or the next day.
    delay = about.get("after", 5 + seed * 5 % 12)
    own = after(item.created_on, delay)
    portal = own if delay >= 20 else after(own, seed % 2)
    updated = None if item.changed_on is None else after(item.changed_on, 3 + seed % 11)
    common: dict[str, Any] = {"unit": plan.id, "item": item.id, "updated_on": updated, "digest": item.digest}
    yield Publication(
        id=f"{item.id}.own",
        carrier=Carrier.OWN_SITE,
        published_on=own,
        site=f"{plan.id}-site",
        url=f"http://{plan.id}.lingan.example.gov.cn/xxgk/{item.id}.html",
        **common,
    )
    column = f"{plan.id}-{'service' if kind in SERVICES else 'info'}" if plan.has(Duty.PORTAL_COLUMNS) else ""
    yield Publication(
        id=f"{item.id}.portal",
        carrier=Carrier.PORTAL,
        published_on=portal,
        site="portal",
        column=column,
        url=f"http://www.lingan.example.gov.cn/{plan.id}/{item.id}.html",
        **common,
    )
    if kind == "decision":
        yield _elsewhere(plan, item, Carrier.GAZETTE, after(own, 6))
    elif kind in {"project", "fee"} and plan.kind in {"town", "street", "public_entity"}:
        yield _elsewhere(plan, item, Carrier.NOTICE_BOARD, own)


def _elsewhere(plan: UnitPlan, item: InformationItem, carrier: Carrier, day: dt.date) -> Publication:
    return Publication(
        id=f"{item.id}.{carrier.value}",
        unit=plan.id,
        item=item.id,
        carrier=carrier,
        published_on=day,
        digest=item.digest,
    )
