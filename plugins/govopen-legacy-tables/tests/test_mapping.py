"""A mapping that does not fit says all that is wrong, where, and what is accepted."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest
from govopen_legacy_tables_oa_tables import MAPPING, ROWS, TABLES

from govopen.errors import InputError, StoreError
from govopen.model.catalog import InformationItem
from govopen.model.types import RECORD_TYPES
from govopen.plugins.registry import Registry
from govopen_legacy_tables import legacy_store
from govopen_legacy_tables.dates import DateFormat

SMALL = """
[tables.information-item]
table = "T_XXGK"
id = "XXBH"
[tables.information-item.columns]
FBDW = "unit"
"""

LIST = """
[tables.information-item.children.attributes]
table = "FJ"
key = "BH"
columns = { XH = "attributes" }
"""


def problems(oa: Any, mapping: str) -> dict[str, str]:
    """The problems by their path, as a person reads them."""
    with pytest.raises(InputError) as caught:
        oa.open(mapping)
    assert {problem.where for problem in caught.value.problems} == {"oa.toml"}
    return {problem.path: str(problem).partition(f"{problem.path}: ")[2] for problem in caught.value.problems}


@pytest.fixture
def filled(sqlite_oa: Any) -> Any:
    sqlite_oa.run(*TABLES, *ROWS, 'CREATE TABLE "FJ" ("BH" TEXT, "NR" BLOB, "XH" TEXT)')
    return sqlite_oa


def test_the_registry_opens_a_legacy_store_by_the_scheme_of_its_url(filled: Any) -> None:
    with Registry.load().open_store(filled.address(MAPPING)) as store:
        assert [unit.id for unit in store.units()] == []


def test_every_problem_is_said_at_once_with_its_place_and_what_is_accepted(filled: Any) -> None:
    wrong = """
    [tables.information-item]
    table = "T_XXGK"
    id = "BH"
    version = "XXMC"
    updated_at = "SFBZ"
    where = { SFSD = "1" }
    [tables.information-item.columns]
    FBDW = "unit"
    XXMD = "title"
    FLDM = "categorie"
    SFSC = "enforcement.discretionary"
    WH = "id"
    GKSX = "subcategory"
    SCRQ = "created_on"
    SCSJ = "changed_on"
    [tables.information-item.values.unit]
    "01" = "office"
    [tables.information-item.values.summary]
    "x" = "y"
    [tables.information-item.formats]
    created_on = ["YYYYMM"]
    unit = ["YYYYMMDD"]
    [tables.information-item.separators]
    unit = ","
    [tables.information-item.otherwise]
    changed_on = "2011-01-01"
    [tables.information-item.constants]
    field = "budget"
    unit = "x"
    [tables.information-item.children.titles]
    table = "FJ"
    key = "BH"
    [tables.information-item.children.attachments]
    table = "FJ"
    key = "XXBH"
    order = "XH"
    columns = { NR = "name" }
    [tables.unit]
    table = "T_DW"
    id = "DWBH"
    """

    found = problems(filled, wrong)

    at = "tables.information-item."
    assert found.keys() == {
        f"{at}id",
        f"{at}version",
        f"{at}updated_at",
        f"{at}where.SFSD",
        f"{at}columns.XXMD",
        f"{at}columns.FLDM",
        f"{at}columns.SFSC",
        f"{at}columns.WH",
        f"{at}columns.GKSX",
        f"{at}values.summary",
        f"{at}formats.created_on",
        f"{at}formats.unit",
        f"{at}separators.unit",
        f"{at}otherwise.changed_on",
        f"{at}constants.field",
        f"{at}constants.unit",
        f"{at}children.titles.table",
        f"{at}children.attachments.key",
        f"{at}children.attachments.parent",
        f"{at}children.attachments.columns",
        f"{at}children.attachments.columns.NR",
        "tables.unit.table",
    }
    assert "has no column 'XXMD'. Accepted: XXMC" in found[f"{at}columns.XXMD"]
    assert "The record type information-item has no field 'categorie'" in found[f"{at}columns.FLDM"]
    assert "from 1: category" in found[f"{at}columns.FLDM"]
    assert found["tables.unit.table"] == "The database has no table 'T_DW'. Accepted: DM_XXFL, FJ, T_XXGK."
    assert "fiscal_budget (财政预算)" in found[f"{at}constants.field"]
    assert "required field digest" in found[f"{at}children.attachments.columns"]


@pytest.mark.parametrize(
    ("mapping", "path", "said"),
    [
        ("mode = 'rw'\n[tables]", "mode", "'rw' is not known. Known here: read-only, read-write"),
        ("[tables.unit]\ntable = 'x'", "tables.unit.id", "missing"),
        ("[tables.unit]\ntable = 'x'\nid = 'y'\ncolums = {}", "tables.unit.colums", "Did you mean 'columns'"),
        ("tables = 3", "tables", "not a table"),
        ("x = [", "", "not TOML"),
        ("mode = 'read-write'\ncompanion = 'sqlite:///x.db'\n[tables]", "companion", "own records lie in the database"),
        ("[tables]", "tables", "names no table"),
    ],
)
def test_a_file_that_is_no_mapping_says_why(filled: Any, mapping: str, path: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        filled.open(mapping)

    (problem,) = caught.value.problems
    assert problem.path == path
    assert said in str(problem)


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"FBDW": "title"}, "columns", "says whose the records are: unit"),
        ({"SFSC": "enforcement.discretionary"}, "columns.SFSC", "What stands for yes and for no"),
        ({"SHR1": "sign_offs.1.person"}, "columns", "required field sign_offs.step"),
    ],
)
def test_a_field_that_its_column_cannot_give_is_a_problem(
    filled: Any, change: dict[str, str], path: str, said: str
) -> None:
    columns = {"FBDW": "unit", **change}
    text = "\n".join(f'{name} = "{field}"' for name, field in columns.items())

    found = problems(filled, SMALL.replace('FBDW = "unit"', text))

    assert said in found[f"tables.information-item.{path}"]


@pytest.mark.parametrize(
    "more", ['GKSX = "attributes"', '[tables.information-item.constants]\nattributes = ["proactive"]']
)
def test_a_list_that_two_places_give_is_a_problem(filled: Any, more: str) -> None:
    said = problems(filled, SMALL + more + LIST)["tables.information-item.children.attributes.table"]

    assert said.startswith("A list comes from one place, and attributes is given by co")


def test_a_flag_is_true_or_false(oa: Any) -> None:
    oa.run('CREATE TABLE "T_XXGK" ("XXBH" VARCHAR(9), "FBDW" VARCHAR(9), "XXMC" VARCHAR(9), "B" BOOLEAN)')
    oa.run("""INSERT INTO "T_XXGK" VALUES ('yes', 'u', 't', true), ('no', 'u', 't', false), ('-', 'u', 't', NULL)""")
    mapping = SMALL + 'XXMC = "title"\n[tables.information-item.'

    def rows(key: str, value: str) -> list[str]:
        return [kept.record.id for kept in oa.open(f"{mapping}{key}]\nB = {value}").scan(InformationItem)]

    assert rows("where", "true") == rows("where", '"1"') == ["yes"]
    assert rows("where", '"False"') == ["no"]
    assert rows("excluding", "0") == ["-", "yes"]
    for key, value in (("where", '"是"'), ("where", '["true", "Y"]'), ("excluding", '"t"')):
        said = problems(oa, f"{mapping}{key}]\nB = {value}")
        assert said == {
            f"tables.information-item.{key}.B": "No cell of this column holds that. Accepted: true or false."
        }


def test_a_code_with_two_meanings_is_a_problem_until_the_mapping_says_which_codes_it_means(filled: Any) -> None:
    filled.run(
        'CREATE TABLE "ZD" ("LX" VARCHAR(9), "DM" CHAR(2), "MC" VARCHAR(40))',
        """INSERT INTO "ZD" SELECT 'XXFL', "DM", "MC" FROM "DM_XXFL" """,
        """INSERT INTO "ZD" VALUES ('YS', '02', '收费项目依据标准'), ('YS', '10', '收费项目依据标准')""",
    )
    shared = MAPPING.replace("DM_XXFL", "ZD")
    at = "tables.information-item.code_tables.category"

    said = problems(filled, shared)
    assert said.keys() == {f"{at}.code"}
    assert said[f"{at}.code"].startswith("These codes have more than one meaning: 02. ")

    kept = filled.open(shared.replace('value = "MC"', 'value = "MC"\nwhere = { LX = "XXFL" }')).scan(InformationItem)
    assert [each.record.category for each in kept] == ["fee", "document"]
    wrong = problems(filled, shared.replace('value = "MC"', 'value = "MC"\nwhere = { LB = "XXFL" }'))
    assert "has no column 'LB'" in wrong[f"{at}.where.LB"]


@pytest.mark.parametrize(
    ("mapping", "path", "said"),
    [
        (SMALL.replace('"XXBH"', '"{FBDW}-{XXBH}"'), "id", "cannot be written back"),
        (SMALL.replace('"XXBH"', '"WH"'), "id", "neither a key nor unique"),
        (SMALL + 'GKSX = "attributes"', "columns.GKSX", "What stands between the values"),
        (SMALL + LIST + 'parent = "WH"', "children.attributes.parent", "may be those of two records"),
    ],
)
def test_what_cannot_be_written_back_is_a_problem_of_read_write_alone(
    filled: Any, mapping: str, path: str, said: str
) -> None:
    assert said in problems(filled, 'mode = "read-write"\n' + mapping)[f"tables.information-item.{path}"]
    assert filled.open(mapping).count is not None


def test_records_of_a_type_that_no_plugin_brings_are_counted_as_opaque(filled: Any) -> None:
    plugin = '[tables.pet]\ntable = "T_XXGK"\nid = "XXBH"\ncolumns = { XXMC = "name" }\n'

    assert dict(filled.open(MAPPING + plugin).opaque()) == {"pet": 3}
    assert "has no table 'XXGK'" in problems(filled, MAPPING + plugin.replace("T_XXGK", "XXGK"))["tables.pet.table"]


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        ("legacy+sqlite:///none.db?mapping=x.toml", StoreError, "There is no database at none.db"),
        ("legacy+sqlite:///none.db", InputError, "does not say how the tables are meant"),
        ("legacy+oracle://u:geheim@h/db?mapping=x.toml", StoreError, "another kind"),
        ("legacy+::geheim", StoreError, "The address of the store is none"),
        ("legacy+postgresql://u:a@b:geheim@h/db?mapping=x.toml", StoreError, "The address of the store is none"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_without_its_password(
    url: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as caught:
        legacy_store(url, RECORD_TYPES)

    assert "geheim" not in "".join(traceback.format_exception(caught.value))


def test_a_mapping_that_is_not_there_is_an_input_error(sqlite_oa: Any) -> None:
    address = sqlite_oa.address(SMALL)
    (sqlite_oa.folder / "oa.toml").unlink()

    with pytest.raises(InputError, match=r"oa\.toml cannot be read: No such file"):
        legacy_store(address, RECORD_TYPES)


@pytest.mark.parametrize(
    ("pattern", "text", "day"),
    [
        ("YYYYMMDD", "20110405", "2011-04-05"),
        ("YYYY年MM月DD日", "2011年04月05日", "2011-04-05"),
        ("DD.MM.YYYY", "05.04.2011", "2011-04-05"),
        ("YYYYMMDD", "20110231", None),
        ("YYYYMMDD", "2011-04-05", None),
        ("YYYYMMDD", "２０１１0405", None),
    ],
)
def test_a_date_is_read_and_written_in_its_format(pattern: str, text: str, day: str | None) -> None:
    read = DateFormat(pattern).read(text)

    assert (None if read is None else read.isoformat()) == day
    assert read is None or DateFormat(pattern).write(read) == text


def test_the_package_is_typed() -> None:
    assert (Path(__import__("govopen_legacy_tables").__file__).parent / "py.typed").is_file()
