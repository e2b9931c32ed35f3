"""The scenarios of what a store does not do: it says so, and does not answer as if there were nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from govopen.errors import GovopenError, StoreError
from govopen.model.types import RECORD_TYPES
from govopen.model.website import Site
from govopen.storage.port import Transaction
from govopen.testing.conformance.store_capabilities import Capabilities, Fill, lacks, needs
from govopen.testing.conformance.store_machine import MakeStore
from govopen.testing.conformance.store_records import NOTE_V3, TYPES, UNIT, Clockwork, Note, NoteV3, note, unit

__all__ = ["RefusingScenarios"]

_HOSTILE_TEXTS = (" x", "x\n", "x\u0000", "\u3000", "x\u001b[31m")

_WRITES: tuple[Callable[[Transaction], object], ...] = (
    lambda transaction: transaction.put(note("new")),
    lambda transaction: transaction.put(note("there", text="x"), expected=1),
    lambda transaction: transaction.put_many([note("new")]),
    lambda transaction: transaction.put_many([note("there", text="x")], replace=True),
    lambda transaction: transaction.delete(Note, "there"),
    lambda transaction: transaction.forget(Note, "there"),
)


class RefusingScenarios(Capabilities):
    """Scenarios of capabilities that are declared off, and of their counterparts that are on."""

    @lacks("writing")
    def test_a_store_that_is_only_read_refuses_each_write(self, make_store: MakeStore, fill: Fill) -> None:
        with self.filled(make_store, fill, [note("there"), unit("u1")]) as store:
            before = [*store.scan(Note)]
            for write in _WRITES:
                with pytest.raises(StoreError), store.transaction() as transaction:
                    write(transaction)
            assert [*store.scan(Note)] == before

    @lacks("journal")
    def test_a_journal_that_is_not_kept_is_refused(self, make_store: MakeStore, fill: Fill) -> None:
        with self.filled(make_store, fill, [note("a")]) as store:
            for ask in (
                lambda: list(store.journal()),
                lambda: list(store.journal("u1")),
                lambda: list(store.unjournalled()),
            ):
                with pytest.raises(StoreError):
                    ask()

    @lacks("changes")
    def test_a_feed_that_is_not_kept_is_refused(self, make_store: MakeStore, fill: Fill) -> None:
        with self.filled(make_store, fill, [note("a")]) as store, pytest.raises(StoreError):
            list(store.changes())

    @lacks("attachments")
    def test_files_that_are_not_kept_are_refused(self, make_store: MakeStore, fill: Fill) -> None:
        with self.filled(make_store, fill, [note("a")]) as store:
            with pytest.raises(StoreError):
                list(store.attachments())
            with pytest.raises(StoreError):
                store.attachment("0" * 64)
            with pytest.raises(StoreError), store.transaction() as transaction:
                transaction.attach(b"x", "text/plain")
            with pytest.raises(StoreError), store.transaction() as transaction:
                transaction.discard("0" * 64)

    @needs("writing", "other_types")
    def test_records_of_any_type_are_kept(self, make_store: MakeStore) -> None:
        site = Site(id="s", unit="u1", kind="own")  # type: ignore[arg-type]
        with make_store("s", RECORD_TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put(site)
            assert [stored.record for stored in store.scan(Site)] == [site]

    @needs("writing")
    @lacks("other_types")
    def test_records_of_other_types_are_refused(self, make_store: MakeStore) -> None:
        site = Site(id="s", unit="u1", kind="own")  # type: ignore[arg-type]
        with make_store("s", RECORD_TYPES, Clockwork()) as store:
            with pytest.raises(StoreError), store.transaction() as transaction:
                transaction.put(site)
            with pytest.raises(StoreError), store.transaction() as transaction:
                transaction.put_many([site])
            assert store.count(Site) == 0

    @needs("writing")
    @pytest.mark.parametrize("text", _HOSTILE_TEXTS, ids=ascii)
    def test_a_text_is_kept_as_it_is_or_refused(self, make_store: MakeStore, text: str) -> None:
        records = [note("text", text=text), note("tags", tags=("x", "", "y"))]
        with make_store("s", TYPES, Clockwork()) as store:
            for record in records:
                try:
                    with store.transaction() as transaction:
                        transaction.put(record)
                except StoreError:
                    assert not self.supports_any_text
                    assert store.get(Note, record.id) is None
                else:
                    assert store.get(Note, record.id).record == record  # type: ignore[union-attr]

    @needs("writing")
    @lacks("any_text")
    def test_a_refused_text_leaves_the_transaction_usable(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put(note("before"))
                with pytest.raises(StoreError):
                    transaction.put(note("refused", text="\u0000"))
                transaction.put(note("after"))
            assert [stored.record.id for stored in store.scan(Note)] == ["after", "before"]

    @needs("reopening")
    @lacks("versions")
    def test_another_version_of_a_type_is_refused(self, make_store: MakeStore, fill: Fill) -> None:
        with self.filled(make_store, fill, [note("a", about="four")]):
            pass
        with pytest.raises(GovopenError), make_store("s", [UNIT, NOTE_V3], Clockwork()) as store:
            list(store.scan(NoteV3))
