"""Turtle, JSON-LD and N-Triples, one resource after the other: a million items need no more memory than one.

A library for graphs would hold all of them before it writes the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs
import msgspec

__all__ = ["FORMATS", "PREFIXES", "Format", "Iri", "Literal", "Resource", "Term"]

PREFIXES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The vocabularies."""

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@attrs.frozen
class Iri:
    """The address of a resource."""

    value: str


@attrs.frozen
class Literal:
    """A text in a language, a value of a type (``xsd:date``), or a text of neither."""

    value: str
    lang: str = ""
    type: str = ""


Term = Iri | Literal
"""What a statement can be about."""


@attrs.frozen
class Resource:
    """What is said of one resource, or a part of it: the same one may come again.

    Attributes:
        iri: Its address.
        types: Its classes: ``dcat:Dataset``.
        properties: What it has, in order: ``dct:title`` and its values. One without values is left out.
    """

    iri: str
    types: tuple[str, ...] = ()
    properties: tuple[tuple[str, tuple[Term, ...]], ...] = ()


Writer = Callable[[Iterable[Resource]], Iterator[str]]


@attrs.frozen
class Format:
    """A way to write resources down.

    Attributes:
        media_type: Of the file.
        suffix: Of its name, without the dot.
        write: Gives the file in pieces.
    """

    media_type: str
    suffix: str
    write: Writer


_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f-\x9f]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda found: _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}", text) + '"'


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _turtle(resources: Iterable[Resource]) -> Iterator[str]:
    for prefix, namespace in PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    for resource in resources:
        pairs = [("a", ", ".join(resource.types))] if resource.types else []
        pairs += ((name, ", ".join(map(_turtle_term, terms))) for name, terms in resource.properties if terms)
        if pairs:
            yield f"\n<{resource.iri}>\n" + " ;\n".join(f"    {name} {terms}" for name, terms in pairs) + " .\n"


def _turtle_term(term: Term) -> str:
    if isinstance(term, Iri):
        return f"<{term.value}>"
    return _quoted(term.value) + (f"@{term.lang}" if term.lang else f"^^{term.type}" if term.type else "")


def _n_triples(resources: Iterable[Resource]) -> Iterator[str]:
    for resource in resources:
        for name in resource.types:
            yield f"<{resource.iri}> <{_RDF_TYPE}> <{_full(name)}> .\n"
        for name, terms in resource.properties:
            for term in terms:
                yield f"<{resource.iri}> <{_full(name)}> {_n_triples_term(term)} .\n"


def _n_triples_term(term: Term) -> str:
    if isinstance(term, Literal) and term.type:
        return f"{_quoted(term.value)}^^<{_full(term.type)}>"
    return _turtle_term(term)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _json_ld(resources: Iterable[Resource]) -> Iterator[str]:
    yield f'{{"@context":{_json(PREFIXES)},"@graph":['
    between = "\n"
    for resource in resources:
        node: dict[str, object] = {"@id": resource.iri}
        if resource.types:
            node["@type"] = resource.types
        node |= {name: list(map(_json_ld_term, terms)) for name, terms in resource.properties if terms}
        yield between + _json(node)
        between = ",\n"
    yield "\n]}\n"


def _json_ld_term(term: Term) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"@id": term.value}
    if term.lang:
        return {"@value": term.value, "@language": term.lang}
    return {"@value": term.value, "@type": term.type} if term.type else {"@value": term.value}


FORMATS: Mapping[str, Format] = {
    "turtle": Format("text/turtle", "ttl", _turtle),
    "json-ld": Format("application/ld+json", "jsonld", _json_ld),
    "n-triples": Format("application/n-triples", "nt", _n_triples),
}
"""The formats, by what the option ``format`` calls them.

RDF/XML is not among them: XML cannot hold the control characters that a title may have.
"""
