"""From whatever ends a run to a message and an exit status."""

from __future__ import annotations

import os
import sys
import traceback

import click

from govopen.cli.base import name_of
from govopen.cli.session import Session
from govopen.cli.words import Words
from govopen.errors import GovopenError, PluginError
from govopen.texts import N_

__all__ = ["BAD_INPUT", "BROKEN_PIPE", "FAILED", "INTERRUPTED", "OK", "PLUGIN_FAILED", "PROGRAM_FAILED", "report"]

OK = 0
"""Exit status: nothing that ``--fail-on`` names."""
FAILED = 1
"""Something in ``--fail-on``."""
BAD_INPUT = 2
"""Exit status: bad usage or bad input."""
PLUGIN_FAILED = 3
"""Exit status: a plugin failed."""
PROGRAM_FAILED = 70
"""A mistake of the program itself (EX_SOFTWARE)."""
INTERRUPTED = 130
"""Exit status: interrupted from the keyboard."""
BROKEN_PIPE = 141
"""Who read the output went away: what a shell reports of any program ended by SIGPIPE."""


def report(error: BaseException, session: Session) -> int:
    """Say on stderr what ended the run; the exit status."""
    if isinstance(error, BrokenPipeError):
        # The interpreter flushes stdout when it ends, and would complain of the pipe once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    if session.debug and not isinstance(error, click.ClickException | click.Abort):
        traceback.print_exception(error)
    words = session.words
    match error:
        case click.exceptions.NoArgsIsHelpError():
            lines, status = [error.ctx.get_help()], BAD_INPUT
        case click.UsageError():
            lines, status = _usage(error, words), BAD_INPUT
        case click.ClickException():
            lines, status = [words.say("Error: {text}", text=error.format_message())], BAD_INPUT
        case click.Abort() | KeyboardInterrupt():
            lines, status = [words.say("Interrupted.")], INTERRUPTED
        case PluginError():
            lines, status = list(words.error(error)), PLUGIN_FAILED
        case GovopenError():
            lines, status = list(words.error(error)), BAD_INPUT
        case OSError():
            lines, status = [_of_system(error, words)], BAD_INPUT
        case _:
            lines, status = _unexpected(error, words, shown=session.debug), PROGRAM_FAILED
    click.echo("\n".join(lines), err=True)
    return status


def _usage(error: click.UsageError, words: Words) -> list[str]:
    message, facts = _said(error)
    lines = [words.say("Error: {text}", text=words.say(message, **facts))]
    if error.ctx is not None:
        lines.insert(0, error.ctx.get_usage())
        lines.append(words.say("What the command takes is shown by: {command} --help", command=error.ctx.command_path))
    return lines


def _said(error: click.UsageError) -> tuple[str, dict[str, object]]:
    """What click says in English only, in words of our own."""
    match error:
        case click.NoSuchOption(possibilities=[_, *_]):
            return N_("There is no option {name}. Did you mean: {names}?"), {
                "name": error.option_name,
                "names": ", ".join(error.possibilities or ()),
            }
        case click.NoSuchOption():
            return N_("There is no option {name}."), {"name": error.option_name}
        case click.BadOptionUsage():
            params = error.ctx.command.params if error.ctx is not None else []
            flag = any(error.option_name in param.opts and getattr(param, "is_flag", False) for param in params)
            message = N_("The option {name} takes no value.") if flag else N_("The option {name} needs a value.")
            return message, {"name": error.option_name}
        case click.MissingParameter():
            return N_("{name} is missing."), {"name": name_of(error.param)}
    return "{text}", {"text": error.format_message()}


def _of_system(error: OSError, words: Words) -> str:
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return words.say("Error: {text}", text=reason)
    return words.say(
        "Error: {text}",
        text=words.say("{file} cannot be read or written: {reason}", file=str(error.filename), reason=reason),
    )


def _unexpected(error: BaseException, words: Words, *, shown: bool) -> list[str]:
    # The exception's own text may hold that of a record.
    lines = [words.say("Error: govopen itself failed: {name}.", name=type(error).__name__)]
    if not shown:
        lines.append(words.say("This is a mistake of the program. The option --debug shows where it arose."))
    return lines
