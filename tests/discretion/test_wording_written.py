"""Bounds and amounts are written so that they read back, and whatever the text, it is read or refused, at once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.discretion.impositions import Measure
from govopen.discretion.wording import (
    Amount,
    Bounds,
    Numerals,
    number_conflicts,
    read_amount,
    read_bounds,
    write_amount,
    write_bounds,
)
from govopen.errors import InputError

UNITS = [
    "",
    "元",
    "次",
    "株",
    "立方米",
    "平方米",
    "公斤",
    "千克",
    "吨",
    "倍",
    "天",
    "日",
    "个月",
    "年",
    "人",
    "人次",
    "公里",
]
UNITS += [
    "米",
    "小时",
    "%",
    "‰",
    "‱",
    "起",
    "处",
    "周岁",
    "个工作日",
    "m2",
    "m³",
    "km/h",
    "kWh",
    "元/平方米",
    "间",
    "℃",
]
OF = ["", "货值", "货值金额", "违法所得", "上一年度营业额", "不缴或者少缴的税款", "price", "unlawful gain", "goods_2"]
PER = ["平方米", "立方米", "株", "次", "人", "处", "m2", "square metre", "kg"]
NUMERALS: list[Numerals] = ["digits", "chinese"]
WORDS = [
    "不满",
    "超过",
    "低于",
    "不超过",
    "至少",
    "已满",
    "届满",
    "以上",
    "以下",
    "以内",
    "以外",
    "及以上",
    "至",
    "-",
    "～",
]
OTHERS = [
    "，",
    "但",
    "（含）",
    "（不含）",
    "（含5）",
    "（5）",
    "的",
    "处",
    "罚款",
    "每",
    "货值",
    "上一年度",
    "人民币",
    "¥",
    "。",
    " ",
]
FIGURES = ["5", "10", "2万", "三万", "二千", "百分之", "半", "2倍", "一", "1,000", "0.5", "万", "千", "..", "[", "]"]
PIECES = [*WORDS, *OTHERS, *FIGURES, "元", "次", "立方米", "%", "千克", "倍", "m2", "per", "times", "/", "整"]


def span(low: str, high: str, unit: str = "") -> Bounds:
    """``span("[5", "10)", "次")``; an empty text is no bound."""
    return Bounds(
        low=Decimal(low[1:]) if low else None,
        low_included=low.startswith("["),
        high=Decimal(high[:-1]) if high else None,
        high_included=high.endswith("]"),
        unit=unit,
    )


def point(number: str, unit: str = "") -> Bounds:
    return span(f"[{number}", f"{number}]", unit)


def amount(bounds: Bounds) -> Amount:
    return Amount(bounds=bounds, measure="amount")


def multiple(bounds: Bounds, of: str = "") -> Amount:
    return Amount(bounds=bounds, measure="multiple", of=of)


def rate(bounds: Bounds, of: str) -> Amount:
    return Amount(bounds=bounds, measure="rate", of=of)


def numbers() -> st.SearchStrategy[Decimal]:
    """Numbers below 10**12 with up to four decimals, small ones as often as great ones."""
    units = st.integers(0, 30) | st.sampled_from([100, 200, 500, 1000, 2000, 20000, 35000]) | st.integers(0, 10**12 - 1)
    return st.builds(lambda number, places: Decimal(number).scaleb(-places), units, st.sampled_from([0, 0, 1, 4]))


@st.composite
def bounds(draw: st.DrawFn, units: st.SearchStrategy[str]) -> Bounds:
    """Any bounds that hold a number."""
    low, high = sorted([draw(numbers()), draw(numbers())])
    unit = draw(units)
    match draw(st.sampled_from(["point", "low", "high", "both"])):
        case "low":
            return Bounds(low=low, low_included=draw(st.booleans()), unit=unit)
        case "high":
            return Bounds(high=high, high_included=draw(st.booleans()), unit=unit)
        case "both" if low < high:
            ends = draw(st.booleans()), draw(st.booleans())
            return Bounds(low=low, low_included=ends[0], high=high, high_included=ends[1], unit=unit)
    return Bounds(low=low, low_included=True, high=low, high_included=True, unit=unit)


def amounts() -> st.SearchStrategy[Amount]:
    def of_measure(measure: Measure, unit: str, of: list[str]) -> st.SearchStrategy[Amount]:
        return st.builds(Amount, bounds=bounds(st.just(unit)), measure=st.just(measure), of=st.sampled_from(of))

    return of_measure("amount", "元", [""]) | of_measure("multiple", "倍", OF) | of_measure("rate", "元", PER)


def values(found: Bounds) -> set[Decimal]:
    """Those of a sample of numbers that lie between the bounds."""
    low = found.low if found.low is not None else Decimal("-Infinity")
    high = found.high if found.high is not None else Decimal("Infinity")
    sample = {Decimal(half) / 2 for half in range(50)}
    return {
        number
        for number in sample
        if (low < number or (found.low_included and low == number))
        and (number < high or (found.high_included and number == high))
    }


@pytest.mark.parametrize(
    ("found", "digits", "chinese"),
    [
        (span("[2000", "20000]", "元"), "2000元以上20000元以下", "二千元以上二万元以下"),
        (span("[5", "10)", "立方米"), "5立方米以上不满10立方米", "五立方米以上不满十立方米"),
        (span("(5", "10)", "立方米"), "超过5立方米不满10立方米", "超过五立方米不满十立方米"),
        (span("(5", "10]", "立方米"), "超过5立方米不超过10立方米", "超过五立方米不超过十立方米"),
        (span("", "5)", "立方米"), "不满5立方米", "不满五立方米"),
        (span("", "5]", "立方米"), "5立方米以下", "五立方米以下"),
        (span("(10", "", "立方米"), "超过10立方米", "超过十立方米"),
        (span("[3", "", "次"), "3次以上", "三次以上"),
        (point("0.5", "小时"), "0.5小时", "零点五小时"),
        (span("[20", "50]", "%"), "20%以上50%以下", "百分之二十以上百分之五十以下"),
        (span("[5", "10)"), "5以上不满10", "五以上不满十"),
        # 五千克 would be 5000克.
        (span("[5", "", "千克"), "5千克以上", "5千克以上"),
    ],
)
def test_bounds_are_written_in_the_words_of_the_civil_code(found: Bounds, digits: str, chinese: str) -> None:
    assert write_bounds(found) == digits
    assert write_bounds(found, numerals="chinese") == chinese


@given(bounds(st.sampled_from(UNITS)), st.sampled_from(NUMERALS))
def test_bounds_are_read_back_as_they_were_written(found: Bounds, numerals: Numerals) -> None:
    assert read_bounds(write_bounds(found, numerals)) == found


@given(bounds(st.text(min_size=1, max_size=6)), st.sampled_from(NUMERALS))
def test_bounds_of_a_unit_that_would_be_read_otherwise_are_not_written(found: Bounds, numerals: Numerals) -> None:
    try:
        text = write_bounds(found, numerals)
    except InputError:
        return
    assert read_bounds(text) == found


@pytest.mark.parametrize("unit", ["万元", "次左右", "以上", "元整", "5", "(次)", " 元"])
def test_a_unit_that_is_none_is_not_written(unit: str) -> None:
    with pytest.raises(InputError, match=r"No wording would be read back as these bounds\. Accepted: numbers from 0"):
        write_bounds(point("5", unit))


@given(bounds(st.just("次")))
def test_words_and_their_opposites_part_the_numbers(found: Bounds) -> None:
    end = found.low if found.low is not None else found.high
    everything = values(read_bounds("0次以上"))

    for below, above in (
        ("不满{}次", "{}次以上"),
        ("{}次以下", "超过{}次"),
        ("低于{}次", "不低于{}次"),
        ("{}次以内", "{}次以外"),
    ):
        lower, upper = values(read_bounds(below.format(end))), values(read_bounds(above.format(end)))
        assert lower | upper == everything
        assert not lower & upper


@pytest.mark.parametrize(
    ("found", "digits", "chinese"),
    [
        (amount(point("2000", "元")), "2000元", "二千元"),
        (amount(span("[2000", "20000]", "元")), "2000元以上20000元以下", "二千元以上二万元以下"),
        (multiple(span("[1", "3]", "倍"), "违法所得"), "违法所得1倍以上3倍以下", "违法所得一倍以上三倍以下"),
        (multiple(point("2", "倍")), "2倍", "二倍"),
        (
            multiple(span("[0.02", "0.04]", "倍"), "合同价款"),
            "合同价款2%以上4%以下",
            "合同价款百分之二以上百分之四以下",
        ),
        (multiple(point("2", "倍"), "price"), "price的2倍", "price的二倍"),
        (multiple(span("(1", "3)", "倍"), "price"), "price超过1倍不满3倍", "price超过一倍不满三倍"),
        (rate(span("[500", "1000]", "元"), "平方米"), "每平方米500元以上1000元以下", "每平方米五百元以上一千元以下"),
        (rate(point("1000", "元"), "m2"), "1000元/m2", "一千元/m2"),
    ],
)
def test_amounts_are_written_as_laws_write_them(found: Amount, digits: str, chinese: str) -> None:
    assert write_amount(found) == digits
    assert write_amount(found, numerals="chinese") == chinese


@given(amounts(), st.sampled_from(NUMERALS))
def test_amounts_are_read_back_as_they_were_written(found: Amount, numerals: Numerals) -> None:
    assert read_amount(write_amount(found, numerals)) == found


@given(amounts())
def test_about_an_amount_the_words_of_a_decision_change_nothing(found: Amount) -> None:
    written = write_amount(found, numerals="chinese")

    assert read_amount(f"处{written}罚款") == read_amount(f"并处{written}的罚款。") == found


@pytest.mark.parametrize(
    "found",
    [
        multiple(point("2", "倍"), "第3项"),
        multiple(point("2", "元"), "货值"),
        rate(point("2", "元"), ""),
        amount(point("2", "次")),
        Amount(bounds=point("2", "元"), measure="amount", of="货值"),
    ],
)
def test_an_amount_that_would_be_read_otherwise_is_not_written(found: Amount) -> None:
    with pytest.raises(InputError, match=r"No wording would be read back as this amount\. Accepted: 2000元"):
        write_amount(found)


@given(numbers(), numbers())
def test_two_writings_conflict_exactly_if_their_numbers_differ(one: Decimal, other: Decimal) -> None:
    first, second = write_amount(amount(point(str(one), "元")), numerals="chinese"), f"{other:f}元"

    assert number_conflicts(f"处{first}（{second}）罚款") == (((first, second),) if one != other else ())


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_any_text_of_known_pieces_is_read_as_what_can_be_written_or_is_refused(text: str) -> None:
    for read, write in ((read_bounds, write_bounds), (read_amount, write_amount)):
        assert_read_or_refused(text, read, write)
    number_conflicts(text)


@given(st.text(max_size=30))
def test_any_text_at_all_is_read_as_what_can_be_written_or_is_refused(text: str) -> None:
    for read, write in ((read_bounds, write_bounds), (read_amount, write_amount)):
        assert_read_or_refused(text, read, write)
    number_conflicts(text)


def assert_read_or_refused(text: str, read: Callable[..., object], write: Callable[..., str]) -> None:
    try:
        found = read(text)
    except InputError:
        return
    assert read(write(found)) == found
    assert read(write(found, "chinese")) == found


@pytest.mark.parametrize("read", [read_bounds, read_amount])
@pytest.mark.parametrize(
    "text", ["5" * 10_000, "以上" * 5_000, "5次以上" * 2_500, "（" * 10_000, "每" * 10_000, " " * 10_000]
)
def test_a_text_that_is_too_long_is_refused_before_it_is_read(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(InputError, match=r"The text has 10000 characters\. Accepted: at most 500 characters\."):
        read(text)


@pytest.mark.parametrize("read", [read_bounds, read_amount])
@pytest.mark.parametrize(
    "piece",
    [
        "5",
        "5,",
        "五",
        "一千",
        "以上",
        "5次以上",
        "a",
        "a ",
        "a1/",
        "-",
        "—",
        "每",
        "处",
        "元",
        "（含）",
        "（",
        "百分之",
        " ",
    ],
)
def test_a_text_of_one_piece_repeated_to_the_limit_is_refused_at_once(
    read: Callable[[str], object], piece: str
) -> None:
    with pytest.raises(InputError):
        read((piece * 500)[:499] + "!")


@pytest.mark.parametrize("piece", ["5", "5,", "五", "5（", "5(5", "5 ", "一千", "（", "大写", "5元元元元元元元元"])
def test_conflicts_are_sought_in_a_long_text_at_once(piece: str) -> None:
    assert number_conflicts(piece * 20_000) == ()


@pytest.mark.parametrize(
    "text", ["哨兵5次王小二", "处王小二5元", "5王小二以上5李小四以下", "5次以上王小二", "5次以上（王小二）"]
)
def test_a_refusal_repeats_no_words_of_the_text(text: str) -> None:
    for read in (read_bounds, read_amount):
        with pytest.raises(InputError) as refused:
            read(text)
        assert not any(word in str(refused.value) for word in ("哨兵", "小二", "小四"))
