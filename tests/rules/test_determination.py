"""What a determination of secrecy states (clause 1.3), at the edges."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.errors import NotComputable
from govopen.model.classification import AuthorityKind, ClassifiedItem, PeriodExtension, SecrecyLevel
from govopen.policy.loading import builtin_library
from govopen.rules import classification, samples
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result, Verdict

RULES = {rule.code: rule for rule in classification.RULES}


def look(code: str, record: ClassifiedItem, *, as_of: dt.date = samples.YEAR_END) -> Result:
    ctx = Context(as_of=as_of, library=builtin_library(), calendar=china_calendar())
    return RULES[code].check(Dossier(record, samples.UNIT, {}), ctx)


def said(result: Result) -> tuple[type[Verdict], str]:
    assert isinstance(result, Verdict)
    return type(result), result.message


class TestDetermination:
    @pytest.mark.parametrize("authority", AuthorityKind)
    def test_own_and_derivative_authority_both_name_their_source(self, authority: AuthorityKind) -> None:
        assert look("SEC011", samples.classified_item(authority=authority)) is None
        result = look("SEC011", samples.classified_item(authority=authority, authorisation=" "))
        assert isinstance(result, Fail)
        assert result.facts == {"fields": ("authorisation",)}

    @pytest.mark.parametrize(
        ("level", "determined_on", "last"),
        [
            (SecrecyLevel.MIMI, dt.date(2011, 3, 1), dt.date(2021, 3, 1)),
            (SecrecyLevel.JIMI, dt.date(2012, 2, 29), dt.date(2032, 2, 29)),
            (SecrecyLevel.JUEMI, dt.date(2012, 2, 29), dt.date(2042, 2, 28)),
            (SecrecyLevel.MIMI, dt.date(2024, 5, 1), dt.date(2034, 5, 1)),
        ],
    )
    def test_the_ceiling_is_reached_on_the_same_day_of_the_year(
        self, level: SecrecyLevel, determined_on: dt.date, last: dt.date
    ) -> None:
        """2034-05-01 is a rest day, 2032 and 2042 lie past every calendar: neither matters."""
        record = samples.classified_item(level=level, determined_on=determined_on, classified_until=last)
        assert look("SEC012", record) is None
        late = attrs.evolve(record, classified_until=last + dt.timedelta(days=1))
        assert said(look("SEC012", late)) == (Fail, "too_long")

    def test_determinations_before_the_law_of_2010_cannot_be_measured(self) -> None:
        record = samples.classified_item(determined_on=dt.date(2010, 9, 30))
        with pytest.raises(NotComputable):
            look("SEC012", record)

    def test_a_released_item_has_no_period_to_correct(self) -> None:
        record = samples.classified_item(classified_until=None, declassified_on=dt.date(2011, 6, 1))
        assert said(look("SEC012", record, as_of=dt.date(2011, 5, 31))) == (Fail, "no_end")
        assert said(look("SEC012", record, as_of=dt.date(2011, 6, 1))) == (NotApplicable, "released")

    def test_a_period_otherwise_provided_for_may_be_longer(self) -> None:
        record = samples.classified_item(classified_until=dt.date(2031, 3, 1), provided_otherwise="示保〔2011〕1号")
        assert said(look("SEC012", record)) == (NotApplicable, "provided_otherwise")
        blank = attrs.evolve(record, provided_otherwise=" ")
        assert said(look("SEC012", blank)) == (Fail, "too_long")


def extended(*extensions: tuple[dt.date, dt.date, dt.date]) -> ClassifiedItem:
    """Each: decided on, last day before, new last day."""
    return samples.classified_item(
        classified_until=extensions[-1][2],
        extensions=tuple(PeriodExtension(decided_on=on, previous_until=was, until=new) for on, was, new in extensions),
    )


class TestExtension:
    FIRST = (dt.date(2021, 2, 28), dt.date(2021, 2, 28), dt.date(2026, 2, 28))
    LATE = (dt.date(2026, 3, 1), dt.date(2026, 2, 28), dt.date(2030, 2, 28))
    TODAY = dt.date(2026, 12, 31)

    def test_an_extension_counts_towards_no_ceiling_but_the_period_before_it_does(self) -> None:
        assert look("SEC012", extended(self.FIRST), as_of=self.TODAY) is None
        longer = (dt.date(2021, 3, 2), dt.date(2021, 3, 2), dt.date(2026, 2, 28))
        result = look("SEC012", extended(longer), as_of=self.TODAY)
        assert isinstance(result, Fail)
        assert (result.message, result.facts["classified_until"]) == ("too_long", dt.date(2021, 3, 2))

    def test_the_period_as_determined_is_that_before_the_first_of_them(self) -> None:
        assert look("SEC012", extended(self.LATE, self.FIRST), as_of=self.TODAY) is None

    def test_each_that_came_too_late_is_found(self) -> None:
        assert look("SEC014", extended(self.FIRST), as_of=self.TODAY) is None
        result = look("SEC014", extended(self.FIRST, self.LATE), as_of=self.TODAY)
        assert isinstance(result, list)
        assert [(verdict.message, verdict.facts) for verdict in result] == [
            ("late", {"decided_on": dt.date(2026, 3, 1), "previous_until": dt.date(2026, 2, 28)})
        ]

    def test_one_that_is_to_come_is_not_asked_about(self) -> None:
        assert look("SEC014", extended(self.FIRST, self.LATE), as_of=dt.date(2026, 2, 28)) is None

    def test_without_any_there_is_nothing_to_ask(self) -> None:
        assert said(look("SEC014", samples.classified_item())) == (NotApplicable, "not_extended")
