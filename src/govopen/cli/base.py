"""Commands, groups and parameters that speak the user's language.

Help is written as msgids and translated when it is shown: only then is the language known. Click's own words
(``Usage``, ``Options`` …) are ours here, because click translates by the gettext domain of the whole process.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import attrs
import click

from govopen.cli.formatting import HelpContext
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.texts import LANGUAGES, N_

__all__ = ["Argument", "Command", "Entry", "Group", "argument", "command", "one_of", "option"]

# The help of the option that click adds by itself.
_HELP = N_("Show this message and exit.")


class OneOf(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            raise InputError(
                N_("'{value}' is not accepted for {option}."),
                hint=N_("Accepted: {accepted}."),
                value=str(value),
                option=name_of(param),
                accepted=", ".join(self.choices),
            )
        return str(value)


def name_of(param: click.Parameter | None) -> str:
    """What a user calls a parameter."""
    if isinstance(param, click.Option):
        return param.opts[-1]
    return param.human_readable_name if param is not None else "-"


def one_of(*words: str) -> OneOf:
    """The parameter type of a few words."""
    return OneOf(words)


def _common() -> list[click.Parameter]:
    return [
        click.Option(
            ["--lang"],
            type=one_of(*LANGUAGES),
            expose_value=False,
            help=N_("Language of what is printed. Default: that of the locale."),
        ),
        click.Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            help=N_("Show where in the code an error arose. The output may hold text of records."),
        ),
    ]


class Argument(click.Argument):
    """A positional argument with a help text, in every version of click."""

    def __init__(self, param_decls: tuple[str, ...], *, about: str = "", **attributes: Any) -> None:
        super().__init__(param_decls, **attributes)
        self.help = about


class _Speaking(click.Command):
    """What commands and groups have in common."""

    context_class = HelpContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _common()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = session_of(ctx).words
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=words.say("Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(session_of(ctx).words.say(inspect.cleandoc(self.help)))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """In :meth:`format_options`: click calls this from 8.5 on only."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = session_of(ctx).words.say
        params = self.get_params(ctx)
        arguments = [
            (param.make_metavar(ctx), say(param.help)) for param in params if isinstance(param, Argument) and param.help
        ]
        if arguments:
            with formatter.section(say("Arguments")):
                formatter.write_dl(arguments)
        options = [
            (record[0], say(param.help or ""))
            for param in params
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)) is not None
        ]
        with formatter.section(say("Options")):
            formatter.write_dl(options)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Click would refuse what is left over in English only.
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            # The parser does not always say whose usage is wrong.
            error.ctx = error.ctx or ctx
            raise
        if rest and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise InputError(
                N_("'{arguments}' is one argument too many."),
                hint=N_("What the command takes is shown by: {command} --help"),
                arguments=" ".join(rest),
                command=ctx.command_path,
            )
        return rest


class Command(_Speaking):
    """A command."""


@attrs.frozen
class Entry:
    """A command of a group, before its module is imported.

    Attributes:
        target: Where it is: ``module:name``.
        summary: What it does, in one line: a msgid.
    """

    target: str
    summary: str


class Group(_Speaking, click.Group):
    """A group whose commands are imported when one of them is asked for."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **kwargs: Any) -> None:
        super().__init__(*args, callback=_show_help, invoke_without_command=True, **kwargs)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.entries:
            return None
        module, _, name = self.entries[cmd_name].target.partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.entries and not ctx.resilient_parsing:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

            close = get_close_matches(args[0], self.entries, n=3)
            raise InputError(
                N_("There is no command '{name}'."),
                hint=N_("Did you mean: {names}?") if close else N_("There are: {names}."),
                name=args[0],
                names=", ".join(close or self.entries),
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = session_of(ctx).words.say
        with formatter.section(say("Commands")):
            formatter.write_dl([(name, say(entry.summary)) for name, entry in self.entries.items()])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


@click.pass_context
def _show_help(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def command(name: str, *, about: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of the function below, which returns the exit status, or ``None`` for 0."""
    return click.command(name, cls=Command, help=about)


def argument(name: str, *, about: str, **attributes: Any) -> Callable[[Any], Any]:
    """Give the command below an argument."""
    return click.argument(name, cls=Argument, about=about, **attributes)


def option(*names: str, about: str, **attributes: Any) -> Callable[[Any], Any]:
    """Give the command below an option."""
    return click.option(*names, help=about, **attributes)
