"""Discretion tables as DMN files."""

from __future__ import annotations

import attrs

from govopen.discretion.compiling import compile_table
from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords
from govopen.errors import InputError, TableError
from govopen.interchange.tables.dmn_build import build
from govopen.interchange.tables.dmn_extension import make_extension
from govopen.interchange.tables.dmn_names import EXTENSION, MODEL
from govopen.interchange.tables.dmn_plain import plain_table
from govopen.interchange.tables.dmn_types import Found
from govopen.interchange.tables.dmn_xml import Element, write_xml
from govopen.model.discretion import DiscretionTable
from govopen.texts import N_

__all__ = ["write_dmn"]


def write_dmn(document: DiscretionTable, *, version: str = "1.5", words: IntervalWords = INTERVAL_WORDS) -> bytes:
    """The table as a DMN file; equal tables give equal bytes.

    A row becomes one rule, or several that share no case where its condition has alternatives over several inputs.
    What DMN has no place for stands in an extension, from which
    :func:`~govopen.interchange.tables.dmn_read.read_dmn` makes the same table again; engines pass it over. A decision
    table that needs none gets none, so that other editors may change it: read again, it decides equally, and only its
    conditions may be worded differently. The results of a table of penalties are
    the columns tier, outcome, further, mode and citation, all texts.

    Args:
        document: The table.
        version: Of DMN: 1.3, 1.4 or 1.5.
        words: Which interval words include their number, by the law of the table's date.

    Raises:
        TableError: The table does not compile, comes to too many rules, or has a row with two readings.
        InputError: There is no such version, or a text holds a character that XML cannot hold.
    """
    if version not in MODEL:
        raise InputError(
            N_("DMN {version} is not written."),
            hint=N_("Accepted: {accepted}."),
            version=version,
            accepted=", ".join(MODEL),
        )
    table = compile_table(document, words=words)
    if table.other is not None:
        raise TableError(
            N_("Rows {rows} say neither AND nor OR, and a rule of DMN has one meaning."),
            hint=N_("Write and, or (且, 或) instead of /."),
            rows=", ".join(map(str, table.ambiguous)),
        )
    namespace = MODEL[version]
    built = build(table, namespace)
    prefixes = {namespace: ""}
    plain = plain_table(built.definitions, built.decision, Found(document.id))
    if plain is None or _bare(plain.document) != _bare(document) or set(built.rules) != {1}:
        holder = Element("extensionElements", namespace, children=[make_extension(document, built.rules)])
        built.decision.children.insert(0, holder)
        prefixes[EXTENSION] = "govopen"
    return write_xml(built.definitions, prefixes)


def _bare(document: DiscretionTable) -> DiscretionTable:
    """The table without its conditions, which are written as they mean, and not as somebody wrote them."""
    return attrs.evolve(document, rows=tuple(attrs.evolve(row, when="-") for row in document.rows))
