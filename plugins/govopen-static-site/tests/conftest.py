"""What the tests of this plugin share: parcels, a published site, and a browser."""

from __future__ import annotations

import functools
import http.server
import importlib.util
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from govopen.model.website import SiteKind
from govopen_static_site.publisher import StaticSite


def _parcels() -> ModuleType:
    name = "govopen_static_site_parcels"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("parcels.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


# Before any test is collected: tests import it by this name.
_parcels()


@pytest.fixture(scope="session")
def parcels() -> ModuleType:
    """The builders in ``parcels.py``."""
    return _parcels()


@pytest.fixture
def site(parcels: ModuleType, tmp_path: Path) -> StaticSite:
    """The publisher of a unit's own site; nothing is published yet."""
    return parcels.publisher(tmp_path)


@pytest.fixture(scope="session")
def district(parcels: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a portal with a hundred items, one of them with files."""
    portal = parcels.publisher(
        tmp_path_factory.mktemp("district"),
        SiteKind.PORTAL,
        title="岭安区人民政府",
        address="岭安区示例路1号",
        icp="粤ICP备00000000号",
    )
    for number in range(100):
        portal.put(parcels.nth(number))
    content = b"%PDF-1.4 example"
    files = (parcels.attached("实施办法（附表）.pdf", content),)
    portal.put(parcels.parcel(parcels.item(1, attachments=files), content))
    portal.settle()
    return portal.home.parent.resolve()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing: requests are not what a test tells."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != http.HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="session")
def served(district: Path) -> Iterator[str]:
    """The address of the portal on a web server that shows the site's own page for what is not there."""
    handler = functools.partial(_Quiet, directory=str(district))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, where there is one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    found = found or ("/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None)
    if found is None:
        pytest.skip("no Chromium on this machine: pages are not looked at in a browser")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()
