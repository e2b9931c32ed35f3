"""``govopen plugins new``."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from govopen.cli.base import argument, command, one_of, option
from govopen.cli.output import note
from govopen.cli.parameters import FILE
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.plugins.origin import DISABLE_VARIABLE
from govopen.plugins.registry import Registry
from govopen.plugins.scaffold.kinds import CALENDAR_CODE, KINDS, Kind
from govopen.plugins.scaffold.naming import names_of, prefix_of
from govopen.plugins.scaffold.writing import plugin_files, write_plugin
from govopen.texts import N_

__all__ = ["new_plugin"]


@command("new", about=N_("Write a new plugin of one kind, with its tests, to begin with."))
@argument("name", about=N_("Of the distribution, in lower case and with hyphens: street-rules."))
@option("--kind", "kind_name", type=one_of(*KINDS), required=True, about=N_("What the plugin brings."))
@option("--dir", "folder", type=FILE, default=".", metavar="DIR", about=N_("In which folder to put it. Default: here."))
@option(
    "--prefix",
    metavar="LETTERS",
    about=N_("What the codes of its rules begin with; for rules only. Default: letters of the name."),
)
@click.pass_context
def new_plugin(ctx: click.Context, /, *, name: str, kind_name: str, folder: Path, prefix: str | None) -> None:
    """Write the distribution, and say what to do next."""
    words, kind, names = session_of(ctx).words, KINDS[kind_name], names_of(name)
    # A plugin that fails does not stand in the way of whoever writes the one that takes its place.
    registry = Registry.load(strict=False)
    if names.entry in _taken(registry, kind):
        raise InputError(
            N_("Another {kind} is called '{name}' already."),
            hint=N_("Put the name of your unit in front: street-{name}."),
            kind=kind.name,
            name=names.entry,
        )
    if kind.name == "calendar" and CALENDAR_CODE in registry.calendars:
        raise InputError(
            N_("Another plugin brings the calendar for {code}, which a new one begins with."),
            hint=N_("Leave that one out by {variable} until yours has a code of its own."),
            code=CALENDAR_CODE,
            variable=DISABLE_VARIABLE,
        )
    if prefix is not None and not kind.has_rules:
        raise InputError(
            N_("A plugin of kind {kind} has no rules, so --prefix says nothing."),
            hint=N_("Leave it out, or write: --kind rule."),
            kind=kind.name,
        )
    letters = prefix_of(names, prefix, _prefixes(registry)) if kind.has_rules else ""
    made = folder / names.distribution
    files = plugin_files(kind, names, letters)
    write_plugin(files, made)
    for path in files:
        note(words.say("Made {file}.", file=str(made / path)))
    note(words.say("Next: python -m pip install --editable {folder}, then govopen plugins list", folder=str(made)))


def _taken(registry: Registry, kind: Kind) -> Collection[str]:
    """The names that what a plugin of the kind brings is called by, and that are taken."""
    return {
        "store": registry.stores,
        "publisher": registry.publishers,
        "channel": registry.channels,
        "exporter": registry.exporters,
        "listener": registry.listeners,
        "screener": [screener.name for screener in registry.screeners],
    }.get(kind.name, ())


def _prefixes(registry: Registry) -> set[str]:
    # GOV is the prefix of notices about a check itself.
    return {"GOV"} | {prefix for plugin in registry.plugins for prefix in plugin.prefixes}
