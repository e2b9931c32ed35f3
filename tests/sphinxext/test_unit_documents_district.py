"""The example of a unit's documents, with those of the whole district: what they say is what the records say."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docutils import nodes
from tests.sphinxext.unit_projects import DAY, UnitProject, changed, rows

from govopen.errors import NotCleared
from govopen.model.catalog import Category, InformationItem
from govopen.office.facade import Office
from govopen.plugins.registry import Registry

pytestmark = pytest.mark.examples

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(entry_points=False)


# The examples' own pages have one catalogue, of the unit that they are about.
UNIT_PAGES = """\
# {unit}

```{{govopen-catalogue}}
:unit: {unit}
```
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> UnitProject:
    """The example of a unit's documents with the catalogues of all thirteen units beside it, built by two processes."""
    folder = tmp_path_factory.mktemp("examples")
    for name in ("district", "unit_docs"):
        left_out = shutil.ignore_patterns("data", "workspace", "build", "__pycache__")
        shutil.copytree(EXAMPLES / name, folder / name, ignore=left_out)
    subprocess.run([sys.executable, str(folder / "unit_docs" / "prepare.py")], check=True, capture_output=True)
    project = UnitProject(folder / "unit_docs")
    with Office.open(project.folder / "workspace", registry=registry) as office:
        units = [unit.id for unit in office.store.units()]
    for unit in units:
        page = UNIT_PAGES.format(unit=unit)
        (project.source / f"catalogue-{unit}.md").write_text(page, encoding="utf-8")
    index = project.source / "index.rst"
    toctree = "\n".join(f"   catalogue-{unit}" for unit in units)
    index.write_text(index.read_text(encoding="utf-8").rstrip() + f"\n{toctree}\n", encoding="utf-8")
    project.strictly("html", "-n", "-j", "2")
    return project


@pytest.fixture(scope="module")
def cleared(district: UnitProject, registry: Registry) -> dict[str, list[InformationItem]]:
    """By unit, the items that are cleared for the public, on the day and today."""
    found: dict[str, list[InformationItem]] = {}
    with Office.open(district.folder / "workspace", registry=registry) as office:
        for unit in office.store.units():
            found[unit.id] = []
            for kept in list(office.store.scan(InformationItem, unit=unit.id)):
                try:
                    office.clear(kept.record.id, on=dt.date.fromisoformat(DAY))
                    office.clear(kept.record.id)
                except NotCleared:
                    continue
                found[unit.id].append(kept.record)
    return found


def test_the_catalogues_of_a_district_have_each_cleared_item_once_and_nothing_else(district, cleared):
    assert sum(map(len, cleared.values())) > 150
    for unit, items in cleared.items():
        entries = rows(district.tree(f"catalogue-{unit}"))
        told = [(entry[0], entry[1].split("\n")[0], entry[3]) for entry in entries]
        assert sorted(told) == sorted(
            (item.index_number or "未登记", item.title, item.created_on.isoformat()) for item in items
        )
        assert f"共收录信息{len(items)}条。" in district.page(f"catalogue-{unit}") or not items


def test_the_guide_counts_what_the_catalogue_lists(district, cleared):
    counted = {row[0]: int(row[1]) for row in rows(district.tree("guide"))[:11]}

    assert counted == {
        category.text.zh: sum(item.category is category for item in cleared["urban"]) for category in Category
    }
    assert "本页给出" in district.page("guide")


def test_services_and_tables_are_those_of_the_unit(district, cleared):
    pages = [district.tree(name) for name in ("services", "discretion")]
    titles = [title.astext() for page in pages for title in page.findall(nodes.title)]
    services = [item.title for item in cleared["urban"] if item.category in (Category.APPROVAL, Category.ONLINE)]

    assert services
    assert set(services) <= set(titles)
    assert {"违法建设处罚裁量基准", "随意倾倒垃圾处罚裁量基准", "占用城市道路摆卖处罚裁量基准"} <= set(titles)
    assert district.page("discretion").count("<svg") == 3


def test_statuses_of_the_unit_stand_in_the_coverage(district, registry):
    with Office.open(district.folder / "workspace", registry=registry) as office:
        report = office.check(as_of=dt.date.fromisoformat(DAY))
    expected = {str(entry.citation): entry.status.text.zh for entry in report.statuses if entry.unit == "urban"}
    shown = {row[0]: row[4] for row in rows(district.tree("rules")) if row[0].startswith("panyu-2011:")}

    assert len(expected) == 189
    assert {name: shown[name].split("（")[0] for name in shown} == expected


def test_both_processes_tell_which_pages_are_written_from_records(district, cleared):
    noted = district.environment().govopen_unit_marks

    assert set(noted) == {f"catalogue-{unit}" for unit in cleared} | {
        "guide", "catalogue", "services", "discretion", "rules",
    }  # fmt: skip
    assert len(set(noted.values())) == 1


@pytest.mark.parametrize("builder", ["latex", "text"])
def test_formats_without_pictures_have_the_same_rows(district, builder):
    told, warned = district.build(builder)
    assert (changed(told), warned) == ((0, 0), "")
    files = (district.source / "build" / builder).iterdir()
    written = "\n".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".tex", ".txt"))

    assert "<svg" not in written
    # Text breaks lines, so a word is looked for that is shorter than any cell.
    for word in ("轻微", "未核实", "门店招牌", "岭城管〔2010〕"):
        assert word in written
    assert builder != "latex" or "\\begin{longtable}" in written
