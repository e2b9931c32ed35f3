"""The screener kit fails screeners that are broken on purpose, each in the scenario that names its fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

import pytest

from govopen.clearance.screeners.bank import BankCards
from govopen.clearance.screeners.credit import BusinessCodes
from govopen.clearance.screeners.drafts import UnresolvedDrafts
from govopen.clearance.screeners.hidden import HIDDEN, UNREAD, HiddenContent
from govopen.clearance.screeners.identity import IdentityNumbers
from govopen.clearance.screeners.markings import SecrecyMarkings
from govopen.clearance.screeners.mobile import MobileNumbers
from govopen.clearance.screeners.unreadable import Unreadable
from govopen.clearance.screening import Hit, Passage, Ruling, Screener
from govopen.testing.conformance.screener import ScreenerConformance
from govopen.texts import Text

PLATE = re.compile("粤[A-Z]·?[0-9]{5}")


class Plates:
    """A good screener, for the broken ones to depart from."""

    name = "plate-numbers"
    title = Text("号牌", "number plates")

    def screen(self, passage: Passage) -> Iterable[Hit]:
        for match in PLATE.finditer(passage.text or ""):
            yield self.hit(passage, *match.span())

    def hit(self, passage: Passage, start: int, end: int) -> Hit:
        return Hit(code="plate-number", ruling=Ruling.HOLD, place=passage.place, start=start, end=end)


class TestPlates(ScreenerConformance):
    finds: ClassVar = {"plate-number": ("粤A·12345", "号牌粤A12345")}
    leaves: ClassVar = ("粤府〔2011〕1号", "粤A1234")

    @pytest.fixture
    def screener(self) -> Screener:
        return Plates()


class TestIdentityNumbers(ScreenerConformance):
    finds: ClassVar = {
        "identity-number": ("11010519491231002X", "身份证 360426 19910101 0071。"),
        "identity-number-like": ("编号：110105194912310021",),
        "identity-number-old": ("360426910101007",),
    }
    leaves: ClassVar = ("007482532/2011-00123", "360426********0071")

    @pytest.fixture
    def screener(self) -> Screener:
        return IdentityNumbers()


class TestMobileNumbers(ScreenerConformance):
    finds: ClassVar = {"mobile-number": ("13800138000", "+86 138-0013-8000")}
    leaves: ClassVar = ("020-84636810", "12345")

    @pytest.fixture
    def screener(self) -> Screener:
        return MobileNumbers()


class TestBankCards(ScreenerConformance):
    finds: ClassVar = {"bank-card-number": ("6222021234567890128", "6222 0212 3456 7890 128")}
    leaves: ClassVar = ("6222021234567890129", "44050158160100000123")

    @pytest.fixture
    def screener(self) -> Screener:
        return BankCards()


class TestBusinessCodes(ScreenerConformance):
    finds: ClassVar = {
        "individual-business-code": ("92440113MA5D2L3X1H", "92440113 MA5D2L3X1 H"),
        "individual-business-code-like": ("92440113MA5D2L3X10",),
    }
    leaves: ClassVar = ("91110000600037341L",)

    @pytest.fixture
    def screener(self) -> Screener:
        return BusinessCodes()


class TestSecrecyMarkings(ScreenerConformance):
    finds: ClassVar = {
        "secrecy-marking": ("机密★20年", "秘密 ★ 长期"),
        "internal-marking": ("内部资料 注意保存", "请勿外传"),
        "secrecy-word": ("★20年",),
    }
    leaves: ClassVar = ("国家秘密的密级分为绝密、机密、秘密三级。",)

    @pytest.fixture
    def screener(self) -> Screener:
        return SecrecyMarkings()


class TestDraftTitles(ScreenerConformance):
    finds: ClassVar = {"draft-title": ("示例办法（征求意见稿）",)}
    leaves: ClassVar = ("关于预算草案的报告",)
    place: ClassVar = "title"
    alone: ClassVar = True

    @pytest.fixture
    def screener(self) -> Screener:
        return UnresolvedDrafts()


class TestUnfilledPlaces(ScreenerConformance):
    finds: ClassVar = {"unfilled-place": ("20XX年", "【待补充】")}
    leaves: ClassVar = ("时间待定",)

    @pytest.fixture
    def screener(self) -> Screener:
        return UnresolvedDrafts()


class TestHiddenContent(ScreenerConformance):
    finds: ClassVar = {"hidden-content": (HIDDEN,), "hidden-characters": ("a\u202eb",)}
    leaves: ClassVar = ("a\u200bb",)

    @pytest.fixture
    def screener(self) -> Screener:
        return HiddenContent()


class TestUnreadable(ScreenerConformance):
    finds: ClassVar = {"unreadable-part": (UNREAD,), "unreadable-characters": ("\ufffd",)}
    leaves: ClassVar = ("？",)

    @pytest.fixture
    def screener(self) -> Screener:
        return Unreadable()


class HasNoName(Plates):
    name = ""


class HasATitleInOneLanguage(Plates):
    title = Text("号牌", " ")


class Finicky(Plates):
    """Finds one way of writing only."""

    def screen(self, passage: Passage) -> Iterable[Hit]:
        return (hit for hit in super().screen(passage) if "·" in (passage.text or "")[hit.start : hit.end])


class PassesWhatItFinds(Plates):
    def hit(self, passage: Passage, start: int, end: int) -> Hit:
        return Hit(code="plate-number", ruling=Ruling.PASS, place=passage.place, start=start, end=end)


class FindsEverything(Plates):
    def screen(self, passage: Passage) -> Iterable[Hit]:
        return [self.hit(passage, 0, len(passage.text or ""))]


class Forgetful(Plates):
    """Reports what it has reported before no more."""

    def __init__(self) -> None:
        self.seen: set[str | None] = set()

    def screen(self, passage: Passage) -> Iterable[Hit]:
        known = passage.text in self.seen
        self.seen.add(passage.text)
        return () if known else super().screen(passage)


class Piling(Plates):
    """Gives the hits of earlier passages again."""

    def __init__(self) -> None:
        self.found: list[Hit] = []

    def screen(self, passage: Passage) -> Iterable[Hit]:
        self.found += super().screen(passage)
        return list(self.found)


class LooksAtTheFirstLine(Plates):
    def screen(self, passage: Passage) -> Iterable[Hit]:
        first = (passage.text or "").partition("\n")[0]
        return super().screen(Passage(place=passage.place, text=first))


class LooksAtTheBeginning(Plates):
    def screen(self, passage: Passage) -> Iterable[Hit]:
        return super().screen(Passage(place=passage.place, text=(passage.text or "")[:10_000]))


class CountsBytes(Plates):
    def hit(self, passage: Passage, start: int, end: int) -> Hit:
        text = passage.text or ""
        return super().hit(passage, len(text[:start].encode()), len(text[:end].encode()))


class SaysAnotherPlace(Plates):
    def hit(self, passage: Passage, start: int, end: int) -> Hit:
        return Hit(code="plate-number", ruling=Ruling.HOLD, place="text", start=start, end=end)


class RulesInNumbers(Plates):
    def hit(self, passage: Passage, start: int, end: int) -> Hit:
        ruling: Any = 1
        return Hit(code="plate-number", ruling=ruling, place=passage.place, start=start, end=end)


class QuotesTheText(Plates):
    def hit(self, passage: Passage, start: int, end: int) -> Hit:
        return Hit(code=(passage.text or "")[start:end], ruling=Ruling.HOLD, place=passage.place, start=start, end=end)


class FailsOn(Plates):
    odd = "\x00"

    def screen(self, passage: Passage) -> Iterable[Hit]:
        if self.odd in (passage.text or ""):
            raise ValueError
        return super().screen(passage)


class FailsBeyondTheBasicPlane(FailsOn):
    odd = "\U0001f600"


class FailsOnHalfAPair(Plates):
    def screen(self, passage: Passage) -> Iterable[Hit]:
        (passage.text or "").encode()
        return super().screen(passage)


class FailsOnAScan(Plates):
    def screen(self, passage: Passage) -> Iterable[Hit]:
        assert passage.text is not None
        return super().screen(passage)


SCENARIOS = [name.removeprefix("test_") for name in dir(ScreenerConformance) if name.startswith("test_")]


def fails(screener: Screener, scenario: str, kit: type[ScreenerConformance] = TestPlates) -> bool:
    run = getattr(kit(), f"test_{scenario}")
    try:
        if scenario == "takes_hostile_text":
            for mark in run.pytestmark:
                for odd in mark.args[1]:
                    run(screener, odd)
        else:
            run(screener=screener)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001
        return True
    return False


class Bare(ScreenerConformance):
    finds: ClassVar = {}
    leaves: ClassVar = ()


BROKEN = [
    (HasNoName, "says_what_it_is"),
    (HasATitleInOneLanguage, "says_what_it_is"),
    (Finicky, "finds_its_examples"),
    (PassesWhatItFinds, "finds_its_examples"),
    (RulesInNumbers, "finds_its_examples"),
    (QuotesTheText, "finds_its_examples"),
    (CountsBytes, "finds_its_examples"),
    (FindsEverything, "leaves_what_only_looks_alike"),
    (Forgetful, "says_the_same_again"),
    (Piling, "says_the_same_again"),
    (LooksAtTheFirstLine, "finds_its_examples_within_a_long_text"),
    (LooksAtTheBeginning, "finds_its_examples_within_a_long_text"),
    (SaysAnotherPlace, "takes_any_text"),
    (FailsOn, "takes_hostile_text"),
    (FailsBeyondTheBasicPlane, "takes_hostile_text"),
    (FailsOnHalfAPair, "takes_hostile_text"),
    (FailsOnAScan, "takes_what_nobody_can_read"),
]


@pytest.mark.parametrize(("broken", "scenario"), BROKEN)
def test_a_broken_screener_fails_the_scenario_that_names_its_fault(broken: type[Plates], scenario: str) -> None:
    assert fails(broken(), scenario)


def test_a_good_screener_fails_none() -> None:
    assert [scenario for scenario in SCENARIOS if fails(Plates(), scenario)] == []


def test_a_kit_without_examples_proves_nothing_and_fails() -> None:
    assert fails(Plates(), "has_examples", Bare)


def test_every_scenario_is_failed_by_something_broken() -> None:
    assert {case[1] for case in BROKEN} | {"has_examples"} == set(SCENARIOS)
