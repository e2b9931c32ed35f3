"""Directives that write the documents of a unit from its records.

.. code-block:: text

    ```{govopen-catalogue}
    :unit: finance
    ```

======================  ==============================================================
``govopen-guide``       how to find and to ask for the unit's information (公开指南)
``govopen-catalogue``   what the unit has published (公开目录)
``govopen-services``    what one can have done at the unit, and how (办事指南)
``govopen-discretion``  the unit's published discretion tables (裁量基准)
``govopen-rule-list``   rules in one table; or those whose codes or prefixes are named
``govopen-coverage``    by what each obligation is answered, and how a unit stands
======================  ==============================================================

Only what is cleared for the public can get into a page (:mod:`govopen.report.documents.source`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from govopen.checking.coverage import coverage
from govopen.errors import GovopenError, InputError
from govopen.plugins.registry import Registry
from govopen.report.documents.answering import Standing, coverage_part, rule_list
from govopen.report.documents.catalogue import catalogue, category_named
from govopen.report.documents.discretion import discretion
from govopen.report.documents.guide import OfficeFacts, guide
from govopen.report.documents.parts import Part
from govopen.report.documents.records import UnitRecords
from govopen.report.documents.services import services
from govopen.report.tables.wording import TableWords
from govopen.sphinxext.options import language, names, project_language, rendered
from govopen.sphinxext.placing import place
from govopen.sphinxext.registries import registry_of
from govopen.sphinxext.unit_nodes import NodeWriter, NoSectionsWithin
from govopen.sphinxext.unit_sources import note_law, reading, records_of, register_sources
from govopen.texts import N_

__all__ = ["setup_documents"]


class _Document(SphinxDirective):
    """Write parts where the directive stands."""

    has_content = False
    option_spec: ClassVar = {"lang": language}

    def run(self) -> list[nodes.Node]:
        lang = self.options.get("lang") or project_language(self.config)
        try:
            parts = list(self.parts(TableWords(lang)))
        except GovopenError as error:
            raise self.error(rendered(error, lang)) from error
        written = NodeWriter(self.state.document, lang).write(parts, "govopen")
        return place(self, written, lang, known="no-index" not in self.options)

    @abstractmethod
    def parts(self, words: TableWords) -> Iterator[Part]:
        """What is written."""


class _UnitDocument(_Document):
    """A document of one unit."""

    option_spec: ClassVar = {"lang": language, "unit": directives.unchanged_required}

    def parts(self, words: TableWords) -> Iterator[Part]:
        with reading(self.env) as source:
            records = records_of(self.env, source, self.options.get("unit", ""))
        yield self.of(records, words)

    @abstractmethod
    def of(self, records: UnitRecords, words: TableWords) -> Part:
        """The document."""


class GuidePage(_UnitDocument):
    """``govopen-guide``: how to find and to ask for the unit's information (公开指南)."""

    _FACTS = ("name", "address", "hours", "phone", "fax", "email")
    option_spec: ClassVar = _UnitDocument.option_spec | {f"office-{fact}": directives.unchanged for fact in _FACTS}

    def of(self, records: UnitRecords, words: TableWords) -> Part:
        given = {fact: self.options.get(f"office-{fact}", "") for fact in self._FACTS}
        return guide(records, words, OfficeFacts(**given))


def _arrangement(argument: str) -> str:
    return directives.choice(argument, ("category", "column"))


class CataloguePage(_UnitDocument):
    """``govopen-catalogue``: what the unit has published (公开目录)."""

    option_spec: ClassVar = _UnitDocument.option_spec | {"category": directives.unchanged_required, "by": _arrangement}

    def of(self, records: UnitRecords, words: TableWords) -> Part:
        wanted = [category_named(name) for name in self.options.get("category", "").split(",") if name.strip()]
        by_column = self.options.get("by") == "column"
        return catalogue(records, words, categories=wanted, by_column=by_column)


class ServicesPage(_UnitDocument):
    """``govopen-services``: what one can have done at the unit, and how (办事指南)."""

    def of(self, records: UnitRecords, words: TableWords) -> Part:
        return services(records, words)


class DiscretionPage(_UnitDocument):
    """``govopen-discretion``: the unit's published discretion tables (裁量基准)."""

    option_spec: ClassVar = _UnitDocument.option_spec | {
        "without-pictures": directives.flag,
        "no-index": directives.flag,
    }

    def of(self, records: UnitRecords, words: TableWords) -> Part:
        return discretion(records, words, pictures="without-pictures" not in self.options)


class RuleListPage(_Document):
    """``govopen-rule-list [CODES OR PREFIXES]``: the rules of the project, or of its workspace, in one table."""

    optional_arguments = 1
    final_argument_whitespace = True

    def parts(self, words: TableWords) -> Iterator[Part]:
        registry, _ = _law(self)
        wanted = names(self.arguments[0]) if self.arguments else ()
        for name in wanted:
            if not any(name in (rule.code, rule.prefix) for rule in registry.rules):
                raise InputError(
                    N_("No rule and no prefix of rules is called {name}."),
                    hint=N_("Known prefixes: {known}."),
                    name=name,
                    known=", ".join(sorted({rule.prefix for rule in registry.rules})),
                )
        chosen = [rule for rule in registry.rules if not wanted or {rule.code, rule.prefix} & set(wanted)]
        yield rule_list(chosen, registry.library, words)


class CoveragePage(_Document):
    """``govopen-coverage [INSTRUMENTS]``: by what each obligation is answered; with ``:unit:``, how the unit stands."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"lang": language, "unit": directives.unchanged}

    def parts(self, words: TableWords) -> Iterator[Part]:
        # Without a value it is the project's unit, as it is for the documents of a unit that name none.
        unit_id = self.options["unit"] or self.config.govopen_unit if "unit" in self.options else None
        registry, standing = _law(self, unit_id)
        bearing = [each.id for each in registry.library.instruments.values() if any(each.obligations())]
        for name in names(self.arguments[0]) if self.arguments else bearing:
            found = coverage(registry.library.instrument(name), registry.rules)
            yield coverage_part(found, words, standing=standing)


def _law(directive: SphinxDirective, unit_id: str | None = None) -> tuple[Registry, Standing | None]:
    """The law of the project's workspace, if it names one, and how a unit stands by it, if one is asked for.

    A blank ``unit_id`` is the only unit that the workspace has.
    """
    if unit_id is None and not directive.config.govopen_workspace:
        note_law(directive.env)
        return registry_of(directive.env), None
    with reading(directive.env) as source:
        if unit_id is None:
            return source.registry, None
        unit = source.named(unit_id)
        return source.registry, Standing(unit=unit, report=source.check(unit.id))


def setup_documents(app: Sphinx) -> None:
    """Register the directives and settings for the documents of units."""
    register_sources(app)
    app.add_transform(NoSectionsWithin)
    for name, directive in _DIRECTIVES.items():
        app.add_directive(name, directive)


_DIRECTIVES: Mapping[str, type[_Document]] = {
    "govopen-guide": GuidePage,
    "govopen-catalogue": CataloguePage,
    "govopen-services": ServicesPage,
    "govopen-discretion": DiscretionPage,
    "govopen-rule-list": RuleListPage,
    "govopen-coverage": CoveragePage,
}
