"""Information items of the seed, how each was settled, and where it was published."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from make_attachments import attachments_of
from make_contents import SERVICES, Entry, content, number_of, summary
from make_plan import Book, UnitPlan, after, digest, load, working_day
from make_texts import text_of

from govopen.model.catalog import InformationItem, KeyField
from govopen.model.classification import DisclosureAttribute, ReviewResult, SecrecyReview, SignOff, SignOffStep
from govopen.model.published import public_digest
from govopen.model.units import Duty
from govopen.model.website import Carrier, Publication

__all__ = ["add_items", "pin"]


def add_items(book: Book, plans: list[UnitPlan]) -> None:
    """All items and their publications, all of them right."""
    rows = load("items.toml")
    for plan in plans:
        counts: Counter[str] = Counter()
        for seed, (kind, day, title, *rest) in enumerate(rows[plan.id], start=plan.number):
            counts[kind] += 1
            entry = Entry(
                plan=plan,
                id=f"{plan.id}-{kind}-{counts[kind]}",
                kind=kind,
                day=day,
                title=title,
                seed=seed,
                about=rest[0] if rest else {},
            )
            item = _item(entry)
            book.add(item, *_publications(entry, item))


def pin(book: Book) -> None:
    """Give every item the digest of what is shown of it, and every copy that agreed with the item that digest, too."""
    for item in list(book.of(InformationItem)):
        found = public_digest(item)
        for copy in list(book.of(Publication, item.unit)):
            if copy.item == item.id and copy.digest == item.digest:
                book.change(Publication, copy.id, digest=found)
        book.change(InformationItem, item.id, digest=found)


def _item(entry: Entry) -> InformationItem:
    plan, day, seed = entry.plan, entry.day, entry.seed
    if working_day(day) != day:
        raise LookupError(f"{entry.id}: nobody was in the office on {day}")
    attribute = DisclosureAttribute(entry.about.get("attribute", "proactive"))
    # A change restarts the review: a record holds the latest, that of the text as changed.
    settled = entry.about.get("changed", day)
    return InformationItem(
        id=entry.id,
        unit=plan.id,
        field=KeyField(entry.about["field"]) if "field" in entry.about else None,
        index_number=_index_number(entry),
        title=entry.title,
        summary=summary(entry),
        document_number=number_of(plan, day) if entry.kind == "issued" else "",
        issuer=plan.name,
        created_on=day,
        changed_on=entry.about.get("changed"),
        digest=digest(entry.id, entry.title),
        text=text_of(entry),
        attachments=attachments_of(entry.id),
        valid_until=entry.about.get("valid"),
        attributes=(attribute,),
        review=SecrecyReview(
            reviewed_on=after(settled, 1), reviewer=plan.signers[1], result=ReviewResult.NOT_CLASSIFIED
        ),
        sign_offs=tuple(
            SignOff(
                step=step,
                person=person,
                on=after(settled, delay),
                attribute=attribute,
                ground=entry.about.get("ground", ""),
            )
            for step, person, delay in zip(SignOffStep, plan.signers, (1, 2 + seed % 2, 3 + seed % 3), strict=True)
        ),
        **content(entry),
    )


def _index_number(entry: Entry) -> str:
    """Every kind of unit has a format of its own, as is the case: none is the right one."""
    code, year, seed = entry.plan.code, entry.day.year, entry.seed
    if entry.plan.kind in {"town", "street"}:
        return f"{code}-{year}-{seed:03}"
    return f"{code}〔{year}〕{seed}" if entry.plan.kind == "public_entity" else f"{code}0000/{year}-{seed:05}"


def _publications(entry: Entry, item: InformationItem) -> Iterator[Publication]:
    if item.attributes != (DisclosureAttribute.PROACTIVE,) or entry.about.get("held"):
        return
    plan = entry.plan
    # Five to sixteen working days; the portal follows at once or the next day.
    delay = entry.about.get("after", 5 + entry.seed * 5 % 12)
    own = after(entry.day, delay)
    portal = own if delay >= 20 else after(own, entry.seed % 2)
    updated = None if item.changed_on is None else after(item.changed_on, 5 + entry.seed % 11)
    common: dict[str, Any] = {"unit": plan.id, "item": item.id, "updated_on": updated, "digest": item.digest}
    yield Publication(
        id=f"{item.id}.own",
        carrier=Carrier.OWN_SITE,
        published_on=own,
        site=f"{plan.id}-site",
        url=f"http://{plan.id}.lingan.example.gov.cn/xxgk/{item.id}.html",
        **common,
    )
    column = f"{plan.id}-{'service' if item.category in SERVICES else 'info'}" if plan.has(Duty.PORTAL_COLUMNS) else ""
    yield Publication(
        id=f"{item.id}.portal",
        carrier=Carrier.PORTAL,
        published_on=portal,
        site="portal",
        column=column,
        url=f"http://www.lingan.example.gov.cn/{plan.id}/{item.id}.html",
        **common,
    )
    if entry.kind == "decision":
        yield _elsewhere(item, Carrier.GAZETTE, after(own, 6))
    elif entry.kind in {"project", "fee"} and plan.kind in {"town", "street", "public_entity"}:
        yield _elsewhere(item, Carrier.NOTICE_BOARD, own)


def _elsewhere(item: InformationItem, carrier: Carrier, day: dt.date) -> Publication:
    return Publication(
        id=f"{item.id}.{carrier.value}",
        unit=item.unit,
        item=item.id,
        carrier=carrier,
        published_on=day,
        digest=item.digest,
    )
