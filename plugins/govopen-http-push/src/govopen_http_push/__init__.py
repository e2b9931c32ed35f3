"""Delivers cleared government information to another system over HTTP, as a govopen plugin."""

from __future__ import annotations

from collections.abc import Mapping

from govopen.plugins.hookspecs import hookimpl
from govopen.publishing.port import Publisher, PublisherFactory, PublisherSettings
from govopen_http_push.settings import push_settings

__all__ = ["GOVOPEN_INTERFACE", "govopen_publishers", "http_push"]

GOVOPEN_INTERFACE = 1
"""The plugin interface that this is written for."""


def http_push(settings: PublisherSettings, /) -> Publisher:
    """The publisher of one site. :data:`govopen_http_push.settings.OPTIONS` are its options.

    Nothing is sent before the first call.

    Raises:
        InputError: An option is unknown or has no good value, or the secret is not in the environment.
    """
    pushed = push_settings(settings)
    # Here and not above: whoever only checks records needs no HTTP.
    from govopen_http_push.connection import Connection  # noqa: PLC0415
    from govopen_http_push.publisher import HttpPush  # noqa: PLC0415

    return HttpPush(Connection(pushed))


@hookimpl
def govopen_publishers() -> Mapping[str, PublisherFactory]:
    """One kind of publisher, by the name that ``kind`` has in ``govopen.toml``."""
    return {"http-push": http_push}
