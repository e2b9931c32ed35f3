"""The port of an exporter: what writes the public catalogue of information into a file of one format (clause 1.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, Protocol

import attrs

from govopen.model.units import Unit
from govopen.publishing.port import Parcel

__all__ = ["ExportSettings", "Exporter", "ExporterFactory"]


class Exporter(Protocol):
    """Writes cleared items, and nothing else, into a file."""

    @property
    def media_type(self) -> str:
        """Of the file: ``text/turtle``."""
        ...

    @property
    def suffix(self) -> str:
        """What a name of the file ends with, without the dot: ``ttl``."""
        ...

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        """Write the items. The same items give the same bytes.

        Args:
            parcels: Each item once, by unit and identifier. There may be none, and there may be a million.
            out: Is written to and not closed.

        Raises:
            ExportFailed: The items cannot be written in this format. What was written so far is no export.
            NotCleared: Something else than a parcel was given.
        """
        ...


@attrs.frozen(kw_only=True)
class ExportSettings:
    """What an exporter is made for.

    Attributes:
        unit: The unit that answers for the catalogue.
        title: What the catalogue is called.
        on: The day of the export.
        base_url: Below which the items stand on the Web; empty: nobody said.
        options: The rest of its section in ``govopen.toml``.
    """

    unit: Unit
    title: str
    on: dt.date
    base_url: str = ""
    options: Mapping[str, Any] = attrs.field(factory=dict)


class ExporterFactory(Protocol):
    """What the hook ``govopen_exporters`` gives under the name of a format: makes an exporter."""

    def __call__(self, settings: ExportSettings, /) -> Exporter:
        """The exporter.

        Raises:
            InputError: An option is unknown or has no good value.
        """
        ...
