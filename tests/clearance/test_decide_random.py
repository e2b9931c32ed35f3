"""Random dossiers: what is cleared fulfils a predicate that was written from the law and knows nothing of ``clear``."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
from hypothesis import event, given, settings
from hypothesis import strategies as st

from govopen.clearance.cleared import Applicant, Public
from govopen.clearance.decide import ClearanceDossier, clear
from govopen.clearance.screeners.builtin import REQUIRED
from govopen.clearance.screening import Hit, Ruling, ScreeningVerdict
from govopen.errors import NotCleared
from govopen.model.catalog import AttachedFile, InformationItem, Withdrawal
from govopen.model.classification import (
    DisclosureAttribute,
    ReviewResult,
    SecrecyReview,
    SignOff,
    SignOffResult,
    SignOffStep,
)
from govopen.model.published import public_digest
from govopen.model.publishing import ScreeningOverride
from govopen.rules import samples

FIRST = dt.date(2011, 4, 15)
ON = dt.date(2011, 4, 20)
FILE = AttachedFile(name="附件.txt", digest="ab" * 32)
OTHER_DIGEST = "0" * 64
PROACTIVE, ON_REQUEST, EXEMPT = DisclosureAttribute
PROPOSES, REVIEWS, DECIDES = SignOffStep

days = st.integers(0, 6).map(lambda count: FIRST + dt.timedelta(days=count))


def mostly(value: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Mostly what is right: of thirty things that can be wrong, few dossiers would have none."""
    return st.sampled_from([value] * 24 + list(others))


@st.composite
def steps(draw: st.DrawFn) -> tuple[SignOff, ...]:
    count = draw(mostly(3, 0, 2, 4, 5))
    order = [PROPOSES, REVIEWS, DECIDES, *draw(st.lists(st.sampled_from(list(SignOffStep)), min_size=2, max_size=2))]
    order = draw(mostly(order, draw(st.permutations(order))))
    dates = sorted(draw(st.lists(days, min_size=5, max_size=5)))
    return tuple(
        SignOff(
            step=kind,
            person=draw(mostly("甲", "", " ")),
            on=draw(mostly(day, None, draw(days))),
            attribute=draw(mostly(PROACTIVE, ON_REQUEST, EXEMPT, None)),
            result=draw(mostly(SignOffResult.AGREED, SignOffResult.RETURNED)),
            digest=draw(mostly("", "right", OTHER_DIGEST)),
        )
        for kind, day in zip(order[:count], dates, strict=False)
    )


@st.composite
def reviews(draw: st.DrawFn) -> SecrecyReview | None:
    found = SecrecyReview(
        reviewed_on=draw(mostly(FIRST, None, draw(days))),
        reviewer=draw(mostly("丁", "")),
        result=draw(mostly(ReviewResult.NOT_CLASSIFIED, ReviewResult.UNSURE, None)),
        digest=draw(mostly("", "right", OTHER_DIGEST)),
    )
    return draw(mostly(found, None))


@st.composite
def items(draw: st.DrawFn) -> InformationItem:
    item = samples.item(
        text=draw(mostly("正文", "")),
        attachments=draw(mostly((), (FILE,))),
        title=draw(mostly("名称", " ")),
        created_on=draw(mostly(FIRST, None, draw(days))),
        changed_on=draw(mostly(None, draw(days))),
        attributes=draw(mostly((PROACTIVE,), (ON_REQUEST,), (EXEMPT,), (), (PROACTIVE, EXEMPT))),
        review=draw(reviews()),
        sign_offs=draw(steps()),
        withdrawn=draw(mostly(None, Withdrawal(on=draw(days)))),
        digest="",
    )
    digest = public_digest(item)

    def pin(held: Any) -> Any:
        return attrs.evolve(held, digest=digest) if held is not None and held.digest == "right" else held

    return attrs.evolve(
        item,
        digest=draw(mostly("", digest, OTHER_DIGEST)),
        review=pin(item.review),
        sign_offs=tuple(map(pin, item.sign_offs)),
    )


@st.composite
def dossiers(draw: st.DrawFn) -> tuple[ClearanceDossier, tuple[ScreeningVerdict, ...]]:
    item = draw(items())
    digest = public_digest(item)
    classified = draw(
        mostly(None, samples.classified_item(id=item.id, determined_on=FIRST, classified_until=draw(st.none() | days)))
    )
    override = ScreeningOverride(
        id="override-1",
        unit=item.unit,
        item=draw(mostly(item.id, "other")),
        finding=draw(mostly("mobile-number", "identity-number")),
        digest=draw(mostly(digest, OTHER_DIGEST)),
        person=draw(mostly("乙", "")),
        reason=draw(mostly("公布的电话", " ")),
        on=draw(days),
    )
    ruling = draw(mostly(Ruling.PASS, Ruling.HOLD, Ruling.HOLD, Ruling.HOLD, Ruling.BAR))
    hit = Hit(code="mobile-number", ruling=ruling, place="text")
    verdicts = tuple(
        ScreeningVerdict(screener=name, digest=digest, hits=(hit,) if name == "mobile-numbers" else ())
        for name in sorted(REQUIRED)
    )
    whole = ClearanceDossier(
        item=item,
        classified=(classified,) if classified else (),
        overrides=(override,),
        files=draw(mostly({FILE.digest: FILE.digest}, {}, {FILE.digest: OTHER_DIGEST})),
        request=draw(mostly(None, samples.request())),
    )
    return whole, draw(mostly(verdicts, verdicts[1:], ()))


def counts(item: InformationItem, day: dt.date | None, person: str, pin: str) -> bool:
    """A step counts if somebody took it by that day, of the content as it is."""
    if day is None or day > ON or not person.strip() or (item.withdrawn and day <= item.withdrawn.on <= ON):
        return False
    return pin == public_digest(item) if pin else item.changed_on is None or day >= item.changed_on


def decided(item: InformationItem) -> DisclosureAttribute | None:
    """What was decided: by the last proposal, a review after it, and no return or further proposal since."""
    reviewed = item.review
    assert reviewed is not None
    assert reviewed.reviewed_on is not None
    order = sorted(
        (
            (entry.on, number, entry)
            for number, entry in enumerate(item.sign_offs)
            if entry.on is not None
            and entry.result is SignOffResult.AGREED
            and counts(item, entry.on, entry.person, entry.digest)
        ),
        key=lambda found: found[:2],
    )
    kinds = [entry.step for _, _, entry in order]
    if PROPOSES not in kinds:
        return None
    last = len(kinds) - 1 - kinds[::-1].index(PROPOSES)
    rest = [entry for _, _, entry in order[last:]]
    if rest[0].attribute is None or REVIEWS not in kinds[last:]:
        return None
    after = rest[kinds[last:].index(REVIEWS) :]
    final = [
        entry
        for entry in after
        if entry.step is DECIDES and entry.attribute and entry.on and entry.on >= reviewed.reviewed_on
    ]
    return final[-1].attribute if final else None


def lawful(
    whole: ClearanceDossier, verdicts: tuple[ScreeningVerdict, ...], attributes: set[DisclosureAttribute]
) -> bool:
    item = whole.item
    digest = public_digest(item)
    seen = item.review
    held = [hit for verdict in verdicts for hit in verdict.hits if hit.ruling is not Ruling.PASS]
    lifted = [
        entry.finding
        for entry in whole.overrides
        if entry.item == item.id
        and entry.digest == digest
        and entry.person.strip()
        and entry.reason.strip()
        and entry.on <= ON
    ]
    return all(
        [
            not any(entry.classified_until is None or entry.classified_until >= ON for entry in whole.classified),
            seen is not None
            and seen.result is ReviewResult.NOT_CLASSIFIED
            and counts(item, seen.reviewed_on, seen.reviewer, seen.digest)
            and decided(item) in attributes,
            len(item.attributes) == 1 and item.attributes[0] in attributes,
            seen is None or seen.reviewed_on is None or item.attributes == (decided(item),),
            item.withdrawn is None or item.withdrawn.on > ON,
            item.title.strip() and (item.text.strip() or item.attachments),
            item.created_on is not None and item.created_on <= ON,
            item.digest in {"", digest},
            all(whole.files.get(file.digest) == file.digest for file in item.attachments),
            {verdict.screener for verdict in verdicts} >= REQUIRED,
            all(hit.ruling is Ruling.HOLD and hit.code in lifted for hit in held),
        ]
    )


@given(case=dossiers())
@settings(max_examples=300)
def test_what_is_cleared_for_the_public_is_lawful(case: tuple[ClearanceDossier, tuple[ScreeningVerdict, ...]]) -> None:
    whole, verdicts = case
    try:
        cleared = clear(whole, verdicts, Public, ON)
    except NotCleared as refusal:
        event(f"barred: {len(refusal.bars)}")
    else:
        event("cleared")
        assert lawful(whole, verdicts, {PROACTIVE})
        assert cleared.item.review is None
        assert cleared.digest == public_digest(cleared.item)


@given(case=dossiers())
@settings(max_examples=150)
def test_what_is_cleared_for_an_applicant_is_lawful(
    case: tuple[ClearanceDossier, tuple[ScreeningVerdict, ...]],
) -> None:
    whole, verdicts = case
    try:
        cleared = clear(whole, verdicts, Applicant, ON)
    except NotCleared:
        return
    assert whole.request is not None
    assert cleared.request == whole.request.id
    assert lawful(whole, verdicts, {PROACTIVE, ON_REQUEST})
