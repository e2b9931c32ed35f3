"""Clearance: what is in order passes, and every single thing that is not bars, each by its own name."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.clearance.cleared import Applicant, Cleared, Public
from govopen.clearance.decide import ClearanceDossier, clear
from govopen.clearance.passages import passages_of, screen
from govopen.clearance.screeners.builtin import SCREENERS
from govopen.clearance.screening import Hit, Passage, Ruling, ScreeningVerdict, fold
from govopen.errors import InputError, NotCleared
from govopen.model.catalog import AttachedFile, Category, InformationItem, Withdrawal
from govopen.model.classification import (
    AuthorityKind,
    ClassifiedItem,
    DisclosureAttribute,
    ReviewResult,
    SecrecyLevel,
    SecrecyReview,
    SignOff,
    SignOffResult,
    SignOffStep,
)
from govopen.model.published import public_digest, public_form
from govopen.model.publishing import ScreeningOverride
from govopen.model.requests import ChannelKind, Request, RequestKind
from govopen.texts import Text

DAY = dt.date(2011, 6, 1)
ON = dt.date(2011, 6, 10)
FILE = AttachedFile(name="附件.txt", digest="ab" * 32, media_type="text/plain")


def settled(item: InformationItem, attribute: DisclosureAttribute = DisclosureAttribute.PROACTIVE) -> InformationItem:
    """The item with a review and three sign-offs of its content."""
    pin = public_digest(item)
    steps = zip(SignOffStep, ("甲", "乙", "丙"), strict=True)
    return attrs.evolve(
        item,
        digest=pin,
        attributes=(attribute,),
        review=SecrecyReview(reviewed_on=DAY, reviewer="丁", result=ReviewResult.NOT_CLASSIFIED, digest=pin),
        sign_offs=tuple(
            SignOff(step=step, person=person, on=DAY, attribute=attribute, digest=pin) for step, person in steps
        ),
    )


ITEM = settled(
    InformationItem(
        id="i-1",
        unit="bureau",
        category=Category.OTHER,
        title="关于办公时间的通知",
        issuer="示例局",
        created_on=DAY,
        text="办事窗口延长服务时间。",
        attachments=(FILE,),
    )
)
SECRET = ClassifiedItem(
    id="i-1",
    unit="bureau",
    level=SecrecyLevel.MIMI,
    determined_on=dt.date(2010, 11, 1),
    classified_until=dt.date(2020, 10, 31),
    basis="secrets-2010:15",
    authority=AuthorityKind.DERIVATIVE,
    authorisation="SC-1",
)
REQUEST = Request(id="r-1", unit="bureau", received_on=DAY, channel=ChannelKind.FAX, kind=RequestKind.INFORMATION)


def dossier(item: InformationItem = ITEM, **facts: Any) -> ClearanceDossier:
    files = {file.digest: file.digest for file in item.attachments}
    return ClearanceDossier(item=item, **({"files": files} | facts))


def verdicts(item: InformationItem, *hits: Hit) -> list[ScreeningVerdict]:
    digest = public_digest(item)
    found = [ScreeningVerdict(screener=screener.name, digest=digest) for screener in SCREENERS]
    return [attrs.evolve(found[0], hits=hits), *found[1:]]


def bars(held: ClearanceDossier, said: list[ScreeningVerdict] | None = None, on: dt.date = ON) -> tuple[str, ...]:
    try:
        clear(held, verdicts(held.item) if said is None else said, Public, on)
    except NotCleared as error:
        return error.bars
    return ()


def signed(index: int, **changes: Any) -> InformationItem:
    steps = list(ITEM.sign_offs)
    steps[index] = attrs.evolve(steps[index], **changes)
    return attrs.evolve(ITEM, sign_offs=tuple(steps))


def test_what_is_in_order_is_cleared_in_its_public_form() -> None:
    cleared = clear(dossier(), verdicts(ITEM), Public, ON)
    assert cleared.item == public_form(ITEM)
    assert (cleared.digest, cleared.audience, cleared.request, cleared.on) == (public_digest(ITEM), Public, "", ON)
    assert "甲" not in repr(cleared)
    assert ITEM.title not in repr(cleared)


BROKEN: dict[str, tuple[str, Callable[[], tuple[str, ...]]]] = {
    "classified": ("classified", lambda: bars(dossier(classified=(SECRET,)))),
    "classified without authority": (
        "classified",
        lambda: bars(dossier(classified=(attrs.evolve(SECRET, authority=None, basis="", authorisation=""),))),
    ),
    "classified without end": (
        "classified",
        lambda: bars(dossier(classified=(attrs.evolve(SECRET, classified_until=None),))),
    ),
    "somebody else's determination": (
        "classified",
        lambda: bars(dossier(classified=(attrs.evolve(SECRET, id="other", classified_until=dt.date(2011, 1, 1)),))),
    ),
    "no secrecy review": ("no-secrecy-review", lambda: bars(dossier(attrs.evolve(ITEM, review=None)))),
    "unsure": (
        "secrecy-unclear",
        lambda: bars(dossier(attrs.evolve(ITEM, review=attrs.evolve(ITEM.review, result=ReviewResult.UNSURE)))),
    ),
    "review of another text": (
        "no-secrecy-review",
        lambda: bars(dossier(attrs.evolve(ITEM, review=attrs.evolve(ITEM.review, digest="0" * 64)))),
    ),
    "review after the day": (
        "no-secrecy-review",
        lambda: bars(dossier(attrs.evolve(ITEM, review=attrs.evolve(ITEM.review, reviewed_on=dt.date(2012, 1, 1))))),
    ),
    "not proposed": ("not-proposed", lambda: bars(dossier(attrs.evolve(ITEM, sign_offs=ITEM.sign_offs[1:])))),
    "not reviewed": ("not-reviewed", lambda: bars(dossier(attrs.evolve(ITEM, sign_offs=ITEM.sign_offs[::2])))),
    "not decided": ("not-decided", lambda: bars(dossier(attrs.evolve(ITEM, sign_offs=ITEM.sign_offs[:2])))),
    "upside down": ("not-decided", lambda: bars(dossier(attrs.evolve(ITEM, sign_offs=ITEM.sign_offs[::-1])))),
    "drafter unnamed": ("not-proposed", lambda: bars(dossier(signed(0, person=" ")))),
    "head unnamed": ("not-reviewed", lambda: bars(dossier(signed(1, person="")))),
    "leader unnamed": ("not-decided", lambda: bars(dossier(signed(2, person="")))),
    "leader undated": ("not-decided", lambda: bars(dossier(signed(2, on=None)))),
    "leader later": ("not-decided", lambda: bars(dossier(signed(2, on=dt.date(2011, 7, 1))))),
    "leader signed another text": ("not-decided", lambda: bars(dossier(signed(2, digest="0" * 64)))),
    "head returned it": ("not-decided", lambda: bars(dossier(signed(1, result=SignOffResult.RETURNED)))),
    "leader returned it": ("not-decided", lambda: bars(dossier(signed(2, result=SignOffResult.RETURNED)))),
    "leader decided otherwise": (
        "attribute-differs",
        lambda: bars(dossier(signed(2, attribute=DisclosureAttribute.ON_REQUEST))),
    ),
    "no attribute": ("no-attribute", lambda: bars(dossier(attrs.evolve(ITEM, attributes=())))),
    "two attributes": (
        "several-attributes",
        lambda: bars(dossier(attrs.evolve(ITEM, attributes=tuple(DisclosureAttribute)[:2]))),
    ),
    "on request": ("on-request", lambda: bars(dossier(settled(ITEM, DisclosureAttribute.ON_REQUEST)))),
    "exempt": ("exempt", lambda: bars(dossier(settled(ITEM, DisclosureAttribute.EXEMPT)))),
    "withdrawn": ("withdrawn", lambda: bars(dossier(attrs.evolve(ITEM, withdrawn=Withdrawal(on=ON))))),
    "no title": ("incomplete", lambda: bars(dossier(settled(attrs.evolve(ITEM, title=" "))))),
    "no category": ("incomplete", lambda: bars(dossier(settled(attrs.evolve(ITEM, category=None))))),
    "no issuer": ("incomplete", lambda: bars(dossier(settled(attrs.evolve(ITEM, issuer=""))))),
    "no date": ("not-of-that-day", lambda: bars(dossier(settled(attrs.evolve(ITEM, created_on=None))))),
    "made later": (
        "not-of-that-day",
        lambda: bars(dossier(settled(attrs.evolve(ITEM, created_on=dt.date(2012, 1, 1))))),
    ),
    "nothing to show": ("no-content", lambda: bars(dossier(settled(attrs.evolve(ITEM, text=" ", attachments=()))))),
    "another digest": ("digest-differs", lambda: bars(dossier(attrs.evolve(ITEM, digest="0" * 64)))),
    "changed after all signed": ("not-decided", lambda: bars(dossier(attrs.evolve(ITEM, text="改了")))),
    "file missing": ("file-missing", lambda: bars(dossier(files={}))),
    "file unread": ("file-missing", lambda: bars(dossier(files={FILE.digest: ""}))),
    "file changed": ("file-differs", lambda: bars(dossier(files={FILE.digest: "cd" * 32}))),
    "nobody screened": ("not-screened", lambda: bars(dossier(), [])),
    "one screener silent": ("not-screened", lambda: bars(dossier(), verdicts(ITEM)[1:])),
    "screened another text": (
        "not-screened",
        lambda: bars(dossier(), verdicts(attrs.evolve(ITEM, text="别的"))),
    ),
    "screened out": (
        "screened-out",
        lambda: bars(dossier(), verdicts(ITEM, Hit(code="x", ruling=Ruling.BAR, place="text"))),
    ),
    "held up": ("held-up", lambda: bars(dossier(), verdicts(ITEM, Hit(code="x", ruling=Ruling.HOLD, place="text")))),
}


@pytest.mark.parametrize("name", BROKEN)
def test_every_single_fault_bars_by_its_name(name: str) -> None:
    code, found = BROKEN[name]
    assert code in found()


OVERRIDE = ScreeningOverride(
    id="o-1",
    unit="bureau",
    item="i-1",
    finding="x",
    digest=public_digest(ITEM),
    person="乙",
    reason="看过，可以公开",
    on=DAY,
)
HELD = Hit(code="x", ruling=Ruling.HOLD, place="text")


def test_a_named_person_lets_pass_what_was_held_up_in_that_content() -> None:
    assert bars(dossier(overrides=(OVERRIDE,)), verdicts(ITEM, HELD)) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"item": "i-2"},
        {"finding": "y"},
        {"digest": "0" * 64},
        {"person": " "},
        {"reason": ""},
        {"on": dt.date(2011, 6, 11)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_override_that_lacks_anything_lifts_nothing(changes: dict[str, Any]) -> None:
    assert bars(dossier(overrides=(attrs.evolve(OVERRIDE, **changes),)), verdicts(ITEM, HELD)) == ("held-up",)


def test_what_bars_nobody_can_lift() -> None:
    barred = verdicts(ITEM, attrs.evolve(HELD, ruling=Ruling.BAR))
    assert bars(dossier(overrides=(OVERRIDE,)), barred) == ("screened-out",)


def test_expired_secrecy_removes_a_bar_and_clears_nothing() -> None:
    expired = attrs.evolve(SECRET, classified_until=dt.date(2011, 6, 9))
    assert bars(dossier(classified=(expired,))) == ()
    assert "no-secrecy-review" in bars(dossier(attrs.evolve(ITEM, review=None), classified=(expired,)))
    assert bars(dossier(classified=(attrs.evolve(expired, classified_until=ON),))) == ("classified",)


@pytest.mark.parametrize("attribute", [DisclosureAttribute.ON_REQUEST, DisclosureAttribute.PROACTIVE])
def test_an_applicant_is_shown_what_is_disclosed_on_request(attribute: DisclosureAttribute) -> None:
    item = settled(ITEM, attribute)
    cleared = clear(dossier(item, request=REQUEST), verdicts(item), Applicant, ON)
    assert (cleared.audience, cleared.request) == (Applicant, "r-1")


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (None, "no-request"),
        (attrs.evolve(REQUEST, unit="other"), "no-request"),
        (attrs.evolve(REQUEST, received_on=dt.date(2011, 7, 1)), "no-request"),
        (attrs.evolve(REQUEST, kind=RequestKind.ENQUIRY), "not-a-request"),
        (attrs.evolve(REQUEST, kind=None), "not-a-request"),
        (attrs.evolve(REQUEST, erased_on=DAY), "request-closed"),
    ],
)
def test_an_applicant_without_a_request_for_documents_is_shown_nothing(request_: Request | None, code: str) -> None:
    item = settled(ITEM, DisclosureAttribute.ON_REQUEST)
    with pytest.raises(NotCleared) as caught:
        clear(dossier(item, request=request_), verdicts(item), Applicant, ON)
    assert caught.value.bars == (code,)


def test_the_exempt_is_shown_to_no_applicant() -> None:
    item = settled(ITEM, DisclosureAttribute.EXEMPT)
    with pytest.raises(NotCleared) as caught:
        clear(dossier(item, request=REQUEST), verdicts(item), Applicant, ON)
    assert caught.value.bars == ("exempt",)


def test_there_are_two_audiences_and_no_third() -> None:
    with pytest.raises(InputError):
        clear(dossier(), verdicts(ITEM), object, ON)  # type: ignore[type-var]


def test_a_cleared_item_cannot_be_forged_copied_changed_or_pickled() -> None:
    cleared = clear(dossier(), verdicts(ITEM), Public, ON)
    facts: dict[str, Any] = {"item": ITEM, "digest": "", "audience": Public, "request": "", "on": ON}
    for forge in (
        lambda: Cleared(object(), **facts),
        lambda: copy.copy(cleared),
        lambda: copy.deepcopy(cleared),
        lambda: pickle.dumps(cleared),
        lambda: setattr(cleared, "_item", ITEM),
        lambda: delattr(cleared, "_item"),
        lambda: type("Other", (Cleared,), {}),
    ):
        with pytest.raises(NotCleared):
            forge()


def test_every_field_that_readers_see_is_screened() -> None:
    seen = {passage.place for passage in passages_of(ITEM, {FILE.digest: "文字"})}
    assert {"title", "text", "issuer", "attachments[0]"} <= seen
    assert passages_of(ITEM, {})[-1] == Passage(place="attachments[0]", text=None)


class Failing:
    """A screener that breaks on what it does not know."""

    name = "failing"
    title = Text("故障", "failing")

    def screen(self, passage: Passage) -> list[Hit]:
        raise LookupError(passage.text)


def test_a_screener_that_fails_bars_the_item() -> None:
    (verdict,) = screen(ITEM, [Passage(place="text", text="文字")], [Failing()])
    assert verdict.ruling is Ruling.BAR
    assert "文字" not in repr(verdict)


@given(st.lists(st.sampled_from(Ruling), max_size=6))
def test_whoever_joins_can_tighten_and_never_loosen(rulings: list[Ruling]) -> None:
    said = [
        ScreeningVerdict(screener=str(number), digest="", hits=(Hit(code="x", ruling=ruling, place="text"),))
        for number, ruling in enumerate(rulings)
    ]
    assert fold(said) == max(rulings, default=Ruling.BAR)
    for count in range(1, len(said) + 1):
        assert fold(said[:count]) <= fold(said)
