"""A catalogue and its items in the terms of DCAT-AP 3."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from govopen.model.catalog import AttachedFile, Category, InformationItem, KeyField
from govopen.model.contents import Outcome
from govopen.publishing.port import Parcel
from govopen.texts import Label
from govopen_linked_data.addresses import is_address
from govopen_linked_data.settings import CatalogueSettings
from govopen_linked_data.writing import PREFIXES, Iri, Literal, Resource, Term

__all__ = [
    "CATEGORIES",
    "CHINESE",
    "KEY_FIELDS",
    "LANGUAGE",
    "MEDIA_TYPES",
    "catalogue",
    "concept",
    "iris",
    "item",
    "media_type",
    "unit",
]

CATEGORIES, KEY_FIELDS = "category", "key-field"
"""The names of the two lists of concepts."""

CHINESE = "zh-Hans"
"""The language of records."""

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
"""Where media types have their addresses."""

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
LANGUAGE = f"{_AUTHORITY}language/ZHO"
"""Chinese, as the authorities of the European Union name it."""

_PUBLIC = f"{_AUTHORITY}access-right/PUBLIC"
_SHA256 = f"{PREFIXES['spdx']}checksumAlgorithm_sha256"
_MEDIA_TYPE = re.compile(r"([a-z]+/[a-z0-9][a-z0-9.+_-]*) *(?:;.*)?", re.DOTALL)
_SCHEMES: tuple[tuple[str, str, str, type[Category | KeyField]], ...] = (
    (CATEGORIES, "政府信息公开类别", "categories of open government information", Category),
    (KEY_FIELDS, "信息公开重点领域", "key fields of openness", KeyField),
)


def catalogue(settings: CatalogueSettings) -> Iterator[Resource]:
    """The catalogue itself, and what all items share: lists of concepts, language, licence, contact."""
    addresses = settings.addresses
    yield Resource(LANGUAGE, ("dct:LinguisticSystem",))
    yield Resource(_PUBLIC, ("dct:RightsStatement",))
    yield Resource(_SHA256, ("spdx:ChecksumAlgorithm",))
    yield Resource(addresses.base, ("foaf:Document",))
    if settings.license:
        yield Resource(settings.license, ("dct:LicenseDocument",))
    if settings.phone or settings.email:
        yield Resource(
            addresses.contact,
            ("vcard:Kind", "vcard:Organization"),
            (
                ("vcard:fn", (Literal(settings.unit_name, CHINESE),)),
                ("vcard:hasTelephone", iris(settings.phone and f"tel:{settings.phone}")),
                ("vcard:hasEmail", iris(settings.email and f"mailto:{settings.email}")),
            ),
        )
    for name, chinese, english, labels in _SCHEMES:
        scheme = addresses.scheme(name)
        title = ("dct:title", (Literal(chinese, CHINESE), Literal(english, "en")))
        yield Resource(scheme, ("skos:ConceptScheme",), (title,))
        for label in labels:
            yield concept(addresses.concept(name, label.value), label, scheme)
    yield unit(settings, settings.unit, settings.unit_name)
    yield Resource(
        addresses.catalogue,
        ("dcat:Catalog",),
        (
            ("dct:title", (Literal(settings.title, CHINESE),)),
            ("dct:description", (Literal(settings.description, CHINESE),)),
            ("dct:publisher", (Iri(addresses.unit(settings.unit)),)),
            ("dct:language", (Iri(LANGUAGE),)),
            ("dct:modified", (_date(settings.on),)),
            ("dct:license", iris(settings.license)),
            ("foaf:homepage", (Iri(addresses.base),)),
            ("dcat:themeTaxonomy", tuple(Iri(addresses.scheme(name)) for name, *_ in _SCHEMES)),
        ),
    )


def concept(iri: str, label: Label, scheme: str) -> Resource:
    """One of a list of concepts, with its names and the value that records have."""
    names = Literal(label.text.zh, CHINESE), Literal(label.text.en, "en")
    return Resource(
        iri,
        ("skos:Concept",),
        (
            ("skos:prefLabel", names),
            ("skos:notation", (Literal(label.value),)),
            ("skos:inScheme", (Iri(scheme),)),
            ("skos:topConceptOf", (Iri(scheme),)),
        ),
    )


def unit(settings: CatalogueSettings, id_: str, name: str) -> Resource:
    """A unit, as the publisher of its items."""
    return Resource(
        settings.addresses.unit(id_),
        ("foaf:Agent",),
        (("foaf:name", (Literal(name or id_, CHINESE),)), ("dct:identifier", (Literal(id_),))),
    )


def item(settings: CatalogueSettings, parcel: Parcel) -> Iterator[Resource]:
    """An item with its page and its files, and that it belongs to the catalogue.

    What is cleared has a title, an issuing body, a category and a date of creation: clearance sees to it.

    Raises:
        NotCleared: A file is not what was cleared.
        DeliveryFailed: A file cannot be read.
    """
    told, addresses = parcel.cleared.item, settings.addresses
    iri = addresses.item(told.id)
    page = parcel.address if is_address(parcel.address) else addresses.page(told.id)
    files = [f"{iri}#file-{number}" for number, _ in enumerate(told.attachments, 1)]
    numbers = (("index-number", "索引号", told.index_number), ("document-number", "文号", told.document_number))
    period = _period(told)
    yield Resource(addresses.catalogue, (), (("dcat:dataset", (Iri(iri),)),))
    yield Resource(
        iri,
        ("dcat:Dataset",),
        (
            ("dct:identifier", (Literal(told.id),)),
            ("dct:title", (Literal(told.title, CHINESE),)),
            # There has to be one. Where the record has no summary, the title stands there, in no language.
            ("dct:description", (Literal(told.summary, CHINESE) if told.summary else Literal(told.title),)),
            ("dct:publisher", (Iri(addresses.unit(parcel.unit.id)),)),
            ("dct:creator", (Iri(f"{iri}#issuer"),)),
            ("dct:created", _dates(told.created_on)),
            ("dct:issued", (_date(parcel.published_on),)),
            ("dct:modified", _dates(_latest(parcel.updated_on, told.changed_on))),
            ("dct:valid", _dates(told.valid_until)),
            ("dct:language", (Iri(LANGUAGE),)),
            ("dct:accessRights", (Iri(_PUBLIC),)),
            ("dct:temporal", iris(f"{iri}#period" if period else "")),
            ("dcat:theme", tuple(_themes(settings, told))),
            ("dcat:keyword", tuple(Literal(text, CHINESE) for text in _keywords(told))),
            ("adms:identifier", tuple(Iri(f"{iri}#{name}") for name, _, number in numbers if number)),
            ("dcat:contactPoint", iris(addresses.contact if settings.phone or settings.email else "")),
            ("dcat:landingPage", (Iri(page),)),
            ("dcat:distribution", (Iri(f"{iri}#page"), *map(Iri, files))),
        ),
    )
    yield Resource(page, ("foaf:Document",))
    yield Resource(f"{iri}#issuer", ("foaf:Agent",), (("foaf:name", (Literal(told.issuer, CHINESE),)),))
    if period:
        bounds = (("dcat:startDate", (_date(period[0]),)), ("dcat:endDate", (_date(period[1]),)))
        yield Resource(f"{iri}#period", ("dct:PeriodOfTime",), bounds)
    for name, label, number in numbers:
        if number:
            said = (("skos:notation", (Literal(number),)), ("rdfs:label", (Literal(label, CHINESE),)))
            yield Resource(f"{iri}#{name}", ("adms:Identifier",), said)
    shared = (("dcat:accessURL", (Iri(page),)), ("dct:license", iris(settings.license)))
    yield Resource(f"{iri}#page", ("dcat:Distribution",), (("dct:title", (Literal("网页", CHINESE),)), *shared))
    for file, address in zip(told.attachments, files, strict=True):
        yield from _file(address, file, len(parcel.content(file)) if settings.file_sizes else None, shared)


def _file(
    iri: str, file: AttachedFile, size: int | None, shared: tuple[tuple[str, tuple[Term, ...]], ...]
) -> Iterator[Resource]:
    kind, checksum = media_type(file.media_type), f"{iri}-checksum"
    if kind:
        yield Resource(MEDIA_TYPES + kind, ("dct:MediaType",))
    yield Resource(
        checksum,
        ("spdx:Checksum",),
        (
            ("spdx:algorithm", (Iri(_SHA256),)),
            ("spdx:checksumValue", (Literal(file.digest, type="xsd:hexBinary"),)),
        ),
    )
    yield Resource(
        iri,
        ("dcat:Distribution",),
        (
            ("dct:title", (Literal(file.name),) if file.name else ()),
            *shared,
            ("dcat:mediaType", iris(kind and MEDIA_TYPES + kind)),
            ("dcat:byteSize", () if size is None else (Literal(str(size), type="xsd:nonNegativeInteger"),)),
            ("spdx:checksum", (Iri(checksum),)),
        ),
    )


def media_type(text: str) -> str:
    """The media type without its parameters; empty if it is none."""
    found = _MEDIA_TYPE.fullmatch(text.strip().lower())
    return found[1] if found else ""


def _themes(settings: CatalogueSettings, told: InformationItem) -> Iterator[Term]:
    for name, label in ((CATEGORIES, told.category), (KEY_FIELDS, told.field)):
        if label is not None:
            yield Iri(settings.addresses.concept(name, label.value))


def _keywords(told: InformationItem) -> Iterator[str]:
    for label in (told.category, told.field):
        if label is not None:
            yield label.text.zh
    if told.subcategory:
        yield told.subcategory


def _period(told: InformationItem) -> tuple[dt.date, dt.date] | None:
    """The time that the results of handling in the item are about."""
    held = (told.approval, told.enforcement, told.complaint, told.online)
    outcomes: list[Outcome] = [outcome for each in held if each is not None for outcome in each.outcomes]
    if not outcomes:
        return None
    return min(each.covers_from for each in outcomes), max(each.covers_until for each in outcomes)


def _latest(*days: dt.date | None) -> dt.date | None:
    return max((day for day in days if day is not None), default=None)


def _date(day: dt.date) -> Literal:
    return Literal(day.isoformat(), type="xsd:date")


def _dates(day: dt.date | None) -> tuple[Term, ...]:
    return () if day is None else (_date(day),)


def iris(value: str) -> tuple[Term, ...]:
    """The address as the one value of a property; none if it is empty."""
    return (Iri(value),) if value else ()
