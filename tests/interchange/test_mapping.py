"""A column mapping loads from the table of a settings file, or every mistake in it is told."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal

import pytest

from govopen.errors import InputError
from govopen.interchange.mapping import ColumnMapping
from govopen.model.types import RECORD_TYPES

GOOD = """
type = "organisation"
header_row = 2
sheet = "台账"
encoding = "GB18030"
[columns]
"编号" = "id"
"单位" = "unit"
"分管领导" = "leader"
[values.leader]
"张" = "张三"
[constants]
year = 2011
budget_yuan = 10.1
plan_issued_on = 2011-04-05
"""


def mapping_of(text: str) -> ColumnMapping:
    return ColumnMapping.from_dict("ledger", tomllib.loads(text), RECORD_TYPES, where="govopen.toml")


def problems_of(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        mapping_of(text)
    assert str(caught.value).startswith("The column mapping ledger does not load.")
    return [str(problem) for problem in caught.value.problems]


def test_a_mapping_loads_with_exact_numbers() -> None:
    assert mapping_of(GOOD) == ColumnMapping(
        name="ledger",
        type="organisation",
        columns={"编号": "id", "单位": "unit", "分管领导": "leader"},
        values={"leader": {"张": "张三"}},
        constants={"year": 2011, "budget_yuan": Decimal("10.1"), "plan_issued_on": dt.date(2011, 4, 5)},
        header_row=2,
        sheet="台账",
        encoding="GB18030",
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('type = "organisation"', ""), "govopen.toml: type: This key is missing. Accepted: unit, organisation,"),
        (('"organisation"', '"organization"'), "govopen.toml: type: There is no such record type. Accepted: unit,"),
        (("header_row = 2", "headerrow = 2"), "govopen.toml: headerrow: There is no such key. Accepted: header_row."),
        (("header_row = 2", "header_row = 0"), "govopen.toml: header_row: This is not the number of a row."),
        (("header_row = 2", "header_row = true"), "govopen.toml: header_row: This is not the number of a row."),
        (('"台账"', "1"), "govopen.toml: sheet: This is no text."),
        (('"GB18030"', '"utf-16"'), "govopen.toml: encoding: This encoding is not read. Accepted: utf-8,"),
        (('= "leader"', '= "leaders"'), "govopen.toml: columns.分管领导: A organisation has no such field."),
        (('= "leader"', "= 3"), "govopen.toml: columns.分管领导: This is no text."),
        (('= "leader"', '= "unit"'), "govopen.toml: columns.分管领导: columns.单位 names the same field."),
        (("[values.leader]", "[values.boss]"), "govopen.toml: values.boss: A organisation has no such field."),
        (("year = 2011", ""), "govopen.toml: columns: No column or constant gives a required field: year."),
        (("[constants]", "[constants.deep]"), "govopen.toml: constants.deep: A organisation has no such field."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_key(change: tuple[str, str], told: str) -> None:
    assert any(problem.startswith(told) for problem in problems_of(GOOD.replace(*change)))


def test_all_mistakes_are_told_at_once() -> None:
    assert len(problems_of('type = "site"\ncolumn = 1\nheader_row = "2"\n[columns]\na = "x"\nb = "y"\n')) == 5


def test_tables_that_are_none_are_told() -> None:
    assert [
        problem.split(". ")[0] for problem in problems_of('type = "site"\ncolumns = []\nvalues = 1\nconstants = ""')
    ] == [
        "govopen.toml: columns: This is not a table.",
        "govopen.toml: values: This is not a table.",
        "govopen.toml: constants: This is not a table.",
        "govopen.toml: columns: No column or constant gives a required field: id, unit, kind",
    ]


def test_a_mapping_brings_no_content_into_a_classified_item() -> None:
    told = problems_of(
        'type = "classified-item"\n[columns]\na = "id"\nb = "unit"\nc = "level"\nd = "determined_on"\ne = "title"'
    )
    assert told[0].startswith("govopen.toml: columns.e: A classified item is kept here without title")
