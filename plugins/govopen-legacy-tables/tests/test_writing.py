"""Records are written back into the columns of another system, which goes on using them."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import attrs
import pytest
from govopen_legacy_tables_oa_tables import MAPPING, ROWS, TABLES

from govopen.errors import StaleWrite, StoreError
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute
from govopen.model.contents import FeeItem
from govopen.model.requests import ChannelKind, Request
from govopen.model.website import Site
from govopen.storage.port import ABSENT, Author
from govopen.storage.verification import verify
from govopen_legacy_tables.readwrite import ReadWriteStore

DAY = dt.date
LETTER = "岭府（2011）1号"
WRITES = 'mode = "read-write"\n' + MAPPING
EDITOR = Author(actor="u-7", role="drafter", cause="item.edit")


@pytest.fixture
def filled(oa: Any) -> Any:
    oa.run(*TABLES, *ROWS)
    return oa


def item(store: Any, id_: str = LETTER) -> InformationItem:
    found: InformationItem = store.get(InformationItem, id_).record
    return found


def put(store: Any, record: Any, expected: int | None = None) -> Any:
    with store.transaction(EDITOR) as transaction:
        return transaction.put(record, expected=expected)


def acts(store: Any) -> list[tuple[str, str, int, str]]:
    entries = sorted(store.journal(), key=lambda entry: entry.seq)
    return [(entry.kind, entry.id, entry.revision, entry.cause) for entry in entries]


def test_only_the_columns_that_changed_are_written(filled: Any) -> None:
    store = filled.open(WRITES)
    before = filled.rows('SELECT * FROM "T_XXGK" ORDER BY "XXBH"')

    put(store, attrs.evolve(item(store), created_on=DAY(2012, 1, 2), category=Category.FEE, document_number=""))

    after = filled.rows('SELECT * FROM "T_XXGK" ORDER BY "XXBH"')
    changed = {
        number: (old, new)
        for row, other in zip(before, after, strict=True)
        for number, (old, new) in enumerate(zip(row, other, strict=True))
        if old != new
    }
    # The moment of ZHBG keeps its time of day, and 2011年4月2日 stays as somebody wrote it.
    assert {number: str(new).strip() for number, (_, new) in changed.items()} == {3: "10", 5: "20120102", 7: "None"}


def test_a_new_record_becomes_a_row_in_the_words_of_the_other_system(filled: Any) -> None:
    store = filled.open(WRITES)
    made = InformationItem(
        id="新-1",
        unit="finance",
        title="收费公告",
        category=Category.FEE,
        attributes=(DisclosureAttribute.PROACTIVE, DisclosureAttribute.EXEMPT),
        created_on=DAY(2011, 7, 8),
        fee=FeeItem(name="资料费", rate_yuan=Decimal("0.50")),
        issuer="岭安区",
    )

    put(store, made, ABSENT)

    assert item(store, "新-1") == made
    (row,) = filled.rows(
        """SELECT "FBDW", "FLDM", "GKSX", "SCRQ", "SFXM", "SFBZ", "SCSJ", "CJR" FROM "T_XXGK" WHERE "XXBH" = '新-1'"""
    )
    assert [str(cell).strip() for cell in row] == ["0102", "10", "1,3", "20110708", "资料费", str(row[5]), "None", "oa"]
    assert Decimal(str(row[5])) == Decimal("0.5")


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"summary": "概述"}, "summary"),
        ({"issuer": "别处"}, "issuer"),
        ({"title": "两端 "}, "title"),
        ({"valid_until": DAY(2020, 1, 1), "summary": "x"}, "summary, valid_until"),
    ],
)
def test_what_no_column_holds_is_refused_and_nothing_of_it_is_written(
    filled: Any, change: dict[str, Any], fields: str
) -> None:
    store = filled.open(WRITES)
    before = filled.rows('SELECT * FROM "T_XXGK"')

    with pytest.raises(StoreError) as caught:
        put(store, attrs.evolve(item(store), **change))

    assert caught.value.facts == {"table": "T_XXGK", "type": "information-item", "id": LETTER, "fields": fields}
    assert filled.rows('SELECT * FROM "T_XXGK"') == before
    assert list(store.journal()) == []


def test_a_value_without_a_code_is_refused(filled: Any) -> None:
    store = filled.open(WRITES)

    with pytest.raises(StoreError) as caught:
        put(store, attrs.evolve(item(store), category=Category.OTHER, unit="elsewhere"))

    assert caught.value.facts["columns"] == "FBDW, FLDM"


def test_a_number_that_the_database_rounds_is_refused(postgresql_oa: Any) -> None:
    postgresql_oa.run(*TABLES, *ROWS)
    store = postgresql_oa.open(WRITES)

    with pytest.raises(StoreError, match="lose or change fee"):
        put(store, attrs.evolve(item(store, "B-2"), fee=FeeItem(name="工本费", rate_yuan=Decimal("1.005"))))


def test_what_the_database_refuses_is_said_without_the_text(filled: Any) -> None:
    store = filled.open(WRITES)

    with pytest.raises(StoreError) as caught:
        # The deleted row is none of the records, and its key is taken.
        put(store, attrs.evolve(item(store), id="A-3", title="不可外泄"))

    assert "不可外泄" not in str(caught.value)
    assert item(store).title == "关于某事的通知"


def test_a_record_that_the_mapping_would_not_find_again_is_refused(filled: Any) -> None:
    filled.run("""UPDATE "T_XXGK" SET "SFSC" = '0' WHERE "SFSC" IS NULL""")
    where = WRITES.replace('excluding = { SFSC = "1" }', 'where = { BMSCR = "张某" }')
    store = filled.open(where)

    with pytest.raises(StoreError, match="would not be found again"):
        put(store, attrs.evolve(item(store), review=attrs.evolve(item(store).review, reviewer="李某")))
    assert item(store).review.reviewer == "张某"


def test_what_another_system_changed_is_unjournalled_until_the_next_write_adopts_it(filled: Any) -> None:
    store = filled.open(WRITES)
    first = put(store, attrs.evolve(item(store), title="一"))
    assert (first.revision, acts(store)) == (
        2,
        [("put", LETTER, 1, "legacy.adopt"), ("put", LETTER, 2, "item.edit")],
    )

    filled.run("""UPDATE "T_XXGK" SET "XXMC" = '二' WHERE "FBDW" = '0101'""")
    assert sorted(store.unjournalled()) == [("information-item", "B-2", 1), ("information-item", LETTER, 3)]
    assert [(found.flaw, found.type) for found in verify(store).breaks] == [("unjournalled", "information-item")]
    read = store.get(InformationItem, LETTER)
    assert read.record.title == "二"
    assert [kept.revision for kept in store.scan(InformationItem)] == [
        store.get(InformationItem, "B-2").revision,
        read.revision,
    ]

    assert put(store, attrs.evolve(read.record, title="三"), read.revision).revision == 4
    assert acts(store)[2:] == [("put", LETTER, 3, "legacy.adopt"), ("put", LETTER, 4, "item.edit")]
    assert list(store.unjournalled()) == [("information-item", "B-2", 1)]


def test_whoever_read_before_another_system_wrote_is_refused(filled: Any) -> None:
    store = filled.open(WRITES)
    read = put(store, attrs.evolve(item(store), title="一"))
    filled.run("""UPDATE "T_XXGK" SET "XXMC" = '二' WHERE "FBDW" = '0101'""")

    with pytest.raises(StaleWrite) as caught:
        put(store, attrs.evolve(read.record, title="三"), read.revision)

    assert (caught.value.facts["expected"], caught.value.facts["found"]) == (
        2,
        store.get(InformationItem, LETTER).revision,
    )
    assert item(store).title == "二"


def test_a_change_that_another_system_is_about_to_commit_is_waited_for(postgresql_oa: Any) -> None:
    postgresql_oa.run(*TABLES, *ROWS)
    store = postgresql_oa.open(WRITES)
    read = put(store, attrs.evolve(item(store), title="一"))
    with (
        ThreadPoolExecutor(1) as pool,
        postgresql_oa.engine.connect() as theirs,
        postgresql_oa.engine.connect() as watching,
    ):
        theirs.exec_driver_sql("""UPDATE "T_XXGK" SET "XXMC" = '二' WHERE "FBDW" = '0101'""")
        ours = pool.submit(put, store, attrs.evolve(read.record, title="三"), read.revision)
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = 'transactionid'"
        )
        while not watching.exec_driver_sql(waiting).scalar():
            watching.rollback()
            assert not ours.done()
        theirs.commit()

        with pytest.raises(StaleWrite):
            ours.result()
    assert item(store).title == "二"


def test_two_changes_that_nobody_adopted_are_not_taken_for_one(filled: Any) -> None:
    store = filled.open(WRITES)
    read = store.get(InformationItem, LETTER)
    filled.run("""UPDATE "T_XXGK" SET "XXMC" = '二' WHERE "FBDW" = '0101'""")
    again = store.get(InformationItem, LETTER)
    filled.run("""UPDATE "T_XXGK" SET "XXMC" = '三' WHERE "FBDW" = '0101'""")

    for stale in (read, again):
        with pytest.raises(StaleWrite):
            put(store, attrs.evolve(stale.record, title="四"), stale.revision)
    assert item(store).title == "三"


def test_what_nobody_adopted_has_the_same_number_in_every_process(filled: Any) -> None:
    read = filled.open(WRITES).get(InformationItem, LETTER)

    assert put(filled.open(WRITES), attrs.evolve(read.record, title="一"), read.revision).revision == 2


@pytest.mark.parametrize("adopts", ["adopt", "forget", "equal put", "put back and written"])
def test_what_was_read_before_a_change_is_not_taken_for_what_was_adopted_after_it(filled: Any, adopts: str) -> None:
    store = filled.open(WRITES)
    first = put(store, attrs.evolve(item(store), title="一"))
    filled.run("""UPDATE "T_XXGK" SET "XXMC" = '二' WHERE "FBDW" = '0101'""")
    read = store.get(InformationItem, LETTER)
    filled.run("""UPDATE "T_XXGK" SET "XXMC" = '三' WHERE "FBDW" = '0101'""")

    match adopts:
        case "adopt":
            store.adopt()
        case "forget":
            with store.transaction() as transaction:
                transaction.forget(InformationItem, LETTER)
        case "equal put":
            put(store, item(store))
        case _:
            filled.run("""UPDATE "T_XXGK" SET "XXMC" = '一' WHERE "FBDW" = '0101'""")
            put(store, attrs.evolve(first.record, title="三"), first.revision)

    assert store.get(InformationItem, LETTER).revision == 3
    with pytest.raises(StaleWrite):
        put(store, attrs.evolve(read.record, document_number="9号"), read.revision)
    assert item(store).title == "三"


def test_a_batch_that_fails_leaves_neither_rows_nor_journal_when_its_error_is_caught(filled: Any) -> None:
    store = filled.open(WRITES)
    store.adopt()
    filled.run("""UPDATE "T_XXGK" SET "XXMC" = '二' WHERE "FBDW" = '0101'""")
    fits, unfit = attrs.evolve(item(store), title="三"), attrs.evolve(item(store, "B-2"), unit="nowhere")

    with store.transaction(EDITOR) as transaction:
        for attempt in (
            lambda: transaction.put_many([fits, unfit], replace=True),
            lambda: transaction.put(attrs.evolve(fits, summary="概述")),
        ):
            with pytest.raises(StoreError):
                attempt()
        assert transaction.get(InformationItem, LETTER).record.title == "二"
        assert transaction.get(InformationItem, "B-2").revision == 1
    assert list(store.unjournalled()) == [("information-item", LETTER, 2)]

    with store.transaction(EDITOR) as transaction:
        with pytest.raises(StoreError):
            transaction.put_many([fits, unfit], replace=True)
        # The journal goes on from where it was before that, adoption and all.
        transaction.put(fits)
    assert item(store).title == "三"
    assert [entry[1:3] for entry in acts(store)] == [("B-2", 1), (LETTER, 1), (LETTER, 2), (LETTER, 3)]
    assert verify(store).breaks == ()


def test_a_deletion_by_another_system_is_adopted_as_one(filled: Any) -> None:
    store = filled.open(WRITES)
    read = put(store, attrs.evolve(item(store), title="一"))
    filled.run("""DELETE FROM "T_XXGK" WHERE "FBDW" = '0101'""")

    assert store.get(InformationItem, LETTER) is None
    assert sorted(store.unjournalled()) == [("information-item", "B-2", 1), ("information-item", LETTER, 2)]
    with pytest.raises(StaleWrite):
        put(store, read.record, read.revision)
    assert put(store, read.record, ABSENT).revision == 4
    assert acts(store)[2:] == [("delete", LETTER, 3, "legacy.adopt"), ("put", LETTER, 4, "item.edit")]


def test_everything_can_be_adopted_at_once(filled: Any) -> None:
    store = filled.open(WRITES)
    assert isinstance(store, ReadWriteStore)

    assert store.adopt() == 2
    assert list(store.unjournalled()) == []
    assert verify(store).breaks == ()
    assert {cause for *_, cause in acts(store)} == {"legacy.adopt"}
    assert store.adopt() == 0


def test_the_version_of_a_row_is_raised_and_its_time_set_so_that_the_other_system_sees_it(oa: Any) -> None:
    oa.run(
        """CREATE TABLE "SQ" ("BH" VARCHAR(20) PRIMARY KEY, "SJRQ" DATE, "BBH" INTEGER, "XGSJ" TIMESTAMP)""",
        """INSERT INTO "SQ" VALUES ('r-1', '2011-05-01', NULL, '2011-05-01 08:00:00')""",
    )
    store = oa.open(
        """
        mode = "read-write"
        [tables.request]
        table = "SQ"
        id = "BH"
        version = "BBH"
        updated_at = "XGSJ"
        columns = { SJRQ = "received_on" }
        constants = { unit = "office", channel = "邮寄" }
        """.replace("邮寄", ChannelKind.POST.value)
    )
    read = store.get(Request, "r-1")
    assert read.recorded_at == dt.datetime(2011, 5, 1, 0, 0, tzinfo=dt.UTC)

    put(store, attrs.evolve(read.record, received_on=DAY(2011, 5, 2)), read.revision)
    put(store, attrs.evolve(read.record, id="r-2"), ABSENT)

    rows = [tuple(map(str, row)) for row in oa.rows('SELECT "BH", "SJRQ", "BBH", "XGSJ" FROM "SQ" ORDER BY "BH"')]
    # The clock shows the last microsecond of 15:59:59 in London: it is midnight to Shanghai.
    assert rows == [
        ("r-1", "2011-05-02", "1", "2011-12-31 23:59:59.999999"),
        ("r-2", "2011-05-01", "1", "2011-12-31 23:59:59.999999"),
    ]


def test_records_without_a_table_lie_beside_in_the_same_transaction(filled: Any) -> None:
    store = filled.open(WRITES)
    site = Site(id="s", unit="office", kind="own")  # type: ignore[arg-type]

    def write_and_fail() -> None:
        with store.transaction() as transaction:
            transaction.put_many([site, attrs.evolve(item(store), title="一")], replace=True)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert (store.get(Site, "s"), item(store).title) == (None, "关于某事的通知")

    with store.transaction() as transaction:
        transaction.put_many([site, attrs.evolve(item(store), title="一")], replace=True)
    assert (store.get(Site, "s").record, item(store).title) == (site, "一")
    assert [site.id for site in store.read(Site, "office")] == ["s"]


def test_a_sqlite_file_in_which_readers_hold_writers_up_is_refused(sqlite_oa: Any) -> None:
    sqlite_oa.run(*TABLES)
    with sqlite_oa.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")

    with pytest.raises(StoreError, match="lets nobody write while somebody reads"):
        sqlite_oa.open(WRITES)
    assert sqlite_oa.open(MAPPING).count(InformationItem) == 0
