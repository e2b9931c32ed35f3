"""``govopen plugins``."""

from __future__ import annotations

import json
from typing import Any

import click

from govopen.cli.base import Entry, Group, command, one_of, option
from govopen.cli.failures import OK, PLUGIN_FAILED
from govopen.cli.output import console, emit
from govopen.cli.session import session_of
from govopen.cli.words import Words
from govopen.plugins.info import PluginInfo
from govopen.plugins.registry import Registry
from govopen.texts import N_

__all__ = ["list_plugins", "plugins"]

_LIST = N_("List what is built in and the plugins installed, with what they bring and why one is not used.")

plugins = Group(
    name="plugins",
    help=N_("Show the plugins."),
    entries={"list": Entry("govopen.cli.commands.plugins:list_plugins", _LIST)},
)


@command("list", about=_LIST)
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@click.pass_context
def list_plugins(ctx: click.Context, /, *, form: str) -> int:
    """List the plugins; the status says whether one failed."""
    words = session_of(ctx).words
    found = Registry.load(strict=False).plugins
    if form == "json":
        emit(json.dumps([_document(entry, words) for entry in found], ensure_ascii=False, indent=1) + "\n", None)
    else:
        out = console()
        for entry in found:
            for line in _lines(entry, words):
                out.print(line)
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
        "failure": "\n".join(words.error(entry.failure)) if entry.failure is not None else None,
    }


def _lines(entry: PluginInfo, words: Words) -> list[str]:
    lines = [f"{entry.name} ({entry.distribution} {entry.version}): {words.label(entry.status)}"]
    if entry.hooks:
        lines.append("  " + words.say("Hooks: {hooks}", hooks=entry.hooks))
    if entry.rules:
        lines.append("  " + words.say("Rules: {count} ({prefixes})", count=entry.rules, prefixes=entry.prefixes))
    if entry.failure is not None:
        lines += (f"  {line}" for line in words.error(entry.failure))
    return lines
