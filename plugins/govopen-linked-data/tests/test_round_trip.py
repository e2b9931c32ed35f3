"""What is written is read back as it was, by a library that knows nothing of how it was written."""

from __future__ import annotations

import datetime as dt
import json
import socket
from hashlib import sha256

import attrs
import pytest
from govopen_linked_data_catalogues import FINANCE, OFFICE, district, exported
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib import Literal as Found
from rdflib.plugins.parsers.jsonld import to_rdf

from govopen.errors import InputError
from govopen.model.catalog import Category, InformationItem
from govopen.publishing.port import Parcel
from govopen.testing import strategies
from govopen.testing.conformance.hostile import TEXTS
from govopen.testing.parcels import disclosed, parcel
from govopen_linked_data import graphs
from govopen_linked_data.describing import media_type
from govopen_linked_data.reading import CatalogueEntry, FileEntry, read_catalogue
from govopen_linked_data.writing import FORMATS, Iri, Literal, Resource

LICENCE = "https://a.example/licence"
FORMS = ("turtle", "json-ld", "n-triples")


def expected(given: Parcel, sizes: dict[str, int]) -> CatalogueEntry:
    """What the catalogue has to say of an item, by its record."""
    item = given.cleared.item
    held = [each for each in (item.approval, item.enforcement, item.complaint, item.online) if each is not None]
    outcomes = [outcome for each in held for outcome in each.outcomes]
    changes = [day for day in (given.updated_on, item.changed_on) if day]
    return CatalogueEntry(
        id=item.id,
        title=item.title,
        summary=item.summary,
        unit=given.unit.id,
        unit_name=given.unit.name,
        issuer=item.issuer,
        category=item.category.value if item.category else "",
        field=item.field.value if item.field else "",
        index_number=item.index_number,
        document_number=item.document_number,
        created_on=item.created_on,
        published_on=given.published_on,
        modified_on=max(changes) if changes else None,
        valid_until=item.valid_until,
        covers=(min(o.covers_from for o in outcomes), max(o.covers_until for o in outcomes)) if outcomes else None,
        page=given.address,
        license=LICENCE,
        files=tuple(
            FileEntry(name=f.name, digest=f.digest, media_type=media_type(f.media_type), size=sizes.get(f.digest))
            for f in item.attachments
        ),
    )


def cleared(item: InformationItem) -> InformationItem:
    """The same content, reviewed and decided to be disclosed; with what has to be there for that."""
    signed = disclosed("x")

    def before_review(day: dt.date | None) -> dt.date | None:
        return None if day is None else min(day, dt.date(2011, 4, 15))

    files = (attrs.evolve(file, digest=sha256(file.digest.encode()).hexdigest()) for file in item.attachments)
    return attrs.evolve(
        item,
        attachments=tuple(files),
        title=item.title or "标题",
        issuer=item.issuer or "示例局",
        text=item.text or "正文",
        category=item.category or Category.OTHER,
        created_on=before_review(item.created_on or dt.date(2011, 4, 15)),
        changed_on=before_review(item.changed_on),
        attributes=signed.attributes,
        review=signed.review,
        sign_offs=signed.sign_offs,
        withdrawn=None,
    )


items = strategies.records(InformationItem, unit=st.sampled_from(["office", "finance"])).map(cleared)


# Items are too large to make smaller ones of: that takes minutes, and says no more.
@settings(deadline=None, max_examples=25, phases=[Phase.generate])
@given(
    items=st.lists(items, max_size=4, unique_by=lambda item: item.id),
    updated_on=st.none() | st.just(dt.date(2011, 12, 31)),
    form=st.sampled_from(FORMS),
)
def test_what_is_written_is_read_back(items: list[InformationItem], updated_on: dt.date | None, form: str) -> None:
    parcels = [
        attrs.evolve(
            parcel(item, unit=OFFICE if item.unit == "office" else FINANCE, updated_on=updated_on),
            address=f"https://www.example.gov.cn/{number}",
        )
        for number, item in enumerate(sorted(items, key=lambda item: (item.unit, item.id)))
    ]
    content = exported(parcels, format=form, license=LICENCE, file_sizes=False)

    assert read_catalogue(content, form) == [expected(each, {}) for each in parcels]


def test_everything_that_an_item_can_have_is_read_back() -> None:
    parcels = [each if each.address else attrs.evolve(each, address="https://a.example/x") for each in district()]
    found = read_catalogue(exported(parcels, license=LICENCE))
    size = len("预算报告".encode())

    assert found == [expected(each, {file.digest: size for file in each.cleared.item.attachments}) for each in parcels]
    whole = next(entry for entry in found if entry.id == "o-01")
    assert [(file.media_type, file.size) for file in whole.files] == [("application/pdf", size), ("text/plain", size)]
    assert any(entry.covers for entry in found)


texts = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(TEXTS)


@settings(deadline=None)
@given(texts=st.lists(texts, min_size=1, max_size=5), form=st.sampled_from(FORMS))
def test_every_text_survives_every_format(texts: list[str], form: str) -> None:
    """NUL, line ends, quotes, backslashes, what looks like an escape, and characters of every plane."""
    resources = [
        Resource(
            f"https://a.example/{number}",
            ("dcat:Dataset",),
            (
                ("dct:title", (Literal(text, "zh-Hans"), Literal(text))),
                ("dct:issued", (Literal("2011-12-31", type="xsd:date"),)),
                ("dcat:theme", (Iri("https://a.example/x"), Iri("https://a.example/y"))),
                ("dct:creator", ()),
            ),
        )
        for number, text in enumerate(texts)
    ]
    written = "".join(FORMATS[form].write(resources))
    graph = Graph(store="SimpleMemory")
    if form == "json-ld":
        to_rdf(json.loads(written), graph)
    else:
        graph.parse(data=written, format={"n-triples": "nt"}.get(form, form))

    assert len(graph) == 6 * len(texts)
    found: dict[str, set[tuple[str, str]]] = {}
    for subject, _, value in graph:
        if isinstance(value, Found) and value.datatype is None:
            found.setdefault(str(subject), set()).add((str(value), (value.language or "").lower()))
    assert found == {
        f"https://a.example/{number}": {(text, "zh-hans"), (text, "")} for number, text in enumerate(texts)
    }


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("content", [b"\xff\xfe", b"<a> <b> ", b'{"@graph": [', b"\x00"], ids=repr)
def test_a_file_that_is_no_catalogue_is_an_input_error(form: str, content: bytes) -> None:
    with pytest.raises(InputError, match="is no catalogue"):
        read_catalogue(content, form)


def test_a_format_that_nobody_knows_is_an_input_error() -> None:
    with pytest.raises(InputError, match="turtle, json-ld, n-triples"):
        read_catalogue(b"", "xml")


def test_a_date_that_is_none_is_an_input_error() -> None:
    content = exported(district()).replace(b'"2011-12-31"^^xsd:date', b'"2011-13-31"^^xsd:string')

    with pytest.raises(InputError, match="date that is none"):
        read_catalogue(content)


def term(context: object) -> object:
    return {"@version": 1.1, "p": {"@id": "http://a.example/p", "@context": context}}


ELSEWHERE = "https://a.example/c"
REMOTE = (
    ELSEWHERE,
    [ELSEWHERE],
    [[ELSEWHERE]],
    {"@import": ELSEWHERE},
    [[{"@import": ELSEWHERE}]],
    [{}, ELSEWHERE],
    {"@context": ELSEWHERE},
    term(ELSEWHERE),
    term([[ELSEWHERE]]),
    [[term({"@import": ELSEWHERE})]],
    term(term(ELSEWHERE)),
)


@pytest.fixture
def no_web(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.mark.usefixtures("no_web")
@pytest.mark.parametrize("context", REMOTE, ids=str)
@pytest.mark.parametrize("deep", [False, True])
def test_nothing_is_fetched_from_the_web(context: object, deep: bool) -> None:
    inner = {"@context": context, "@id": "https://a.example/x"}
    content = json.dumps({"@context": {}, "@graph": [{"http://a.example/p": [inner]}]} if deep else inner).encode()

    with pytest.raises(InputError, match="nothing is fetched"):
        read_catalogue(content, "json-ld")


@pytest.mark.usefixtures("no_web")
@pytest.mark.parametrize("context", REMOTE, ids=str)
def test_what_would_be_overlooked_in_the_file_is_not_fetched_either(
    context: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphs, "_refuse_remote_contexts", lambda _: None)
    used = {"p": {"p": {"@id": "https://a.example/y"}}}
    content = json.dumps({"@context": context, "@id": "https://a.example/x", "@graph": [used], **used}).encode()

    with pytest.raises(InputError, match="nothing is fetched"):
        read_catalogue(content, "json-ld")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", ["x", "-1", "1.5", "", "1" * 5000], ids=lambda size: size[:3])
def test_a_size_that_is_none_is_an_input_error(form: str, size: str) -> None:
    file = Resource("https://a.example/i#file-1", (), (("dcat:byteSize", (Literal(size),)),))
    item = Resource("https://a.example/i", ("dcat:Dataset",), (("dcat:distribution", (Iri(file.iri),)),))
    content = "".join(FORMATS[form].write([item, file])).encode()

    with pytest.raises(InputError, match="number that is none"):
        read_catalogue(content, form)


def test_a_number_of_a_file_that_is_none_is_an_input_error() -> None:
    file = Iri(f"https://a.example/i#file-{'1' * 5000}")
    item = Resource("https://a.example/i", ("dcat:Dataset",), (("dcat:distribution", (file,)),))

    with pytest.raises(InputError, match="number that is none"):
        read_catalogue("".join(FORMATS["turtle"].write([item])).encode())
