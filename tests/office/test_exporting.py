"""Exports: what is in them, in which order, how they are told of, and that none is left half done."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import attrs
import pytest

from govopen.errors import DeliveryFailed, ExportFailed, InputError, NotCleared, PluginError, StoreError
from govopen.model.catalog import Category, InformationItem, Withdrawal
from govopen.model.classification import AuthorityKind
from govopen.model.published import public_digest
from govopen.model.units import DatedRole, Unit, UnitKind
from govopen.model.website import Carrier, Publication
from govopen.office.clock import FixedClock
from govopen.office.facade import Office
from govopen.plugins.hookspecs import hookimpl
from govopen.plugins.registry import Registry
from govopen.publishing.exporter import Exporter, ExportSettings
from govopen.publishing.jsonl import JsonLinesExporter
from govopen.publishing.port import Parcel
from govopen.rules import samples
from govopen.testing.parcels import attached
from govopen.testing.parcels import disclosed as reviewed

TODAY = dt.date(2011, 12, 31)
BUREAU, OFFICE = (
    Unit(id=name, name=title, kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113")
    for name, title in (("bureau", "示例局"), ("office", "示例办公室"))
)
OPENNESS_OFFICE = attrs.evolve(OFFICE, roles=(DatedRole(role="openness_office"),))


def disclosed(id_: str, category: Category = Category.OTHER, **changes: Any) -> InformationItem:
    """An item that an office clears: its review was of the content that it has."""
    item = reviewed(id_, category, **changes)
    return attrs.evolve(item, digest=public_digest(item))


class Made(JsonLinesExporter):
    """Counts as JSON Lines; remembers what it was made for."""

    settings: ExportSettings

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings
        MADE.append(settings)


MADE: list[ExportSettings] = []


class Failing(JsonLinesExporter):
    error: Exception = RuntimeError("标题")

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        super().export(parcels, out)
        raise self.error


class LeavesOut(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        super().export([next(iter(parcels))], out)


class Closes(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        super().export(parcels, out)
        out.close()


class ReadsFiles(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        for each in parcels:
            for file in each.cleared.attachments:
                self.before(file.digest)
                out.write(each.content(file))

    def before(self, digest: str) -> None:
        """What happens between clearance and delivery."""


class Plugin:
    """Brings the exporters of these tests."""

    def __init__(self, **formats: Callable[[ExportSettings], Exporter]) -> None:
        self.formats = formats

    @hookimpl
    def govopen_exporters(self) -> Any:
        return self.formats


@pytest.fixture
def start(folder: Path, clock: FixedClock) -> Any:
    """An office with exporters of a test's own, and records in it."""
    opened = []

    def start(*records: Any, settings: str = "", files: Iterable[bytes] = (), **formats: Any) -> Office:
        path = folder / "govopen.toml"
        path.write_text(path.read_text(encoding="utf-8") + settings, encoding="utf-8")
        registry = Registry.load(plugins=[Plugin(**formats)], entry_points=False)
        office = Office.open(folder, registry=registry, clock=clock)
        opened.append(office)
        with office.store.transaction() as transaction:
            for content in files:
                transaction.attach(content, "text/plain")
            for record in records:
                transaction.put(record)
        return office

    yield start
    for office in opened:
        office.close()


def lines(content: bytes) -> list[Any]:
    return [json.loads(line) for line in content.splitlines()]


def exported(office: Office, **changes: Any) -> list[Any]:
    file = io.BytesIO()
    office.export("jsonl", file, **changes)
    return lines(file.getvalue())


def ids(office: Office, **changes: Any) -> list[str]:
    return [line["item"]["id"] for line in exported(office, **changes)]


def test_items_come_by_unit_and_identifier(start):
    office = start(OFFICE, BUREAU, *(disclosed(id_, unit=unit) for id_, unit in (("b", "office"), ("z", "bureau"))))
    with office.store.transaction() as transaction:
        transaction.put_many([disclosed("a", unit="office"), disclosed("B", unit="office")])

    assert ids(office) == ["z", "B", "a", "b"]
    assert ids(office, units=["office", "office"]) == ["B", "a", "b"]
    with pytest.raises(InputError, match="no unit nowhere"):
        ids(office, units=["nowhere"])


def test_what_is_not_for_everybody_is_counted_and_left_out(start):
    items = [
        disclosed("a-good"),
        samples.item(id="b-undecided"),
        disclosed("c-withdrawn", withdrawn=Withdrawal(on=TODAY)),
        disclosed("d-classified"),
        disclosed("e-lost", attachments=(attached("附件.txt", b"lost"),)),
        disclosed("f-held", text="联系人手机13800138000"),
    ]
    secret = samples.classified_item(id="d-classified", authority=AuthorityKind.ORIGINAL)
    office = start(samples.UNIT, secret, *items)

    file = io.BytesIO()
    report = office.export("jsonl", file)

    assert [line["item"]["id"] for line in lines(file.getvalue())] == ["a-good"]
    assert (report.items, report.left_out) == (1, 5)


def test_the_report_says_what_was_written(start, tmp_path):
    office = start(BUREAU, disclosed("a-1", unit="bureau"))
    path = tmp_path / "catalogue.jsonl"
    report = office.export("jsonl", path)

    content = path.read_bytes()
    assert (report.form, report.on, report.unit, report.units) == ("jsonl", TODAY, "bureau", ("bureau",))
    assert (report.size, report.digest) == (len(content), hashlib.sha256(content).hexdigest())
    assert (report.media_type, report.suffix) == ("application/jsonl", "jsonl")


def test_an_item_bears_the_day_of_its_first_publication_and_of_its_last_update(start):
    def day(month: int) -> dt.date:
        return dt.date(2011, month, 1)

    publications = [
        samples.publication("a-1", Carrier.OWN_SITE, id="p-1", published_on=day(3), updated_on=day(5)),
        samples.publication("a-1", Carrier.PRESS, id="p-2", published_on=day(2), withdrawn_on=day(4)),
        samples.publication("a-1", Carrier.PORTAL, id="p-3", published_on=day(4), updated_on=day(6)),
        samples.publication("b-1", Carrier.PORTAL, id="p-4", published_on=TODAY + dt.timedelta(days=1)),
    ]
    office = start(samples.UNIT, disclosed("a-1"), disclosed("b-1"), disclosed("c-1"), *publications)

    told = {line["item"]["id"]: (line["published_on"], line.get("updated_on")) for line in exported(office)}
    assert told == {
        "a-1": ("2011-02-01", "2011-06-01"),
        "b-1": (TODAY.isoformat(), None),
        "c-1": (TODAY.isoformat(), None),
    }


def test_an_item_bears_the_address_at_which_this_version_of_it_stands(start):
    item = disclosed("a-1")
    now = {"digest": item.digest}
    url = "https://{}.example/a-1".format
    publications = [
        samples.publication("a-1", Carrier.OWN_SITE, id="p-1", url=url("old"), digest="0" * 64),
        samples.publication("a-1", Carrier.OWN_SITE, id="p-2", url=url("gone"), withdrawn_on=TODAY, **now),
        samples.publication("a-1", Carrier.PORTAL, id="p-3", url=url("portal"), **now),
        samples.publication("a-1", Carrier.OWN_SITE, id="p-4", **now),
        samples.publication("a-1", Carrier.OWN_SITE, id="p-5", url=url("own"), **now),
    ]
    office = start(samples.UNIT, item, disclosed("b-1"), *publications)

    assert [line.get("address") for line in exported(office)] == [url("own"), None]
    with office.store.transaction() as transaction:
        transaction.delete(Publication, "p-5")
    assert exported(office)[0]["address"] == url("portal")


def test_another_day_never_brings_out_what_is_not_cleared_today(start):
    """An item withdrawn today was cleared yesterday; one whose withdrawal comes tomorrow is cleared today."""
    yesterday, tomorrow = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
    gone = disclosed("a-gone", withdrawn=Withdrawal(on=TODAY))
    going = disclosed("b-going", withdrawn=Withdrawal(on=tomorrow))
    office = start(samples.UNIT, gone, going, disclosed("c-stays"))

    assert ids(office, on=yesterday) == ["b-going", "c-stays"]
    assert ids(office) == ["b-going", "c-stays"]
    assert ids(office, on=tomorrow) == ["c-stays"]


def test_what_loses_its_clearance_while_the_export_runs_is_not_in_it(start):
    class Meanwhile(JsonLinesExporter):
        def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
            rest = iter(parcels)
            super().export([next(rest)], out)
            with office.store.transaction() as transaction:
                transaction.put(disclosed("b-1", withdrawn=Withdrawal(on=TODAY)))
                transaction.put(disclosed("c-1", unit="office"))
                transaction.delete(InformationItem, "d-1")
            super().export(rest, out)

    office = start(
        OFFICE, samples.UNIT, *map(disclosed, ("a-1", "b-1", "c-1", "d-1", "e-1")), meanwhile=lambda _: Meanwhile()
    )
    file = io.BytesIO()
    report = office.export("meanwhile", file)

    assert [line["item"]["id"] for line in lines(file.getvalue())] == ["a-1", "e-1"]
    assert (report.items, report.left_out) == (2, 3)


SECTION = """
[exporters.made]
title = "目录"
base_url = "https://section.example/"
unit = "office"
colour = "green"
"""


def test_the_section_says_what_an_argument_does_not(start):
    MADE.clear()
    office = start(BUREAU, OFFICE, settings=SECTION, made=Made)
    office.export("made", io.BytesIO())
    office.export("made", io.BytesIO(), title="另录", base_url="https://argument.example", units=["bureau"])

    expected = ExportSettings(
        unit=OFFICE, title="目录", on=TODAY, base_url="https://section.example/", options={"colour": "green"}
    )
    first, second = MADE
    assert first == expected
    assert second == attrs.evolve(expected, title="另录", base_url="https://argument.example")


@pytest.mark.parametrize(
    ("units", "wanted", "answers"),
    [
        ([BUREAU, OPENNESS_OFFICE], None, "office"),
        ([BUREAU, OPENNESS_OFFICE], ["bureau"], "bureau"),
        ([attrs.evolve(BUREAU, parent="office"), OFFICE], None, "office"),
        ([BUREAU, OFFICE], None, "bureau"),
    ],
    ids=["openness office", "the only one", "above the others", "the first"],
)
def test_one_unit_answers_for_the_catalogue(start, units, wanted, answers):
    MADE.clear()
    office = start(*units, made=Made)
    report = office.export("made", io.BytesIO(), units=wanted)

    (made,) = MADE
    assert report.unit == made.unit.id == answers
    assert made.title == f"{made.unit.name}政府信息公开目录"


@pytest.mark.parametrize(
    ("settings", "changes", "told"),
    [
        ("", {"form": "pdf"}, r"format 'pdf'. Known: jsonl"),
        ("[exporters.jsonl]\ncolour = 1", {}, "jsonl has no options"),
        ("[exporters.jsonl]\ntitle = 1", {}, "key title of the section exporters.jsonl"),
        ("[exporters.jsonl]\nunit = 'nowhere'", {}, "no unit nowhere"),
        ("[exporters.jsonl]\nbase_url = 'ftp://a.example'", {}, "base address"),
        ("", {"base_url": "javascript:alert(1)"}, "base address"),
        ("", {"base_url": "https://a.example/?q"}, "base address"),
        ("", {"base_url": "https://a.example/ b"}, "base address"),
        ("", {"base_url": "https://a.example/>"}, "base address"),
        ("", {"base_url": "https://[bad"}, "base address"),
        ("", {"base_url": "/relative/"}, "base address"),
        ("[exporters.jsonl]\nbase_url = 'https://me:secret@a.example/'", {}, "user name or a password"),
        ("", {"base_url": "https://me@a.example/"}, "user name or a password"),
    ],
)
def test_what_is_wrong_is_an_input_error_and_no_file_is_made(start, tmp_path, settings, changes, told):
    office = start(BUREAU, settings=settings)
    path = tmp_path / "out"
    with pytest.raises(InputError, match=told):
        office.export(**({"form": "jsonl", "out": path} | changes))
    assert not path.exists()


def test_without_a_unit_there_is_no_catalogue(start):
    with pytest.raises(InputError, match="no unit whose items"):
        start().export("jsonl", io.BytesIO())


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RuntimeError("标题"), PluginError),
        (OSError(28, "No space left on device"), ExportFailed),
        (ExportFailed("There is no format for {what}.", what="it"), ExportFailed),
        (NotCleared("Not cleared."), NotCleared),
        (StoreError("The store is gone."), StoreError),
    ],
    ids=["fault", "disk", "refusal", "clearance", "store"],
)
def test_a_failure_leaves_the_earlier_export_as_it_was(start, tmp_path, error, expected):
    class Broken(Failing):
        pass

    Broken.error = error
    office = start(samples.UNIT, disclosed("a-1"), broken=lambda _: Broken())
    path = tmp_path / "out" / "catalogue.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"earlier")

    with pytest.raises(expected) as raised:
        office.export("broken", path)
    stream = io.BytesIO()
    with pytest.raises(expected):
        office.export("broken", stream)

    assert "标题" not in str(raised.value)
    assert [(each.name, each.read_bytes()) for each in path.parent.iterdir()] == [("catalogue.jsonl", b"earlier")]
    assert stream.getvalue() == b""


@pytest.mark.parametrize("exporter", [LeavesOut, Closes])
def test_an_exporter_that_does_not_do_its_work_is_a_fault_of_its_plugin(start, tmp_path, exporter):
    office = start(samples.UNIT, disclosed("a-1"), disclosed("b-1"), broken=lambda _: exporter())

    with pytest.raises(PluginError, match="closed the file, or left items out"):
        office.export("broken", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_screener_that_fails_is_told_without_its_words(start, tmp_path, monkeypatch):
    office = start(samples.UNIT, disclosed("a-1"))

    def broken(*_: object) -> None:
        raise RuntimeError("标题")

    monkeypatch.setattr(office, "_screened", broken)
    with pytest.raises(PluginError, match="or a screener, failed: RuntimeError") as raised:
        office.export("jsonl", tmp_path / "out")
    assert "标题" not in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_an_exporter_can_read_the_files_that_were_cleared(start):
    item = disclosed("a-1", attachments=(attached("附件.txt", "附件".encode()),))
    office = start(samples.UNIT, item, files=["附件".encode()], files_only=lambda _: ReadsFiles())
    file = io.BytesIO()
    office.export("files_only", file)

    assert file.getvalue() == "附件".encode()


def test_a_file_that_went_away_since_it_was_cleared_ends_the_export(start):
    class Late(ReadsFiles):
        def before(self, digest: str) -> None:
            with office.store.transaction() as transaction:
                transaction.discard(digest)

    item = disclosed("a-1", attachments=(attached("附件.txt", b"1"),))
    office = start(samples.UNIT, item, files=[b"1"], late=lambda _: Late())

    with pytest.raises(DeliveryFailed, match="file of an item cannot be read"):
        office.export("late", io.BytesIO())
