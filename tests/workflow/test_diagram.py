"""Diagrams say what the tables say, in either language, and nothing in them lies on top of anything else."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from typing import Any

import attrs
import pytest

from govopen.texts import LANGUAGES, Language, Text
from govopen.workflow.catalogue import WORKFLOWS
from govopen.workflow.diagram import conditions, svg, table
from govopen.workflow.table import Workflow

SVG = "{http://www.w3.org/2000/svg}"
WIDEST = 13

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def drawn(workflow: Workflow[Any], lang: Language) -> ET.Element:
    return ET.fromstring(svg(workflow, lang))  # noqa: S314 - our own


def boxes(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each text, at an em a character, or half of it if ASCII."""
    found = []
    for text in root.iter(f"{SVG}text"):
        words = text.text or ""
        width = sum(WIDEST if ord(char) > 255 else WIDEST * 0.55 for char in words)
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        left = x - width / 2 if text.attrib["text-anchor"] == "middle" else x
        found.append((left, y - WIDEST * 0.8, left + width, y + WIDEST * 0.2))
    return found


@each_workflow
@each_language
class TestDiagrams:
    def test_every_state_step_and_role_is_there(self, workflow: Workflow[Any], lang: Language) -> None:
        said = "".join(text.text or "" for text in drawn(workflow, lang).iter(f"{SVG}text")).replace(" ", "")
        for state in workflow.states:
            assert state.text.get(lang).replace(" ", "") in said
        for entry in workflow.transitions:
            assert entry.title.get(lang).replace(" ", "") in said
            for role in entry.roles:
                assert role.text.get(lang).replace(" ", "") in said

    def test_each_step_has_a_dot_per_source_and_points_at_its_target(
        self, workflow: Workflow[Any], lang: Language
    ) -> None:
        root = drawn(workflow, lang)
        dots = [dot for dot in root.iter(f"{SVG}circle") if dot.attrib["r"] == "4"]
        rings = [dot for dot in root.iter(f"{SVG}circle") if dot.attrib["r"] == "9"]
        tips = list(root.iter(f"{SVG}path"))
        entries = workflow.transitions
        order = list(workflow.states)
        stays = [entry for entry in entries for source in entry.sources if entry.target in {None, source}]
        sides = sum(
            len({order.index(source) < order.index(entry.target) for source in entry.sources if source != entry.target})
            for entry in entries
            if entry.target is not None
        )
        assert len(dots) == sum(len(entry.sources) for entry in entries)
        assert len(rings) == len(stays)
        assert len(tips) == sides + sum(not entry.sources for entry in entries)

    def test_no_words_lie_on_others_or_outside(self, workflow: Workflow[Any], lang: Language) -> None:
        root = drawn(workflow, lang)
        width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
        found = boxes(root)
        assert all(left >= 0 and right <= width and top >= 0 and bottom <= height for left, top, right, bottom in found)
        for one, other in itertools.combinations(found, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)

    def test_no_arrow_runs_through_the_words_beside_it(self, workflow: Workflow[Any], lang: Language) -> None:
        root = drawn(workflow, lang)
        beside = max(box[2] for box, text in zip(boxes(root), root.iter(f"{SVG}text"), strict=True) if _label(text))
        marks = [float(dot.attrib["cx"]) - float(dot.attrib["r"]) for dot in root.iter(f"{SVG}circle")]
        assert min(marks) >= beside

    def test_it_needs_nothing_from_elsewhere(self, workflow: Workflow[Any], lang: Language) -> None:
        text = svg(workflow, lang)
        assert not re.search(r"href|url\(|@import|<script|<style|<image", text)
        assert [found for found in re.findall(r"https?://[^\"]*", text) if found != "http://www.w3.org/2000/svg"] == []

    def test_it_has_a_name_for_those_who_cannot_see_it(self, workflow: Workflow[Any], lang: Language) -> None:
        root = drawn(workflow, lang)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == root.findtext(f"{SVG}title") == workflow.title.get(lang)

    def test_the_table_has_a_row_per_step(self, workflow: Workflow[Any], lang: Language) -> None:
        heading, *rows = table(workflow, lang)
        assert [len(row) for row in rows] == [len(heading)] * len(workflow.transitions)
        for entry, row in zip(workflow.transitions, rows, strict=True):
            assert f"`{workflow.name}.{entry.name}`" in row[0]
            assert all(f"`{citation}`" in row[5] for citation in entry.citations)
            assert row[4] == ", ".join(f"`{guard.name}`" for guard in entry.guards)
            assert "|" not in "".join(row)
            assert "" not in (row[1], row[2], row[3], row[5])

    def test_every_condition_is_explained_once(self, workflow: Workflow[Any], lang: Language) -> None:
        _, *rows = conditions(workflow, lang)
        guards = {guard.name: guard for entry in workflow.transitions for guard in entry.guards}
        assert [row[0] for row in rows] == [f"`{name}`" for name in sorted(guards)]
        for row, guard in zip(rows, (guards[name] for name in sorted(guards)), strict=True):
            assert row[1] == guard.title.get(lang)
            assert all(f"`{citation}`" in row[2] for citation in guard.citations)
            assert row[2]

    def test_a_name_stands_for_one_condition(self, workflow: Workflow[Any], lang: Language) -> None:
        asked = [(guard.name, guard.title) for entry in workflow.transitions for guard in entry.guards]
        assert len(set(asked)) == len({name for name, _ in asked})


def _label(text: ET.Element) -> bool:
    return text.attrib["text-anchor"] == "start"


def test_words_of_a_table_are_no_markup() -> None:
    workflow = attrs.evolve(WORKFLOWS[0], title=Text("<script>&", '<script>&"'))
    root = drawn(workflow, "en")
    assert root.findtext(f"{SVG}title") == '<script>&"'
    assert not list(root.iter(f"{SVG}script"))


def test_what_is_our_own_says_so() -> None:
    (_, first, *_) = table(WORKFLOWS[0], "en")
    assert first[1:] == ("(new)", "draft", "drafter", "", "our own setting")
