"""The truth tables of the algebra of outcomes."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.checking.algebra import Extent, Reason, Standing, Status, Tally, Verdict, conclude, worst
from govopen.policy.instrument import Force
from govopen.rules.results import Outcome

DAY = dt.date(2011, 12, 31)
BINDING = Standing()
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)

STRICT_ORDER = (
    (Outcome.FAIL, Status.VIOLATED),
    (Outcome.ERROR, Status.ERROR),
    (Outcome.UNDECIDABLE, Status.UNDECIDABLE),
    (Outcome.STALE, Status.STALE),
    (Outcome.AWAITING_EVIDENCE, Status.AWAITING_EVIDENCE),
    (Outcome.AWAITING_JUDGEMENT, Status.AWAITING_JUDGEMENT),
    (Outcome.WAIVED, Status.WAIVED),
    (Outcome.PASS, Status.SATISFIED),
)


def status(
    *outcomes: Outcome,
    force: Force = Force.SHALL,
    due: dt.date | None = None,
    as_of: dt.date = DAY,
    extent: Extent = Extent.ALL,
    standing: Standing = BINDING,
    able: bool | None = None,
    done_on: dt.date | None = None,
    no_such_duty: bool = False,
    nil: int = 0,
    unrecorded: bool = False,
) -> Verdict:
    counts = {outcome: outcomes.count(outcome) for outcome in outcomes}
    tally = Tally(counts=counts, done_on=done_on, no_such_duty=no_such_duty, nil=nil, unrecorded=unrecorded)
    return conclude(force=force, due=due, as_of=as_of, standing=standing, extent=extent, tally=tally, able=able)


@pytest.mark.parametrize(("outcome", "expected"), STRICT_ORDER)
def test_one_outcome_alone_gives_its_status(outcome: Outcome, expected: Status) -> None:
    assert status(outcome).status is expected


@pytest.mark.parametrize(
    ("worse", "better"),
    [(STRICT_ORDER[one], STRICT_ORDER[other]) for one, other in itertools.combinations(range(len(STRICT_ORDER)), 2)],
)
def test_the_worse_of_two_outcomes_decides(worse: tuple[Outcome, Status], better: tuple[Outcome, Status]) -> None:
    assert status(worse[0], better[0]).status is worse[1]
    assert status(better[0], worse[0]).status is worse[1]


@given(st.lists(st.sampled_from(list(Outcome)), min_size=1))
def test_subjects_that_are_not_concerned_never_change_what_the_others_say(outcomes: list[Outcome]) -> None:
    rest = [outcome for outcome in outcomes if outcome not in (Outcome.NOT_APPLICABLE, Outcome.NOTHING)]
    if rest:
        assert status(*outcomes) == status(*rest)


@given(st.lists(st.sampled_from(list(Outcome))), st.sampled_from(list(Force)), st.sampled_from(list(Extent)))
def test_satisfied_needs_a_pass_and_nothing_but_passes(outcomes: list[Outcome], force: Force, extent: Extent) -> None:
    if status(*outcomes, force=force, extent=extent).status is Status.SATISFIED:
        assert extent is Extent.ALL
        assert worst(dict.fromkeys(outcomes, 1)) is Outcome.PASS


@given(st.lists(st.sampled_from(list(Outcome))))
def test_one_more_failure_never_makes_a_status_better(outcomes: list[Outcome]) -> None:
    assert status(*outcomes, Outcome.FAIL).status is Status.VIOLATED


@pytest.mark.parametrize("force", [Force.PROMOTE, Force.IF_ABLE])
def test_what_is_only_promoted_is_never_violated(force: Force) -> None:
    assert status(Outcome.FAIL, Outcome.PASS, force=force).status is Status.NOT_SHOWN


@pytest.mark.parametrize("force", list(Force))
@pytest.mark.parametrize(("outcome", "expected"), [row for row in STRICT_ORDER if row[0] is not Outcome.FAIL])
def test_force_matters_only_for_failures(force: Force, outcome: Outcome, expected: Status) -> None:
    assert status(outcome, force=force).status is expected


def test_what_needs_ability_drops_out_once_inability_is_recorded() -> None:
    assert status(Outcome.FAIL, force=Force.IF_ABLE, able=False) == Verdict(Status.NOT_APPLICABLE, Reason.UNABLE)
    assert status(Outcome.NOTHING, force=Force.IF_ABLE, able=False).status is Status.NOT_APPLICABLE


def test_done_without_being_able_is_done() -> None:
    assert status(Outcome.PASS, force=Force.IF_ABLE, able=False).status is Status.SATISFIED


@pytest.mark.parametrize("force", [Force.SHALL, Force.PROMOTE])
def test_inability_excuses_nothing_else(force: Force) -> None:
    assert status(Outcome.FAIL, force=force, able=False) == status(Outcome.FAIL, force=force)


def test_no_subject_is_nothing_recorded() -> None:
    assert status(Outcome.NOTHING).status is Status.NOTHING_RECORDED


def test_nothing_recorded_outranks_subjects_not_concerned() -> None:
    assert status(Outcome.NOTHING, Outcome.NOT_APPLICABLE).status is Status.NOTHING_RECORDED


def test_a_nil_return_satisfies_and_says_so() -> None:
    assert status(Outcome.PASS, nil=1) == Verdict(Status.SATISFIED, Reason.NIL_RETURN)


def test_a_nil_return_speaks_for_its_own_duty_only() -> None:
    assert status(Outcome.PASS, Outcome.NOTHING, nil=1, unrecorded=True).status is Status.NOTHING_RECORDED


def test_records_that_pass_outweigh_a_duty_without_any() -> None:
    assert status(Outcome.PASS, Outcome.PASS, Outcome.NOTHING, nil=1) == Verdict(Status.SATISFIED)


def test_all_subjects_not_concerned_is_not_applicable_with_the_reason() -> None:
    assert status(Outcome.NOT_APPLICABLE) == Verdict(Status.NOT_APPLICABLE, Reason.NOT_NOW)
    assert status(Outcome.NOT_APPLICABLE, no_such_duty=True) == Verdict(Status.NOT_APPLICABLE, Reason.NO_SUCH_DUTY)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(BEFORE, Status.NOT_YET_DUE), (DAY, Status.NOT_YET_DUE), (AFTER, Status.VIOLATED)],
)
def test_the_due_date_itself_still_counts(as_of: dt.date, expected: Status) -> None:
    assert status(Outcome.FAIL, due=DAY, as_of=as_of).status is expected


def test_before_it_is_due_nothing_recorded_is_not_yet_due() -> None:
    assert status(Outcome.NOTHING, due=DAY, as_of=DAY).status is Status.NOT_YET_DUE
    assert status(Outcome.NOTHING, due=DAY, as_of=AFTER).status is Status.NOTHING_RECORDED


@pytest.mark.parametrize(
    ("done_on", "expected"), [(BEFORE, Status.SATISFIED), (DAY, Status.SATISFIED), (AFTER, Status.MET_LATE)]
)
def test_done_after_the_due_date_is_met_late(done_on: dt.date, expected: Status) -> None:
    assert status(Outcome.PASS, due=DAY, as_of=AFTER, done_on=done_on).status is expected


def test_done_at_an_unknown_time_is_not_done_by_the_date() -> None:
    assert status(Outcome.PASS, due=DAY, as_of=AFTER) == Verdict(Status.UNDECIDABLE, Reason.UNDATED)
    assert status(Outcome.PASS, due=DAY, as_of=DAY).status is Status.SATISFIED


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_was_left_out_is_not_checked(outcome: Outcome) -> None:
    assert status(outcome, extent=Extent.NONE) == Verdict(Status.NOT_CHECKED, Reason.FILTERED)
    assert status(outcome, extent=Extent.UNMAPPED) == Verdict(Status.NOT_CHECKED, Reason.UNMAPPED)


PROVEN = {
    Outcome.FAIL: Status.VIOLATED,
    Outcome.ERROR: Status.ERROR,
    Outcome.UNDECIDABLE: Status.UNDECIDABLE,
    Outcome.STALE: Status.STALE,
}


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome not in PROVEN])
def test_a_part_that_is_well_proves_nothing(outcome: Outcome) -> None:
    assert status(outcome, extent=Extent.PART) == Verdict(Status.NOT_CHECKED, Reason.FILTERED)


@pytest.mark.parametrize(("outcome", "expected"), PROVEN.items())
def test_what_the_rest_could_only_make_worse_is_said_of_a_part_too(outcome: Outcome, expected: Status) -> None:
    assert status(outcome, Outcome.PASS, extent=Extent.PART).status is expected


@pytest.mark.parametrize("good", [Outcome.PASS, Outcome.WAIVED])
def test_nothing_recorded_under_one_rule_is_not_made_up_for_by_another(good: Outcome) -> None:
    assert status(good, Outcome.NOTHING, unrecorded=True).status is Status.NOTHING_RECORDED


@pytest.mark.parametrize("outcome", [Outcome.ERROR, Outcome.UNDECIDABLE])
def test_inability_excuses_no_gap_in_what_is_known(outcome: Outcome) -> None:
    assert status(outcome, force=Force.IF_ABLE, able=False) == status(outcome)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize(
    "standing",
    [
        Standing(Status.NOT_APPLICABLE, Reason.NOT_BOUND),
        Standing(Status.OVERTAKEN),
        Standing(Status.UNDECIDABLE, Reason.CONTINUATION_UNSTATED),
    ],
)
def test_an_obligation_that_need_not_be_met_has_the_status_of_its_standing(
    outcome: Outcome, standing: Standing
) -> None:
    assert status(outcome, standing=standing) == Verdict(standing.status or Status.ERROR, standing.reason)
