"""No history of changes, deliveries, failures and crashes brings to a site what must not be shown, or leaves it there.

Whether an item may be shown is decided here by a predicate of its own, which knows nothing of clearance.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from govopen.clearance.cleared import Cleared, Public
from govopen.errors import DeliveryFailed, NotCleared, StoreError
from govopen.model.catalog import InformationItem, Withdrawal
from govopen.model.classification import (
    ClassifiedItem,
    DisclosureAttribute,
    ReviewResult,
    SignOffResult,
    SignOffStep,
)
from govopen.model.publishing import Delivery, DeliveryAction, ObservedState
from govopen.model.types import RECORD_TYPES
from govopen.model.website import Publication, SiteKind
from govopen.publishing.delivering import deliver
from govopen.publishing.folder import FolderPublisher
from govopen.publishing.planning import plan, targets_of
from govopen.publishing.reconciling import Place, reconcile
from govopen.rules import samples
from govopen.testing.memory import MemoryStore
from govopen.testing.parcels import attached, cleared, disclosed

FIRST_DAY = dt.date(2011, 12, 1)
SITES = (samples.site(id="own"), samples.site(SiteKind.PORTAL, id="portal", unit="district"))
IDS = ("item-1", "item-2", "item-3")
PROACTIVE = DisclosureAttribute.PROACTIVE
ORDER = (SignOffStep.DRAFTER, SignOffStep.SECTION_HEAD, SignOffStep.PRINCIPAL)


class Failing(FolderPublisher):
    """A folder that can fail to settle. What it shows, it shows for good."""

    fails = False

    def settle(self) -> None:
        if self.fails:
            raise DeliveryFailed("The disk is full.", code="disk-full")
        super().settle()


def may_be_shown(item: InformationItem | None, classified: ClassifiedItem | None, on: dt.date) -> bool:
    """Reviewed, not classified, proactive by all three in order, not withdrawn."""
    if item is None or item.attributes != (PROACTIVE,) or (item.withdrawn and item.withdrawn.on <= on):
        return False
    if classified is not None and (classified.classified_until is None or on <= classified.classified_until):
        return False
    if item.review is None or item.review.result is not ReviewResult.NOT_CLASSIFIED:
        return False
    agreed = [step for step in item.sign_offs if step.result is SignOffResult.AGREED and step.attribute is PROACTIVE]
    return tuple(step.step for step in agreed) == ORDER


FLAWS = (
    "on request",
    "exempt",
    "no attribute",
    "unsigned",
    "half signed",
    "returned",
    "unsure",
    "unreviewed",
    "withdrawn",
)


def flawed(item: InformationItem, flaw: str | None, on: dt.date) -> InformationItem:
    """The item with something about its review that keeps it from being shown."""
    assert item.review is not None
    on_request, exempt = DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT
    last = attrs.evolve(item.sign_offs[-1], result=SignOffResult.RETURNED, reason="退")
    changes: dict[str, dict[str, Any]] = {
        "on request": {"attributes": (on_request,), "sign_offs": samples.sign_offs(on_request)},
        "exempt": {"attributes": (exempt,), "sign_offs": samples.sign_offs(exempt)},
        "no attribute": {"attributes": ()},
        "unsigned": {"sign_offs": ()},
        "half signed": {"sign_offs": item.sign_offs[:2]},
        "returned": {"sign_offs": (*item.sign_offs[:2], last)},
        "unsure": {"review": attrs.evolve(item.review, result=ReviewResult.UNSURE)},
        "unreviewed": {"review": None},
        "withdrawn": {"withdrawn": Withdrawal(on=on)},
    }
    return attrs.evolve(item, **changes.get(flaw or "", {}))


class Histories(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.store = MemoryStore(RECORD_TYPES)
        self.on = FIRST_DAY
        self.now = dt.datetime(2011, 12, 1, tzinfo=dt.UTC)
        self.version = 0
        self.words: dict[str, str] = {}
        # By site and item: what stands there and may stay until its withdrawal arrives.
        self.settled: dict[str, bool] = {site.id: True for site in SITES}

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @initialize()
    def open(self) -> None:
        self.change(samples.UNIT, *SITES)

    def change(self, *records: Any, about: str = "") -> None:
        """Records and what follows from them for the outbox, as an office writes them: at once."""
        with self.store.transaction() as transaction:
            for record in records:
                transaction.put(record)
        if about:
            self.settled = dict.fromkeys(self.settled, False)
            self.queue(about)

    def queue(self, id_: str) -> None:
        found = self.store.get(InformationItem, id_)
        try:
            passed = self.clear(id_)
        except NotCleared:
            passed = None
        changes = plan(
            id_,
            samples.UNIT.id,
            passed,
            targets_of(found.record, SITES, (), self.on) if found else (),
            [kept.record for kept in self.store.scan(Publication) if kept.record.item == id_],
            [kept.record for kept in self.store.scan(Delivery) if kept.record.item == id_],
            self.on,
        )
        with self.store.transaction() as transaction:
            for delivery in changes.put:
                transaction.put(delivery)

    def clear(self, id_: str) -> Cleared[Public]:
        item, classified = self.store.get(InformationItem, id_), self.store.get(ClassifiedItem, id_)
        if item is None:
            raise NotCleared("There is no such item.", bars=("not-recorded",))
        return cleared(item.record, self.on, classified=[classified.record] if classified else ())

    @rule(id_=st.sampled_from(IDS), flaw=st.none() | st.sampled_from(FLAWS), files=st.integers(0, 2))
    def write(self, id_, flaw, files):
        """Another version of an item, cleared or in whatever other state of its review."""
        self.version += 1
        word = f"密语{self.version}号"
        self.words[word] = id_
        contents = [f"{word}附件{number}".encode() for number in range(files)]
        item = disclosed(
            id_,
            title=f"标题{word}",
            text=f"正文{word}",
            attachments=tuple(attached(f"{word}{number}.txt", content) for number, content in enumerate(contents)),
        )
        with self.store.transaction() as transaction:
            for content in contents:
                transaction.attach(content, "text/plain")
        self.change(flawed(item, flaw, self.on), about=id_)

    @rule(id_=st.sampled_from(IDS), days=st.none() | st.integers(0, 3))
    def classify(self, id_, days):
        until = None if days is None else self.on + dt.timedelta(days=days)
        self.change(samples.classified_item(id=id_, classified_until=until), about=id_)

    @rule(id_=st.sampled_from(IDS))
    def gone(self, id_):
        with self.store.transaction() as transaction:
            transaction.delete(InformationItem, id_)
        self.change(about=id_)

    @rule()
    def the_next_day(self):
        """Periods of secrecy end. That clears nothing by itself, and a sweep plans what follows."""
        self.on += dt.timedelta(days=1)
        for id_ in IDS:
            self.change(about=id_)

    @rule(site=st.sampled_from(SITES))
    def deliver(self, site):
        self.brought(site, Failing)
        self.settled[site.id] = True

    @rule(site=st.sampled_from(SITES))
    def cannot_settle(self, site):
        class Full(Failing):
            fails = True

        self.brought(site, Full)

    @rule(site=st.sampled_from(SITES))
    def crash_before_it_is_noted(self, site):
        def crash():
            raise StoreError("The process was killed.")

        try:
            self.brought(site, Failing, write=crash)
        except StoreError:
            self.settled[site.id] = False

    def brought(self, site: Any, kind: type[Failing], **changes: Any) -> None:
        whole = {
            "read": lambda digest: self.store.attachment(digest).content,
            "write": self.store.transaction,
            "now": self.now,
            "on": self.on,
        }
        before = self.shown(site.id)
        # Late enough for everything that waits after a failure.
        self.now += dt.timedelta(days=2)
        deliver(
            self.store,
            site,
            lambda: kind(self.root / site.id),
            self.clear,
            **(whole | changes),
        )
        # Also where it failed: nothing got there that may not be shown now.
        for id_, digest in self.shown(site.id).items():
            assert before.get(id_) == digest or self.allowed(id_), id_

    def allowed(self, id_: str) -> bool:
        item, classified = self.store.get(InformationItem, id_), self.store.get(ClassifiedItem, id_)
        return may_be_shown(item and item.record, classified and classified.record, self.on)

    def shown(self, site: str) -> dict[str, str]:
        return {held.item: held.digest for held in FolderPublisher(self.root / site).inventory()}

    @invariant()
    def a_site_that_took_everything_shows_just_what_may_be_shown(self) -> None:
        for site, settled in self.settled.items():
            if not settled:
                continue
            allowed = {id_ for id_ in IDS if self.allowed(id_)}
            newest = {id_: word for word, id_ in self.words.items()}
            bodies = {path: path.read_bytes() for path in (self.root / site).rglob("*") if path.is_file()}
            for word, id_ in self.words.items():
                stands = [str(path) for path, body in bodies.items() if word.encode() in body or word in path.name]
                assert bool(stands) == (id_ in allowed and newest[id_] == word), (word, id_, stands)

    @precondition(lambda self: all(self.settled.values()))
    @rule()
    def reconcile(self) -> None:
        """And reconciliation finds nothing else."""
        places = [
            Place(site=site, inventory=partial(lambda name: FolderPublisher(self.root / name).inventory(), site.id))
            for site in SITES
        ]
        report = reconcile(self.store, places, self.clear, on=self.on)
        assert report.agrees, report.differences
        agreeing = {site.site: site.copies[ObservedState.AGREES] for site in report.sites}
        assert agreeing == dict.fromkeys(agreeing, sum(map(self.allowed, IDS)))

    @invariant()
    def nothing_is_queued_to_be_shown_that_may_not_be(self) -> None:
        for kept in self.store.scan(Delivery):
            if kept.record.action is DeliveryAction.PUT:
                assert self.allowed(kept.record.item)


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
