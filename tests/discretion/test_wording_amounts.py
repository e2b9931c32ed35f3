"""Amounts, multiples and rates are read from the words of decisions, and repeated numbers are compared."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from govopen.discretion.wording import (
    Amount,
    Bounds,
    IntervalWords,
    interval_words,
    number_conflicts,
    read_amount,
)
from govopen.errors import InputError
from govopen.policy.loading import builtin_library


def of_law(day: str) -> IntervalWords:
    """The words that the law of that day names."""
    return interval_words(builtin_library().matter("text/interval-words").on(dt.date.fromisoformat(day)))


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2000元", amount(point("2000", "元"))),
        ("2000", amount(point("2000", "元"))),
        ("２０００元", amount(point("2000", "元"))),
        ("二千元", amount(point("2000", "元"))),
        ("2万", amount(point("20000", "元"))),
        ("人民币贰万元整", amount(point("20000", "元"))),
        ("¥2,000.00", amount(point("2000", "元"))),
        ("1000元以上3000元以下", amount(span("[1000", "3000]", "元"))),
        ("处二千元以上二万元以下罚款", amount(span("[2000", "20000]", "元"))),
        ("处二千元以上二万元以下的罚款。", amount(span("[2000", "20000]", "元"))),
        ("可以并处五千元以下的罚款", amount(span("", "5000]", "元"))),
        ("并处2000元罚款", amount(point("2000", "元"))),
        ("处罚款2000元", amount(point("2000", "元"))),
        ("处二万元（20000元）罚款", amount(point("20000", "元"))),
        ("2千元至5千元", amount(span("[2000", "5000]", "元"))),
        ("[1000..3000]", amount(span("[1000", "3000]", "元"))),
        ("1000..3000", amount(span("[1000", "3000]", "元"))),
        ("(1000..3000)", amount(span("(1000", "3000)", "元"))),
        ("]1000..3000[", amount(span("(1000", "3000)", "元"))),
    ],
)
def test_amounts_are_read_with_the_words_that_decisions_put_about_them(text: str, found: Amount) -> None:
    assert read_amount(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2倍", multiple(point("2", "倍"))),
        ("一倍以上三倍以下", multiple(span("[1", "3]", "倍"))),
        ("1至3倍", multiple(span("[1", "3]", "倍"))),
        ("货值金额2倍", multiple(point("2", "倍"), "货值金额")),
        ("货值的2倍", multiple(point("2", "倍"), "货值")),
        ("违法所得一倍以上三倍以下的罚款", multiple(span("[1", "3]", "倍"), "违法所得")),
        ("并处违法所得1倍以上不满3倍的罚款", multiple(span("[1", "3)", "倍"), "违法所得")),
        ("不超过违法所得三倍", multiple(span("", "3]", "倍"), "违法所得")),
        ("可燃物价值2倍", multiple(point("2", "倍"), "可燃物价值")),
        ("处理费用2倍", multiple(point("2", "倍"), "处理费用")),
        # 税收征收管理法第六十三条
        ("处不缴或者少缴的税款百分之五十以上五倍以下的罚款", multiple(span("[0.5", "5]", "倍"), "不缴或者少缴的税款")),
        # 建设工程质量管理条例第五十五条 and the like
        ("处工程合同价款百分之二以上百分之四以下的罚款", multiple(span("[0.02", "0.04]", "倍"), "工程合同价款")),
        # 反垄断法第五十六条
        ("上一年度销售额百分之一以上百分之十以下", multiple(span("[0.01", "0.1]", "倍"), "上一年度销售额")),
        ("上一年度境内营业额百分之五以下", multiple(span("", "0.05]", "倍"), "上一年度境内营业额")),
        ("营业额的5%", multiple(point("0.05", "倍"), "营业额")),
        ("2 times price", multiple(point("2", "倍"), "price")),
        ("2 times", multiple(point("2", "倍"))),
        ("[1..3] times price", multiple(span("[1", "3]", "倍"), "price")),
        ("(1..3] times unlawful gain", multiple(span("(1", "3]", "倍"), "unlawful gain")),
    ],
)
def test_multiples_are_read_with_what_they_are_taken_of(text: str, found: Amount) -> None:
    assert read_amount(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每平方米一千元", rate(point("1000", "元"), "平方米")),
        ("每平方米500元以上1000元以下", rate(span("[500", "1000]", "元"), "平方米")),
        ("每平方米处500元以上1000元以下罚款", rate(span("[500", "1000]", "元"), "平方米")),
        ("按每平方米五百元处以罚款", rate(point("500", "元"), "平方米")),
        ("每一平方米1000元", rate(point("1000", "元"), "平方米")),
        ("每株不超过500元", rate(span("", "500]", "元"), "株")),
        ("500元/平方米", rate(point("500", "元"), "平方米")),
        ("500元以上1000元/平方米以下", None),
        ("每处500元", rate(point("500", "元"), "处")),
        ("500元每平方米", rate(point("500", "元"), "平方米")),
        ("1000 per m2", rate(point("1000", "元"), "m2")),
        ("[500..1000] per m2", rate(span("[500", "1000]", "元"), "m2")),
    ],
)
def test_rates_are_read_with_the_unit_that_they_are_for(text: str, found: Amount | None) -> None:
    if found is not None:
        assert read_amount(text) == found
        return
    with pytest.raises(InputError, match="different units"):
        read_amount(text)


def test_an_amount_tells_which_words_the_law_did_not_name() -> None:
    assert read_amount("超过2000元", of_law("2011-04-15")).bounds.unnamed == ("超过",)
    assert read_amount("每平方米超过2000元", of_law("2011-04-15")).bounds.unnamed == ("超过",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "There is no number."),
        ("罚款", "There is no number."),
        ("不予处罚", "There is no number."),
        ("5次", "This is no amount in 元, no multiple in 倍, and no rate in 元 per unit."),
        ("2000美元", "This is no amount in 元, no multiple in 倍, and no rate in 元 per unit."),
        ("货值2000元", "This is no amount in 元, no multiple in 倍, and no rate in 元 per unit."),
        ("5日以上10日以下拘留", "Something stands behind a word of interval that is no number."),
        ("超过部分2倍", "Something stands behind a word of interval that is no number."),
        ("违法所得不超过部分2倍", "Something stands behind a word of interval that is no number."),
        ("违法所得超过部分2倍", "Something stands behind a word of interval that is no number."),
        ("没收违法所得，并处2倍罚款", "A comma or conjunction stands where it joins no two numbers."),
        ("每10平方米500元", "A number has no word that says whether it is the lower or the upper one."),
        ("1000 per 10 m2", "A number has no word that says whether it is the lower or the upper one."),
        ("元货值2倍", "What the multiple is taken of is no plain name."),
        ("的2倍", "What the multiple is taken of is no plain name."),
        ("2 times 不满3", "What the multiple is taken of is no plain name."),
        ("每%1000元", "What the rate is for is no unit."),
        ("1000 per 二千", "What the rate is for is no unit."),
        ("2 times 处货值", "What the multiple is taken of is no plain name."),
        ("每平方米2倍", "This is no amount in 元, no multiple in 倍, and no rate in 元 per unit."),
        ("货值罚款2倍", "What the multiple is taken of is no plain name."),
        ("2倍以上3元以下", "The numbers have different units."),
        ("[1000..3000", "The interval is not closed."),
        ("[3000..1000]", "The lower number, 3000, is greater than the upper, 1000."),
        ("1至3万元", "万 stands with the second number only"),
        ("处二万元（200000元）罚款", "The number in the brackets is not the one before them."),
    ],
)
def test_what_is_no_amount_or_can_be_read_twice_is_refused_with_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        read_amount(text)

    assert why in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("二万元（200000元）", (("二万元", "200000元"),)),
        ("二万元（20000元）", ()),
        ("处二万元(200000元)以上五万元(50000元)以下罚款", (("二万元", "200000元"),)),
        ("处二千元（20000元）以上五万元（5000元）以下", (("二千元", "20000元"), ("五万元", "5000元"))),
        ("20000元（大写：贰拾万元整）", (("20000元", "贰拾万元整"),)),
        ("人民币贰万元整（￥200,000.00）", (("贰万元整", "￥200,000.00"),)),
        ("２万元（２００００元）", ()),
        ("十五（16）日内", (("十五", "16"),)),
        ("三（3）倍", ()),
        ("二万（200000）元", (("二万", "200000"),)),
        ("二千元（￥2011）", (("二千元", "￥2011"),)),
        ("二万元（200000）", (("二万元", "200000"),)),
        ("百分之二十（30%）", (("百分之二十", "30%"),)),
        ("百分之二十（20%）", ()),
        ("", ()),
    ],
)
def test_numbers_written_twice_and_differently_are_found_as_they_stand(
    text: str, found: tuple[tuple[str, str], ...]
) -> None:
    assert number_conflicts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "第三条（2）",
        "第三百二十条（200）",
        "附件二（1）",
        "二千元（2011）",
        "5立方米（5000升）",
        "二三千元（2500元）",
        "5次以上（含6次）",
        "（1）二万元（2）五万元",
    ],
)
def test_what_does_not_repeat_a_number_conflicts_with_nothing(text: str) -> None:
    assert number_conflicts(text) == ()
