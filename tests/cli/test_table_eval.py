"""``govopen table eval``: a case or many, decided or not, and what is wrong with them, all at once."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from govopen.interchange.tables.files import write_table
from govopen.model.discretion import DiscretionTable, HitPolicy, InputKind, TableInput, TableOutput, TableRow
from govopen.rules.samples_discretion import discretion_table

_ROWS = discretion_table().rows
ABUSE = TableInput(name="abuse", label="辱骂", kind=InputKind.BOOLEAN)
WHOLE = discretion_table(
    inputs=(*discretion_table().inputs, ABUSE),
    impossible=("times = 9",),
    rows=(
        attrs.evolve(_ROWS[0], when="times = 1 and not abuse"),
        attrs.evolve(_ROWS[1], when="times = 2 and not abuse"),
        attrs.evolve(_ROWS[2], when="times >= 3 or abuse"),
    ),
)
GAPPED = attrs.evolve(WHOLE, rows=(WHOLE.rows[0], WHOLE.rows[2]))
OVERLAPPING = attrs.evolve(WHOLE, rows=(*WHOLE.rows, attrs.evolve(WHOLE.rows[0], when="times = 3", tier="又一档")))


@pytest.fixture(autouse=True)
def _files(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tables in the folder that the program runs in."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name, document in {"whole": WHOLE, "gapped": GAPPED, "overlapping": OVERLAPPING}.items():
        write_table(document, Path(f"{name}.toml"))


def test_a_case_is_decided_by_names_or_labels(run: Any) -> None:
    ended = run("table", "eval", "whole.toml", "受罚次数=2次", "abuse=否")

    assert (ended.status, ended.err) == (0, "")
    for part in ("row 2 (一般)", "5000元以上10000元以下", "times 2次 meets 2次", "abuse no meets no", "示例条例第十条"):
        assert part in ended.out


def test_a_fact_that_does_not_matter_need_not_be_known(run: Any) -> None:
    assert run("table", "eval", "whole.toml", "abuse=true").status == 0


@pytest.mark.parametrize(
    ("file", "facts", "said"),
    [
        ("whole.toml", ["times=1"], ["undecidable", "Not known", "abuse"]),
        ("gapped.toml", ["times=2", "abuse=no"], ["no row is met"]),
        ("overlapping.toml", ["times=3", "abuse=no"], ["In conflict", "row 3 (严重)", "row 4 (又一档)"]),
    ],
)
def test_a_case_that_is_not_decided_ends_with_status_1(run: Any, file: str, facts: list[str], said: list[str]) -> None:
    ended = run("table", "eval", file, *facts)

    assert (ended.status, ended.err) == (1, "")
    assert [part for part in said if part not in ended.out] == []
    assert run("table", "eval", file, *facts, "--format", "json").status == 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["tmes=1", "times=0"], ["tmes: The table has no input", "times: 0 lies outside"]),
        (["times=many"], ["'many' is no value of times"]),
        (["times=9"], ["cannot occur"]),
        (["times"], ["FACT=VALUE"]),
        (["=1"], ["FACT=VALUE"]),
        (["times=1", "受罚次数=2"], ["stands twice"]),
        (["times=1", "--cases", "c.csv"], ["--cases"]),
    ],
)
def test_a_case_that_does_not_fit_is_bad_input(run: Any, facts: list[str], said: list[str]) -> None:
    ended = run("table", "eval", "whole.toml", *facts)

    assert (ended.status, ended.out) == (2, "")
    assert [part for part in said if part not in ended.err] == []


def test_json_of_one_case_has_the_trace(run: Any) -> None:
    document = json.loads(run("table", "eval", "whole.toml", "times=3", "--format", "json").out)

    assert (document["status"], document["row"]["row"], document["missing"]) == ("decided", 3, [])
    assert document["trace"] == [{"input": "times", "value": 3, "condition": ">= 3"}]


CASES = "受罚次数,abuse\n1,否\n2,是\n\n2,\n"


def test_each_line_of_a_csv_is_decided(run: Any) -> None:
    Path("cases.csv").write_text(CASES, encoding="utf-8")
    ended = run("table", "eval", "whole.toml", "--cases", "cases.csv", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(ended.out)))

    assert ended.status == 1
    assert [(line["row"], line["tier"], line["status"], line["missing"]) for line in lines] == [
        ("1", "轻微", "decided", ""),
        ("3", "严重", "decided", ""),
        ("2 3", "", "undecidable", "abuse"),
    ]
    assert "decided 2, undecidable 1" in run("table", "eval", "whole.toml", "--cases", "cases.csv").out
    document = json.loads(run("table", "eval", "whole.toml", "--cases", "cases.csv", "--format", "json").out)
    assert [entry["line"] for entry in document["decisions"]] == [2, 3, 5]


def test_a_csv_of_another_encoding_is_read_if_it_is_named_and_results_can_be_read_back(run: Any) -> None:
    Path("cases.csv").write_text("受罚次数,辱骂\n1,否\n", encoding="gb18030")

    assert run("table", "eval", "whole.toml", "--cases", "cases.csv").status == 2
    ended = run(
        "table",
        "eval",
        "whole.toml",
        "--cases",
        "cases.csv",
        "--encoding",
        "gb18030",
        "--format",
        "csv",
        "-o",
        "out.csv",
    )
    assert ended.status == 0
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbftimes,abuse,row")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("times,tmes\n1,2\n", ["tmes", "no input"]),
        ("times,受罚次数\n1,2\n", ["stands twice"]),
        ("", ["headings"]),
        ("times,abuse\n0,no\n1,maybe\n1\n9,no\n", ["c.csv:2", "c.csv:3", "c.csv:4", "c.csv:5", "cannot occur"]),
        ('times,abuse\n0,no\n1,"no\n', ["c.csv:2", "quoted"]),
    ],
)
def test_a_csv_that_does_not_fit_is_refused_with_every_line(run: Any, content: str, said: list[str]) -> None:
    Path("c.csv").write_text(content, encoding="utf-8")
    ended = run("table", "eval", "whole.toml", "--cases", "c.csv")

    assert (ended.status, ended.out) == (2, "")
    assert [part for part in said if part not in ended.err] == []
    assert run("table", "eval", "whole.toml", "--cases", "missing.csv").status == 2


def test_a_case_that_depends_on_how_a_slash_is_read_is_not_decided(run: Any) -> None:
    rows = (attrs.evolve(WHOLE.rows[0], when="times = 1 / abuse"), attrs.evolve(WHOLE.rows[1], when="times >= 2"))
    write_table(attrs.evolve(WHOLE, rows=rows), Path("slash.toml"))
    ended = run("table", "eval", "slash.toml", "times=2", "abuse=yes")

    assert ended.status == 1
    assert "ambiguous" in ended.out
    assert run("table", "check", "slash.toml").status == 1
    assert "'/' read as 'or'" in run("table", "show", "slash.toml").out
    assert "in row 1 is drawn as 'or'" in run("table", "show", "slash.toml", "--format", "svg").out


def test_a_table_of_another_kind_prints_its_outputs(run: Any) -> None:
    fees = DiscretionTable(
        id="fees",
        title="收费",
        inputs=(TableInput(name="pages", kind=InputKind.INTEGER, domain=">= 0"),),
        outputs=(TableOutput(name="fee", kind=InputKind.DECIMAL),),
        hit_policy=HitPolicy.FIRST,
        rows=(TableRow(when="pages > 10", outputs=("0.5",)), TableRow(when="-", outputs=("1",))),
    )
    write_table(fees, Path("fees.toml"))

    assert "0.5" in run("table", "eval", "fees.toml", "pages=11").out
    assert json.loads(run("table", "eval", "fees.toml", "pages=1", "--format", "json").out)["outputs"] == "1"
