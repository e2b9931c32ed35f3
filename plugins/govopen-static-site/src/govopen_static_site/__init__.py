"""Publishes cleared government information as a website of plain files, as a govopen plugin."""

from __future__ import annotations

from collections.abc import Mapping

from govopen.plugins.hookspecs import hookimpl
from govopen.publishing.port import Publisher, PublisherFactory, PublisherSettings
from govopen_static_site.settings import site_settings

__all__ = ["GOVOPEN_INTERFACE", "govopen_publishers", "static_site"]

GOVOPEN_INTERFACE = 1
"""The plugin interface that this is written for."""


def static_site(settings: PublisherSettings, /) -> Publisher:
    """The publisher of one site. :data:`govopen_static_site.settings.OPTIONS` are its options.

    Raises:
        InputError: An option is unknown or has no good value.
    """
    # Here and not above: whoever only checks records needs no templates.
    from govopen_static_site.publisher import StaticSite  # noqa: PLC0415

    return StaticSite(site_settings(settings))


@hookimpl
def govopen_publishers() -> Mapping[str, PublisherFactory]:
    """One kind of publisher, by the name that ``kind`` has in ``govopen.toml``."""
    return {"static-site": static_site}
