"""From a dossier in which everything is in order, every single thing amiss bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from govopen.clearance.bars import Bar
from govopen.clearance.cleared import Applicant, Public
from govopen.clearance.decide import ClearanceDossier, clear
from govopen.clearance.screeners.builtin import REQUIRED, SCREENERS
from govopen.clearance.screening import Hit, Ruling, ScreeningVerdict
from govopen.errors import NotCleared
from govopen.model.catalog import AttachedFile, InformationItem, Withdrawal
from govopen.model.classification import (
    ClassifiedItem,
    DisclosureAttribute,
    PeriodExtension,
    ReviewResult,
    SignOff,
    SignOffResult,
    SignOffStep,
)
from govopen.model.published import public_digest, public_form
from govopen.model.publishing import ScreeningOverride
from govopen.rules import samples

ON = dt.date(2011, 6, 1)
DAY = dt.timedelta(days=1)
FILE = AttachedFile(name="附件.txt", digest="ab" * 32, media_type="text/plain")
PROACTIVE, ON_REQUEST, EXEMPT = DisclosureAttribute
Change = Callable[[InformationItem], InformationItem]


def pinned(item: InformationItem) -> InformationItem:
    """The item with the digest of what it says, pinned in each step, as an office leaves it."""
    digest = public_digest(item)
    return attrs.evolve(
        item,
        digest=digest,
        review=attrs.evolve(item.review, digest=digest) if item.review else None,
        sign_offs=tuple(attrs.evolve(entry, digest=digest) for entry in item.sign_offs),
    )


def native(**changes: Any) -> InformationItem:
    return pinned(samples.proactive_item(text="正文。", attachments=(FILE,), **changes))


ITEM = native()
CLASSIFIED = samples.classified_item(id=ITEM.id, classified_until=ON - DAY)


def held(item: InformationItem, code: str = "mobile-number", ruling: Ruling = Ruling.HOLD) -> list[ScreeningVerdict]:
    """Verdicts of which one found something."""
    hit = Hit(code=code, ruling=ruling, place="text")
    return [attrs.evolve(verdict, hits=(hit,) * (verdict.screener == "mobile-numbers")) for verdict in clean(item)]


def clean(item: InformationItem) -> list[ScreeningVerdict]:
    return [ScreeningVerdict(screener=screener.name, digest=public_digest(item)) for screener in SCREENERS]


def override(**changes: Any) -> ScreeningOverride:
    whole: dict[str, Any] = {
        "id": "override-1",
        "unit": ITEM.unit,
        "item": ITEM.id,
        "finding": "mobile-number",
        "digest": public_digest(ITEM),
        "person": "乙",
        "reason": "对外公布的联系电话",
        "on": ON,
    }
    return ScreeningOverride(**(whole | changes))


def dossier(item: InformationItem = ITEM, **changes: Any) -> ClearanceDossier:
    return ClearanceDossier(item=item, files={file.digest: file.digest for file in item.attachments}, **changes)


def bars_of(
    whole: ClearanceDossier, verdicts: list[ScreeningVerdict] | None = None, audience: Any = Public, on: dt.date = ON
) -> set[str]:
    try:
        clear(whole, clean(whole.item) if verdicts is None else verdicts, audience, on)
    except NotCleared as refusal:
        return set(refusal.bars)
    return set()


def test_an_item_in_order_is_cleared_as_the_public_may_see_it() -> None:
    cleared = clear(dossier(), clean(ITEM), Public, ON)

    assert cleared.item == public_form(ITEM)
    assert cleared.item.sign_offs == ()
    assert (cleared.digest, cleared.audience, cleared.request, cleared.on) == (ITEM.digest, Public, "", ON)
    assert cleared.attachments == (FILE,)


def step(number: int, **changes: Any) -> Change:
    def change(item: InformationItem) -> InformationItem:
        changed = [*item.sign_offs]
        changed[number] = attrs.evolve(changed[number], **changes)
        return attrs.evolve(item, sign_offs=tuple(changed))

    return change


def fields(**changes: Any) -> Change:
    return lambda item: attrs.evolve(item, **changes)


def review(**changes: Any) -> Change:
    return lambda item: attrs.evolve(item, review=attrs.evolve(item.review, **changes))


def signed(*order: int) -> Change:
    return lambda item: attrs.evolve(item, sign_offs=tuple(item.sign_offs[number] for number in order))


MISSING = ("not-proposed", "not-reviewed", "not-decided")
RETURNED = SignOff(step=SignOffStep.PRINCIPAL, result=SignOffResult.RETURNED, person="丙", on=ON, reason="退")
CHANGES: list[tuple[str, Change, set[str]]] = [
    ("no secrecy review", fields(review=None), {"no-secrecy-review"}),
    ("secrecy review without a result", review(result=None), {"no-secrecy-review"}),
    ("secrecy review without a date", review(reviewed_on=None), {"no-secrecy-review"}),
    ("secrecy review of tomorrow", review(reviewed_on=ON + DAY), {"no-secrecy-review"}),
    ("secrecy review by nobody", review(reviewer=" "), {"no-secrecy-review"}),
    ("secrecy review of another text", review(digest="0" * 64), {"no-secrecy-review"}),
    ("secrecy review unsure", review(result=ReviewResult.UNSURE), {"secrecy-unclear"}),
    *(
        (f"{name}: step {number}", step(number, **change), set(MISSING[number:]))
        for name, change in (
            ("unnamed", {"person": "\u3000"}),
            ("undated", {"on": None}),
            ("of tomorrow", {"on": ON + DAY}),
            ("of another text", {"digest": "0" * 64}),
        )
        for number in range(3)
    ),
    ("first step missing", signed(1, 2), set(MISSING)),
    ("second step missing", signed(0, 2), {*MISSING[1:]}),
    ("third step missing", signed(0, 1), {*MISSING[2:]}),
    ("no steps", signed(), set(MISSING)),
    ("proposed without attribute", step(0, attribute=None), set(MISSING)),
    ("decided without attribute", step(2, attribute=None), {"not-decided"}),
    ("decided before it was reviewed", step(2, on=dt.date(2011, 4, 18)), {"not-decided"}),
    ("returned at the end", lambda item: attrs.evolve(item, sign_offs=(*item.sign_offs, RETURNED)), set(MISSING)),
    (
        "proposed again",
        lambda item: attrs.evolve(item, sign_offs=(*item.sign_offs, attrs.evolve(item.sign_offs[0], on=ON))),
        {*MISSING[1:]},
    ),
    ("decided on exemption", step(2, attribute=EXEMPT), {"attribute-differs"}),
    ("no attribute", fields(attributes=()), {"attribute-differs", "no-attribute"}),
    ("two attributes", fields(attributes=(PROACTIVE, ON_REQUEST)), {"attribute-differs", "several-attributes"}),
    ("the same attribute twice", fields(attributes=(PROACTIVE,) * 2), {"attribute-differs", "several-attributes"}),
    ("carries what was not decided: on request", fields(attributes=(ON_REQUEST,)), {"attribute-differs", "on-request"}),
    ("carries what was not decided: exempt", fields(attributes=(EXEMPT,)), {"attribute-differs", "exempt"}),
    ("digest of another text", fields(digest="0" * 64), {"digest-differs"}),
    ("digest that says nothing", fields(digest=" "), {"digest-differs"}),
]


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_anything_amiss_in_the_review_bars(change: Change, expected: set[str]) -> None:
    found = bars_of(dossier(change(ITEM)))

    assert found >= expected
    # What follows from a step that is missing: no review leaves all steps without ground.
    assert found - expected <= {*MISSING}


def everything(item: InformationItem, **changes: Any) -> InformationItem:
    return pinned(attrs.evolve(item, **changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"unit": ""}, "incomplete"),
        ({"title": "  "}, "incomplete"),
        ({"category": None}, "incomplete"),
        ({"issuer": "\t"}, "incomplete"),
        ({"created_on": None}, "not-of-that-day"),
        ({"created_on": ON + DAY}, "not-of-that-day"),
        ({"changed_on": ON + DAY}, "not-of-that-day"),
        ({"text": " ", "attachments": ()}, "no-content"),
        ({"withdrawn": Withdrawal(on=ON)}, "withdrawn"),
        ({"withdrawn": Withdrawal(on=dt.date(2011, 1, 1))}, "withdrawn"),
    ],
    ids=str,
)
def test_an_item_that_is_not_whole_or_not_there_is_barred_even_if_signed(
    changes: dict[str, Any], expected: str
) -> None:
    assert expected in bars_of(dossier(everything(ITEM, **changes)))


@pytest.mark.parametrize(
    "changes", [{"created_on": ON}, {"changed_on": ON}, {"changed_on": dt.date(2011, 5, 1)}], ids=str
)
def test_an_item_made_or_changed_by_that_day_is_there(changes: dict[str, Any]) -> None:
    assert bars_of(dossier(everything(ITEM, **changes))) == set()


def test_an_item_without_a_digest_on_record_is_pinned_by_what_it_says() -> None:
    bare = attrs.evolve(ITEM, digest="")
    assert clear(dossier(bare), clean(bare), Public, ON).digest == public_digest(ITEM)


def test_a_withdrawal_of_tomorrow_does_not_bar_today() -> None:
    assert bars_of(dossier(attrs.evolve(ITEM, withdrawn=Withdrawal(on=ON + DAY)))) == set()


def test_any_change_of_what_is_shown_bars_until_it_is_reviewed_anew() -> None:
    """The catalogue's own list of fields, so that a field that comes later is in it."""
    other: dict[str, Any] = {"category": None, "field": None, "attachments": ()}
    untold = {"digest", "attributes", "review", "sign_offs", "withdrawn"}
    changed = 0
    for field in attrs.fields(InformationItem):
        if field.name not in untold and isinstance(getattr(ITEM, field.name), str):
            other[field.name] = getattr(ITEM, field.name) + "改"
    for name, value in other.items():
        if getattr(ITEM, name) != value:
            changed += 1
            found = bars_of(dossier(attrs.evolve(ITEM, **{name: value})))
            assert found >= {"no-secrecy-review", "digest-differs", "not-decided"}, name
    assert changed >= 9


def variants() -> Iterator[tuple[str, ClassifiedItem]]:
    incomplete = {"basis": " ", "authority": None, "authorisation": ""}
    yield "within its period", attrs.evolve(CLASSIFIED, classified_until=ON)
    yield "without end", attrs.evolve(CLASSIFIED, classified_until=None)
    yield "until a condition is met", attrs.evolve(CLASSIFIED, classified_until=None, declassify_condition=True)
    yield "determined tomorrow", attrs.evolve(CLASSIFIED, determined_on=ON + DAY, classified_until=None)
    yield "declassified tomorrow", attrs.evolve(CLASSIFIED, classified_until=None, declassified_on=ON + DAY)
    yield (
        "declassified before it was classified",
        attrs.evolve(CLASSIFIED, classified_until=None, declassified_on=CLASSIFIED.determined_on - DAY, basis=""),
    )
    for name, value in incomplete.items():
        yield f"expired, without {name}", attrs.evolve(CLASSIFIED, **{name: value})
    extension = PeriodExtension(decided_on=ON - 9 * DAY, previous_until=ON - DAY, until=ON)
    yield "extended", attrs.evolve(CLASSIFIED, extensions=(extension,))
    yield "of another item, given for this one", attrs.evolve(CLASSIFIED, id="other")


@pytest.mark.parametrize("entry", [case[1] for case in variants()], ids=[case[0] for case in variants()])
@pytest.mark.parametrize("audience", [Public, Applicant])
def test_what_is_classified_is_barred_for_everybody(entry: ClassifiedItem, audience: Any) -> None:
    whole = dossier(classified=(CLASSIFIED, entry), request=samples.request())
    assert bars_of(whole, audience=audience) == {"classified"}


@pytest.mark.parametrize(
    "entry",
    [
        CLASSIFIED,
        attrs.evolve(CLASSIFIED, classified_until=None, declassified_on=ON),
        attrs.evolve(CLASSIFIED, classified_until=None, determined_on=ON, declassified_on=ON),
        attrs.evolve(CLASSIFIED, classified_until=None, declassified_on=ON, basis="", authority=None),
    ],
    ids=["expired", "declassified", "declassified on its day", "declassified for want of a basis"],
)
def test_the_end_of_secrecy_removes_a_bar_and_clears_nothing(entry: ClassifiedItem) -> None:
    assert bars_of(dossier(classified=(entry,))) == set()
    unsigned = attrs.evolve(ITEM, sign_offs=(), attributes=())
    assert "not-decided" in bars_of(dossier(unsigned, classified=(entry,)))


@pytest.mark.parametrize("files", [{}, {FILE.digest: ""}, {"cd" * 32: FILE.digest}])
def test_a_file_that_could_not_be_read_bars(files: dict[str, str]) -> None:
    assert bars_of(attrs.evolve(dossier(), files=files)) == {"file-missing"}


@pytest.mark.parametrize("found", ["cd" * 32, FILE.digest.upper(), "x"])
def test_a_file_whose_content_is_another_bars(found: str) -> None:
    assert bars_of(attrs.evolve(dossier(), files={FILE.digest: found})) == {"file-differs"}


class TestScreening:
    def test_without_any_verdict_bars(self) -> None:
        assert bars_of(dossier(), []) == {"not-screened"}

    @pytest.mark.parametrize("name", sorted(REQUIRED))
    def test_without_the_verdict_of_one_built_in_screener_bars(self, name: str) -> None:
        left = [verdict for verdict in clean(ITEM) if verdict.screener != name]
        assert bars_of(dossier(), left) == {"not-screened"}
        other = ScreeningVerdict(screener=name, digest="0" * 64)
        assert bars_of(dossier(), [*left, other]) == {"not-screened"}

    def test_a_verdict_on_another_text_bars_even_beside_the_right_one(self) -> None:
        stale = ScreeningVerdict(screener="mobile-numbers", digest="0" * 64)
        assert bars_of(dossier(), [*clean(ITEM), stale]) == {"not-screened"}

    def test_a_finding_holds_the_item_up_and_says_what_was_found(self) -> None:
        with pytest.raises(NotCleared) as refusal:
            clear(dossier(), held(ITEM), Public, ON)
        assert refusal.value.bars == ("held-up",)
        assert refusal.value.facts["findings"] == ("mobile-number",)

    def test_a_named_person_with_a_reason_lifts_it(self) -> None:
        assert bars_of(dossier(overrides=(override(),)), held(ITEM)) == set()
        assert bars_of(dossier(overrides=(override(on=ON - DAY),)), held(ITEM)) == set()

    @pytest.mark.parametrize(
        "changes",
        [
            {"item": "other"},
            {"unit": "other"},
            {"finding": "identity-number"},
            {"digest": "0" * 64},
            {"digest": ""},
            {"person": " "},
            {"reason": ""},
            {"on": ON + DAY},
        ],
        ids=str,
    )
    def test_an_override_that_is_wrong_in_anything_lifts_nothing(self, changes: dict[str, Any]) -> None:
        assert bars_of(dossier(overrides=(override(**changes),)), held(ITEM)) == {"held-up"}

    def test_one_override_lifts_one_finding_only(self) -> None:
        both = [*held(ITEM), *held(ITEM, "identity-number")]
        assert bars_of(dossier(overrides=(override(),)), both) == {"held-up"}
        assert bars_of(dossier(overrides=(override(), override(finding="identity-number"))), both) == set()

    def test_nobody_lifts_a_bar(self) -> None:
        whole = dossier(overrides=(override(finding="secrecy-marking"),))
        assert bars_of(whole, held(ITEM, "secrecy-marking", Ruling.BAR)) == {"screened-out"}

    @pytest.mark.parametrize("ruling", [3, 7, -1, None, "hold"])
    def test_a_ruling_that_nobody_knows_bars(self, ruling: Any) -> None:
        assert "screened-out" in bars_of(dossier(overrides=(override(),)), held(ITEM, ruling=ruling))

    def test_a_further_screener_can_tighten_and_not_loosen(self) -> None:
        passing = Hit(code="mobile-number", ruling=Ruling.PASS, place="text")
        extra = ScreeningVerdict(screener="lenient", digest=ITEM.digest, hits=(passing,))
        assert bars_of(dossier(), [*held(ITEM), extra]) == {"held-up"}
        strict = attrs.evolve(extra, hits=(attrs.evolve(passing, ruling=Ruling.BAR),))
        assert bars_of(dossier(), [*clean(ITEM), strict]) == {"screened-out"}


def test_all_that_stands_in_the_way_is_told_at_once_in_order_and_without_text() -> None:
    item = attrs.evolve(ITEM, attributes=(EXEMPT,), review=None)
    whole = attrs.evolve(dossier(item, classified=(attrs.evolve(CLASSIFIED, classified_until=None),)), files={})
    with pytest.raises(NotCleared) as refusal:
        clear(whole, held(item), Public, ON)

    assert refusal.value.bars == tuple(sorted(refusal.value.bars))
    assert set(refusal.value.bars) >= {"classified", "exempt", "file-missing", "held-up", "no-secrecy-review"}
    reasons = refusal.value.facts["reasons"]
    assert isinstance(reasons, tuple)
    assert reasons[0] is Bar.CLASSIFIED
    told = str(refusal.value)
    assert f"The item {item.id} is not cleared: {', '.join(bar.value for bar in reasons)}. Mend" in told
    for said in (item.title, item.text, item.summary, item.issuer, FILE.name):
        assert said not in told


def test_a_text_that_cannot_be_kept_is_barred() -> None:
    assert bars_of(dossier(attrs.evolve(ITEM, text="\ud800")), []) == {"unwritable"}
