"""Reads services back."""

from __future__ import annotations

import re
from typing import Any

import attrs
from rdflib import Graph
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS, Namespace

from govopen_linked_data.graphs import chinese_of, number_of, parsed, text_of

__all__ = ["ServiceEntry", "read_services"]

_CPSV = Namespace("http://purl.org/vocab/cpsv#")
_CV = Namespace("http://data.europa.eu/m8g/")


@attrs.frozen(kw_only=True)
class ServiceEntry:
    """What is said of one service.

    Attributes:
        kind: ``licence``, ``non_licence`` or ``filing``; empty: it is no approval.
        materials: What has to be handed in.
        workflow: Its steps, numbered, a line each.
        online: Where it is handled online.
        page: Where readers find the item that describes it.
    """

    id: str
    title: str
    description: str
    unit: str
    place: str
    kind: str
    materials: tuple[str, ...]
    workflow: str
    online: str
    page: str


def read_services(content: bytes, form: str = "turtle") -> list[ServiceEntry]:
    """The services in a file that this plugin wrote, by unit and identifier.

    Args:
        content: The file.
        form: Its format: ``turtle``, ``json-ld`` or ``n-triples``.

    Raises:
        InputError: It cannot be read, holds a number that is none, or refers to a context that lies elsewhere: nothing
            is fetched from the Web.
    """
    graph = parsed(content, form)
    entries = [_entry(graph, subject) for subject in graph.subjects(RDF.type, _CPSV.PublicService)]
    return sorted(entries, key=lambda entry: (entry.unit, entry.id))


def _entry(graph: Graph, subject: Any) -> ServiceEntry:
    unit = graph.value(subject, _CV.hasCompetentAuthority)
    kinds = [
        text_of(graph, concept, SKOS.notation)
        for concept in graph.objects(subject, _CV.isClassifiedBy)
        if text_of(graph, concept, SKOS.inScheme).endswith("/approval-kind")
    ]
    numbered = {
        number_of(found[1]): chinese_of(graph, each, DCTERMS.title)
        for each in graph.objects(subject, _CPSV.hasInput)
        if (found := re.search(r"#material-([0-9]+)$", str(each)))
    }
    return ServiceEntry(
        id=text_of(graph, subject, DCTERMS.identifier),
        title=chinese_of(graph, subject, DCTERMS.title),
        description=chinese_of(graph, subject, DCTERMS.description),
        unit=text_of(graph, unit, DCTERMS.identifier),
        place=text_of(graph, graph.value(unit, DCTERMS.spatial), DCTERMS.identifier),
        kind="".join(kinds),
        materials=tuple(title for _, title in sorted(numbered.items())),
        workflow=chinese_of(graph, graph.value(subject, _CPSV.follows), DCTERMS.description),
        online=text_of(graph, graph.value(subject, _CV.hasChannel), FOAF.page),
        page=text_of(graph, subject, FOAF.page),
    )
