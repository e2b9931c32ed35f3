"""From a decision to the other system and back: published, compared, altered there, withdrawn, out of reach."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from govopen_http_push_here import VARIABLE, Place
from govopen_http_push_unruly import Unruly, honest, resets_afterwards

import govopen_http_push
from govopen.model.actors import Actor, Role
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult
from govopen.model.publishing import Delivery, ObservedState
from govopen.model.units import Unit, UnitKind
from govopen.model.website import Publication, Site, SiteKind
from govopen.office.clock import SHANGHAI
from govopen.office.facade import Office
from govopen.plugins.registry import Registry

REGISTRY = Registry.load(entry_points=False, plugins=[govopen_http_push])
DAY = dt.date(2011, 10, 10)
BUREAU = Unit(id="bureau", name="示例局", kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113")
OWN = Site(id="own", unit="bureau", kind=SiteKind.OWN, since=dt.date(2008, 1, 1))
ITEM = InformationItem(
    id="notice-1",
    unit="bureau",
    category=Category.OTHER,
    index_number="K0001/2011-00001",
    title="关于办公时间的通知",
    summary="调整办公时间。",
    issuer="示例局",
    created_on=DAY,
    text="自下月起，办事窗口延长服务时间。",
)


def staff(role: Role) -> Actor:
    return Actor(id=role.value, name=f"{role.value}某", roles={"bureau": frozenset({role})})


class Clock:
    """A clock that somebody turns."""

    at = dt.datetime.combine(DAY, dt.time(9), SHANGHAI)

    def now(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(unruly: Unruly, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """An office with an item that was decided to be shown to everybody."""
    folder = tmp_path / "office"
    Office.init(folder)
    with (folder / "govopen.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'\n[publishers.cms]\nkind = "http-push"\nsites = ["own"]\nbase_url = "{unruly.url}"\n'
            f'secret_env = "{VARIABLE}"\nallow_http = true\nretries = 0\n'
        )
    with Office.open(folder, registry=REGISTRY, clock=clock) as opened:
        with opened.store.transaction() as transaction:
            transaction.put_many([BUREAU, OWN])
        opened.draft(ITEM, staff(Role.DRAFTER))
        (tmp_path / "hours.txt").write_text("窗口时间表", encoding="utf-8")
        opened.attach("notice-1", tmp_path / "hours.txt", staff(Role.DRAFTER))
        opened.review_secrecy("notice-1", staff(Role.SECRECY_REVIEWER), ReviewResult.NOT_CLASSIFIED)
        opened.propose("notice-1", staff(Role.DRAFTER), DisclosureAttribute.PROACTIVE)
        opened.review("notice-1", staff(Role.SECTION_HEAD))
        opened.decide("notice-1", staff(Role.PRINCIPAL))
        yield opened


def alter(place: Place, old: str, new: str) -> None:
    """What somebody with the keys of the other system may do."""
    with contextlib.closing(sqlite3.connect(place.folder / "received.sqlite")) as db, db:
        for row, form in db.execute("SELECT rowid, form FROM items").fetchall():
            changed = form.replace(old.encode(), new.encode())
            db.execute("UPDATE items SET form = ? WHERE rowid = ?", (changed, row))


def test_what_is_decided_stands_on_the_other_side_and_agrees(office: Office, place: Place) -> None:
    (report,) = office.publish().sites
    (shown,) = place.receiver.shown()

    assert [sent.address for sent in report.delivered] == [f"{place.public_url}/{shown.key}"]
    assert shown.digest() == office.clear("notice-1").digest
    assert list(shown.files.values()) == ["窗口时间表".encode()]
    assert shown.about["unit"] == {"id": "bureau", "name": "示例局"}
    assert shown.about["published_on"] == DAY.isoformat()
    (publication,) = (kept.record for kept in office.store.scan(Publication))
    assert (publication.url, publication.digest) == (report.delivered[0].address, shown.digest())
    assert office.reconcile().agrees
    assert office.verify_journal().ok


def test_nothing_is_sent_before_it_is_queued(office: Office, unruly: Unruly) -> None:
    assert unruly.seen == []
    office.publish()
    sent = len(unruly.seen)
    office.publish()

    assert len(unruly.seen) == sent


def test_what_somebody_alters_there_is_found_and_mended(office: Office, place: Place) -> None:
    office.publish()
    alter(place, "延长", "缩短")
    (difference,) = office.reconcile(repair=True).differences
    assert difference.states == (ObservedState.DIFFERENT,)
    office.publish()

    assert office.reconcile().agrees
    assert "延长" in place.receiver.shown()[0].form.decode()


def test_what_is_withdrawn_is_gone_there(office: Office, place: Place) -> None:
    office.publish()
    office.withdraw("notice-1", staff(Role.PRINCIPAL), "内容有误")
    office.publish(sweep=False)

    assert place.receiver.shown() == []
    assert office.reconcile().agrees
    kept = (place.folder / "received.sqlite").read_bytes()
    assert [word for word in (ITEM.title, ITEM.text, "窗口时间表") if word.encode() in kept] == []


def test_while_it_is_out_of_reach_everything_waits_and_comes_afterwards(
    office: Office, place: Place, clock: Clock
) -> None:
    place.stop()
    try:
        (report,) = office.publish().sites
        (site,) = office.reconcile().sites
    finally:
        place.start()
    # The server before it answers for it, with words of its own that are not repeated.
    assert [failure.code for failure in report.failed] == ["connection-lost"]
    assert site.failure == "connection-lost"
    assert [kept.record.failure for kept in office.store.scan(Delivery)] == ["connection-lost"]
    clock.at += dt.timedelta(minutes=2)
    office.publish()

    assert list(office.store.scan(Delivery)) == []
    assert office.reconcile().agrees


def test_if_nobody_hears_that_it_is_shown_it_comes_again_and_is_shown_once(
    office: Office, place: Place, unruly: Unruly, clock: Clock
) -> None:
    """The one moment at which both sides think otherwise of the same thing: it does not last."""
    unruly.does(honest, honest, honest, resets_afterwards)
    (report,) = office.publish().sites
    assert [failure.item for failure in report.failed] == ["notice-1"]
    assert len(place.receiver.shown()) == 1
    clock.at += dt.timedelta(minutes=2)
    office.publish()

    assert len(place.receiver.shown()) == 1
    assert len(list(office.store.scan(Publication))) == 1
    assert office.reconcile().agrees
