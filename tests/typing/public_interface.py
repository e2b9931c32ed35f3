"""The public interface as users write it. Never run: mypy reads it."""

from __future__ import annotations

import datetime as dt
from typing import assert_type

import govopen
from govopen import Citation, GovopenError, Office, Registry, Text
from govopen.checking.algebra import Status

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


_ = govopen.Ofice  # type: ignore[attr-defined]  # a misspelt name is found, though the names load lazily
