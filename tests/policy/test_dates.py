"""Printed dates and document numbers are read as they are printed, traps included."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.errors import InputError
from govopen.policy.dates import DocumentNumber, parse_chinese_date, parse_document_number

DAY = dt.date(2011, 4, 15)
FIGURES = "〇一二三四五六七八九"


def printed(day: dt.date, zero: str) -> str:
    """As a paper prints it: the year figure by figure, month and day as numbers."""

    def number(count: int) -> str:
        tens, ones = divmod(count, 10)
        return ("" if tens == 0 else ("十" if tens == 1 else f"{FIGURES[tens]}十")) + (FIGURES[ones] if ones else "")

    year = "".join(FIGURES[int(figure)] for figure in f"{day.year:04}").replace("〇", zero)
    return f"{year}年{number(day.month)}月{number(day.day)}日"


@pytest.mark.parametrize(
    "text",
    [
        "二\u25cb一一年四月十五日",  # as the notice prints it: a geometric shape for zero
        "二\u3007一一年四月十五日",
        "二0一一年四月十五日",
        "二零一一年四月十五日",
        "2011年4月15日",
        "2011年04月15日",
        "２０１１年４月１５日",
        " 2011 年 4 月 15 日 ",
    ],
)
def test_every_way_to_print_the_date_is_the_same_date(text: str) -> None:
    assert parse_chinese_date(text) == DAY


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.sampled_from(["\u25cb", "\u3007", "0", "零"]))
def test_every_day_can_be_printed_and_read_back(day: dt.date, zero: str) -> None:
    assert parse_chinese_date(printed(day, zero)) == day
    assert parse_chinese_date(f"{day.year}年{day.month}月{day.day}日") == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2011-04-15",
        "一一年四月十五日",
        "2011年2月30日",
        "2011年13月1日",
        "2011年4月十五5日",
        "2011年4月",
        "二○一一年四月一五日",
        "2011年4月15日印发",
    ],
)
def test_what_is_no_date_or_no_such_day_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not a date"):
        parse_chinese_date(text)


@given(st.text(alphabet="年月日〇○零一二十0129 号", max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(InputError):
        assert 1000 <= parse_chinese_date(text).year <= 9999


@pytest.mark.parametrize(
    "text",
    [
        "番府办〔2011〕22号",
        "番府办[2011]22号",
        "番府办（2011）22号",
        "番府办(2011)22号",
        "番府办［2011］22号",
        "番府办〔２０１１〕２２号",
        "番府办 〔2011〕 第22号",
    ],
)
def test_brackets_of_every_kind_give_one_document_number(text: str) -> None:
    number = parse_document_number(text)
    assert number == DocumentNumber("番府办", 2011, 22)
    assert str(number) == "番府办〔2011〕22号"


def test_the_issuers_code_keeps_its_script() -> None:
    assert parse_document_number("番府辦〔2011〕22號") == DocumentNumber("番府辦", 2011, 22)


@pytest.mark.parametrize(
    "text", ["", "番府办2011年22号", "番府办〔2011]22号", "〔2011〕22号", "番府办〔11〕22号", "番府办〔2011〕0号"]
)
def test_what_is_no_document_number_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not a document number"):
        parse_document_number(text)
