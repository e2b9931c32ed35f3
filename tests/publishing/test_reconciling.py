"""Record, publication and site are compared, and every way in which they can part has its name."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from govopen.errors import DeliveryFailed, PluginError
from govopen.model.catalog import Withdrawal
from govopen.model.classification import DisclosureAttribute, SignOff, SignOffResult, SignOffStep
from govopen.model.published import mark_steps, public_digest
from govopen.model.publishing import Observation, ObservedState
from govopen.model.website import Publication
from govopen.publishing.names import safe_name
from govopen.publishing.port import Held
from govopen.publishing.reconciling import Place, ReconcileReport, reconcile
from govopen.rules import samples
from govopen.testing.parcels import parcel

AGREES, MISSING, EXTRA, STALE = (
    ObservedState.AGREES,
    ObservedState.MISSING,
    ObservedState.EXTRA,
    ObservedState.STALE,
)
DIFFERENT, WITHDRAWN = ObservedState.DIFFERENT, ObservedState.WITHDRAWN
UNCLEARED, PROCEDURE = ObservedState.UNCLEARED, ObservedState.PROCEDURE


@pytest.fixture
def published(desk: Any) -> Any:
    """Items 1 to 3 stand on both sites."""
    desk.put(*(desk.item(number) for number in (1, 2, 3)))
    desk.queue("item-1", "item-2", "item-3")
    for site in ("own", "portal"):
        desk.deliver(site)
    return desk


def compare(desk: Any, *sites: str, **changes: Any) -> ReconcileReport:
    places = [
        Place(site=place, inventory=lambda name=place.id: desk.publisher(name).inventory())
        for place in desk.places
        if not sites or place.id in sites
    ]
    whole = {"on": desk.on, "write": desk.deliver_write()}
    return reconcile(desk.store, changes.pop("places", places), desk.clear, **(whole | changes))


def found(report: ReconcileReport) -> dict[tuple[str, str], tuple[ObservedState, ...]]:
    return {(each.item, each.site): each.states for each in report.differences}


def observed(desk: Any) -> dict[str, tuple[ObservedState, ...]]:
    return {each.id: each.states for each in desk.all(Observation)}


def by_hand(desk: Any, item: Any, site: str = "own", **changes: Any) -> None:
    """Put something on a site behind the back of the records."""
    publisher = desk.publisher(site)
    publisher.put(parcel(item, **changes))
    publisher.settle()


def test_where_all_agree_nothing_differs_and_each_copy_is_observed(published):
    report = compare(published)

    assert report.agrees
    assert report.differences == ()
    assert [(site.site, site.copies[AGREES]) for site in report.sites] == [("own", 3), ("portal", 3)]
    assert set(observed(published).values()) == {(AGREES,)}
    assert len(observed(published)) == 6


def test_what_is_gone_from_a_site_is_missing(published):
    shutil.rmtree(published.root / "portal" / "item-2")
    report = compare(published)
    assert found(report) == {("item-2", "portal"): (MISSING,)}
    assert report.differences[0].expected == public_digest(published.item(2))
    assert observed(published)["item-2@portal"] == (MISSING,)
    assert not report.agrees


def test_what_should_stand_and_was_never_sent_is_missing(published):
    published.put(published.item(4))
    assert found(compare(published)) == {("item-4", "own"): (MISSING,), ("item-4", "portal"): (MISSING,)}


def test_what_is_on_its_way_is_not_missing(published):
    published.put(published.item(4))
    published.queue("item-4")
    assert found(compare(published)) == {}


def test_what_is_on_no_record_is_extra(published):
    by_hand(published, published.item(9))
    report = compare(published)
    assert found(report) == {("item-9", "own"): (EXTRA,)}
    assert report.differences[0].unit == "bureau"


def test_what_was_put_there_by_hand_is_extra(published):
    published.put(published.item(4))
    by_hand(published, published.item(4))
    assert found(compare(published, "own")) == {("item-4", "own"): (EXTRA,)}


def test_what_is_classified_is_uncleared(published):
    published.put(samples.classified_item(id="item-9"))
    by_hand(published, published.item(9))
    assert found(compare(published)) == {("item-9", "own"): (EXTRA, UNCLEARED)}


def test_what_was_never_cleared_is_uncleared(published):
    published.barred.add("item-2")
    assert found(compare(published)) == {("item-2", "own"): (UNCLEARED,), ("item-2", "portal"): (UNCLEARED,)}


def test_what_was_withdrawn_and_stands_is_named_so(published):
    published.put(published.item(2, withdrawn=Withdrawal(on=published.on)))
    published.barred.add("item-2")
    assert found(compare(published, "own")) == {("item-2", "own"): (WITHDRAWN,)}


def test_what_was_taken_away_and_came_back_is_withdrawn(published):
    published.barred.add("item-2")
    published.queue("item-2")
    published.deliver()
    assert found(compare(published, "own")) == {}
    by_hand(published, published.item(2))
    assert found(compare(published, "own")) == {("item-2", "own"): (WITHDRAWN,)}


def test_what_belongs_on_another_site_is_extra(published):
    own, portal = published.places
    published.places = (attrs.evolve(own, unit="other-bureau"), portal)
    assert set(found(compare(published)).values()) == {(EXTRA,)}


def test_the_version_sent_before_is_stale(published):
    published.put(published.item(2, text="改正"))
    report = compare(published)
    assert found(report) == {("item-2", "own"): (STALE,), ("item-2", "portal"): (STALE,)}


def test_the_version_that_was_reviewed_before_is_stale(published):
    first = published.item(2, text="初稿")
    proposed = SignOff(
        step=SignOffStep.DRAFTER,
        person="甲",
        on=dt.date(2011, 4, 16),
        attribute=DisclosureAttribute.PROACTIVE,
        digest=public_digest(first),
    )
    returned = attrs.evolve(
        proposed, step=SignOffStep.SECTION_HEAD, person="乙", result=SignOffResult.RETURNED, reason="错字"
    )
    signed = published.item(2).sign_offs
    published.put(published.item(2, sign_offs=(proposed, returned, *signed)))
    by_hand(published, first)
    assert found(compare(published)) == {("item-2", "own"): (STALE,)}


def test_a_version_that_only_the_caller_knows_is_stale(published):
    first = published.item(2, text="初稿")
    by_hand(published, first)
    assert found(compare(published)) == {("item-2", "own"): (DIFFERENT,)}
    assert found(compare(published, earlier=lambda item: [public_digest(first)])) == {("item-2", "own"): (STALE,)}


@pytest.mark.parametrize("name", ["item.json", "text.txt"])
def test_what_was_changed_there_is_different(published, name):
    path = published.root / "own" / "item-2" / name
    path.write_bytes(path.read_bytes().replace("正文".encode(), "假文".encode()))
    report = compare(published)
    assert found(report) == {("item-2", "own"): (DIFFERENT,)}
    assert report.apart == ("item-2",)


def test_another_date_is_different(published):
    path = published.root / "own" / "item-2" / "about.json"
    about = json.loads(path.read_text())
    path.write_text(json.dumps(about | {"published_on": "2011-01-01"}))
    assert found(compare(published)) == {("item-2", "own"): (DIFFERENT,)}


def test_other_steps_of_a_procedure_are_named_so(published):
    def another() -> Iterator[Held]:
        for held in published.publisher("own").inventory():
            yield attrs.evolve(held, procedure=mark_steps(["等"])) if held.item == "item-2" else held

    own = Place(site=published.places[0], inventory=another)
    assert found(compare(published, places=[own])) == {("item-2", "own"): (PROCEDURE,)}


def test_what_stands_there_twice_is_extra(published):
    def doubled() -> Iterator[Held]:
        for held in published.publisher("own").inventory():
            yield from [held, held]

    own = Place(site=published.places[0], inventory=doubled)
    assert set(found(compare(published, places=[own])).values()) == {(EXTRA,)}


def test_two_sites_that_differ_are_told(published):
    """1.4/o5: also where each of them holds a version that was right once."""
    published.put(published.item(2, text="改正"))
    published.queue("item-2")
    published.deliver("own")
    report = compare(published)
    assert report.apart == ("item-2",)
    assert found(report) == {("item-2", "portal"): (STALE,)}


def test_a_site_that_cannot_be_read_is_told_and_the_others_are_compared(published):
    def half() -> Iterator[Held]:
        yield next(iter(published.publisher("own").inventory()))
        raise DeliveryFailed("No route.", code="unreachable")

    own, portal = published.places
    compare(published)
    report = compare(
        published,
        places=[
            Place(site=own, inventory=half),
            Place(site=portal, inventory=lambda: published.publisher("portal").inventory()),
        ],
    )
    assert [(each.site, each.failure) for each in report.sites] == [("own", "unreachable"), ("portal", "")]
    assert report.differences == ()
    assert not report.agrees
    assert len(observed(published)) == 6


def test_an_inventory_in_no_order_is_an_error_of_its_plugin(published):
    backwards = Place(
        site=published.places[0], inventory=lambda: reversed(list(published.publisher("own").inventory()))
    )
    with pytest.raises(PluginError, match="another order"):
        compare(published, places=[backwards])


def test_an_observation_of_what_is_gone_everywhere_goes(published):
    by_hand(published, published.item(9))
    compare(published)
    assert "item-9@own" in observed(published)
    publisher = published.publisher("own")
    publisher.withdraw("item-9")
    publisher.settle()
    compare(published)
    assert "item-9@own" not in observed(published)


def test_observations_of_a_site_that_was_not_compared_stay(published):
    compare(published)
    shutil.rmtree(published.root / "portal" / "item-2")
    compare(published, "own")
    assert observed(published)["item-2@portal"] == (AGREES,)


def test_nothing_is_written_without_a_writer(published):
    compare(published, write=None)
    assert observed(published) == {}


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_parts_find_what_the_whole_finds(published, chunk):
    by_hand(published, published.item(0))
    by_hand(published, published.item(9), "portal")
    shutil.rmtree(published.root / "own" / "item-2")
    published.put(published.item(3, text="改正"))
    whole = compare(published)
    assert compare(published, chunk=chunk) == whole
    assert len(whole.differences) == 5


def test_a_publication_that_is_live_while_nothing_stands_is_missing_only_if_it_should_stand(published):
    published.barred.add("item-2")
    shutil.rmtree(published.root / "own" / "item-2")
    assert [each.site for each in published.all(Publication) if each.item == "item-2"] == ["own", "portal"]
    assert found(compare(published, "own")) == {}


def test_what_stands_there_is_known_by_its_record_whatever_its_folder_is_called(published):
    (published.root / "own" / "item-2").rename(published.root / "own" / safe_name("item-7"))
    report = compare(published)
    assert found(report) == {("item-2", "own"): (DIFFERENT,)}


def test_the_day_after_nothing_has_changed(published):
    published.on += dt.timedelta(days=1)
    assert compare(published).agrees
