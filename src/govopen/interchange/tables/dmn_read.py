"""DMN 1.3 to 1.5 files as discretion tables."""

from __future__ import annotations

from collections.abc import Iterable

from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords
from govopen.errors import Problem, TableError
from govopen.interchange.tables.dmn_agree import check_agreement
from govopen.interchange.tables.dmn_extension import find_extension, read_extension
from govopen.interchange.tables.dmn_names import MODEL
from govopen.interchange.tables.dmn_plain import plain_table
from govopen.interchange.tables.dmn_types import Found
from govopen.interchange.tables.dmn_xml import Element, XmlLimits, read_xml
from govopen.model.discretion import DiscretionTable
from govopen.texts import N_

__all__ = ["read_dmn"]

_ABOUT = ("variable", "informationRequirement", "knowledgeRequirement", "authorityRequirement", "extensionElements")


def read_dmn(
    content: bytes,
    *,
    where: str,
    name: str | None = None,
    words: IntervalWords = INTERVAL_WORDS,
    limits: XmlLimits | None = None,
) -> DiscretionTable:
    """The discretion table that a DMN file holds.

    A file that govopen wrote gives back the table it was written from. Any other gives a decision table with outputs;
    what is no literal or test of the part of FEEL in :mod:`~govopen.interchange.tables.dmn_feel` is refused. Whether
    its conditions fit its inputs is for :func:`~govopen.discretion.compiling.compile_table`.

    Args:
        content: The file.
        where: Its name, for problems.
        name: Name or identifier of the decision, where the file has decision tables in several.
        words: Which interval words include their number, for conditions in govopen's extension.
        limits: Sizes that are refused.

    Raises:
        TableError: With every problem found: its line, the rule and column, and what is accepted.
        InputError: It is no XML that is read.
    """
    limits = limits or XmlLimits()
    definitions = read_xml(content, where=where, limits=limits)
    found = Found(where)
    decision = _decision(definitions, name, found) if _is_dmn(definitions, found) else None
    document = _document(definitions, decision, found, words) if decision is not None else None
    if document is None or found.problems:
        raise TableError(
            N_("The DMN file {file} cannot be read as a discretion table."),
            problems=_listed(found.problems, where, limits.problems),
            file=where,
        )
    return document


def _document(definitions: Element, decision: Element, found: Found, words: IntervalWords) -> DiscretionTable | None:
    extension = find_extension(decision, found)
    plain = plain_table(definitions, decision, found)
    if plain is None or extension is None:
        return plain.document if plain is not None else None
    document = read_extension(extension, found)
    if document is not None:
        check_agreement(document, plain, extension, found, words)
    return document


def _is_dmn(definitions: Element, found: Found) -> bool:
    if definitions.name != "definitions" or definitions.namespace not in MODEL.values():
        found.add(
            definitions,
            definitions.name[:80],
            N_("The root element is of the namespace {namespace}, which is not read."),
            N_("Accepted: definitions of {accepted}. Save the model as one of these versions."),
            namespace=definitions.namespace[:120] or "-",
            accepted=", ".join(f"DMN {version} ({namespace})" for version, namespace in MODEL.items()),
        )
        return False
    found.in_feel(definitions, "definitions")
    return True


def _decision(definitions: Element, name: str | None, found: Found) -> Element | None:
    """The decision that is asked for, or the only one with a decision table."""
    decisions = definitions.all("decision")
    tables = [decision for decision in decisions if decision.first("decisionTable") is not None]
    names = ", ".join(_named(decision) for decision in tables)
    if name is not None:
        named = [one for one in decisions if name in (one.attributes.get("id"), one.attributes.get("name"))]
        chosen = [decision for decision in named if decision in tables]
        if named and not chosen:
            found.add(
                named[0],
                f"decision {_named(named[0])}",
                N_("The decision is no decision table but: {kind}."),
                N_("Decisions with a table: {names}."),
                kind=_kind(named[0]),
                names=names or "-",
            )
            return None
    else:
        chosen = tables
    if len(chosen) == 1:
        return chosen[0]
    if not tables:
        message = N_("No decision of the file holds a decision table; there are: {others}.")
    elif not chosen:
        message = N_("The file has no decision {name}.")
    else:
        message = N_("The file has decision tables in several decisions.")
    found.add(
        definitions,
        "",
        message,
        N_("Name one of: {names}.") if tables else N_("Accepted: a decision whose logic is a decision table."),
        names=names,
        name=name,
        others=", ".join(f"{_named(decision)} ({_kind(decision)})" for decision in decisions) or "-",
    )
    return None


def _named(decision: Element) -> str:
    name, identifier = (decision.attributes.get(key, "")[:80] for key in ("name", "id"))
    return f"{name} [{identifier}]" if name and identifier else name or identifier


def _kind(decision: Element) -> str:
    """What its logic is, which comes last of all that a decision holds."""
    logic = [child.name for child in decision.children if child.name not in _ABOUT]
    return logic[-1] if logic else "-"


def _listed(problems: list[Problem], where: str, limit: int) -> Iterable[Problem]:
    yield from problems[:limit]
    if len(problems) > limit:
        message = N_("{count} further problems are not listed.")
        yield Problem(where=where, message=message, facts={"count": len(problems) - limit})
