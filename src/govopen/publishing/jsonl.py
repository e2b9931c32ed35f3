"""The built-in exporter: JSON Lines, one item a line, as a program of another system takes them in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from govopen.errors import InputError, NotCleared
from govopen.model import codec
from govopen.publishing.exporter import Exporter, ExportSettings
from govopen.publishing.port import Parcel
from govopen.texts import N_

__all__ = ["JsonLinesExporter", "json_lines_exporter"]

_encode = msgspec.json.Encoder(order="deterministic").encode


def json_lines_exporter(settings: ExportSettings, /) -> JsonLinesExporter:
    """What the name ``jsonl`` stands for. It has no options.

    Raises:
        InputError: One is set.
    """
    if settings.options:
        raise InputError(
            N_("The format jsonl has no options; the section exporters.jsonl sets: {options}."),
            options=", ".join(map(ascii, sorted(settings.options))),
        )
    return JsonLinesExporter()


class JsonLinesExporter(Exporter):
    """Writes an object a line, in UTF-8, its keys sorted.

    * ``item``: the item in its public form, exactly as the core writes it;
    * ``digest``: the SHA-256 of these very bytes, the public digest;
    * ``unit``: ``id`` and ``name`` of the unit;
    * ``published_on``, ``updated_on``: days; an item that was never updated has no ``updated_on``;
    * ``address``: where it stands on the Web, if that is on record.
    """

    @property
    def media_type(self) -> str:
        return "application/jsonl"

    @property
    def suffix(self) -> str:
        return "jsonl"

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        """Write one line for each item. Raises as the port says."""
        for parcel in parcels:
            # A type checker cannot see what a plugin or a host hands over.
            given: object = parcel
            if not isinstance(given, Parcel):
                raise NotCleared(N_("An exporter is given what is cleared for the public, and nothing else."))
            out.write(_line(parcel))


def _line(parcel: Parcel) -> bytes:
    told: dict[str, object] = {
        "item": msgspec.Raw(codec.encode(parcel.cleared.item)),
        "digest": parcel.cleared.digest,
        "unit": {"id": parcel.unit.id, "name": parcel.unit.name},
        "published_on": parcel.published_on,
    }
    if parcel.updated_on is not None:
        told["updated_on"] = parcel.updated_on
    if parcel.address:
        told["address"] = parcel.address
    return _encode(told) + b"\n"
