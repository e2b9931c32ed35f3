"""The catalogue keeps the shapes of DCAT-AP, and what was taken out of it on purpose is found."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from govopen_linked_data_catalogues import BASE, district, exported
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SH, SKOS, XSD, Namespace

from govopen.model.catalog import Category

SPDX = Namespace("http://spdx.org/rdf/terms#")
STANDARDS = Path(os.environ.get("GOVOPEN_STANDARDS") or Path(__file__).parents[4] / "shared" / "standards")
SHAPES = STANDARDS / "shacl" / "dcat-ap-3.0.1-shacl.ttl"
ITEM = URIRef(f"{BASE}id/item/o-01")
CATALOGUE = URIRef(f"{BASE}id/catalogue")

OWN_SHAPES = Path(__file__).with_name("shapes.ttl")

pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed: no shape is held to the catalogue")


@cache
def shapes(name: str) -> Graph:
    if name == "own":
        return Graph().parse(OWN_SHAPES)
    if not SHAPES.is_file():
        pytest.skip(f"the shapes of DCAT-AP are not at {SHAPES}; GOVOPEN_STANDARDS can name their folder")
    return Graph().parse(SHAPES, format="turtle")


def graph(**options: str) -> Graph:
    return Graph().parse(data=exported(district(), **options).decode(), format="turtle")


def broken(of: Graph, name: str) -> set[URIRef | None]:
    """The paths at which a graph breaks the shapes."""
    _, report, _ = pyshacl.validate(of, shacl_graph=shapes(name), advanced=False, inference="none")
    return {report.value(result, SH.resultPath) for result in report.subjects(RDF.type, SH.ValidationResult)}


@pytest.mark.parametrize("name", ["own", "dcat-ap"])
def test_a_catalogue_keeps_the_shapes(name: str) -> None:
    full = {"license": "https://a.example/licence", "phone": "+86-20-00000000", "email": "o@example.gov.cn"}

    assert broken(graph(**full), name) == set()
    assert broken(graph(), name) == set()


@pytest.mark.parametrize("name", ["own", "dcat-ap"])
def test_an_empty_catalogue_keeps_them_too(name: str) -> None:
    empty = Graph().parse(data=exported([]).decode(), format="turtle")

    assert (CATALOGUE, RDF.type, DCAT.Catalog) in empty
    assert broken(empty, name) == set()


Change = Callable[[Graph], object]


def without(subject: URIRef, predicate: URIRef) -> Change:
    return lambda graph: graph.remove((subject, predicate, None))


def instead(subject: URIRef, predicate: URIRef, value: Literal) -> Change:
    return lambda graph: graph.set((subject, predicate, value))


FILE = URIRef(f"{ITEM}#file-1")
MUTILATED = {
    "an item without its title": (without(ITEM, DCTERMS.title), DCTERMS.title),
    "an item without a description": (without(ITEM, DCTERMS.description), DCTERMS.description),
    "a catalogue without its publisher": (without(CATALOGUE, DCTERMS.publisher), DCTERMS.publisher),
    "a file that is found nowhere": (without(FILE, DCAT.accessURL), DCAT.accessURL),
    "a page that is found nowhere": (without(URIRef(f"{ITEM}#page"), DCAT.accessURL), DCAT.accessURL),
    "a publisher that is a text": (instead(ITEM, DCTERMS.publisher, Literal("示例局")), DCTERMS.publisher),
    "a theme that is a text": (instead(ITEM, DCAT.theme, Literal("财政")), DCAT.theme),
    "a unit without a name": (without(URIRef(f"{BASE}id/unit/office"), FOAF.name), FOAF.name),
    "a category without a name": (without(URIRef(f"{BASE}id/category/fee"), SKOS.prefLabel), SKOS.prefLabel),
    "a sum without its algorithm": (without(URIRef(f"{FILE}-checksum"), SPDX.algorithm), SPDX.algorithm),
    "a size that is a text": (instead(FILE, DCAT.byteSize, Literal("12 KB")), DCAT.byteSize),
    "a media type that is a text": (instead(FILE, DCAT.mediaType, Literal("application/pdf")), DCAT.mediaType),
}


@pytest.mark.parametrize("name", ["own", "dcat-ap"])
@pytest.mark.parametrize("mutilation", MUTILATED)
def test_what_was_taken_out_is_found(mutilation: str, name: str) -> None:
    change, path = MUTILATED[mutilation]
    whole = graph()
    change(whole)

    assert path in broken(whole, name)


def test_every_item_is_in_the_catalogue_and_under_one_of_the_eleven_categories() -> None:
    found = graph()
    items = set(found.subjects(RDF.type, DCAT.Dataset))
    notations = {
        str(found.value(theme, SKOS.notation)) for item in items for theme in found.objects(item, DCAT.theme)
    } - {"fiscal_budget"}

    assert len(items) == len(district())
    assert set(found.objects(CATALOGUE, DCAT.dataset)) == items
    assert notations == {category.value for category in Category}
    names = {str(name) for name in found.objects(URIRef(f"{BASE}id/category/fee"), SKOS.prefLabel)}
    assert names == {Category.FEE.text.zh, Category.FEE.text.en}


def test_texts_are_marked_as_simplified_chinese_and_what_stands_for_a_blank_is_not() -> None:
    found = graph()

    def languages(predicate: URIRef) -> dict[str, str]:
        return {
            str(found.value(item, DCTERMS.identifier)): (found.value(item, predicate).language or "").lower()
            for item in found.subjects(RDF.type, DCAT.Dataset)
        }

    assert set(languages(DCTERMS.title).values()) == {"zh-hans"}
    assert [id_ for id_, language in languages(DCTERMS.description).items() if language != "zh-hans"] == ["o-02"]


def test_days_are_dates_and_sizes_are_numbers() -> None:
    found = graph()

    assert found.value(ITEM, DCTERMS.issued).datatype == XSD.date
    assert found.value(CATALOGUE, DCTERMS.modified).datatype == XSD.date
    assert int(found.value(FILE, DCAT.byteSize)) == len("预算报告".encode())


def test_a_contact_is_told_if_it_is_known() -> None:
    assert list(graph().subject_objects(DCAT.contactPoint)) == []
    told = graph(phone="+86-20-00000000")

    contacts = set(told.objects(None, DCAT.contactPoint))
    assert contacts == {URIRef(f"{BASE}id/contact")}
    assert len(list(told.subjects(DCAT.contactPoint, None))) == len(district())
