"""What points at a place of the law: the other direction of what rules, matters, workflows and instruments say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self, TypeVar

import attrs

from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.workflow.catalogue import WORKFLOWS
from govopen.workflow.table import Workflow

__all__ = ["Backlinks", "cited_by"]

K = TypeVar("K")
V = TypeVar("V")


@attrs.frozen(kw_only=True, eq=False)
class Backlinks:
    """From citations and matters to what names them, each in a fixed order.

    Attributes:
        answering: From an obligation to the codes of the rules that answer it.
        resting: From a clause or obligation to the codes of the rules that apply it.
        asking: From a clause to the matters of which a provision is written there.
        resolving: From a matter to the codes of the rules that ask it.
        steps: From a clause or obligation to the workflows of which a step or condition cites it.
        overtaking: From a clause to the obligations that it overtook.
    """

    answering: Mapping[Citation, tuple[str, ...]]
    resting: Mapping[Citation, tuple[str, ...]]
    asking: Mapping[Citation, tuple[str, ...]]
    resolving: Mapping[str, tuple[str, ...]]
    steps: Mapping[Citation, tuple[str, ...]]
    overtaking: Mapping[Citation, tuple[Citation, ...]]

    @classmethod
    def of(cls, registry: Registry) -> Self:
        """Turn round what the registry's rules, matters and instruments say, and the workflows."""
        library, rules = registry.library, registry.rules
        return cls(
            answering=_turned((citation, rule.code) for rule in rules for citation in rule.answers),
            resting=_turned((citation, rule.code) for rule in rules for citation in rule.basis),
            asking=_turned(
                (citation, matter.id)
                for matter in library.matters.values()
                for provision in matter.provisions
                for citation in provision.basis
            ),
            resolving=_turned((name, rule.code) for rule in rules for name in rule.matters),
            steps=_turned((citation, each.name) for each in WORKFLOWS for citation in cited_by(each)),
            overtaking=_turned(
                (later.by, citation)
                for instrument in library.instruments.values()
                for citation, _, obligation in instrument.obligations()
                for later in obligation.overtaken
            ),
        )


def cited_by(workflow: Workflow[Any]) -> Iterator[Citation]:
    """The places of the law that the steps of a workflow cite, and their conditions."""
    for transition in workflow.transitions:
        for named in (transition.citations, *(guard.citations for guard in transition.guards)):
            yield from map(Citation.parse, named)


def _turned(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, dict[V, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}
