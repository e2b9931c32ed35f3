"""The conformance kit of stores: what every store must do, whatever lies beneath.

Subclass :class:`StoreConformance` in your tests, supply its one fixture and declare what the store can do; pytest
finds the scenarios. How: ``docs/how-to/storage-plugin.md``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from functools import partial

import pytest

from govopen.errors import StaleWrite, StoreError, UnknownRecordType
from govopen.model.types import RECORD_TYPES
from govopen.model.website import Site
from govopen.storage.port import ABSENT, IdRange, Transaction
from govopen.testing.conformance.store_capabilities import needs
from govopen.testing.conformance.store_journal import JournalScenarios
from govopen.testing.conformance.store_machine import MakeStore, run_against_dictionary
from govopen.testing.conformance.store_reading import ORDERED, ReadingScenarios
from govopen.testing.conformance.store_records import (
    NOTE,
    START,
    TYPES,
    UNIT,
    Clockwork,
    Note,
    note,
    unit,
)
from govopen.testing.conformance.store_refusing import RefusingScenarios
from govopen.testing.conformance.store_reopening import GaveUpError, ReopeningScenarios, refused
from govopen.testing.conformance.store_writers import WritersScenarios

__all__ = ["StoreConformance"]


def _put(record: Note, expected: int, transaction: Transaction) -> None:
    transaction.put(record, expected=expected)


def _delete(id_: str, expected: int, transaction: Transaction) -> None:
    transaction.delete(Note, id_, expected=expected)


class StoreConformance(ReadingScenarios, RefusingScenarios, JournalScenarios, ReopeningScenarios, WritersScenarios):
    """Scenarios for any store. A subclass supplies the fixture ``make_store`` and declares what the store can do.

    Attributes:
        supports_writing: The store is written through its port; one that is not supplies the fixture ``fill``.
        supports_reopening: Two stores opened under one name hold the same records, and may be open at once, each in a
            thread of its own.
        supports_known_at: The store answers for past moments.
        supports_journal: The store keeps a journal, and erases by it what is to be forgotten.
        supports_changes: The store keeps a feed of changes.
        supports_attachments: The store keeps files.
        supports_other_types: The store keeps records of whatever type it is opened with.
        supports_any_text: The store keeps each text as it is, with control characters and blanks around it.
        supports_versions: The store brings older bodies up to the version of their type.
        supports_host_transaction: The store can work inside the host's transaction; the subclass supplies the fixture
            ``host_transaction`` as well.
        examples: How many random sequences of writes to compare with a dictionary.
    """

    examples = 25

    @needs("writing")
    def test_a_record_comes_back_as_it_went_in(self, make_store: MakeStore) -> None:
        first = note("某府-1", about="号", tags=("甲", "乙"), text=self.hostile)
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                put = transaction.put(first)
            assert put == store.get(Note, first.id)
            assert put.record == first
            assert put.revision == 1
            assert store.get(Note, "another") is None

    @needs("writing")
    def test_revisions_count_up_and_a_deletion_is_one(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                numbers = [transaction.put(note("n", text=text)).revision for text in ("a", "b")]
                assert transaction.delete(Note, "n") is True
                assert transaction.delete(Note, "n") is False
                numbers.append(transaction.put(note("n", text="b")).revision)
            assert numbers == [1, 2, 4]

    @needs("writing")
    def test_an_equal_record_makes_no_revision(self, make_store: MakeStore) -> None:
        clock = Clockwork()
        with make_store("s", TYPES, clock) as store:
            with store.transaction() as transaction:
                first = transaction.put(note("n"))
            clock.tick()
            with store.transaction() as transaction:
                assert transaction.put(note("n")) == first
                transaction.put_many([note("n")], replace=True)
            assert store.get(Note, "n") == first
            if self.supports_changes:
                assert len(list(store.changes())) == 1

    @needs("writing")
    def test_a_stale_write_is_refused_and_says_what_it_found(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put(note("n", text="a"), expected=ABSENT)
                transaction.put(note("n", text="b"), expected=1)
            for expected in (ABSENT, 1, 3):
                facts = {"type": NOTE.name, "id": "n", "expected": expected, "found": 2}
                for write in (
                    partial(_put, note("n", text="c"), expected),
                    partial(_delete, "n", expected),
                ):
                    assert refused(store, StaleWrite, write).facts == facts
            refused(store, StaleWrite, partial(_put, note("gone"), 1))
            assert [stored.record.text for stored in store.scan(Note)] == ["b"]

    @needs("writing")
    def test_an_exception_undoes_the_whole_transaction(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put_many([note("kept", about="x"), note("changed", about="x")])
            before = list(store.changes()) if self.supports_changes else []

            def write(transaction: Transaction) -> None:
                transaction.put(note("changed", about="y"))
                transaction.delete(Note, "kept")
                transaction.put_many([note(f"new-{n}") for n in range(3)])
                if self.supports_attachments:
                    transaction.attach(b"new", "text/plain")
                raise GaveUpError

            refused(store, GaveUpError, write)
            assert [stored.record for stored in store.scan(Note)] == [
                note("changed", about="x"),
                note("kept", about="x"),
            ]
            assert [value for value, _ in store.read_by(Note, "about", "u1")] == ["x", "x"]
            if self.supports_changes:
                assert list(store.changes()) == before
            with pytest.raises(StoreError):
                store.attachment(hashlib.sha256(b"new").hexdigest())

    @needs("writing")
    def test_a_transaction_sees_itself_and_others_see_its_end(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put(note("n"))
                assert transaction.get(Note, "n") is not None
                if self.supports_attachments:
                    digest = transaction.attach(b"file", "text/plain")
                    assert transaction.attachment(digest).content == b"file"
                assert store.get(Note, "n") is None
                assert store.count(Note) == 0
                if self.supports_changes:
                    assert list(store.changes()) == []
            assert store.count(Note) == 1

    @needs("writing")
    def test_a_bulk_of_several_types_is_stored_whole(self, make_store: MakeStore) -> None:
        records = [record for n in range(700) for record in (note(f"n{n:04}"), unit(f"u{n:04}"))]
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                assert transaction.put_many(iter(records)) == 1400
            assert [stored.record for stored in store.scan(Note)] == records[::2]
            assert list(store.units()) == records[1::2]

    @needs("writing")
    @pytest.mark.parametrize("ids", [["new", "there"], ["twice", "twice"]], ids=["existing", "twice"])
    def test_a_bulk_refuses_what_exists(self, make_store: MakeStore, ids: list[str]) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put(note("there", text="old"))
            error = refused(store, StaleWrite, lambda t: t.put_many(note(id_, text="new") for id_ in ids))
            assert error.facts == {"type": NOTE.name, "id": ids[-1], "expected": ABSENT, "found": 1}
            assert [stored.record.id for stored in store.scan(Note)] == ["there"]
            with store.transaction() as transaction:
                transaction.put_many([note(id_, text=f"{n}") for n, id_ in enumerate(ids)], replace=True)
            assert store.get(Note, ids[-1]).record.text == "1"  # type: ignore[union-attr]

    @needs("writing")
    def test_identifiers_are_in_the_order_of_code_points(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                for id_ in reversed(ORDERED):
                    transaction.put_many([unit(id_), note(id_, about=id_, tags=("t",))])
            assert [found.id for found in store.units()] == ORDERED
            assert [found.id for found in store.read(Note, "u1")] == ORDERED
            assert [stored.record.id for stored in store.scan(Note)] == ORDERED
            assert [value for value, _ in store.read_by(Note, "about", "u1")] == ORDERED
            assert [found.id for _, found in store.read_by(Note, "tags", "u1")] == ORDERED

    @needs("writing")
    def test_an_index_gives_every_value_and_no_blank(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                blank = ("",) if self.supports_any_text else ()
                transaction.put_many([note("a", tags=("y", "x", "y")), note("b", tags=(*blank, "x")), note("c")])
                transaction.put(note("other", "u2", tags=("x",)))
            by_tag = [(value, found.id) for value, found in store.read_by(Note, "tags", "u1")]
            assert by_tag == [("x", "a"), ("x", "b"), ("y", "a")]
            assert list(store.read_by(Note, "about", "u1")) == []

    @needs("writing")
    def test_an_index_finds_the_records_of_a_value(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put_many([note("b", tags=("x",)), note("a", tags=("x", "y")), note("c", tags=("xy",))])
                transaction.put(note("other", "u2", tags=("x",)))
                own = transaction.find(Note, "tags", "u1", "x")
                assert [found.id for found in own] == ["a", "b"]
            assert [found.id for found in store.find(Note, "tags", "u1", "x")] == ["a", "b"]
            assert [found.id for found in store.find(Note, "tags", "u2", "x")] == ["other"]
            assert list(store.find(Note, "tags", "u1", "")) == []
            with pytest.raises(StoreError):
                store.find(Note, "text", "u1", "x")
            with store.transaction() as transaction:
                transaction.delete(Note, "a")
                assert [found.id for found in transaction.find(Note, "tags", "u1", "x")] == ["b"]

    @needs("writing")
    def test_an_index_follows_its_record(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            for change in (
                note("n", about="old"),
                note("n", about="new"),
                note("n", "u2", about="new"),
            ):
                with store.transaction() as transaction:
                    transaction.put(change)
                assert list(store.read_by(Note, "about", change.unit)) == [(change.about, change)]
                assert list(store.read(Note, change.unit)) == [change]
            assert list(store.read(Note, "u1")) == []
            assert list(store.read_by(Note, "about", "u1")) == []
            with store.transaction() as transaction:
                transaction.delete(Note, "n")
            assert list(store.read_by(Note, "about", "u2")) == []

    @needs("writing")
    def test_what_was_not_declared_is_refused(self, make_store: MakeStore) -> None:
        site = Site(id="s", unit="u1", kind="own")  # type: ignore[arg-type]
        with make_store("s", TYPES, Clockwork()) as store:
            with pytest.raises(StoreError):
                list(store.read_by(Note, "text", "u1"))
            for ask in (
                lambda: store.get(Site, "s"),
                lambda: list(store.read(Site, "u1")),
                lambda: list(store.read_by(Site, "url", "u1")),
                lambda: list(store.scan(Site)),
                lambda: store.count(Site),
                lambda: store.partitions(Site, 2),
            ):
                with pytest.raises(UnknownRecordType):
                    ask()
            refused(store, UnknownRecordType, lambda t: t.put(site))
            refused(store, UnknownRecordType, lambda t: t.put_many([site]))
            refused(store, UnknownRecordType, lambda t: t.delete(Site, "s"))
            refused(store, UnknownRecordType, lambda t: t.get(Site, "s"))

    @needs("writing")
    def test_partitions_hold_every_record_once(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            assert store.partitions(Note, 3) == [IdRange()]
            with store.transaction() as transaction:
                transaction.put_many(note(f"{n:02}", f"u{n % 2}") for n in range(10, 40))
            parts = store.partitions(Note, 4)
            sizes = [len(list(store.scan(Note, partition=part))) for part in parts]
            assert len(parts) == 4
            assert max(sizes) - min(sizes) <= 1
            with store.transaction() as transaction:
                blank = [note("", "u0")] if self.supports_any_text else []
                transaction.put_many([*blank, note("25½", "u1"), note("𠀀", "u1")])
            for unit_id in (None, "u1"):
                whole = [stored.record.id for stored in store.scan(Note, unit=unit_id)]
                assert whole == sorted(whole)
                assert store.count(Note, unit_id) == len(whole)
                assert whole == [
                    stored.record.id for part in parts for stored in store.scan(Note, unit=unit_id, partition=part)
                ]

    @needs("writing")
    def test_reading_goes_on_undisturbed_by_writing(self, make_store: MakeStore) -> None:
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                transaction.put_many(note(f"{n:04}", about="x") for n in range(2500))
            scan = store.scan(Note)
            first = next(scan)
            with store.snapshot() as view:
                with store.transaction() as transaction:
                    transaction.delete(Note, "2400")
                    transaction.put_many([note("0500½"), unit("u1")])
                assert [first, *scan][2400].record.id == "2400"
                assert len(list(view.read(Note, "u1"))) == len(list(view.read_by(Note, "about", "u1"))) == 2500
                assert list(view.units()) == []
            assert store.count(Note) == 2500
            assert len(list(store.units())) == 1

    @needs("writing", "changes")
    def test_the_feed_tells_what_changed_since(self, make_store: MakeStore) -> None:
        clock = Clockwork()
        with make_store("s", TYPES, clock) as store:
            with store.transaction() as transaction:
                transaction.put_many([note("a"), unit("u1")])
            clock.tick()
            with store.transaction() as transaction:
                transaction.put(note("a", "u2"))
                transaction.delete(Note, "a")
            told = [(c.type, c.id, c.unit, c.revision, c.kind, c.at) for c in store.changes()]
            assert told == [
                (NOTE.name, "a", "u1", 1, "put", START),
                (UNIT.name, "u1", "u1", 1, "put", START),
                (NOTE.name, "a", "u2", 2, "put", clock.now),
                (NOTE.name, "a", "u2", 3, "delete", clock.now),
            ]
            changes = list(store.changes())
            assert list(store.changes(changes[1].seq)) == changes[2:]
            assert list(store.changes(changes[-1].seq)) == []

    @needs("writing", "attachments")
    def test_a_file_is_kept_once_by_its_digest(self, make_store: MakeStore) -> None:
        content = bytes(range(256)) * 40
        with make_store("s", TYPES, Clockwork()) as store:
            with store.transaction() as transaction:
                digest = transaction.attach(content, "application/pdf")
                assert transaction.attach(io.BytesIO(content), "text/plain") == digest
            assert digest == hashlib.sha256(content).hexdigest()
            kept = store.attachment(digest)
            assert (kept.digest, kept.media_type, kept.content) == (digest, "application/pdf", content)
            with pytest.raises(StoreError):
                store.attachment("0" * 64)

    @needs("writing")
    def test_times_are_the_clocks_and_one_for_a_transaction(self, make_store: MakeStore) -> None:
        clock = Clockwork()
        clock.now = START.astimezone(dt.timezone(dt.timedelta(hours=8)))
        with make_store("s", TYPES, clock) as store:
            with store.transaction() as transaction:
                first = transaction.put(note("a"))
                clock.tick()
                second = transaction.put(note("b"))
            assert first.recorded_at == second.recorded_at == START
            assert first.recorded_at.utcoffset() == dt.timedelta()

    @needs("writing", "known_at")
    def test_the_past_is_read_as_it_was_known(self, make_store: MakeStore) -> None:
        clock = Clockwork()
        steps = [note("n", about="old"), note("n", about="new"), note("n", "u2", about="new"), None, note("n")]
        moments: list[dt.datetime] = []
        with make_store("s", TYPES, clock) as store:
            for step in steps:
                with store.transaction() as transaction:
                    transaction.delete(Note, "n") if step is None else transaction.put(step)
                    transaction.put(unit(f"u{len(moments)}"))
                moments.append(clock.tick())
            for n, (moment, step) in enumerate(zip(moments, steps, strict=True)):
                for known_at in (moment, moment + dt.timedelta(microseconds=999_999)):
                    view = store.at(known_at)
                    assert [s.record for s in store.scan(Note, known_at=known_at)] == ([step] if step else [])
                    assert len(list(view.units())) == n + 1
                    for unit_id in ("u1", "u2"):
                        held = [step] if step and step.unit == unit_id else []
                        assert list(view.read(Note, unit_id)) == held
                        assert list(view.read_by(Note, "about", unit_id)) == [(s.about, s) for s in held if s.about]
            assert list(store.at(START - dt.timedelta(microseconds=1)).units()) == []

    def test_a_moment_that_cannot_be_answered_is_refused(self, make_store: MakeStore) -> None:
        moment = START.replace(tzinfo=None) if self.supports_known_at else START
        with make_store("s", TYPES, Clockwork()) as store:
            with pytest.raises(StoreError):
                store.at(moment)
            with pytest.raises(StoreError):
                list(store.scan(Note, known_at=moment))

    @needs("writing")
    def test_it_behaves_like_a_dictionary(self, make_store: MakeStore) -> None:
        run_against_dictionary(
            make_store,
            known_at=self.supports_known_at,
            journal=self.supports_journal,
            changes=self.supports_changes,
            any_text=self.supports_any_text,
            examples=self.examples,
        )

    def test_it_holds_every_built_in_type(self, make_store: MakeStore) -> None:
        with make_store("s", RECORD_TYPES, Clockwork()) as store:
            assert {type_.name: store.count(type_.cls) for type_ in RECORD_TYPES} == {
                type_.name: 0 for type_ in RECORD_TYPES
            }
