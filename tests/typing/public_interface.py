"""The public interface as users write it. Never run: mypy reads it."""

from __future__ import annotations

import datetime as dt
from typing import assert_type

import govopen
from govopen import Citation, GovopenError, Office, Registry, Text
from govopen.checking.algebra import Status
from govopen.model.requests import Request
from govopen.testing.asserting import assert_compliant
from govopen.testing.building import Builder
from govopen.testing.clock import SettableClock

assert_type(govopen.__version__, str)
assert_type(Citation.parse("panyu-2011:1.3/o2"), Citation)
assert_type(Citation.parse("panyu-2011:1.3/o2").of_clause, Citation)
assert_type(Text("公开", "openness").get("en"), str)


def names_the_error(error: GovopenError) -> str:
    return error.message


def opens_and_checks() -> dict[Status, int]:
    assert_type(Registry.load(), Registry)
    office = Office.open("examples/district")
    assert_type(office, Office)
    return office.check(as_of=dt.date(2011, 12, 31)).summary()


def test_of_a_user(govopen_office: Office, govopen_clock: SettableClock, govopen_build: Builder) -> None:
    """Fixtures and assertion of the pytest plugin keep their types."""
    assert_type(govopen_clock.today, dt.date)
    assert_type(govopen_build(Request, id="r-1"), Request)
    assert_compliant(govopen_build.item(), as_of=govopen_office.today)


_ = govopen.Ofice  # type: ignore[attr-defined]  # a misspelt name is found, though the names load lazily
