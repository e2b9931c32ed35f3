"""The scenarios of the store's journal: who wrote what, in one chain for each unit, and what was erased."""

from __future__ import annotations

import pytest

from govopen.errors import StoreError, UnknownRecordType
from govopen.model.website import Site
from govopen.storage.chain import body_digest, file_body
from govopen.storage.events import JournalEntry
from govopen.storage.port import Author, Store, Transaction
from govopen.storage.verification import checkpoint, verify
from govopen.testing.conformance.store_capabilities import Capabilities, needs
from govopen.testing.conformance.store_machine import MakeStore
from govopen.testing.conformance.store_records import NOTE, START, TYPES, Clockwork, Note, note, unit
from govopen.testing.conformance.store_reopening import GaveUpError, refused

__all__ = ["JournalScenarios"]

_DRAFTER = Author(actor="u-7", role="drafter", cause="disclosure.draft")


def _told(entry: JournalEntry) -> tuple[str, str, int, str]:
    return entry.kind, entry.id, entry.revision, entry.unit


def _sound(store: Store) -> None:
    found = verify(store)
    assert found.breaks == ()
    assert list(store.unjournalled()) == []


class JournalScenarios(Capabilities):
    """Scenarios for any store; they need nothing but a store that is new."""

    @needs("writing", "journal")
    def test_every_write_is_an_event_of_its_author(self, make_store: MakeStore) -> None:
        clock = Clockwork()
        with make_store("s", TYPES, clock) as store:
            with store.transaction(_DRAFTER) as transaction:
                transaction.put(note("a"))
                transaction.put(note("a"))
                transaction.put_many([note("a", text="x"), note("b")], replace=True)
            clock.tick()
            with store.transaction() as transaction:
                transaction.delete(Note, "a")
                transaction.delete(Note, "none")
            entries = list(store.journal())
            assert [_told(entry) for entry in entries] == [
                ("put", "a", 1, "u1"),
                ("put", "a", 2, "u1"),
                ("put", "b", 1, "u1"),
                ("delete", "a", 3, "u1"),
            ]
            assert {(entry.actor, entry.role, entry.cause) for entry in entries[:3]} == {
                ("u-7", "drafter", "disclosure.draft")
            }
            assert (entries[3].actor, entries[3].role, entries[3].cause) == ("", "", "write")
            assert [entry.at for entry in entries] == [START, START, START, clock.now]
            assert {entry.type for entry in entries} == {NOTE.name}

    @needs("writing", "journal")
    def test_each_unit_has_a_chain_of_its_own(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put(note("a", "𠀀"))
                transaction.put(note("b", "u1"))
                transaction.put(note("c", "\ufffd"))
                transaction.put(note("a", "u1"))
                transaction.put(unit("u1"))
            assert [(entry.unit, entry.number, entry.seq, entry.id) for entry in store.journal()] == [
                ("u1", 1, 2, "b"),
                ("u1", 2, 4, "a"),
                ("u1", 3, 5, "u1"),
                ("\ufffd", 1, 3, "c"),
                ("𠀀", 1, 1, "a"),
            ]
            assert [entry.id for entry in store.journal("u1")] == ["b", "a", "u1"]
            assert [entry.id for entry in store.journal(after=3)] == ["a", "u1"]
            assert [entry.id for entry in store.journal("u1", after=4)] == ["u1"]
            assert list(store.journal("none")) == []
            assert verify(store, checkpoint(store)).breaks == ()

    @needs("writing", "journal")
    def test_an_event_holds_salted_digests_of_what_was_and_is(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put_many([note("a", text="x"), note("b", text="x")])
                transaction.put(note("a", text="y"))
                transaction.delete(Note, "a")
                transaction.put(note("a", text="x"))
            entries = list(store.journal())
            for entry in entries:
                if entry.kind == "put":
                    assert entry.body is not None
                    assert entry.salt is not None
                    assert entry.after == body_digest(entry.salt, entry.version, entry.body)
            assert len(entries) == 5
            first, _, second, gone, again = entries
            assert (first.before, second.before, gone.before, again.before) == (b"", first.after, second.after, b"")
            assert gone.after == b""
            assert len({entry.salt for entry in entries if entry.kind == "put"}) == 4
            assert len({entry.after for entry in entries}) == 5

    @needs("writing", "journal")
    def test_an_undone_write_leaves_no_event(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:

            def give_up(transaction: Transaction) -> None:
                transaction.put(note("a"))
                if self.supports_attachments:
                    transaction.attach(b"x", "text/plain")
                raise GaveUpError

            refused(store, GaveUpError, give_up)
            assert list(store.journal()) == []
            with store.transaction() as transaction:
                transaction.put(note("b"))
            assert [(entry.seq, entry.number, entry.id) for entry in store.journal()] == [(1, 1, "b")]
            _sound(store)

    @needs("writing", "journal", "attachments")
    def test_a_file_is_an_event_that_does_not_name_it(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction(_DRAFTER) as transaction:
                digest = transaction.attach(b"one", "text/plain")
                other = transaction.attach(b"two", "application/pdf")
                transaction.attach(b"one", "text/plain")
            entries = list(store.journal())
            assert [_told(entry) for entry in entries] == [("attach", "", 0, ""), ("attach", "", 0, "")]
            assert entries[0].body == file_body(digest, "text/plain")
            assert entries[0].actor == "u-7"
            assert list(store.attachments()) == sorted([digest, other])
            if self.supports_changes:
                assert list(store.changes()) == []
            assert verify(store).attachments == 2
            _sound(store)

    @needs("writing", "journal")
    def test_what_is_forgotten_is_erased_and_the_journal_still_verifies(self, make_store: MakeStore) -> None:
        clock = Clockwork()
        with make_store("s", TYPES, clock) as store:
            for text in ("one", "two", "three"):
                with store.transaction() as transaction:
                    transaction.put(note("a", text=text))
                    transaction.put(note("b", text=text))
                clock.tick()
            known = checkpoint(store)
            changes = list(store.changes()) if self.supports_changes else []
            with store.transaction(Author(cause="retention")) as transaction:
                assert transaction.forget(Note, "a") == 2
                assert transaction.forget(Note, "a") == 0
                assert transaction.forget(Note, "none") == 0
            assert [stored.record.text for stored in store.scan(Note)] == ["three", "three"]
            entries = {(entry.id, entry.revision): entry for entry in store.journal() if entry.kind == "put"}
            erasure = max(store.journal(), key=lambda entry: entry.seq)
            assert (*_told(erasure), erasure.cause) == ("forget", "a", 3, "u1", "retention")
            for number in (1, 2):
                erased = entries["a", number]
                assert (erased.body, erased.salt, erased.forgotten) == (None, None, erasure.seq)
            for kept in (entries["a", 3], entries["b", 1]):
                assert kept.body is not None
                assert kept.forgotten == 0
            assert verify(store, known).breaks == ()
            if self.supports_changes:
                assert list(store.changes()) == changes
            if self.supports_known_at:
                assert [stored.record.id for stored in store.scan(Note, known_at=START)] == ["b"]
                assert [held.id for held in store.at(START).read(Note, "u1")] == ["b"]

    @needs("writing", "journal")
    def test_a_deleted_record_is_forgotten_wholly(self, make_store: MakeStore) -> None:
        clock = Clockwork()
        with make_store("s", TYPES, clock) as store:
            with store.transaction() as transaction:
                transaction.put(note("a", text="one"))
                transaction.put(note("a", "u2", text="two"))
                transaction.delete(Note, "a")
                assert transaction.forget(Note, "a") == 2
                assert transaction.put(note("a", text="again")).revision == 4
                assert transaction.forget(Note, "a") == 0
            assert [_told(entry)[::2] for entry in store.journal() if entry.kind == "forget"] == [("forget", 3)]
            assert [entry.unit for entry in store.journal() if entry.kind == "forget"] == ["u2"]
            assert [entry.revision for entry in store.journal() if entry.body is not None] == [4]
            _sound(store)

    @needs("writing", "journal")
    def test_forgetting_is_undone_with_its_transaction(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put(note("a", text="one"))
                transaction.put(note("a", text="two"))

            def give_up(transaction: Transaction) -> None:
                transaction.forget(Note, "a")
                raise GaveUpError

            refused(store, GaveUpError, give_up)
            assert [entry.kind for entry in store.journal() if entry.body is not None] == ["put", "put"]
            refused(store, UnknownRecordType, lambda t: t.forget(Site, "s"))
            _sound(store)

    @needs("writing", "journal", "attachments")
    def test_a_file_that_is_discarded_is_gone_and_may_come_again(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                digest = transaction.attach(b"one", "text/plain")
                kept = transaction.attach(b"two", "text/plain")
            known = checkpoint(store)
            with store.transaction(Author(cause="secrecy.determine")) as transaction:
                assert transaction.discard(digest) is True
                assert transaction.discard(digest) is False
                with pytest.raises(StoreError):
                    transaction.attachment(digest)
            assert list(store.attachments()) == [kept]
            assert [entry.kind for entry in store.journal()] == ["attach", "attach", "forget"]
            attached, _, erasure = store.journal()
            assert (erasure.kind, erasure.type, erasure.id, erasure.unit) == ("forget", "", str(attached.seq), "")
            assert (attached.body, attached.salt, attached.forgotten) == (None, None, erasure.seq)
            assert verify(store, known).breaks == ()
            with store.transaction() as transaction:
                assert transaction.attach(b"one", "text/plain") == digest
            assert store.attachment(digest).content == b"one"
            _sound(store)

    def test_a_store_has_an_identity_of_its_own(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as one, make_store("t", TYPES, Clockwork()) as other:
            assert one.identity == one.identity
            assert one.identity != other.identity
            assert one.identity
            if not self.supports_journal:
                return
            known = checkpoint(other)
            assert [found.flaw for found in verify(one, known).breaks] == ["other-store"]
