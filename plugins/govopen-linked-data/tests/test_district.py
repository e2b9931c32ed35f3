"""The catalogue of a whole district: as many items as are cleared, and a harvester could take it in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import Graph

from govopen.errors import NotCleared
from govopen.model.catalog import InformationItem
from govopen.office.facade import Office
from govopen_linked_data.reading import read_catalogue

ROOT = Path(__file__).parents[3]


@pytest.mark.examples
def test_the_districts_catalogue_holds_what_is_cleared_and_keeps_our_shapes(tmp_path: Path) -> None:
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed: no shape is held to the catalogue")
    shutil.copytree(ROOT / "examples/district", tmp_path / "district")
    with Office.open(tmp_path / "district") as office:
        office.import_files([tmp_path / "district/records"])
        office.keep_files(path for path in (tmp_path / "district/files").rglob("*") if path.is_file())
        report = office.export("dcat-ap", tmp_path / "catalogue.ttl", base_url="https://www.lingan.example/open/")
        cleared, barred = set(), set()
        for kept in office.store.scan(InformationItem):
            try:
                office.clear(kept.record.id)
            except NotCleared:
                barred.add(kept.record.id)
            else:
                cleared.add(kept.record.id)

    content = (tmp_path / "catalogue.ttl").read_bytes()
    entries = read_catalogue(content)
    assert {entry.id for entry in entries} == cleared
    assert (report.items, report.left_out) == (len(cleared), len(barred))
    assert len(cleared) > 100
    assert barred
    # The records say where most of them stand.
    assert sum(not entry.page.startswith("https://www.lingan.example/open/") for entry in entries) > len(entries) / 2
    shapes = Path(__file__).with_name("shapes.ttl")
    conforms, _, told = pyshacl.validate(
        Graph().parse(data=content.decode(), format="turtle"), shacl_graph=Graph().parse(shapes), inference="none"
    )
    assert conforms, told
