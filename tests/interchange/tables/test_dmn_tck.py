"""Decision tables of the DMN Technology Compatibility Kit (compliance level 2), decided as it says they are.

The kit is no part of the project: it is read where it lies, and these tests are skipped where it does not.
"""

from __future__ import annotations

import datetime as dt
import os
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from govopen.discretion.compiling import compile_table
from govopen.interchange.tables.dmn_read import read_dmn
from govopen.interchange.tables.dmn_write import write_dmn
from govopen.model.discretion import DiscretionTable

CHECKOUT = Path(__file__).parents[3]
KIT = Path(os.environ.get("GOVOPEN_STANDARDS", CHECKOUT.parent / "shared" / "standards")) / "dmn-tck"
ABSENT = f"the DMN TCK is not there: {KIT}"
TEST = "{http://www.omg.org/spec/DMN/20160719/testcase}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
VERSIONS = ("1.3", "1.4", "1.5")


@attrs.frozen
class Case:
    model: Path
    decision: str
    facts: dict[str, Any]
    expected: Any


def value_of(element: ET.Element) -> Any:
    """What an ``expected``, ``item`` or ``inputNode`` holds."""
    if (listed := element.find(f"{TEST}list")) is not None:
        return [value_of(item) for item in listed.findall(f"{TEST}item")]
    if components := element.findall(f"{TEST}component"):
        return {component.get("name", ""): value_of(component) for component in components}
    value = element.find(f"{TEST}value")
    if value is None or value.get(NIL) == "true":
        return None
    kind, text = value.get(TYPE, "xsd:string").removeprefix("xsd:"), value.text or ""
    read: dict[str, Any] = {"decimal": Decimal, "boolean": {"true": True, "false": False}.__getitem__, "string": str}
    return read.get(kind, dt.date.fromisoformat)(text)


def found_cases() -> Iterator[Any]:
    for file in sorted(KIT.glob("*/*-test-*.xml")):
        root = ET.parse(file).getroot()  # noqa: S314 - a file of the kit
        model = file.with_name(root.findtext(f"{TEST}modelName", ""))
        for case in root.findall(f"{TEST}testCase"):
            facts = {node.get("name", ""): value_of(node) for node in case.findall(f"{TEST}inputNode")}
            for result in case.findall(f"{TEST}resultNode"):
                expected = result.find(f"{TEST}expected")
                assert expected is not None
                yield pytest.param(
                    Case(model, result.get("name", ""), facts, value_of(expected)),
                    id=f"{model.stem}-{case.get('id')}",
                )


CASES = list(found_cases()) or [pytest.param(None, marks=pytest.mark.skip(reason=ABSENT), id="absent")]
cases = pytest.mark.parametrize("case", CASES)


def decided(document: DiscretionTable, case: Case) -> Any:
    return compile_table(document).decide(case.facts).outputs


def same(found: Any, expected: Any) -> bool:
    """Equal, and of the same type: ``True`` is not 1, and a float is no exact number."""
    if isinstance(expected, list):
        return type(found) is list and len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, dict):
        return (
            type(found) is dict
            and found.keys() == expected.keys()
            and all(same(found[name], value) for name, value in expected.items())
        )
    if isinstance(expected, Decimal):
        return type(found) in (int, Decimal) and found == expected
    return type(found) is type(expected) and found == expected


def test_the_kit_has_as_many_cases_as_are_tested() -> None:
    if not KIT.is_dir():
        pytest.skip(ABSENT)

    assert len(CASES) == 51
    assert len({case.values[0].model for case in CASES}) == 17


@cases
def test_a_table_of_the_kit_decides_as_it_says(case: Case) -> None:
    document = read_dmn(case.model.read_bytes(), where=case.model.name, name=case.decision)

    assert same(decided(document, case), case.expected)


@pytest.mark.parametrize("version", VERSIONS)
@cases
def test_written_and_read_again_it_still_does(case: Case, version: str) -> None:
    document = read_dmn(case.model.read_bytes(), where=case.model.name)
    written = write_dmn(document, version=version)

    # DMN holds all of it: the rules alone are read again.
    assert b"extensionElements" not in written
    assert same(decided(read_dmn(written, where="written.dmn"), case), case.expected)


@cases
def test_a_case_that_the_kit_does_not_expect_would_be_noticed(case: Case) -> None:
    document = read_dmn(case.model.read_bytes(), where=case.model.name)

    for other in (None, [], {}, "other", Decimal(-1), [case.expected]):
        assert not same(decided(document, case), other)
