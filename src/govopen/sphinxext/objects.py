"""What documentation can refer to: kinds of things, the names a registry knows, and where a page describes them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import attrs

from govopen.plugins.hookdocs import describe_hooks
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.texts import Label, Text
from govopen.workflow.catalogue import WORKFLOWS

__all__ = ["Entry", "Kind", "Thing", "closest", "kind_of_citation", "known_names"]


class Kind(Label):
    """Of what kind a thing is; the value is the role that refers to it: ``gov:rule``."""

    INSTRUMENT = "instrument", "法律文件", "instrument"
    CLAUSE = "clause", "条款", "clause"
    OBLIGATION = "obligation", "义务", "obligation"
    MATTER = "matter", "法律事项", "matter of law"
    RULE = "rule", "规则", "rule"
    WORKFLOW = "workflow", "办理流程", "workflow"
    TABLE = "table", "裁量基准", "discretion table"
    RECORD = "record", "记录类型", "record type"
    HOOK = "hook", "钩子", "hook"


@attrs.frozen
class Thing:
    """Something that a page describes.

    Attributes:
        kind: Of what kind it is.
        name: As roles write it: ``SEC002``, ``panyu-2011:1.3/o2``, ``ogi/reply-time``.
        title: What it is called; shown where a pointer rests on a reference.
        indexed: Whether the general index lists it.
    """

    kind: Kind
    name: str
    title: Text
    indexed: bool = True


@attrs.frozen
class Entry:
    """Where a page describes a thing.

    Attributes:
        docname: The document.
        node_id: The anchor in it.
        title: What the thing is called.
    """

    docname: str
    node_id: str
    title: Text


def kind_of_citation(citation: Citation) -> Kind:
    """Whether a citation names an obligation or a clause."""
    return Kind.OBLIGATION if citation.obligation else Kind.CLAUSE


def known_names(registry: Registry) -> Mapping[Kind, frozenset[str]]:
    """The names that a registry knows, by kind; whether a page describes them is another question.

    Discretion tables are records, which no registry knows.
    """
    library = registry.library
    instruments = library.instruments.values()
    return {
        Kind.INSTRUMENT: frozenset(library.instruments),
        Kind.CLAUSE: frozenset(f"{each.id}:{clause.id}" for each in instruments for clause in each.clauses),
        Kind.OBLIGATION: frozenset(str(citation) for each in instruments for citation, _, _ in each.obligations()),
        Kind.MATTER: frozenset(library.matters),
        Kind.RULE: frozenset(rule.code for rule in registry.rules),
        Kind.WORKFLOW: frozenset(workflow.name for workflow in WORKFLOWS),
        Kind.TABLE: frozenset(),
        Kind.RECORD: frozenset(record_type.name for record_type in registry.types),
        Kind.HOOK: frozenset(hook.name for hook in describe_hooks()),
    }


def closest(name: str, names: frozenset[str]) -> str:
    """The one of ``names`` that was probably meant; empty if none is near. Small and capital letters are alike."""
    by_folded = {known.casefold(): known for known in sorted(names)}
    near = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.7)
    return by_folded[near[0]] if near else ""
