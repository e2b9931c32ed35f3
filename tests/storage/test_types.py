"""Record types as a store takes them: what it refuses, and what it does when a declaration has changed."""

from __future__ import annotations

import datetime as dt
import enum
import sqlite3
from typing import Annotated

import attrs
import pytest

from govopen.errors import PluginError, StoreError
from govopen.model.base import Record, RecordType, Term
from govopen.storage.sql import SqlStore
from govopen.storage.types import TypeBook, entries_of
from govopen.testing.conformance.store_records import NOTE, NOTE_V3, TYPES, UNIT, Note, NoteV3, note, unit
from govopen.texts import Text


class Colour(enum.StrEnum):
    RED = "red"


@attrs.frozen(kw_only=True)
class Rich(Record):
    unit: Annotated[str, Term("单位", "unit")] = "u1"
    day: Annotated[dt.date | None, Term("日期", "day")] = None
    colours: Annotated[tuple[Colour, ...], Term("颜色", "colours")] = ()
    number: Annotated[int, Term("数", "number")] = 0
    applicant: Annotated[str, Term("申请人", "applicant", personal=True)] = ""


def rich(*indexes):
    return RecordType(name="rich", cls=Rich, title=Text("丰", "rich"), indexes=indexes)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "records.db"


def open_(path, *types):
    return SqlStore.open(f"sqlite:///{path}", types)


def fill(path, *records):
    with open_(path, *TYPES) as store, store.transaction() as transaction:
        transaction.put_many(records)


def execute(path, statement, *values):
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


class TestDeclarations:
    def test_index_of_personal_data_is_refused(self):
        with pytest.raises(PluginError, match="applicant, which holds personal data"):
            TypeBook([rich("applicant")])

    def test_index_of_a_field_that_is_not_there_is_refused(self):
        with pytest.raises(PluginError, match="indexes nothing, which Rich does not have"):
            TypeBook([rich("nothing")])

    def test_two_types_of_one_name_or_one_class_are_refused(self):
        for other in (attrs.evolve(NOTE_V3, name=NOTE.name), attrs.evolve(NOTE, name="other")):
            with pytest.raises(PluginError, match="twice"):
                TypeBook([NOTE, other])

    def test_a_class_that_json_cannot_tell_apart_is_refused(self):
        @attrs.frozen(kw_only=True)
        class Either(Record):
            unit: str
            held: Note | NoteV3

        with pytest.raises(PluginError, match="Either cannot be read from JSON"):
            TypeBook([RecordType(name="either", cls=Either, title=Text("", ""))])

    def test_dates_and_enumerations_are_indexed_as_they_are_written(self):
        record = Rich(id="r", day=dt.date(2011, 3, 1), colours=(Colour.RED, Colour.RED))
        entries = entries_of(rich("day", "colours"), record)
        assert entries == [("day", "2011-03-01"), ("colours", "red")]
        assert {type(value) for _, value in entries} == {str}

    def test_a_number_is_not_indexed_as_if_it_were_a_text(self):
        with open_store_of(rich("number")) as store:
            with pytest.raises(PluginError, match="number, which holds a int"), store.transaction() as transaction:
                transaction.put(Rich(id="r"))
            assert store.count(Rich) == 0


def open_store_of(*types):
    return SqlStore.open("sqlite://", types)


class TestDeclarationsThatChange:
    def test_an_index_declared_later_finds_earlier_records(self, path):
        plain = attrs.evolve(NOTE, indexes=())
        with open_(path, UNIT, plain) as store, store.transaction() as transaction:
            transaction.put_many(note(f"{n:04}", about=f"{n % 3}") for n in range(1200))
        with open_(path, *TYPES) as store:
            assert [n.id for value, n in store.read_by(Note, "about", "u1") if value == "1"] == [
                f"{n:04}" for n in range(1, 1200, 3)
            ]

    def test_a_unit_declared_otherwise_moves_earlier_records_without_new_revisions(self, path):
        fill(path, note("a", about="u9"), note("b", about="u8"), unit("u1"))
        with open_(path, UNIT, attrs.evolve(NOTE, unit="about")) as store:
            assert [n.id for n in store.read(Note, "u9")] == ["a"]
            assert list(store.read(Note, "u1")) == []
            assert [stored.revision for stored in store.scan(Note)] == [1, 1]
            assert len(list(store.changes())) == 3

    def test_nothing_is_rewritten_while_declarations_stay(self, path):
        fill(path, note("a", about="x"))
        execute(path, "DELETE FROM govopen_entry")
        with open_(path, NOTE, UNIT) as store:
            assert list(store.read_by(Note, "about", "u1")) == []

    def test_the_past_is_brought_up_too(self, path):
        fill(path, note("a", about="old"))
        with open_(path, UNIT, NOTE_V3) as store:
            with store.transaction() as transaction:
                first = transaction.get(NoteV3, "a")
                transaction.put(NoteV3(id="a", unit="u1", subject="new"))
            assert [held.subject for held in store.at(first.recorded_at).read(NoteV3, "u1")] == ["old"]
            assert next(store.at(first.recorded_at).read_by(NoteV3, "subject", "u1"))[0] == "old"

    def test_records_of_an_absent_type_are_opaque_in_the_past_as_well(self, path):
        fill(path, note("a"), note("b"))
        with open_(path, *TYPES) as store:
            before = store.get(Note, "a").recorded_at
            with store.transaction() as transaction:
                transaction.delete(Note, "a")
        with open_(path, UNIT) as store:
            assert store.opaque() == {NOTE.name: 1}
            assert store.at(before).opaque() == {NOTE.name: 2}
            assert store.at(before - dt.timedelta(days=1)).opaque() == {}


class TestBodies:
    def test_a_body_newer_than_the_type_is_refused_by_name_and_version(self, path):
        fill(path, note("a"))
        execute(path, "UPDATE govopen_record SET version = 4")
        with open_(path, *TYPES) as store, pytest.raises(StoreError, match=r"kit-note a is of version 4; .* up to 1"):
            store.get(Note, "a")

    def test_a_missing_upcaster_is_named(self, path):
        fill(path, note("a"))
        broken = attrs.evolve(NOTE_V3, upcasters={1: NOTE_V3.upcasters[1]})
        with pytest.raises(StoreError, match="no upcaster from 2"):
            open_(path, broken)

    def test_a_failing_upcaster_is_named_without_the_text_it_failed_on(self, path):
        fill(path, note("a", text="某人的身份证号"))
        broken = attrs.evolve(NOTE_V3, upcasters={1: lambda body: {}[body["text"]]})
        with pytest.raises(StoreError, match="upcaster of kit-note from version 1 failed on a: KeyError") as failed:
            open_(path, broken)
        assert "身份证" not in str(failed.value)

    @pytest.mark.parametrize(
        ("body", "place"),
        [
            ('{"id":"a","unit":7,"text":"某人"}', "$.unit"),
            ('{"id":"a"}', "$"),
            ('{"id":"a","unit":"u1","tags":["x",1]}', "$.tags[1]"),
            ('{"id":"a",', "$"),
        ],
        ids=["wrong type", "missing field", "within a list", "cut off"],
    )
    def test_a_body_that_does_not_fit_is_named_with_its_place(self, path, body, place):
        fill(path, note("a"))
        execute(path, "UPDATE govopen_record SET body = ?", body.encode())
        with open_(path, *TYPES) as store, pytest.raises(StoreError) as failed:
            list(store.read(Note, "u1"))
        assert (failed.value.facts["id"], failed.value.facts["path"]) == ("a", place)
        assert "某人" not in str(failed.value)
