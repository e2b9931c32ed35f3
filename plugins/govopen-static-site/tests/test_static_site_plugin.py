"""The plugin is found by govopen, and what it makes is a publisher."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

import govopen_static_site
from govopen.errors import NotCleared
from govopen.plugins.interface import INTERFACE_VERSION
from govopen.plugins.registry import Registry
from govopen.publishing.port import Publisher, PublisherSettings
from govopen.rules import samples
from govopen_static_site.publisher import StaticSite


def test_the_registry_makes_publishers_of_the_kind_static_site(tmp_path: Path) -> None:
    settings = PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path, options={})
    made = Registry.load().publisher("static-site", settings)

    assert isinstance(made, StaticSite)
    assert list(made.inventory()) == []
    assert govopen_static_site.GOVOPEN_INTERFACE == INTERFACE_VERSION


def test_templates_and_assets_travel_with_the_package() -> None:
    package = files("govopen_static_site")

    assert (package / "templates" / "item.html.jinja").is_file()
    assert (package / "assets" / "site.css").is_file()
    assert (package / "py.typed").is_file()


def test_nothing_that_is_not_cleared_can_be_put(parcels: ModuleType, tmp_path: Path) -> None:
    site: Publisher = parcels.publisher(tmp_path)

    with pytest.raises(NotCleared):
        site.put(parcels.Parcel(cleared=parcels.item(1), unit=None, column=None, published_on=None, read=None))
