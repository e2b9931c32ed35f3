"""What holds of every built-in rule."""

from __future__ import annotations

import ast
import inspect
import re
import string
from pathlib import Path

import pytest

import govopen.rules
from govopen.checking.coverage import Answer, coverage
from govopen.model.units import Unit
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.instrument import Check
from govopen.rules.base import FoldRule, Rule, Severity
from govopen.rules.results import Outcome
from govopen.testing.compliant import ANSWERED
from govopen.testing.rules import assert_cases, run_case
from govopen.texts import Text

REGISTRY = Registry.load(entry_points=False)
RULES = REGISTRY.rules
PANYU = REGISTRY.library.instrument("panyu-2011")
MODULES = sorted(Path(govopen.rules.__file__).parent.rglob("*.py"))

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@each_rule
def test_it_passes_its_valid_cases_and_its_invalid_ones_break_just_what_it_answers(rule: Rule) -> None:
    assert_cases(rule, REGISTRY)


@each_rule
def test_its_texts_say_something_in_both_languages(rule: Rule) -> None:
    cases = [case.name for case in (*rule.valid, *rule.invalid)]
    titles = [parameter.title for parameter in rule.parameters]
    for text in (rule.title, rule.rationale, rule.remedy, *rule.messages.values(), *cases, *titles):
        assert re.search(r"[\u4e00-\u9fff]", text.zh), text
        assert re.search(r"[A-Za-z]", text.en), text
        assert not re.search(r"[\u4e00-\u9fff]", text.en), text
        assert text.zh == text.zh.strip()
        assert text.en == text.en.strip()


@each_rule
def test_chinese_sentences_end_and_are_punctuated_as_chinese(rule: Rule) -> None:
    for text in (rule.rationale, rule.remedy, *rule.messages.values()):
        assert text.zh[-1] in "。；", text.zh
        assert text.en[-1] in ".;", text.en
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text.zh), text.zh


@each_rule
def test_what_it_cites_and_resolves_is_there(rule: Rule) -> None:
    assert rule.basis
    for citation in (*rule.basis, *rule.answers):
        assert REGISTRY.library.exists(citation), citation
    for matter in rule.matters:
        assert matter in REGISTRY.library.matters
    for parameter in rule.parameters:
        assert not parameter.basis or REGISTRY.library.exists(Citation.parse(parameter.basis))


@each_rule
def test_its_law_holds_the_clause_that_it_answers(rule: Rule) -> None:
    assert {citation.of_clause for citation in rule.answers} <= set(rule.basis)


@each_rule
def test_every_message_of_its_cases_takes_just_the_facts_it_is_given(rule: Rule) -> None:
    for case in (*rule.valid, *rule.invalid):
        report = run_case(case, REGISTRY)
        for entry in (*report.findings, *report.notes):
            text = report.rules[entry.rule].messages[entry.message]
            assert _places(text.zh) == _places(text.en) <= set(entry.facts), entry


def test_codes_and_names_are_unique() -> None:
    for values in ([rule.code for rule in RULES], [rule.name for rule in RULES]):
        assert len(values) == len(set(values))


def test_rules_on_secrecy_and_clearance_are_protected_and_no_others() -> None:
    assert {rule.code for rule in RULES if rule.protected} == {rule.code for rule in RULES if rule.prefix == "SEC"}


def test_each_obligation_of_part_1_and_clause_2_3_is_answered_as_its_kind_asks_and_no_other_is_answered() -> None:
    static = coverage(PANYU, RULES)
    assert static.summary("1") == {
        Answer.RULES: 59,
        Answer.EVIDENCE: 9,
        Answer.JUDGEMENT: 3,
        Answer.DOWNGRADED: 0,
        Answer.UNMAPPED: 0,
    }
    assert static.summary() == {
        Answer.RULES: 65,
        Answer.EVIDENCE: 11,
        Answer.JUDGEMENT: 3,
        Answer.DOWNGRADED: 0,
        Answer.UNMAPPED: 110,
    }
    answered = {entry.citation for entry in static.obligations if entry.answer is not Answer.UNMAPPED}
    assert {citation for citation, _, _ in PANYU.obligations() if answered_clause(citation)} == answered


def test_evidence_and_judgement_answer_one_obligation_each_of_their_own_kind() -> None:
    for rule in RULES:
        if rule.kind is not Check.AUTO:
            (citation,) = rule.answers
            assert REGISTRY.library.obligation(citation).check is rule.kind
            assert rule.subject is Unit


def test_what_answers_nothing_only_advises_or_is_about_secrecy() -> None:
    for rule in RULES:
        assert rule.answers or rule.prefix == "SEC" or rule.severity is Severity.ADVICE


def answered_clause(citation: Citation) -> bool:
    return any(citation.within(clause) for clause in ANSWERED)


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


VERDICTS = {"Fail", "Undecidable", "NotApplicable", "Stale", "AwaitingEvidence", "AwaitingJudgement", "Passed"}


def _message_keys(path: Path) -> set[str]:
    """The keys that a module's calls of verdicts name outright."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in VERDICTS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def _functions(rule: Rule) -> set[Path]:
    made = [getattr(rule, "check", None)]
    if isinstance(rule, FoldRule):
        made += [rule.map, rule.check]
    return {Path(inspect.getsourcefile(function) or "") for function in made if function is not None}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_message_that_a_module_names_is_one_of_its_rules(path: Path) -> None:
    keys = _message_keys(path)
    of_module = [rule for rule in RULES if path in _functions(rule)]
    # What a module without rules says, the rules that call it have among their messages.
    rules = of_module or RULES
    known = {key for rule in rules for key in rule.messages}
    assert keys <= known


@each_rule
def test_no_message_of_its_own_is_one_that_the_engine_says(rule: Rule) -> None:
    assert not {"error", "not_computable"} & rule.messages.keys()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_outcomes_are_named_in_both_languages(outcome: Outcome) -> None:
    assert isinstance(outcome.text, Text)
    assert outcome.text.zh
    assert outcome.text.en
