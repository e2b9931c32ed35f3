"""A template that is filled in is read back, in either language, whatever a spreadsheet program makes of the cells."""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import attrs
import openpyxl
import pytest

from govopen.errors import InputError
from govopen.interchange.headings import find_leaf
from govopen.interchange.load import load
from govopen.interchange.template import write_template
from govopen.model.base import Record, RecordType, Term
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult, SecrecyReview, SignOff, SignOffStep
from govopen.model.contents import FeeItem
from govopen.model.organisation import Organisation
from govopen.model.requests import Applicant, ChannelKind, Reply, Request
from govopen.model.types import RECORD_TYPES
from govopen.model.units import DatedDuty, DatedRole, Duty, Unit, UnitKind
from govopen.model.website import Site, SiteKind
from govopen.texts import LANGUAGES, Label, Language, Text

TYPES = {record_type.name: record_type for record_type in RECORD_TYPES}
every_language = pytest.mark.parametrize("lang", LANGUAGES)
DAY = dt.date(2011, 4, 5)

SAMPLES = {
    "information-item": InformationItem(
        id="007",
        unit="u-1",
        category=Category.FEE,
        title="=1+1 不是公式",
        created_on=DAY,
        attributes=(DisclosureAttribute.PROACTIVE, DisclosureAttribute.ON_REQUEST),
        review=SecrecyReview(reviewed_on=DAY, result=ReviewResult.NOT_CLASSIFIED),
        sign_offs=(
            SignOff(step=SignOffStep.DRAFTER, person="甲", on=DAY),
            SignOff(step=SignOffStep.PRINCIPAL, person="乙"),
        ),
        fee=FeeItem(name="停车费", rate_yuan=Decimal("2.5")),
    ),
    "unit": Unit(
        id="u-1",
        name="某街道",
        kind=UnitKind.STREET,
        jurisdiction="CN-440113",
        roles=(DatedRole(role="openness_office", since=DAY),),
        duties=(DatedDuty(duty=Duty.FEES), DatedDuty(duty=Duty.NON_LICENCE_APPROVALS, until=DAY)),
    ),
    "organisation": Organisation(id="o", unit="u-1", year=2011, full_time_staff=0, budget_yuan=Decimal(50000)),
    "request": Request(
        id="r",
        unit="u-1",
        received_on=DAY,
        channel=ChannelKind.EMAIL,
        applicant=Applicant(name="甲"),
        reply=Reply(on=DAY, reasons_given=False),
    ),
    "site": Site(id="s", unit="u-1", kind=SiteKind.PORTAL, url="http://www.example.org/"),
}


def cell_of(record: Record, keys: tuple[str | int, ...], lang: Language) -> Any:
    value: Any = record
    for key in keys:
        if value is None or (isinstance(key, int) and key >= len(value)):
            return None
        value = value[key] if isinstance(key, int) else getattr(value, key)
    return written(value, lang)


def written(value: Any, lang: Language) -> Any:
    if isinstance(value, tuple):
        return "; ".join(written(member, lang) for member in value) or None
    if isinstance(value, Label):
        return value.text.get(lang)
    return float(value) if isinstance(value, Decimal) else value


def fill_in(path: Path, record_type: RecordType, record: Record, lang: Language) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for cell in sheet[1]:
        found = find_leaf(record_type.cls, cell.value)
        assert found is not None, cell.value
        leaf, positions = found
        value = None if leaf.states_none else cell_of(record, leaf.keys(positions), lang)
        if value is not None and value != "":
            target = sheet.cell(row=2, column=cell.column, value=value)
            if isinstance(value, str):
                target.data_type = "s"
    book.save(path)


@every_language
@pytest.mark.parametrize("name", SAMPLES)
def test_a_filled_in_template_is_read_back(tmp_path: Path, name: str, lang: Language) -> None:
    path = tmp_path / "template.xlsx"
    write_template(TYPES[name], path, lang)
    fill_in(path, TYPES[name], SAMPLES[name], lang)
    (loaded,) = load([path], RECORD_TYPES)
    (imported,) = loaded
    assert imported.record == SAMPLES[name]
    assert kinds(imported.record) == kinds(SAMPLES[name])


def kinds(value: Any) -> Any:
    """The classes of all values: a string enumeration equals a string."""
    if isinstance(value, tuple):
        return [kinds(member) for member in value]
    if attrs.has(type(value)):
        return {field.name: kinds(getattr(value, field.name)) for field in attrs.fields(type(value))}
    return type(value)


@every_language
@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda record_type: record_type.name)
def test_a_blank_template_of_every_type_is_good_and_holds_no_record(
    tmp_path: Path, record_type: RecordType, lang: Language
) -> None:
    path = tmp_path / "template.xlsx"
    write_template(record_type, path, lang)
    (loaded,) = load([path], RECORD_TYPES)
    assert len(loaded) == 0
    book = openpyxl.load_workbook(path)
    first, notes = (
        book.worksheets[0],
        book.worksheets[-1] if book.worksheets[-1].sheet_state == "visible" else book.worksheets[1],
    )
    headings = [cell.value for cell in first[1]]
    assert first.title == record_type.title.get(lang)
    assert [row[0].value for row in notes.iter_rows(min_row=2)] == headings
    assert len(set(headings)) == len(headings)


@every_language
def test_members_of_a_list_stand_together(tmp_path: Path, lang: Language) -> None:
    path = tmp_path / "template.xlsx"
    write_template(TYPES["information-item"], path, lang)
    headings = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]]
    word = "审签" if lang == "zh-Hans" else "sign-offs"
    positions = [heading.split(" ")[1] for heading in headings if heading.startswith(word)]
    assert positions == sorted(positions)
    assert set(positions) == {"1", "2", "3"}


@every_language
def test_drop_down_lists_hold_what_an_import_takes(tmp_path: Path, lang: Language) -> None:
    path = tmp_path / "template.xlsx"
    write_template(TYPES["unit"], path, lang)
    book = openpyxl.load_workbook(path)
    rules = book.worksheets[0].data_validations.dataValidation
    assert len(rules) == 13
    assert all(len(rule.formula1) <= 257 for rule in rules)
    words: set[str] = set()
    for rule in rules:
        if rule.formula1.startswith('"'):
            words |= set(rule.formula1.strip('"').split(","))
        else:
            start, end = rule.formula1.removeprefix("=").replace("lists!", "").replace("$", "").split(":")
            words |= {cell.value for (cell,) in book["lists"][f"{start}:{end}"]}
    labels: list[type[Enum]] = [UnitKind, Duty]
    assert words == {member.text.get(lang) for kind in labels for member in kind}  # type: ignore[attr-defined]


def test_the_same_template_is_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    for path in (one, two):
        write_template(TYPES["request"], path, "zh-Hans")
    assert one.read_bytes() == two.read_bytes()


@attrs.frozen(kw_only=True)
class Injected(Record):
    unit: Annotated[str, Term('=HYPERLINK("http://example.org")', "=1+1", example="=cmd|' /C calc'!A0")] = ""


def test_no_heading_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(RecordType(name="x", cls=Injected, title=Text("x", "x")), path, "en")
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_without_the_extra_the_answer_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError, match=r"govopen\[xlsx\]"):
        write_template(TYPES["site"], tmp_path / "template.xlsx", "en")
