"""Drawings for print say what drawings for screens say."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from govopen.sphinxext.tikz import tikz
from govopen.texts import LANGUAGES, Language
from govopen.workflow.catalogue import WORKFLOWS
from govopen.workflow.diagram import svg
from govopen.workflow.table import Workflow


def drawing(body: str, size: str = "100 50") -> str:
    ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{ground}{body}</svg>'


def words(text: str) -> str:
    return f'<text x="5" y="10" text-anchor="start" font-weight="normal" fill="#1d2329">{text}</text>'


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_it_has_each_shape_and_each_word(workflow: Workflow[Any], lang: Language) -> None:
    drawn = svg(workflow, lang)
    shapes = list(fromstring(drawn))  # noqa: S314 - ours

    made = tikz(drawn)

    counted = {
        tag: sum(shape.tag.endswith(f"}}{tag}") for shape in shapes)
        for tag in ("rect", "line", "circle", "path", "text")
    }
    assert made.count("rectangle") == counted["rect"]
    assert len(re.findall(r"\) -- \([^)]*\);", made)) == counted["line"]
    assert made.count("-- cycle;") == counted["path"]
    assert made.count("circle[radius") == counted["circle"]
    assert made.count(r"\node[") == counted["text"]
    assert [shape.text for shape in shapes if shape.tag.endswith("}text") and str(shape.text) not in made] == []


def test_what_tex_reads_as_its_own_is_a_letter() -> None:
    made = tikz(drawing(words("50 % of {x} &amp; $y_1$ #2 ~ ^ \\input")))

    assert r"50 \% of \{x\} \& \$y\_1\$ \#2 \textasciitilde{} \textasciicircum{} \textbackslash{}input" in made


def test_it_is_as_wide_as_the_line_or_as_high_as_the_page() -> None:
    assert r"\resizebox{\linewidth}{!}" in tikz(drawing("", "400 300"))
    assert r"\resizebox{!}{0.75\textheight}" in tikz(drawing("", "300 600"))


def test_what_it_cannot_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="<ellipse>"):
        tikz(drawing('<ellipse cx="1" cy="2" rx="3" ry="4"/>'))
