"""``govopen explain``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click

from govopen.checking.settings import CheckSettings, parameters_of
from govopen.cli.base import argument, command
from govopen.cli.explaining import Page, print_rule, print_rules
from govopen.cli.explaining_law import print_citation, print_instrument, print_library, print_matter
from govopen.cli.law import registry_of
from govopen.cli.output import console
from govopen.cli.parameters import close_to, workspace_option
from govopen.cli.session import session_of
from govopen.errors import InputError, PolicyDataError
from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.library import Library
from govopen.texts import N_

__all__ = ["explain"]

_DEFAULT_INSTRUMENT = "panyu-2011"
_LOCAL = re.compile(r"\d+(\.\d+)*(/o\d+)?")


@command(
    "explain",
    about=N_(
        "Explain a rule (SEC002), a clause or an obligation (panyu-2011:1.3, 1.3/o2), a matter of law (ogi/reply-time) "
        "or an instrument (ogi-2019): what it says, why, on which law, and what answers it. Without a name: list "
        "the rules, instruments and matters."
    ),
)
@argument("name", metavar="NAME", required=False, about=N_("A rule's code, a citation, a matter or an instrument."))
@workspace_option(default=None, about=N_("A workspace, for instruments and parameters of its own."))
@click.pass_context
def explain(ctx: click.Context, /, *, name: str | None, workspace: Path | None) -> None:
    """Explain a rule or a place in the law."""
    registry = registry_of(workspace)
    page = Page(console(), session_of(ctx).words)
    if name is None:
        print_rules(registry.rules, page, registry.library)
        print_library(page, registry.library)
        return
    settings = Workspace.load(workspace).settings if workspace is not None else CheckSettings()
    found = _explanation(name, registry, settings)
    if found is None:
        close = close_to(name, _names(name, registry))
        raise InputError(
            N_("There is no rule, citation, matter or instrument '{name}'."),
            hint=N_("Did you mean: {names}?") if close else N_("What there is is listed by: govopen explain"),
            name=name,
            names=", ".join(close),
        )
    found(page)


def _explanation(name: str, registry: Registry, settings: CheckSettings) -> Callable[[Page], None] | None:
    library, rules = registry.library, {rule.code: rule for rule in registry.rules}
    if (rule := rules.get(name.upper())) is not None:
        values = parameters_of(rule, settings)
        return lambda page: print_rule(rule, page, library, registry.types, values)
    if name in library.matters:
        return lambda page: print_matter(library.matters[name], page, library, registry.rules)
    if name in library.instruments:
        return lambda page: print_instrument(library.instruments[name], page)
    citation = _citation(name, library)
    if citation is None:
        return None
    return lambda page: print_citation(citation, page, library, registry.rules)


def _citation(name: str, library: Library) -> Citation | None:
    text = f"{_DEFAULT_INSTRUMENT}:{name}" if _LOCAL.fullmatch(name) else name
    try:
        citation = Citation.parse(text)
    except PolicyDataError:
        return None
    return citation if library.exists(citation) else None


def _names(name: str, registry: Registry) -> list[str]:
    """What can be explained, as far as it looks like ``name``."""
    library = registry.library
    if ":" not in name and not _LOCAL.fullmatch(name):
        return [*(rule.code for rule in registry.rules), *library.matters, *library.instruments]
    prefix = "" if ":" in name else f"{_DEFAULT_INSTRUMENT}:"
    places = [f"{each.id}:{clause.id}" for each in library.instruments.values() for clause in each.clauses]
    places += [str(citation) for each in library.instruments.values() for citation, _, _ in each.obligations()]
    return [place.removeprefix(prefix) for place in places if place.startswith(prefix)]
