"""DMN files that are broken, or made to do harm: refused with their line, nothing expanded, fetched or guessed."""

from __future__ import annotations

from typing import Any

import pytest

from govopen.errors import InputError
from govopen.interchange.tables.dmn_names import MODEL
from govopen.interchange.tables.dmn_read import read_dmn
from govopen.interchange.tables.dmn_xml import XmlLimits
from govopen.model.discretion import DiscretionTable


def model(*cells: str, name: str = "a", namespace: str = MODEL["1.5"]) -> bytes:
    rules = "\n".join(
        f'<rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>"罚款"</text></outputEntry></rule>'
        for cell in cells
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{namespace}" name="m" namespace="urn:m">
<decision name="d" id="_d"><decisionTable>
<input><inputExpression typeRef="number"><text>{name}</text></inputExpression></input>
<output typeRef="string"/>
{rules}
</decisionTable></decision>
</definitions>
""".encode()


def read(content: bytes, **options: Any) -> DiscretionTable:
    return read_dmn(content, where="m.dmn", **options)


def told(content: bytes, **options: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(content, **options)
    return [str(problem) for problem in caught.value.problems]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE definitions SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE definitions [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        f'<!DOCTYPE definitions [<!ENTITY l0 "ha">{LAUGHS}]>',
        "<!DOCTYPE definitions>",
    ],
)
def test_a_document_type_is_refused_before_anything_is_expanded(doctype: str) -> None:
    content = model("&l9;").replace(b"\n<def", f"\n{doctype}\n<def".encode(), 1)
    (problem,) = told(content)
    assert problem.startswith("m.dmn:2: The file declares a document type (DOCTYPE)")


def test_what_is_no_whole_xml_is_refused_with_its_line() -> None:
    whole = model("1")

    assert told(whole[:-20])[0].startswith("m.dmn:7: The file is no well-formed XML: unclosed token.")
    assert told(whole[: whole.index(b"<rule>")])[0].startswith("m.dmn:6: The file is no well-formed XML")
    assert "undefined entity" in told(model("&x;"))[0]
    for content in (b"", b"\x00\x01", b"PK\x03\x04", b"{}", b'<?xml version="1.0" encoding="utf-7"?><a/>'):
        assert "m.dmn" in told(content)[0]


def test_large_and_deep_files_are_refused() -> None:
    content = model("1")
    assert "Accepted: at most 100 bytes." in told(content, limits=XmlLimits(document=100))[0]
    deep = b"<a>" * 100_000
    assert "more than 100 deep" in told(deep)[0]
    wide = b"<a>" + b"<b/>" * 100 + b"</a>"
    assert "more than 50 elements" in told(wide, limits=XmlLimits(elements=50))[0]


def test_so_many_problems_are_listed_and_the_others_counted() -> None:
    content = model(*["x"] * 30)
    found = told(content, limits=XmlLimits(problems=10))
    assert len(found) == 11
    assert found[-1] == "m.dmn: 20 further problems are not listed."


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20240513/MODEL/",
        "",
    ],
)
def test_another_namespace_is_refused_with_what_is_read(namespace: str) -> None:
    (problem,) = told(model("1", namespace=namespace))
    assert f"namespace {namespace or '-'}, which is not read" in problem
    for version, accepted in MODEL.items():
        assert f"DMN {version} ({accepted})" in problem


@pytest.mark.parametrize("encoding", ["GBK", "gb18030", "utf-16", "utf-8-sig"])
def test_files_in_other_encodings_are_read(encoding: str) -> None:
    text = model("1", name="次数").decode()
    content = text.replace("UTF-8", encoding.removesuffix("-sig"), 1).encode(encoding)
    assert read(content).rows[0].outputs == ("罚款",)


def test_a_file_that_is_not_in_the_encoding_it_names_is_refused() -> None:
    content = model("1").replace(b"UTF-8", b"GBK").replace("罚款".encode(), b"\xff\xff")
    assert "The file is not gb18030, which its first line says it is." in told(content)[0]
