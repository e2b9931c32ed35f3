"""Every text that a reader would see is screened, and whatever goes wrong on the way bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs
import pytest

from govopen.clearance.passages import FAILED, UNSCREENED, passages_of, screen
from govopen.clearance.screeners.builtin import SCREENERS
from govopen.clearance.screening import Hit, Passage, Ruling, ScreeningVerdict, fold
from govopen.model.catalog import AttachedFile, Category, InformationItem
from govopen.model.classification import SecrecyReview
from govopen.model.contents import Contacts, Institution, Leader
from govopen.model.published import public_digest
from govopen.rules import samples
from govopen.texts import Text

FILE = AttachedFile(name="附件.txt", digest="ab" * 32, media_type="text/plain")
ITEM = samples.proactive_item(
    Category.INSTITUTION,
    text="正文",
    attachments=(FILE,),
    institution=Institution(
        functions="职能",
        leaders=(Leader(name="甲", post="局长"), Leader(name="乙")),
        divisions=("一科", "二科"),
        contacts=Contacts(phone="020-84636810"),
    ),
)


@attrs.frozen
class Planted:
    """A screener that does as it is told."""

    answer: Any
    name: str = "planted"
    title: Text = attrs.field(factory=lambda: Text("植入", "planted"))

    def screen(self, passage: Passage) -> Iterable[Hit]:
        return self.answer(passage)


def places(item: InformationItem = ITEM) -> dict[str, str | None]:
    return {passage.place: passage.text for passage in passages_of(item, {FILE.digest: "内容"})}


def codes(verdicts: tuple[ScreeningVerdict, ...]) -> set[tuple[str, str]]:
    return {(hit.code, hit.place) for verdict in verdicts for hit in verdict.hits}


def test_all_that_is_shown_is_a_passage_and_nothing_else() -> None:
    found = places()
    assert found["id"] == "institution-1"
    assert found["title"] == "示例信息"
    assert found["institution.leaders[1].name"] == "乙"
    assert found["institution.divisions[1]"] == "二科"
    assert found["institution.contacts.phone"] == "020-84636810"
    assert found["attachments[0].name"] == "附件.txt"
    assert found["attachments[0]"] == "内容"
    assert not {place for place in found if place.startswith(("review", "sign_offs", "withdrawn"))}
    assert "ab" * 32 not in found.values()


def test_every_text_of_every_category_is_a_passage() -> None:
    """A number planted in any text of the record is found, whatever the category."""

    def planted(value: Any, name: str = "") -> Any:
        if type(value) is str:
            return value if name in {"digest", "media_type"} else f"{value} 13800138000"
        if isinstance(value, tuple):
            return tuple(planted(member) for member in value)
        if attrs.has(type(value)):
            changes = {
                field.name: planted(getattr(value, field.name), field.name) for field in attrs.fields(type(value))
            }
            return attrs.evolve(value, **changes)
        return value

    def texts(value: Any) -> int:
        if type(value) is str:
            return 1
        if isinstance(value, tuple):
            return sum(map(texts, value))
        return (
            sum(texts(getattr(value, field.name)) for field in attrs.fields(type(value)))
            if attrs.has(type(value))
            else 0
        )

    for category in Category:
        item = planted(samples.item(category, review=None, sign_offs=()))
        verdicts = screen(item, passages_of(item, {}), SCREENERS)
        held = {hit.place for verdict in verdicts for hit in verdict.hits if hit.code == "mobile-number"}
        assert len(held) == texts(item) - 1, category  # all but the digest


def test_numbers_and_dates_and_choices_are_no_texts() -> None:
    found = places(samples.item(Category.FEE))
    assert not {text for text in found.values() if isinstance(text, (Decimal, dt.date))}
    assert "category" not in found


def test_a_file_that_nobody_read_is_given_to_every_screener() -> None:
    verdicts = screen(ITEM, passages_of(ITEM, {}), SCREENERS)
    assert codes(verdicts) == {("unreadable", "attachments[0]")}


def test_a_clean_item_passes_and_each_screener_says_so_of_this_content() -> None:
    verdicts = screen(ITEM, passages_of(ITEM, {FILE.digest: "内容"}), SCREENERS)
    assert fold(verdicts) is Ruling.PASS
    assert [verdict.screener for verdict in verdicts] == [screener.name for screener in SCREENERS]
    assert {verdict.digest for verdict in verdicts} == {public_digest(ITEM)}


def test_its_own_review_is_not_screened() -> None:
    item = attrs.evolve(ITEM, review=SecrecyReview(reviewer="13800138000"))
    assert fold(screen(item, passages_of(item, {FILE.digest: ""}), SCREENERS)) is Ruling.PASS


@pytest.mark.parametrize("left_out", ["title", "attachments[0]", "institution.leaders[0].name"])
def test_a_text_that_is_not_given_to_the_screeners_bars(left_out: str) -> None:
    """Whoever gives no passages would otherwise get clean verdicts of this very digest."""
    given = [passage for passage in passages_of(ITEM, {FILE.digest: ""}) if passage.place != left_out]
    verdicts = screen(ITEM, given, SCREENERS)
    assert codes(verdicts) == {(UNSCREENED, left_out)}
    assert fold(verdicts) is Ruling.BAR


def test_another_text_given_in_place_of_the_items_own_bars() -> None:
    given = [
        attrs.evolve(passage, text="别的") if passage.place == "text" else passage for passage in passages_of(ITEM, {})
    ]
    assert (UNSCREENED, "text") in codes(screen(ITEM, given, SCREENERS))


def raises(passage: Passage) -> Iterable[Hit]:
    raise RuntimeError(passage.text)


def raises_late(passage: Passage) -> Iterable[Hit]:
    yield Hit(code="found", ruling=Ruling.HOLD, place=passage.place)
    raise ValueError(passage.text)


def hit(**changes: Any) -> Any:
    return lambda passage: [Hit(**({"code": "found", "ruling": Ruling.HOLD, "place": passage.place} | changes))]


@pytest.mark.parametrize(
    "answer",
    [
        raises,
        raises_late,
        lambda passage: None,
        lambda passage: ["found"],
        lambda passage: 7,
        hit(ruling=1),
        hit(ruling=None),
        hit(code="Not A Code"),
        hit(code=""),
        hit(code=None),
        hit(place="elsewhere"),
        hit(start=-1),
        hit(start=2, end=1),
        hit(end=10_000),
        hit(start=None),
    ],
)
def test_a_screener_that_fails_bars_and_its_words_are_lost(answer: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A hit that is no hit could be lifted by mistake, or by nobody."""
    verdicts = screen(ITEM, passages_of(ITEM, {FILE.digest: "内容"}), [Planted(answer)])
    assert codes(verdicts) == {(FAILED, place) for place in places()}
    assert fold(verdicts) is Ruling.BAR
    assert caplog.text == ""


def test_one_failing_screener_loses_nothing_of_the_others() -> None:
    item = samples.item(text="电话13800138000")
    verdicts = screen(item, passages_of(item, {}), [Planted(raises), *SCREENERS])
    assert ("mobile-number", "text") in codes(verdicts)


def test_without_screeners_nobody_looked() -> None:
    assert screen(ITEM, passages_of(ITEM, {}), []) == ()
    assert fold(()) is Ruling.BAR
