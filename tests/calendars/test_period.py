"""Periods are fixed text, one spelling each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.calendars.period import Period, PeriodUnit
from govopen.errors import InputError


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("20wd", 20, PeriodUnit.WORKING_DAYS),
        ("30d", 30, PeriodUnit.CALENDAR_DAYS),
        ("6m", 6, PeriodUnit.MONTHS),
        ("10y", 10, PeriodUnit.YEARS),
    ],
)
def test_a_period_reads_as_number_and_unit(text: str, count: int, unit: PeriodUnit) -> None:
    assert Period.parse(text) == Period(count, unit)


@given(count=st.integers(1, 999_999), unit=st.sampled_from(PeriodUnit))
def test_text_of_a_period_reads_back(count: int, unit: PeriodUnit) -> None:
    period = Period(count, unit)
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text",
    ["", "20", "wd", "20 wd", "020wd", "-5d", "0wd", "2.5d", "20WD", "20w", "\uff12\uff10wd", "20wd\n", "9999999d"],
)
def test_any_other_text_is_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(InputError, match="20wd"):
        Period.parse(text)


@pytest.mark.parametrize("count", [0, -1])
def test_a_period_counts_at_least_one(count: int) -> None:
    with pytest.raises(InputError, match=f"not {count}"):
        Period(count, PeriodUnit.MONTHS)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("20wd", "20个工作日", "20 working days"),
        ("1wd", "1个工作日", "1 working day"),
        ("30d", "30日", "30 calendar days"),
        ("6m", "6个月", "6 months"),
        ("1y", "1年", "1 year"),
    ],
)
def test_a_period_is_said_in_both_languages(text: str, zh: str, en: str) -> None:
    words = Period.parse(text).text
    assert (words.zh, words.en) == (zh, en)
