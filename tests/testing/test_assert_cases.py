"""``assert_cases`` refuses a rule that goes wrong: it would be taken for one that objects."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from govopen.checking.algebra import Status
from govopen.errors import RuleError
from govopen.model.assurance import Probe
from govopen.model.catalog import InformationItem
from govopen.plugins.hookspecs import hookimpl
from govopen.plugins.registry import Registry
from govopen.rules import samples
from govopen.rules.base import Case, Rule, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result
from govopen.testing.rules import assert_cases, run_case
from govopen.texts import Text

GOOD, BAD = samples.item(), samples.item(index_number="X")


def made(check: Callable[..., Result], **about: Any) -> tuple[Rule, Registry]:
    own: Rule = rule(
        **{
            "code": "TST001",
            "name": "tried",
            "title": Text("试", "tried"),
            "subject": InformationItem,
            "severity": Severity.ADVICE,
            "rationale": Text("因", "why"),
            "remedy": Text("改", "what to do"),
            "messages": {"bad": Text("共{n}", "{n} bad")},
            "valid": (Case(Text("好", "good"), (GOOD,), samples.YEAR_END),),
            "invalid": (Case(Text("坏", "bad one"), (BAD,), samples.YEAR_END),),
            **about,
        }
    )(check)
    plugin = ModuleType("tried")
    plugin.govopen_rules = hookimpl(lambda: [own])  # type: ignore[attr-defined]
    plugin.govopen_rules.__name__ = "govopen_rules"
    return own, Registry.load(plugins=[plugin], entry_points=False)


def tried(check: Callable[..., Result], **about: Any) -> None:
    assert_cases(*made(check, **about))


def on_bad(result: Callable[[Dossier[InformationItem], Context], Result]) -> Callable[..., Result]:
    return lambda dossier, ctx: result(dossier, ctx) if dossier.record.index_number == "X" else None


def test_a_rule_that_says_what_it_may_is_accepted() -> None:
    tried(on_bad(lambda dossier, ctx: Fail("bad", n=1)))


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (lambda dossier, ctx: Fail("badd", n=1), "says 'badd', which is none of its messages"),
        (lambda dossier, ctx: Fail("bad"), "message 'bad' lacks n"),
        (lambda dossier, ctx: Fail("bad", n=ctx.parameters["days"]), "the rule raised KeyError"),
        (lambda dossier, ctx: Fail("bad", n=len(dossier.related(Probe))), "the rule raised RuleError"),
    ],
)
def test_a_rule_that_goes_wrong_on_its_invalid_case_is_refused(result: Callable[..., Result], said: str) -> None:
    with pytest.raises(AssertionError, match=f"TST001, case 'bad one': {said}"):
        tried(on_bad(result))


def test_a_run_fails_where_a_rule_that_only_advises_went_wrong() -> None:
    def wrong(dossier: Dossier[InformationItem], ctx: Context) -> Result:
        raise KeyError("days")

    _, registry = made(on_bad(wrong))
    report = run_case(Case(Text("", ""), (BAD,), samples.YEAR_END), registry)
    only_errors = frozenset({Status.ERROR})

    assert report.failing(only_errors) == ()
    assert report.fails(only_errors)
    assert not report.fails(frozenset())
    assert not run_case(Case(Text("", ""), (GOOD,), samples.YEAR_END), registry).fails(only_errors)


def test_a_severity_that_is_a_text_is_refused_with_what_to_write() -> None:
    with pytest.raises(RuleError, match=r"severity that is none\. Write one of Severity: Severity\."):
        tried(on_bad(lambda dossier, ctx: Fail("bad", n=1)), severity="advice")
