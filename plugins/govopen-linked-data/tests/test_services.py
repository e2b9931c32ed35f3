"""Services: the approvals and online matters of a catalogue, in CPSV-AP."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
from govopen_linked_data_catalogues import BASE, FINANCE, OFFICE, district, settings
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SH, SKOS, Namespace

from govopen.errors import ExportFailed, InputError
from govopen.model.catalog import Category
from govopen.model.contents import ApprovalItem, ApprovalKind, OnlineService
from govopen.publishing.exporter import ExporterFactory
from govopen.publishing.port import Parcel
from govopen.testing.conformance.exporter import ExporterConformance
from govopen.testing.parcels import disclosed, parcel
from govopen_linked_data import cpsv_ap
from govopen_linked_data.describing_services import SERVICES
from govopen_linked_data.reading_services import ServiceEntry, read_services

STANDARDS = Path(os.environ.get("GOVOPEN_STANDARDS") or Path(__file__).parents[4] / "shared" / "standards")
SHAPES = STANDARDS / "shacl" / "cpsv-ap-3.2.0-shacl.ttl"
CV = Namespace("http://data.europa.eu/m8g/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
SERVICE = URIRef(f"{BASE}id/service/a-1")


class TestServices(ExporterConformance):
    categories: ClassVar[tuple[Category, ...]] = SERVICES
    keeps_text: ClassVar[bool] = False
    many: ClassVar[int] = 400

    @pytest.fixture
    def exporter(self) -> ExporterFactory:
        return cpsv_ap

    def read(self, content: bytes) -> Mapping[str, str]:
        return {entry.id: entry.title for entry in read_services(content, self.options.get("format", "turtle"))}


class TestServicesInJsonLd(TestServices):
    options: ClassVar[Mapping[str, Any]] = {"format": "json-ld", "email": "openness@example.gov.cn"}


def exported(parcels: Iterable[Parcel], **options: Any) -> bytes:
    file = io.BytesIO()
    cpsv_ap(settings(**options)).export(iter(parcels), file)
    return file.getvalue()


def services() -> list[Parcel]:
    """An approval with everything, and an online matter that is handled nowhere on the Web."""
    approval = ApprovalItem(
        kind=ApprovalKind.LICENCE, name="设立登记", workflow=("申请", "受理", "决定"), materials=("申请书", "身份证明")
    )
    online = OnlineService(name="预约", url="以电话预约", workflow=())
    return [
        attrs.evolve(
            parcel(disclosed("a-1", Category.APPROVAL, approval=approval, unit="finance"), unit=FINANCE),
            address="https://www.example.gov.cn/a-1.html",
        ),
        parcel(disclosed("b-1", Category.ONLINE, online=online, summary="", unit="office"), unit=OFFICE),
    ]


def test_a_service_is_told_with_its_authority_kind_steps_materials_and_page() -> None:
    first, second = read_services(exported(services()))

    assert first == ServiceEntry(
        id="a-1",
        title="示例信息a-1",
        description="示例概述",
        unit="finance",
        place=FINANCE.jurisdiction,
        kind="licence",
        materials=("申请书", "身份证明"),
        workflow="1. 申请\n2. 受理\n3. 决定",
        online="",
        page="https://www.example.gov.cn/a-1.html",
    )
    assert (second.kind, second.materials, second.workflow, second.online) == ("", (), "", "")
    assert (second.description, second.page) == ("示例信息b-1", f"{BASE}b-1/")


def test_where_a_matter_is_handled_online_is_its_channel() -> None:
    url = "https://www.example.gov.cn/apply?matter=1"
    item = disclosed("a-1", Category.ONLINE, online=OnlineService(name="预约", url=url, workflow=("登录", "提交")))
    (entry,) = read_services(exported([parcel(item)]))

    assert (entry.online, entry.workflow) == (url, "1. 登录\n2. 提交")


def test_a_number_of_a_material_that_is_none_is_an_input_error() -> None:
    content = exported(services()).replace(b"#material-1>", b"#material-" + b"1" * 5000 + b">")

    with pytest.raises(InputError, match="number that is none"):
        read_services(content)


def test_items_that_are_no_services_are_left_out() -> None:
    assert {entry.id for entry in read_services(exported(district()))} == {
        each.cleared.item.id for each in district() if each.cleared.item.category in SERVICES
    }


@pytest.mark.parametrize("form", ["json-ld", "n-triples"])
def test_the_three_formats_say_the_same(form: str) -> None:
    assert read_services(exported(services(), format=form), form) == read_services(exported(services()))


def test_an_authority_without_a_jurisdiction_is_refused_by_its_identifier() -> None:
    nowhere = attrs.evolve(FINANCE, jurisdiction="")
    with pytest.raises(ExportFailed, match="unit finance has no jurisdiction"):
        exported([attrs.evolve(services()[0], unit=nowhere)])
    with pytest.raises(ExportFailed, match="unit finance has no jurisdiction"):
        exported([], unit=nowhere)


@pytest.mark.parametrize("option", ["license", "file_sizes", "colour"])
def test_what_is_an_option_of_the_other_format_is_none_of_this_one(option: str) -> None:
    with pytest.raises(InputError, match=f"format cpsv-ap has no option {option}"):
        cpsv_ap(settings(**{option: "x"}))


@cache
def shapes() -> Graph:
    if not SHAPES.is_file():
        pytest.skip(f"the shapes of CPSV-AP are not at {SHAPES}; GOVOPEN_STANDARDS can name their folder")
    return Graph().parse(SHAPES, format="turtle")


def broken(of: Graph) -> set[Any]:
    """The paths at which a graph breaks the shapes of CPSV-AP."""
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed: no shape is held to the services")
    _, report, _ = pyshacl.validate(of, shacl_graph=shapes(), inference="none")
    return {report.value(result, SH.resultPath) for result in report.subjects(RDF.type, SH.ValidationResult)}


def graph(parcels: Iterable[Parcel], **options: str) -> Graph:
    return Graph().parse(data=exported(parcels, **options).decode(), format="turtle")


def test_services_keep_the_shapes() -> None:
    online = OnlineService(name="预约", url="https://www.example.gov.cn/apply", workflow=("登录",))
    channel = parcel(disclosed("c-1", Category.ONLINE, online=online))

    assert broken(graph([*services(), channel], phone="12345", email="openness@example.gov.cn")) == set()
    assert broken(graph(district())) == set()
    assert broken(graph([])) == set()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda graph: graph.remove((SERVICE, DCTERMS.title, None)), DCTERMS.title),
        (lambda graph: graph.remove((SERVICE, CV.hasCompetentAuthority, None)), CV.hasCompetentAuthority),
        (lambda graph: graph.set((SERVICE, CV.hasCompetentAuthority, Literal("局"))), CV.hasCompetentAuthority),
        (lambda graph: graph.set((SERVICE, CPSV.hasInput, Literal("申请书"))), CPSV.hasInput),
        (lambda graph: graph.set((SERVICE, DCTERMS.description, Literal("无语言"))), DCTERMS.description),
        (lambda graph: graph.remove((URIRef(f"{BASE}id/unit/finance"), SKOS.prefLabel, None)), SKOS.prefLabel),
    ],
    ids=["title", "authority", "authority as text", "input as text", "no language", "name of the authority"],
)
def test_what_was_taken_out_is_found(change: Callable[[Graph], object], path: URIRef) -> None:
    whole = graph(services())
    change(whole)

    assert path in broken(whole)
