"""What waits, what stands and what should stand lead to just the deliveries that are missing."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.model.catalog import Category
from govopen.model.publishing import Delivery, DeliveryAction, copy_id
from govopen.model.website import Carrier, Publication, SiteKind
from govopen.publishing.planning import Changes, plan, renewed, targets_of
from govopen.rules import samples
from govopen.testing.parcels import cleared, disclosed

DAY = dt.date(2011, 12, 31)
NEXT = DAY + dt.timedelta(days=1)
ITEM = disclosed()
CLEARED = cleared(ITEM)
OWN = samples.site(id="own")
PORTAL = samples.site(SiteKind.PORTAL, id="portal", unit="district")
COLUMN = samples.column(id="column-1", site="portal")
TARGETS = targets_of(ITEM, [OWN, PORTAL], [COLUMN], DAY)


def stands(site: str = "own", **changes: object) -> Publication:
    column = "column-1" if site == "portal" else ""
    whole = {"id": copy_id(ITEM.id, site), "site": site, "digest": CLEARED.digest, "column": column}
    return samples.publication(ITEM.id, Carrier.PORTAL if column else Carrier.OWN_SITE, **(whole | changes))


def waits(action: DeliveryAction = DeliveryAction.PUT, site: str = "own", **changes: object) -> Delivery:
    digest = CLEARED.digest if action is DeliveryAction.PUT else ""
    whole = Delivery(
        id=copy_id(ITEM.id, site),
        unit="bureau",
        item=ITEM.id,
        site=site,
        action=action,
        digest=digest,
        queued_on=DAY,
    )
    return attrs.evolve(whole, **changes)


def planned(*records: Publication | Delivery, shown: bool = True, targets=TARGETS[:1], on=DAY) -> Changes:
    return plan(
        ITEM.id,
        "bureau",
        CLEARED if shown else None,
        targets,
        [each for each in records if isinstance(each, Publication)],
        [each for each in records if isinstance(each, Delivery)],
        on,
    )


class TestTargets:
    def test_an_item_belongs_on_its_own_site_and_on_the_portal(self):
        assert [(target.site.id, target.column, target.carrier) for target in TARGETS] == [
            ("own", None, Carrier.OWN_SITE),
            ("portal", COLUMN, Carrier.PORTAL),
        ]

    def test_not_on_the_site_of_another_unit(self):
        assert targets_of(ITEM, [attrs.evolve(OWN, unit="other")], [], DAY) == ()

    @pytest.mark.parametrize("change", [{"since": NEXT}, {"until": DAY - dt.timedelta(days=1)}])
    def test_not_on_a_site_that_is_not_open(self, change):
        assert targets_of(ITEM, [attrs.evolve(OWN, **change)], [], DAY) == ()

    @pytest.mark.parametrize(
        "change",
        [
            {"unit": "other"},
            {"site": "own"},
            {"since": NEXT},
            {"until": dt.date(2011, 1, 1)},
            {"categories": (Category.FEE,)},
        ],
        ids=["unit", "site", "not yet", "closed", "category"],
    )
    def test_a_column_that_does_not_fit_takes_nothing(self, change):
        (target,) = targets_of(ITEM, [PORTAL], [attrs.evolve(COLUMN, **change)], DAY)
        assert target.column is None

    def test_the_first_column_that_fits_takes_it(self):
        columns = [
            samples.column(id="c", site="portal"),
            samples.column(id="b", site="portal", categories=(Category.FEE, Category.OTHER)),
            samples.column(id="a", site="portal", categories=(Category.FEE,)),
        ]
        (target,) = targets_of(ITEM, [PORTAL], columns, DAY)
        assert target.column.id == "b"


class TestPlan:
    def test_puts_what_stands_nowhere(self):
        assert planned(targets=TARGETS).put == (waits(), waits(site="portal"))

    def test_leaves_what_stands_as_it_should(self):
        assert not planned(stands(), stands("portal"), targets=TARGETS)

    def test_leaves_what_waits_as_it_should(self):
        assert not planned(waits(attempts=3, retry_at=1, failure="disk-full", parked_on=DAY))

    @pytest.mark.parametrize(
        "publication",
        [stands(digest="0" * 64), stands(withdrawn_on=DAY), stands(column="elsewhere"), stands(site="")],
        ids=["another version", "withdrawn", "another column", "no site"],
    )
    def test_puts_what_stands_otherwise(self, publication):
        assert planned(publication).put == (waits(),)

    def test_puts_once_more_where_one_of_two_records_differs(self):
        assert planned(stands(), stands(id="legacy", digest="0" * 64)).put == (waits(),)

    def test_a_newer_version_takes_the_place_of_what_waits(self):
        (delivery,) = planned(waits(digest="0" * 64, attempts=8, parked_on=DAY), on=NEXT).put
        assert delivery == waits(queued_on=NEXT)

    def test_takes_away_what_is_not_cleared(self):
        assert planned(stands(), stands("portal"), shown=False).put == (
            waits(DeliveryAction.WITHDRAW),
            waits(DeliveryAction.WITHDRAW, "portal"),
        )

    def test_takes_away_what_belongs_elsewhere(self):
        assert planned(stands(), stands("portal")).put == (waits(DeliveryAction.WITHDRAW, "portal"),)

    def test_takes_away_what_may_have_been_delivered_and_not_noted(self):
        assert planned(waits(), shown=False).put == (waits(DeliveryAction.WITHDRAW),)

    def test_puts_again_what_may_have_been_withdrawn_and_not_noted(self):
        assert planned(stands(), waits(DeliveryAction.WITHDRAW)).put == (waits(),)

    def test_puts_again_where_another_version_may_have_been_delivered_and_not_noted(self):
        assert planned(stands(), waits(digest="0" * 64)).put == (waits(),)

    def test_does_not_call_back_what_was_printed(self):
        assert not planned(attrs.evolve(stands(), carrier=Carrier.GAZETTE), shown=False)

    def test_a_delivery_under_another_identifier_gives_way(self):
        foreign = waits(id="legacy-1")
        assert planned(foreign) == Changes(put=(waits(),), drop=(foreign,))
        assert planned(foreign, shown=False) == Changes(put=(waits(DeliveryAction.WITHDRAW),), drop=(foreign,))

    @given(
        shown=st.booleans(),
        publications=st.lists(
            st.builds(
                stands,
                st.sampled_from(["own", "portal", "closed"]),
                digest=st.sampled_from([CLEARED.digest, "0" * 64]),
                withdrawn_on=st.sampled_from([None, DAY, NEXT]),
            ),
            max_size=3,
        ),
        waiting=st.lists(
            st.builds(
                waits,
                st.sampled_from(list(DeliveryAction)),
                st.sampled_from(["own", "portal", "closed"]),
                digest=st.sampled_from([CLEARED.digest, "0" * 64, ""]),
                parked_on=st.sampled_from([None, DAY]),
            ),
            max_size=3,
            unique_by=lambda each: each.id,
        ),
    )
    def test_what_was_planned_needs_no_second_plan_and_leaves_nothing_uncleared(self, shown, publications, waiting):
        changes = planned(*publications, *waiting, shown=shown, targets=TARGETS)
        outbox = {each.id: each for each in waiting} | {each.id: each for each in changes.put}
        assert not planned(*publications, *outbox.values(), shown=shown, targets=TARGETS)
        puts = {each.site for each in outbox.values() if each.action is DeliveryAction.PUT}
        assert puts <= ({"own", "portal"} if shown else set())
        live = {each.site for each in publications if each.withdrawn_on != DAY}
        for site in live - ({"own", "portal"} if shown else set()):
            assert outbox[copy_id(ITEM.id, site)].action is DeliveryAction.WITHDRAW


def test_what_is_renewed_is_as_if_it_had_never_been_tried():
    assert renewed(waits(attempts=8, parked_on=DAY, failure="disk-full", retry_at=3)) == waits()
