"""DMN files written: the same table comes back, engines decide alike, and what was edited in one place is noticed."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import Any

import attrs
import pytest

from govopen.discretion.compiling import compile_table
from govopen.errors import InputError, TableError
from govopen.interchange.tables.dmn_names import MODEL
from govopen.interchange.tables.dmn_read import read_dmn
from govopen.interchange.tables.dmn_write import write_dmn
from govopen.model.discretion import (
    Aggregation,
    DiscretionTable,
    Graver,
    HitPolicy,
    InputKind,
    Mode,
    StatutoryRange,
    TableInput,
    TableOutput,
    TableRow,
)

EXTENSION = re.compile(rb"\s*<extensionElements>.*?</extensionElements>", re.DOTALL)

TIMES = TableInput(
    name="times", label="一年内受罚次数", kind=InputKind.INTEGER, unit="次", domain=">= 1", graver=Graver.HIGHER
)
ABUSE = TableInput(name="abuse", label="辱骂执法人员", kind=InputKind.BOOLEAN, graver=Graver.HIGHER)
HARM = TableInput(name="harm", label="危害后果", kind=InputKind.ENUMERATION, values=("轻微", "一般", "严重"))
VOLUME = TableInput(name="volume", label="体积", kind=InputKind.DECIMAL, unit="立方米", step=Decimal("0.1"))
ACTED = TableInput(name="acted", kind=InputKind.DATE)
LATE = TableInput(name="late", kind=InputKind.DURATION, unit="days")
PRICE = TableInput(name="price", kind=InputKind.DECIMAL)

PENALTIES = DiscretionTable(
    id="dt-2011-01",
    unit="u-1",
    title='未按规定排水的处罚裁量基准 <试行> & "附注"',
    power="xzcf-001",
    document_number="某政发〔2011〕1号",
    issued_on=dt.date(2011, 4, 5),
    since=dt.date(2011, 5, 1),
    inputs=(TIMES, ABUSE, HARM, VOLUME),
    impossible=("times = 1 and harm = 严重",),
    lawful=("volume < 0.5",),
    statute=(
        StatutoryRange(
            citation="某条例第十条",
            since=dt.date(2010, 1, 1),
            outcome="2000元以上20000元以下",
            further=("没收违法所得", "责令停业"),
            verified=True,
        ),
    ),
    rows=(
        TableRow(
            tier="轻微",
            when="times = 1 and not abuse",
            wording="一年内第一次，且未辱骂执法人员的",
            outcome="不予处罚",
            mode=Mode.NONE,
            ground="某法第三十三条",
        ),
        TableRow(tier="一般", when="times in [2..3] and not abuse or harm = 一般 and times >= 4", outcome="2000元"),
        TableRow(
            tier="严重",
            when="abuse or harm in (严重, 轻微) and times > 3",
            wording="  两端有空格\n又换行\t的 ",
            outcome="1万元以上2万元以下",
            outcome_wording="一万元以上二万元以下",
            further=("没收违法所得", "责令停业"),
            mode=Mode.HEAVIER,
            citation="第五条第（三）项",
        ),
    ),
)

FEES = DiscretionTable(
    id="fees",
    title="Fees",
    hit_policy=HitPolicy.COLLECT,
    aggregation=Aggregation.SUM,
    inputs=(PRICE, ACTED, LATE, HARM),
    outputs=(TableOutput(name="fee", label="费用", kind=InputKind.DECIMAL),),
    rows=(
        TableRow(when="price >= 10", outputs=("1.5",)),
        TableRow(when="acted >= 2011-04-05 and late in [P3D..P10D]", outputs=("2",)),
        TableRow(when='harm in ("轻微", "严重")', outputs=("-3",)),
    ),
)


def read(content: bytes, **options: Any) -> DiscretionTable:
    return read_dmn(content, where="m.dmn", **options)


def told(content: bytes, **options: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(content, **options)
    return [str(problem) for problem in caught.value.problems]


def without_extension(content: bytes) -> bytes:
    stripped, count = EXTENSION.subn(b"", content)
    assert count == 1
    return stripped


# ---- writing


CHILDREN = {
    "definitions": ("itemDefinition", "inputData", "decision"),
    "itemDefinition": ("typeRef", "allowedValues", "itemComponent"),
    "itemComponent": ("typeRef",),
    "inputData": ("variable",),
    "decision": ("extensionElements", "variable", "informationRequirement", "decisionTable"),
    "informationRequirement": ("requiredInput",),
    "decisionTable": ("input", "output", "rule"),
    "input": ("inputExpression", "inputValues"),
    "output": ("outputValues", "defaultOutputEntry"),
    "rule": ("inputEntry", "outputEntry"),
    **dict.fromkeys(("inputExpression", "inputValues", "outputValues", "defaultOutputEntry"), ("text",)),
    **dict.fromkeys(("inputEntry", "outputEntry"), ("text",)),
}
"""The children of each element, in the order that the schema of DMN has them in."""


def check_order(element: ET.Element, namespace: str) -> None:
    name = element.tag.removeprefix(f"{{{namespace}}}")
    if name == "extensionElements":
        assert all(child.tag == "{urn:govopen:discretion:1}table" for child in element)
        return
    order = CHILDREN.get(name, ())
    places = [order.index(child.tag.removeprefix(f"{{{namespace}}}")) for child in element]
    assert places == sorted(places), name
    for child in element:
        check_order(child, namespace)


@pytest.mark.parametrize("document", [PENALTIES, FEES], ids=lambda document: document.id)
@pytest.mark.parametrize("version", MODEL)
def test_what_is_written_has_the_order_of_the_schema_and_unique_identifiers(
    document: DiscretionTable, version: str
) -> None:
    content = write_dmn(document, version=version)
    root = ET.fromstring(content)  # noqa: S314 - written here

    assert root.tag == f"{{{MODEL[version]}}}definitions"
    check_order(root, MODEL[version])
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", identifier or "") for identifier in identifiers)
    known = {f"#{identifier}" for identifier in identifiers}
    assert {e.get("href") for e in root.iter() if e.get("href")} <= known


@pytest.mark.parametrize("version", MODEL)
def test_a_table_of_penalties_comes_back_as_it_was(version: str) -> None:
    written = write_dmn(PENALTIES, version=version)

    assert read(written) == PENALTIES
    assert write_dmn(read(written), version=version) == written


def test_a_decision_table_that_dmn_holds_whole_has_no_extension() -> None:
    plain = attrs.evolve(FEES, inputs=(PRICE, ACTED, LATE, attrs.evolve(HARM, label="")))
    written = write_dmn(plain)
    assert b"<govopen:" not in written
    assert read(written).outputs == plain.outputs
    case = {"price": Decimal(12), "acted": dt.date(2011, 4, 5), "late": 4, "harm": "严重"}
    assert compile_table(read(written)).decide(case).outputs == Decimal("0.5")

    unsaid = attrs.evolve(FEES, power="xzsy-1")
    assert read(write_dmn(unsaid)) == unsaid


def test_rules_that_are_not_one_for_each_row_need_the_extension() -> None:
    fee = TableOutput(kind=InputKind.TEXT)
    whens = ('price > 1 or harm = "严重"', "price > 1 and price < 0")
    rows = tuple(TableRow(when=when, outputs=("x",)) for when in whens)
    document = DiscretionTable(id="t", inputs=(PRICE, attrs.evolve(HARM, label="")), outputs=(fee,), rows=rows)
    written = write_dmn(document)

    assert written.count(b"<rule ") == len(rows)
    assert read(written) == document


def test_rows_of_several_boxes_become_rules_that_share_no_case() -> None:
    rules = read(without_extension(write_dmn(PENALTIES)))

    # abuse alone already holds what the other half of the third row holds with it.
    assert len(rules.rows) > len(PENALTIES.rows)
    cases = [
        {"times": times, "abuse": abuse, "harm": harm, "volume": Decimal("0.6")}
        for times in (1, 2, 3, 4, 9)
        for abuse in (True, False)
        for harm in HARM.values
        if (times, harm) != (1, "严重")
    ]
    for case in cases:
        ours, theirs = compile_table(PENALTIES).decide(case), compile_table(rules).decide(case)
        assert ours.status == theirs.status
        if ours.row is not None:
            row = PENALTIES.rows[ours.row.number - 1]
            assert theirs.outputs == {
                "tier": row.tier,
                "outcome": row.outcome,
                "further": "；".join(row.further),
                "mode": row.mode.value if row.mode else "",
                "citation": row.citation,
            }


def test_names_that_feel_would_not_take_are_replaced_in_the_rules_alone() -> None:
    names = ("in", "a-b", "a b", "3次", "次数（年）", "date")
    inputs = tuple(TableInput(name=name, kind=InputKind.INTEGER) for name in names)
    rows = (TableRow(when=" and ".join(f"`{name}` > {n}" for n, name in enumerate(names)), outputs=("x",)),)
    document = DiscretionTable(id="2011/1", inputs=inputs, outputs=(TableOutput(kind=InputKind.TEXT),), rows=rows)
    written = write_dmn(document)

    assert read(written) == document
    rules = read(without_extension(written))
    assert [one.name for one in rules.inputs] == ["in_", "a b", "a_b_", "_3次", "次数 年", "date"]
    case = dict(zip([one.name for one in rules.inputs], range(1, 7), strict=True))
    assert compile_table(rules).decide(case).outputs == "x"
    assert compile_table(rules).decide({**case, "date": 5}).status == "no_row"


def test_texts_with_quotes_backslashes_and_markup_come_back() -> None:
    odd = ("a\\nb", "<&>", "'", "   ", "", '"', 'x"y', "line\nbreak")
    document = DiscretionTable(
        id="odd",
        inputs=(TableInput(name="a", kind=InputKind.ENUMERATION, values=("c\\nd", "e]]>f", "g'h")),),
        outputs=(TableOutput(name="o", kind=InputKind.TEXT), TableOutput(name="p", kind=InputKind.TEXT)),
        rows=tuple(
            TableRow(when=f'a = "{value}"', outputs=(f'"{one}"', f'"{other}"'))
            for value, one, other in zip(("c\\nd", "e]]>f", "g'h"), odd[:3], odd[3:6], strict=True)
        ),
    )
    written = write_dmn(document)
    ours = compile_table(document)
    for content in (written, EXTENSION.sub(b"", written)):
        theirs = compile_table(read(content))
        for value in document.inputs[0].values:
            assert theirs.decide({"a": value}).outputs == ours.decide({"a": value}).outputs


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(InputError, match=r"DMN 1\.2 is not written\. Accepted: 1\.3, 1\.4, 1\.5"):
        write_dmn(PENALTIES, version="1.2")
    with pytest.raises(TableError):
        write_dmn(attrs.evolve(PENALTIES, inputs=()))
    either = attrs.evolve(PENALTIES.rows[0], when="times = 1 / abuse")
    with pytest.raises(TableError, match="Rows 1 say neither AND nor OR"):
        write_dmn(attrs.evolve(PENALTIES, rows=(either, *PENALTIES.rows[1:])))
    with pytest.raises(InputError, match="a character that XML cannot hold"):
        write_dmn(attrs.evolve(PENALTIES, title="a\x00b"))


# ---- rules and extension


def edited(old: str, new: str, document: DiscretionTable = PENALTIES) -> list[str]:
    content = write_dmn(document).decode()
    assert content.count(old) >= 1, old
    return told(content.replace(old, new, 1).encode())


def test_a_rule_that_was_edited_is_not_read_beside_its_extension() -> None:
    (problem,) = edited("<text>[2..3]</text>", "<text>[2..4]</text>")
    assert "table/rows[2]: The row and its rules in the decision table hold for different cases." in problem
    assert "delete the extension" in problem

    (problem,) = edited('<text>"2000元"</text>', '<text>"3000元"</text>')
    assert "table/rows[2]: The row and its rules in the decision table have different results." in problem


def test_an_extension_that_was_edited_is_not_read_beside_its_rules() -> None:
    (problem,) = edited("<govopen:when>times = 1 and", "<govopen:when>times = 2 and")
    assert "table/rows[1]: The row and its rules" in problem

    assert "table/title" in edited("<govopen:title>", "<govopen:title>新")[0]
    assert "table/hit_policy" in edited('hitPolicy="UNIQUE"', 'hitPolicy="FIRST"')[0]
    assert "table/inputs" in edited("<govopen:domain>&gt;= 1<", "<govopen:domain>&gt;= 2<")[0]
    assert "table/rows" in edited('<govopen:rows rules="1">', '<govopen:rows rules="2">')[0]


def test_what_only_the_extension_says_may_be_edited() -> None:
    content = write_dmn(PENALTIES).decode()
    content = content.replace("<govopen:verified>true<", "<govopen:verified>false<")
    content = content.replace("某法第三十三条", "某法第三十四条")
    document = read(content.encode())

    assert document.statute[0].verified is False
    assert document.rows[0].ground == "某法第三十四条"


def test_rules_written_otherwise_with_the_same_meaning_agree() -> None:
    content = write_dmn(PENALTIES).decode()
    for old, new in (("<text>[2..3]</text>", "<text> 2,\n3 </text>"), ("<text>false</text>", "<text>not(true)</text>")):
        assert old in content
        content = content.replace(old, new)

    assert read(content.encode()) == PENALTIES


def test_an_editor_that_moves_prefixes_and_adds_a_diagram_changes_nothing() -> None:
    content = write_dmn(PENALTIES).decode().replace("<govopen:", "<ns9:").replace("</govopen:", "</ns9:")
    content = content.replace("xmlns:govopen", "xmlns:ns9").replace("\n  ", "\n\t")
    content = content.replace("</definitions>", '<d:DMNDI xmlns:d="urn:d"><d:x/></d:DMNDI></definitions>')

    assert read(content.encode()) == PENALTIES


def test_a_broken_extension_is_refused_with_its_place() -> None:
    found = edited("<govopen:since>2011-05-01<", "<govopen:since>2011-05-32<")
    assert "table/since: This value is not accepted here." in found[0]
    assert (
        "table/colour: There is no such field."
        in edited("<govopen:power>xzcf-001</govopen:power>", "<govopen:colour/>")[0]
    )
    assert "table/id: This field is missing" in edited("<govopen:id>dt-2011-01</govopen:id>", "")[0]
    assert "of another version of govopen" in edited("urn:govopen:discretion:1", "urn:govopen:discretion:2")[0]
