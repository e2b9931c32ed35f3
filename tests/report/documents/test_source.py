"""What documents of a unit are made of, and when they have to be made anew."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from govopen.clearance.passages import ruling_on
from govopen.clearance.screeners.builtin import SCREENERS
from govopen.clearance.screening import Ruling
from govopen.errors import InputError, NotCleared, StoreError
from govopen.model.catalog import Category, InformationItem, Withdrawal
from govopen.model.requests import ChannelKind
from govopen.model.website import Carrier, SiteKind
from govopen.office.clock import FixedClock
from govopen.office.facade import Office
from govopen.report.documents.parts import safe_address
from govopen.report.documents.source import UnitSource, _last_change
from govopen.rules import samples
from govopen.rules.samples_discretion import discretion_table
from govopen.testing.memory import MemoryStore
from govopen.testing.parcels import cleared

YEAR_END = samples.YEAR_END
NEXT_YEAR = dt.date(2012, 3, 1)


def ids(source: UnitSource) -> list[str]:
    return [given.item.id for given in source.unit("bureau").cleared]


def test_only_what_is_cleared_for_the_public_is_there(source_of, public):
    source = source_of(public("item-1"), samples.item(id="item-2"), samples.classified_item(id="item-3"))

    assert ids(source) == ["item-1"]


def test_what_was_withdrawn_since_is_in_no_document_of_an_earlier_day(source_of, public):
    taken_back = attrs.evolve(public("item-1"), withdrawn=Withdrawal(on=NEXT_YEAR))

    assert ids(source_of(taken_back, now=dt.datetime(2012, 2, 29, 15, 59, tzinfo=dt.UTC))) == ["item-1"]
    # One minute later it is the first of March in Shanghai.
    assert ids(source_of(taken_back, now=dt.datetime(2012, 2, 29, 16, tzinfo=dt.UTC))) == []


def test_what_was_not_there_yet_is_in_no_document_of_an_earlier_day(source_of, public):
    assert ids(source_of(public("item-1"), as_of=dt.date(2011, 4, 19))) == []
    assert ids(source_of(public("item-1"), as_of=dt.date(2011, 4, 20))) == ["item-1"]


def test_channels_sites_and_columns_are_those_of_the_day(source_of):
    closed = samples.request_channel(ChannelKind.FAX, until=dt.date(2011, 6, 30))
    records = source_of(
        closed,
        samples.request_channel(ChannelKind.POST),
        samples.request_channel(ChannelKind.IN_PERSON),
        samples.site(id="own", until=dt.date(2011, 6, 30)),
        samples.site(SiteKind.PORTAL, unit="district", id="portal"),
        samples.site(SiteKind.OWN, unit="district", id="other"),
        samples.column(id="open", site="portal"),
        samples.column(id="shut", site="portal", until=dt.date(2011, 6, 30)),
        samples.column(id="lost", site="own"),
        attrs.evolve(samples.UNIT, id="district", name="示例区"),
        samples.UNIT,
    ).unit("bureau")

    assert [entry.kind for entry in records.channels] == [ChannelKind.IN_PERSON, ChannelKind.POST]
    assert [(site.id, runner.name) for site, runner in records.sites] == [("portal", "示例区")]
    assert [column.id for column in records.columns] == ["open"]


def test_a_link_leads_to_the_own_site_first_and_never_to_a_script(source_of, public):
    def published(of, carrier, **changes):
        return samples.publication(of, carrier, **changes)

    records = source_of(
        public("a"),
        public("b"),
        public("c"),
        samples.item(id="d"),
        published("a", Carrier.PORTAL, url="https://portal.example.cn/a"),
        published("a", Carrier.OWN_SITE, url="https://own.example.cn/a"),
        published("b", Carrier.PORTAL, url="javascript:alert(1)"),
        published("b", Carrier.PRESS, url="https://press.example.cn/b"),
        published("c", Carrier.OWN_SITE, url="https://own.example.cn/c", withdrawn_on=YEAR_END),
        published("d", Carrier.OWN_SITE, url="https://own.example.cn/d"),
    ).unit("bureau")

    assert records.addresses == {"a": "https://own.example.cn/a", "b": "https://press.example.cn/b"}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.cn/", "http:", "https:///x", "http://[", "020-1"]
)
def test_what_is_no_address_of_a_page_leads_nowhere(address):
    assert safe_address(address) == ""
    assert safe_address(" https://example.gov.cn/a ") == "https://example.gov.cn/a"


def test_a_table_is_there_if_the_item_that_publishes_it_is_cleared(source_of, public):
    document = public("document-1", Category.DOCUMENT)
    tables = (
        discretion_table(id="shown", item=document.id),
        discretion_table(id="unpublished", item=""),
        discretion_table(id="uncleared", item="document-2"),
        discretion_table(id="later", item=document.id, since=NEXT_YEAR),
        discretion_table(id="undated", item=document.id, since=None),
    )
    records = source_of(document, samples.item(id="document-2"), *tables).unit("bureau")

    assert ([table.id for table in records.tables], records.held_back) == (["shown"], 2)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("机密★1年", id="that nobody can let pass"),
        pytest.param("请拨打13800138000", id="that a person lets pass, of an item"),
    ],
)
@pytest.mark.parametrize(
    "change",
    [
        lambda table, text: attrs.evolve(table, title=text),
        lambda table, text: attrs.evolve(table, rows=(attrs.evolve(table.rows[0], tier=text), *table.rows[1:])),
        lambda table, text: attrs.evolve(table, statute=(attrs.evolve(table.statute[0], further=(text,)),)),
    ],
    ids=["title", "row", "statute"],
)
def test_a_table_whose_own_texts_do_not_pass_the_screeners_is_held_back(source_of, public, change, text):
    document = public("document-1", Category.DOCUMENT)
    table = discretion_table(id="shown")
    records = source_of(document, table, change(attrs.evolve(table, id="held"), text)).unit("bureau")

    assert ([table.id for table in records.tables], records.held_back) == (["shown"], 1)


def test_without_screeners_no_table_passes():
    assert ruling_on(discretion_table(), SCREENERS) is Ruling.PASS
    assert ruling_on(discretion_table(), ()) is Ruling.BAR


def test_records_for_documents_take_nothing_but_the_units_cleared_items(source_of, public):
    records = source_of(public("item-1")).unit("bureau")

    with pytest.raises(NotCleared):
        attrs.evolve(records, cleared=(public("item-1"),))
    with pytest.raises(NotCleared):
        attrs.evolve(records, cleared=(cleared(public("item-1", unit="other")),))
    with pytest.raises(NotCleared):
        attrs.evolve(records, tables=(discretion_table(item="item-2"),))


def test_a_unit_need_not_be_named_where_there_is_one(source_of):
    assert source_of().unit("").unit == samples.UNIT
    two = source_of(samples.UNIT, attrs.evolve(samples.UNIT, id="other"))
    with pytest.raises(InputError, match=r"names no unit\. Recorded: bureau, other"):
        two.unit("")
    with pytest.raises(InputError, match=r"no unit finance\. Recorded: bureau, other"):
        two.unit("finance")


def test_a_check_of_one_unit_covers_that_unit_alone(source_of):
    source = source_of(samples.UNIT, attrs.evolve(samples.UNIT, id="other"))

    assert {entry.unit for entry in source.check("bureau").statuses} == {"bureau"}


@pytest.mark.parametrize("few", [1, 2, 5, 1000])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 40])
def test_the_newest_change_is_found_without_reading_the_feed(registry, count, few):
    store = MemoryStore(registry.types)
    for number in range(count):
        with store.transaction() as transaction:
            transaction.put(attrs.evolve(samples.UNIT, id=f"unit-{number}"))

    assert _last_change(store, few) == (list(store.changes()) or [None])[-1]


def test_the_mark_is_another_after_any_change_and_on_another_day(registry, workspace, public):
    store = MemoryStore.of(registry.types, samples.UNIT, public("item-1"))

    def mark(day=2, as_of=YEAR_END):
        clock = FixedClock(dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC))
        return UnitSource.over(store, workspace, registry, as_of=as_of, clock=clock).mark

    first = mark()
    assert mark() == first
    assert len({first, mark(day=3), mark(as_of=None)}) == 3
    with store.transaction() as transaction:
        transaction.delete(InformationItem, "item-1")
    assert mark() != first


def test_a_store_that_knows_no_changes_is_taken_for_changed(registry, workspace):
    class Silent(MemoryStore):
        def changes(self, since=0):
            raise StoreError("This store keeps no feed.")

    store = Silent.of(registry.types, samples.UNIT)
    seconds = (dt.datetime(2026, 3, 2, 9, 0, second, tzinfo=dt.UTC) for second in (1, 2))
    marks = [
        UnitSource.over(store, workspace, registry, as_of=YEAR_END, clock=FixedClock(second)).mark for second in seconds
    ]

    assert marks[0] != marks[1]


def test_a_workspace_without_records_is_said_so_and_gets_no_store(tmp_path, registry):
    Office.init(tmp_path / "w")

    with pytest.raises(InputError, match="has no records yet"), UnitSource.opened(tmp_path / "w", registry):
        pass
    assert list((tmp_path / "w" / "data").iterdir()) == []


def test_a_workspace_is_read_and_not_written(tmp_path, registry, public):
    Office.init(tmp_path / "w")
    with Office.open(tmp_path / "w", registry=registry) as office, office.store.transaction() as transaction:
        transaction.put_many([samples.UNIT, public("item-1")])
    with Office.open(tmp_path / "w", registry=registry) as office:
        before = list(office.store.journal())

    with UnitSource.opened(tmp_path / "w", registry, as_of=YEAR_END) as source:
        assert [unit.id for unit in source.units()] == ["bureau"]
        assert ids(source) == ["item-1"]

    with Office.open(tmp_path / "w", registry=registry) as office:
        assert list(office.store.journal()) == before
