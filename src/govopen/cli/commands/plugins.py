"""``govopen plugins``."""

from __future__ import annotations

import json
import warnings
from typing import Any

import click
from rich.text import Text as Line

from govopen.cli.base import Entry, Group, command, one_of, option
from govopen.cli.failures import OK, PLUGIN_FAILED
from govopen.cli.output import console, emit
from govopen.cli.session import session_of
from govopen.cli.words import Words
from govopen.plugins.info import PluginInfo
from govopen.plugins.interface import GovopenDeprecationWarning
from govopen.plugins.registry import Registry
from govopen.report.wrapping import wrapped
from govopen.texts import N_

__all__ = ["list_plugins", "plugins"]

_LIST = N_("List what is built in and the plugins installed, with what they bring and why one is not used.")
_NEW = N_("Write a new plugin of one kind, with its tests, to begin with.")

plugins = Group(
    name="plugins",
    help=N_("Show the plugins, and begin new ones."),
    entries={
        "list": Entry("govopen.cli.commands.plugins:list_plugins", _LIST),
        "new": Entry("govopen.cli.commands.plugins_new:new_plugin", _NEW),
    },
)
"""The commands ``govopen plugins ...``."""


@command("list", about=_LIST)
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@click.pass_context
def list_plugins(ctx: click.Context, /, *, form: str) -> int:
    """List the plugins; the status says whether one failed."""
    words = session_of(ctx).words
    with warnings.catch_warnings():
        # They stand in the list; on stderr they would stand a second time.
        warnings.simplefilter("ignore", GovopenDeprecationWarning)
        found = Registry.load(strict=False).plugins
    if form == "json":
        emit(json.dumps([_document(entry, words) for entry in found], ensure_ascii=False, indent=1) + "\n", None)
    else:
        out = console()
        for entry in found:
            heading, *about = _lines(entry, words)
            out.print(heading)
            for line in about:
                first, *others = wrapped(Line(line), out.width - 4)
                out.print(f"  {first}")
                for piece in others:
                    out.print(f"    {piece}")
    return PLUGIN_FAILED if any(entry.failure is not None for entry in found) else OK


def _document(entry: PluginInfo, words: Words) -> dict[str, Any]:
    return {
        "name": entry.name,
        "distribution": entry.distribution,
        "version": entry.version,
        "status": entry.status.value,
        "hooks": list(entry.hooks),
        "rules": entry.rules,
        "prefixes": list(entry.prefixes),
        "interface": entry.interface,
        "warnings": [_warning(warning, words) for warning in entry.warnings],
        "failure": "\n".join(words.error(entry.failure)) if entry.failure is not None else None,
    }


def _warning(warning: GovopenDeprecationWarning, words: Words) -> str:
    return " ".join(words.say(text, **warning.facts) for text in (warning.message, warning.hint))


def _lines(entry: PluginInfo, words: Words) -> list[str]:
    """The plugin, and what is said about it."""
    lines = [f"{entry.name} ({entry.distribution} {entry.version}): {words.label(entry.status)}"]
    if entry.interface is not None:
        lines.append(words.say("Plugin interface: {version}", version=entry.interface))
    if entry.hooks:
        lines.append(words.say("Hooks: {hooks}", hooks=entry.hooks))
    if entry.rules:
        lines.append(words.say("Rules: {count} ({prefixes})", count=entry.rules, prefixes=entry.prefixes))
    lines += (words.say("Warning: {text}", text=_warning(warning, words)) for warning in entry.warnings)
    if entry.failure is not None:
        lines += words.error(entry.failure)
    return lines
