"""The invented district is ready to be published: what is cleared, what is held back, and where it would stand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govopen.errors import NotCleared
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute
from govopen.model.published import public_digest
from govopen.model.website import Carrier, Column, Publication, Site
from govopen.office.facade import Office
from govopen.publishing.planning import targets_of

pytestmark = pytest.mark.examples

YEAR_END = dt.date(2011, 12, 31)
PROACTIVE = DisclosureAttribute.PROACTIVE
# D11: the portal shows an old rate.
DIFFERING = {"hospital-fee-1.portal"}


def records_of(office: Office, cls: type[Any]) -> Iterator[Any]:
    with office.store.snapshot() as view:
        for unit in list(view.units()):
            yield from view.read(cls, unit.id)


def manifest(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / "files" / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def stocked(district: Office, district_folder: Path) -> Office:
    """The district with the files of its items."""
    district.keep_files([district_folder / "files" / entry["path"] for entry in manifest(district_folder)])
    return district


def bars_on(office: Office, day: dt.date) -> dict[str, list[str]]:
    """What bars each item that is not cleared."""
    found = {}
    for item in list(records_of(office, InformationItem)):
        try:
            office.clear(item.id, on=day)
        except NotCleared as refused:
            # What nobody has decided to publish is barred without screening.
            found[item.id] = sorted({*refused.bars} - {"not-screened"})
    return found


@pytest.mark.parametrize("day", [YEAR_END, dt.date(2025, 12, 31)], ids=str)
def test_everything_is_cleared_but_what_the_list_names(stocked: Office, planted: dict[str, Any], day: dt.date) -> None:
    expected = {entry["item"]: entry["bars"] for entry in planted["uncleared"]}
    items = {item.id: item for item in records_of(stocked, InformationItem)}

    barred = bars_on(stocked, day)
    in_view = {
        id_: bars
        for id_, bars in barred.items()
        if items[id_].created_on <= day and PROACTIVE in (items[id_].attributes or (PROACTIVE,))
    }

    assert in_view == expected
    assert len(items) - len(barred) > 150
    assert {bar for id_, bars in barred.items() if PROACTIVE not in items[id_].attributes for bar in bars} >= {
        "exempt",
        "on-request",
    }


def test_an_item_is_listed_for_a_planted_defect_or_for_itself(planted: dict[str, Any]) -> None:
    defects = {entry["id"] for entry in planted["defects"]}

    assert {entry["same_as"] for entry in planted["uncleared"] if "same_as" in entry} <= defects
    assert [entry["item"] for entry in planted["uncleared"] if "same_as" not in entry] == [
        "hequan-issued-6",
        "office-other-3",
        "education-filing-1",
    ]


def test_every_digest_is_of_what_is_shown(district: Office) -> None:
    items = {item.id: item for item in records_of(district, InformationItem)}

    assert {id_: item.digest for id_, item in items.items()} == {
        id_: public_digest(item) for id_, item in items.items()
    }
    copies = [copy for copy in records_of(district, Publication) if copy.item in items]
    assert {copy.id for copy in copies if copy.digest != items[copy.item].digest} == DIFFERING


def test_items_have_texts_that_say_something_of_their_own(district: Office) -> None:
    texts = [item.text for item in records_of(district, InformationItem)]

    assert min(map(len, texts)) > 60
    assert len(set(texts)) == len(texts)


def test_copies_stand_in_the_columns_that_take_their_category(district: Office) -> None:
    sites, columns = list(records_of(district, Site)), list(records_of(district, Column))
    items = {item.id: item for item in records_of(district, InformationItem)}
    misplaced = []
    for copy in records_of(district, Publication):
        if copy.carrier is Carrier.PORTAL and copy.item in items and items[copy.item].category is not None:
            (place,) = [
                target.column.id if target.column else ""
                for target in targets_of(items[copy.item], sites, columns, YEAR_END)
                if target.site.id == copy.site
            ]
            if place != copy.column:
                misplaced.append((copy.id, copy.column, place))

    assert misplaced == []


def test_the_files_are_those_of_the_records(district: Office, district_folder: Path) -> None:
    listed = manifest(district_folder)

    assert {entry["path"] for entry in listed} | {"manifest.json"} == {
        path.name for path in (district_folder / "files").iterdir()
    }
    assert {path["digest"] for path in listed} == {
        hashlib.sha256((district_folder / "files" / entry["path"]).read_bytes()).hexdigest() for entry in listed
    }
    assert {(entry["item"], entry["name"], entry["digest"], entry["media_type"]) for entry in listed} == {
        (item.id, file.name, file.digest, file.media_type)
        for item in records_of(district, InformationItem)
        for file in item.attachments
    }
    assert {entry["media_type"].rpartition("/")[2] for entry in listed} >= {"csv", "plain", "pdf"}


def test_every_open_site_has_a_publisher(district: Office) -> None:
    served = {site for section in district.workspace.publishers.values() for site in section.sites}

    assert served >= {site.id for site in records_of(district, Site) if site.until is None or site.until >= YEAR_END}
