"""The services of a unit, from its approvals and what is handled online, in the terms of CPSV-AP 3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govopen.errors import ExportFailed
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import ApprovalKind
from govopen.model.units import Unit
from govopen.publishing.port import Parcel
from govopen.texts import Message
from govopen_linked_data.addresses import is_address
from govopen_linked_data.describing import CATEGORIES, CHINESE, LANGUAGE, concept, iris
from govopen_linked_data.settings import CatalogueSettings
from govopen_linked_data.writing import Iri, Literal, Resource, Term

__all__ = ["SERVICES", "authority", "catalogue", "service"]

SERVICES = (Category.APPROVAL, Category.ONLINE)
"""The categories whose items are services."""

_KINDS = "approval-kind"


def catalogue(settings: CatalogueSettings) -> Iterator[Resource]:
    """The set of services itself, and what all of them share.

    Raises:
        ExportFailed: The unit that answers for it has no jurisdiction.
    """
    addresses = settings.addresses
    yield Resource(LANGUAGE, ("dct:LinguisticSystem",))
    if settings.phone or settings.email:
        said = (("cv:telephone", _plain(settings.phone)), ("cv:email", _plain(settings.email)))
        yield Resource(addresses.contact, ("cv:ContactPoint",), said)
    for scheme, labels in ((CATEGORIES, SERVICES), (_KINDS, tuple(ApprovalKind))):
        yield Resource(addresses.scheme(scheme), ("skos:ConceptScheme",))
        for label in labels:
            yield concept(addresses.concept(scheme, label.value), label, addresses.scheme(scheme))
    yield from _organisation(settings, settings.unit, settings.unit_name, settings.jurisdiction)
    yield Resource(
        addresses.services,
        ("dcat:Dataset",),
        (
            ("dct:title", (Literal(settings.title, CHINESE),)),
            ("dct:description", (Literal(settings.description, CHINESE),)),
            ("dct:publisher", (Iri(addresses.unit(settings.unit)),)),
            ("dct:modified", (Literal(settings.on.isoformat(), type="xsd:date"),)),
        ),
    )


def authority(settings: CatalogueSettings, unit: Unit) -> Iterator[Resource]:
    """The unit that a service is of.

    Raises:
        ExportFailed: It has no jurisdiction.
    """
    yield from _organisation(settings, unit.id, unit.name or unit.id, unit.jurisdiction)


def _organisation(settings: CatalogueSettings, id_: str, name: str, jurisdiction: str) -> Iterator[Resource]:
    if not jurisdiction:
        raise ExportFailed(
            Message(
                "单位{unit}没有登记管辖区域，而格式 cpsv-ap 须说明行政机关在何处行使职权。",
                "The unit {unit} has no jurisdiction, and the format cpsv-ap has to say where an authority is "
                "competent.",
            ),
            hint=Message("请登记，例如 CN-440113。", "Record it: CN-440113."),
            unit=id_,
        )
    place, called = settings.addresses.place(jurisdiction), (Literal(name, CHINESE),)
    yield Resource(place, ("dct:Location",), (("dct:identifier", _plain(jurisdiction)),))
    yield Resource(
        settings.addresses.unit(id_),
        ("cv:PublicOrganisation", "foaf:Agent"),
        (
            ("dct:identifier", _plain(id_)),
            ("dct:title", called),
            ("skos:prefLabel", called),
            ("dct:spatial", (Iri(place),)),
        ),
    )


def service(settings: CatalogueSettings, parcel: Parcel) -> Iterator[Resource]:
    """The service that an item describes; nothing of an item that describes none."""
    item, addresses = parcel.cleared.item, settings.addresses
    if item.category not in SERVICES:
        return
    iri, steps, materials = addresses.service(item.id), _steps(item), _materials(item)
    inputs = [f"{iri}#material-{number}" for number, _ in enumerate(materials, 1)]
    online = item.online.url if item.online is not None and is_address(item.online.url) else ""
    page = parcel.address if is_address(parcel.address) else addresses.page(item.id)
    yield Resource(addresses.services, (), (("dct:hasPart", (Iri(iri),)),))
    yield Resource(
        iri,
        ("cpsv:PublicService",),
        (
            ("dct:identifier", _plain(item.id)),
            ("dct:title", (Literal(item.title, CHINESE),)),
            ("dct:description", (Literal(item.summary or item.title, CHINESE),)),
            ("dct:isPartOf", (Iri(addresses.services),)),
            ("dct:language", (Iri(LANGUAGE),)),
            ("cv:hasCompetentAuthority", (Iri(addresses.unit(parcel.unit.id)),)),
            ("cv:isClassifiedBy", tuple(_concepts(settings, item))),
            ("cv:contactPoint", iris(addresses.contact if settings.phone or settings.email else "")),
            ("cv:hasChannel", iris(online and f"{iri}#online")),
            ("cpsv:follows", iris(f"{iri}#workflow" if steps else "")),
            ("cpsv:hasInput", tuple(map(Iri, inputs))),
            ("foaf:page", (Iri(page),)),
        ),
    )
    yield Resource(page, ("foaf:Document",))
    if steps:
        told = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
        yield Resource(f"{iri}#workflow", ("cpsv:Rule",), _described("workflow", "办理流程", told))
    for address, material in zip(inputs, materials, strict=True):
        yield Resource(address, ("cv:Evidence",), _described(address.rpartition("#")[2], material))
    if online:
        yield Resource(online, ("foaf:Document",))
        yield Resource(
            f"{iri}#online", ("cv:Channel",), (*_described("online", "网上办理"), ("foaf:page", (Iri(online),)))
        )


def _described(id_: str, title: str, description: str = "") -> tuple[tuple[str, tuple[Term, ...]], ...]:
    told = (Literal(description, CHINESE),) if description else ()
    return ("dct:identifier", _plain(id_)), ("dct:title", (Literal(title, CHINESE),)), ("dct:description", told)


def _concepts(settings: CatalogueSettings, item: InformationItem) -> Iterator[Term]:
    if item.category is not None:
        yield Iri(settings.addresses.concept(CATEGORIES, item.category.value))
    if item.approval is not None:
        yield Iri(settings.addresses.concept(_KINDS, item.approval.kind.value))


def _steps(item: InformationItem) -> Sequence[str]:
    held = item.approval or item.online
    return held.workflow if held is not None else ()


def _materials(item: InformationItem) -> Sequence[str]:
    return (item.approval.materials or ()) if item.approval is not None else ()


def _plain(value: str) -> tuple[Term, ...]:
    return (Literal(value),) if value else ()
