"""Determination of secrecy at its edges, and a machine that drives it against a list of dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from govopen.calendars.china import china_calendar
from govopen.errors import NotComputable, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.classification import AuthorityKind, ClassifiedItem, PeriodExtension, SecrecyLevel
from govopen.policy.library import Library
from govopen.policy.loading import builtin_instruments, builtin_library, builtin_matters
from govopen.policy.matter import Value
from govopen.rules import samples
from govopen.rules.context import Context
from govopen.workflow import secrecy
from govopen.workflow.secrecy import SecrecyState, secrecy_state

CALENDAR, LIBRARY = china_calendar(), builtin_library()
JUEMI, JIMI, MIMI = SecrecyLevel
DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 3, 2)
CLASSIFIER = Actor(id="u-c", name="辛", roles={"bureau": frozenset({Role.CLASSIFIER})})
DRAFTER = Actor(id="u-d", roles={"bureau": frozenset({Role.DRAFTER}), "street": frozenset({Role.CLASSIFIER})})
WHOLE: dict[str, Any] = {
    "level": MIMI,
    "until": dt.date(2036, 3, 2),
    "basis": "secrets-2024:19",
    "authority": AuthorityKind.ORIGINAL,
    "authorisation": "穗密授〔2025〕3号",
}


def ctx(day: dt.date = TODAY, library: Library = LIBRARY) -> Context:
    return Context(as_of=day, library=library, calendar=CALENDAR)


def determine(*, by: Actor = CLASSIFIER, on: Context | None = None, **changes: Any) -> ClassifiedItem:
    return secrecy.determine("bureau", "c-1", actor=by, ctx=on or ctx(), **(WHOLE | changes))


def refusal_of(do: Callable[[], object]) -> dict[str, object]:
    with pytest.raises(TransitionRefused) as caught:
        do()
    return caught.value.facts


class TestDetermination:
    def test_it_records_what_an_unclassified_system_may_know(self) -> None:
        assert determine() == ClassifiedItem(
            id="c-1",
            unit="bureau",
            level=MIMI,
            determined_on=TODAY,
            classified_until=dt.date(2036, 3, 2),
            basis="secrets-2024:19",
            authority=AuthorityKind.ORIGINAL,
            authorisation="穗密授〔2025〕3号",
        )

    @pytest.mark.parametrize(
        ("changes", "refused_by"),
        [
            ({"basis": " "}, "basis"),
            ({"authorisation": ""}, "authority"),
            ({"authorisation": "", "authority": AuthorityKind.DERIVATIVE}, "authority"),
            ({"until": None}, "period"),
            ({"condition": True}, "period"),
            ({"until": TODAY - DAY}, "period"),
            ({"until": dt.date(2036, 3, 3)}, "ceiling"),
            ({"level": JIMI, "until": dt.date(2046, 3, 3)}, "ceiling"),
            ({"level": JUEMI, "until": dt.date(2056, 3, 3)}, "ceiling"),
            ({"by": DRAFTER}, "role"),
        ],
    )
    def test_what_law_asks_for_is_asked_for(self, changes: dict[str, Any], refused_by: str) -> None:
        facts = refusal_of(lambda: determine(**changes))
        assert facts["refused_by"] == refused_by
        assert facts["possible"] == ("determine:classifier",)
        assert facts["citations"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"until": TODAY},
            {"until": None, "condition": True},
            {"level": JUEMI, "until": dt.date(2056, 3, 2)},
            {"until": dt.date(2056, 3, 2), "provided_otherwise": "国保〔2020〕1号"},
            {"authority": AuthorityKind.DERIVATIVE},
        ],
    )
    def test_what_law_allows_is_done(self, changes: dict[str, Any]) -> None:
        assert secrecy_state(determine(**changes), TODAY) is SecrecyState.CLASSIFIED

    def test_a_leap_day_has_its_ceiling_at_the_end_of_february(self) -> None:
        day = ctx(dt.date(2024, 2, 29))
        assert determine(on=day, until=dt.date(2034, 2, 28)).classified_until == dt.date(2034, 2, 28)
        facts = refusal_of(lambda: determine(on=day, until=dt.date(2034, 3, 1)))
        assert facts["refused_by"] == "ceiling"

    def test_what_was_determined_under_the_law_of_1988_is_not_computable(self) -> None:
        with pytest.raises(NotComputable):
            determine(on=ctx(dt.date(2010, 9, 30)), until=dt.date(2015, 1, 1))

    def test_the_power_to_classify_is_that_of_the_law_of_the_day(self) -> None:
        """Law that gave a district power of its own, or took a level out of its reach, would be obeyed."""
        own = library_with({"inherent": ("mimi",)})
        assert determine(on=ctx(library=own), authorisation="").authorisation == ""
        assert (
            refusal_of(lambda: determine(on=ctx(library=own), authorisation="", level=JIMI))["refused_by"]
            == "authority"
        )
        less = library_with({"authorised_by_province": ("jimi", "mimi")})
        assert refusal_of(lambda: determine(on=ctx(library=less), level=JUEMI))["refused_by"] == "level"
        assert determine(on=ctx(library=less), level=JUEMI, authority=AuthorityKind.DERIVATIVE).level is JUEMI


def library_with(values: dict[str, Value]) -> Library:
    def changed(matters: Iterable[Any]) -> Iterable[Any]:
        for matter in matters:
            provisions = matter.provisions
            if matter.id == "secrets/authority":
                provisions = tuple(attrs.evolve(entry, values={**entry.values, **values}) for entry in provisions)
            yield attrs.evolve(matter, provisions=provisions)

    return Library.build(builtin_instruments(), changed(builtin_matters()))


class TestStates:
    @pytest.mark.parametrize(
        ("record", "day", "expected"),
        [
            ({}, dt.date(2011, 2, 28), None),
            ({}, dt.date(2011, 3, 1), SecrecyState.CLASSIFIED),
            ({}, dt.date(2021, 2, 28), SecrecyState.CLASSIFIED),
            ({}, dt.date(2021, 3, 1), SecrecyState.EXPIRED),
            ({"declassified_on": dt.date(2015, 1, 1)}, dt.date(2014, 12, 31), SecrecyState.CLASSIFIED),
            ({"declassified_on": dt.date(2015, 1, 1)}, dt.date(2015, 1, 1), SecrecyState.DECLASSIFIED),
            ({"declassified_on": dt.date(2021, 3, 1)}, dt.date(2021, 3, 1), SecrecyState.EXPIRED),
            ({"classified_until": None}, dt.date(2099, 1, 1), SecrecyState.CLASSIFIED),
            ({"basis": "", "authority": None}, dt.date(2012, 1, 1), SecrecyState.CLASSIFIED),
        ],
    )
    def test_the_record_says_whether_it_is_secret(
        self, record: dict[str, Any], day: dt.date, expected: SecrecyState | None
    ) -> None:
        assert secrecy_state(samples.classified_item(**record), day) is expected

    def test_an_extension_is_one_from_the_day_of_its_decision(self) -> None:
        extension = PeriodExtension(
            decided_on=dt.date(2020, 6, 1), previous_until=dt.date(2021, 2, 28), until=dt.date(2026, 2, 28)
        )
        record = samples.classified_item(classified_until=extension.until, extensions=(extension,))
        days = (dt.date(2020, 5, 31), dt.date(2020, 6, 1), dt.date(2026, 3, 1))
        assert [secrecy_state(record, day) for day in days] == [
            SecrecyState.CLASSIFIED,
            SecrecyState.EXTENDED,
            SecrecyState.EXPIRED,
        ]


ASKED: dict[str, Any] = {"until": dt.date(2041, 3, 2), "basis": "secrets-2024:24", "authorisation": "穗密〔2036〕1号"}


class TestExtension:
    def test_it_is_recorded_with_the_period_before(self) -> None:
        extended = secrecy.extend(determine(), actor=CLASSIFIER, ctx=ctx(dt.date(2036, 3, 2)), **ASKED)
        assert extended.classified_until == dt.date(2041, 3, 2)
        assert extended.extensions == (
            PeriodExtension(
                decided_on=dt.date(2036, 3, 2),
                previous_until=dt.date(2036, 3, 2),
                until=dt.date(2041, 3, 2),
                basis="secrets-2024:24",
                authorisation="穗密〔2036〕1号",
            ),
        )

    @pytest.mark.parametrize(
        ("changes", "day", "refused_by"),
        [
            ({}, dt.date(2036, 3, 3), "state"),
            ({"until": dt.date(2036, 3, 2)}, TODAY, "longer"),
            ({"basis": " "}, TODAY, "decision-basis"),
            ({"authorisation": ""}, TODAY, "decision-basis"),
        ],
    )
    def test_it_comes_in_time_is_longer_and_rests_on_a_decision(
        self, changes: dict[str, Any], day: dt.date, refused_by: str
    ) -> None:
        item = determine()
        facts = refusal_of(lambda: secrecy.extend(item, actor=CLASSIFIER, ctx=ctx(day), **(ASKED | changes)))
        assert facts["refused_by"] == refused_by

    def test_a_condition_has_no_last_day_to_move(self) -> None:
        item = determine(until=None, condition=True)
        facts = refusal_of(lambda: secrecy.extend(item, actor=CLASSIFIER, ctx=ctx(), **ASKED))
        assert facts["refused_by"] == "has-period"


# Whoever is in a state can do this.
POSSIBLE: dict[str, list[str]] = {
    "classified": ["extend:classifier", "declassify:classifier"],
    "extended": ["extend:classifier", "declassify:classifier"],
    "expired": [],
    "declassified": [],
}


WHO = st.sampled_from([CLASSIFIER] * 4 + [DRAFTER])


class SecrecyMachine(RuleBasedStateMachine):
    """The model holds a list of last days, each with the day it was set, and perhaps a day of release."""

    @initialize(years=st.integers(0, 9), on_condition=st.booleans())
    def begin(self, years: int, on_condition: bool) -> None:
        self.today = TODAY
        last = TODAY.replace(year=TODAY.year + years)
        self.ends: list[tuple[dt.date, dt.date]] = [] if on_condition else [(TODAY, last)]
        self.released: dt.date | None = None
        self.done = TODAY
        period: dict[str, Any] = {"until": None, "condition": True} if on_condition else {"until": last}
        self.item = determine(**period)

    def state(self, day: dt.date) -> str:
        if self.released is not None and day >= self.released:
            return "declassified"
        if self.ends and day > self.ends[-1][1]:
            return "expired"
        return "extended" if any(since <= day for since, _ in self.ends[1:]) else "classified"

    @rule(days=st.sampled_from([-40, 0, 1, 1, 30, 365, 2000]))
    def time_passes(self, days: int) -> None:
        self.today = max(self.today + days * DAY, TODAY)

    @rule()
    def last_day(self) -> None:
        """To the last day of the period, which is within it."""
        if self.ends and self.ends[-1][1] >= self.today:
            self.today = self.ends[-1][1]

    def told(self, refusal: TransitionRefused) -> tuple[object, object]:
        facts, said = refusal.facts, str(refusal)
        possible = POSSIBLE[str(facts["state_code"])]
        assert facts["possible"] == tuple(possible)
        assert ("nothing can be done" in said) is (not possible)
        assert said.count("(person responsible for classification)") == len(possible)
        return facts["refused_by"], facts["state_code"]

    def attempt(self, who: Actor, do: Callable[[], ClassifiedItem], objection: str | None) -> bool:
        before, state = self.item, self.state(self.today)
        expected = ("state" if not POSSIBLE[state] else "role" if who is DRAFTER else objection) or (
            "in-sequence" if self.today < self.done else None
        )
        try:
            self.item = do()
        except TransitionRefused as refusal:
            told = self.told(refusal)
            assert told == (expected, state)
            assert self.item == before
            return False
        assert expected is None
        self.done = self.today
        return True

    @rule(days=st.sampled_from([-1, 0, 1, 400, 3000]), who=WHO, based=st.booleans())
    def extend(self, days: int, who: Actor, based: bool) -> None:
        last = self.ends[-1][1] if self.ends else self.today
        until = last + days * DAY
        objection = "has-period" if not self.ends else "longer" if days <= 0 else None if based else "decision-basis"
        basis = "secrets-2024:24" if based else ""
        if self.attempt(
            who,
            lambda: secrecy.extend(
                self.item, actor=who, ctx=ctx(self.today), until=until, basis=basis, authorisation="穗密〔2030〕1号"
            ),
            objection,
        ):
            self.ends.append((self.today, until))

    @rule(who=st.sampled_from([CLASSIFIER, DRAFTER, DRAFTER]))
    def declassify(self, who: Actor) -> None:
        if self.attempt(who, lambda: secrecy.declassify(self.item, actor=who, ctx=ctx(self.today)), None):
            self.released = self.today

    @invariant()
    def it_is_secret_when_the_model_says(self) -> None:
        day = self.today
        found = secrecy_state(self.item, day)
        assert found is not None
        assert found.value == self.state(day)
        assert self.item.classified_on(day) is (self.state(day) in {"classified", "extended"})
        assert [(entry.decided_on, entry.until) for entry in self.item.extensions] == self.ends[1:]


SecrecyMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
TestSecrecyMachine = SecrecyMachine.TestCase
