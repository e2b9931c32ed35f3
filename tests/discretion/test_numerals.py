"""Numbers are read as laws, cheques and statistics write them, and refused where they can be read twice."""

from __future__ import annotations

import decimal
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govopen.discretion.numerals import LIMIT, digits, read_number, write_number
from govopen.errors import InputError

FIGURES = "零一二三四五六七八九十百千万亿两点半〇○壹贰叁肆伍陆柒捌玖拾佰仟0123456789,.%百分之"
CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿", "萬億")
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def decimals() -> st.SearchStrategy[Decimal]:
    """Numbers below 10**12 with up to four decimals."""
    return st.builds(
        lambda units, places: Decimal(units).scaleb(-places), st.integers(0, 10**12 - 1), st.integers(0, 4)
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("2000", "2000"),
        ("20,000", "20000"),
        ("1,234,567.89", "1234567.89"),
        ("２０００", "2000"),
        ("２０，０００．５０", "20000.5"),
        ("0.05", "0.05"),
        (" 5 ", "5"),
        ("\u30005", "5"),
        ("2万", "20000"),
        ("2萬", "20000"),
        ("3.5万", "35000"),
        ("1.2亿", "120000000"),
        ("5百", "500"),
        ("5千", "5000"),
        ("3百万", "3000000"),
        ("3万5千", "35000"),
        ("1亿2000万", "120000000"),
    ],
)
def test_figures_are_read_with_separators_decimals_and_multipliers(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("\u25cb", 0),
        ("五", 5),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("一十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("一百一十", 110),
        ("二千", 2000),
        ("两千", 2000),
        ("两千二百", 2200),
        ("三万五千", 35000),
        ("一万零三十", 10030),
        ("一万零两百", 10200),
        ("二十万", 200000),
        ("十万五千", 105000),
        ("十万零五千", 105000),
        ("一百零五万", 1050000),
        ("一亿零五百万", 105000000),
        ("一亿零五", 100000005),
        ("十二万亿", 12 * 10**12),
    ],
)
def test_words_are_read_as_the_number_they_write(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("三万五", 35000), ("一百五", 150), ("三千五", 3500), ("一万三千五", 13500)]
)
def test_a_last_figure_without_multiplier_counts_the_next_lower_one(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(("text", "value"), [("二〇〇", 200), ("二〇一一", 2011), ("一零五", 105), ("二○○○", 2000)])
def test_figures_one_by_one_are_a_number_if_a_zero_is_among_them(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("贰万", 20000),
        ("壹万贰仟叁佰肆拾伍", 12345),
        ("陆佰柒拾捌", 678),
        ("玖拾萬", 900000),
        ("壹拾", 10),
        ("壹仟零伍拾", 1050),
    ],
)
def test_capitals_of_cheques_are_read(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("半", "0.5"),
        ("一半", "0.5"),
        ("三点五", "3.5"),
        ("零点零五", "0.05"),
        ("十点五〇", "10.5"),
        ("三点五万", "35000"),
        ("百分之二十", "0.2"),
        ("百分之百", "1"),
        ("百分之二点五", "0.025"),
        ("百分之20", "0.2"),
        ("20%", "0.2"),
        ("２０％", "0.2"),
        ("20 %", "0.2"),
        ("0.5%", "0.005"),
        ("千分之三", "0.003"),
        ("3‰", "0.003"),
        ("万分之五", "0.0005"),
    ],
)
def test_halves_decimals_and_shares_are_fractions(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (0, "零"),
        (2, "二"),
        (15, "十五"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (2000, "二千"),
        (10030, "一万零三十"),
        (10015, "一万零一十五"),
        (20000, "二万"),
        (35000, "三万五千"),
        (100000, "十万"),
        (105000, "十万五千"),
        (100000005, "一亿零五"),
        (10**12, "一万亿"),
        (Decimal("3.5"), "三点五"),
        (Decimal("0.05"), "零点零五"),
        (Decimal("2.50"), "二点五"),
        (Decimal("2E+3"), "二千"),
    ],
)
def test_numbers_are_written_in_standard_words(text: int | Decimal, value: str) -> None:
    assert write_number(text) == value


@given(decimals())
@example(Decimal(10**12 - 1))
@example(Decimal("100010.0001"))
def test_what_is_written_in_words_is_read_back(number: Decimal) -> None:
    assert read_number(write_number(number)) == number


@given(st.integers(0, 10**16 - 1))
def test_capitals_and_the_traditional_script_say_the_same(number: int) -> None:
    written = write_number(number)

    assert read_number(written.translate(CAPITALS)) == number
    assert read_number(written.translate(TRADITIONAL)) == number
    assert read_number(written.replace("零", "〇")) == number


@given(decimals())
def test_figures_are_read_with_and_without_separators_and_in_full_width(number: Decimal) -> None:
    assert read_number(f"{number:f}") == read_number(f"{number:,f}") == number
    assert read_number(f"{number:f}".translate(FULL_WIDTH)) == number


@given(decimals())
def test_two_numbers_are_never_written_alike(number: Decimal) -> None:
    assert write_number(number) != write_number(number + Decimal("0.0001"))


@given(st.text(FIGURES, max_size=12))
def test_whatever_the_figures_it_is_a_plain_number_or_refused_with_what_is_accepted(text: str) -> None:
    number, refused = None, ""
    try:
        number = read_number(text)
    except InputError as error:
        refused = str(error)

    if number is None:
        assert "Accepted: " in refused
    else:
        assert f"{number:f}" == digits(number)
        assert read_number(write_number(number)) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "There is no number."),
        ("  ", "There is no number."),
        ("二三千", "'二三千' has figures side by side, and may be an estimate."),
        ("三五", "'三五' has figures side by side, and may be an estimate."),
        ("零五", "'零五' has figures side by side, and may be an estimate."),
        ("千万千", "'千万千' is not how a number is written."),
        ("千", "'千' is not how a number is written."),
        ("万", "'万' is not how a number is written."),
        ("五千千", "'五千千' is not how a number is written."),
        ("一亿亿", "'一亿亿' is not how a number is written."),
        ("一万三十", "'一万三十' is not how a number is written; 10030 is 一万零三十."),
        ("三万零五千", "'三万零五千' is not how a number is written; 35000 is 三万五千."),
        ("十万五", "'十万五' is not how a number is written; 100005 is 十万零五."),
        ("二百十五", "'二百十五' is not how a number is written; 215 is 二百一十五."),
        ("十两", "'十两' is not how a number is written."),
        ("二十两", "'二十两' is not how a number is written; 22 is 二十二."),
        ("两十", "'两十' is not how a number is written."),
        ("十两万", "'十两万' is not how a number is written."),
        ("1,23", "'1,23' has a thousands separator where none belongs."),
        ("１，２３", "'1,23' has a thousands separator where none belongs."),
        ("1234,567", "'1234,567' has a thousands separator where none belongs."),
        ("007", "'007' begins with a zero."),
        ("3万5", "'3万5' joins numbers in a way that can be read twice."),
        ("3.5万2千", "'3.5万2千' joins numbers in a way that can be read twice."),
        ("3万50千", "'3万50千' joins numbers in a way that can be read twice."),
        ("3千5万", "'3千5万' joins numbers in a way that can be read twice."),
        ("2千千", "'2千千' has multipliers that do not go together."),
        ("三点五万亿亿", "'三点五万亿亿' lacks figures before or behind 点, or has something else among them."),
        ("三点", "'三点' lacks figures before or behind 点, or has something else among them."),
        ("点五", "'点五' lacks figures before or behind 点, or has something else among them."),
        ("三点五十", "'三点五十' lacks figures before or behind 点, or has something else among them."),
        ("一万点五亿", "'一万点五亿' has multipliers that do not go together."),
        ("三万5千", "'三万5千' mixes Arabic figures and Chinese ones."),
        ("5十", "'5十' mixes Arabic figures and Chinese ones."),
        ("-5", "A number less than 0 is not accepted here."),
        ("负五", "A number less than 0 is not accepted here."),
        ("5.", "'5.' mixes Arabic figures and Chinese ones."),
        ("百分之", "This is not a number."),
        ("%", "This is not a number."),
        ("三分之一", "This is not a number."),
        ("1e5", "This is not a number."),
        ("②", "This is not a number."),
        ("5元", "This is not a number."),
        ("10000000000000000", "The number is too great, or has too many decimals."),
        ("9" * 400, "The number is too great, or has too many decimals."),
        ("0." + "1" * 16, "The number is too great, or has too many decimals."),
        ("二〇" * 200, "The number is too great, or has too many decimals."),
        ("亿" * 400, "is not how a number is written."),
    ],
)
def test_what_is_malformed_is_refused_with_its_fault_and_what_is_accepted(text: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        read_number(text)

    assert why in str(refused.value)
    assert "Accepted: " in str(refused.value)


@pytest.mark.parametrize("text", ["王小二", "二三千元交王小二", "哨兵12"])
def test_a_refusal_repeats_no_words(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_number(text)

    assert refused.value.facts == {}


@pytest.mark.parametrize("text", ["1" * 10_000, "1," * 5_000, "一" * 10_000, "百分之" * 3_000 + "x", "9" * (LIMIT + 1)])
def test_a_text_that_is_too_long_is_refused_before_it_is_read(text: str) -> None:
    with pytest.raises(InputError, match=f"The text has {len(text)} characters. Accepted: at most 500 characters."):
        read_number(text)


@pytest.mark.parametrize("unit", ["1", "1,", "1万", "1.1", "一", "一千", "百分之", "点", "两", "1,111", "零一千"])
def test_a_text_that_almost_is_a_number_is_refused_at_once(unit: str) -> None:
    text = (unit * LIMIT)[: LIMIT - 1] + "x"

    with pytest.raises(InputError):
        read_number(text)


@pytest.mark.parametrize(
    "number", [-1, Decimal("-0.5"), Decimal("NaN"), Decimal("Infinity"), 10**16, Decimal("1E+999999"), Decimal("1E-16")]
)
def test_a_number_that_could_not_be_read_back_is_not_written(number: int | Decimal) -> None:
    with pytest.raises(InputError):
        write_number(number)


def test_no_context_of_the_caller_rounds_a_number() -> None:
    with decimal.localcontext(prec=2):
        assert read_number("3.25万") == 32500
        assert read_number("12345678") == 12345678
        assert read_number("12.345%") == Decimal("0.12345")
        assert write_number(12345678) == "一千二百三十四万五千六百七十八"
