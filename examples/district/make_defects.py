"""Plants the defects that defects.toml lists, each by changing right records, and writes the list for people."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import attrs
from make_plan import HERE, Book, after, digest

from govopen.model.assurance import Evidence, Judgement, Probe, Verdict
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import ClassifiedItem, DisclosureAttribute, SignOffStep
from govopen.model.contents import ComplaintKind
from govopen.model.discretion import DiscretionTable, PenaltyDecision
from govopen.model.organisation import Organisation
from govopen.model.requests import ReplyOutcome, Request, RequestChannel
from govopen.model.website import Carrier, Column, Publication

__all__ = ["listed", "plant", "write_list"]

C = TypeVar("C")

_GROUPS = ("defects", "awaiting", "waived")
_UNCLEARED = "uncleared"


def listed() -> dict[str, Any]:
    """What defects.toml lists."""
    return tomllib.loads((HERE / "defects.toml").read_text(encoding="utf-8"))


def plant(book: Book) -> None:
    """Plant them all, those that look like defects and are none, too.

    Raises:
        LookupError: The list and this module name different defects.
    """
    ids = {entry["id"] for group in (*_GROUPS, _UNCLEARED) for entry in listed()[group] if "same_as" not in entry}
    if ids != PLANTS.keys():
        raise LookupError(f"listed or planted, not both: {sorted(ids ^ PLANTS.keys())}")
    # Nothing has to be handed in for this filing: an empty list, which is not a blank.
    _content(book, "finance-filing-1", "approval", materials=())
    for change in PLANTS.values():
        change(book)


def _item(id_: str, **changes: Any) -> Callable[[Book], None]:
    return lambda book: book.change(InformationItem, id_, **changes)


def _content(book: Book, id_: str, field: str, **changes: Any) -> None:
    item = book.get(InformationItem, id_)
    book.change(InformationItem, id_, **{field: attrs.evolve(getattr(item, field), **changes)})


def _blank(id_: str, field: str, **changes: Any) -> Callable[[Book], None]:
    return lambda book: _content(book, id_, field, **changes)


def _record(cls: type[Any], id_: str, **changes: Any) -> Callable[[Book], None]:
    return lambda book: book.change(cls, id_, **changes)


def _without(cls: type[Any], *ids: str) -> Callable[[Book], None]:
    return lambda book: book.remove(cls, *ids)


def _published(id_: str, **changes: Any) -> Callable[[Book], None]:
    """Change both the copy on the own site and that on the portal."""

    def change(book: Book) -> None:
        for carrier in ("own", "portal"):
            book.change(Publication, f"{id_}.{carrier}", **changes)

    return change


def _adds_text(id_: str, line: str, *, first: bool = False) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        text = book.get(InformationItem, id_).text
        book.change(InformationItem, id_, text=f"{line}\n{text}" if first else f"{text}\n{line}")

    return change


def _changed_after_sign_off(book: Book) -> None:
    item = book.get(InformationItem, "education-filing-1")
    assert item.review is not None
    changed = dt.date(2011, 11, 7)
    again = attrs.evolve(item.review, reviewed_on=after(changed, 1))
    book.change(InformationItem, item.id, changed_on=changed, review=again)
    _published(item.id, updated_on=after(changed, 4))(book)


def _reply(id_: str, **changes: Any) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        reply = book.get(Request, id_).reply
        assert reply is not None
        book.change(Request, id_, reply=attrs.evolve(reply, **changes))

    return change


def _replied_after(id_: str, working_days: int) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        _reply(id_, on=after(book.get(Request, id_).received_on, working_days))(book)

    return change


def _together(*changes: Callable[[Book], None]) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        for each in changes:
            each(book)

    return change


def _secret_leaks(book: Book) -> None:
    book.add(
        Publication(
            id="hightech-c1.own",
            unit="hightech",
            item="hightech-c1",
            carrier=Carrier.OWN_SITE,
            published_on=dt.date(2011, 4, 12),
            withdrawn_on=dt.date(2011, 4, 13),
            site="hightech-site",
            digest=digest("hightech-c1"),
        )
    )


def _reviewed_after_publication(book: Book) -> None:
    item = book.get(InformationItem, "wanghe-issued-2")
    assert item.review is not None
    day = after(book.get(Publication, "wanghe-issued-2.portal").published_on, 3)
    book.change(InformationItem, item.id, review=attrs.evolve(item.review, reviewed_on=day))


def _head_after_principal(book: Book) -> None:
    drafted, reviewed, decided = book.get(InformationItem, "finance-issued-2").sign_offs
    assert decided.on is not None
    signed = (drafted, attrs.evolve(reviewed, on=after(decided.on, 1)), decided)
    book.change(InformationItem, "finance-issued-2", sign_offs=signed)


def _without_principal(book: Book) -> None:
    item = book.get(InformationItem, "construction-online-1")
    book.change(InformationItem, item.id, sign_offs=item.sign_offs[:2])


def _signed_by_one_hand(book: Book) -> None:
    drafted, reviewed, decided = book.get(InformationItem, "wanghe-decision-1").sign_offs
    assert decided.step is SignOffStep.PRINCIPAL
    signed = attrs.evolve(decided, person=reviewed.person, acting_for=decided.person)
    book.change(InformationItem, "wanghe-decision-1", sign_offs=(drafted, reviewed, signed))


def _empty_column(book: Book) -> None:
    book.add(
        Column(
            id="wanghe-village",
            unit="wanghe",
            site="portal",
            name="望荷镇·村务公开",
            update_within="6m",
            since=dt.date(2011, 12, 1),
            categories=(Category.OTHER,),
        )
    )


def _not_told(book: Book) -> None:
    extension = book.get(Request, "finance-20110321").extension
    assert extension is not None
    book.change(Request, "finance-20110321", extension=attrs.evolve(extension, notified_on=None))


def _deputy_without_charge(book: Book) -> None:
    institution = book.get(InformationItem, "hospital-institution-1").institution
    assert institution is not None
    head, deputy = institution.leaders
    _content(book, "hospital-institution-1", "institution", leaders=(head, attrs.evolve(deputy, in_charge_of="")))


def _count_left_blank(book: Book) -> None:
    enforcement = book.get(InformationItem, "construction-enforcement-2").enforcement
    assert enforcement is not None
    blank = tuple(attrs.evolve(outcome, handled=None) for outcome in enforcement.outcomes)
    _content(book, "construction-enforcement-2", "enforcement", outcomes=blank)


def _tiers_overlap(book: Book) -> None:
    first, second, third = book.get(DiscretionTable, "urban-dumping-2011").rows
    second = attrs.evolve(second, when=second.when.replace("1立方米以上不满5立方米", "1立方米以上5立方米以下"))
    book.change(DiscretionTable, "urban-dumping-2011", rows=(first, second, third))


def _range_not_verified(book: Book) -> None:
    (entry,) = book.get(DiscretionTable, "urban-building-2011").statute
    book.change(DiscretionTable, "urban-building-2011", statute=(attrs.evolve(entry, verified=False),))


PLANTS: Mapping[str, Callable[[Book], None]] = {
    "D01": _published("education-issued-4", published_on=dt.date(2011, 10, 14)),
    "D02": _published("construction-issued-2", published_on=dt.date(2011, 10, 10)),
    "D03": _published("finance-institution-1", updated_on=dt.date(2011, 8, 3)),
    "D04": _secret_leaks,
    "D05": _reviewed_after_publication,
    "D06": _item("songjian-issued-3", review=None),
    "D07": _item("urban-issued-2", attributes=(DisclosureAttribute.PROACTIVE, DisclosureAttribute.ON_REQUEST)),
    "D08": _item("hequan-issued-4", attributes=()),
    "D09": _head_after_principal,
    "D10": _without_principal,
    "D11": _record(Publication, "hospital-fee-1.portal", digest=digest("hospital-fee-1", "old rate")),
    "D12": _without(Publication, "trading-issued-3.portal"),
    "D13": _empty_column,
    "D14": _record(Column, "hightech-service", update_within="3m"),
    "D15": _record(Probe, "songjian-site.201112", works=False),
    "D16": _together(_without(RequestChannel, "hequan-fax"), _without(Probe, "hequan-fax.201112")),
    "D17": _record(Probe, "water-fax.201112", works=False),
    "D18": _replied_after("urban-20110627", 17),
    "D19": _record(Request, "construction-20111017", reply=None),
    "D20": _not_told,
    "D21": _reply("wanghe-20111013", outcome=ReplyOutcome.UNABLE, reasons_given=False),
    "D22": _record(Request, "hospital-20110511", kind=None),
    "D23": _together(
        _without(InformationItem, "songjian-fee-1"),
        _without(Publication, *(f"songjian-fee-1.{carrier}" for carrier in ("own", "portal", "notice_board"))),
    ),
    "D24": _blank("finance-fee-3", "fee", rate_yuan=None),
    "D25": _blank("water-emergency-1", "emergency", disposal=""),
    "D26": _item("wanghe-other-3", category=None),
    "D27": _blank("education-licence-2", "approval", materials=None),
    "D28": _deputy_without_charge,
    "D29": _together(_item("water-project-2", field=None), _item("water-project-3", field=None)),
    "D30": _record(Evidence, "finance-1.2-o4", expires_on=dt.date(2011, 11, 30)),
    "D31": _record(Judgement, "urban-1.1-o6", verdict=Verdict.PARTLY, reason="下半年没有召开信息公开工作会议"),
    "D32": _record(Probe, "trading-email.201112", observed_on=dt.date(2011, 11, 10)),
    "D33": _record(Column, "office-service", update_within=""),
    "D34": _item("hequan-issued-2", index_number=""),
    "D35": _item("water-online-1", issuer=""),
    "D36": _blank("office-issued-4", "document", document_number=""),
    "D37": _blank("hequan-applied-1", "document", issued_by=""),
    "D38": _count_left_blank,
    "D39": _blank("trading-complaint-1", "complaint", takes=(ComplaintKind.REPORT, ComplaintKind.COMPLAINT)),
    "D40": _blank("office-supervision-1", "supervision", result=""),
    "D41": _blank("education-online-1", "online", url=""),
    "D42": _blank("hightech-decision-2", "decision", process=()),
    "D43": _blank("songjian-project-2", "project", approval_number=""),
    "D44": _record(Organisation, "hightech-2011", full_time_staff=None),
    "D45": _together(
        _record(Organisation, "trading-2011", plan_document_number="", plan_issued_on=None),
        _without(Evidence, "trading-1.1-o5"),
    ),
    "D46": _signed_by_one_hand,
    "D47": _record(ClassifiedItem, "urban-c1", authorisation=""),
    "D48": _replied_after("hightech-20110720", 18),
    "D49": _record(RequestChannel, "songjian-in_person", office_hours=""),
    "D50": _record(RequestChannel, "wanghe-post", published_on=dt.date(2012, 1, 10)),
    "D51": _blank("construction-enforcement-1", "enforcement", responsible=""),
    "D52": _blank("construction-enforcement-2", "enforcement", discretionary=True),
    "D53": _tiers_overlap,
    "D54": _record(PenaltyDecision, "urban-dumping-20110803", amount_yuan=Decimal("3500.00")),
    "D55": _record(PenaltyDecision, "urban-stalls-20110928", reasons=""),
    "D56": _blank("urban-enforcement-2", "enforcement", reviewed_on=None),
    "D57": _record(DiscretionTable, "construction-permit-2011", item=""),
    "D58": _range_not_verified,
    "D59": _record(PenaltyDecision, "construction-permit-20110413", acted_on=dt.date(2010, 12, 20)),
    "A01": _without(Evidence, "water-1.4-o6"),
    "A02": _record(Evidence, "hequan-1.5.6-o1", accepted_by="", accepted_on=None),
    "A03": _without(Judgement, "hospital-1.5-o4"),
    "A04": _without(Evidence, "construction-2.3-o1"),
    "W01": _record(Probe, "hightech-site.201112", works=False),
    "C01": _adds_text("hequan-issued-6", "夜间及节假日由值班人员接听，手机：13000000000。"),
    "C02": _adds_text("office-other-3", "秘密★1年", first=True),
    "C03": _changed_after_sign_off,
}

_TITLES = {
    "defects": "Defects",
    "awaiting": "Awaited",
    "waived": "Waived",
}


def write_list(path: Path) -> None:
    """DEFECTS.md."""
    entries = listed()
    lines = [
        "# What was planted",
        "",
        "Made by `build.py` from `defects.toml`, which the tests read: a check as of 2011-12-31 finds all of this and",
        "nothing else. Obligations are those of `panyu-2011`; behind each stands its status for the unit.",
    ]
    for group in _GROUPS:
        lines += ["", f"## {_TITLES[group]}", "", "| | unit | rule and record | obligations | what somebody did |"]
        lines.append("|---|---|---|---|---|")
        for entry in entries[group]:
            findings = "<br>".join(f"{rule} `{subject}` ({outcome})" for rule, subject, outcome in entry["findings"])
            statuses = "<br>".join(f"{local}: {status}" for local, status in entry["statuses"].items()) or "none"
            lines.append(f"| {entry['id']} | {entry['unit']} | {findings} | {statuses} | {entry['wrong']} |")
    lines += [
        "",
        "## Not cleared for the public",
        "",
        "Meant for proactive disclosure, and not cleared for the public on 2011-12-31; everything else so meant is.",
        "Items of later years are not there yet. What is not decided is not screened either (`not-screened`).",
        "",
        "| | unit | item | bars | why |",
        "|---|---|---|---|---|",
    ]
    for entry in entries[_UNCLEARED]:
        bars = ", ".join(f"`{bar}`" for bar in entry["bars"])
        lines.append(f"| {entry['id']} | {entry['unit']} | `{entry['item']}` | {bars} | {entry['why']} |")
    lines += ["", "## Right, though it looks wrong", "", "| record | why no rule speaks of it |", "|---|---|"]
    lines += [f"| `{entry['subject']}` | {entry['why']} |" for entry in entries["silent"]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
