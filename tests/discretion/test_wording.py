"""Bounds are read as laws and benchmarks word them, or refused where they can be read twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from govopen.discretion.wording import INTERVAL_WORDS, Bounds, IntervalWords, interval_words, read_bounds
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("二千元以上二万元以下", span("[2000", "20000]", "元")),
        ("2000元以上5000元以下", span("[2000", "5000]", "元")),
        ("２０００元以上５０００元以下", span("[2000", "5000]", "元")),
        ("2000元以上一万元以下", span("[2000", "10000]", "元")),
        ("1,000元以上3,000元以下", span("[1000", "3000]", "元")),
        ("不满5立方米", span("", "5)", "立方米")),
        ("超过10立方米", span("(10", "", "立方米")),
        ("超过5立方米不满10立方米", span("(5", "10)", "立方米")),
        ("5立方米以上不满10立方米", span("[5", "10)", "立方米")),
        ("5立方米以上，不满10立方米的", span("[5", "10)", "立方米")),
        ("超过5立方米但不满10立方米", span("(5", "10)", "立方米")),
        ("超过5立方米10立方米以下", span("(5", "10]", "立方米")),
        ("5 立方米以上 10 立方米以下", span("[5", "10]", "立方米")),
        ("5以下", span("", "5]")),
        ("5以内", span("", "5]")),
        ("三个月以内", span("", "3]", "个月")),
        ("15日内", span("", "15]", "日")),
        ("5公里以外", span("(5", "", "公里")),
        ("一年届满", span("[1", "", "年")),
        ("3次以上", span("[3", "", "次")),
        ("3次及以上", span("[3", "", "次")),
        ("3起以上", span("[3", "", "起")),
        ("3处以上", span("[3", "", "处")),
        ("三 千元以上", span("[3000", "", "元")),
        ("半年以上", span("[0.5", "", "年")),
        ("20%以上", span("[20", "", "%")),
        ("百分之二十以上百分之五十以下", span("[20", "50]", "%")),
        ("千分之三以下", span("", "3]", "‰")),
        ("5个百分点以上", span("[5", "", "个百分点")),
        ("已满14周岁不满18周岁", span("[14", "18)", "周岁")),
        ("0.5m3以上不满1m3", span("[0.5", "1)", "m3")),
        ("5m²以下", span("", "5]", "m²")),
    ],
)
def test_legal_words_bound_the_number_as_the_civil_code_says(text: str, found: Bounds) -> None:
    assert read_bounds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *((f"{word}5次", span("", "5)", "次")) for word in ("低于", "不足", "小于", "少于", "未满", "不到", "<")),
        *((f"{word}5次", span("(5", "", "次")) for word in ("高于", "大于", "多于", ">")),
        *((f"{word}5次", span("", "5]", "次")) for word in ("不超过", "不高于", "不大于", "不多于", "至多", "≤")),
        *((f"{word}5次", span("[5", "", "次")) for word in ("不低于", "不少于", "不小于", "至少", "已满", "≥")),
        ("不低于5次不超过10次", span("[5", "10]", "次")),
        ("大于5次小于10次", span("(5", "10)", "次")),
    ],
)
def test_ordinary_words_bound_the_number_as_everybody_uses_them(text: str, found: Bounds) -> None:
    assert read_bounds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("超过（含）10", span("[10", "")),
        ("超过10（含）", span("[10", "")),
        ("超过(含10)10", None),
        ("以上（不含）", None),
        ("5以上（不含）", span("(5", "")),
        ("5以上（不含5）", span("(5", "")),
        ("5次以上（含5次）", span("[5", "", "次")),
        ("2万元以上（含二万元）", span("[20000", "", "元")),
        ("5（含）以上10（不含）以下", span("[5", "10)")),
        ("5（含本数）立方米以上", span("[5", "", "立方米")),
        ("1000元（含）至3000元（不含）", span("[1000", "3000)", "元")),
        ("5以上（含6）", None),
        ("5以上（含）（含）", None),
        ("5（含）", None),
        ("5以上（约）", None),
    ],
)
def test_brackets_say_whether_the_number_is_included(text: str, found: Bounds | None) -> None:
    if found is not None:
        assert read_bounds(text) == found
        return
    with pytest.raises(InputError):
        read_bounds(text)


@pytest.mark.parametrize("sign", ["至", "到", "-", "－", "—", "——", "–", "~", "～", "〜"])
def test_a_range_includes_both_ends(sign: str) -> None:
    assert read_bounds(f"1000元{sign}3000元") == read_bounds(f"1000{sign}3000元") == span("[1000", "3000]", "元")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3", point("3")),
        ("3次", point("3", "次")),
        ("2万元", point("20000", "元")),
        ("2 万元", point("20000", "元")),
        ("贰万元整", point("20000", "元")),
        ("三万五千元", point("35000", "元")),
        ("1.2亿元", point("120000000", "元")),
        ("20%", point("20", "%")),
        ("百分之百", point("100", "%")),
        ("二万元（20000元）", point("20000", "元")),
        ("二万（20000元）", point("20000", "元")),
        ("二万元（￥20000）", point("20000", "元")),
        ("三（3）次", point("3", "次")),
        ("10m2", point("10", "m2")),
        ("两个月", point("2", "个月")),
    ],
)
def test_a_number_alone_is_a_point_and_keeps_its_unit(text: str, found: Bounds) -> None:
    assert read_bounds(text) == found


def test_a_unit_that_is_written_once_is_that_of_both_numbers() -> None:
    assert read_bounds("5以上10立方米以下") == read_bounds("5立方米以上10以下") == span("[5", "10]", "立方米")
    assert read_bounds("10-20%") == read_bounds("百分之十至二十") == span("[10", "20]", "%")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("二百克以上不满一千克", span("[200", "1000)", "克")),
        ("5千克以上不满10千克", span("[5", "10)", "千克")),
        ("五十千克以上", span("[50", "", "千克")),
        ("5万千瓦以下", span("", "50000]", "千瓦")),
        ("5千元以上", span("[5000", "", "元")),
    ],
)
def test_a_thousand_grams_are_a_multiplier_in_words_and_a_unit_behind_figures(text: str, found: Bounds) -> None:
    assert read_bounds(text) == found


@pytest.mark.parametrize(
    "text", ["1至3万元", "1-3万元", "一至三万元", "五十至一百万元", "2至三千元", "1以上3万元以下", "1至3亿元"]
)
def test_a_multiplier_that_may_belong_to_both_numbers_is_refused(text: str) -> None:
    with pytest.raises(
        InputError, match=r"stands with the second number only, and may be meant for both\. Write it with"
    ):
        read_bounds(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1元至3万元", 1, 30000),
        ("1万元至3万元", 10000, 30000),
        ("1万至3万元", 10000, 30000),
        ("五千至三万元", 5000, 30000),
        ("1000至3万元", 1000, 30000),
        ("0至3万元", 0, 30000),
    ],
)
def test_a_multiplier_that_can_belong_to_one_number_only_is_read(text: str, low: int, high: int) -> None:
    assert read_bounds(text) == span(f"[{low}", f"{high}]", "元")


def test_before_october_2017_a_bound_by_a_word_that_no_law_named_says_so() -> None:
    found = read_bounds("超过5立方米不满10立方米", of_law("2011-04-15"))

    assert found == span("(5", "10)", "立方米")
    assert found.unnamed == ("超过",)
    assert read_bounds("超过5立方米", of_law("2017-10-01")).unnamed == ()


@pytest.mark.parametrize("text", ["超过（含）5次", "不超过5次", "高于5次", "5次及以上", "5次以上", "5次"])
def test_what_the_law_need_not_name_is_never_unnamed(text: str) -> None:
    assert read_bounds(text, of_law("2011-04-15")).unnamed == ()


def test_a_law_that_names_no_word_leaves_each_in_its_usual_sense() -> None:
    nothing = IntervalWords(inclusive=frozenset(), exclusive=frozenset())

    for text in ("5以上10以下", "5以内", "5年届满", "不满5", "超过5", "5公里以外"):
        assert read_bounds(text, nothing) == read_bounds(text)
    assert read_bounds("5以上10以下", nothing).unnamed == ("以上", "以下")


def test_a_law_may_give_a_word_another_sense() -> None:
    words = IntervalWords(inclusive=frozenset({"以上"}), exclusive=frozenset({"以下"}))

    assert read_bounds("5以上10以下", words) == span("[5", "10)")


def test_the_default_words_are_those_of_the_law_in_force() -> None:
    assert of_law("2021-01-01") == of_law("2017-10-01") == INTERVAL_WORDS
    assert of_law("2011-04-15").exclusive == {"不满", "以外"}


def test_a_word_cannot_be_named_as_both() -> None:
    with pytest.raises(InputError, match="以上 would both include and exclude the number"):
        IntervalWords(inclusive=frozenset({"以上"}), exclusive=frozenset({"以上"}))


def test_what_the_law_did_not_name_does_not_make_bounds_unequal() -> None:
    found = read_bounds("超过5次", of_law("2011-04-15"))

    assert found == attrs.evolve(found, unnamed=())
    assert hash(found) == hash(attrs.evolve(found, unnamed=()))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "There is no number."),
        ("元", "There is no number."),
        ("以上", "No number stands before '以上'."),
        ("以上5次", "No number stands before '以上'."),
        ("不满", "The text breaks off where a number should follow."),
        ("5至", "The text breaks off where a number should follow."),
        ("5次以上，", "The text breaks off where a number should follow."),
        ("处5元", "What stands before the number is no word of interval."),
        ("约5次", "What stands before the number is no word of interval."),
        ("第3次", "What stands before the number is no word of interval."),
        ("5次左右", "no unit, or makes the number vague"),
        ("10余次", "no unit, or makes the number vague"),
        ("10多次", "no unit, or makes the number vague"),
        ("3日起", "no unit, or makes the number vague"),
        ("5次或10次", "no unit, or makes the number vague"),
        ("5①", "no unit, or makes the number vague"),
        ("5元平方米", "no unit, or makes the number vague"),
        ("5次罚款", "no unit, or makes the number vague"),
        ("0.5千 千", "'0.5千千' has multipliers that do not go together."),
        ("5（5）千次", "no unit, or makes the number vague"),
        ("5" + "株" * 41, "no unit, or makes the number vague"),
        ("5$以上", "'$' is no part of a number, a unit or a word of interval."),
        ("5\x00以上", "'U+0000' is no part of a number, a unit or a word of interval."),
        ("不满5次以下", "'不满' and '以下' stand at one number."),
        ("超过不满5次", "'超过' and '不满' stand at one number."),
        ("5次以上以下", "'以上' and '以下' stand at one number."),
        ("5至不满10", "'不满' cannot follow 至."),
        ("5立方（含）米以上", "Something stands behind a word of interval that is no number."),
        ("5元以上元以下", "Something stands behind a word of interval that is no number."),
        ("至5次", "至 or a dash stands where it joins no two numbers."),
        ("-5次以上", "至 or a dash stands where it joins no two numbers."),
        ("，5次", "A comma or conjunction stands where it joins no two numbers."),
        ("5 10", "A number has no word that says whether it is the lower or the upper one."),
        ("5元5角", "A number has no word that says whether it is the lower or the upper one."),
        ("5次以上10次", "A number has no word that says whether it is the lower or the upper one."),
        ("5至10次以下", "A number has no word that says whether it is the lower or the upper one."),
        ("5至10至15次", "A number has no word that says whether it is the lower or the upper one."),
        ("5次以上10次以上", "Two words bound the numbers on the same side."),
        ("5次以上10天以下", "The numbers have different units."),
        ("10次以上5次以下", "The lower number, 10, is greater than the upper, 5."),
        ("3000元至1000元", "The lower number, 3000, is greater than the upper, 1000."),
        ("超过5次不满5次", "No number lies between 5 and 5 as they are bounded."),
        ("5次以上不满5次", "No number lies between 5 and 5 as they are bounded."),
        ("5次以上（含6次）", "The number in the brackets is not the one before them."),
        ("二万元（20000次）", "The number in the brackets is not the one before them."),
        ("二万元（200000元）", "The number in the brackets is not the one before them."),
        ("5（含）", "A number has no word that says whether it is the lower or the upper one."),
        ("5次以上（约）", "The brackets do not say whether a number is included."),
        ("二三千元以上", "'二三千' has figures side by side, and may be an estimate."),
        ("1,23元以上", "'1,23' has a thousands separator where none belongs."),
    ],
)
def test_bounds_that_are_none_or_can_be_read_twice_are_refused_with_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        read_bounds(text)

    assert why in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(
    "ends", [{}, {"low_included": True, "high": Decimal(1)}, {"low": Decimal(1), "high_included": True}]
)
def test_a_bound_that_is_not_there_cannot_be_included(ends: dict[str, Decimal | bool]) -> None:
    with pytest.raises(InputError, match="A bound that is not there"):
        Bounds(**ends)  # type: ignore[arg-type]
