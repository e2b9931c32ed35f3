"""Reads a catalogue back: what a program that gets such a file can do with it, and what tests compare by."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, Namespace

from govopen.errors import InputError
from govopen.texts import Message
from govopen_linked_data.describing import MEDIA_TYPES
from govopen_linked_data.graphs import chinese_of, number_of, parsed, text_of

__all__ = ["CatalogueEntry", "FileEntry", "read_catalogue"]

_ADMS = Namespace("http://www.w3.org/ns/adms#")
_SPDX = Namespace("http://spdx.org/rdf/terms#")


@attrs.frozen(kw_only=True)
class FileEntry:
    """A file of an item.

    Attributes:
        name: As readers see it.
        digest: SHA-256 of its content, in hexadecimal.
        media_type: Without parameters; empty: not known.
        size: In bytes; ``None``: not told.
    """

    name: str
    digest: str
    media_type: str = ""
    size: int | None = None


@attrs.frozen(kw_only=True)
class CatalogueEntry:
    """What a catalogue says of one item. What the record left blank is blank.

    Attributes:
        modified_on: The later one of the days on which the record was changed and what is published was updated.
        covers: First and last day that results of handling in it are about.
        page: Where readers find it.
    """

    id: str
    title: str
    summary: str
    unit: str
    unit_name: str
    issuer: str
    category: str
    field: str
    index_number: str
    document_number: str
    created_on: dt.date | None
    published_on: dt.date | None
    modified_on: dt.date | None
    valid_until: dt.date | None
    covers: tuple[dt.date, dt.date] | None
    page: str
    license: str
    files: tuple[FileEntry, ...]


def read_catalogue(content: bytes, form: str = "turtle") -> list[CatalogueEntry]:
    """The items of a catalogue that this plugin wrote, by unit and identifier.

    Args:
        content: The file.
        form: Its format: ``turtle``, ``json-ld`` or ``n-triples``.

    Raises:
        InputError: It cannot be read, holds a date or number that is none, or refers to a context that lies elsewhere:
            nothing is fetched from the Web.
    """
    graph = parsed(content, form)
    entries = [_entry(graph, subject) for subject in graph.subjects(RDF.type, DCAT.Dataset)]
    return sorted(entries, key=lambda entry: (entry.unit, entry.id))


def _entry(graph: Graph, subject: Any) -> CatalogueEntry:
    unit = graph.value(subject, DCTERMS.publisher)
    concepts = dict(_concepts(graph, subject))
    numbers = dict(_numbers(graph, subject))
    period = graph.value(subject, DCTERMS.temporal)
    covers = _day(graph, period, DCAT.startDate), _day(graph, period, DCAT.endDate)
    page = URIRef(f"{subject}#page")
    return CatalogueEntry(
        id=text_of(graph, subject, DCTERMS.identifier),
        title=chinese_of(graph, subject, DCTERMS.title),
        summary=chinese_of(graph, subject, DCTERMS.description),
        unit=text_of(graph, unit, DCTERMS.identifier),
        unit_name=text_of(graph, unit, FOAF.name),
        issuer=text_of(graph, graph.value(subject, DCTERMS.creator), FOAF.name),
        category=concepts.get("category", ""),
        field=concepts.get("key-field", ""),
        index_number=numbers.get("index-number", ""),
        document_number=numbers.get("document-number", ""),
        created_on=_day(graph, subject, DCTERMS.created),
        published_on=_day(graph, subject, DCTERMS.issued),
        modified_on=_day(graph, subject, DCTERMS.modified),
        valid_until=_day(graph, subject, DCTERMS.valid),
        covers=(covers[0], covers[1]) if covers[0] is not None and covers[1] is not None else None,
        page=text_of(graph, page, DCAT.accessURL),
        license=text_of(graph, page, DCTERMS.license),
        files=tuple(_files(graph, subject)),
    )


def _concepts(graph: Graph, subject: Any) -> Iterator[tuple[str, str]]:
    for concept in graph.objects(subject, DCAT.theme):
        scheme = text_of(graph, concept, SKOS.inScheme).rpartition("/")[2]
        yield scheme, text_of(graph, concept, SKOS.notation)


def _numbers(graph: Graph, subject: Any) -> Iterator[tuple[str, str]]:
    for number in graph.objects(subject, _ADMS.identifier):
        if graph.value(number, RDFS.label) is not None:
            yield str(number).rpartition("#")[2], text_of(graph, number, SKOS.notation)


def _files(graph: Graph, subject: Any) -> Iterator[FileEntry]:
    numbered: Mapping[int, Any] = {
        number_of(found[1]): each
        for each in graph.objects(subject, DCAT.distribution)
        if (found := re.search(r"#file-([0-9]+)$", str(each)))
    }
    for _, file in sorted(numbered.items()):
        size = graph.value(file, DCAT.byteSize)
        yield FileEntry(
            name=text_of(graph, file, DCTERMS.title),
            digest=text_of(graph, graph.value(file, _SPDX.checksum), _SPDX.checksumValue),
            media_type=text_of(graph, file, DCAT.mediaType).removeprefix(MEDIA_TYPES),
            size=None if size is None else number_of(str(size)),
        )


def _day(graph: Graph, subject: Any, predicate: URIRef) -> dt.date | None:
    text = text_of(graph, subject, predicate)
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(Message("目录中有无效的日期。", "The catalogue holds a date that is none.")) from None
