"""The plugin is found by govopen, and what it makes is an exporter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import pytest
from govopen_linked_data_catalogues import district, exported, settings

import govopen_linked_data
from govopen.plugins.interface import INTERFACE_VERSION
from govopen.plugins.registry import Registry
from govopen.publishing.exporter import ExporterFactory
from govopen.testing.conformance.exporter import ExporterConformance
from govopen_linked_data import dcat_ap
from govopen_linked_data.exporter import CatalogueExporter
from govopen_linked_data.reading import read_catalogue


class TestTurtle(ExporterConformance):
    keeps_text: ClassVar[bool] = False
    # Reading them back by rdflib takes its time.
    many: ClassVar[int] = 1_000

    @pytest.fixture
    def exporter(self) -> ExporterFactory:
        return dcat_ap

    def read(self, content: bytes) -> Mapping[str, str]:
        form = self.options.get("format", "turtle")
        return {entry.id: entry.title for entry in read_catalogue(content, form)}


class TestJsonLd(TestTurtle):
    many: ClassVar[int] = 300
    options: ClassVar[Mapping[str, Any]] = {"format": "json-ld", "license": "https://example.org/licence"}


class TestNTriples(TestTurtle):
    many: ClassVar[int] = 300
    options: ClassVar[Mapping[str, Any]] = {"format": "n-triples", "file_sizes": False, "phone": "12345"}


def test_the_registry_makes_the_exporter_of_the_format_dcat_ap() -> None:
    registry = Registry.load()

    assert {"cpsv-ap", "dcat-ap"} <= set(registry.exporters)
    assert isinstance(registry.exporter("dcat-ap", settings()), CatalogueExporter)
    assert govopen_linked_data.GOVOPEN_INTERFACE == INTERFACE_VERSION
    assert (files("govopen_linked_data") / "py.typed").is_file()


def test_whoever_exports_nothing_waits_for_no_library_of_graphs() -> None:
    code = "import sys, govopen_linked_data; print([m for m in sys.modules if m.startswith(('rdflib', 'msgspec'))])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "rdflib" not in ended.stdout


@pytest.mark.parametrize(
    ("form", "media_type", "suffix"),
    [
        ("turtle", "text/turtle", "ttl"),
        ("json-ld", "application/ld+json", "jsonld"),
        ("n-triples", "application/n-triples", "nt"),
    ],
)
def test_the_three_formats_say_the_same(form: str, media_type: str, suffix: str) -> None:
    made = dcat_ap(settings(format=form))

    assert (made.media_type, made.suffix) == (media_type, suffix)
    assert read_catalogue(exported(district(), format=form), form) == read_catalogue(exported(district()))


def test_the_same_items_give_the_same_bytes_in_every_process() -> None:
    """Whatever order sets and hashes have there."""
    code = (
        "import conftest, sys, govopen_linked_data_catalogues as c; sys.stdout.buffer.write(c.exported(c.district()))"
    )
    folder = Path(__file__).parent

    def written(seed: str) -> bytes:
        run = partial(subprocess.run, capture_output=True, check=True, cwd=folder, env={"PYTHONHASHSEED": seed})
        return bytes(run([sys.executable, "-c", code]).stdout)

    assert {written("1"), written("2")} == {exported(district())}
