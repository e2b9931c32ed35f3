"""``govopen table``: tables as files, proved, applied, converted and drawn; what is wrong with them, all at once."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest

from govopen.interchange.tables.files import read_table, write_table
from govopen.model.discretion import Graver, InputKind, Mode, TableInput
from govopen.report.tables.document import table_report_schema
from govopen.rules.samples_discretion import discretion_table

_TIMES = discretion_table().inputs[0]
_ROWS = discretion_table().rows
ABUSE = TableInput(name="abuse", label="辱骂", kind=InputKind.BOOLEAN, graver=Graver.HIGHER)
WHOLE = discretion_table(
    inputs=(_TIMES, ABUSE),
    impossible=("times = 9",),
    rows=(
        attrs.evolve(_ROWS[0], when="times = 1 and not abuse"),
        attrs.evolve(_ROWS[1], when="times = 2 and not abuse"),
        attrs.evolve(_ROWS[2], when="times >= 3 or abuse"),
    ),
)
GAPPED = attrs.evolve(WHOLE, rows=(WHOLE.rows[0], WHOLE.rows[2]))
OVERLAPPING = attrs.evolve(WHOLE, rows=(*WHOLE.rows, attrs.evolve(WHOLE.rows[0], when="times = 3", tier="又一档")))


@pytest.fixture
def files(run: Any) -> None:
    """Three tables in the folder that the program runs in."""
    for name, document in {"whole": WHOLE, "gapped": GAPPED, "overlapping": OVERLAPPING}.items():
        write_table(document, Path(f"{name}.toml"))


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


pytestmark = pytest.mark.usefixtures("files")

# Check


def test_a_whole_table_is_proved(run: Any) -> None:
    ended = run("table", "check", "whole.toml")

    assert (ended.status, ended.err) == (0, "")
    assert "proved 8, refuted 0, unknown 0" in ended.out


@pytest.mark.parametrize(
    ("fail_on", "status"), [("refuted", 1), ("unknown", 0), ("", 0), ("refuted,unknown", 1), ("proved", 2)]
)
def test_the_exit_status_says_whether_what_was_asked_about_is_there(run: Any, fail_on: str, status: int) -> None:
    assert run("table", "check", "gapped.toml", "--fail-on", fail_on).status == status


def test_an_unknown_property_fails_unless_it_is_not_asked_about(run: Any) -> None:
    write_table(attrs.evolve(WHOLE, inputs=(attrs.evolve(_TIMES, graver=None), ABUSE)), Path("unsaid.toml"))

    assert run("table", "check", "unsaid.toml").status == 1
    assert run("table", "check", "unsaid.toml", "--fail-on", "refuted").status == 0


def test_each_file_has_its_part_of_the_report(run: Any) -> None:
    ended = run("table", "check", "whole.toml", "gapped.toml", "overlapping.toml")

    assert ended.status == 1
    assert [line for line in ended.out.splitlines() if not line.startswith(" ")] == [
        f"{name}.toml: 示例裁量基准" for name in ("whole", "gapped", "overlapping")
    ]
    assert "Case: times 2次, abuse no" in ended.out
    assert "Rows 3 and 4 are met at once." in ended.out
    assert "row 4 (又一档): 2000元以上5000元以下" in ended.out


def test_it_speaks_chinese(run: Any) -> None:
    ended = run("table", "check", "gapped.toml", "--lang", "zh-Hans")

    assert "✗ 应罚情形均有档次：已推翻" in ended.out
    assert "受罚次数 2次，辱骂 否" in ended.out


def test_json_goes_to_a_file_as_its_schema_says(run: Any) -> None:
    ended = run("table", "check", "gapped.toml", "whole.toml", "--format", "json", "-o", "report.json")
    document = json.loads(Path("report.json").read_text(encoding="utf-8"))

    assert (ended.status, ended.out) == (1, "")
    jsonschema.validate(document, table_report_schema())
    assert [table["verdict"] for table in document["tables"]] == ["refuted", "proved"]
    assert json.loads(run("schema", "table-report").out) == table_report_schema()


@pytest.mark.parametrize(
    ("issued_on", "since", "basis", "notes"),
    [
        (dt.date(2022, 1, 1), None, "civil-code-2020:1259", ["no first day"]),
        (dt.date(2018, 1, 1), dt.date(2022, 1, 1), "general-provisions-2017:205", ["Nobody has verified"]),
        (None, dt.date(2022, 1, 1), "civil-code-2020:1259", []),
        (None, None, "civil-code-2020:1259", ["neither a date of issue", "no first day"]),
        (dt.date(1980, 1, 1), dt.date(2022, 1, 1), "civil-code-2020:1259", ["On 1980-01-01 no law said"]),
    ],
)
def test_the_law_on_words_of_interval_is_that_of_the_table(
    run: Any, issued_on: dt.date | None, since: dt.date | None, basis: str, notes: list[str]
) -> None:
    write_table(attrs.evolve(WHOLE, issued_on=issued_on, since=since), Path("dated.toml"))
    (table,) = json.loads(run("table", "check", "dated.toml", "--format", "json").out)["tables"]
    own = [note["text"] for note in table["notes"] if "No tier uses" not in note["text"]]

    assert table["interval_words"]["basis"] == [basis]
    assert [any(said in note for note in own) for said in notes] == [True] * len(notes)
    assert len(own) == len(notes)


def test_a_statutory_range_that_nobody_verified_is_a_warning(run: Any) -> None:
    write_table(attrs.evolve(WHOLE, statute=(attrs.evolve(WHOLE.statute[0], verified=False),)), Path("t.toml"))
    ended = run("table", "check", "t.toml")

    assert ended.status == 0
    assert "warning: Statutory range 1 (示例条例第十条): nobody has verified it" in ended.out


def test_all_problems_of_all_files_are_told_at_once(run: Any) -> None:
    write_table(attrs.evolve(WHOLE, title="好"), Path("good.toml"))
    text = Path("good.toml").read_text(encoding="utf-8")
    Path("broken.toml").write_text(
        text.replace("times = 1 and not abuse", "tmes = 1").replace("5000元以上10000元以下", "x"), encoding="utf-8"
    )
    Path("no.toml").write_text("= no TOML", encoding="utf-8")
    ended = run("table", "check", "broken.toml", "good.toml", "missing.toml", "no.toml")

    assert (ended.status, ended.out) == (2, "")
    for part in (
        "broken.toml: rows[0].when",
        "broken.toml: rows[1].outcome",
        "missing.toml: There is no such file",
        "no.toml",
    ):
        assert part in ended.err


@pytest.mark.parametrize("command", [["check"], ["eval"], ["show"]])
@pytest.mark.parametrize("file", ["missing.toml", "table.doc", "."])
def test_a_file_that_is_none_or_of_no_known_format_is_bad_input(run: Any, command: list[str], file: str) -> None:
    Path("table.doc").write_text("x", encoding="utf-8")
    ended = run("table", *command, file)

    assert (ended.status, ended.out) == (2, "")
    assert file in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("suffix", [".toml", ".dmn", ".xlsx"])
def test_a_name_that_no_table_has_is_bad_input(run: Any, suffix: str) -> None:
    write_table(WHOLE, Path(f"t{suffix}"))
    ended = run("table", "check", f"t{suffix}", "--name", "nothing")

    assert (ended.status, ended.out) == (2, "")
    assert "nothing" in ended.err
    assert run("table", "check", f"t{suffix}", "--name", "示例裁量基准").status == 0


# Certificates


def test_certificates_are_written_and_hold_again(run: Any) -> None:
    ended = run("table", "check", "whole.toml", "gapped.toml", "--certificates", "deep/certificates")
    found = sorted(path.name for path in Path("deep/certificates").iterdir())

    assert ended.status == 1
    assert f"{len(found)}" in ended.err
    assert {"whole.toml.complete.json", "gapped.toml.complete.json", "whole.toml.monotone.json"} <= set(found)
    for name in found:
        table = name.split(".json")[0].rsplit(".", 1)[0]
        checked = run("table", "verify", f"deep/certificates/{name}", table)
        assert (checked.status, checked.err) == (0, ""), name
    assert (
        "证书有效"
        in run("table", "verify", "deep/certificates/whole.toml.complete.json", "whole.toml", "--lang=zh-Hans").out
    )


def test_a_certificate_that_was_changed_or_is_of_another_table_is_rejected(run: Any) -> None:
    run("table", "check", "gapped.toml", "--certificates", "c")
    path = Path("c/gapped.toml.complete.json")

    assert run("table", "verify", path, "whole.toml").status == 1
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(document | {"verdict": "proved"}), encoding="utf-8")
    ended = run("table", "verify", path, "gapped.toml")
    assert ended.status == 1
    assert "Rejected" in ended.err
    path.write_text("{}", encoding="utf-8")
    assert run("table", "verify", path, "gapped.toml").status == 1


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_certificate_is_bad_input(run: Any, content: bytes) -> None:
    Path("c.json").write_bytes(content)
    ended = run("table", "verify", "c.json", "whole.toml")

    assert ended.status == 2
    assert "c.json is no certificate" in ended.err
    assert run("table", "verify", "missing.json", "whole.toml").status == 2


def test_certificates_of_two_files_of_one_name_do_not_overwrite_each_other(run: Any) -> None:
    Path("other").mkdir()
    write_table(GAPPED, Path("other/whole.toml"))
    ended = run("table", "check", "whole.toml", "other/whole.toml", "--certificates", "c")

    assert ended.status == 2
    assert not Path("c").exists()


# Convert and show


@pytest.mark.parametrize("suffix", [".toml", ".dmn", ".xlsx"])
def test_a_table_comes_back_from_every_format_that_holds_it(run: Any, suffix: str) -> None:
    ended = run("table", "convert", "whole.toml", f"out{suffix}")

    assert (ended.status, ended.out) == (0, "")
    found = read_table(Path(f"out{suffix}"))
    # A workbook has a column for each input, and so other words for the same conditions.
    assert attrs.evolve(found, rows=()) == attrs.evolve(WHOLE, rows=())
    assert suffix == ".xlsx" or found == WHOLE
    assert run("table", "check", f"out{suffix}").status == 0
    shown = [run("table", "show", f"{name}", "--format", "svg").out for name in ("whole.toml", f"out{suffix}")]
    assert _drawn(shown[0]) == _drawn(shown[1])


def _drawn(svg: str) -> list[str | None]:
    return [text.text for text in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314


@pytest.mark.parametrize("version", ["1.3", "1.4", "1.5"])
def test_dmn_is_written_in_the_version_that_is_asked_for(run: Any, version: str) -> None:
    assert run("table", "convert", "whole.toml", f"{version}.dmn", "--dmn-version", version).status == 0
    namespaces = {"1.3": "20191111", "1.4": "20211108", "1.5": "20230324"}

    assert namespaces[version] in Path(f"{version}.dmn").read_text(encoding="utf-8")


@pytest.mark.parametrize(("suffix", "start"), [("html", "<!doctype html>"), ("rst", "示例裁量基准"), ("svg", "<svg ")])
def test_a_drawing_is_the_same_from_convert_and_show(run: Any, suffix: str, start: str) -> None:
    run("table", "convert", "whole.toml", f"out.{suffix}")
    run("table", "show", "whole.toml", "--format", suffix, "-o", f"shown.{suffix}")
    text = Path(f"out.{suffix}").read_text(encoding="utf-8")

    assert text.startswith(start)
    assert text == Path(f"shown.{suffix}").read_text(encoding="utf-8")
    assert run("table", "show", "whole.toml", "--format", suffix).out == text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["whole.toml", "out.doc"], ".toml, .dmn, .xlsx, .html, .rst, .svg"),
        (["whole.toml", "out"], ".toml"),
        (["whole.toml", "out.toml", "--dmn-version", "1.4"], "--dmn-version"),
        (["whole.toml", "out.dmn", "--dmn-version", "1.2"], "1.3, 1.4, 1.5"),
        (["missing.toml", "out.svg"], "missing.toml"),
        (["whole.toml", "no/such/folder/out.svg"], "out.svg"),
    ],
)
def test_what_cannot_be_converted_is_bad_input(run: Any, args: list[str], said: str) -> None:
    ended = run("table", "convert", *args)

    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert not list(Path().glob("out*"))


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_show_draws_a_column_for_each_input(run: Any, lang: str) -> None:
    document = attrs.evolve(
        WHOLE, rows=(attrs.evolve(WHOLE.rows[0], citation="第三条", mode=Mode.LIGHTER), *WHOLE.rows[1:])
    )
    write_table(document, Path("t.toml"))
    out = run("table", "show", "t.toml", "--lang", lang).out

    expected = {"en": ["times", "abuse", "≥ 3次", "any", "lighter"], "zh-Hans": ["受罚次数", "3次以上", "不限", "从轻"]}
    assert [part for part in (*expected[lang], "第三条", "示例条例第十条") if part not in out] == []


def test_the_inputs_of_the_picture_can_be_chosen(run: Any) -> None:
    one = run("table", "show", "whole.toml", "--format", "svg", "--inputs", "abuse,受罚次数").out

    assert {"abuse →", "↑ times (次)"} <= set(_drawn(one))


@pytest.mark.parametrize("inputs", ["tmes", "times,tmes", "times,abuse,受罚次数"])
@pytest.mark.parametrize("form", ["svg", "html"])
def test_inputs_that_cannot_be_drawn_are_bad_input(run: Any, inputs: str, form: str) -> None:
    ended = run("table", "show", "whole.toml", "--format", form, "--inputs", inputs)

    assert (ended.status, ended.out) == (2, "")


def test_hostile_texts_are_escaped_wherever_they_are_drawn(run: Any) -> None:
    hostile = "<script>alert(1)</script>"
    inputs = (attrs.evolve(_TIMES, label=hostile), ABUSE)
    rows = (attrs.evolve(WHOLE.rows[0], tier=hostile), *WHOLE.rows[1:])
    write_table(attrs.evolve(WHOLE, title=hostile, inputs=inputs, rows=rows), Path("t.toml"))

    for form in ("html", "svg"):
        for lang in ("en", "zh-Hans"):
            assert "<script" not in run("table", "show", "t.toml", "--format", form, "--lang", lang).out
    assert "[red]" in run("table", "show", _titled("[red]x[/red]")).out


def _titled(title: str) -> str:
    write_table(attrs.evolve(WHOLE, title=title), Path("titled.toml"))
    return "titled.toml"
