"""Whether rules cite law that is there, and read records that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from govopen.errors import PluginError, PolicyDataError
from govopen.model.base import Record, RecordType
from govopen.plugins.consistency import Fault
from govopen.plugins.contribution import Contribution
from govopen.plugins.origin import Origin
from govopen.policy.citation import Citation
from govopen.policy.library import Library
from govopen.rules.base import FoldRule, Reads, Rule
from govopen.texts import N_

__all__ = ["rule_faults"]

_ALL_OF_UNIT = "unit"
"""By what a rule reads that takes all records of the unit; it needs no index."""


def rule_faults(contributions: Iterable[Contribution], library: Library) -> Iterator[Fault]:
    """Rules that could not run, or whose findings would cite nothing."""
    contributions = tuple(contributions)
    types = {record_type.cls: record_type for contribution in contributions for record_type in contribution.types}
    readers: dict[tuple[str, type[Record], type[Record]], tuple[Reads, Rule]] = {}
    for contribution in contributions:
        for rule in contribution.rules:
            for error in (
                *_law_faults(contribution.origin, rule, library),
                *_record_faults(contribution.origin, rule, types),
                *_clashes(contribution.origin, rule, readers),
            ):
                yield contribution.origin, error


def _law_faults(origin: Origin, rule: Rule, library: Library) -> Iterator[PluginError]:
    for citation in rule.answers:
        if not (citation.obligation and library.exists(citation)):
            message = N_("Rule {rule} of plugin {plugin} answers {citation}, and no instrument has that obligation.")
            yield origin.refuse(message, rule=rule.code, citation=str(citation))
    cited = [*map(str, rule.basis), *(parameter.basis for parameter in rule.parameters if parameter.basis)]
    for text in cited:
        if not _is_there(text, library):
            message = N_("Rule {rule} of plugin {plugin} cites {citation}, and no instrument has that place.")
            yield origin.refuse(message, rule=rule.code, citation=text)
    for matter in rule.matters:
        if matter not in library.matters:
            message = N_("Rule {rule} of plugin {plugin} resolves the matter {matter}, which is not there.")
            yield origin.refuse(message, rule=rule.code, matter=matter)


def _is_there(text: str, library: Library) -> bool:
    try:
        return library.exists(Citation.parse(text))
    except PolicyDataError:
        return False


def _reads(rule: Rule) -> Iterator[tuple[str, type[Record], Reads]]:
    """What is read of which root. A fold reads of each record folded, and again of the one it finishes on."""
    if isinstance(rule, FoldRule):
        yield from (("record", rule.over, entry) for entry in rule.over_reads)
        yield from (("roster", rule.subject, entry) for entry in rule.reads)
    else:
        yield from (("record", rule.subject, entry) for entry in rule.reads)


def _record_faults(origin: Origin, rule: Rule, types: dict[type[Record], RecordType]) -> Iterator[PluginError]:
    roots = (rule.subject, rule.over) if isinstance(rule, FoldRule) else (rule.subject,)
    for cls in (*roots, *(entry.cls for _, _, entry in _reads(rule))):
        if cls not in types:
            message = N_("Rule {rule} of plugin {plugin} reads records of {cls}, and no record type is of that class.")
            yield origin.refuse(message, rule=rule.code, cls=cls.__qualname__)
    for _, root, entry in _reads(rule):
        if entry.equals and entry.equals not in attrs.fields_dict(root):
            yield origin.refuse(
                N_("Rule {rule} of plugin {plugin} reads {type} records by {field}, which {cls} does not have."),
                rule=rule.code,
                type=entry.cls.__qualname__,
                field=entry.equals,
                cls=root.__qualname__,
            )
        if entry.cls in types and entry.by not in (_ALL_OF_UNIT, *types[entry.cls].indexes):
            yield origin.refuse(
                N_("Rule {rule} of plugin {plugin} reads {type} records by {field}, which is no index of theirs."),
                hint=N_("Their indexes: {indexes}; 'unit' reads all records of the unit."),
                rule=rule.code,
                type=types[entry.cls].name,
                field=entry.by,
                indexes=", ".join(types[entry.cls].indexes) or "-",
            )


def _clashes(
    origin: Origin, rule: Rule, readers: dict[tuple[str, type[Record], type[Record]], tuple[Reads, Rule]]
) -> Iterator[PluginError]:
    """A check loads what rules read of a record once for all of them, so they have to read it by the same field."""
    for kind, root, entry in _reads(rule):
        known, first = readers.setdefault((kind, root, entry.cls), (entry, rule))
        if known != entry:
            yield origin.refuse(
                N_("Rule {rule} of plugin {plugin} reads {cls} of {root} by {field}; rule {first} reads them by {by}."),
                hint=N_("Read them by {by}."),
                rule=rule.code,
                cls=entry.cls.__qualname__,
                root=root.__qualname__,
                field=entry.way,
                first=first.code,
                by=known.way,
            )
