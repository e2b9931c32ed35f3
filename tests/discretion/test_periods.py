"""The law of a day is held against the tiers of that day: statutory ranges that change while a table is in force."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from govopen.discretion.certificate import certificates, verify
from govopen.discretion.checker import seal
from govopen.discretion.compiling import compile_table
from govopen.discretion.pieces import Rejected
from govopen.discretion.proving import prove
from govopen.discretion.table import version_of
from govopen.model.discretion import DiscretionTable, InputKind, StatutoryRange, TableInput, TableRow

DAY = dt.timedelta(days=1)
TURN = dt.date(2016, 1, 1)
OLD = StatutoryRange(citation="旧法", since=dt.date(2000, 1, 1), until=TURN - DAY, outcome="1000元以上2000元以下")
NEW = StatutoryRange(citation="新法", since=TURN, outcome="1500元以上4000元以下")


def table(
    outcome: str, *statute: StatutoryRange, since: dt.date | None, until: dt.date | None = None
) -> DiscretionTable:
    times = TableInput(name="times", kind=InputKind.INTEGER, domain=">= 1")
    rows = (TableRow(when="-", outcome=outcome),)
    return DiscretionTable(id="t", since=since, until=until, inputs=(times,), statute=statute, rows=rows)


@pytest.mark.parametrize(
    ("outcome", "since", "until", "verdict"),
    [
        ("1200元", dt.date(2012, 1, 1), None, "refuted"),  # lawful until 2015, below the floor from 2016 on
        ("1200元", dt.date(2012, 1, 1), TURN - DAY, "proved"),
        ("1200元", dt.date(2012, 1, 1), TURN, "refuted"),  # the last day counts
        ("3000元", dt.date(2012, 1, 1), None, "refuted"),  # above the ceiling of the old law
        ("3000元", TURN, None, "proved"),
        ("1800元", dt.date(2012, 1, 1), None, "proved"),  # inside both
        ("formula: 1800 + 0 * times", dt.date(2012, 1, 1), None, "proved"),
        ("formula: 1200 + 0 * times", dt.date(2012, 1, 1), None, "refuted"),
        ("formula: 3000 + 0 * times", TURN, None, "proved"),
    ],
)
def test_a_tier_lies_in_a_range_that_is_in_force_at_every_time_of_the_table(
    outcome: str, since: dt.date, until: dt.date | None, verdict: str
) -> None:
    compiled = compile_table(table(outcome, OLD, NEW, since=since, until=until))
    proofs = prove(compiled)

    assert proofs.properties["contained"].verdict == verdict
    verify(certificates(compiled, proofs)["contained"], compiled)


def test_a_certificate_for_the_old_law_alone_does_not_pass_for_both() -> None:
    old = compile_table(table("1200元", OLD, NEW, since=dt.date(2012, 1, 1), until=TURN - DAY))
    both = compile_table(table("1200元", OLD, NEW, since=dt.date(2012, 1, 1)))
    certificate = certificates(old, prove(old))["contained"]
    certificate["version"] = both.digest
    certificate["seal"] = seal(certificate)

    with pytest.raises(Rejected, match="leaves the statutory range"):
        verify(certificate, both)


def test_two_ranges_in_force_at_once_are_alternatives() -> None:
    other = attrs.evolve(NEW, since=OLD.since)
    document = table("1200元", OLD, other, since=dt.date(2012, 1, 1), until=TURN - DAY)

    assert prove(compile_table(document)).properties["contained"].verdict == "proved"


def test_a_table_without_a_first_day_is_held_against_the_law_of_every_day() -> None:
    assert prove(compile_table(table("9000元", OLD, NEW, since=None))).refuted == ("contained",)
    assert prove(compile_table(table("1200元", OLD, NEW, since=None))).refuted == ("contained",)
    assert prove(compile_table(table("1800元", OLD, NEW, since=None))).properties["contained"].verdict == "proved"


@pytest.mark.parametrize(
    ("since", "until", "named"),
    [
        (dt.date(1990, 1, 1), dt.date(1995, 1, 1), "1990-01-01"),
        (dt.date(1990, 1, 1), None, "1990-01-01"),
        (dt.date(2012, 1, 1), None, "2016-01-01"),
    ],
)
def test_a_time_for_which_no_law_is_named_is_unknown_and_says_from_when(
    since: dt.date, until: dt.date | None, named: str
) -> None:
    found = prove(compile_table(table("1200元", OLD, since=since, until=until))).properties["contained"]

    assert found.verdict == "unknown"
    assert found.facts == {"on": named}


def test_when_a_table_ends_and_where_it_is_published_make_no_other_version_of_it() -> None:
    document = table("1200元", OLD, since=dt.date(2012, 1, 1))

    assert version_of(attrs.evolve(document, until=TURN, item="document-1")) == version_of(document)
    assert version_of(attrs.evolve(document, since=TURN)) != version_of(document)
