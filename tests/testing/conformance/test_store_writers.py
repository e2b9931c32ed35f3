"""The store's kit finds what two writers do to each other: each store here has one defect, and the scenario fails."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest

from govopen.errors import StoreError
from govopen.testing import memory
from govopen.testing.conformance import store_writers
from govopen.testing.conformance.store import StoreConformance
from govopen.testing.memory import MemoryStore


class Place:
    """What the stores opened on one place share."""

    def __init__(self):
        self.state = memory.State()
        self.identity = "place"
        self.lock = threading.Lock()
        self.begun = 0
        self.both_have_read = threading.Event()


class Shared(MemoryStore):
    """A store whose records are those of its place. It makes a second writer wait."""

    def __init__(self, place, types, clock):
        self._place = place
        super().__init__(types, clock=clock)

    @property
    def _state(self):
        return self._place.state

    @_state.setter
    def _state(self, state):
        # A store begins with an empty state, and forgets it when it is closed; the place does neither.
        if state.revisions:
            self._place.state = state

    @contextmanager
    def _transaction(self, author):
        with self._place.lock:
            state = self._state.copy()
            yield memory._Transaction(state, self._book, self._clock(), author)
            self._state = state


class Refusing(Shared):
    """Makes nobody wait: it refuses a second writer at once."""

    @contextmanager
    def _transaction(self, author):
        if not self._place.lock.acquire(blocking=False):
            raise StoreError("Somebody else is writing.")
        try:
            state = self._state.copy()
            yield memory._Transaction(state, self._book, self._clock(), author)
            self._state = state
        finally:
            self._place.lock.release()


class Optimistic(Shared):
    """Lets both write, and refuses whoever ends last."""

    @contextmanager
    def _transaction(self, author):
        read = self._state
        state = read.copy()
        yield memory._Transaction(state, self._book, self._clock(), author)
        with self._place.lock:
            if self._state is not read:
                raise StoreError("Somebody else has written meanwhile.")
            self._state = state


class TakesNoLock(Shared):
    """Whoever ends last puts back what was there when it began."""

    @contextmanager
    def _transaction(self, author):
        state = self._state.copy()
        yield memory._Transaction(state, self._book, self._clock(), author)
        self._state = state


class ReadsBeforeItsLock(Shared):
    """Waits for its turn, and then writes over what it read before it waited."""

    @contextmanager
    def _transaction(self, author):
        state = self._state.copy()
        self._place.begun += 1
        if self._place.begun == 3:  # the one that the scenario begins with, and then two at once
            self._place.both_have_read.set()
        with self._place.lock:
            yield memory._Transaction(state, self._book, self._clock(), author)
            if self._place.begun == 2:
                self._place.both_have_read.wait(10)
            self._state = state


class LocksTheEndAlone(Shared):
    """Puts its records over what is there when it ends, each revision with the number that it had counted."""

    @contextmanager
    def _transaction(self, author):
        before = self._state
        state = before.copy()
        yield memory._Transaction(state, self._book, self._clock(), author)
        with self._place.lock:
            merged = self._state.copy()
            for name, records in state.revisions.items():
                for id_, revisions in records.items():
                    if revisions is not before.revisions.get(name, {}).get(id_):
                        merged.revisions.setdefault(name, {})[id_] = revisions
            merged.journal, merged.heads = state.journal, state.heads
            self._state = merged


class KeepsHalf(Shared):
    """Refuses a second writer when it ends, after it has put its records there."""

    @contextmanager
    def _transaction(self, author):
        read = self._state
        state = read.copy()
        yield memory._Transaction(state, self._book, self._clock(), author)
        with self._place.lock:
            late = self._state is not read
            self._state = state
            if late:
                raise StoreError("Somebody else has written meanwhile.")


class RefusesInAnothersWords(Refusing):
    """Lets its driver's own error through."""

    @contextmanager
    def _transaction(self, author):
        try:
            with super()._transaction(author) as transaction:
                yield transaction
        except StoreError as error:
            raise TimeoutError from error


class RefusesEverybody(Shared):
    """Gives up both when there are two."""

    @contextmanager
    def _transaction(self, author):
        self._place.begun += 1
        if self._place.begun == 3:
            raise StoreError("There are two.")
        with super()._transaction(author) as transaction:
            yield transaction
            if self._place.begun == 3:
                raise StoreError("There are two.")


class NeverLetsGo(Shared):
    """Keeps its lock after the second transaction."""

    @contextmanager
    def _transaction(self, author):
        self._place.lock.acquire()
        self._place.begun += 1
        state = self._state.copy()
        yield memory._Transaction(state, self._book, self._clock(), author)
        self._state = state
        if self._place.begun == 1:
            self._place.lock.release()


class RefusesByAccident(Shared):
    """Finds out that somebody else was there, but not where the place was empty."""

    @contextmanager
    def _transaction(self, author):
        read = self._state
        state = read.copy()
        yield memory._Transaction(state, self._book, self._clock(), author)
        if read.revisions and self._state is not read:
            raise StoreError("What was there is gone.")
        self._state = state


SOUND = [Shared, Refusing, Optimistic]
WRITTEN = pytest.mark.parametrize("written", [False, True], ids=["empty", "written"])
BROKEN = [TakesNoLock, ReadsBeforeItsLock, LocksTheEndAlone, KeepsHalf, RefusesInAnothersWords, RefusesEverybody]
ENDS = pytest.mark.parametrize("ends_last", [False, True], ids=["ends-first", "ends-last"])


def run(store_class, ends_last, *, written=True):
    """The scenario on stores of a class, all opened on one place."""
    place = Place()
    StoreConformance().test_a_write_that_begins_during_another_is_not_lost(
        lambda name, types, clock: store_class(place, types, clock), written, ends_last
    )


@ENDS
@WRITTEN
@pytest.mark.parametrize("store_class", SOUND, ids=lambda cls: cls.__name__)
def test_the_scenario_passes_a_store_that_waits_refuses_or_gives_up(store_class, written, ends_last, monkeypatch):
    # Those that make nobody wait need no patience, and without haste no machine is too slow for them.
    monkeypatch.setattr(store_writers, "_PATIENCE", 0.05 if store_class is Shared else 20)
    run(store_class, ends_last, written=written)


@ENDS
@pytest.mark.parametrize("store_class", BROKEN, ids=lambda cls: cls.__name__)
def test_the_scenario_fails_a_store_with_its_defect(store_class, ends_last, monkeypatch):
    # The second writer of this one waits, and the store itself sees to it that it has read by then.
    monkeypatch.setattr(store_writers, "_PATIENCE", 0.05 if store_class is ReadsBeforeItsLock else 20)
    with pytest.raises((AssertionError, TimeoutError)):
        run(store_class, ends_last)


@ENDS
def test_the_scenario_ends_where_the_second_writer_waits_for_ever(ends_last, monkeypatch):
    monkeypatch.setattr(store_writers, "_PATIENCE", 0.05)
    monkeypatch.setattr(store_writers, "_LIMIT", 0.5)
    with pytest.raises(AssertionError, match="waits although the first has ended"):
        run(NeverLetsGo, ends_last)


@ENDS
def test_the_scenario_begins_with_an_empty_store_too(ends_last, monkeypatch):
    monkeypatch.setattr(store_writers, "_PATIENCE", 20)
    run(RefusesByAccident, ends_last)
    with pytest.raises(AssertionError):
        run(RefusesByAccident, ends_last, written=False)


def test_a_store_that_lives_in_one_object_is_left_out():
    class Kit(StoreConformance):
        supports_reopening = False

    with pytest.raises(pytest.skip.Exception, match="does not support reopening"):
        Kit().test_a_write_that_begins_during_another_is_not_lost(None, False, False)
