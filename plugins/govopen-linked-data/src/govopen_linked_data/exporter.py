"""The exporters: a catalogue in DCAT-AP, and the services in it in CPSV-AP, item after item."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from govopen.errors import NotCleared
from govopen.publishing.exporter import Exporter
from govopen.publishing.port import Parcel
from govopen.texts import Message
from govopen_linked_data import describing, describing_services
from govopen_linked_data.settings import CatalogueSettings
from govopen_linked_data.writing import FORMATS, Resource

__all__ = ["CatalogueExporter", "ServicesExporter"]


class _LinkedData(Exporter):
    """Writes resources. It keeps nothing of them."""

    def __init__(self, settings: CatalogueSettings) -> None:
        self._settings = settings
        self._format = FORMATS[settings.form]

    @property
    def media_type(self) -> str:
        return self._format.media_type

    @property
    def suffix(self) -> str:
        return self._format.suffix

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        out.writelines(piece.encode() for piece in self._format.write(self._resources(_checked(parcels))))

    @abstractmethod
    def _resources(self, parcels: Iterable[Parcel]) -> Iterator[Resource]:
        """All that is said, in order."""


class CatalogueExporter(_LinkedData):
    """Writes the catalogue: every item is a dataset."""

    def _resources(self, parcels: Iterable[Parcel]) -> Iterator[Resource]:
        yield from describing.catalogue(self._settings)
        unit = self._settings.unit
        for parcel in parcels:
            if parcel.unit.id != unit:
                unit = parcel.unit.id
                yield describing.unit(self._settings, unit, parcel.unit.name)
            yield from describing.item(self._settings, parcel)


class ServicesExporter(_LinkedData):
    """Writes what of the catalogue are services; all other items are left out."""

    def _resources(self, parcels: Iterable[Parcel]) -> Iterator[Resource]:
        yield from describing_services.catalogue(self._settings)
        unit = self._settings.unit
        for parcel in parcels:
            if parcel.cleared.item.category not in describing_services.SERVICES:
                continue
            if parcel.unit.id != unit:
                unit = parcel.unit.id
                yield from describing_services.authority(self._settings, parcel.unit)
            yield from describing_services.service(self._settings, parcel)


def _checked(parcels: Iterable[Parcel]) -> Iterator[Parcel]:
    for parcel in parcels:
        # A type checker cannot see what a host hands over.
        given: object = parcel
        if not isinstance(given, Parcel):
            raise NotCleared(
                Message(
                    "交给导出程序的只能是已核准公开的信息。",
                    "An exporter is given what is cleared for the public, and nothing else.",
                )
            )
        yield parcel
