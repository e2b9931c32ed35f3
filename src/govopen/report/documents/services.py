"""办事指南: what one can have done at a unit, how, and with which papers.

Article 20 (8) of the Regulations of 2019 has basis, conditions, procedure and outcome of licences and other services
published. What of it the records do not hold is named in the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govopen.model.base import filled
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import Outcome
from govopen.report.documents.parts import Cell, Grid, Line, Listing, Paragraph, Part, Section, Span, line
from govopen.report.documents.phrases import as_of, known, labelled, linked, missing
from govopen.report.documents.records import UnitRecords
from govopen.report.wording import Wording
from govopen.texts import Text

__all__ = ["services"]

_TITLE = Text("{unit}办事指南", "Services of {unit}")
_LAW = ("ogi-2019:20",)
_COUNT = Text("共{count}项。", "Services: {count}.")
_NONE = Text("没有已公开的办事事项。", "No service is published.")

_KIND = Text("事项类别", "Kind")
_ONLINE = Text("网上办理", "online service")
_SUMMARY = Text("内容概述", "Summary")
_PAGE = Text("办理网址", "Page")
_PUBLISHED = Text("公布网址", "Published at")
_INDEX = Text("索引号", "Index number")
_STEPS = Text("办理流程", "Procedure")
_PAPERS = Text("申请材料", "Papers")
_NO_PAPERS = Text("无需提交申请材料。", "No papers are needed.")
_FILES = Text("附件", "Files")
_OUTCOMES = Text("办理结果", "Outcomes")
_FROM, _UNTIL, _HANDLED = Text("起", "From"), Text("止", "Until"), Text("办结数", "Handled")
_UNHELD = Text(
    "法定依据、受理条件、办理期限未在记录中登记，请以办理窗口的说明为准。",
    "Legal basis, conditions and time are not on record; ask at the counter.",
)
_FEES = Text("收费项目", "Fees")
_FEE, _BASIS, _RATE, _RULE = (
    Text("项目", "Fee"),
    Text("依据", "Basis"),
    Text("标准（元）", "Rate (CNY)"),
    Text("计费办法", "How it is reckoned"),
)
_CONTACTS = Text("咨询", "Questions")
_ADDRESS, _PHONE, _HOURS = Text("办公地址", "Address"), Text("联系电话", "Telephone"), Text("办公时间", "Office hours")
_COMPLAINTS = Text("监督投诉", "Complaints")
_TAKES, _WHERE = Text("受理类别", "Takes"), Text("渠道", "Where")


def services(records: UnitRecords, words: Wording) -> Section:
    """The services of a unit on the records' day, from the items on approvals and online services that are cleared."""
    items = records.of(Category.APPROVAL, Category.ONLINE)
    said = _COUNT.get(words.lang, count=len(items)) if items else words.text(_NONE)
    parts: list[Part] = [as_of(records, words, *_LAW), Paragraph(line(said))]
    if items:
        parts.append(Paragraph(line(Span(words.text(_UNHELD), "missing"))))
    parts += [_service(records, number, item, words) for number, item in enumerate(items, 1)]
    parts += [_fees(records, words), _contacts(records, words), _complaints(records, words)]
    title = _TITLE.get(words.lang, unit=records.unit.name)
    return Section(key="services", title=title, parts=tuple(parts))


def _service(records: UnitRecords, number: int, item: InformationItem, words: Wording) -> Section:
    return Section(key=f"service-{number}", title=item.title, parts=tuple(_said(records, item, words)))


def _said(records: UnitRecords, item: InformationItem, words: Wording) -> Iterator[Part]:
    approval, online = item.approval, item.online
    kind = words.label(approval.kind) if approval is not None else words.text(_ONLINE)
    facts: list[tuple[Text, Line]] = [(_KIND, line(kind))]
    if online is not None:
        facts.append((_PAGE, linked(online.url, words)))
    if address := records.addresses.get(item.id):
        facts.append((_PUBLISHED, linked(address, words)))
    facts += [(_INDEX, known(item.index_number, words)), (_SUMMARY, known(item.summary, words))]
    yield Listing(tuple(labelled(words.text(name), value, words) for name, value in facts))
    workflow = next((held.workflow for held in (approval, online) if held is not None), ())
    yield from _list(_STEPS, workflow, words, numbered=True)
    if approval is not None:
        if approval.materials == ():
            yield Paragraph(labelled(words.text(_PAPERS), line(words.text(_NO_PAPERS)), words))
        else:
            yield from _list(_PAPERS, approval.materials or (), words)
    if item.attachments:
        yield from _list(_FILES, [file.name for file in item.attachments], words)
    yield from _outcomes(next((held.outcomes for held in (approval, online) if held is not None), ()), words)


def _list(name: Text, texts: Iterable[str], words: Wording, *, numbered: bool = False) -> Iterator[Part]:
    said = [text for text in texts if filled(text)]
    yield Paragraph(labelled(words.text(name), () if said else line(missing(words)), words))
    if said:
        yield Listing(tuple(line(text) for text in said), numbered=numbered)


def _outcomes(outcomes: tuple[Outcome, ...], words: Wording) -> Iterator[Part]:
    yield Paragraph(labelled(words.text(_OUTCOMES), () if outcomes else line(missing(words)), words))
    if outcomes:
        yield Grid(
            heads=(words.text(_FROM), words.text(_UNTIL), words.text(_HANDLED)),
            rows=tuple(
                (
                    (line(entry.covers_from.isoformat()),),
                    (line(entry.covers_until.isoformat()),),
                    # None handled is a number; a blank says nothing.
                    (line(missing(words) if entry.handled is None else str(entry.handled)),),
                )
                for entry in outcomes
            ),
            widths=(35, 35, 30),
        )


def _fees(records: UnitRecords, words: Wording) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for item in records.of(Category.FEE):
        if (fee := item.fee) is not None:
            rate = line(missing(words)) if fee.rate_yuan is None else line(f"{fee.rate_yuan:f}")
            # The way it is reckoned may stand in the place of a rate.
            if fee.rate_yuan is None and filled(fee.rate_rule):
                rate = ()
            name = fee.name if filled(fee.name) else item.title
            rows.append(((line(name),), (known(fee.basis, words),), (rate,), (line(fee.rate_rule),)))
    heads = tuple(words.text(text) for text in (_FEE, _BASIS, _RATE, _RULE))
    part = Grid(heads=heads, rows=tuple(rows), widths=(25, 35, 15, 25)) if rows else Paragraph(line(missing(words)))
    return Section(key="fees", title=words.text(_FEES), parts=(part,))


def _contacts(records: UnitRecords, words: Wording) -> Section:
    held = [item.institution.contacts for item in records.of(Category.INSTITUTION) if item.institution is not None]
    contacts = [entry for entry in held if entry is not None]

    def first(name: str) -> Line:
        return known(next((text for entry in contacts if filled(text := getattr(entry, name))), ""), words)

    facts = ((_ADDRESS, "address"), (_PHONE, "phone"), (_HOURS, "office_hours"))
    said = tuple(labelled(words.text(text), first(name), words) for text, name in facts)
    return Section(key="contacts", title=words.text(_CONTACTS), parts=(Listing(said),))


def _complaints(records: UnitRecords, words: Wording) -> Section:
    rows = tuple(
        ((line(words.join(map(words.label, channel.takes))),), (linked(channel.address, words),))
        for item in records.of(Category.COMPLAINT)
        if (channel := item.complaint) is not None
    )
    heads = (words.text(_TAKES), words.text(_WHERE))
    part = Grid(heads=heads, rows=rows, widths=(35, 65)) if rows else Paragraph(line(missing(words)))
    return Section(key="complaints", title=words.text(_COMPLAINTS), parts=(part,))
