"""What answers an obligation besides rules: evidence, judgement, probe, nil return, ability."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import attrs

from govopen.model.base import Record, Term, filled, within
from govopen.model.units import Duty
from govopen.texts import Label

__all__ = ["NIL_RETURN_DAYS", "Ability", "Evidence", "Judgement", "NilReturn", "Probe", "ProbeKind", "Verdict"]


NIL_RETURN_DAYS = 31
"""How long a nil return speaks on: until the next month's is due. The number is ours; no instrument sets one."""


class Verdict(Label):
    """What an officer judged."""

    MET = "met", "符合", "met"
    PARTLY = "partly", "部分符合", "partly met"
    NOT_MET = "not_met", "不符合", "not met"


class ProbeKind(Label):
    """What a probe observed."""

    REACHABLE = "reachable", "可访问（可用）", "answers and works"
    ENTRIES = "entries", "条目数", "number of entries"


@attrs.frozen(kw_only=True)
class Evidence(Record):
    """A document or dated record that shows an obligation met for a time.

    It counts only once an officer has accepted it and while it covers the day: presence alone proves nothing.
    """

    unit: Annotated[str, Term("单位", "unit")]
    obligation: Annotated[str, Term("义务条目", "obligation", example="panyu-2011:1.1/o5")]
    covers_from: Annotated[dt.date, Term("覆盖起始", "covers from")]
    covers_until: Annotated[dt.date, Term("覆盖截止", "covers until")]
    digest: Annotated[str, Term("文件摘要（SHA-256）", "SHA-256 of the document")] = ""
    document_number: Annotated[str, Term("文号", "document number")] = ""
    dated: Annotated[dt.date | None, Term("文件日期", "date of the document")] = None
    expires_on: Annotated[dt.date | None, Term("失效日期", "last day of validity")] = None
    accepted_by: Annotated[str, Term("审核接受人", "accepting officer", text=True)] = ""
    accepted_on: Annotated[dt.date | None, Term("接受日期", "accepted on")] = None

    def covers(self, on: dt.date) -> bool:
        """Whether it speaks of the day ``on`` and has not expired by then."""
        return within(on, self.covers_from, self.covers_until) and (self.expires_on is None or on <= self.expires_on)


@attrs.frozen(kw_only=True)
class Judgement(Record):
    """A named officer's recorded reading of whether an obligation is met."""

    unit: Annotated[str, Term("单位", "unit")]
    obligation: Annotated[str, Term("义务条目", "obligation", example="panyu-2011:1.1/o6")]
    verdict: Annotated[Verdict, Term("判定", "verdict", example="met")]
    officer: Annotated[str, Term("判定人", "officer", text=True)]
    reason: Annotated[str, Term("理由", "reason", text=True)]
    judged_on: Annotated[dt.date, Term("判定日期", "judged on")]
    covers_from: Annotated[dt.date, Term("覆盖起始", "covers from")]
    covers_until: Annotated[dt.date, Term("覆盖截止", "covers until")]

    def covers(self, on: dt.date) -> bool:
        return within(on, self.covers_from, self.covers_until)


@attrs.frozen(kw_only=True)
class Probe(Record):
    """A dated observation: a page answers, a column holds n entries, a fax line works.

    ``target`` is the identifier of the site, column or channel observed.
    """

    unit: Annotated[str, Term("单位", "unit")]
    target: Annotated[str, Term("观测对象编号", "target")]
    kind: Annotated[ProbeKind, Term("观测类别", "kind", example="reachable")]
    observed_on: Annotated[dt.date, Term("观测日期", "observed on")]
    works: Annotated[bool | None, Term("是否可用", "works", example="true")] = None
    entries: Annotated[int | None, Term("条目数", "entries", example="12")] = None


@attrs.frozen(kw_only=True)
class NilReturn(Record):
    """零报告: an officer's dated statement that in a period a duty gave rise to nothing.

    It speaks for the days it covers, but not for the future: of days more than :data:`NIL_RETURN_DAYS` after its own
    date nobody has said anything. It may be made after its period.
    """

    unit: Annotated[str, Term("单位", "unit")]
    duty: Annotated[Duty, Term("事项", "duty", example="emergencies")]
    covers_from: Annotated[dt.date, Term("覆盖起始", "covers from")]
    covers_until: Annotated[dt.date, Term("覆盖截止", "covers until")]
    reported_on: Annotated[dt.date, Term("报告日期", "reported on")]
    officer: Annotated[str, Term("报告人", "officer", text=True)]

    def covers(self, on: dt.date) -> bool:
        return within(on, self.covers_from, self.covers_until)

    def speaks_for(self, on: dt.date) -> bool:
        """Whether a named officer has said of the day ``on`` that there was nothing."""
        return filled(self.officer) and self.covers(on) and on <= self.reported_on + dt.timedelta(days=NIL_RETURN_DAYS)


@attrs.frozen(kw_only=True)
class Ability(Record):
    """A recorded statement of whether a unit is able to do what is asked only of those who are (有条件的)."""

    unit: Annotated[str, Term("单位", "unit")]
    obligation: Annotated[str, Term("义务条目", "obligation", example="panyu-2011:2.5/o2")]
    able: Annotated[bool, Term("是否具备条件", "able", example="true")]
    officer: Annotated[str, Term("认定人", "officer", text=True)]
    reason: Annotated[str, Term("理由", "reason", text=True)]
    stated_on: Annotated[dt.date, Term("认定日期", "stated on")]
    covers_from: Annotated[dt.date, Term("覆盖起始", "covers from")]
    covers_until: Annotated[dt.date, Term("覆盖截止", "covers until")]

    def covers(self, on: dt.date) -> bool:
        return within(on, self.covers_from, self.covers_until)
