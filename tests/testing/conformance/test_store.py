"""The store's kit finds what is broken: each store here has one defect, and the scenario of that name fails."""

from __future__ import annotations

from contextlib import contextmanager

import attrs
import pytest

from govopen.errors import GovopenError
from govopen.testing import memory
from govopen.testing.conformance.store import StoreConformance
from govopen.testing.conformance.store_machine import run_against_dictionary
from govopen.testing.memory import MemoryStore


class ForgetsRevisions(MemoryStore):
    """Numbers every revision 1."""

    class Transaction(memory._Transaction):
        def _append(self, type_, id_, record, kind, unit):
            self._state.revisions.get(type_.name, {}).pop(id_, None)
            super()._append(type_, id_, record, kind, unit)


class ReusesRevisionsAfterDeletion(MemoryStore):
    """Starts at 1 again after a deletion, so that a stale writer meets the number it read."""

    class Transaction(memory._Transaction):
        def _append(self, type_, id_, record, kind, unit):
            super()._append(type_, id_, record, kind, unit)
            if kind == "delete":
                del self._state.revisions[type_.name][id_]


class AcceptsStaleWrites(MemoryStore):
    """Ignores the expected revision."""

    class Transaction(memory._Transaction):
        def _expect(self, type_, id_, expected):
            return super()._expect(type_, id_, None)


class AcceptsOldRevisions(MemoryStore):
    """Refuses a revision from the future only."""

    class Transaction(memory._Transaction):
        def _expect(self, type_, id_, expected):
            there = self._state.stored(type_.name, id_)
            late = bool(expected and there and expected < there.revision)
            return super()._expect(type_, id_, None if late else expected)


class DoesNotRollBack(MemoryStore):
    """Keeps what was written before the exception."""

    @contextmanager
    def _transaction(self):
        state = self._state.copy()
        try:
            yield memory._Transaction(state, self._book, self._clock())
        finally:
            self._state = state


class LeaksHalfATransaction(MemoryStore):
    """Lets others see what is not committed; undoes it properly."""

    @contextmanager
    def _transaction(self):
        before = self._state
        self._state = before.copy()
        try:
            yield memory._Transaction(self._state, self._book, self._clock())
        except BaseException:
            self._state = before
            raise


class OrdersAsUtf16(MemoryStore):
    """Sorts as Java and JavaScript do."""

    class View(memory._View):
        def scan(self, cls, *, unit=None, partition=None):
            found = super().scan(cls, unit=unit, partition=partition)
            return iter(sorted(found, key=lambda stored: stored.record.id.encode("utf-16-be")))


class OrdersByFieldAlone(MemoryStore):
    """Leaves records of one value in the order they came."""

    class View(memory._View):
        def read_by(self, cls, field, unit_id):
            newest_first = list(super().read_by(cls, field, unit_id))[::-1]
            return iter(sorted(newest_first, key=lambda pair: pair[0]))


class IndexesBlanks(MemoryStore):
    """Finds records under a blank value."""

    class View(memory._View):
        def read_by(self, cls, field, unit_id):
            blank = [("", record) for record in self.read(cls, unit_id) if not getattr(record, field)]
            return iter(sorted([*blank, *super().read_by(cls, field, unit_id)], key=lambda p: (p[0], p[1].id)))


class ReadsTheNewestAtAnyTime(MemoryStore):
    """Answers for the past with what is known today."""

    def _view(self, known_at=None):
        super()._view(known_at)
        return super()._view()


class ForgetsChanges(MemoryStore):
    """Leaves deletions out of the feed."""

    def changes(self, since=0):
        return (change for change in super().changes(since) if change.kind == "put")


class MovesWithTheWriter(MemoryStore):
    """Reads on from what others write meanwhile."""

    def scan(self, cls, *, unit=None, partition=None, known_at=None):
        for stored in super().scan(cls, unit=unit, partition=partition, known_at=known_at):
            if super().get(cls, stored.record.id):
                yield stored


class DatesEachWrite(MemoryStore):
    """Reads the clock at each write instead of once."""

    class Transaction(memory._Transaction):
        def _append(self, type_, id_, record, kind, unit):
            super()._append(type_, id_, record, kind, unit)
            revisions = self._state.revisions[type_.name]
            revisions[id_] = (*revisions[id_][:-1], attrs.evolve(revisions[id_][-1], at=self.clock()))


DEFECTS = {
    ForgetsRevisions: "test_revisions_count_up_and_a_deletion_is_one",
    ReusesRevisionsAfterDeletion: "test_revisions_count_up_and_a_deletion_is_one",
    AcceptsStaleWrites: "test_a_stale_write_is_refused_and_says_what_it_found",
    AcceptsOldRevisions: "test_a_stale_write_is_refused_and_says_what_it_found",
    DoesNotRollBack: "test_an_exception_undoes_the_whole_transaction",
    LeaksHalfATransaction: "test_a_transaction_sees_itself_and_others_see_its_end",
    OrdersAsUtf16: "test_identifiers_are_in_the_order_of_code_points",
    OrdersByFieldAlone: "test_identifiers_are_in_the_order_of_code_points",
    IndexesBlanks: "test_an_index_gives_every_value_and_no_blank",
    ReadsTheNewestAtAnyTime: "test_the_past_is_read_as_it_was_known",
    ForgetsChanges: "test_the_feed_tells_what_changed_since",
    MovesWithTheWriter: "test_reading_goes_on_undisturbed_by_writing",
    DatesEachWrite: "test_times_are_the_clocks_and_one_for_a_transaction",
}

UNSEEN_BY_DICTIONARY = {MovesWithTheWriter, DatesEachWrite}
"""What takes a reader in the middle of a write, or a clock that moves in a transaction."""


def maker(store_class, monkeypatch):
    """A fixture function for the kit; the defects' own transaction and view take the place of the sound ones."""
    transaction = vars(store_class).get("Transaction", memory._Transaction)
    monkeypatch.setattr(memory, "_Transaction", transaction)
    if view := vars(store_class).get("View"):
        monkeypatch.setattr(memory, "_View", view)

    def make(_, types, clock):
        monkeypatch.setattr(transaction, "clock", clock, raising=False)
        return store_class(types, clock=clock)

    return make


@pytest.mark.parametrize(("store_class", "scenario"), DEFECTS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_scenario_fails_a_store_with_its_defect(store_class, scenario, monkeypatch):
    make_store = maker(store_class, monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception, GovopenError)):
        getattr(StoreConformance(), scenario)(make_store)


@pytest.mark.parametrize(
    "store_class", [cls for cls in DEFECTS if cls not in UNSEEN_BY_DICTIONARY], ids=lambda value: value.__name__
)
def test_dictionary_differs_from_a_store_with_a_defect(store_class, monkeypatch):
    make_store = maker(store_class, monkeypatch)
    # A store that counts wrongly also refuses a write that it should take.
    with pytest.raises((AssertionError, pytest.fail.Exception, GovopenError)):
        run_against_dictionary(make_store, known_at=True, examples=300, shrink=False)


@pytest.mark.parametrize("scenario", sorted(set(DEFECTS.values())))
def test_scenario_passes_the_sound_store(scenario, monkeypatch):
    """Else a scenario that fails every store would seem to find every defect."""
    getattr(StoreConformance(), scenario)(maker(MemoryStore, monkeypatch))


def test_a_store_that_keeps_no_past_must_say_so(monkeypatch):
    kit = StoreConformance()
    kit.supports_known_at = False
    with pytest.raises(pytest.fail.Exception):
        kit.test_a_moment_that_cannot_be_answered_is_refused(maker(MemoryStore, monkeypatch))


def test_a_kit_without_its_fixture_says_what_is_missing():
    with pytest.raises(NotImplementedError, match="make_store"):
        StoreConformance.make_store.__wrapped__(StoreConformance())
