"""A discretion table with all that was found out about it, as the writers of reports take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from govopen.discretion.properties import Proofs
from govopen.discretion.table import Table
from govopen.policy.matter import Provision
from govopen.texts import Label, Language, Text

__all__ = ["CheckedTable", "Remark", "RemarkKind", "remarks_on_law"]


class RemarkKind(Label):
    """How much a remark weighs. None of them is a property of the table."""

    NOTE = "note", "说明", "note"
    WARNING = "warning", "注意", "warning"


@attrs.frozen(kw_only=True)
class Remark:
    """Something to know besides the properties."""

    kind: RemarkKind = RemarkKind.NOTE
    message: Text
    facts: dict[str, str] = attrs.field(factory=dict)

    def get(self, lang: Language) -> str:
        """The remark in ``lang``."""
        return self.message.get(lang, **self.facts)


@attrs.frozen(kw_only=True)
class CheckedTable:
    """A table, what was proved of it, and by which law its words were read.

    Attributes:
        source: The file.
        provision: Which words of interval include their number.
        worded_on: The day that picked it; ``None``: the law in force now, for want of another.
        laws: The titles of what the provision rests on.
        remarks: On the law, and what the proofs noticed.
    """

    source: str
    table: Table
    proofs: Proofs
    provision: Provision
    worded_on: dt.date | None
    laws: tuple[Text, ...] = ()
    remarks: tuple[Remark, ...] = ()


_UNVERIFIED = Text(
    "第{number}项法定幅度（{citation}）没有人对照法律文本核对过。",
    "Statutory range {number} ({citation}): nobody has verified it in a copy of the law.",
)
_LATER = Text(
    "第{number}项法定幅度（{citation}）自{since}起施行，晚于本表的施行日期{day}。",
    "Statutory range {number} ({citation}) holds from {since}, after the table's first day {day}.",
)
_ENDED = Text(
    "第{number}项法定幅度（{citation}）施行至{until}，早于本表的施行日期{day}。",
    "Statutory range {number} ({citation}) held until {until}, before the table's first day {day}.",
)
_NO_DAY = Text(
    "本表没有施行日期，无法核对法定幅度在当时是否有效。",
    "The table has no first day, so nobody can say whether its statutory ranges were in force then.",
)


def remarks_on_law(table: Table) -> Iterator[Remark]:
    """What is to be known of the statutory ranges: those that nobody has verified, or that did not hold on the table's
    first day.
    """
    day = table.document.since
    for statute in table.statutes:
        source = statute.source
        facts = {"number": str(statute.number), "citation": source.citation}
        if not source.verified:
            yield Remark(kind=RemarkKind.WARNING, message=_UNVERIFIED, facts=facts)
        if day is None:
            continue
        facts["day"] = day.isoformat()
        if day < source.since:
            since = facts | {"since": source.since.isoformat()}
            yield Remark(kind=RemarkKind.WARNING, message=_LATER, facts=since)
        elif source.until is not None and day > source.until:
            until = facts | {"until": source.until.isoformat()}
            yield Remark(kind=RemarkKind.WARNING, message=_ENDED, facts=until)
    if day is None and table.statutes:
        yield Remark(message=_NO_DAY)
