"""A fee of the register goes through its review, and is public only when that is done."""

from __future__ import annotations

import datetime as dt

import pytest
from fee_register import Row, to_item

from govopen.errors import NotCleared
from govopen.model.actors import Actor, Role
from govopen.model.classification import DisclosureAttribute, ReviewResult
from govopen.office.facade import Office
from govopen.testing.building import Builder
from govopen.testing.clock import SettableClock


def staff(account: str, *roles: Role) -> Actor:
    return Actor(id=account, name=account, roles={"fee-bureau": frozenset(roles)})


DRAFTER = staff("chen", Role.DRAFTER)
HEAD = staff("li", Role.SECTION_HEAD, Role.SECRECY_REVIEWER)
PRINCIPAL = staff("wang", Role.PRINCIPAL)


def test_a_fee_is_cleared_by_its_last_signature(
    govopen_office: Office, govopen_clock: SettableClock, govopen_build: Builder
) -> None:
    with govopen_office.store.transaction() as transaction:
        transaction.put(govopen_build.unit(id="fee-bureau"))
    govopen_clock.set("2026-03-02")
    row: Row = {"number": 9, "name": "示例费", "basis": "示价1号", "fen": 500, "decided_on": dt.date(2026, 3, 2)}
    item = govopen_office.draft(to_item(row), DRAFTER)
    govopen_office.review_secrecy(item.id, HEAD, ReviewResult.NOT_CLASSIFIED)
    govopen_office.propose(item.id, DRAFTER, DisclosureAttribute.PROACTIVE)
    govopen_clock.advance(days=1)
    govopen_office.review(item.id, HEAD)

    with pytest.raises(NotCleared):
        govopen_office.clear(item.id)

    decided = govopen_office.decide(item.id, PRINCIPAL)
    assert decided.sign_offs[-1].on == govopen_clock.today == dt.date(2026, 3, 3)
    assert govopen_office.clear(item.id).item.id == "fee-9"
