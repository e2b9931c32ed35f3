"""What a subclass of the store's kit supplies, and the scenarios that open a store more than once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

import pytest

from govopen.errors import StaleWrite, StoreError
from govopen.storage.port import Store, Transaction
from govopen.testing.conformance.store_capabilities import Capabilities, needs
from govopen.testing.conformance.store_machine import MakeStore
from govopen.testing.conformance.store_records import NOTE, NOTE_V3, TYPES, UNIT, Clockwork, Note, NoteV3, note, unit

__all__ = ["GaveUpError", "HostTransaction", "ReopeningScenarios", "refused"]

E = TypeVar("E", bound=Exception)

HostTransaction = Callable[..., AbstractContextManager[Store]]
"""Opens a store in a transaction of the host's."""


class GaveUpError(Exception):
    """Leaves a transaction half done."""


def refused(store: Store, error: type[E], write: Callable[[Transaction], object]) -> E:
    """The error that a transaction ends with."""
    with pytest.raises(error) as caught, store.transaction() as transaction:
        write(transaction)
    return caught.value


class ReopeningScenarios(Capabilities):
    """The scenarios of stores that outlive their opening."""

    @pytest.fixture
    def host_transaction(self) -> HostTransaction:
        """Supply a function ``(name, types, clock, *, commit)`` that gives a context manager.

        It begins a transaction of the host's in the database of that name, gives the store inside it, and at its end
        commits, or rolls back if ``commit`` is false.
        """
        if not self.supports_host_transaction:
            pytest.skip("the store does not work inside a host's transaction")
        raise NotImplementedError("a conformance test supplies the fixture host_transaction")

    @needs("writing", "reopening")
    def test_records_of_an_absent_type_stay(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store, store.transaction() as transaction:
            transaction.put_many([note("a"), note("b"), unit("u1")])
        with make_store("s", [UNIT], Clockwork()) as store:
            assert dict(store.opaque()) == {NOTE.name: 2}
            assert [found.id for found in store.units()] == ["u1"]
        with make_store("s", TYPES, Clockwork()) as store:
            assert dict(store.opaque()) == {}
            assert store.count(Note) == 2

    @needs("writing", "reopening")
    def test_two_writers_do_not_overwrite_each_other(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as one, make_store("s", TYPES, Clockwork()) as two:
            with one.transaction() as transaction:
                read = transaction.put(note("n"))
            with two.transaction() as transaction:
                transaction.put(note("n", text="two"), expected=read.revision)
            refused(one, StaleWrite, lambda t: t.put(note("n", text="one"), expected=read.revision))
            assert one.get(Note, "n") == two.get(Note, "n")

    @needs("writing", "reopening", "versions")
    def test_older_bodies_are_brought_up_step_by_step(self, make_store: MakeStore) -> None:
        clock = Clockwork()
        with make_store("s", TYPES, clock) as store, store.transaction() as transaction:
            transaction.put_many([note("a", about="four"), note("b", tags=("t",))])
        upcast = NoteV3(id="a", unit="u1", subject="four", weight=4)
        with make_store("s", [UNIT, NOTE_V3], clock) as store:
            assert [s.record for s in store.scan(NoteV3)] == [upcast, NoteV3(id="b", unit="u1", tags=("t",))]
            assert list(store.read_by(NoteV3, "subject", "u1")) == [("four", upcast)]
            with store.transaction() as transaction:
                assert transaction.put(NoteV3(id="a", unit="u1", subject="x"), expected=1).revision == 2
        with pytest.raises(StoreError), make_store("s", TYPES, clock) as store:
            list(store.scan(Note))

    @needs("writing")
    def test_the_host_decides_whether_to_commit(self, host_transaction: HostTransaction) -> None:
        clock = Clockwork()
        with host_transaction("h", TYPES, clock, commit=True) as store:
            with store.transaction() as transaction:
                transaction.put(note("kept"))

            def give_up(transaction: Transaction) -> None:
                transaction.put(note("undone"))
                raise GaveUpError

            refused(store, GaveUpError, give_up)
        with host_transaction("h", TYPES, clock, commit=False) as store:
            with store.transaction() as transaction:
                transaction.put(note("rolled back"))
            assert store.count(Note) == 2
        with host_transaction("h", TYPES, clock, commit=False) as store:
            assert [stored.record.id for stored in store.scan(Note)] == ["kept"]
