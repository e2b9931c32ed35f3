"""The directive that documents workflows."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from govopen.errors import InputError
from govopen.sphinxext.workflows import workflow_tables
from govopen.workflow.catalogue import WORKFLOWS


def build(folder: Path, page: str) -> tuple[str, str]:
    """The page as HTML, and what the build complained of."""
    source = folder / "source"
    source.mkdir()
    (source / "index.md").write_text(page, encoding="utf-8")
    (source / "conf.py").write_text('extensions = ["govopen.sphinxext.directives", "myst_parser"]\n', encoding="utf-8")
    warnings = folder / "warnings.txt"
    with docutils_namespace(), warnings.open("w+", encoding="utf-8") as stream:
        app = Sphinx(source, source, folder / "html", folder / "trees", "html", status=None, warning=stream)
        app.build()
    html = folder / "html" / "index.html"
    return html.read_text(encoding="utf-8"), warnings.read_text(encoding="utf-8")


def test_a_page_names_one_workflow_and_gets_its_drawing_and_table(tmp_path: Path) -> None:
    html, warnings = build(tmp_path, "# 定密\n\n```{govopen-workflow} secrecy\n:lang: zh-Hans\n```\n")
    assert warnings == ""
    assert (html.count("<svg"), html.count("</table>")) == (1, 2)
    assert "期限届满，自行解密" in html
    assert "secrecy.extend" in html


def test_a_page_that_names_none_gets_all(tmp_path: Path) -> None:
    html, warnings = build(tmp_path, "# Workflows\n\n```{govopen-workflow}\n```\n")
    assert warnings == ""
    assert (html.count("<svg"), html.count("</table>")) == (len(WORKFLOWS), 2 * len(WORKFLOWS))


def test_an_unknown_one_is_an_error_of_the_page(tmp_path: Path) -> None:
    _, warnings = build(tmp_path, "# Workflows\n\n```{govopen-workflow} traffic\n```\n")
    assert "No workflow is called 'traffic'. Known: disclosure, secrecy, request." in warnings


def test_the_tables_are_markdown() -> None:
    steps, conditions = (part.splitlines() for part in workflow_tables("secrecy", "en").split("\n\n"))
    assert steps[0] == "| Step | From | To | By whom | Asks for | Law |"
    assert conditions[0] == "| Condition | What it asks for | Law |"
    for lines in (steps, conditions):
        assert all(line.startswith("| ") and line.endswith(" |") for line in lines)
        assert len({line.count(" | ") for line in lines}) == 1
    with pytest.raises(InputError):
        workflow_tables("traffic", "en")


def test_a_language_nobody_speaks_is_named(tmp_path: Path) -> None:
    _, warnings = build(tmp_path, "# Workflows\n\n```{govopen-workflow} secrecy\n:lang: fr\n```\n")
    assert "'fr' is no language of govopen; choose from zh-Hans, en" in warnings
