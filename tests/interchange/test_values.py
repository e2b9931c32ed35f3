"""Values are taken as people write them, or refused without being repeated."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.errors import InputError
from govopen.interchange.values import (
    SHOWING,
    enum_reader,
    is_blank,
    read_bool,
    read_date,
    read_decimal,
    read_id,
    read_int,
    text_reader,
)
from govopen.model.catalog import Category
from govopen.model.classification import DisclosureAttribute
from govopen.model.units import UnitKind

DAY = dt.date(2011, 4, 5)
MISTAKES = [None, True, 3.5, [], {}, b"1", "", "abc", "x" * 10_000]


@pytest.mark.parametrize(
    "written",
    [
        "2011-04-05",
        "2011-4-5",
        "2011/4/5",
        "2011/04/05",
        "2011.04.05",
        "2011.4.5",
        "20110405",
        "2011年4月5日",
        "2011年04月05日",
        "2011 年 4 月 5 日",
        "2011年4月5",
        "二○一一年四月五日",
        "二〇一一年四月五日",
        "\u3000２０１１－０４－０５ ",
        "２０１１年４月５日",
        "2011-04-05 00:00:00",
        "2011-04-05T00:00:00",
        "2011/4/5 0:00",
        DAY,
        dt.datetime(2011, 4, 5),  # noqa: DTZ001 - what a workbook's cell gives
    ],
)
def test_a_day_is_read_however_it_is_usually_written(written: object) -> None:
    assert read_date(written) == DAY


def test_the_printed_zero_of_a_geometric_shape_is_a_zero() -> None:
    assert read_date("二\u25cb一一年四月十五日") == dt.date(2011, 4, 15)


@pytest.mark.parametrize(
    "written",
    [
        *MISTAKES,
        20110405,
        "2011-02-30",
        "2011-4/5",
        "5/4/2011",
        "2011-04",
        "2011-04-05 10:30:00",
        "0011-04-05",
        "1948-12-31",
        "2101-01-01",
        "2011-W01-1",
        dt.datetime(2011, 4, 5, 10, 30),  # noqa: DTZ001
        dt.datetime(2011, 4, 5, tzinfo=dt.UTC),
    ],
)
def test_what_is_no_day_of_a_record_is_refused(written: object) -> None:
    with pytest.raises(InputError, match="not a date"):
        read_date(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [("50000", "50000"), ("50,000", "50000"), ("１２．５０", "12.50"), ("-3", "-3"), (7, "7"), (Decimal("0.1"), "0.1")],
)
def test_a_number_is_read_exactly(written: object, number: str) -> None:
    assert read_decimal(written) == Decimal(number)


@pytest.mark.parametrize(
    "written",
    [*MISTAKES, 0.1, "5万元", "1e5", "1,00", "NaN", Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999"), "1" * 16],
)
def test_what_is_no_exact_number_is_refused(written: object) -> None:
    with pytest.raises(InputError, match="not a number"):
        read_decimal(written)


@pytest.mark.parametrize(
    ("written", "number"), [("12", 12), ("１２", 12), ("1,200", 1200), (Decimal("12.0"), 12), (0, 0)]
)
def test_a_whole_number_is_read(written: object, number: int) -> None:
    assert read_int(written) == number


@pytest.mark.parametrize("written", [*MISTAKES, "12.5", Decimal("0.5"), Decimal("1e999999999")])
def test_what_is_no_whole_number_is_refused(written: object) -> None:
    with pytest.raises(InputError, match="not a whole number"):
        read_int(written)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (True, True),
        (False, False),
        ("TRUE", True),
        ("false", False),
        ("是", True),
        ("否", False),
        ("有", True),
        ("无", False),
    ],
)
def test_yes_and_no_are_read_in_both_languages(written: object, answer: bool) -> None:
    assert read_bool(written) is answer


@pytest.mark.parametrize("written", [mistake for mistake in MISTAKES if mistake is not True] + [1, 0, "1"])
def test_a_number_is_no_yes(written: object) -> None:
    with pytest.raises(InputError, match="neither yes nor no"):
        read_bool(written)


@pytest.mark.parametrize("written", ["proactive", "主动公开", " PROACTIVE ", "Proactive Disclosure", "\u3000主动公开"])
def test_an_enumeration_is_read_by_value_or_by_term(written: str) -> None:
    assert enum_reader(DisclosureAttribute)(written) is DisclosureAttribute.PROACTIVE


def test_every_value_and_term_of_an_enumeration_means_its_member() -> None:
    for member in [*Category, *UnitKind]:
        read = enum_reader(type(member))
        assert {read(member.value), read(member.text.zh), read(member.text.en)} == {member}


@pytest.mark.parametrize("written", MISTAKES)
def test_what_is_not_listed_is_refused_with_the_list(written: object) -> None:
    with pytest.raises(InputError, match=r"Accepted: proactive \(主动公开\), on_request"):
        enum_reader(DisclosureAttribute)(written)


def test_an_identifier_loses_its_full_width_shape() -> None:
    assert read_id(" ｂｇ－２０１１－０００１\u3000") == "bg-2011-0001"


@pytest.mark.parametrize("written", [None, 12, "", "a b", "a/b", "a\u200bb", "x" * 121, "x" * 10_000])
def test_what_is_no_identifier_is_refused(written: object) -> None:
    with pytest.raises(InputError):
        read_id(written)


def test_blanks_around_a_text_go_and_its_characters_stay() -> None:
    assert text_reader(1000)("\u3000 关于ＡＢＣ（１）的\n通知 ") == "关于ＡＢＣ（１）的\n通知"


@pytest.mark.parametrize("written", [None, 12, True, ["a"], "a\x00b", "a\x1b[31mb", "a\ud800b"])
def test_what_is_no_text_is_refused(written: object) -> None:
    with pytest.raises(InputError, match="text"):
        text_reader(1000)(written)


@pytest.mark.parametrize("text", ["番" * 333, "a" * 1000, "a"])
def test_a_text_may_have_as_many_bytes_as_the_limit(text: str) -> None:
    assert text_reader(1000)(text) == text


@pytest.mark.parametrize("text", ["番" * 334, "a" * 1001])
def test_a_longer_text_is_refused_with_its_size_and_the_limit(text: str) -> None:
    with pytest.raises(InputError, match=r"has 100[12] bytes\. Accepted: at most 1000 bytes"):
        text_reader(1000)(text)


@pytest.mark.parametrize("value", [None, "", " ", "\u3000", "\n\t"])
def test_blanks_say_nothing(value: object) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, False, "0", [], {}])
def test_zero_no_and_an_empty_list_say_something(value: object) -> None:
    assert not is_blank(value)


@given(st.text("番禺区政府信息公开目录", min_size=1).map(lambda text: f"{text} 12"))
def test_an_error_shows_no_words(text: str) -> None:
    for read in (read_date, read_decimal, read_int, read_bool, enum_reader(Category)):
        with pytest.raises(InputError) as caught:
            read(text)
        assert set(caught.value.facts) <= {"accepted"}


def test_an_error_keeps_a_short_token_for_who_may_show_it() -> None:
    with pytest.raises(InputError) as caught:
        read_date("2011-13-45")
    assert caught.value.facts["value"] == "2011-13-45"
    assert "{value}" in SHOWING[caught.value.message]
    assert "2011-13-45" not in str(caught.value)
