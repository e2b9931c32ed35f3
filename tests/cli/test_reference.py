"""``docs/reference/cli.md`` names every command, option and exit status that there is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from govopen.checking.algebra import Status
from govopen.cli import failures
from govopen.cli.base import Group
from govopen.cli.main import program

TEXT = (Path(__file__).parents[2] / "docs/reference/cli.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


def commands() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    context = click.Context(program)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        if isinstance(command, Group):
            inner = {each: command.get_command(context, each) for each in command.list_commands(context)}
            found |= {f"{name} {each}": value for each, value in inner.items() if value is not None}
        else:
            found[name] = command
    return found


@pytest.mark.parametrize("name", commands())
def test_a_command_is_documented_with_all_its_options(name: str) -> None:
    params = commands()[name].get_params(click.Context(program))
    options = {names for param in params for names in param.opts if names.startswith("-")}
    common = {"--lang", "--debug", "--help"}

    assert f"$ govopen {name}" in SECTIONS[name]
    assert {option for option in options - common if not re.search(rf"{option}\b", SECTIONS[name])} == set()
    assert f"(#{name.replace(' ', '-')})" in TEXT


def test_no_section_describes_a_command_that_is_not_there() -> None:
    assert set(SECTIONS) == {"Exit status", "Environment", *commands()}


def test_every_exit_status_and_every_status_of_an_obligation_is_named() -> None:
    documented = {int(status) for status in re.findall(r"^\| (\d+) \|", SECTIONS["Exit status"], re.MULTILINE)}

    assert documented == {getattr(failures, name) for name in failures.__all__ if name != "report"}
    assert {status.value for status in Status if f"`{status.value}`" not in SECTIONS["check"]} == set()
