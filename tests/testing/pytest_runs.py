"""A workspace with records in files, and runs of pytest there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs
import pytest

__all__ = ["ALONE", "DAY", "ITEMS", "ON", "UNITS", "Ran", "Run", "Seen"]

UNITS = """\
{"type": "unit", "id": "bureau", "name": "示例局", "kind": "department", "jurisdiction": "CN-440113", "since": \
"2001-01-01", "duties": [{"duty": "fees"}]}
{"type": "unit", "id": "street", "name": "示例街道", "kind": "street", "jurisdiction": "CN-440113", "duties": []}
"""
ITEMS = """\
{"type": "information-item", "id": "fee-1", "unit": "bureau", "category": "fee", "created_on": "2011-02-28", \
"attributes": ["proactive"], "fee": {"name": "哨兵费", "basis": "示价1号", "rate_yuan": "10.00"}}
{"type": "information-item", "id": "fee-2", "unit": "bureau", "category": "fee", "created_on": "2011-05-04", \
"attributes": ["proactive"], "fee": {"name": "哨兵费", "basis": "示价2号"}}
"""
DAY = dt.date(2011, 12, 31)
ON = ("--govopen", "office", "--govopen-records", "records", "--govopen-as-of", "2011-12-31")
ALONE = ("-p", "no:cacheprovider", "-p", "no:faulthandler", "--capture=sys", "--import-mode=importlib", "-W", "error")

Run = Callable[..., "Ran"]


@attrs.frozen
class Ran:
    """A run of pytest that has ended: its exit status, the outcome of each test, and what was printed."""

    status: int
    outcomes: dict[str, str]
    out: str

    def count(self, outcome: str) -> int:
        return list(self.outcomes.values()).count(outcome)


class Seen:
    """Notes how each test ends."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.outcomes[report.nodeid] = "xfailed" if hasattr(report, "wasxfail") else report.outcome
