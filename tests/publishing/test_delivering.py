"""What waits is brought, in whatever state it is found; what fails waits longer, and what keeps failing is parked."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from govopen.errors import PluginError, StoreError
from govopen.model.classification import DisclosureAttribute
from govopen.model.published import public_digest
from govopen.model.website import Carrier, Publication
from govopen.publishing.outcome import Failure, Patience, Refusal, Sent
from govopen.publishing.planning import renewed
from govopen.testing.parcels import attached

NEXT_DAY = dt.timedelta(days=1)


def test_brings_what_waits_and_notes_it(desk):
    item = desk.item()
    desk.put(item)
    desk.queue(item.id)

    report = desk.deliver()

    (sent,) = report.delivered
    assert sent == Sent(item="item-1", address=sent.address)
    assert desk.shown() == {"item-1": public_digest(item)}
    assert desk.publications() == [
        Publication(
            id="item-1@own",
            unit="bureau",
            item="item-1",
            carrier=Carrier.OWN_SITE,
            published_on=desk.on,
            site="own",
            url=sent.address,
            digest=public_digest(item),
        )
    ]
    assert desk.waiting() is None
    assert desk.waiting(site="portal") is not None


def test_the_portal_is_a_carrier_of_its_own(queued):
    queued.deliver("portal")
    assert {each.carrier for each in queued.publications("portal")} == {Carrier.PORTAL}
    assert queued.publications() == []


def test_a_newer_version_keeps_the_date_of_publication(desk):
    desk.put(desk.item())
    desk.queue("item-1")
    desk.deliver()
    desk.on += NEXT_DAY
    desk.put(desk.item(text="改正"))
    desk.queue("item-1")
    desk.deliver()

    (publication,) = desk.publications()
    assert (publication.published_on, publication.updated_on) == (desk.on - NEXT_DAY, desk.on)
    assert desk.shown() == {"item-1": publication.digest}


def test_the_same_delivered_twice_changes_nothing(desk):
    desk.put(desk.item())
    desk.queue("item-1")
    before = desk.waiting()
    desk.deliver()
    noted = desk.publications()
    desk.on += NEXT_DAY
    desk.put(before)
    desk.deliver()
    assert desk.publications() == noted
    assert desk.waiting() is None


def test_takes_away_what_is_withdrawn_and_publishes_it_anew_under_another_record(desk):
    desk.put(desk.item())
    desk.queue("item-1")
    desk.deliver()
    desk.barred.add("item-1")
    desk.on += NEXT_DAY
    desk.queue("item-1")
    report = desk.deliver()

    assert report.withdrawn == ("item-1",)
    assert desk.shown() == {}
    assert [each.withdrawn_on for each in desk.publications()] == [desk.on]

    desk.barred.clear()
    desk.on += NEXT_DAY
    desk.queue("item-1")
    desk.deliver()
    assert [(each.id, each.withdrawn_on is None) for each in desk.publications()] == [
        ("item-1@own", False),
        ("item-1@own#2", True),
    ]


def test_publications_that_came_from_elsewhere_are_those_of_the_item(desk):
    desk.put(desk.item())
    imported = Publication(
        id="legacy-7",
        unit="bureau",
        item="item-1",
        site="own",
        carrier=Carrier.OWN_SITE,
        published_on=dt.date(2011, 5, 1),
        digest="0" * 64,
    )
    desk.put(imported)
    desk.queue("item-1")
    desk.deliver()
    (publication,) = desk.publications()
    assert (publication.id, publication.published_on, publication.updated_on) == (
        "legacy-7",
        imported.published_on,
        desk.on,
    )


def test_what_lost_its_clearance_while_it_waited_is_not_shown(desk):
    desk.put(desk.item())
    desk.queue("item-1")
    desk.barred.add("item-1")

    report = desk.deliver()

    assert report.refused == (Refusal(item="item-1", bars=("test",)),)
    assert report.delivered == ()
    assert desk.shown() == {}
    assert desk.waiting() is None
    assert desk.publications() == []


def test_what_lost_its_clearance_and_was_shown_unnoted_is_taken_away(desk):
    """A run that was killed after it had shown the item left no publication behind."""
    desk.put(desk.item())
    desk.queue("item-1")
    before = desk.waiting()
    desk.deliver()
    with desk.store.transaction() as transaction:
        transaction.delete(Publication, "item-1@own")
        transaction.put(before)
    desk.barred.add("item-1")
    desk.deliver()
    assert desk.shown() == {}


def test_what_changed_while_it_waited_is_queued_anew_and_brought_in_the_same_run(desk):
    desk.put(desk.item())
    desk.queue("item-1")
    changed = desk.item(text="改正")
    desk.put(changed)

    report = desk.deliver()

    assert report.replanned == ("item-1",)
    assert [sent.item for sent in report.delivered] == ["item-1"]
    assert desk.shown() == {"item-1": public_digest(changed)}


def test_a_site_that_closed_takes_nothing_more(desk):
    desk.put(desk.item())
    desk.queue("item-1")
    desk.on += NEXT_DAY
    own, portal = desk.places
    desk.places = (attrs.evolve(own, until=desk.on - NEXT_DAY), portal)
    report = desk.deliver()
    assert report.withdrawn == ("item-1",)
    assert desk.shown() == {}


def test_brings_them_in_the_order_in_which_they_were_queued(desk, mood, moody):
    desk.put(desk.item(1), desk.item(2))
    desk.queue("item-2")
    desk.on += NEXT_DAY
    desk.queue("item-1")
    assert [sent.item for sent in desk.deliver(publisher=moody).delivered] == ["item-2", "item-1"]


def test_shows_a_batch_at_once(queued, mood, moody):
    queued.deliver(publisher=moody, patience=Patience(batch=2))
    assert mood.settles == 3


def test_nothing_is_opened_where_nothing_waits(desk):
    def never():
        raise AssertionError("opened")

    assert desk.deliver(publisher=never).delivered == ()


class TestFailing:
    def test_waits_longer_after_every_failure_and_is_parked_in_the_end(self, queued, mood, moody):
        mood.on_put = {"item-2"}
        told = []
        for _ in range(3):
            report = queued.deliver(publisher=moody)
            told.append((report.failed, report.parked, queued.waiting("item-2").retry_at))
            queued.now += dt.timedelta(hours=1)
        start = int((queued.now - dt.timedelta(hours=3)).timestamp())
        assert told == [
            ((Failure(item="item-2", code="disk-full", attempts=1),), (), start + 60),
            ((Failure(item="item-2", code="disk-full", attempts=2),), (), start + 3600 + 120),
            ((), (Failure(item="item-2", code="disk-full", attempts=3),), None),
        ]
        left = queued.waiting("item-2")
        assert (left.parked_on, left.failure) == (queued.on, "disk-full")
        assert sorted(queued.shown()) == ["item-1", "item-3", "item-4", "item-5"]

        mood.on_put = set()
        assert queued.deliver(publisher=moody).later == 1
        queued.put(renewed(left))
        queued.deliver(publisher=moody)
        assert "item-2" in queued.shown()

    def test_is_not_tried_before_its_time(self, queued, mood, moody):
        mood.on_put = {"item-2"}
        queued.deliver(publisher=moody)
        calls = mood.calls
        assert queued.deliver(publisher=moody).later == 1
        assert mood.calls == calls

    def test_one_that_cannot_be_shown_is_found_among_the_others(self, queued, mood, moody):
        mood.on_settle = {"item-3"}
        report = queued.deliver(publisher=moody)
        assert report.failed == (Failure(item="item-3", code="disk-full", attempts=1),)
        assert sorted(queued.shown()) == ["item-1", "item-2", "item-4", "item-5"]
        assert len(queued.publications()) == 4

    def test_two_that_cannot_be_shown_are_found_among_the_others(self, queued, mood, moody):
        mood.on_settle = {"item-1", "item-5"}
        queued.deliver(publisher=moody)
        assert sorted(queued.shown()) == ["item-2", "item-3", "item-4"]

    def test_a_site_that_is_down_parks_nothing(self, queued, mood, moody):
        mood.on_settle = {""}
        for _ in range(9):
            report = queued.deliver(publisher=moody, patience=Patience(max_attempts=3, batch=2))
            assert report.parked == ()
            assert len(report.failed) == 5
            queued.now += dt.timedelta(days=2)
        assert mood.settles == 18
        assert queued.publications() == []
        mood.on_settle = set()
        assert len(queued.deliver(publisher=moody).delivered) == 5

    def test_a_site_that_takes_nothing_while_it_is_up_parks_the_item(self, desk, mood, moody):
        desk.put(desk.item())
        desk.queue("item-1")
        mood.on_put = {"item-1"}
        for _ in range(3):
            report = desk.deliver(publisher=moody)
            desk.now += dt.timedelta(hours=1)
        assert [each.item for each in report.parked] == ["item-1"]

    @pytest.mark.parametrize("where", ["on_put", "on_settle"])
    def test_an_error_of_the_plugin_is_told_without_its_words_and_stops_no_other(self, queued, mood, moody, where):
        setattr(mood, where, {"item-3"})
        mood.error = RuntimeError("正文3")
        report = queued.deliver(publisher=moody)

        (fault,) = report.faults
        assert isinstance(fault, PluginError)
        assert fault.__cause__ is mood.error
        assert "item-3: RuntimeError" in str(fault)
        assert "正文" not in str(fault)
        assert report.failed == (Failure(item="item-3", code="publisher-error", attempts=1),)
        assert sorted(queued.shown()) == ["item-1", "item-2", "item-4", "item-5"]

    def test_a_plugin_that_always_errs_is_taken_for_a_site_that_is_down(self, queued, mood, moody):
        mood.on_put = mood.on_settle = {""}
        mood.error = RuntimeError("no")
        report = queued.deliver(publisher=moody)
        assert {each.code for each in report.failed} == {"publisher-error"}
        assert (len(report.failed), report.parked) == (5, ())

    def test_a_screener_that_errs_fails_its_item_only(self, queued):
        clear = queued.clear

        def failing(id_: str):
            if id_ == "item-4":
                raise ZeroDivisionError
            return clear(id_)

        queued.clear = failing
        report = queued.deliver()
        assert report.failed == (Failure(item="item-4", code="clearance-error", attempts=1),)
        assert len(report.faults) == 1
        assert len(report.delivered) == 4

    def test_a_file_that_is_not_there_fails_its_item_only(self, queued):
        queued.put(queued.item(2, attachments=(attached("a.txt", b"gone"),)))
        queued.queue("item-2")
        report = queued.deliver()
        assert report.failed == (Failure(item="item-2", code="file-unreadable", attempts=1),)
        assert "item-2" not in queued.shown()

    def test_a_file_that_is_not_what_was_cleared_takes_its_item_away(self, queued):
        queued.deliver()
        queued.put(queued.item(2, attachments=(attached("a.txt", b"a"),)))
        queued.queue("item-2")
        report = queued.deliver(read=lambda digest: b"b")
        assert [each.item for each in report.refused] == ["item-2"]
        assert "item-2" not in queued.shown()

    def test_an_error_of_the_store_is_raised_and_what_was_shown_is_noted_the_next_time(self, queued):
        def broken():
            raise StoreError("The disk is full.")

        with pytest.raises(StoreError):
            queued.deliver(write=broken)
        assert queued.publications() == []
        assert len(queued.shown()) == 5
        queued.deliver()
        assert len(queued.publications()) == 5


def test_an_item_on_request_is_never_delivered(desk):
    desk.put(desk.item())
    desk.queue("item-1")
    desk.put(desk.item(attributes=(DisclosureAttribute.ON_REQUEST,)))
    desk.deliver()
    assert desk.shown() == {}
