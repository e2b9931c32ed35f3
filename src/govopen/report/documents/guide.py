"""公开指南: how to find and to ask for a unit's information.

Its contents are those of article 19 of the Regulations of 2007 and of article 12 of those of 2019: classification,
arrangement, ways to obtain; name, address, hours, telephone, fax and address on the network of the body in charge.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govopen.model.base import filled, terms
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import Contacts
from govopen.model.requests import Applicant, ChannelKind, Request
from govopen.model.units import UnitKind
from govopen.policy.matter import Provision
from govopen.report.documents.law import articles, articles_cell, gists, nothing, provided, provision_on, unverified
from govopen.report.documents.parts import Cell, Grid, Line, Listing, Paragraph, Part, Section, Span, line
from govopen.report.documents.phrases import ELEMENTS, as_of, known, labelled, linked, missing
from govopen.report.documents.records import UnitRecords
from govopen.report.wording import Wording
from govopen.texts import Text

__all__ = ["OfficeFacts", "guide"]

_TITLE = Text("{unit}政府信息公开指南", "Guide to the government information of {unit}")
_CONTENTS = ("ogi-2007:19", "ogi-2019:12")
_GISTS = Text(
    "条文大意由本系统归纳，以法律文本为准。",
    "What articles say is told in govopen's words; the text of the law prevails.",
)
_ABSENT = Text("该单位在{day}不存在。", "The unit does not exist on {day}.")

_CLASSES = Text("信息分类", "Classification")
_COUNT = Text("已公开条数", "Items public")
_SUBS = Text("子类别", "Sub-categories")

_ARRANGED = Text("编排体系", "Arrangement")
_BY = Text(
    "公开目录按类别编排，每条信息列明：{elements}。",
    "The catalogue is arranged by category; each entry has: {elements}.",
)

_PROACTIVE = Text("主动公开信息的获取", "Obtaining what is published")
_SITE = Text("网站", "Website")
_RUN_BY = Text("管理单位", "Run by")
_COLUMNS = Text("栏目", "Columns")
_READING_ROOM = Text("查阅场所", "Places to consult")

_ASKING = Text("依申请公开信息的获取", "Asking for information")
_WHERE = Text("地址、号码或网址", "Address, number or page")
_HOURS = Text("受理时间", "Office hours")
_STATES = Text("申请应当写明：{parts}。", "A request states: {parts}.")
_WISH = Text("{part}（如有要求）", "{part} (if one is wished for)")

_OFFICE = Text("公开工作机构", "Body in charge")
_FACT = Text("事项", "Item")
_CONTENT = Text("内容", "Content")
_SOURCE = Text("来源", "Source")
_GIVEN = Text("本页给出", "given on this page")
_OF_CHANNEL = Text("受理渠道", "request channel")
_OF_ITEM = Text("信息条目", "information item")

_TIMES = Text("办理期限", "Periods")
_FEES = Text("收费", "Fees")
_REMEDIES = Text("救济", "Remedies")
_MATTER = Text("法律事项", "Matter")
_SAYS = Text("规定", "Provision")
_LAW = Text("依据", "Law")

_PERIODS = (
    "ogi/proactive-time",
    "ogi/reply-time",
    "ogi/correction-notice",
    "ogi/third-party-time",
    "ogi/joint-maker-silence",
)
_CHARGES = ("ogi/handling-fee-items", "ogi/handling-fee-pages", "ogi/handling-fee-payment")
_FORM = Text("所需信息的形式", "the form wanted")


@attrs.frozen(kw_only=True)
class OfficeFacts:
    """What a document's author says of the body in charge. Blank: it is taken from the records."""

    name: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


_FACTS = {
    "name": Text("机构名称", "name"),
    "address": Text("办公地址", "address"),
    "hours": Text("办公时间", "office hours"),
    "phone": Text("联系电话", "telephone"),
    "fax": Text("传真号码", "fax"),
    "email": Text("互联网联系方式", "address on the network"),
}


def guide(records: UnitRecords, words: Wording, given: OfficeFacts | None = None) -> Section:
    """The guide of a unit on the records' day. What is not recorded is said to be missing.

    Args:
        records: What the public may know of the unit.
        words: The language.
        given: What the author says of the body in charge, before the records.
    """
    lang = words.lang
    intro = [as_of(records, words, *_CONTENTS), Paragraph(line(words.text(_GISTS)))]
    if not records.unit.exists_on(records.day):
        intro.append(Paragraph(line(Span(_ABSENT.get(lang, day=records.day.isoformat()), "missing"))))
    sections = (
        Section(key="classes", title=words.text(_CLASSES), parts=(_classes(records, words),)),
        Section(key="arrangement", title=words.text(_ARRANGED), parts=tuple(_arrangement(records, words))),
        Section(key="published", title=words.text(_PROACTIVE), parts=tuple(_published(records, words))),
        Section(key="requests", title=words.text(_ASKING), parts=tuple(_requests(records, words))),
        Section(key="office", title=words.text(_OFFICE), parts=(_office(records, words, given or OfficeFacts()),)),
        Section(key="periods", title=words.text(_TIMES), parts=(_matters(records, words, _PERIODS),)),
        Section(key="fees", title=words.text(_FEES), parts=tuple(_fees(records, words))),
        Section(key="remedies", title=words.text(_REMEDIES), parts=(_remedies(records, words),)),
    )
    return Section(key="guide", title=_TITLE.get(lang, unit=records.unit.name), parts=(*intro, *sections))


def _classes(records: UnitRecords, words: Wording) -> Grid:
    def subs(category: Category) -> Cell:
        return tuple(line(words.text(entry.title)) for entry in records.categories if entry.category is category)

    rows: list[tuple[Cell, ...]] = [
        ((line(words.label(category)),), (line(str(len(records.of(category)))),), subs(category))
        for category in Category
    ]
    heads, widths = [words.say("Category"), words.text(_COUNT), words.text(_SUBS)], (50, 20, 30)
    if not any(row[2] for row in rows):
        return Grid(heads=tuple(heads[:2]), rows=tuple(row[:2] for row in rows), widths=(70, 30))
    return Grid(heads=tuple(heads), rows=tuple(rows), widths=widths)


def _arrangement(records: UnitRecords, words: Wording) -> Iterator[Part]:
    provision = provision_on(records.library, "ogi/catalog-elements", records.day)
    if provision is None:
        yield Paragraph(nothing(words))
        return
    named = [words.text(ELEMENTS[key]) if key in ELEMENTS else key for key in provision.keys("elements")]
    yield Paragraph(_marked(_BY.get(words.lang, elements=words.join(named)), provision, words))
    yield Listing(articles_cell(records.library, provision.basis, words))


def _marked(text: str, provision: Provision, words: Wording) -> Line:
    return (Span(text),) if provision.verified else (Span(text), unverified(words))


def _published(records: UnitRecords, words: Wording) -> Iterator[Part]:
    rows = []
    for site, runner in records.sites:
        columns = tuple(
            line(column.name) if filled(column.name) else line(Span(column.id, "code"))
            for column in records.columns
            if column.site == site.id
        )
        run_by = known(runner.name if runner is not None else "", words)
        rows.append((((Span(words.label(site.kind)), *line(" ", *linked(site.url, words))),), (run_by,), columns))
    if rows:
        heads = (words.text(_SITE), words.text(_RUN_BY), words.text(_COLUMNS))
        yield Grid(heads=heads, rows=tuple(rows), widths=(40, 25, 35))
    else:
        yield Paragraph(labelled(words.text(_SITE), line(missing(words)), words))
    yield Paragraph(labelled(words.text(_READING_ROOM), line(missing(words)), words))
    yield Listing(gists(records.library, records.day, words, "ogi-2007:16", "ogi-2019:25"))


def _requests(records: UnitRecords, words: Wording) -> Iterator[Part]:
    rows: list[tuple[Cell, ...]] = []
    for kind in ChannelKind:
        found = [entry for entry in records.channels if entry.kind is kind]
        for entry in found:
            hours = known(entry.office_hours, words) if kind is ChannelKind.IN_PERSON else line(entry.office_hours)
            rows.append(((line(words.label(kind)),), (linked(entry.address, words),), (hours,)))
        if not found:
            rows.append(((line(words.label(kind)),), (line(missing(words)),), ()))
    heads = (words.say("Channel"), words.text(_WHERE), words.text(_HOURS))
    yield Grid(heads=heads, rows=tuple(rows), widths=(20, 50, 30))
    provision = provision_on(records.library, "ogi/request-content", records.day)
    if provision is not None:
        named = [_part(key, words) for key in provision.keys("required")]
        named += [_WISH.get(words.lang, part=_part(key, words)) for key in provision.keys("wishes")]
        yield Paragraph(_marked(_STATES.get(words.lang, parts=words.join(named)), provision, words))
    law = ("ogi-2007:13", "ogi-2007:20", "ogi-2007:26", "ogi-2019:27", "ogi-2019:29", "ogi-2019:31")
    yield Listing(gists(records.library, records.day, words, *law))


def _part(key: str, words: Wording) -> str:
    """What a part of a request is called; a key that no field of ours has is shown as it is."""
    if key == "form":
        return words.text(_FORM)
    term = {**terms(Request), **terms(Applicant)}.get(key)
    if term is None:
        return key
    return term.zh if words.lang == "zh-Hans" else term.en


def _office(records: UnitRecords, words: Wording, given: OfficeFacts) -> Grid:
    rows = []
    for name, text in _FACTS.items():
        said = getattr(given, name)
        value, source = (said, line(words.text(_GIVEN))) if filled(said) else _recorded(records, name, words)
        rows.append(((line(words.text(text)),), (linked(value, words),), (source,)))
    heads = (words.text(_FACT), words.text(_CONTENT), words.text(_SOURCE))
    return Grid(heads=heads, rows=tuple(rows), widths=(25, 45, 30))


_CHANNEL_OF = {"address": ChannelKind.IN_PERSON, "hours": ChannelKind.IN_PERSON, "fax": ChannelKind.FAX}
_CHANNEL_OF["email"] = ChannelKind.EMAIL


def _recorded(records: UnitRecords, name: str, words: Wording) -> tuple[str, Line]:
    """A fact of the body in charge from the records, and from which: a channel of requests, or a cleared item."""
    for channel in records.channels:
        value = channel.office_hours if name == "hours" else channel.address
        if channel.kind is _CHANNEL_OF.get(name) and filled(value):
            return value, labelled(words.text(_OF_CHANNEL), line(words.label(channel.kind)), words)
    for item, contacts in _contacts(records):
        value = {"address": contacts.address, "hours": contacts.office_hours, "phone": contacts.phone}.get(name, "")
        if filled(value):
            # What a record is called within the office tells the public nothing.
            named = Span(item.title, href=records.addresses.get(item.id, ""))
            return value, labelled(words.text(_OF_ITEM), line(named), words)
    return "", ()


def _contacts(records: UnitRecords) -> Iterator[tuple[InformationItem, Contacts]]:
    for item in records.of(Category.INSTITUTION):
        if item.institution is not None and item.institution.contacts is not None:
            yield item, item.institution.contacts


def _matters(records: UnitRecords, words: Wording, matters: tuple[str, ...]) -> Grid:
    heads = (words.text(_MATTER), words.text(_SAYS), words.text(_LAW))
    rows = tuple(provided(records.library, name, records.day, words) for name in matters)
    return Grid(heads=heads, rows=rows, widths=(25, 40, 35))


def _fees(records: UnitRecords, words: Wording) -> Iterator[Part]:
    yield Listing(gists(records.library, records.day, words, "ogi-2007:27", "ogi-2019:42"))
    # Handling fees are a thing of the law of 2019; before it the table would only say that there were none.
    if articles(records.library, records.day, "ogi-2019:42"):
        yield _matters(records, words, _CHARGES)


def _remedies(records: UnitRecords, words: Wording) -> Listing:
    law = ["ogi-2007:33", "ogi-2019:51"]
    if records.unit.kind is UnitKind.PUBLIC_ENTITY:
        law = ["ogi-2007:37", "ogi-2007:33", "ogi-2019:55"]
    return Listing(gists(records.library, records.day, words, *law))
