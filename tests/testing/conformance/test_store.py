"""The store's kit finds what is broken: each store here has one defect, and the scenario of that name fails."""

from __future__ import annotations

import uuid
from contextlib import contextmanager

import attrs
import pytest

from govopen.errors import GovopenError
from govopen.storage.port import NOBODY
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
    def _transaction(self, author):
        state = self._state.copy()
        try:
            yield memory._Transaction(state, self._book, self._clock(), author)
        finally:
            self._state = state


class LeaksHalfATransaction(MemoryStore):
    """Lets others see what is not committed; undoes it properly."""

    @contextmanager
    def _transaction(self, author):
        before = self._state
        self._state = before.copy()
        try:
            yield memory._Transaction(self._state, self._book, self._clock(), author)
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


class FindsInEveryUnit(MemoryStore):
    """Looks a value up in the index of all units."""

    def find(self, cls, field, unit_id, value):
        return [
            record for unit in ("u1", "u2") for record in super(FindsInEveryUnit, self).find(cls, field, unit, value)
        ]


class FindsNothingOfItsOwn(MemoryStore):
    """A transaction that looks a value up where only others' writes are."""

    class Transaction(memory._Transaction):
        def find(self, cls, field, unit_id, value):
            self._book.indexed(cls, field)
            return []


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


class ForgetsWhoWrote(MemoryStore):
    """Journals every write as the program's own."""

    class Transaction(memory._Transaction):
        def _log(self, act):
            return self._state.log(act, NOBODY, self._at)


class JournalsOldRevisions(MemoryStore):
    """Leaves deletions out of the journal, and so out of the feed."""

    class Transaction(memory._Transaction):
        def _log(self, act):
            return 0 if act.kind == "delete" else super()._log(act)


class KeepsOneChainForAll(MemoryStore):
    """Puts the events of all units into one chain."""

    class Transaction(memory._Transaction):
        def _log(self, act):
            return super()._log(attrs.evolve(act, unit="u1"))


class IgnoresWhatItIsAskedFor(MemoryStore):
    """Gives the whole journal, whatever part was asked for."""

    def journal(self, unit=None, after=0):
        return super().journal()


class TellsNothingOfWhatWas(MemoryStore):
    """Leaves the digest of what was replaced out."""

    class Transaction(memory._Transaction):
        def _log(self, act):
            return super()._log(attrs.evolve(act, before=b""))


class SaltsAlike(MemoryStore):
    """Takes one salt for everything, so that equal texts can be told from outside."""


class JournalsWhatWasUndone(MemoryStore):
    """Undoes the records and not the journal."""

    @contextmanager
    def _transaction(self, author):
        state = self._state.copy()
        try:
            yield memory._Transaction(state, self._book, self._clock(), author)
        except BaseException:
            self._state.journal, self._state.heads = state.journal, state.heads
            raise
        self._state = state


class NamesFiles(MemoryStore):
    """Puts the digest of a file into the journal, where whoever guesses its content can find it."""

    class Transaction(memory._Transaction):
        def _log(self, act):
            return super()._log(attrs.evolve(act, id="1" * 64) if act.kind == "attach" else act)


class ForgetsNothing(MemoryStore):
    """Says that it erased, and did not."""

    class Transaction(memory._Transaction):
        def forget(self, cls, id_):
            name = self._book.of(cls).type.name
            before = self._state.revisions.get(name, {}).get(id_)
            erased = super().forget(cls, id_)
            if erased:
                self._state.revisions[name][id_] = before
            return erased


class DiscardsInSilence(MemoryStore):
    """Throws files away without an event."""

    class Transaction(memory._Transaction):
        def discard(self, digest):
            return self._state.files.pop(digest, None) is not None


class ForgetsInSilence(MemoryStore):
    """Erases without an event."""

    class Transaction(memory._Transaction):
        def _log(self, act):
            return 0 if act.kind == "forget" else super()._log(act)


class ForgetsWhatStands(MemoryStore):
    """Leaves the newest revision of a deleted record, and of one that is there as well: it skips one too many."""

    class Transaction(memory._Transaction):
        def forget(self, cls, id_):
            name = self._book.of(cls).type.name
            revisions = self._state.revisions.get(name, {}).get(id_, ())
            kept = [revision for revision in revisions if revision.body is not None][-1:]
            erased = super().forget(cls, id_)
            if kept and erased:
                found = self._state.revisions[name][id_]
                self._state.revisions[name][id_] = tuple(
                    kept[0] if revision.number == kept[0].number else revision for revision in found
                )
            return erased


class ForgetsForGood(MemoryStore):
    """Does not bring back what an undone transaction erased."""

    @contextmanager
    def _transaction(self, author):
        try:
            with super()._transaction(author) as transaction:
                yield transaction
        except BaseException:
            self._state.revisions = transaction._state.revisions
            raise


class ChangesItsIdentity(MemoryStore):
    """Is another store each time it is asked."""

    @property
    def identity(self):
        return str(uuid.uuid4())


class SharesAnIdentity(MemoryStore):
    """Is the same store as every other."""

    identity = "store"


class DoubtsItself(MemoryStore):
    """Takes everything for unjournalled."""

    def unjournalled(self):
        return ((entry.type, entry.id, entry.revision) for entry in self.journal())


DEFECTS = {
    ForgetsWhoWrote: "test_every_write_is_an_event_of_its_author",
    JournalsOldRevisions: "test_every_write_is_an_event_of_its_author",
    KeepsOneChainForAll: "test_each_unit_has_a_chain_of_its_own",
    IgnoresWhatItIsAskedFor: "test_each_unit_has_a_chain_of_its_own",
    TellsNothingOfWhatWas: "test_an_event_holds_salted_digests_of_what_was_and_is",
    SaltsAlike: "test_an_event_holds_salted_digests_of_what_was_and_is",
    JournalsWhatWasUndone: "test_an_undone_write_leaves_no_event",
    NamesFiles: "test_a_file_is_an_event_that_does_not_name_it",
    ForgetsNothing: "test_what_is_forgotten_is_erased_and_the_journal_still_verifies",
    DiscardsInSilence: "test_a_file_that_is_discarded_is_gone_and_may_come_again",
    ForgetsInSilence: "test_what_is_forgotten_is_erased_and_the_journal_still_verifies",
    ForgetsWhatStands: "test_a_deleted_record_is_forgotten_wholly",
    ForgetsForGood: "test_forgetting_is_undone_with_its_transaction",
    ChangesItsIdentity: "test_a_store_has_an_identity_of_its_own",
    SharesAnIdentity: "test_a_store_has_an_identity_of_its_own",
    DoubtsItself: "test_an_undone_write_leaves_no_event",
    ForgetsRevisions: "test_revisions_count_up_and_a_deletion_is_one",
    ReusesRevisionsAfterDeletion: "test_revisions_count_up_and_a_deletion_is_one",
    AcceptsStaleWrites: "test_a_stale_write_is_refused_and_says_what_it_found",
    AcceptsOldRevisions: "test_a_stale_write_is_refused_and_says_what_it_found",
    DoesNotRollBack: "test_an_exception_undoes_the_whole_transaction",
    LeaksHalfATransaction: "test_a_transaction_sees_itself_and_others_see_its_end",
    OrdersAsUtf16: "test_identifiers_are_in_the_order_of_code_points",
    OrdersByFieldAlone: "test_identifiers_are_in_the_order_of_code_points",
    IndexesBlanks: "test_an_index_gives_every_value_and_no_blank",
    FindsInEveryUnit: "test_an_index_finds_the_records_of_a_value",
    FindsNothingOfItsOwn: "test_an_index_finds_the_records_of_a_value",
    ReadsTheNewestAtAnyTime: "test_the_past_is_read_as_it_was_known",
    ForgetsChanges: "test_the_feed_tells_what_changed_since",
    MovesWithTheWriter: "test_reading_goes_on_undisturbed_by_writing",
    DatesEachWrite: "test_times_are_the_clocks_and_one_for_a_transaction",
}

UNSEEN_BY_DICTIONARY = {
    FindsInEveryUnit,
    FindsNothingOfItsOwn,
    MovesWithTheWriter,
    DatesEachWrite,
    ForgetsWhoWrote,
    IgnoresWhatItIsAskedFor,
    TellsNothingOfWhatWas,
    SaltsAlike,
    NamesFiles,
    DiscardsInSilence,
    ChangesItsIdentity,
    SharesAnIdentity,
    DoubtsItself,
}
"""What takes a reader in the middle of a write or a clock that moves in a transaction, and what lies in the journal
beside the writes themselves: the dictionary has no authors, salts, files or second store."""


def maker(store_class, monkeypatch):
    """A fixture function for the kit; the defects' own transaction and view take the place of the sound ones."""
    transaction = vars(store_class).get("Transaction", memory._Transaction)
    monkeypatch.setattr(memory, "_Transaction", transaction)
    if view := vars(store_class).get("View"):
        monkeypatch.setattr(memory, "_View", view)

    if store_class is SaltsAlike:
        monkeypatch.setattr(memory, "salts", lambda count: [b"0123456789abcdef"] * count)

    def make(_, types, clock):
        monkeypatch.setattr(transaction, "clock", clock, raising=False)
        return store_class(types, clock=clock)

    return make


@pytest.mark.parametrize(("store_class", "scenario"), DEFECTS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_scenario_fails_a_store_with_its_defect(store_class, scenario, monkeypatch):
    make_store = maker(store_class, monkeypatch)
    # An assertion of the scenario; a store that is broken may also refuse what it should take. Nothing else counts.
    with pytest.raises((AssertionError, pytest.fail.Exception, GovopenError)):
        getattr(StoreConformance(), scenario)(make_store)


@pytest.mark.parametrize(
    "store_class", [cls for cls in DEFECTS if cls not in UNSEEN_BY_DICTIONARY], ids=lambda value: value.__name__
)
def test_dictionary_differs_from_a_store_with_a_defect(store_class, monkeypatch):
    make_store = maker(store_class, monkeypatch)
    # A store that counts wrongly also refuses a write that it should take. The same sequences in each run: whether one
    # of them meets the defect must not be left to chance.
    with pytest.raises((AssertionError, pytest.fail.Exception, GovopenError)):
        run_against_dictionary(make_store, known_at=True, examples=1500, shrink=False, derandomize=True)


@pytest.mark.parametrize("scenario", sorted(set(DEFECTS.values())))
def test_scenario_passes_the_sound_store(scenario, monkeypatch):
    """Else a scenario that fails every store would seem to find every defect."""
    getattr(StoreConformance(), scenario)(maker(MemoryStore, monkeypatch))
