"""What must hold between the contributions of all plugins, and whose fault it is where it does not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

import attrs

from govopen.errors import PluginError, PolicyDataError
from govopen.model.base import Record, RecordType, terms
from govopen.plugins.contribution import Contribution
from govopen.plugins.origin import Origin
from govopen.policy.citation import Citation
from govopen.policy.library import Library
from govopen.rules.base import FoldRule, Reads, Rule
from govopen.texts import N_

__all__ = ["Fault", "name_faults", "policy_faults", "rule_faults", "type_faults"]

RESERVED_PREFIXES = ("GOV",)
"""Codes of notices about a check itself, which no rule has."""

Fault = tuple[Origin, PluginError]
"""The plugin that has to go, and why."""

_TAKEN = {
    "rule": N_("Two rules have the code {name}: one of plugin {first}, one of plugin {plugin}."),
    "prefix": N_("Rule codes that begin with {name} belong to plugin {first}; plugin {plugin} needs letters of its own."),
    "type": N_("Two record types are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "class": N_("Two record types are of class {name}: one of plugin {first}, one of plugin {plugin}."),
    "category": N_("Two sub-categories are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "store": N_("Two stores are for URLs that begin with {name}://: one of plugin {first}, one of plugin {plugin}."),
    "calendar": N_("Two calendars are for jurisdiction {name}: one of plugin {first}, one of plugin {plugin}."),
    "instrument": N_("Two instruments are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "matter": N_("Two matters are called {name}: one of plugin {first}, one of plugin {plugin}."),
}


def name_faults(contributions: Iterable[Contribution]) -> Iterator[Fault]:
    """Two things under one name. Whoever comes later is at fault; what is built in comes first."""
    owners: dict[tuple[str, Hashable], Origin] = {}
    for contribution in contributions:
        for kind, key, name in _names(contribution):
            first = owners.setdefault((kind, key), contribution.origin)
            ...
