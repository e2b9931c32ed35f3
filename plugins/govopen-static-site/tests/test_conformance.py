"""A static site does what every publisher must do, whoever runs it: a unit's own site, and a portal."""

from __future__ import annotations

from pathlib import Path

import pytest

from govopen.model.website import SiteKind
from govopen.publishing.port import PublisherSettings
from govopen.rules import samples
from govopen.testing.conformance.publisher import OpenPublisher, PublisherConformance
from govopen_static_site import static_site


class TestOwnSite(PublisherConformance):
    """Everything lies in files below one folder, so that there is nothing to tell the kit but how it is opened."""

    examples = 6
    kind = SiteKind.OWN

    @pytest.fixture
    def open_publisher(self, root: Path) -> OpenPublisher:
        settings = PublisherSettings(
            site=samples.site(self.kind), unit=samples.UNIT, folder=root.parent, options={"folder": root.name}
        )
        return lambda: static_site(settings)


class TestPortal(TestOwnSite):
    """A portal has lists of units and columns besides, and so more places in which something may be left."""

    examples = 3
    many = 50
    kind = SiteKind.PORTAL
