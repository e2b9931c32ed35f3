"""The built-in exporter: JSON Lines."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping

import attrs
import pytest

from govopen.model import codec
from govopen.model.catalog import Category, InformationItem
from govopen.publishing.exporter import ExporterFactory
from govopen.publishing.jsonl import json_lines_exporter
from govopen.rules import samples
from govopen.testing.conformance.exporter import ExporterConformance
from govopen.testing.parcels import attached, disclosed, parcel


class TestJsonLines(ExporterConformance):
    @pytest.fixture
    def exporter(self) -> ExporterFactory:
        return json_lines_exporter

    def read(self, content: bytes) -> Mapping[str, str]:
        items = [json.loads(line)["item"] for line in content.split(b"\n") if line]
        return {item["id"]: item["title"] for item in items}


def exported(*parcels) -> bytes:
    file = io.BytesIO()
    json_lines_exporter(TestJsonLines().settings()).export(iter(parcels), file)
    return file.getvalue()


def test_a_line_holds_the_item_as_its_digest_pins_it_its_unit_and_its_days():
    item = disclosed("a-1", Category.APPROVAL, attachments=(attached("附件.txt", b"1"),))
    unit = attrs.evolve(samples.UNIT, id="bureau", name="示例局")
    content = exported(parcel(item, b"1", unit=unit, updated_on=samples.YEAR_END))
    line = json.loads(content)

    assert list(line) == ["digest", "item", "published_on", "unit", "updated_on"]
    assert line["unit"] == {"id": "bureau", "name": "示例局"}
    assert line["published_on"] == line["updated_on"] == samples.YEAR_END.isoformat()
    raw = content[content.index(b'"item":') + len(b'"item":') : content.index(b',"published_on"')]
    assert hashlib.sha256(raw).hexdigest() == line["digest"]
    assert codec.decoder(InformationItem)(raw) == parcel(item, b"1").cleared.item


def test_the_steps_of_the_items_own_review_are_not_told():
    item = disclosed("a-1")
    assert item.sign_offs
    assert item.review

    line = json.loads(exported(parcel(item)))
    assert set(line["item"]) & {"attributes", "review", "sign_offs", "withdrawn", "digest"} == set()
    assert item.sign_offs[0].person not in json.dumps(line, ensure_ascii=False)


def test_an_item_that_was_never_updated_says_no_day_of_it():
    assert "updated_on" not in json.loads(exported(parcel(disclosed())))
