"""The plugin is found by govopen, and what it makes is a publisher that sends nothing before it is asked to."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest
from govopen_http_push_here import Place, settings

import govopen_http_push
from govopen.errors import NotCleared
from govopen.plugins.interface import INTERFACE_VERSION
from govopen.plugins.registry import Registry
from govopen.publishing.port import Parcel
from govopen.testing.parcels import disclosed
from govopen_http_push.publisher import HttpPush


def test_the_registry_makes_publishers_of_the_kind_http_push(place: Place) -> None:
    made = Registry.load().publisher("http-push", settings(place.url))

    assert isinstance(made, HttpPush)
    assert list(made.inventory()) == []
    assert govopen_http_push.GOVOPEN_INTERFACE == INTERFACE_VERSION
    made.close()


def test_to_load_the_plugin_costs_no_http() -> None:
    """Whoever only checks records pays nothing for what publishes."""
    program = (
        "import sys, govopen_http_push; print([name for name in ('httpx', 'ssl', 'sqlite3') if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8")

    assert loaded.stdout.strip() == "[]"


def test_the_package_is_typed() -> None:
    assert (files("govopen_http_push") / "py.typed").is_file()


def test_nothing_that_is_not_cleared_can_be_put(place: Place) -> None:
    made = Registry.load().publisher("http-push", settings(place.url))
    with pytest.raises(NotCleared):
        made.put(Parcel(cleared=disclosed(), unit=None, column=None, published_on=None, read=bytes))  # type: ignore[arg-type]
    made.close()
