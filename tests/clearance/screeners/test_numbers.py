"""Numbers of persons are found however they are written, and other numbers are left alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from govopen.clearance.screeners.bank import BankCards
from govopen.clearance.screeners.credit import BusinessCodes
from govopen.clearance.screeners.identity import PROVINCES, IdentityNumbers
from govopen.clearance.screeners.mobile import MobileNumbers
from govopen.clearance.screening import Hit, Passage, Ruling, Screener

IDENTITY, MOBILE, CARDS, BUSINESS = IdentityNumbers(), MobileNumbers(), BankCards(), BusinessCodes()


def hits(screener: Screener, text: str) -> list[Hit]:
    return list(screener.screen(Passage(place="text", text=text)))


def codes(screener: Screener, text: str) -> list[str]:
    return [hit.code for hit in hits(screener, text)]


def shown(screener: Screener, text: str) -> list[str]:
    """What the hits point at."""
    return [text[hit.start : hit.end] for hit in hits(screener, text)]


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(sorted(PROVINCES))) + f"{draw(st.integers(0, 9999)):04d}"
    born = draw(st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)))
    number = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return number + ric.calc_check_digit(number + "0")


@st.composite
def mobile_numbers(draw: st.DrawFn) -> str:
    return f"1{draw(st.integers(3, 9))}{draw(st.integers(0, 10**9 - 1)):09d}"


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    length = draw(st.integers(16, 19))
    number = "62" + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=length - 3, max_size=length - 3)))
    return number + luhn.calc_check_digit(number)


@st.composite
def business_codes(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(sorted(PROVINCES))) + f"{draw(st.integers(0, 9999)):04d}"
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "92" + region + "".join(draw(st.lists(st.sampled_from(alphabet), min_size=9, max_size=9)))
    return body + uscc.calc_check_digit(body)


# No digit, no letter and no gap: what stands before and after a number in a sentence.
words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=6).map(
    lambda text: "".join("文" if char in "一二三四五六七八九零" else char for char in text)
)
before = st.builds(
    lambda text, end: text + end, words, st.sampled_from(["", "：", "（", "号 ", "\n", "①", "A级，", "２)"])
)
after = st.builds(lambda start, text: start + text, st.sampled_from(["", "。", "）", "²", "\n", "，", "X"]), words)
WIDE = str.maketrans(
    "0123456789ABCDEFGHJKLMNPQRTUWXY", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＴＵＷＸＹ"
)
MATHEMATICAL = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
INVISIBLE = [
    "\u200b",
    "\u200c\u200d",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\u2060" * 9,
    "\x00",
    "\ufe0f",
    "\u3164",
    "\U000e0031",
]


@st.composite
def written(draw: st.DrawFn, number: str) -> str:
    """The number as somebody might write it: digits of any kind, gaps, and what cannot be seen anywhere within."""
    number = number.translate(draw(st.sampled_from([{}, WIDE, MATHEMATICAL, ARABIC])))
    cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=2)))
    gap = draw(st.sampled_from([" ", "-", "  ", "\u3000", " - ", "·", "—", "\u00a0", ""]))
    parts = [number[start:end] for start, end in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    spaced = gap.join(parts)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(1, len(spaced) - 1))
        spaced = spaced[:at] + draw(st.sampled_from(INVISIBLE)) + spaced[at:]
    return spaced


def _found_as(screener: Screener, code: str, number: str, data: st.DataObject) -> None:
    spaced = data.draw(written(number), label="written")
    start, end = data.draw(before, label="before"), data.draw(after, label="after")
    if screener is BUSINESS:
        # A letter beside a code makes it part of a longer one.
        start, end = start.replace("２)", ""), end.replace("X", "")
    found = [hit for hit in hits(screener, start + spaced + end) if hit.code == code]
    assert [(hit.start, hit.end) for hit in found] == [(len(start), len(start) + len(spaced))]


@given(number=identity_numbers(), data=st.data())
@settings(max_examples=150)
def test_an_identity_number_is_found_as_it_is_written(number: str, data: st.DataObject) -> None:
    _found_as(IDENTITY, "identity-number", number, data)


@given(number=mobile_numbers(), data=st.data())
@settings(max_examples=150)
def test_a_mobile_number_is_found_as_it_is_written(number: str, data: st.DataObject) -> None:
    _found_as(MOBILE, "mobile-number", number, data)


@given(number=card_numbers(), data=st.data())
@settings(max_examples=150)
def test_a_card_number_is_found_as_it_is_written(number: str, data: st.DataObject) -> None:
    _found_as(CARDS, "bank-card-number", number, data)


@given(number=business_codes(), data=st.data())
@settings(max_examples=150)
def test_the_code_of_an_individuals_business_is_found_as_it_is_written(number: str, data: st.DataObject) -> None:
    _found_as(BUSINESS, "individual-business-code", number, data)


@given(number=identity_numbers(), digit=st.sampled_from("0123456789X"))
def test_an_identity_number_with_a_wrong_check_digit_is_still_about_somebody(number: str, digit: str) -> None:
    expected = "identity-number" if digit == number[17] else "identity-number-like"
    assert codes(IDENTITY, f"身份证号{number[:17]}{digit}，") == [expected]


@given(
    numbers=st.lists(mobile_numbers(), min_size=2, max_size=5),
    gap=st.sampled_from([" ", "\n", "\t", "、", "/", "\u200b", " / "]),
)
def test_each_number_of_a_list_is_found(numbers: list[str], gap: str) -> None:
    assert shown(MOBILE, gap.join(numbers)) == numbers


@given(number=identity_numbers(), gap=st.sampled_from(["\t", "\n", " | ", " ", "\u3000"]))
def test_an_identity_number_is_found_digit_by_digit_as_in_the_boxes_of_a_form(number: str, gap: str) -> None:
    assert codes(IDENTITY, f"公民身份号码{gap}{gap.join(number)}{gap}住址") == ["identity-number"]


class TestIdentityNumbers:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("36042619910101007１", "identity-number"),
            ("44010619900307123x", None),
            ("11010519491231002X", "identity-number"),
            ("11010519491231002x", "identity-number"),
            ("11010519491231002×", "identity-number"),
            ("110105194912\n31002X", "identity-number"),
            ("1101051949123 1002X1", None),
            ("编号1360426199101010071", "identity-number"),
            ("360426910101007", "identity-number-old"),
            ("360426 910101 007", "identity-number-old"),
            ("三六〇四二六一九九一〇一〇一〇〇七一", "identity-number"),
        ],
    )
    def test_in_the_forms_of_real_documents(self, text: str, expected: str | None) -> None:
        if expected is None:
            assert "identity-number" not in codes(IDENTITY, text)
        else:
            assert codes(IDENTITY, text) == [expected]

    @pytest.mark.parametrize(
        "text",
        [
            "360426199113010071",  # a thirteenth month
            "360426199102300071",  # a thirtieth of February
            "990426199101010070",  # no such region, no check digit
            "36042619910101****",
            "360426********0071",
            "2011-04-15 10:30:00.123456",
            "104401060011234567",
            "007482532/2011-00123",
            "统一社会信用代码12440113455350123X",
            "3.14159265358979323846264338327950288",
        ],
    )
    def test_other_numbers_are_left_alone(self, text: str) -> None:
        assert codes(IDENTITY, text) == []

    @given(digits=st.text("0123456789", min_size=18, max_size=18))
    def test_a_random_number_is_one_only_with_a_date_of_birth(self, digits: str) -> None:
        try:
            dt.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
        except ValueError:
            assert codes(IDENTITY, f"编号{digits}。") == []


class TestMobileNumbers:
    @pytest.mark.parametrize(
        "text",
        [
            "+8613800138000",
            "+86 138 0013 8000",
            "008613800138000",
            "(86)138-0013-8000",
            "013800138000",
            "17951 13800138000",
            "138.0013.8000",
            "1-3-8-0-0-1-3-8-0-0-0",
            "1380013\n8000",
            "tel:13800138000",
            "020-84636810/13800138000",
            "13800138000-13900139000",
            "手机：一三八〇〇一三八〇〇〇",
            "a13800138000b",
        ],
    )
    def test_in_the_forms_of_real_documents(self, text: str) -> None:
        assert set(codes(MOBILE, text)) == {"mobile-number"}

    @pytest.mark.parametrize(
        "text",
        [
            "020-84636810",
            "(020)8463 6810",
            "0755-82001234 转 8001",
            "400-830-1234",
            "12345",
            "10086 10010 10000 12306 12315",
            "12800138000",
            "138001380001",
            "13,800,138,000元",
            "15000000.00元",
            "1300000000000",
            "2011-04-15 13:00:00",
            "130 5 0 2 0 0 137",
            "15\t2\t0\t1\t0\t0\t0\t18\t0\t0\t0",
            "1500\n3000\n400",
            "150000\n30000",
            "138****8000",
            "1380013800",
            "post_9485858.html",
            "〔2011〕22号第13条第800138000项"[:12],
        ],
    )
    def test_landlines_services_and_amounts_are_left_alone(self, text: str) -> None:
        assert codes(MOBILE, text) == []

    def test_it_holds_up_and_does_not_bar(self) -> None:
        """The number of an officer on duty may be meant for the public: a person says so."""
        assert [hit.ruling for hit in hits(MOBILE, "13800138000")] == [Ruling.HOLD]


class TestBankCards:
    @pytest.mark.parametrize(
        "text",
        [
            "6222021234567890128",
            "6222 0212 3456 7890 128",
            "622202-1234567890128",
            "4111111111111111",
            "4111 1111 1111 1111",
        ],
    )
    def test_in_the_forms_of_real_documents(self, text: str) -> None:
        assert codes(CARDS, f"账号{text}。") == ["bank-card-number"]

    @pytest.mark.parametrize(
        "text",
        [
            "6222021234567890129",  # no check digit
            "622202123456789",  # too short
            "62220212345678901280",  # too long
            "1234567812345670",  # no issuer
            "2018-440113-78-03-123456",
            "6222\t0212\t3456\t7890\t128",
            "44050158160100000123",  # an organ's account at a bank
            "3602000129200377777",
        ],
    )
    def test_other_long_numbers_are_left_alone(self, text: str) -> None:
        assert codes(CARDS, text) == []

    @given(digits=st.text("0123456789", min_size=16, max_size=19))
    def test_a_number_without_its_check_digit_is_none(self, digits: str) -> None:
        if not luhn.is_valid(digits):
            assert codes(CARDS, digits) == []


class TestBusinessCodes:
    def test_with_a_wrong_check_character_is_still_one_if_it_is_unbroken(self) -> None:
        code = "92440113MA5D2L3X1"
        wrong = next(char for char in "0123456789" if char != uscc.calc_check_digit(code))
        assert codes(BUSINESS, code + wrong) == ["individual-business-code-like"]
        assert codes(BUSINESS, f"{code[:9]} {code[9:]}{wrong}") == []

    def test_in_small_letters(self) -> None:
        code = "92440113MA5D2L3X1"
        assert codes(BUSINESS, (code + uscc.calc_check_digit(code)).lower()) == ["individual-business-code"]

    @pytest.mark.parametrize(
        "text", ["91110000600037341L", "12440113455350123X", "11440113007482532A", "93440113MA5D2L3X1Y"]
    )
    def test_companies_and_organs_are_left_alone(self, text: str) -> None:
        assert codes(BUSINESS, text) == []
