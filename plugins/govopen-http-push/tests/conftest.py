"""What the tests of this plugin share: a receiver that runs, and a server before it that misbehaves."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from govopen.publishing.port import PublisherSettings
from govopen.rules import samples
from govopen_http_push import http_push
from govopen_http_push.publisher import HttpPush
from govopen_http_push.receiver import Receiver, serving

SECRET = "岭安区-only-for-tests-0123456789abcdef"  # noqa: S105 - of no server
VARIABLE = "CMS_PUSH_SECRET"


@attrs.define(slots=False)
class Place:
    """A receiver on this machine. ``site`` is all that it keeps."""

    folder: Path
    public_url: str = "https://www.example.gov.cn/open"
    page: int = 500
    port: int = 0

    def __attrs_post_init__(self) -> None:
        self.receiver = self.opened()
        self.start()

    def opened(self, **changes: Any) -> Receiver:
        whole = {"public_url": self.public_url, "page": self.page} | changes
        return Receiver(self.folder, [SECRET.encode()], **whole)

    def start(self) -> None:
        self.server = serving(self.receiver, port=self.port)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def settings(url: str, folder: Path = Path(), **options: Any) -> PublisherSettings:
    """The settings of a section for that server."""
    whole = {"base_url": url, "secret_env": VARIABLE, "allow_http": True, "retries": 0} | options
    given = {name: value for name, value in whole.items() if value is not None}
    return PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=folder, options=given)


def pushing(url: str, **options: Any) -> HttpPush:
    """A publisher to that server."""
    made = http_push(settings(url, **options))
    assert isinstance(made, HttpPush)
    return made


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    """In the environment, as whoever starts govopen would set it."""
    monkeypatch.setenv(VARIABLE, SECRET)
    return SECRET


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "site")
    yield made
    made.stop()


def _unruly() -> ModuleType:
    name = "govopen_http_push_unruly"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("unruly.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


# Before any test is collected: tests import both by these names.
_unruly()
sys.modules.setdefault("govopen_http_push_here", sys.modules[__name__])


@pytest.fixture
def unruly(place: Place) -> Iterator[Any]:
    """A server before the receiver that follows a script."""
    with _unruly().Unruly(place.url).running() as running:
        yield running
