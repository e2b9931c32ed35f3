"""The scenarios of reading: for any store, whether it is written through its port or filled by somebody else."""

from __future__ import annotations

import datetime as dt

import pytest

from govopen.errors import StoreError, UnknownRecordType
from govopen.model.units import Unit
from govopen.model.website import Site
from govopen.storage.port import IdRange
from govopen.testing.conformance.store_capabilities import Capabilities, Fill, lacks, needs
from govopen.testing.conformance.store_machine import MakeStore
from govopen.testing.conformance.store_records import NOTE, TYPES, UNIT, Clockwork, Note, note, unit

__all__ = ["ORDERED", "ReadingScenarios"]

ORDERED = ["Z", "a", "é", "号", "\ufffd", "𠀀"]
"""In the order of code points. UTF-16 puts the last before the one before it; most locales put "a" before "Z"."""


class ReadingScenarios(Capabilities):
    """Scenarios of a store that holds records already."""

    def test_what_lies_there_is_read(self, make_store: MakeStore, fill: Fill) -> None:
        records = [note("某府-1", about="号", tags=("甲", "乙"), text=self.hostile), note("b", "u2"), note("a")]
        with self.filled(make_store, fill, [*records, unit("u2"), unit("u1")]) as store:
            held = list(store.scan(Note))
            assert [stored.record for stored in held] == [records[2], records[1], records[0]]
            assert [store.get(Note, stored.record.id) for stored in held] == held
            assert all(stored.revision >= 1 for stored in held)
            assert {stored.recorded_at.utcoffset() for stored in held} == {dt.timedelta()}
            assert [stored.record for stored in store.scan(Note, unit="u1")] == [records[2], records[0]]
            assert [store.count(Note), store.count(Note, "u1"), store.count(Note, "none")] == [3, 2, 0]
            assert list(store.units()) == [unit("u1"), unit("u2")]
            assert store.get(Unit, "u1").record == unit("u1")  # type: ignore[union-attr]
            assert store.get(Note, "another") is None
            assert dict(store.opaque()) == {}

    def test_what_lies_there_is_read_in_the_order_of_code_points(self, make_store: MakeStore, fill: Fill) -> None:
        notes = [note(id_, about=id_, tags=("t", id_)) for id_ in reversed(ORDERED)]
        with self.filled(make_store, fill, [*notes, *map(unit, reversed(ORDERED))]) as store:
            assert [found.id for found in store.units()] == ORDERED
            assert [found.id for found in store.read(Note, "u1")] == ORDERED
            assert [stored.record.id for stored in store.scan(Note)] == ORDERED
            assert [value for value, _ in store.read_by(Note, "about", "u1")] == ORDERED
            by_tag = [(value, found.id) for value, found in store.read_by(Note, "tags", "u1")]
            assert by_tag == sorted([*((id_, id_) for id_ in ORDERED), *(("t", id_) for id_ in ORDERED)])

    def test_what_lies_there_is_found_by_its_values(self, make_store: MakeStore, fill: Fill) -> None:
        notes = [note("b", tags=("x",)), note("a", about="x", tags=("x", "y")), note("c", tags=("xy",))]
        with self.filled(make_store, fill, [*notes, note("other", "u2", about="x", tags=("x",))]) as store:
            assert [found.id for found in store.find(Note, "tags", "u1", "x")] == ["a", "b"]
            assert [found.id for found in store.find(Note, "about", "u1", "x")] == ["a"]
            assert [found.id for found in store.find(Note, "tags", "u2", "x")] == ["other"]
            assert list(store.find(Note, "about", "u1", "")) == []
            assert [(value, found.id) for value, found in store.read_by(Note, "about", "u1")] == [("x", "a")]
            assert list(store.read(Note, "none")) == []
            assert list(store.read_by(Note, "tags", "none")) == []

    def test_partitions_of_what_lies_there_hold_each_once(self, make_store: MakeStore, fill: Fill) -> None:
        ids = [f"{n:02}" for n in range(10, 40)]
        with self.filled(make_store, fill, [note(id_, f"u{id_[-1]}") for id_ in ids]) as store:
            parts = store.partitions(Note, 4)
            found = [[stored.record.id for stored in store.scan(Note, partition=part)] for part in parts]
            assert [id_ for part in found for id_ in part] == ids
            assert len(parts) == 4
            assert max(map(len, found)) - min(map(len, found)) <= 1
            own = [stored.record.id for part in parts for stored in store.scan(Note, unit="u3", partition=part)]
            assert own == ["13", "23", "33"]
            assert store.partitions(Unit, 3) == [IdRange()]

    def test_reading_what_was_not_declared_is_refused(self, make_store: MakeStore, fill: Fill) -> None:
        with self.filled(make_store, fill, [note("a", text="x")]) as store:
            with pytest.raises(StoreError):
                list(store.read_by(Note, "text", "u1"))
            with pytest.raises(StoreError):
                store.find(Note, "text", "u1", "x")
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

    @lacks("writing")
    def test_reading_goes_on_undisturbed_by_whoever_fills(self, make_store: MakeStore, fill: Fill) -> None:
        with self.filled(make_store, fill, [note(f"{n:04}", about="x") for n in range(1200)]) as store:
            scan = store.scan(Note)
            first = next(scan)
            with store.snapshot() as view:
                fill("s", [note("0500-1", about="x"), unit("u1")])
                assert len([first, *scan]) == 1200
                assert len(list(view.read(Note, "u1"))) == len(list(view.read_by(Note, "about", "u1"))) == 1200
                assert list(view.units()) == []
            assert store.count(Note) == 1201
            assert [found.id for found in store.units()] == ["u1"]

    @lacks("writing")
    @needs("reopening")
    def test_what_is_of_an_absent_type_is_counted(self, make_store: MakeStore, fill: Fill) -> None:
        fill("s", [note("a"), note("b"), unit("u1")])
        with make_store("s", [UNIT], Clockwork()) as store:
            assert dict(store.opaque()) == {NOTE.name: 2}
            with store.snapshot() as view:
                assert dict(view.opaque()) == {NOTE.name: 2}
            assert [found.id for found in store.units()] == ["u1"]
        with make_store("s", TYPES, Clockwork()) as store:
            assert dict(store.opaque()) == {}
