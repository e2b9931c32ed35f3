"""Items of an invented district on their way into a catalogue."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

import attrs

from govopen.model.catalog import Category, KeyField
from govopen.model.units import Unit
from govopen.publishing.exporter import ExportSettings
from govopen.publishing.port import Parcel
from govopen.rules import samples
from govopen.testing.parcels import attached, disclosed, parcel
from govopen_linked_data import dcat_ap

BASE = "https://www.example.gov.cn/open/"
OFFICE = attrs.evolve(samples.UNIT, id="office", name="岭安区人民政府办公室")
FINANCE = attrs.evolve(samples.UNIT, id="finance", name="岭安区财政局")


def settings(unit: Unit = OFFICE, *, base_url: str = BASE, **options: Any) -> ExportSettings:
    return ExportSettings(
        unit=unit, title="岭安区政府信息公开目录", on=samples.YEAR_END, base_url=base_url, options=options
    )


def exported(parcels: Iterable[Parcel], **options: Any) -> bytes:
    file = io.BytesIO()
    dcat_ap(settings(**options)).export((each for each in parcels), file)
    return file.getvalue()


def district() -> list[Parcel]:
    """An item of each category, with whatever an item can have."""
    content = "预算报告".encode()
    files = (attached("预算.pdf", content, "application/pdf"), attached("说明", content, "text/plain; charset=gb18030"))
    found = [
        parcel(disclosed(f"f-{number:02}", category, unit=FINANCE.id), unit=FINANCE)
        for number, category in enumerate(Category)
    ]
    whole = disclosed(
        "o-01",
        unit=OFFICE.id,
        attachments=files,
        field=KeyField.FISCAL_BUDGET,
        document_number="岭府办〔2011〕1号",
        changed_on=dt.date(2011, 4, 16),
        valid_until=dt.date(2012, 12, 31),
        subcategory="street/parking",
    )
    bare = disclosed("o-02", unit=OFFICE.id, summary="", index_number="")
    return [
        *found,
        attrs.evolve(parcel(whole, content, unit=OFFICE), address="https://www.example.gov.cn/items/o-01.html?v=1"),
        parcel(bare, unit=OFFICE),
    ]
