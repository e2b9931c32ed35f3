"""``govopen template``: where a workbook is written, and what its notes say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

NOTES = {"en": "Notes", "zh-Hans": "说明"}


def notes(run: Any, tmp_path: Path, name: str, lang: str) -> dict[str, tuple[str, ...]]:
    """The rows of the second sheet, by the path of the field, which stands last."""
    path = tmp_path / f"{name}-{lang}.xlsx"
    assert run("template", name, "-o", path, "--lang", lang).status == 0
    rows = openpyxl.load_workbook(path)[NOTES[lang]].iter_rows(values_only=True)
    return {str(row[-1]): tuple(str(cell or "") for cell in row) for row in rows}


def test_a_folder_that_is_not_there_is_answered_as_check_answers_it(run: Any, tmp_path: Path) -> None:
    ended = run("template", "unit", "-o", tmp_path / "missing" / "unit.xlsx")

    assert ended.status == 2
    assert "unit.xlsx cannot be read or written: No such file or directory" in ended.err


@pytest.mark.parametrize("name", ["unit.csv", "unit.xls", "unit"])
def test_a_workbook_is_not_written_under_the_name_of_another_kind_of_file(run: Any, tmp_path: Path, name: str) -> None:
    ended = run("template", "unit", "-o", tmp_path / name)

    assert ended.status == 2
    assert "Name a file that ends with .xlsx." in ended.err
    assert not (tmp_path / name).exists()


def test_a_suffix_in_capitals_is_a_workbook_too(run: Any, tmp_path: Path) -> None:
    assert run("template", "unit", "-o", tmp_path / "UNIT.XLSX").status == 0


def test_the_meaning_is_in_the_language_of_the_template_and_the_other_name_beside_it(run: Any, tmp_path: Path) -> None:
    chinese = notes(run, tmp_path, "information-item", "zh-Hans")
    english = notes(run, tmp_path, "information-item", "en")

    assert chinese["字段路径"][1] == "含义"
    assert chinese["字段路径"][4] == "English 名称"
    assert chinese["index_number"][1::3] == ("信息条目的索引号", "index number")
    assert chinese["sign_offs.2.person"][1::3] == ("信息条目的第2项审签的人员", "sign-offs 2 / person")
    assert notes(run, tmp_path, "unit", "zh-Hans")["duties"][1] == "单位是否明确没有任何职责事项"
    assert english["index_number"][1::3] == ("information item: index number", "索引号")
    assert english["sign_offs.2.person"][1] == "information item: sign-offs (no. 2): person"


def test_a_member_of_a_list_is_required_only_where_it_is_used(run: Any, tmp_path: Path) -> None:
    found = notes(run, tmp_path, "information-item", "en")

    assert found["id"][2].startswith("required; ")
    assert found["sign_offs.1.step"][2].startswith("required where the entry is used; ")
    assert notes(run, tmp_path, "information-item", "zh-Hans")["sign_offs.1.step"][2].startswith("使用该组栏目时必填")


def test_an_example_is_in_the_terms_of_the_template(run: Any, tmp_path: Path) -> None:
    found = notes(run, tmp_path, "information-item", "zh-Hans")

    assert found["category"][3] == "规范性文件与法规依据"
    assert found["complaint.takes"][3] == "举报; 投诉"
    assert found["approval.outcomes.1.handled"][3] == "0"
    assert notes(run, tmp_path, "information-item", "en")["review.result"][3] == "not classified"
