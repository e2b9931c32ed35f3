"""Who may do what next: the steps that a workflow has from a state, with those who hold the role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from govopen.model.actors import Actor, Role
from govopen.report.wording import Wording
from govopen.texts import Label, Text
from govopen.workflow.table import Workflow

__all__ = ["NextStep", "next_steps", "step_documents", "step_lines"]


@attrs.frozen(kw_only=True)
class NextStep:
    """A step that can be taken.

    Attributes:
        name: Of the transition.
        title: What is done.
        roles: Any of them is enough.
        actors: The accounts that hold one of them in the unit.
        command: What takes it on the command line; empty if nothing does.
    """

    name: str
    title: Text
    roles: tuple[Role, ...]
    actors: tuple[str, ...]
    command: str = ""


def next_steps(
    workflow: Workflow[Any],
    state: Label | None,
    unit: str,
    actors: Iterable[Actor],
    command: Callable[[str], str] = lambda _: "",
) -> tuple[NextStep, ...]:
    """What can be done from ``state``, as far as the table says; a guard may still object.

    Args:
        workflow: The table.
        state: Where the record stands; ``None``: there is none yet.
        unit: In which the roles are held.
        actors: Who might hold them.
        command: From the name of a transition to the command that takes it.
    """
    known = sorted(actors, key=lambda actor: actor.id)
    return tuple(
        NextStep(
            name=entry.name,
            title=entry.title,
            roles=entry.roles,
            actors=tuple(actor.id for actor in known if any(actor.may(role, unit) for role in entry.roles)),
            command=command(entry.name),
        )
        for entry in workflow.possible(state)
    )


def step_lines(steps: Iterable[NextStep], words: Wording) -> Iterator[str]:
    """The steps, one line each: what, by which role, by whom, with which command."""
    for step in steps:
        holders = step.actors or (words.say("nobody named in the workspace"),)
        line = words.say(
            "{step}: {roles} ({actors})", step=step.title, roles=_either(step.roles, words), actors=holders
        )
        yield f"{line}  {step.command}" if step.command else line


def _either(roles: Iterable[Role], words: Wording) -> str:
    return " / ".join(words.label(role) for role in roles)


def step_documents(steps: Iterable[NextStep]) -> list[Mapping[str, Any]]:
    """The steps as JSON has them."""
    return [
        {
            "step": step.name,
            "roles": [role.value for role in step.roles],
            "actors": list(step.actors),
            "command": step.command,
        }
        for step in steps
    ]
