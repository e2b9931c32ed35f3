"""The program as a whole: help, languages, mistakes, exit statuses."""

from __future__ import annotations

from typing import Any

import click
import pytest

import govopen
from govopen.cli import failures
from govopen.cli.base import Group
from govopen.cli.main import COMMANDS, main, program
from govopen.cli.session import Session
from govopen.errors import InputError, PluginError, Problem, RuleError, StoreError
from govopen.texts import translate


def commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    context = click.Context(program)
    for name in program.list_commands(context):
        found.append((name,))
        command = program.get_command(context, name)
        if isinstance(command, Group):
            found += [(name, inner) for inner in command.list_commands(context)]
    return found


def test_the_version_is_that_of_the_package(run: Any) -> None:
    assert run("--version").out == f"govopen {govopen.__version__}\n"


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_has_help_in_both_languages(run: Any, command: tuple[str, ...]) -> None:
    english, chinese = run(*command, "--help"), run(*command, "--help", "--lang", "zh-Hans")

    assert english.status == chinese.status == 0
    assert english.out.startswith(f"Usage: govopen {' '.join(command)}".rstrip())
    assert chinese.out.startswith(f"用法：govopen {' '.join(command)}".rstrip())
    assert "Show this message and exit." in english.out
    assert "显示本帮助并退出。" in chinese.out


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_text_of_every_help_is_translated(command: tuple[str, ...]) -> None:
    found: click.Command = program
    context = click.Context(program)
    for name in command:
        assert isinstance(found, Group)
        inner = found.get_command(context, name)
        assert inner is not None
        found = inner
    texts = [found.help, *(getattr(param, "help", None) for param in found.get_params(context))]
    if isinstance(found, Group):
        texts += [entry.summary for entry in found.entries.values()]

    assert all(texts)
    assert [text for text in texts if text and translate(text, "zh-Hans") == text] == []


def test_the_list_of_commands_is_complete_and_every_command_is_where_it_says() -> None:
    context = click.Context(program)

    records = {"init", "template", "import", "item", "publish", "reconcile", "export", "request", "notify", "due"}
    keeping = {"journal", "backup", "restore", "migrate"}

    assert records | keeping | {"check", "coverage", "explain", "schema", "plugins", "table", "demo"} == set(COMMANDS)
    assert {name: program.get_command(context, name).name for name in COMMANDS} == {name: name for name in COMMANDS}


@pytest.mark.parametrize("args", [("--lang", "zh-Hans", "plugins"), ("plugins", "--lang=zh-Hans"), ("plugins",)])
def test_the_language_is_an_option_of_program_and_command_and_else_that_of_the_locale(
    run: Any,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
) -> None:
    if "--lang" not in " ".join(args):
        monkeypatch.setenv("LC_ALL", "zh_CN.GB18030")

    assert "查看插件" in run(*args).out


def test_what_stands_behind_two_dashes_is_no_option() -> None:
    assert Session.of(["explain", "--", "--lang", "zh-Hans"]).lang == "en"


def test_without_a_command_the_program_says_what_there_is(run: Any) -> None:
    ended = run()

    assert ended.status == 0
    assert all(f"\n  {name}" in ended.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("args", "english", "chinese"),
    [
        (("chek",), "There is no command 'chek'.\nDid you mean: check", "没有命令“chek”。\n是否想写：check"),
        (("zzz",), "There is no command 'zzz'.\nThere are: init,", "没有命令“zzz”。\n可用：init,"),
        (
            ("check", "--units"),
            "There is no option --units. Did you mean: --unit?",
            "没有选项 --units。是否想写：--unit",
        ),
        (("check", "--zzz"), "There is no option --zzz.", "没有选项 --zzz。"),
        (("check", "-z"), "There is no option -z.", "没有选项 -z。"),
        (("check", "--unit"), "The option --unit needs a value.", "选项 --unit 需要一个值。"),
        (("check", "--details=1"), "The option --details takes no value.", "选项 --details 不带值。"),
        (("init",), "DIR is missing.", "缺少 DIR。"),
        (("init", "a", "b", "c"), "'b c' is one argument too many.", "“b c”是多余的参数。"),
        (
            ("check", "--format", "pdf"),
            "Accepted: text, json, html, sarif, junit.",
            "可接受：text, json, html, sarif, junit。",
        ),
        (("--lang", "fr"), "'fr' is not accepted for --lang.", "--lang 不接受“fr”。"),
    ],
)
def test_a_mistake_on_the_command_line_is_answered_in_the_language(
    run: Any,
    args: tuple[str, ...],
    english: str,
    chinese: str,
) -> None:
    said, translated = run(*args), run("--lang", "zh-Hans", *args)

    assert (said.status, said.out) == (2, "")
    assert english in said.err
    if "--lang" not in args:
        assert (translated.status, translated.out) == (2, "")
        assert chinese in translated.err


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("No."), 2),
        (StoreError("No."), 2),
        (RuleError("No."), 2),
        (PluginError("No."), 3),
        (PermissionError(13, "Permission denied", "report.html"), 2),
        (KeyboardInterrupt(), 130),
        (KeyError("text of a record"), 70),
    ],
)
def test_whatever_ends_a_run_has_its_status_and_one_clear_answer(
    capsys: pytest.CaptureFixture[str], error: BaseException, status: int
) -> None:
    assert failures.report(error, Session.of([])) == status
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "text of a record" not in said
    assert said.strip()


def test_debugging_shows_where_an_error_arose(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        divmod(1, 0)

    assert failures.report(raised.value, Session.of(["--debug"])) == 70
    assert "test_main.py" in capsys.readouterr().err


def test_an_error_is_rendered_with_all_its_problems_and_the_hint_in_the_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problem = Problem(
        where="items.csv:2",
        path="id",
        message="This key is missing.",
        accepted="Accepted: {accepted}.",
        facts={"accepted": "x"},
    )
    error = InputError("{where} does not load.", hint="Known: {known}.", problems=[problem], where="a.toml", known="b")

    failures.report(error, Session.of(["--lang", "zh-Hans"]))

    assert capsys.readouterr().err == "错误：a.toml 无法载入。\n  items.csv:2: id: 缺少此键。可接受：x。\n已知：b。\n"


def test_the_entry_point_always_ends_the_process() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
