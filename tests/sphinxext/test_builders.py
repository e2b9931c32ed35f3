"""Every builder gets every page without a complaint: for screens, for print, as plain text."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.sphinxext.projects import Built, Project, directive

from govopen.workflow.catalogue import WORKFLOWS

PAGES = {
    "hooks": "# Hooks\n\n" + directive("govopen-hooks", "govopen_rules govopen_stores"),
    "law": "# Law\n\n" + directive("govopen-instruments", "panyu-2011"),
    "map": "# Map\n\n" + directive("govopen-map", "penalty-2021"),
    "matters": "# Matters\n\n" + directive("govopen-matters", "ogi/reply-time secrets/period"),
    "records": "# Records\n\n" + directive("govopen-records", "information-item request"),
    "rules": "# Rules\n\n" + directive("govopen-rules", "SEC002 SEC006 REQ001 CAT002"),
    "workflows": "# Workflows\n\n" + directive("govopen-workflow"),
}
NEEDED_BY_TEX = ("tikz.sty", "fncychap.sty", "tgtermes.sty", "tabulary.sty", "wrapfig.sty", "needspace.sty")


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project.make(tmp_path_factory.mktemp("project"), PAGES, project="govopen", language=request.param)


@pytest.fixture(scope="module")
def built(project: Project) -> dict[str, Built]:
    """One environment serves all builders, as in a project that is built for screen and print."""
    return {builder: project.build(builder) for builder in ("html", "latex", "text")}


@pytest.mark.parametrize("builder", ["html", "latex", "text"])
def test_a_builder_has_nothing_to_complain_of(built: dict[str, Built], builder: str) -> None:
    assert built[builder].warnings == ""
    kinds = {kind for kind, _ in built[builder].domain.objects}
    assert kinds == {"clause", "hook", "instrument", "matter", "obligation", "record", "rule", "workflow"}


def test_a_page_for_screens_has_drawings_and_anchors_of_its_own(built: dict[str, Built]) -> None:
    html = built["html"].text("workflows.html")
    assert html.count("<svg") == len(WORKFLOWS)
    for page in PAGES:
        ids = re.findall(r'\bid="([^"]+)"', built["html"].text(f"{page}.html"))
        assert len(ids) == len(set(ids))


def test_a_document_for_print_has_drawings_and_the_references_lead_to_labels(built: dict[str, Built]) -> None:
    tex = built["latex"].text("govopen.tex")

    assert tex.count(r"\begin{tikzpicture}") == tex.count(r"\end{tikzpicture}") == len(WORKFLOWS)
    assert r"\usepackage{tikz}" in tex
    assert "<svg" not in tex
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", tex))
    targets = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", tex))
    assert {"rules:rule-SEC002", "law:obligation-panyu-2011-1.3-o2", "law:clause-panyu-2011-1.3"} <= targets
    assert {target for target in targets if target.partition(":")[0] in PAGES} - labels == set()


def test_plain_text_has_the_tables_in_the_place_of_drawings(built: dict[str, Built]) -> None:
    text = built["text"].text("workflows.txt")

    assert "svg" not in text
    assert "tikz" not in text
    assert len(re.findall(r"^\|=", text, re.MULTILINE)) == 2 * len(WORKFLOWS)


def test_tex_makes_a_document_of_it(tmp_path: Path) -> None:
    if (engine := shutil.which("pdflatex")) is None:
        pytest.skip("no pdflatex here")
    asked = ["kpsewhich", *NEEDED_BY_TEX]
    found = subprocess.run(asked, check=False, capture_output=True, text=True).stdout.split()
    if len(found) < len(NEEDED_BY_TEX):
        pytest.skip(f"TeX lacks something of {', '.join(NEEDED_BY_TEX)}")
    pages = {"index": "# Workflows\n\n" + directive("govopen-workflow")}
    out = Project.make(tmp_path, pages, project="govopen").build("latex").out

    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "govopen.tex"]
    run = subprocess.run(command, check=False, cwd=out, capture_output=True, text=True, errors="replace")

    assert run.returncode == 0, run.stdout[-3000:]
    assert (out / "govopen.pdf").read_bytes().startswith(b"%PDF")
    assert "Overfull \\vbox" not in run.stdout
