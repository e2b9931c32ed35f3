"""The map from the systems of an instrument to code, tests and documents."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.sphinxext.projects import Project, directive

from govopen.checking.coverage import Answer, coverage
from govopen.plugins.registry import Registry
from govopen.sphinxext.mapping import System, systems

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(entry_points=False)


@pytest.fixture(scope="module")
def tests() -> dict[str, str]:
    files = TESTS.rglob("test_*.py")
    return {path.relative_to(TESTS).as_posix(): path.read_text(encoding="utf-8") for path in files}


@pytest.fixture(scope="module")
def found(registry: Registry, tests: Mapping[str, str]) -> dict[str, System]:
    policy = registry.library.instrument("panyu-2011")
    return {system.clause.id: system for system in systems(registry, policy, tests)}


def test_the_policy_has_twenty_two_systems_and_all_its_obligations_are_in_them(
    registry: Registry, found: dict[str, System]
) -> None:
    covered = coverage(registry.library.instrument("panyu-2011"), registry.rules)

    assert len(found) == 22
    assert sum(sum(system.answers.values()) for system in found.values()) == len(covered.obligations)


def test_a_system_has_code_just_if_something_answers_it(found: dict[str, System]) -> None:
    for system in found.values():
        assert system.coded == (set(system.answers) != {Answer.UNMAPPED})
        assert bool(system.rule_modules) == bool(system.model_modules) == system.coded
        # A test may speak of what has no code yet.
        assert system.tests or not system.coded


def test_every_module_that_it_names_is_there(found: dict[str, System]) -> None:
    named = {
        module
        for system in found.values()
        for modules in (
            system.rule_modules,
            system.model_modules,
            system.workflow_modules,
            system.publication_modules,
        )
        for module in modules
    }

    assert len(named) > 30
    assert [module for module in sorted(named) if importlib.util.find_spec(module) is None] == []


def test_what_is_known_of_two_systems_is_found(found: dict[str, System]) -> None:
    review, requests = found["1.3"], found["1.5"]

    assert "govopen.model.classification" in review.model_modules
    assert "govopen.rules.classification" in review.rule_modules
    assert "govopen.workflow.review_guards" in review.workflow_modules
    assert "govopen.clearance.decide" in review.publication_modules
    assert {"rules/test_classification.py", "workflow/test_disclosure.py"} <= set(review.tests)
    assert requests.workflows == ("request",)
    assert "govopen.model.requests" in requests.model_modules
    assert "govopen.office.requesting" in requests.publication_modules
    assert {"rules/test_requests.py", "workflow/test_requests.py"} <= set(requests.tests)


def test_a_law_has_its_articles_for_systems(registry: Registry) -> None:
    law = registry.library.instrument("ogi-2019")

    found = [system.clause.id for system in systems(registry, law)]

    assert "33" in found
    assert all("." not in clause for clause in found)


def test_the_page_says_what_has_no_code_and_leads_to_the_documents_of_what_has(tmp_path: Path) -> None:
    (tmp_path / "suite").mkdir()
    (tmp_path / "suite" / "test_ours.py").write_text("# panyu-2011:1.4 and SEC002\n", encoding="utf-8")
    pages = {
        "map": "# Map\n\n" + directive("govopen-map", tests="suite"),
        "prose": "# How we sign\n\n{gov:obligation}`panyu-2011:1.3/o9`\n",
        "silent": "# Silent\n",
    }
    project = Project.make(tmp_path, pages, nitpick_ignore=[("gov:obligation", "panyu-2011:1.3/o9")])

    built = project.build("text")
    text = " ".join(built.text("map.txt").split())
    assert built.warnings == ""
    assert "panyu-2011 has 22 systems; there is code for" in text
    assert text.count("There is no code for it yet.") == int(text.partition("none yet for ")[2].split(".")[0])
    assert text.count("test_ours.py") == 2
    assert "Tests" in text
    assert text.count("How we sign") == 1

    project.write("silent", "# Not any more\n\n{gov:obligation}`panyu-2011:1.3/o9`\n")
    again = project.build("text")
    assert again.read == ("silent",)
    assert "map" in again.written
    assert "How we sign, Not any more" in again.text("map.txt")

    assert project.build("text").written == ()


def test_nothing_is_said_of_tests_where_nobody_named_them(tmp_path: Path) -> None:
    built = Project.make(tmp_path, {"map": "# Map\n\n" + directive("govopen-map", "ogi-2019")}).build("text")

    assert built.warnings == ""
    assert "ogi-2019 has" in built.text("map.txt")
    assert "Tests" not in built.text("map.txt")
