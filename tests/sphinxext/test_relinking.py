"""A page is written again when what its references lead to comes, goes or gets another name, and so is a map."""

from __future__ import annotations

from pathlib import Path

from tests.sphinxext.projects import Project, directive

RULE = 'href="rules.html#rule-SEC002"'
PAGES = {
    "law": "# Law\n\n" + directive("govopen-instruments", "secrets-2024"),
    "list": "# List\n\n" + directive("govopen-rule-list", "SEC002"),
    "plain": "# Plain\n",
    "prose": "# Prose\n\n{gov:rule}`SEC002`\n",
    "rules": "# Rules\n\n" + directive("govopen-rules", "SEC002"),
}
INDEX = "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n"


def test_links_come_and_go_with_the_page_that_they_lead_to(tmp_path: Path) -> None:
    without = {name: text for name, text in PAGES.items() if name != "rules"}
    project = Project.make(tmp_path, {**without, "index": INDEX}, nitpicky=False)
    first = project.build()
    assert first.warnings == ""
    assert not any(RULE in first.text(f"{name}.html") for name in without)

    project.write("rules", PAGES["rules"])
    added = project.build()
    assert added.read == ("index", "rules")
    linked = {name for name in without if RULE in added.text(f"{name}.html")}
    assert linked == {"law", "list", "prose"}
    assert "plain" not in added.written

    (tmp_path / "rules.md").unlink()
    removed = project.build()
    assert removed.read == ("index",)
    assert not any(RULE in removed.text(f"{name}.html") for name in without)

    assert project.build().written == ()


def test_each_folder_that_is_written_to_gets_the_links(tmp_path: Path) -> None:
    without = {name: text for name, text in PAGES.items() if name != "rules"}
    project = Project.make(tmp_path, {**without, "index": INDEX}, nitpicky=False)
    project.build()
    project.build("dirhtml")

    project.write("rules", PAGES["rules"])
    project.build()
    second = project.build("dirhtml")

    assert second.read == ()
    assert "rules/#rule-SEC002" in second.text("list/index.html")


def test_a_map_has_the_titles_that_documents_have_now_in_the_language_of_its_page(tmp_path: Path) -> None:
    said = "{gov:obligation}`panyu-2011:1.3/o9`\n"
    pages = {
        "map": "# Map\n\n" + directive("govopen-map", lang="zh-Hans"),
        "other": f"# Other\n\n{said}",
        "prose": f"# How we sign\n\n{said}",
    }
    project = Project.make(tmp_path, pages, nitpicky=False)
    first = project.build("text")
    assert "Other、How we sign" in first.text("map.txt")
    assert "none yet" not in first.text("map.txt")

    project.write("prose", f"# How we seal\n\n{said}")
    second = project.build("text")
    assert second.read == ("prose",)
    assert "Other、How we seal" in second.text("map.txt")

    assert project.build("text").written == ()


def test_a_map_has_the_tests_that_there_are_now(tmp_path: Path) -> None:
    suite = tmp_path / "suite"
    suite.mkdir()
    (suite / "test_first.py").write_text("# panyu-2011:1.4\n", encoding="utf-8")
    project = Project.make(tmp_path / "docs", {"map": "# Map\n\n" + directive("govopen-map", tests="../suite")})
    assert "test_first.py" in project.build("text").text("map.txt")
    assert project.build("text").read == ()

    (suite / "test_second.py").write_text("# panyu-2011:1.4\n", encoding="utf-8")
    assert "test_second.py" in project.build("text").text("map.txt")

    (suite / "test_first.py").unlink()
    assert "test_first.py" not in project.build("text").text("map.txt")

    (suite / "test_second.py").write_text("# of nothing\n", encoding="utf-8")
    assert "test_second.py" not in project.build("text").text("map.txt")
    assert project.build("text").read == ()
