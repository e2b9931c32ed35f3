"""Tables as other systems keep them are read as records, on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from govopen_legacy_tables_oa_tables import MAPPING, ROWS, TABLES

from govopen.errors import StoreError
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult, SecrecyReview, SignOff, SignOffStep
from govopen.model.contents import FeeItem
from govopen.model.requests import ChannelKind, Receipt, Request
from govopen.model.units import Duty, Unit
from govopen.model.website import Publication

DAY = dt.date


def test_codes_flags_and_dates_of_a_legacy_table_become_fields(oa: Any) -> None:
    oa.run(*TABLES, *ROWS)
    store = oa.open(MAPPING)

    assert [stored.record for stored in store.scan(InformationItem)] == [
        InformationItem(
            id="B-2",
            unit="finance",
            title="收费",
            category=Category.FEE,
            attributes=(DisclosureAttribute.PROACTIVE, DisclosureAttribute.ON_REQUEST),
            sign_offs=(SignOff(step=SignOffStep.PRINCIPAL, person="乙", on=DAY(2011, 4, 3)),),
            fee=FeeItem(name="工本费", rate_yuan=Decimal("10.5")),
            issuer="岭安区",
        ),
        InformationItem(
            id="岭府（2011）1号",
            unit="office",
            title="关于某事的通知",
            category=Category.DOCUMENT,
            attributes=(DisclosureAttribute.PROACTIVE,),
            created_on=DAY(2011, 4, 5),
            changed_on=DAY(2011, 5, 6),
            document_number="岭府〔2011〕1号",
            review=SecrecyReview(reviewer="张某", reviewed_on=DAY(2011, 4, 1), result=ReviewResult.NOT_CLASSIFIED),
            sign_offs=(
                SignOff(step=SignOffStep.SECTION_HEAD, person="甲", on=DAY(2011, 4, 2)),
                SignOff(step=SignOffStep.PRINCIPAL, person="乙", on=DAY(2011, 4, 3)),
            ),
            issuer="岭安区",
        ),
    ]
    assert [item.id for item in store.read(InformationItem, "finance")] == ["B-2"]
    assert [store.count(InformationItem), store.count(InformationItem, "office")] == [2, 1]
    assert store.get(InformationItem, "岭府（2011）1号") is not None
    assert store.get(InformationItem, "A-3") is None


def test_a_row_that_is_no_record_is_named_by_table_key_and_columns_never_by_its_text(oa: Any) -> None:
    oa.run(*TABLES, *ROWS, """UPDATE "T_XXGK" SET "FLDM" = '秘密', "SCRQ" = '张三李四' WHERE "XXBH" = 'B-2'""")
    store = oa.open(MAPPING)

    with pytest.raises(StoreError) as caught:
        list(store.scan(InformationItem))

    facts = {"id": "B-2", "table": "T_XXGK", "type": "information-item", "columns": "FLDM, SCRQ", "mapping": "oa.toml"}
    assert caught.value.facts == facts
    assert "秘密" not in str(caught.value)
    assert "张三" not in str(caught.value)
    assert store.get(InformationItem, "岭府（2011）1号") is not None


def test_what_an_import_would_refuse_is_refused_with_the_column_it_stands_in(oa: Any) -> None:
    oa.run(*TABLES, *ROWS, """UPDATE "T_XXGK" SET "SHRQ2" = '明天', "SFBZ" = -1 WHERE "XXBH" = 'B-2'""")

    with pytest.raises(StoreError) as caught:
        oa.open(MAPPING).get(InformationItem, "B-2")

    assert caught.value.facts["columns"] == "SHRQ1, SHRQ2, SFBZ"


def test_a_code_that_nobody_explained_can_be_given_a_meaning(oa: Any) -> None:
    oa.run(*TABLES, *ROWS, """UPDATE "T_XXGK" SET "FBDW" = '0999' WHERE "XXBH" = 'B-2'""")
    otherwise = '[tables.information-item.otherwise]\nunit = "elsewhere"\n'
    store = oa.open(MAPPING + otherwise)

    assert [item.id for item in store.read(InformationItem, "elsewhere")] == ["B-2"]
    assert [item.id for item in store.read(InformationItem, "office")] == ["岭府（2011）1号"]


def test_a_row_of_an_unknown_unit_is_counted_so_that_a_check_can_miss_it(oa: Any) -> None:
    oa.run(*TABLES, *ROWS, """UPDATE "T_XXGK" SET "FBDW" = '0999' WHERE "XXBH" = 'B-2'""")
    store = oa.open(MAPPING)

    assert store.count(InformationItem) - sum(store.count(InformationItem, unit) for unit in ("office", "finance")) == 1


REQUESTS = """
[tables.request]
table = "YSQGK"
id = "sq-{ND}-{XH}"
[tables.request.columns]
SJRQ = "received_on"
DDSJ = "receipt.arrived_on"
SQFS = "channel"
[tables.request.values.channel]
1 = "email"
[tables.request.constants]
unit = "office"
"""


def test_an_identifier_of_several_columns_is_ordered_as_text(oa: Any) -> None:
    oa.run(
        'CREATE TABLE "YSQGK" ("ND" INTEGER, "XH" INTEGER, "SJRQ" INTEGER, "DDSJ" TIMESTAMP, "SQFS" SMALLINT)',
        """INSERT INTO "YSQGK" VALUES
            (2011, 1, 20110501, NULL, 1), (2011, 9, 20110509, NULL, 1),
            (2011, 10, 20110510, NULL, 1), (2011, 11, 20110511, NULL, 1)""",
    )
    store = oa.open(REQUESTS)
    ids = ["sq-2011-1", "sq-2011-10", "sq-2011-11", "sq-2011-9"]

    assert [request.id for request in store.read(Request, "office")] == ids
    assert list(store.read(Request, "finance")) == []
    assert store.get(Request, "sq-2011-10").record.received_on == DAY(2011, 5, 10)
    assert store.get(Request, "sq-2011-010") is None
    parts = store.partitions(Request, 2)
    assert [[kept.record.id for kept in store.scan(Request, partition=part)] for part in parts] == [ids[:2], ids[2:]]


def test_a_moment_is_a_day_in_shanghai(postgresql_oa: Any) -> None:
    postgresql_oa.run(
        'CREATE TABLE "YSQGK" ("ND" INTEGER, "XH" INTEGER, "SJRQ" DATE, "DDSJ" TIMESTAMPTZ, "SQFS" SMALLINT)',
        """INSERT INTO "YSQGK" VALUES (2011, 1, '2011-05-01', '2011-05-01 16:30:00+00', 1)""",
    )

    found = postgresql_oa.open(REQUESTS).get(Request, "sq-2011-1").record

    assert found == Request(
        id="sq-2011-1",
        unit="office",
        received_on=DAY(2011, 5, 1),
        channel=ChannelKind.EMAIL,
        receipt=Receipt(arrived_on=DAY(2011, 5, 2)),
    )


UNITS = """
[tables.unit]
table = "DW"
id = "BH"
[tables.unit.columns]
MC = "name"
LX = "kind"
[tables.unit.constants]
jurisdiction = "CN-449900"
[tables.unit.children.duties]
table = "DW_ZN"
key = "DWBH"
order = "SXH"
columns = { ZN = "duty", QSRQ = "since" }
"""


def unit_tables(oa: Any, *rows: str) -> None:
    oa.run(
        'CREATE TABLE "DW" ("BH" VARCHAR(20), "MC" VARCHAR(40), "LX" VARCHAR(20))',
        'CREATE TABLE "DW_ZN" ("DWBH" VARCHAR(20), "SXH" INTEGER, "ZN" VARCHAR(20), "QSRQ" DATE)',
        *rows,
    )


def test_members_of_a_list_come_from_a_table_of_their_own_in_its_order(oa: Any) -> None:
    unit_tables(
        oa,
        """INSERT INTO "DW" VALUES ('b', '乙镇', '镇'), ('a', '甲街道', 'street'), ('c', '丙局', '区政府部门')""",
        """INSERT INTO "DW_ZN" VALUES
            ('c', 2, '收费', NULL), ('a', 1, 'fees', '2010-01-01'), ('c', 1, '行政执法', NULL)""",
    )

    found = {unit.id: unit.duties for unit in oa.open(UNITS).units()}

    assert list(found) == ["a", "b", "c"]
    assert [entry.duty for entry in found["c"] or ()] == [Duty.ENFORCEMENT, Duty.FEES]
    assert [entry.since for entry in found["a"] or ()] == [DAY(2010, 1, 1)]
    # No row states that there are none: nobody has stated it.
    assert found["b"] is None


def test_a_row_that_goes_while_a_transaction_reads_does_not_empty_the_lists_of_the_others(postgresql_oa: Any) -> None:
    postgresql_oa.run('CREATE TABLE "DW" ("BH" VARCHAR(20) PRIMARY KEY, "MC" VARCHAR(40), "LX" VARCHAR(20))')
    postgresql_oa.run('CREATE TABLE "DW_ZN" ("DWBH" VARCHAR(20), "SXH" INTEGER, "ZN" VARCHAR(20), "QSRQ" DATE)')
    postgresql_oa.run(
        """INSERT INTO "DW" VALUES ('a', '甲街道', 'street'), ('b', '乙街道', 'street')""",
        """INSERT INTO "DW_ZN" VALUES ('a', 1, 'fees', NULL), ('b', 1, 'fees', NULL)""",
    )
    store = postgresql_oa.open('mode = "read-write"' + UNITS)
    others = ["""DELETE FROM "DW_ZN" WHERE "DWBH" = 'a'""", """DELETE FROM "DW" WHERE "BH" = 'a'"""]

    def between(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "govopen_members" in statement and others:
            postgresql_oa.run(others.pop(), others.pop())

    sa.event.listen(store._engine, "after_cursor_execute", between)
    with store.transaction() as transaction:
        rows = transaction._tables.rows(transaction._tables.of(Unit))
        with pytest.raises(StoreError, match="The table DW was changed while it was being read"):
            list(rows)
        assert [len(row.record.duties) for row in transaction._tables.rows(transaction._tables.of(Unit))] == [1]


def test_two_rows_of_one_identifier_are_an_error_not_two_records(oa: Any) -> None:
    unit_tables(oa, """INSERT INTO "DW" VALUES ('a', '甲街道', 'street'), ('a', '乙街道', 'street')""")
    store = oa.open(UNITS)

    for ask in (lambda: list(store.units()), lambda: store.get(Unit, "a")):
        with pytest.raises(StoreError, match="has two rows for the unit a"):
            ask()


@pytest.mark.parametrize(
    "row",
    [
        """INSERT INTO "DW" VALUES ('a b', '甲街道', 'street')""",
        """INSERT INTO "DW" VALUES ('<b>', '甲街道', 'street')""",
        """INSERT INTO "DW" VALUES ('', '甲街道', 'street')""",
    ],
)
def test_an_identifier_that_is_none_is_not_shown(oa: Any, row: str) -> None:
    unit_tables(oa, row)

    with pytest.raises(StoreError) as caught:
        list(oa.open(UNITS).units())

    assert caught.value.facts["id"] == "?"


def test_a_row_without_identifier_is_an_error(oa: Any) -> None:
    unit_tables(oa, """INSERT INTO "DW" VALUES (NULL, '甲街道', 'street')""")

    with pytest.raises(StoreError) as caught:
        list(oa.open(UNITS).units())

    assert (caught.value.facts["id"], caught.value.facts["columns"]) == ("?", "id")


def test_a_view_of_the_database_is_read_like_a_table(oa: Any) -> None:
    unit_tables(
        oa,
        """INSERT INTO "DW" VALUES ('a', '甲街道', 'street'), ('b', '乙镇', '镇')""",
        'CREATE VIEW "V_DW" AS SELECT "BH", "MC", "LX" FROM "DW" WHERE "LX" = \'镇\'',
    )

    assert [unit.id for unit in oa.open(UNITS.replace('"DW"', '"V_DW"')).units()] == ["b"]


def test_the_snapshot_stays_as_it_was_while_the_other_system_writes(oa: Any) -> None:
    unit_tables(oa, """INSERT INTO "DW" VALUES ('a', '甲街道', 'street')""")
    store = oa.open(UNITS)

    with store.snapshot() as view:
        oa.run("""INSERT INTO "DW" VALUES ('b', '乙街道', 'street')""", """UPDATE "DW" SET "MC" = '丙街道'""")
        assert [unit.name for unit in view.units()] == ["甲街道"]
    assert [unit.name for unit in store.units()] == ["丙街道", "丙街道"]


PUBLICATIONS = """
[tables.publication]
table = "FB"
id = "BH"
columns = { DW = "unit", XX = "item", RQ = "published_on" }
constants = { carrier = "portal" }
"""


def publish(oa: Any, kind: str, *rows: str) -> Any:
    oa.run(f'CREATE TABLE "FB" ("BH" {kind}, "DW" {kind}, "XX" {kind}, "RQ" VARCHAR(20))', *rows)
    return oa.open(PUBLICATIONS)


def test_cells_that_were_filled_up_with_blanks_are_found_by_what_they_say(oa: Any) -> None:
    store = publish(
        oa,
        "CHAR(6)",
        """INSERT INTO "FB" VALUES ('p-2   ', 'u1    ', 'a     ', '2011-04-02')""",
        """INSERT INTO "FB" VALUES ('p-1   ', 'u1    ', 'b', '2011-04-03')""",
    )

    assert [found.id for found in store.read(Publication, "u1")] == ["p-1", "p-2"]
    assert [found.id for found in store.find(Publication, "item", "u1", "a")] == ["p-2"]
    assert [item for item, _ in store.read_by(Publication, "item", "u1")] == ["a", "b"]
    assert store.get(Publication, "p-2").record.unit == "u1"


@pytest.mark.parametrize("cells", ["'u1 ', 'a'", "'u1', ' a'"])
def test_a_cell_with_stray_blanks_is_an_error_and_not_a_record_that_nobody_finds(oa: Any, cells: str) -> None:
    row = f"""INSERT INTO "FB" VALUES ('p-1', {cells}, '2011-04-02')"""  # noqa: S608
    store = publish(oa, "VARCHAR(6)", row)

    with pytest.raises(StoreError, match=r"see its columns (DW|XX)"):
        list(store.scan(Publication))


def test_a_plain_column_is_read_in_its_order_and_blanks_are_left_out(oa: Any) -> None:
    store = publish(
        oa,
        "VARCHAR(6)",
        """INSERT INTO "FB" VALUES ('p-1', 'u1', '𠀀', '2011-04-02'), ('p-2', 'u1', '�', '2011-04-02'),
            ('p-3', 'u1', 'a', '2011-04-02'), ('p-4', 'u1', 'Z', '2011-04-02'), ('p-5', 'u2', 'a', '2011-04-02')""",
    )

    assert [item for item, _ in store.read_by(Publication, "item", "u1")] == ["Z", "a", "�", "𠀀"]
    assert [found.id for found in store.find(Publication, "item", "u1", "a")] == ["p-3"]
    assert store.find(Publication, "item", "u1", "") == []


def test_a_column_that_takes_capital_for_small_letters_does_not_mix_units_up(sqlite_oa: Any) -> None:
    store = publish(
        sqlite_oa,
        "VARCHAR(6) COLLATE NOCASE",
        """INSERT INTO "FB" VALUES ('p-1', 'u1', 'a', '2011-04-02'), ('P-1', 'U1', 'A', '2011-04-02')""",
    )

    assert [found.id for found in store.read(Publication, "u1")] == ["p-1"]
    assert store.count(Publication, "U1") == 1
    assert [found.id for found in store.find(Publication, "item", "u1", "a")] == ["p-1"]
    assert store.find(Publication, "item", "u1", "A") == []
    assert store.get(Publication, "P-1").record.item == "A"
    assert [kept.record.id for kept in store.scan(Publication)] == ["P-1", "p-1"]


def test_a_unit_is_not_another_that_is_written_with_capital_letters(sqlite_oa: Any) -> None:
    sqlite_oa.run(
        'CREATE TABLE "DW" ("BH" VARCHAR(20) COLLATE NOCASE, "MC" VARCHAR(40), "LX" VARCHAR(20))',
        'CREATE TABLE "DW_ZN" ("DWBH" VARCHAR(20), "SXH" INTEGER, "ZN" VARCHAR(20), "QSRQ" DATE)',
        """INSERT INTO "DW" VALUES ('a', '甲街道', 'street')""",
    )
    store = sqlite_oa.open(UNITS)

    assert [store.count(Unit, "a"), store.count(Unit, "A")] == [1, 0]


def test_a_table_is_read_in_memory_that_does_not_grow_with_it(oa: Any) -> None:
    oa.run('CREATE TABLE "T" ("BH" INTEGER PRIMARY KEY, "BT" VARCHAR(20), "ZW" TEXT)')
    with oa.engine.begin() as connection:
        row = sa.text('INSERT INTO "T" VALUES (:n, :title, :text)')
        connection.execute(row, [{"n": n, "title": f"t{n}", "text": f"{n} " * 1000} for n in range(1000, 3500)])
    store = oa.open(
        """
        [tables.information-item]
        table = "T"
        id = "BH"
        columns = { BT = "title", ZW = "text" }
        constants = { unit = "u1" }
        """
    )
    list(store.read(InformationItem, "none"))

    tracemalloc.start()
    try:
        read = sum(len(item.text) for item in store.read(InformationItem, "u1"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert read > 12_000_000
    assert peak < 8_000_000
