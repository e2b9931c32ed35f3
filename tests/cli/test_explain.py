"""``govopen explain``."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import attrs
import pytest
from rich.console import Console

from govopen.cli.explaining import Page, print_rule
from govopen.cli.words import Words
from govopen.plugins.registry import Registry
from govopen.rules.base import Parameter
from govopen.texts import Text


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(entry_points=False)


def test_a_rule_is_explained_with_its_law_remedy_and_examples(run: Any, registry: Registry) -> None:
    rule = next(rule for rule in registry.rules if rule.code == "SEC002")
    ended = run("explain", "sec002")
    flat = " ".join(ended.out.split())

    assert (ended.status, ended.err) == (0, "")
    assert rule.title.en in flat
    assert rule.rationale.en in flat
    assert rule.remedy.en in flat
    assert "neither waived nor accepted in a baseline" in flat
    for citation in (*rule.answers, *rule.basis):
        assert str(citation) in flat
    for case in (*rule.valid, *rule.invalid):
        assert case.name.en in flat
    assert "(not verified)" in flat


def test_every_rule_citation_and_matter_can_be_explained_in_both_languages(run: Any, registry: Registry) -> None:
    names = [*(rule.code for rule in registry.rules[::6]), *registry.library.matters, *registry.library.instruments]
    for instrument in registry.library.instruments.values():
        names += [f"{instrument.id}:{clause.id}" for clause in instrument.clauses][::9]
        names += [str(citation) for citation, _, _ in instrument.obligations()][::20]

    for lang in ("en", "zh-Hans"):
        for name in names:
            ended = run("explain", name, "--lang", lang)
            assert (ended.status, ended.err) == (0, ""), name
            assert ended.out.startswith(name)


def test_a_clause_of_the_policy_needs_no_instrument(run: Any) -> None:
    assert run("explain", "1.3/o2").out == run("explain", "panyu-2011:1.3/o2").out


def test_an_obligation_names_our_reading_later_law_and_what_answers_it(run: Any) -> None:
    out = run("explain", "1.2/o6").out

    assert "Our reading:" in out
    assert "ogi-2019:55" in out
    assert "CAT006" in out
    assert "Nothing yet." in run("explain", "2.1/o1").out


def test_a_matter_gives_its_provisions_by_date(run: Any) -> None:
    out = run("explain", "ogi/reply-time").out

    assert out.index("2008-05-01 to 2019-05-14") < out.index("from 2019-05-15")
    assert "ogi-2007:24" in out
    assert "ogi-2019:33" in out
    assert "received_on" in out


def test_a_law_that_nobody_verified_is_said_to_be_so(run: Any, registry: Registry) -> None:
    unverified = next(
        f"{instrument.id}:{clause.id}"
        for instrument in registry.library.instruments.values()
        for clause in instrument.clauses
        if not clause.verified
    )

    assert "Nobody has verified this in a copy of the text." in run("explain", unverified).out


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SEC099", "Did you mean: SEC009"),
        ("1.33", "Did you mean: 1.3"),
        ("ogi-2019:333", "Did you mean: ogi-2019:33"),
        ("ogi/reply-tme", "Did you mean: ogi/reply-time"),
        ("panyu", "panyu-2011"),
        ("§", "listed by: govopen explain"),
        ("9.9", "listed by: govopen explain"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is_close(run: Any, name: str, meant: str) -> None:
    ended = run("explain", name)

    assert (ended.status, ended.out) == (2, "")
    assert meant in ended.err


def test_without_a_name_everything_that_can_be_explained_is_listed(run: Any, registry: Registry) -> None:
    ended = run("explain")
    first = [line.split()[0] for line in ended.out.splitlines() if line.strip()]

    assert (ended.status, ended.err) == (0, "")
    names = [*(rule.code for rule in registry.rules), *registry.library.instruments, *registry.library.matters]
    assert set(names) <= set(first)
    assert "    CAT001  职责涉及的各类信息都有条目  [panyu-2011:1.2/o1]" in run("explain", "--lang", "zh-Hans").out
    areas = {
        obligation.area for each in registry.library.instruments.values() for _, _, obligation in each.obligations()
    }
    assert {"catalog", "request"} <= areas & set(first)
    assert first.index("catalog") < first.index("CAT001") < first.index("request") < first.index("REQ001")


def test_a_workspace_shows_the_values_that_it_sets(run: Any, workspace: Path, registry: Registry) -> None:
    rule = next(rule for rule in registry.rules if rule.parameters and type(rule.parameters[0].default) is int)
    entry = rule.parameters[0]
    value = entry.default + (1 if entry.tightening == "higher" else -1)  # type: ignore[operator]
    with (workspace / "govopen.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[rules.{rule.code}.parameters]\n{entry.name} = {value}\n")

    assert f"{entry.name} = {value}" in run("explain", rule.code, "-w", workspace).out
    assert f"{entry.name} = {entry.default}" in run("explain", rule.code).out


def test_a_parameter_whose_title_is_its_unit_says_it_once(registry: Registry) -> None:
    parameter = Parameter(name="days", title=Text("工作日", "working days"), default=3, unit="working days")
    rule = attrs.evolve(registry.rules[0], parameters=(parameter,))
    out = io.StringIO()
    print_rule(rule, Page(Console(file=out, width=120), Words("en")), registry.library, registry.types, {})

    assert "days = 3 working days (our own setting, not the law's)" in out.getvalue()
