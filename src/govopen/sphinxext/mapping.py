"""From each system of an instrument to the code and tests for it, found in the code itself.

Nothing is listed by hand, so nothing can be forgotten or outlive what it names: rules and workflows say which law they
answer, and imports say who works with the records that the rules read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from govopen.checking.coverage import Answer, Coverage, coverage
from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Instrument
from govopen.rules.base import FoldRule, Rule
from govopen.sphinxext.backlinks import cited_by
from govopen.sphinxext.objects import Kind
from govopen.workflow.catalogue import WORKFLOWS
from govopen.workflow.table import Workflow

__all__ = ["System", "systems"]

_PUBLICATION = ("clearance", "intake", "publishing", "report", "office", "interchange")
"""Where records are cleared, taken in, shown and handed on."""

_WORKFLOW = "govopen.workflow."

_IMPORT = re.compile(r"^from (govopen\.model\.\w+) import (?:\(([^)]*)\)|([^\n]*))", re.MULTILINE)
_NAMED = re.compile(r"\b(?:[A-Z]{2,8}\d{3}\b|[a-z][a-z0-9-]*:\d+(?:\.\d+)*(?:/o\d+)?)")
"""A rule's code or a citation."""


@attrs.frozen(kw_only=True)
class System:
    """One system of an instrument: a clause with those below it, and what there is for it.

    Attributes:
        answers: How many of its obligations are answered how; without those that there are none of.
        rules: Codes of the rules that answer its obligations or apply it.
        rule_modules: Where these are.
        model_modules: Where the records are defined that they read.
        workflows: Names of the workflows of which a step or condition cites it.
        workflow_modules: Where these conditions are, and what else of the workflows cites it.
        publication_modules: Where such records are cleared, taken in, shown and handed on, or where it is cited there.
        tests: Test files that mirror the modules of its rules, workflows and records, or name a rule or place of it.
        names: What a document may refer to that is about it: kinds and names.
    """

    clause: Clause
    answers: Mapping[Answer, int]
    rules: tuple[str, ...]
    rule_modules: tuple[str, ...]
    model_modules: tuple[str, ...]
    workflows: tuple[str, ...]
    workflow_modules: tuple[str, ...]
    publication_modules: tuple[str, ...]
    tests: tuple[str, ...]
    names: frozenset[tuple[str, str]]

    @property
    def coded(self) -> bool:
        """Whether there is any code for it."""
        return bool(self.rules or self.workflows)


def systems(registry: Registry, instrument: Instrument, tests: Mapping[str, str] | None = None) -> tuple[System, ...]:
    """The systems of an instrument, in the order of its text.

    They are the clauses of the level on which its obligations begin: of a plan in parts, ``1.1`` to ``7.2``; of a law,
    its articles.

    Args:
        registry: The rules.
        instrument: Whose systems.
        tests: Paths of test files, with what they hold.
    """
    depth = min((clause.id.count(".") for clause in instrument.clauses if clause.obligations), default=0)
    covered = coverage(instrument, registry.rules)
    tested = {path: frozenset(_NAMED.findall(text)) for path, text in (tests or {}).items()}
    return tuple(
        _system(registry, instrument, clause, covered, tested)
        for clause in instrument.clauses
        if clause.id.count(".") == depth
    )


def _system(
    registry: Registry, instrument: Instrument, clause: Clause, covered: Coverage, tests: Mapping[str, frozenset[str]]
) -> System:
    def inside(citation: Citation) -> bool:
        return citation.instrument == instrument.id and citation.within(clause.id)

    rules = [rule for rule in registry.rules if any(map(inside, (*rule.answers, *rule.basis)))]
    flows = [workflow for workflow in WORKFLOWS if any(map(inside, cited_by(workflow)))]
    records = {cls for rule in rules for cls in _read_by(rule)}
    codes = frozenset(rule.code for rule in rules)
    places = frozenset(map(str, _places(instrument, clause)))
    citing = {module for module, source in _sources().items() if not places.isdisjoint(source.named)}
    rule_modules = _sorted(_module_of(rule) for rule in rules)
    model_modules = _sorted(cls.__module__ for cls in records)
    workflow_modules = _sorted(
        [
            *(module for workflow in flows for module in _guarding(workflow, inside)),
            *(module for module in citing if module.startswith(_WORKFLOW)),
        ]
    )
    mirrored = {_mirror(module) for module in (*rule_modules, *model_modules, *workflow_modules)}
    walked = tuple(f"workflow/test_{workflow.name}" for workflow in flows)
    return System(
        clause=clause,
        answers={answer: count for answer, count in covered.summary(clause.id).items() if count},
        rules=tuple(rule.code for rule in rules),
        rule_modules=rule_modules,
        model_modules=model_modules,
        workflows=tuple(workflow.name for workflow in flows),
        workflow_modules=workflow_modules,
        publication_modules=_sorted(
            [
                *_working_with(records - {Unit}),
                *(module for module in citing if not module.startswith(_WORKFLOW)),
            ]
        ),
        tests=_sorted(
            path
            for path, named in tests.items()
            if path in mirrored or path.startswith(walked) or not named.isdisjoint(codes | places)
        ),
        names=frozenset(
            [
                *((Kind.RULE.value, code) for code in codes),
                *((Kind.WORKFLOW.value, workflow.name) for workflow in flows),
                *((Kind.OBLIGATION.value if "/" in place else Kind.CLAUSE.value, place) for place in places),
            ]
        ),
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _places(instrument: Instrument, within: Clause) -> Iterator[Citation]:
    for clause in instrument.clauses:
        citation = Citation(instrument.id, clause.id)
        if citation.within(within.id):
            yield citation
            yield from (Citation(instrument.id, clause.id, each.id) for each in clause.obligations)


def _read_by(rule: Rule) -> Iterator[type[Record]]:
    yield rule.subject
    yield from (entry.cls for entry in rule.reads)
    if isinstance(rule, FoldRule):
        yield rule.over
        yield from (entry.cls for entry in rule.over_reads)


def _module_of(rule: Rule) -> str:
    check: Any = getattr(rule, "check", None)
    return str(getattr(check, "__module__", type(rule).__module__))


def _guarding(workflow: Workflow[Any], inside: Any) -> Iterator[str]:
    """Modules of the conditions of the steps concerned: those that cite the system, or stand at a step that does."""
    for transition in workflow.transitions:
        whole = any(inside(Citation.parse(text)) for text in transition.citations)
        for guard in transition.guards:
            if whole or any(inside(Citation.parse(text)) for text in guard.citations):
                yield guard.check.__module__


def _mirror(module: str) -> str:
    """The test file of a module of ours: of ``govopen.rules.website``, ``rules/test_website.py``."""
    *folders, name = module.split(".")[1:]
    return "/".join([*folders, f"test_{name}.py"])


def _working_with(records: Iterable[type[Record]]) -> Iterator[str]:
    wanted = {(cls.__module__, cls.__name__) for cls in records}
    for module, source in _sources().items():
        if not module.startswith(_WORKFLOW) and not wanted.isdisjoint(source.imported):
            yield module


@attrs.frozen
class _Source:
    """What a module imports of the model, and which rules and places of the law it names."""

    imported: frozenset[tuple[str, str]]
    named: frozenset[str]


@cache
def _sources() -> Mapping[str, _Source]:
    """The modules of workflows, and those where records go in and out."""
    root = Path(__file__).parents[1]
    found = {}
    for layer in ("workflow", *_PUBLICATION):
        for path in sorted((root / layer).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            text = path.read_text(encoding="utf-8")
            imported = frozenset(
                (origin, name.strip())
                for origin, wrapped, plain in _IMPORT.findall(text)
                for name in (wrapped or plain).split(",")
                if name.strip()
            )
            found[".".join(["govopen", *parts])] = _Source(imported, frozenset(_NAMED.findall(text)))
    return found
