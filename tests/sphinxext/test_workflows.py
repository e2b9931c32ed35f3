"""The directive that documents workflows."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from govopen.errors import InputError
from govopen.sphinxext.workflows import workflow_table
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
    assert html.count("<svg") == html.count("</table>") == 1
    assert "期限届满，自行解密" in html
    assert "secrecy.extend" in html


def test_a_page_that_names_none_gets_all(tmp_path: Path) -> None:
    html, warnings = build(tmp_path, "# Workflows\n\n```{govopen-workflow}\n```\n")
    assert warnings == ""
    assert html.count("<svg") == html.count("</table>") == len(WORKFLOWS)


def test_an_unknown_one_is_an_error_of_the_page(tmp_path: Path) -> None:
    _, warnings = build(tmp_path, "# Workflows\n\n```{govopen-workflow} traffic\n```\n")
    assert "No workflow is called 'traffic'. Known: disclosure, secrecy, request." in warnings


def test_a_table_is_markdown() -> None:
    heading, ruler, *rows = workflow_table("secrecy", "en").splitlines()
    assert heading == "| Step | From | To | By whom | Asks for | Law |"
    assert ruler.count("---") == 6
    assert all(row.startswith("| ") and row.endswith(" |") and row.count(" | ") == 5 for row in rows)
    with pytest.raises(InputError):
        workflow_table("traffic", "en")


def test_a_language_nobody_speaks_is_named(tmp_path: Path) -> None:
    _, warnings = build(tmp_path, "# Workflows\n\n```{govopen-workflow} secrecy\n:lang: fr\n```\n")
    assert "'fr' is no language of govopen; choose from zh-Hans, en" in warnings
