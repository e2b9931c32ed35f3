"""Organisation of the work of disclosure (clause 1.1)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

import attrs

from govopen.model.base import Record, Term

__all__ = ["Organisation"]


@attrs.frozen(kw_only=True)
class Organisation(Record):
    """How a unit organises, staffs, funds and plans its disclosure work in one year. A blank is not zero."""

    unit: Annotated[str, Term("单位", "unit")]
    year: Annotated[int, Term("年度", "year", example="2011")]
    leader: Annotated[str, Term("分管领导", "responsible leader", text=True)] = ""
    working_body: Annotated[str, Term("工作机构", "working body", text=True)] = ""
    full_time_staff: Annotated[int | None, Term("专职人员数", "full-time staff", example="1")] = None
    budget_yuan: Annotated[Decimal | None, Term("业务经费（元）", "funds (CNY)", example="50000")] = None
    plan_document_number: Annotated[str, Term("实施方案文号", "document number of the plan")] = ""
    plan_issued_on: Annotated[dt.date | None, Term("实施方案印发日期", "plan issued on")] = None
