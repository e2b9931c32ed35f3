"""The first instrument is complete, says so in both languages, and binds whom the text addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import attrs
import pytest

from govopen.policy.citation import Citation
from govopen.policy.dates import parse_document_number
from govopen.policy.instrument import Check, Effect, Force, Instrument, Obligation
from govopen.policy.library import Library
from govopen.policy.loading import builtin_library

ISSUED = dt.date(2011, 4, 15)
HAN = re.compile(r"[\u4e00-\u9fff]")
# Written so only in traditional script; a gist that holds one was copied from the traditional text.
TRADITIONAL = re.compile("[們會務發與為業內單東專關開電網區員總說請這進運還過錄應]")


@attrs.frozen
class Unit:
    kind: str
    roles: frozenset[str] = frozenset()

    def roles_on(self, day: dt.date) -> frozenset[str]:
        return self.roles


@pytest.fixture
def library() -> Library:
    return builtin_library()


@pytest.fixture
def panyu(library: Library) -> Instrument:
    return library.instrument("panyu-2011")


def obligation(library: Library, local: str) -> Obligation:
    return library.obligation(Citation.parse(f"panyu-2011:{local}"))


def test_it_has_50_clauses_in_the_order_of_the_text(panyu: Instrument) -> None:
    citations = [Citation(panyu.id, clause.id) for clause in panyu.clauses]
    assert len(citations) == 50
    assert citations == sorted(citations)


def test_it_has_189_obligations_of_which_123_are_automatic_49_by_evidence_and_17_by_judgement(
    panyu: Instrument,
) -> None:
    checks = Counter(obligation.check for _, _, obligation in panyu.obligations())
    assert checks == {Check.AUTO: 123, Check.EVIDENCE: 49, Check.JUDGEMENT: 17}


def test_part_1_has_71_obligations_of_which_59_are_automatic_9_by_evidence_and_3_by_judgement(
    panyu: Instrument,
) -> None:
    checks = Counter(obligation.check for citation, _, obligation in panyu.obligations() if citation.within("1"))
    assert checks == {Check.AUTO: 59, Check.EVIDENCE: 9, Check.JUDGEMENT: 3}


def test_obligations_are_numbered_without_a_hole(panyu: Instrument) -> None:
    for clause in panyu.clauses:
        assert [obligation.id for obligation in clause.obligations] == [
            f"o{number}" for number in range(1, len(clause.obligations) + 1)
        ]


def test_a_clause_that_obliges_has_obligations_and_bodies_and_no_other_has(panyu: Instrument) -> None:
    for clause in panyu.clauses:
        assert clause.obliges == bool(clause.obligations), clause.id
        assert clause.bodies or not clause.obliges, clause.id


def test_part_headings_and_the_overall_aim_oblige_nobody(panyu: Instrument) -> None:
    silent = [clause.id for clause in panyu.clauses if not clause.obliges]
    assert silent == ["0", "1", "2", "2.4", "3", "4", "5", "6", "7"]


def test_only_the_unnumbered_paragraphs_are_implicit(panyu: Instrument) -> None:
    assert [clause.id for clause in panyu.clauses if clause.implicit] == ["5.1", "5.2", "6.1"]


def test_every_text_is_chinese_in_simplified_script_and_english(library: Library) -> None:
    for instrument in library.instruments.values():
        texts = [instrument.title, instrument.issuer, *(body.name for body in instrument.bodies.values())]
        for clause in instrument.clauses:
            texts += [clause.heading, clause.gist]
            for entry in clause.obligations:
                texts += [entry.text, *(later.note for later in entry.overtaken)]
                texts += [entry.reading] if entry.reading else []
        for text in texts:
            assert HAN.search(text.zh), text
            assert not TRADITIONAL.search(text.zh), text
            assert re.search("[a-z]", text.en), text


def test_a_due_date_stands_only_where_the_text_prints_one(panyu: Instrument) -> None:
    due = {citation.local: obligation.due for citation, _, obligation in panyu.obligations() if obligation.due}
    end_of_2011 = dt.date(2011, 12, 31)
    assert due == dict.fromkeys(["5.1/o2", "5.1/o3", "5.1/o4", "5.2/o3", "5.2/o4"], end_of_2011)
    assert panyu.planned_until == end_of_2011


def test_its_number_and_date_are_those_printed(panyu: Instrument) -> None:
    number = parse_document_number("番府办〔2011〕22号")
    assert panyu.document_number == str(number)
    assert (panyu.issued_on, panyu.in_force_from, panyu.jurisdiction) == (ISSUED, ISSUED, "CN-440113")


def test_what_is_not_strict_is_promote_or_if_able(panyu: Instrument) -> None:
    forces = Counter(obligation.force for _, _, obligation in panyu.obligations() if not obligation.force.strict)
    assert set(forces) == {Force.PROMOTE, Force.IF_ABLE}
    assert forces[Force.IF_ABLE] == 2
    assert Force.SHALL_NOT.strict


@pytest.mark.parametrize(
    "local", ["1.2/o6", "1.4/o1", "1.4/o3", "1.4/o7", "1.4/o10", "1.5.2/o1", "1.5.3/o1", "1.5.4/o1", "2.6/o5", "4.1/o3"]
)
def test_an_indefinite_duty_says_how_it_is_read(library: Library, local: str) -> None:
    reading = obligation(library, local).reading
    assert reading is not None
    assert "Made checkable" in reading.en


@pytest.mark.parametrize("clause_id", ["1.1", "2.1", "4.1", "4.2"])
def test_some_clauses_leave_public_entities_out(panyu: Instrument, clause_id: str) -> None:
    clause = panyu.clause(clause_id)
    assert clause is not None
    assert not panyu.binds(clause, clause.obligations[0], Unit("public_entity"), ISSUED)
    assert panyu.binds(clause, clause.obligations[0], Unit("street"), ISSUED)


@pytest.mark.parametrize("clause_id", ["1.2", "1.2.3", "1.3", "1.4", "1.5", "1.5.6"])
def test_some_clauses_bind_public_entities(panyu: Instrument, clause_id: str) -> None:
    clause = panyu.clause(clause_id)
    assert clause is not None
    assert panyu.binds(clause, clause.obligations[0], Unit("public_entity"), ISSUED)


def test_a_management_committee_counts_as_an_affiliate(panyu: Instrument) -> None:
    clause = panyu.clause("1.1")
    assert clause is not None
    assert panyu.bodies["affiliates"].includes(Unit("management_committee"), ISSUED)
    assert panyu.binds(clause, clause.obligations[0], Unit("management_committee"), ISSUED)


def test_a_named_office_is_bound_by_its_role_and_an_obligation_can_narrow_the_clause(panyu: Instrument) -> None:
    clause = panyu.clause("2.6")
    assert clause is not None
    standard, monitoring = clause.obligations[0], clause.obligations[3]
    office = Unit("department", frozenset({"government_affairs_office"}))
    bureau = Unit("department", frozenset({"supervision_bureau"}))
    assert panyu.binds(clause, standard, office, ISSUED)
    assert not panyu.binds(clause, standard, bureau, ISSUED)
    assert panyu.binds(clause, monitoring, bureau, ISSUED)
    assert not panyu.binds(clause, monitoring, Unit("department"), ISSUED)


def effects(library: Library, local: str, kind: str, on: dt.date) -> list[tuple[str, Effect]]:
    found = library.instrument("panyu-2011").overtaken(obligation(library, local), Unit(kind), on)
    return [(str(entry.by), entry.effect) for entry in found]


def test_non_licence_approvals_end_with_their_category(library: Library) -> None:
    assert effects(library, "1.2.3/o2", "department", dt.date(2015, 5, 13)) == []
    assert effects(library, "1.2.3/o2", "department", dt.date(2015, 5, 14)) == [("approvals-2015:0", Effect.ENDED)]
    assert effects(library, "1.2.3/o1", "department", dt.date(2025, 6, 30)) == []


@pytest.mark.parametrize("local", ["1.4/o1", "1.4/o4", "1.4/o5"])
def test_towns_streets_and_departments_no_longer_need_a_site_of_their_own(library: Library, local: str) -> None:
    day = dt.date(2017, 6, 8)
    for kind in ("town", "street", "department"):
        assert effects(library, local, kind, day) == [("website-guide-2017:0", Effect.REPLACED)]
        assert effects(library, local, kind, day - dt.timedelta(days=1)) == []
    assert effects(library, local, "affiliate", day) == []
    assert effects(library, local, "public_entity", day) == []


def test_public_entities_answer_no_requests_under_the_law_of_2019(library: Library, panyu: Instrument) -> None:
    for citation, _, _ in panyu.obligations():
        if citation.within("1.5"):
            assert effects(library, citation.local, "public_entity", dt.date(2019, 5, 14)) == []
            assert effects(library, citation.local, "public_entity", dt.date(2019, 5, 15)) == [
                ("ogi-2019:55", Effect.REPLACED)
            ]


def test_the_clock_for_replies_changed_for_those_who_still_answer(library: Library) -> None:
    assert effects(library, "1.5/o3", "street", dt.date(2019, 5, 15)) == [("ogi-2019:33", Effect.CHANGED)]
    assert effects(library, "1.5/o2", "street", dt.date(2025, 6, 30)) == []


def test_the_word_for_the_third_attribute_changed(library: Library) -> None:
    (entry,) = obligation(library, "1.3/o5").overtaken
    assert (entry.effect, entry.since, entry.verified) == (Effect.CHANGED, dt.date(2019, 5, 15), True)
    assert "免予公开" in entry.note.zh
    assert "不予公开" in entry.note.zh


def test_sector_rules_change_what_public_entities_publish_and_lift_nothing(library: Library) -> None:
    for local in ("1.2/o1", "1.2.11/o1", "1.4/o2", "6.1/o2"):
        assert effects(library, local, "public_entity", dt.date(2019, 5, 15)) == [("ogi-2019:55", Effect.CHANGED)]
        assert not Effect.CHANGED.lifts


def test_nothing_was_overtaken_by_the_end_of_the_plan(panyu: Instrument) -> None:
    assert panyu.planned_until is not None
    for _, _, entry in panyu.obligations():
        assert all(later.since > panyu.planned_until for later in entry.overtaken)
