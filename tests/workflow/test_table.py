"""Transition tables: what is wrong with one is found, and a refusal says why and what can be done instead."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.errors import InputError, RuleError, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.context import Context
from govopen.texts import Label, Text
from govopen.workflow.catalogue import WORKFLOWS, workflow_named
from govopen.workflow.table import Guard, Phrase, Refusal, Transition, Workflow, flaws, permit

LIBRARY = builtin_library()
CTX = Context(as_of=dt.date(2026, 3, 2), library=LIBRARY, calendar=china_calendar())
UNIT = samples.UNIT
OURS = Text("设定", "ours")
CLERK = Actor(id="u-1", roles={"bureau": frozenset({Role.PUBLISHER})})

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)


class Light(Label):
    RED = "red", "红", "red"
    GREEN = "green", "绿", "green"
    OFF = "off", "灭", "off"


class Other(Label):
    BLUE = "blue", "蓝", "blue"


def step(name: str, *sources: Label, to: Label | None, **changes: Any) -> Transition[Unit]:
    whole: dict[str, Any] = {
        "name": name,
        "title": Text(f"步骤{name}", f"step {name}"),
        "sources": sources,
        "target": to,
        "roles": (Role.PUBLISHER,),
        "citations": ("panyu-2011:1.3",),
    }
    return Transition(**(whole | changes))


def no_more(record: Unit, ctx: Context, actor: Actor, args: Any) -> Refusal | None:
    if args["times"] < 3:
        return None
    return Refusal(reason=Text("{day}已{times}次。", "{times} times by {day}."), facts={"day": ctx.as_of, **args})


SWITCH = step(
    "switch",
    Light.RED,
    to=Light.GREEN,
    guards=(Guard(name="limit", title=Text("次数", "count"), check=no_more, citations=("ogi-2019:17",)),),
)
LIGHTS: Workflow[Unit] = Workflow(
    name="lights",
    title=Text("灯", "lights"),
    states=Light,
    initial=Light.RED,
    transitions=(
        step("make", to=Light.RED),
        SWITCH,
        step("back", Light.GREEN, to=Light.RED, roles=(Role.PUBLISHER, Role.PRINCIPAL)),
        step("fade", Light.RED, Light.GREEN, to=Light.OFF, roles=()),
    ),
)


def changed(**changes: Any) -> Workflow[Unit]:
    return attrs.evolve(LIGHTS, **changes)


def refused(state: Label | None, name: str, actor: Actor = CLERK, unit: str = "bureau", **arguments: Any) -> Any:
    with pytest.raises(TransitionRefused) as caught:
        permit(LIGHTS, UNIT, unit, state, name, actor, CTX, **arguments)
    return caught.value


class TestTables:
    @each_workflow
    def test_nothing_is_wrong_with_ours(self, workflow: Workflow[Any]) -> None:
        assert list(flaws(workflow)) == []

    @each_workflow
    def test_what_they_cite_is_there(self, workflow: Workflow[Any]) -> None:
        for entry in workflow.transitions:
            cited = [*entry.citations, *(place for guard in entry.guards for place in guard.citations)]
            assert [place for place in cited if not LIBRARY.exists(Citation.parse(place))] == []

    @each_workflow
    def test_they_speak_both_languages(self, workflow: Workflow[Any]) -> None:
        texts = [workflow.title, *(state.text for state in workflow.states)]
        for entry in workflow.transitions:
            texts += [entry.title, *(guard.title for guard in entry.guards)]
            texts += [text for text in (entry.ours, *(guard.ours for guard in entry.guards)) if text is not None]
        for text in texts:
            assert re.search(r"[\u4e00-\u9fff]", text.zh), text
            assert re.search(r"[A-Za-z]", text.en), text
            assert not re.search(r"[\u4e00-\u9fff]", text.en), text

    def test_they_are_found_by_name(self) -> None:
        names = [workflow.name for workflow in WORKFLOWS]
        assert names == ["disclosure", "secrecy", "request"]
        assert [workflow_named(name) for name in names] == list(WORKFLOWS)
        with pytest.raises(InputError, match="disclosure, secrecy, request"):
            workflow_named("lights")

    def test_a_sound_table_has_no_flaws(self) -> None:
        assert list(flaws(LIGHTS)) == []

    @pytest.mark.parametrize(
        ("transitions", "said"),
        [
            (LIGHTS.transitions[1:], "nothing brings a record about"),
            (LIGHTS.transitions[:3], "off: nobody gets there"),
            ((*LIGHTS.transitions, SWITCH), "switch: given twice"),
            ((*LIGHTS.transitions, step("jump", Other.BLUE, to=Light.RED)), "jump: unknown state blue"),
            ((*LIGHTS.transitions, step("jump", Light.RED, to=Other.BLUE)), "jump: unknown state blue"),
            ((*LIGHTS.transitions, step("appear", to=Light.GREEN)), "appear: a record does not start there"),
            ((*LIGHTS.transitions, step("stay", Light.RED, to=None, citations=())), "stay: stay neither cites nor"),
            (
                (
                    *LIGHTS.transitions,
                    step(
                        "stay",
                        Light.RED,
                        to=None,
                        guards=(Guard(name="why", title=OURS, check=no_more),),
                    ),
                ),
                "stay: why neither cites nor",
            ),
        ],
    )
    def test_a_flaw_is_found(self, transitions: tuple[Transition[Unit], ...], said: str) -> None:
        found = list(flaws(changed(transitions=transitions)))
        assert len(found) == 1
        assert found[0].startswith(said)

    def test_what_is_our_own_need_not_cite(self) -> None:
        mine = step("stay", Light.RED, to=None, citations=(), ours=OURS)
        assert list(flaws(changed(transitions=(*LIGHTS.transitions, mine)))) == []


class TestPermit:
    def test_what_is_permitted_comes_back(self) -> None:
        assert permit(LIGHTS, UNIT, "bureau", Light.RED, "switch", CLERK, CTX, times=2) is SWITCH
        assert permit(LIGHTS, UNIT, "bureau", None, "make", CLERK, CTX).target is Light.RED

    def test_an_argument_may_have_any_name(self) -> None:
        back = permit(LIGHTS, UNIT, "bureau", Light.GREEN, "back", CLERK, CTX, state=1, unit=2, record=3)
        assert back.target is Light.RED

    def test_the_wrong_state_is_refused_before_anything_else(self) -> None:
        error = refused(Light.GREEN, "switch", Actor(id="u-9"), times=9)
        assert error.facts["refused_by"] == "state"
        assert error.facts["state_code"] == "green"
        assert error.facts["possible"] == ("back:publisher", "back:principal")
        assert str(error) == (
            "The step “step switch” of bureau is refused: It can only be taken from one of these states: red. "
            "(panyu-2011:1.3) It stands at “green”. "
            "What can be done there, and by whom: step back (publishing clerk or principal leader)."
        )

    def test_the_wrong_role_is_refused_and_the_right_one_named(self) -> None:
        error = refused(Light.RED, "switch", Actor(id="u-9"), times=0)
        assert error.facts["refused_by"] == "role"
        assert "u-9 is not publishing clerk in bureau" in str(error)

    def test_a_role_in_another_unit_is_none_here(self) -> None:
        assert refused(Light.RED, "switch", unit="street", times=0).facts["refused_by"] == "role"

    def test_any_of_several_roles_is_enough(self) -> None:
        principal = Actor(id="u-2", roles={"bureau": frozenset({Role.PRINCIPAL})})
        assert permit(LIGHTS, UNIT, "bureau", Light.GREEN, "back", principal, CTX).name == "back"

    def test_a_guard_refuses_with_its_own_law_and_reason_in_both_languages(self) -> None:
        error = refused(Light.RED, "switch", times=3)
        assert error.facts["refused_by"] == "limit"
        assert error.facts["citations"] == ("ogi-2019:17",)
        assert error.facts["reason"] == Phrase("2026-03-02已3次。", "3 times by 2026-03-02.")
        assert error.facts["possible"] == ("switch:publisher",)

    def test_a_record_that_is_there_is_not_brought_about_again(self) -> None:
        error = refused(Light.RED, "make")
        assert (error.facts["refused_by"], error.facts["possible"]) == ("state", ("switch:publisher",))

    def test_before_there_is_a_record_only_its_beginning_is_possible(self) -> None:
        error = refused(None, "back")
        assert (error.facts["state_code"], error.facts["possible"]) == ("", ("make:publisher",))

    def test_nobody_takes_what_comes_with_time(self) -> None:
        assert refused(Light.RED, "fade").facts["refused_by"] == "state"

    def test_at_the_end_it_says_that_nothing_can_be_done(self) -> None:
        error = refused(Light.OFF, "switch", times=0)
        assert error.facts["possible"] == ()
        assert error.facts["instead"] == Phrase("没有可以进行的步骤。", "nothing can be done.")

    def test_an_unknown_step_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(RuleError, match="make, switch, back, fade"):
            permit(LIGHTS, UNIT, "bureau", Light.RED, "paint", CLERK, CTX)

    def test_a_refusal_crosses_processes(self) -> None:
        error = refused(Light.RED, "switch", times=3)
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        assert str(again) == str(error)
        assert again.facts == error.facts


def test_a_phrase_speaks_each_language_throughout() -> None:
    text = Text("{states}（{role}，{day}）", "{states} ({role}, {day})")
    facts = {"states": (Light.RED, Light.OFF), "role": Role.PRINCIPAL.text, "day": dt.date(2026, 3, 2)}
    assert Phrase.of(text, facts) == Phrase(
        "红、灭（单位主要负责人，2026-03-02）", "red, off (principal leader, 2026-03-02)"
    )
