"""An applicant is given what is disclosed on request, in answer to a request that asks for documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.clearance.cleared import Applicant, Public
from govopen.clearance.decide import ClearanceDossier, clear
from govopen.clearance.screeners.builtin import REQUIRED
from govopen.clearance.screening import ScreeningVerdict
from govopen.errors import NotCleared
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute
from govopen.model.published import public_digest
from govopen.model.requests import Abandonment, AbandonmentCause, Reply, ReplyOutcome, Request, RequestKind
from govopen.rules import samples

ON = dt.date(2011, 6, 1)
DAY = dt.timedelta(days=1)
PROACTIVE, ON_REQUEST, EXEMPT = DisclosureAttribute
ITEM = samples.item(text="正文。", digest="")
OPEN = samples.proactive_item(text="正文。", digest="")


def clean(item: InformationItem) -> list[ScreeningVerdict]:
    return [ScreeningVerdict(screener=name, digest=public_digest(item)) for name in REQUIRED]


def dossier(item: InformationItem, request: Request | None) -> ClearanceDossier:
    return ClearanceDossier(item=item, request=request)


def bars_of(whole: ClearanceDossier, audience: Any = Applicant) -> set[str]:
    try:
        clear(whole, clean(whole.item), audience, ON)
    except NotCleared as refusal:
        return set(refusal.bars)
    return set()


def test_what_is_disclosed_on_request_is_cleared_for_the_request_and_not_for_the_public() -> None:
    whole = dossier(ITEM, request=samples.request(reply=None))
    cleared = clear(whole, clean(ITEM), Applicant, ON)
    assert (cleared.audience, cleared.request) == (Applicant, "request-1")
    assert bars_of(whole, Public) == {"on-request"}


def test_what_is_disclosed_proactively_can_be_given_too() -> None:
    for received_on in (ON, ON - DAY):
        whole = dossier(OPEN, request=samples.request(received_on=received_on))
        assert bars_of(whole, audience=Applicant) == set()


def test_a_request_is_no_part_of_what_is_cleared_for_the_public() -> None:
    assert clear(dossier(OPEN, request=samples.request()), clean(OPEN), Public, ON).request == ""


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (None, "no-request"),
        (samples.request(unit="other"), "no-request"),
        (samples.request(received_on=ON + DAY), "no-request"),
        (samples.request(kind=None), "not-a-request"),
        (samples.request(kind=RequestKind.ENQUIRY), "not-a-request"),
        (samples.request(abandoned=Abandonment(on=ON, cause=next(iter(AbandonmentCause)))), "request-closed"),
        (samples.request(erased_on=ON), "request-closed"),
        (samples.request(reply=Reply(on=ON)), "request-refused"),
        *(
            (samples.request(reply=Reply(on=ON, outcome=outcome)), "request-refused")
            for outcome in ReplyOutcome
            if outcome not in {ReplyOutcome.GRANTED, ReplyOutcome.PARTIAL}
        ),
    ],
)
def test_without_a_request_that_it_can_answer_it_is_barred(request_: Request | None, expected: str) -> None:
    assert bars_of(dossier(ITEM, request=request_), audience=Applicant) == {expected}


@pytest.mark.parametrize("attributes", [(), (EXEMPT,), (PROACTIVE, ON_REQUEST)])
def test_the_exempt_and_the_undecided_are_barred(attributes: tuple[DisclosureAttribute, ...]) -> None:
    item = attrs.evolve(ITEM, attributes=attributes)
    assert bars_of(dossier(item, request=samples.request()), audience=Applicant)
