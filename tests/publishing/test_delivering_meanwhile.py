"""Between the moment at which a site shows an item and the one at which that is noted, somebody else writes."""

from __future__ import annotations

import pytest

from govopen.model.published import public_digest
from govopen.model.publishing import Delivery, DeliveryAction


@pytest.fixture
def meanwhile(queued):
    """Deliver, and make a change in between."""

    def deliver(change, **changes):
        write = queued.deliver_write()

        def late():
            change()
            return write()

        return queued.deliver(write=late, **changes)

    return deliver


def test_what_was_queued_anew_stays_and_the_others_are_noted(queued, meanwhile):
    def change():
        queued.barred.add("item-2")
        queued.queue("item-2")

    meanwhile(change)

    assert queued.waiting("item-2").action is DeliveryAction.WITHDRAW
    assert len(queued.publications()) == 5
    queued.deliver()
    assert "item-2" not in queued.shown()
    assert [each.withdrawn_on for each in queued.publications() if each.item == "item-2"] == [queued.on]


def test_what_another_process_finished_is_looked_at_once_more(queued, meanwhile):
    """The other withdrew the item before this one showed it: nothing else would ever take it away again."""

    def change():
        queued.barred.add("item-2")
        with queued.store.transaction() as transaction:
            transaction.delete(Delivery, "item-2@own")

    meanwhile(change)

    assert "item-2" in queued.shown()
    report = queued.deliver()
    assert [each.item for each in report.refused] == ["item-2"]
    assert "item-2" not in queued.shown()
    assert queued.waiting("item-2") is None


def test_a_failure_does_not_undo_what_was_queued_anew(queued, mood, moody, meanwhile):
    mood.on_put = {"item-2"}
    changed = queued.item(2, text="改正")

    def change():
        queued.put(changed)
        queued.queue("item-2")

    meanwhile(change, publisher=moody)

    left = queued.waiting("item-2")
    assert (left.attempts, left.digest) == (0, public_digest(changed))
