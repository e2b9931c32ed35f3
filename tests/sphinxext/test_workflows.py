"""The directive that documents workflows."""

from __future__ import annotations

import re
from pathlib import Path

from tests.sphinxext.projects import Project, directive

from govopen.workflow.catalogue import WORKFLOWS


def test_a_page_names_one_workflow_and_gets_its_drawing_and_table(tmp_path: Path) -> None:
    page = "# 定密\n\n" + directive("govopen-workflow", "secrecy", lang="zh-Hans")

    built = Project.make(tmp_path, {"index": page}).build()

    html = built.text("index.html")
    assert built.warnings == ""
    assert (html.count("<svg"), html.count("</table>")) == (1, 2)
    assert "期限届满，自行解密" in html
    assert "secrecy.extend" in re.sub(r"<[^>]+>", "", html)
    assert built.domain.entry("workflow", "secrecy") is not None


def test_a_page_that_names_none_gets_all(tmp_path: Path) -> None:
    built = Project.make(tmp_path, {"index": "# Workflows\n\n" + directive("govopen-workflow")}).build()

    html = built.text("index.html")
    assert built.warnings == ""
    assert (html.count("<svg"), html.count("</table>")) == (len(WORKFLOWS), 2 * len(WORKFLOWS))


def test_an_unknown_one_is_an_error_of_the_page(tmp_path: Path) -> None:
    built = Project.make(tmp_path, {"index": "# Workflows\n\n" + directive("govopen-workflow", "traffic")}).build()

    assert "No workflow is called 'traffic'. Known: disclosure, secrecy, request." in built.warnings


def test_a_language_nobody_speaks_is_named(tmp_path: Path) -> None:
    page = "# Workflows\n\n" + directive("govopen-workflow", "secrecy", lang="fr")

    built = Project.make(tmp_path, {"index": page}).build()

    assert "'fr' is no language of govopen; choose from zh-Hans, en" in built.warnings
