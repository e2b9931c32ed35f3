"""What a store declares off it must refuse: each store here has one defect, and the scenario of that name fails."""

from __future__ import annotations

import inspect
from contextlib import contextmanager

import attrs
import pytest

from govopen.errors import GovopenError, StoreError
from govopen.storage.port import IdRange
from govopen.testing import memory
from govopen.testing.conformance.store import StoreConformance
from govopen.testing.conformance.store_capabilities import lacks, needs
from govopen.testing.conformance.store_machine import run_against_dictionary
from govopen.testing.conformance.store_records import Note
from govopen.testing.memory import MemoryStore

SoundTransaction = memory._Transaction
OFF = StoreError("This store does not do that.", hint="Ask for what it does.")


class ReadOnlyKit(StoreConformance):
    supports_writing = False
    supports_known_at = False
    supports_journal = False
    supports_changes = False
    supports_attachments = False
    supports_other_types = False


class PickyKit(StoreConformance):
    """Of a store that is written, keeps given types only, and texts as an import leaves them."""

    supports_other_types = False
    supports_any_text = False
    supports_versions = False


class OnlyRead(MemoryStore):
    """Shows what somebody else put there, and refuses the rest."""

    absent = ()

    def transaction(self, author=None):
        raise OFF

    def journal(self, unit=None, after=0):
        raise OFF

    def unjournalled(self):
        raise OFF

    def changes(self, since=0):
        raise OFF

    def attachments(self):
        raise OFF

    def opaque(self):
        return {type_: self.absent.count(type_) for type_ in set(self.absent)}

    @contextmanager
    def _snapshot(self):
        view = self._view()
        view.opaque = self.opaque
        yield view

    def take(self, record):
        """What the owner of the place does."""
        with MemoryStore._transaction(self, author=memory.NOBODY) as transaction:
            transaction.put(record)


class TakesWrites(OnlyRead):
    """Is declared read-only, and is not."""

    def transaction(self, author=memory.NOBODY):
        return MemoryStore._transaction(self, author)


class DropsWrites(OnlyRead):
    """Takes each write, and does nothing."""

    @contextmanager
    def transaction(self, author=memory.NOBODY):
        yield memory._Transaction(self._state.copy(), self._book, self._clock(), author)


class AnswersWithAnEmptyJournal(OnlyRead):
    def journal(self, unit=None, after=0):
        return iter(())


class FindsNothingUnjournalled(OnlyRead):
    def unjournalled(self):
        return iter(())


class TellsOfNoChange(OnlyRead):
    def changes(self, since=0):
        return iter(())


class HasNoFiles(OnlyRead):
    def attachments(self):
        return iter(())


class HidesAbsentTypes(OnlyRead):
    def opaque(self):
        return {}


class HidesAbsentTypesFromTheCheck(OnlyRead):
    @contextmanager
    def _snapshot(self):
        yield self._view()


class ReadsAsItWasFilled(OnlyRead):
    """Leaves records in the order they came."""

    def scan(self, cls, *, unit=None, partition=None, known_at=None):
        found = {stored.record.id: stored for stored in super().scan(cls, unit=unit, partition=partition)}
        return (found[id_] for id_ in self._state.revisions.get(self._book.of(cls).type.name, {}) if id_ in found)


class ReadsEveryUnit(OnlyRead):
    """Does not look at the unit."""

    def scan(self, cls, *, unit=None, partition=None, known_at=None):
        return super().scan(cls, partition=partition)


class FindsParts(OnlyRead):
    """Finds a value within another."""

    def find(self, cls, field, unit_id, value):
        return [record for held, record in self.read_by(cls, field, unit_id) if value in held]


class PartsOverlap(OnlyRead):
    """Ends each range one record too late."""

    def partitions(self, cls, n):
        return [IdRange(part.start, part.stop and part.stop + "\0") for part in super().partitions(cls, n)]


class KnowsEveryType(OnlyRead):
    """Finds nothing of a type that it was opened without."""

    def get(self, cls, id_):
        return super().get(cls, id_) if cls is Note else None


class MovesWithWhoeverFills(OnlyRead):
    """Its snapshot is the present."""

    @contextmanager
    def _snapshot(self):
        yield self


class Picky(MemoryStore):
    """Keeps what a table with given columns could."""

    class Transaction(memory._Transaction):
        def put(self, record, *, expected=None):
            if isinstance(record, Note) and (self.trim(record) != record or "\0" in record.text):
                raise OFF
            return super().put(record, expected=expected)

        @staticmethod
        def trim(record):
            text = record.text.strip()
            text = text if text.replace("\n", "").isprintable() else ""
            return attrs.evolve(record, text=text, tags=tuple(filter(None, record.tags)))

    def __init__(self, types, *, clock):
        super().__init__(types, clock=clock)
        if any(type_.name == "kit-note" and type_.version != 1 for type_ in types):
            raise OFF

    def keeps(self, cls):
        return cls.__name__ in ("Note", "Unit")

    @contextmanager
    def _transaction(self, author):
        with super()._transaction(author) as transaction:
            put, many = transaction.put, transaction.put_many

            def kept(record, *, expected=None):
                if not self.keeps(type(record)):
                    raise OFF
                return put(record, expected=expected)

            transaction.put = kept
            transaction.put_many = many
            yield transaction


class DropsOtherTypes(Picky):
    """Takes a record of another type, and keeps it nowhere."""

    @contextmanager
    def _transaction(self, author):
        with MemoryStore._transaction(self, author) as transaction:
            put = transaction.put
            transaction.put = lambda record, **rest: put(record, **rest) if self.keeps(type(record)) else None
            yield transaction


class KeepsOtherTypes(Picky):
    """Is declared to keep given types only, and keeps others."""

    def keeps(self, cls):
        return True


class TrimsTexts(Picky):
    """Keeps a text in another form than it was given."""

    class Transaction(Picky.Transaction):
        def put(self, record, *, expected=None):
            if isinstance(record, Note):
                record = self.trim(record)
            return SoundTransaction.put(self, record, expected=expected)


class KeepsWhatItRefused(Picky):
    """Writes first, and looks afterwards."""

    class Transaction(Picky.Transaction):
        def put(self, record, *, expected=None):
            stored = SoundTransaction.put(self, record, expected=expected)
            super().put(record, expected=None)
            return stored


class MisreadsVersions(Picky):
    """Reads a body of one version as one of another."""

    def __init__(self, types, *, clock):
        MemoryStore.__init__(self, types, clock=clock)


class RefusesTexts(MemoryStore):
    """Declares that it keeps any text, and does not."""

    class Transaction(Picky.Transaction):
        pass


DEFECTS = [
    (TakesWrites, ReadOnlyKit, "test_a_store_that_is_only_read_refuses_each_write"),
    (DropsWrites, ReadOnlyKit, "test_a_store_that_is_only_read_refuses_each_write"),
    (AnswersWithAnEmptyJournal, ReadOnlyKit, "test_a_journal_that_is_not_kept_is_refused"),
    (FindsNothingUnjournalled, ReadOnlyKit, "test_a_journal_that_is_not_kept_is_refused"),
    (TellsOfNoChange, ReadOnlyKit, "test_a_feed_that_is_not_kept_is_refused"),
    (HasNoFiles, ReadOnlyKit, "test_files_that_are_not_kept_are_refused"),
    (HidesAbsentTypes, ReadOnlyKit, "test_what_is_of_an_absent_type_is_counted"),
    (HidesAbsentTypesFromTheCheck, ReadOnlyKit, "test_what_is_of_an_absent_type_is_counted"),
    (ReadsAsItWasFilled, ReadOnlyKit, "test_what_lies_there_is_read_in_the_order_of_code_points"),
    (ReadsEveryUnit, ReadOnlyKit, "test_what_lies_there_is_read"),
    (FindsParts, ReadOnlyKit, "test_what_lies_there_is_found_by_its_values"),
    (PartsOverlap, ReadOnlyKit, "test_partitions_of_what_lies_there_hold_each_once"),
    (KnowsEveryType, ReadOnlyKit, "test_reading_what_was_not_declared_is_refused"),
    (MovesWithWhoeverFills, ReadOnlyKit, "test_reading_goes_on_undisturbed_by_whoever_fills"),
    (DropsOtherTypes, StoreConformance, "test_records_of_any_type_are_kept"),
    (DropsOtherTypes, PickyKit, "test_records_of_other_types_are_refused"),
    (KeepsOtherTypes, PickyKit, "test_records_of_other_types_are_refused"),
    (TrimsTexts, PickyKit, "test_a_text_is_kept_as_it_is_or_refused"),
    (RefusesTexts, StoreConformance, "test_a_text_is_kept_as_it_is_or_refused"),
    (KeepsWhatItRefused, PickyKit, "test_a_refused_text_leaves_the_transaction_usable"),
    (MisreadsVersions, PickyKit, "test_another_version_of_a_type_is_refused"),
]

SOUND = {ReadOnlyKit: OnlyRead, PickyKit: Picky, StoreConformance: MemoryStore}


def run(kit, scenario, store_class, monkeypatch):
    """A scenario of a kit on stores of a class, with what each name was filled with."""
    monkeypatch.setattr(memory, "_Transaction", getattr(store_class, "Transaction", memory._Transaction))
    places = {}

    def make_store(name, types, clock):
        place = places.setdefault(name, {"records": [], "open": []})
        store = store_class(types, clock=clock)
        known = {type_.cls: type_.name for type_ in types}
        for record in place["records"]:
            if type(record) in known:
                store.take(record)
        if isinstance(store, OnlyRead):
            store.absent = ["kit-note" for record in place["records"] if type(record) not in known]
        place["open"].append(store)
        return store

    def fill(name, records):
        place = places.setdefault(name, {"records": [], "open": []})
        place["records"] += records
        for store in place["open"]:
            for record in records:
                store.take(record)

    given = {"make_store": make_store, "fill": fill, "text": " x"}
    method = getattr(kit(), scenario)
    method(**{name: given[name] for name in inspect.signature(method).parameters})


@pytest.mark.parametrize(("store_class", "kit", "scenario"), DEFECTS, ids=lambda value: getattr(value, "__name__", ""))
def test_scenario_fails_a_store_with_its_defect(store_class, kit, scenario, monkeypatch):
    with pytest.raises((AssertionError, pytest.fail.Exception, GovopenError)):
        run(kit, scenario, store_class, monkeypatch)


@pytest.mark.parametrize(
    ("kit", "scenario"), sorted({entry[1:] for entry in DEFECTS}, key=str), ids=lambda v: getattr(v, "__name__", v)
)
def test_scenario_passes_the_sound_store(kit, scenario, monkeypatch):
    """Else a scenario that fails every store would seem to find every defect."""
    run(kit, scenario, SOUND[kit], monkeypatch)


def test_the_dictionary_asks_a_store_for_nothing_that_it_lacks(monkeypatch):
    class WithoutJournal(Picky):
        journal, unjournalled, changes = OnlyRead.journal, OnlyRead.unjournalled, OnlyRead.changes

    monkeypatch.setattr(memory, "_Transaction", Picky.Transaction)
    lacking = {"known_at": False, "journal": False, "changes": False, "any_text": False}
    run_against_dictionary(lambda _, types, clock: WithoutJournal(types, clock=clock), examples=10, **lacking)


def test_a_scenario_is_left_out_where_its_capability_is_not():
    class Kit(StoreConformance):
        @needs("journal")
        def with_journal(self):
            raise AssertionError

        @lacks("journal")
        def without_journal(self):
            raise AssertionError

    kit = Kit()
    with pytest.raises(pytest.skip.Exception, match="supports journal"):
        kit.without_journal()
    kit.supports_journal = False
    with pytest.raises(pytest.skip.Exception, match="does not support journal"):
        kit.with_journal()


def test_a_kit_of_a_store_that_is_only_read_says_that_it_must_be_filled():
    with pytest.raises(NotImplementedError, match="fill"):
        StoreConformance.fill.__wrapped__(ReadOnlyKit())
    with pytest.raises(AssertionError, match="through its port"):
        StoreConformance.fill.__wrapped__(StoreConformance())("s", [])
