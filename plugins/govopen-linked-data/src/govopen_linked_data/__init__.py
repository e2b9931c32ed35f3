"""Writes a public catalogue of government information as linked data, as a govopen plugin."""

from __future__ import annotations

from collections.abc import Mapping

from govopen.plugins.hookspecs import hookimpl
from govopen.publishing.exporter import Exporter, ExporterFactory, ExportSettings

__all__ = ["GOVOPEN_INTERFACE", "cpsv_ap", "dcat_ap", "govopen_exporters"]

GOVOPEN_INTERFACE = 1
"""The plugin interface that this is written for."""


def dcat_ap(settings: ExportSettings, /) -> Exporter:
    """The exporter of DCAT-AP. :data:`govopen_linked_data.settings.OPTIONS` are its options.

    Raises:
        InputError: An option is unknown or has no good value, or nobody said where the items stand on the Web.
    """
    # Here and not above: whoever only checks records needs none of it.
    from govopen_linked_data.exporter import CatalogueExporter  # noqa: PLC0415
    from govopen_linked_data.settings import catalogue_settings  # noqa: PLC0415

    return CatalogueExporter(catalogue_settings(settings))


def cpsv_ap(settings: ExportSettings, /) -> Exporter:
    """The exporter of CPSV-AP. :data:`govopen_linked_data.settings.SERVICE_OPTIONS` are its options.

    Raises:
        InputError: An option is unknown or has no good value, or nobody said where the items stand on the Web.
    """
    from govopen_linked_data.exporter import ServicesExporter  # noqa: PLC0415 - as above
    from govopen_linked_data.settings import SERVICE_OPTIONS, catalogue_settings  # noqa: PLC0415

    return ServicesExporter(catalogue_settings(settings, "cpsv-ap", SERVICE_OPTIONS))


@hookimpl
def govopen_exporters() -> Mapping[str, ExporterFactory]:
    """Two formats, by the names that ``govopen export`` takes."""
    return {"cpsv-ap": cpsv_ap, "dcat-ap": dcat_ap}
