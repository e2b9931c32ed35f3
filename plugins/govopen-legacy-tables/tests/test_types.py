"""Columns of whatever type a database has are looked up by what they hold, or refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from govopen.errors import InputError, StoreError
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute
from govopen.storage.port import ABSENT

MAPPING = """
[tables.information-item]
table = "T"
id = "ID"
columns = { U = "unit", T = "title" }
"""


def ids(store: Any, unit: str | None = None) -> list[str]:
    if unit is None:
        return [kept.record.id for kept in store.scan(InformationItem)]
    assert store.count(InformationItem, unit) == len(list(store.read(InformationItem, unit)))
    return [record.id for record in store.read(InformationItem, unit)]


def put(store: Any, record: Any, expected: int | None = None) -> None:
    with store.transaction() as transaction:
        transaction.put(record, expected=expected)


@pytest.fixture
def filled(oa: Any) -> Any:
    oa.run(
        """CREATE TABLE "T" ("ID" NUMERIC(20, 0) PRIMARY KEY, "U" NUMERIC(6, 2), "T" VARCHAR(20), "S" NUMERIC(1, 0),
            "D" DATE, "M" TIMESTAMP, "F" REAL, "B" BOOLEAN)""",
        """INSERT INTO "T" VALUES (12, 7, 't', 0, '2011-04-05', '2011-04-05 08:00:00', 1, true)""",
    )
    return oa


def test_rows_are_picked_by_numbers_and_dates(filled: Any) -> None:
    for rows, without in (
        ("where = { S = 0 }", "where = { S = 1 }"),
        ('where = { S = "0" }', 'where = { S = ["1", "2"] }'),
        ("excluding = { S = 1 }", 'excluding = { S = "0" }'),
        ('where = { D = "2011-04-05" }', 'excluding = { D = "2011-04-05" }'),
        ('where = { M = "2011-04-05 08:00:00" }', 'where = { M = "2011-04-05" }'),
        ("where = { F = 1 }", "where = { F = 2 }"),
        ('where = { F = "1.0" }', 'excluding = { F = "1" }'),
    ):
        assert ids(filled.open(MAPPING.replace("columns", f"{rows}\ncolumns"))) == ["12"], rows
        assert ids(filled.open(MAPPING.replace("columns", f"{without}\ncolumns"))) == [], without


def test_identifiers_and_units_may_stand_in_columns_of_numbers(filled: Any) -> None:
    store = filled.open('mode = "read-write"' + MAPPING)

    assert [ids(store, unit) for unit in ("7", "07", "7.00", "x", "9" * 99)] == [["12"], [], [], [], []]
    assert [store.get(InformationItem, id_) for id_ in ("012", "12.0", "x")] == [None] * 3
    read = store.get(InformationItem, "12")
    put(store, attrs.evolve(read.record, title="z"), read.revision)
    put(store, attrs.evolve(read.record, id="1234567890123456789"), ABSENT)
    assert [(record.id, record.unit, record.title) for record in store.read(InformationItem, "7")] == [
        ("12", "7", "z"),
        ("1234567890123456789", "7", "t"),
    ]
    assert filled.rows('SELECT count(*) FROM "T" WHERE "U" = 7') == [(2,)]


@pytest.mark.parametrize("column", ["F", "D", "B"])
def test_a_unit_is_found_by_what_is_read_of_its_column(filled: Any, column: str) -> None:
    store = filled.open(MAPPING.replace("U =", f"{column} ="))
    (unit,) = {kept.record.unit for kept in store.scan(InformationItem)}

    assert (ids(store, unit), ids(store, "2"), ids(store, "nobody")) == (["12"], [], [])


def test_a_whole_number_of_nineteen_digits_is_an_identifier(oa: Any) -> None:
    oa.run(
        'CREATE TABLE "T" ("ID" BIGINT PRIMARY KEY, "U" VARCHAR(9), "T" VARCHAR(20))',
        """INSERT INTO "T" VALUES (1234567890123456789, 'u', 't')""",
    )
    store = oa.open('mode = "read-write"' + MAPPING)

    read = store.get(InformationItem, "1234567890123456789").record
    for id_ in ("9999999999999999999", "007", "x"):
        with pytest.raises(StoreError, match="columns ID"):
            put(store, attrs.evolve(read, id=id_), ABSENT)
    assert store.get(InformationItem, "9999999999999999999") is None


def test_a_fraction_is_the_same_in_a_short_float_and_in_a_list_table(postgresql_oa: Any) -> None:
    postgresql_oa.run(
        'CREATE TABLE "T" ("ID" INTEGER PRIMARY KEY, "U" VARCHAR(9), "T" VARCHAR(20), "F" REAL UNIQUE)',
        'CREATE TABLE "L" ("K" NUMERIC(4, 1), "A" VARCHAR(20))',
        """INSERT INTO "T" VALUES (1, 'u', 't', 0.1)""",
    )
    store = postgresql_oa.open(
        'mode = "read-write"'
        + MAPPING.replace("columns", "where = { F = '0.1' }\ncolumns")
        + """
        [tables.information-item.children.attributes]
        table = "L"
        key = "K"
        parent = "F"
        columns = { A = "attributes" }
        """
    )
    read = store.get(InformationItem, "1").record

    put(store, attrs.evolve(read, attributes=("proactive",)))

    assert postgresql_oa.rows('SELECT * FROM "L"') == [(Decimal("0.1"), "proactive")]
    put(store, read)
    assert postgresql_oa.rows('SELECT * FROM "L"') == []


LISTS = """
mode = "read-write"
[tables.information-item]
table = "IT"
id = "ID"
columns = { T = "title" }
constants = { unit = "u" }
[tables.information-item.children.attributes]
table = "AT"
key = "PID"
parent = "G"
order = "N"
columns = { A = "attributes" }
"""


@pytest.mark.parametrize(("parent", "key"), [("INTEGER", "VARCHAR(20)"), ("VARCHAR(20)", "INTEGER")])
def test_a_row_that_its_members_cannot_name_has_none_and_takes_nobody_elses(oa: Any, parent: str, key: str) -> None:
    oa.run(
        f'CREATE TABLE "IT" ("ID" VARCHAR(20) PRIMARY KEY, "G" {parent} UNIQUE, "T" VARCHAR(20))',
        f'CREATE TABLE "AT" ("PID" {key}, "N" INTEGER, "A" VARCHAR(20))',
        """INSERT INTO "IT" VALUES ('a', '1', 't'), ('b', NULL, 't')""",
        """INSERT INTO "AT" VALUES ('1', 1, 'proactive'), (NULL, 1, 'exempt'), ('9', 1, 'exempt')""",
    )
    store = oa.open(LISTS)
    orphan = store.get(InformationItem, "b").record

    with pytest.raises(StoreError) as caught:
        put(store, attrs.evolve(orphan, attributes=(DisclosureAttribute.EXEMPT,)))
    assert (caught.value.facts["column"], caught.value.facts["list"]) == ("G", "attributes")
    # Keys of another type are compared as texts, by whoever reads, writes or deletes.
    put(store, attrs.evolve(store.get(InformationItem, "a").record, attributes=(DisclosureAttribute.EXEMPT,)))
    assert oa.rows("""SELECT "A" FROM "AT" WHERE "PID" = '1'""") == [("exempt",)]
    assert store.get(InformationItem, "a").record.attributes == (DisclosureAttribute.EXEMPT,)
    with store.transaction() as transaction:
        assert transaction.delete(InformationItem, "b")
        assert transaction.delete(InformationItem, "a")

    assert sorted(str(key) for (key,) in oa.rows('SELECT "PID" FROM "AT"')) == ["9", "None"]


UUIDS = ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12"]


@pytest.fixture
def typed(postgresql_oa: Any) -> Any:
    """Types that PostgreSQL has and SQLite has not."""
    postgresql_oa.run(
        """CREATE TYPE "类别" AS ENUM ('u', 'v')""",
        """CREATE TYPE "双" AS (a INTEGER, b INTEGER)""",
        """CREATE DOMAIN "名称" AS VARCHAR(20)""",
        """CREATE TABLE "T" ("ID" UUID PRIMARY KEY, "U" "类别", "T" "名称", "A" VARCHAR(20)[], "J" JSONB, "R" INT4RANGE,
            "X" UUID)""",
        """INSERT INTO "T" VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'u', 't', '{a,b}', '{}', '[1,2]',
            'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12')""",
    )
    return postgresql_oa


def test_identifiers_may_be_uuids_and_units_words_of_a_type_of_their_own(typed: Any) -> None:
    store = typed.open(MAPPING)

    assert (ids(store), ids(store, "u"), ids(store, "v"), ids(store, "w")) == ([UUIDS[0]], [UUIDS[0]], [], [])
    assert [store.get(InformationItem, id_) is None for id_ in (*UUIDS, UUIDS[0].upper(), "x")] == [False] + [True] * 3
    assert ids(typed.open(MAPPING.replace("columns", "where = { U = 'v' }\ncolumns"))) == []
    assert ids(typed.open(MAPPING.replace("U =", "X ="))) == [UUIDS[0]]

    with pytest.raises(InputError, match="can be read, and not written"):
        typed.open('mode = "read-write"' + MAPPING)
    writer = typed.open('mode = "read-write"' + MAPPING.replace("U =", "X ="))
    read = writer.get(InformationItem, UUIDS[0]).record
    put(writer, attrs.evolve(read, id=UUIDS[1], unit=UUIDS[0]), ABSENT)
    assert ids(writer) == UUIDS
    with pytest.raises(StoreError, match="columns ID"):
        put(writer, attrs.evolve(read, id="no-uuid"), ABSENT)
    with pytest.raises(StoreError, match="columns X"):
        put(writer, attrs.evolve(read, unit="no-uuid"))


@pytest.mark.parametrize("column", ["A", "J", "R"])
def test_a_column_that_holds_no_single_value_is_refused(typed: Any, column: str) -> None:
    for mapping, path in (
        (MAPPING.replace("T =", f"{column} ="), f"columns.{column}"),
        (MAPPING.replace("columns", f"where = {{ {column} = 'a' }}\ncolumns"), f"where.{column}"),
        (MAPPING.replace('"ID"', f'"{column}"'), "id"),
    ):
        with pytest.raises(InputError, match="This column is not read") as caught:
            typed.open(mapping)
        assert f"tables.information-item.{path}" in [problem.path for problem in caught.value.problems]


def test_a_value_that_no_cell_can_hold_is_a_problem_of_the_mapping(postgresql_oa: Any) -> None:
    postgresql_oa.run(
        """CREATE TABLE "T" ("ID" UUID PRIMARY KEY, "U" INTEGER, "T" VARCHAR(9), "N" NUMERIC, "D" DATE,
            "M" TIMESTAMPTZ)""",
        """INSERT INTO "T" VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1, 't', 1, '2011-01-01',
            '2011-04-05 00:00:00+00')""",
    )
    wrong = 'where = { ID = "x", U = "1.5", N = "一", D = "20110231", M = "昨天" }'

    with pytest.raises(InputError) as caught:
        postgresql_oa.open(MAPPING.replace("columns", f"{wrong}\ncolumns"))

    assert [problem.path.rpartition(".")[2] for problem in caught.value.problems] == ["ID", "U", "N", "D", "M"]
    right = MAPPING.replace("columns", 'where = { M = "2011-04-05 08:00:00" }\ncolumns')
    assert ids(postgresql_oa.open(right), "1") == [UUIDS[0]]
