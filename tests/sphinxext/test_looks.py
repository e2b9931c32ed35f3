"""Where the texts of generated tables break, and where they do not."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docutils import nodes
from tests.sphinxext.projects import Project, directive
from tests.sphinxext.unit_projects import UnitProject, public, put, rows

from govopen.model.catalog import Category
from govopen.office.facade import Office
from govopen.plugins.registry import Registry
from govopen.rules import samples
from govopen.sphinxext.looks import Gap, Whole, set_text

NUMBER = "LA0210000/2009-00005"


def shape(text: str) -> str:
    """The text with its gaps as ``|`` and what is whole in brackets."""

    def seen(node: nodes.Node) -> str:
        if isinstance(node, Gap):
            return "|"
        return f"[{node.astext()}]" if isinstance(node, Whole) else node.astext()

    return "".join(map(seen, set_text(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NUMBER, "LA0210000/|2009-00005"),
        ("截至2011-12-31。", "截至[2011-12-31]。"),
        ("2011-12-31", "[2011-12-31]"),
        # Part of a number, and no date.
        ("A-2011-12-31", "A-2011-12-31"),
        ("http://example.gov.cn/a?b=1", "http://|example.|gov.|cn/|a?|b=|1"),
        ("and/or", "and/or"),
        ("岭城管〔2010〕82号", "岭城管〔2010〕82号"),
        ("", ""),
    ],
)
def test_dates_stay_whole_and_long_numbers_break(text: str, expected: str) -> None:
    assert shape(text) == expected
    assert "".join(node.astext() for node in set_text(text)) == text


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> UnitProject:
    """The page of a catalogue with a long index number and a document number, which takes five columns."""
    folder = tmp_path_factory.mktemp("unit")
    Office.init(folder / "workspace")
    item = public("d-1", Category.DOCUMENT, index_number=NUMBER, document_number="岭城管〔2010〕82号")
    put(folder / "workspace", Registry.load(entry_points=False), samples.UNIT, item)
    project = UnitProject(folder)
    project.write(conf="copyright = '-'\nversion = '1'\n", page_md="# P\n\n```{govopen-catalogue}\n```\n")
    return project


@pytest.mark.parametrize(
    ("builder", "file", "number", "date"),
    [
        ("html", "page.html", "LA0210000/<wbr />2009-00005", '<span style="white-space: nowrap">{}</span>'),
        ("latex", "*.tex", r"LA0210000/\allowbreak{{}}2009\sphinxhyphen{{}}00005", r"\mbox{{{}}}"),
        ("epub", "page.xhtml", "LA0210000/<wbr />2009-00005", '<span style="white-space: nowrap">{}</span>'),
    ],
)
def test_each_format_breaks_a_number_and_not_a_date(
    catalogue: UnitProject, builder: str, file: str, number: str, date: str
) -> None:
    _, warned = catalogue.build(builder)
    (place,) = (catalogue.source / "build" / builder).glob(file)
    written = place.read_text(encoding="utf-8")
    ((_, _, _, day, _),) = rows(catalogue.tree("page"))
    hyphen = r"\sphinxhyphen{}" if builder == "latex" else "-"

    assert warned == ""
    assert number.format() in written
    assert date.format(day.replace("-", hyphen)) in written


def test_in_print_the_five_columns_hold_their_texts(catalogue: UnitProject) -> None:
    if (engine := shutil.which("xelatex")) is None:
        pytest.skip("no xelatex here")
    catalogue.build("latex")
    out = catalogue.source / "build" / "latex"
    (source,) = out.glob("*.tex")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", source.name]
    run = subprocess.run(command, check=False, cwd=out, capture_output=True, text=True, errors="replace")
    if "not found" in run.stdout or "cannot be found" in run.stdout:
        pytest.skip("TeX lacks a package or a font for Chinese")

    assert run.returncode == 0, run.stdout[-3000:]
    assert re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide\)", run.stdout) == []


def test_tables_on_pages_for_screens_have_a_style_that_keeps_them_within_the_page(tmp_path: Path) -> None:
    built = Project.make(tmp_path, {"index": "# W\n\n" + directive("govopen-workflow", "disclosure")}).build()
    page = built.text("index.html")

    assert built.warnings == ""
    assert page.count("govopen-table") == page.count("<table") == 2
    assert '<col style="width: 20.0%" />' in page
    assert "_static/govopen.css" in page
    assert "overflow-wrap: anywhere" in built.text("_static/govopen.css")
