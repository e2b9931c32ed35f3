"""The domain: what can be referred to, from where, and what is said of what cannot."""

from __future__ import annotations

import json
import posixpath
from pathlib import Path

import pytest
from sphinx.util.inventory import InventoryFile
from tests.sphinxext.projects import Built, Project, directive

from govopen.plugins.registry import Registry
from govopen.sphinxext.objects import Kind, known_names

PROSE = """\
# Prose

{gov:rule}`SEC002`, {gov:obligation}`panyu-2011:1.3/o2`, {gov:clause}`panyu-2011:1.3`, {gov:clause}`~ogi-2019:33`,
{gov:instrument}`ogi-2019`, {gov:matter}`ogi/reply-time`, {gov:hook}`govopen_rules`, {gov:workflow}`secrecy`,
{gov:record}`information-item`, {gov:rule}`the guard <SEC001>`, {any}`SEC003`.
"""

LAW = "# Law\n\n" + directive("govopen-instruments", "panyu-2011 ogi-2019")
RULES = "# Rules\n\n" + directive("govopen-rules", "SEC")
OTHERS = "# Others\n\n" + "\n".join(
    [
        directive("govopen-matters", "ogi/reply-time"),
        directive("govopen-hooks", "govopen_rules"),
        directive("govopen-records", "information-item classified-item"),
        directive("govopen-workflow"),
    ]
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    pages = {"prose": PROSE, "law": LAW, "rules": RULES, "others": OTHERS}
    return Project.make(tmp_path_factory.mktemp("project"), pages)


@pytest.fixture(scope="module")
def built(project: Project) -> Built:
    return project.build()


def test_each_kind_of_name_leads_to_where_it_is_described(built: Built) -> None:
    html = built.text("prose.html")

    assert built.warnings == ""
    for target in (
        "rules.html#rule-SEC002",
        "law.html#obligation-panyu-2011-1.3-o2",
        "law.html#clause-panyu-2011-1.3",
        "law.html#clause-ogi-2019-33",
        "law.html#instrument-ogi-2019",
        "others.html#matter-ogi-reply-time",
        "others.html#hook-govopen_rules",
        "others.html#workflow-secrecy",
        "others.html#record-information-item",
        "rules.html#rule-SEC001",
        "rules.html#rule-SEC003",
    ):
        page, _, anchor = target.partition("#")
        assert f'href="{target}"' in html
        assert f'id="{anchor}"' in built.text(page)


def test_a_reference_shows_its_name_or_words_of_the_authors_and_the_title_beside_it(built: Built) -> None:
    html = built.text("prose.html")

    assert 'title="SEC002 ' in html
    assert '<span class="pre">33</span>' in html  # the tilde
    assert ">the</span> <span" in html


def test_rules_obligations_clauses_and_matters_lead_to_each_other(built: Built) -> None:
    rules, law, others = built.text("rules.html"), built.text("law.html"), built.text("others.html")

    assert 'href="law.html#obligation-panyu-2011-1.3-o2"' in rules
    assert 'href="law.html#clause-panyu-2011-1.3"' in rules
    assert 'href="rules.html#rule-SEC002"' in law
    assert 'href="others.html#matter-ogi-reply-time"' in law
    assert 'href="others.html#workflow-secrecy"' in law
    assert 'href="law.html#clause-ogi-2019-33"' in others
    assert 'href="law.html#obligation-panyu-2011-1.3-o2"' in others
    assert 'href="rules.html#rule-SEC002"' in others


def test_the_inventory_has_everything_that_is_described(built: Built) -> None:
    with (built.out / "objects.inv").open("rb") as stream:
        inventory = InventoryFile.load(stream, "", posixpath.join)

    listed = {(kind[4:], name) for kind, names in inventory.items() if kind.startswith("gov:") for name in names}
    assert listed == set(built.domain.objects)
    assert inventory["gov:rule"]["SEC002"].uri == "rules.html#rule-SEC002"
    known = known_names(Registry.load(entry_points=False))[Kind.OBLIGATION]
    assert {name for kind, name in listed if kind == "obligation"} == {
        name for name in known if name.startswith("panyu-2011:")
    }


def test_another_project_refers_to_it_by_the_inventory(built: Built, tmp_path: Path) -> None:
    text = "# Other\n\n{gov:rule}`SEC002` {gov:obligation}`panyu-2011:1.3/o2` {gov:rule}`SEC999` {any}`govopen_rules`\n"
    other = Project.make(
        tmp_path,
        {"index": text},
        extensions=["sphinx.ext.intersphinx"],
        intersphinx_mapping={"law": ("https://law.example/", str(built.out / "objects.inv"))},
    ).build()

    html = other.text("index.html")
    assert 'href="https://law.example/rules.html#rule-SEC002"' in html
    assert 'href="https://law.example/law.html#obligation-panyu-2011-1.3-o2"' in html
    assert 'href="https://law.example/others.html#hook-govopen_rules"' in html
    assert "SEC999" in other.warnings
    assert other.warnings.count("WARNING") == 1


def test_the_search_finds_names_and_titles(built: Built) -> None:
    index = json.loads(built.text("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")"))

    names = {entry[4] for entries in index["objects"].values() for entry in entries}
    assert {"SEC002", "govopen_rules", "3/o2"} <= names
    assert any("sec002" in title.lower() for title in index["alltitles"])
    assert ["gov", "rule", "rule"] in index["objnames"].values()


def test_the_general_index_lists_rules_and_not_each_obligation(built: Built) -> None:
    index = built.text("genindex.html")

    assert "SEC002 (rule)" in index
    assert "1.3/o2" not in index


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{gov:rule}`SEC099`", "No page describes the rule SEC099. Did you mean SEC009?"),
        ("{gov:hook}`govopen_Rule`", "Did you mean govopen_rules?"),
        ("{gov:rule}`REQ001`", "There is one: the directive govopen-rules on some page would describe it."),
        ("{gov:obligation}`panyu-2011:1.3`", "It is of another kind: write gov:clause."),
        ("{gov:matter}`weather/tomorrow`", "Neither what is installed nor what conf.py names has one of that name."),
        ("{gov:table}`fines`", "The directive govopen-table describes a table's file."),
    ],
)
def test_what_leads_nowhere_is_said_with_what_to_do(tmp_path: Path, written: str, complaint: str) -> None:
    built = Project.make(tmp_path, {"index": f"# Page\n\n{written}\n"}).build("dummy")

    assert complaint in built.warnings
    assert "index.md:3" in built.warnings
    assert built.warnings.count("WARNING") == 1


def test_a_complaint_is_in_the_language_of_the_project_and_can_be_ignored(tmp_path: Path) -> None:
    pages = {"index": "# 首页\n\n{gov:rule}`SEC099` {gov:rule}`SEC098`\n"}
    settings = {"language": "zh_CN", "nitpick_ignore": [("gov:rule", "SEC098")]}

    built = Project.make(tmp_path, pages, **settings).build("dummy")

    assert "规则" in built.warnings
    assert "SEC098" not in built.warnings


def test_nothing_is_said_of_generated_references_that_the_project_has_no_page_for(tmp_path: Path) -> None:
    built = Project.make(tmp_path, {"index": RULES}).build("dummy")

    assert built.warnings == ""


def test_what_is_described_twice_is_told_and_can_be_settled(tmp_path: Path) -> None:
    twice = {
        "a": "# A\n\n" + directive("govopen-rules", "SEC002"),
        "b": "# B\n\n" + directive("govopen-rules", "SEC002"),
    }
    project = Project.make(tmp_path, twice)

    told = project.build("dummy")
    assert "The rule SEC002 is described twice, also in a. Give one of the directives :no-index:." in told.warnings
    assert "b.md:3" in told.warnings

    project.write("b", "# B\n\n" + directive("govopen-rules", "SEC002", no_index=""))
    settled = project.build("dummy")
    assert settled.warnings == ""
    assert settled.domain.entry("rule", "SEC002") == told.domain.entry("rule", "SEC002")


def test_two_languages_are_no_duplicates_and_a_page_leads_to_its_own(tmp_path: Path) -> None:
    pages = {"prose": "# Prose\n\n{gov:rule}`SEC002`\n"}
    for lang in ("en", "zh-Hans"):
        pages[f"law-{lang}"] = "# Law\n\n" + directive("govopen-instruments", "panyu-2011", lang=lang)
        pages[f"rules-{lang}"] = "# Rules\n\n" + directive("govopen-rules", "SEC002", lang=lang)

    built = Project.make(tmp_path, pages, language="zh_CN").build()

    assert built.warnings == ""
    for lang, other in (("en", "zh-Hans"), ("zh-Hans", "en")):
        rules, law = built.text(f"rules-{lang}.html"), built.text(f"law-{lang}.html")
        assert f'href="law-{lang}.html#obligation-panyu-2011-1.3-o2"' in rules
        assert f'href="rules-{lang}.html#rule-SEC002"' in law
        assert f"law-{other}.html#obligation" not in rules
        assert f"rules-{other}.html#rule" not in law
    assert 'href="rules-zh-Hans.html#rule-SEC002"' in built.text("prose.html")
    assert [entry[3] for entry in built.domain.get_objects() if entry[0] == "SEC002"] == ["rules-zh-Hans"]


def test_a_document_that_goes_takes_its_objects_along(tmp_path: Path) -> None:
    project = Project.make(tmp_path, {"law": LAW, "rules": RULES})
    assert project.build("dummy").domain.entry("rule", "SEC002") is not None

    (tmp_path / "rules.md").unlink()
    project.write("index", "# Index\n\n```{toctree}\nlaw\n```\n")

    domain = project.build("dummy").domain
    assert domain.entry("rule", "SEC002") is None
    assert domain.entry("instrument", "panyu-2011") is not None
    assert set(domain.calls) == {"law"}
