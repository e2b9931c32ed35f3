"""Directives that write a unit's documents: what they bring to a page, in which format, and when they do it again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from docutils import nodes
from tests.sphinxext.unit_projects import UnitProject, changed, public, put, rows

from govopen.model.base import Record
from govopen.model.catalog import Category, Withdrawal
from govopen.model.classification import DisclosureAttribute
from govopen.model.requests import Applicant, ChannelKind
from govopen.office.clock import SystemClock
from govopen.office.facade import Office
from govopen.plugins.registry import Registry
from govopen.report.documents.source import UnitSource
from govopen.rules import samples
from govopen.rules.samples_discretion import discretion_table


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(entry_points=False)


@pytest.fixture
def project_of(tmp_path: Path, registry: Registry) -> Callable[..., UnitProject]:
    """A project beside a workspace of the sample unit with these records."""

    def made(*records: Record) -> UnitProject:
        Office.init(tmp_path / "workspace")
        put(tmp_path / "workspace", registry, samples.UNIT, *records)
        return UnitProject(tmp_path)

    return made


# Pages of a few records


def test_nothing_that_is_not_public_is_in_any_file_of_a_build(project_of):
    on_request, exempt = DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT
    hidden = [
        samples.item(id="hidden-1", title="SECRET-on-request"),
        attrs.evolve(
            public("hidden-2", title="SECRET-exempt"), attributes=(exempt,), sign_offs=samples.sign_offs(exempt)
        ),
        public("hidden-3", title="SECRET-classified"),
        samples.classified_item(id="hidden-3", classified_until=None),
        attrs.evolve(public("hidden-4", title="SECRET-withdrawn"), withdrawn=Withdrawal(on=dt.date(2020, 1, 1))),
        samples.item(Category.INSTITUTION, id="hidden-5", title="SECRET-institution"),
        samples.item(Category.APPROVAL, id="hidden-6", attributes=(on_request,), title="SECRET-approval"),
        samples.request(applicant=Applicant(name="SECRET-name", contact="SECRET-contact"), description="SECRET-wish"),
        samples.organisation(leader="SECRET-leader", working_body="SECRET-body"),
        discretion_table(title="SECRET-table", item="hidden-1"),
        # The item that publishes it is cleared: what is in the table itself was written into it since.
        discretion_table(id="table-2", title="SECRET-screened 机密★1年"),
    ]
    shown = [public("shown-1", title="OPEN-item"), public("document-1", Category.DOCUMENT)]
    project = project_of(*shown, *hidden)
    project.write(
        guide_md="# G\n\n```{govopen-guide}\n```\n",
        catalogue_md="# C\n\n```{govopen-catalogue}\n```\n\n```{govopen-catalogue}\n:by: column\n```\n",
        services_md="# S\n\n```{govopen-services}\n```\n\n```{govopen-discretion}\n```\n",
        coverage_md="# L\n\n```{govopen-coverage} panyu-2011\n:unit: bureau\n```\n",
    )
    _, warned = project.build()

    files = [path for path in (project.source / "build").rglob("*") if path.is_file()]
    found = {path.name: sorted(set(re.findall(rb"SECRET-[a-z]+", path.read_bytes()))) for path in files}
    assert warned == ""
    assert {name: words for name, words in found.items() if words} == {}
    # The same search finds what is there: in pages, in pickled trees, and in the index of the search.
    open_in = {path.name for path in files if b"OPEN-item" in path.read_bytes()}
    assert {"catalogue.html", "catalogue.doctree"} <= open_in


def test_what_a_record_says_is_text_whatever_signs_it_holds(project_of):
    hostile = "*a* `b` |c| **d** <script>alert(1)</script> {gov:rule}`X` ::\n\n.. raw:: html"
    items = [
        public("h-1", title=hostile, summary=hostile, index_number="<b>1</b>"),
        public("h-2", Category.APPROVAL, title=hostile),
        public("h-3", Category.FEE, title=hostile),
    ]
    project = project_of(*items, samples.request_channel(ChannelKind.OTHER, address=hostile))
    page = "```{govopen-guide}\n```\n\n```{govopen-catalogue}\n```\n\n```{govopen-services}\n```\n"
    project.write(all_md=f"# All\n\n{page}", same_rst="Same\n====\n\n.. govopen-catalogue::\n")
    _, warned = project.build()

    assert warned == ""
    for name in ("all", "same"):
        assert "<script>alert" not in project.page(name)
        assert "<b>1</b>" not in project.page(name)
        assert any(row[1] == hostile for row in rows(project.tree(name)) if len(row) > 1)


def test_what_a_record_says_gets_no_typographic_signs(project_of):
    said = """编号"A"--1 ... it's"""
    category = attrs.evolve(samples.UNIT, id="bureau", name=said)
    project = project_of(category, public("f-1", title=said, index_number="X--1"))
    directive = "```{govopen-catalogue}\n```\n"
    listed = "- here\n\n" + "".join(f"  {row}\n" for row in directive.splitlines())
    project.write("en", page_md=f"# It's -- P\n\n{directive}", list_md=f"# L\n\n{listed}")
    project.build()

    # Sphinx does it to what the author of the page wrote.
    assert project.tree("page").next_node(nodes.title).astext() == "It’s – P"
    for name, heading in (("page", nodes.section), ("list", nodes.rubric)):
        tree = project.tree(name)
        assert [row[:2] for row in rows(tree)] == [["X--1", said]]
        assert any(f"information of {said}" in node.astext() for node in tree.findall(heading))


def test_documents_are_in_the_language_of_the_project_or_of_the_page(project_of):
    project = project_of(public("f-1", Category.FEE))
    page = "# P\n\n```{govopen-catalogue}\n```\n\n```{govopen-catalogue}\n:lang: zh-Hans\n```\n"
    project.write("en", page_md=page)
    _, warned = project.build()
    titles = [title.astext() for title in project.tree("page").findall(nodes.title)]

    assert warned == ""
    assert titles[1:3] == ["Catalogue of the government information of 示例局", "fees (1)"]
    assert titles[3:] == ["示例局政府信息公开目录", "收费项目依据标准（1）"]


def test_in_a_list_sections_become_rubrics(project_of):
    project = project_of(public("f-1", Category.FEE))
    project.write(
        markdown_md="# M\n\n- here\n\n  ```{govopen-catalogue}\n  ```\n",
        restructured_rst="R\n=\n\n* here\n\n  .. govopen-catalogue::\n",
    )
    _, warned = project.build()

    assert warned == ""
    for name in ("markdown", "restructured"):
        tree = project.tree(name)
        assert [rubric.astext() for rubric in tree.findall(nodes.rubric)][1] == "收费项目依据标准（1）"
        assert len(list(tree.findall(nodes.section))) == 1
        assert len(rows(tree)) == 1


def test_the_anchors_of_a_page_are_its_own(project_of):
    project = project_of(public("f-1", Category.FEE))
    project.write(page_md="# P\n\n" + "```{govopen-catalogue}\n```\n\n" * 3)
    _, warned = project.build()
    anchors = re.findall(r' id="(govopen-[^"]+)"', project.page("page"))

    assert warned == ""
    assert len(anchors) == len(set(anchors)) == 6


def test_codes_lead_to_their_pages_where_the_project_has_them(project_of):
    project = project_of()
    listed = "# L\n\n```{govopen-rule-list} SEC002\n```\n"
    project.write(list_md=listed, rules_md="# R\n\n```{govopen-rules} SEC\n```\n")
    _, warned = project.build()
    (row,) = rows(project.tree("list"))

    assert warned == ""
    assert row[0] == "SEC002"
    assert re.search(r'href="rules\.html#[^"]*"[^>]*>\s*<code[^>]*><span class="pre">SEC002', project.page("list"))
    # The instrument has no page here: the obligation is shown, and leads nowhere.
    assert "panyu-2011:1.3" in project.page("list")


def test_a_published_table_can_be_referred_to(project_of):
    project = project_of(public("document-1", Category.DOCUMENT), discretion_table())
    project.write(page_md="# P\n\n{gov:table}`table-1`\n\n```{govopen-discretion}\n:without-pictures:\n```\n")
    _, warned = project.build()

    assert warned == ""
    assert "<svg" not in project.page("page")
    assert re.search(r'<a class="reference internal" href="#[^"]*table[^"]*"', project.page("page"))


# Doing it again


def test_pages_are_read_again_when_records_or_settings_change_and_only_those(project_of, registry, monkeypatch):
    # A build after midnight in Shanghai is one of another day.
    noon = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
    monkeypatch.setattr(SystemClock, "now", lambda _: noon)
    project = project_of(public("f-1", Category.FEE))
    project.write(
        catalogue_md="# C\n\n```{govopen-catalogue}\n```\n",
        guide_rst="G\n=\n\n.. govopen-guide::\n",
        plain_md="# Plain\n",
        rules_md="# R\n\n```{govopen-rule-list} SEC\n```\n",
    )
    workspace = project.folder / "workspace"

    assert changed(project.build()[0]) == (5, 0)
    assert changed(project.build()[0]) == (0, 0)
    put(workspace, registry, public("f-2", Category.FEE))
    # Three that are written from the workspace; neither the index nor the plain page.
    assert changed(project.build()[0]) == (0, 3)
    assert len(rows(project.tree("catalogue"))) == 2
    assert changed(project.build()[0]) == (0, 0)

    noon += dt.timedelta(days=1)
    assert changed(project.build()[0]) == (0, 2 + 1)
    settings = workspace / "govopen.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n# another\n", encoding="utf-8")
    assert changed(project.build()[0]) == (0, 3)
    project.write(conf="govopen_as_of = '2011-04-19'\n", catalogue_md="# C\n\n```{govopen-catalogue}\n```\n")
    project.build()
    assert rows(project.tree("catalogue")) == []


def test_a_page_is_read_again_if_the_records_changed_between_two_of_its_directives(project_of, registry, monkeypatch):
    noon = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
    monkeypatch.setattr(SystemClock, "now", lambda _: noon)
    item = public("f-1", Category.FEE, title="WITHDRAWN-fee")
    withdrawn = attrs.evolve(item, withdrawn=Withdrawal(on=dt.date(2020, 1, 1)))
    project = project_of(item)
    project.write(page_md="# P\n\n```{govopen-catalogue}\n```\n\n```{govopen-services}\n```\n")
    read, calls = UnitSource.unit, []

    def unit(self, unit_id):
        found = read(self, unit_id)
        if not calls:
            put(project.folder / "workspace", registry, withdrawn)
        calls.append(unit_id)
        return found

    monkeypatch.setattr(UnitSource, "unit", unit)
    project.build()
    assert "WITHDRAWN-fee" in project.page("page")

    assert changed(project.build()[0]) == (0, 1)
    assert "WITHDRAWN-fee" not in project.page("page")
    assert changed(project.build()[0]) == (0, 0)


def test_a_page_that_found_no_records_is_read_again_when_there_are_some(tmp_path, registry):
    Office.init(tmp_path / "workspace")
    project = UnitProject(tmp_path)
    project.write(page_md="# P\n\n```{govopen-catalogue}\n```\n")
    assert "page.md:3" in project.build()[1]

    put(tmp_path / "workspace", registry, samples.UNIT, public("item-1"))
    told, warned = project.build()
    assert (changed(told), warned) == ((0, 1), "")


# What goes wrong


@pytest.fixture
def warnings_of(project_of: Callable[..., UnitProject]) -> Iterator[Callable[..., str]]:
    project = project_of(attrs.evolve(samples.UNIT, id="other"))

    def built(directive: str, conf: str = "") -> str:
        project.write("en", conf, page_rst=f"P\n=\n\n.. {directive}\n")
        return project.build()[1]

    return built


@pytest.mark.parametrize(
    ("directive", "conf", "said"),
    [
        ("govopen-guide::\n   :unit: finance", "", "There is no unit finance. Recorded: bureau, other."),
        ("govopen-guide::", "", "The document names no unit. Recorded: bureau, other."),
        ("govopen-guide::", "govopen_workspace = ''", "The project names no workspace."),
        ("govopen-guide::", "govopen_workspace = 'nowhere'", "govopen.toml"),
        ("govopen-guide::", "govopen_as_of = 'soon'", "govopen_as_of in conf.py is no date: 'soon'."),
        ("govopen-catalogue::\n   :unit: other\n   :category: traffic", "", "There is no category 'traffic'."),
        ("govopen-catalogue::\n   :unit: other\n   :by: colour", "", "colour"),
        ("govopen-catalogue::\n   :unit: other\n   :lang: fr", "", "'fr' is no language of govopen"),
        ("govopen-rule-list:: SEC999", "", "No rule and no prefix of rules is called SEC999."),
        ("govopen-coverage:: panyu-2099", "", "No instrument is called 'panyu-2099'."),
    ],
)
def test_a_mistake_is_told_with_the_page_and_what_to_do(warnings_of, directive, conf, said):
    warned = warnings_of(directive, conf)

    assert said in warned
    assert "page.rst:4" in warned


def test_coverage_is_of_the_unit_of_the_project_where_none_is_named(project_of):
    project = project_of(attrs.evolve(samples.UNIT, id="other"))
    page = "P\n=\n\n.. govopen-coverage:: panyu-2011\n   :unit:\n"
    named, without = page.replace(":unit:", ":unit: bureau"), page.replace("   :unit:\n", "")
    project.write("en", "govopen_unit = 'bureau'\n", page_rst=page, named_rst=named, without_rst=without)

    assert project.build()[1] == ""
    assert rows(project.tree("page")) == rows(project.tree("named"))
    assert rows(project.tree("page")) != rows(project.tree("without"))

    project.write("en", page_rst=page)
    assert "The document names no unit. Recorded: bureau, other." in project.build()[1]


def test_law_needs_no_workspace(project_of):
    project = project_of()
    page = "P\n=\n\n.. govopen-rule-list:: SEC\n\n.. govopen-coverage:: panyu-2011\n"
    project.write("en", "govopen_workspace = ''\n", page_rst=page)
    assert project.build()[1] == ""
    assert len([row for row in rows(project.tree("page")) if row[0].startswith("panyu-2011:")]) == 189
    assert changed(project.build()[0]) == (0, 0)
