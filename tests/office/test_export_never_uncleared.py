"""Whatever becomes of items, an export holds those that may be shown to everybody, and no word of any other.

Whether an item may be shown is decided here by a predicate of its own, which knows nothing of clearance.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from govopen.model.catalog import InformationItem, Withdrawal
from govopen.model.classification import (
    ClassifiedItem,
    DisclosureAttribute,
    ReviewResult,
    SignOffResult,
    SignOffStep,
)
from govopen.model.published import public_digest
from govopen.model.requests import Request
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit, UnitKind
from govopen.office.clock import SHANGHAI
from govopen.office.facade import Office
from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry
from govopen.rules import samples
from govopen.testing.memory import MemoryStore
from govopen.testing.parcels import attached, disclosed

FIRST_DAY = dt.date(2011, 12, 1)
UNITS = tuple(
    Unit(id=id_, name=f"示例单位{id_}", kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113") for id_ in ("u-1", "u-2")
)
IDS = ("item-1", "item-2", "item-3")
PROACTIVE, ON_REQUEST = DisclosureAttribute.PROACTIVE, DisclosureAttribute.ON_REQUEST
EXEMPT = DisclosureAttribute.EXEMPT
ORDER = (SignOffStep.DRAFTER, SignOffStep.SECTION_HEAD, SignOffStep.PRINCIPAL)
MARKED = "机密★10年"
"""A marking of secrecy, which a screener bars."""


@attrs.define
class Clock:
    day: dt.date = FIRST_DAY

    def now(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(9), SHANGHAI)


def may_be_shown(
    item: InformationItem | None, classified: ClassifiedItem | None, held: frozenset[str], on: dt.date
) -> bool:
    """Reviewed as it is, not classified or marked, proactive by all three in order, not withdrawn, its files there."""
    if item is None or item.attributes != (PROACTIVE,) or (item.withdrawn and item.withdrawn.on <= on):
        return False
    if classified is not None and (classified.classified_until is None or on <= classified.classified_until):
        return False
    if item.review is None or item.review.result is not ReviewResult.NOT_CLASSIFIED or MARKED in item.text:
        return False
    if item.digest != public_digest(item) or not {file.digest for file in item.attachments} <= held:
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
    "withdrawn tomorrow",
    "changed since",
    "marked",
)


def flawed(item: InformationItem, flaw: str | None, on: dt.date) -> InformationItem:
    """The item with something about it that keeps it from being shown, or soon will."""
    assert item.review is not None
    last = attrs.evolve(item.sign_offs[-1], result=SignOffResult.RETURNED, reason="退")
    changes: dict[str, dict[str, Any]] = {
        "on request": {"attributes": (ON_REQUEST,), "sign_offs": samples.sign_offs(ON_REQUEST)},
        "exempt": {"attributes": (EXEMPT,), "sign_offs": samples.sign_offs(EXEMPT)},
        "no attribute": {"attributes": ()},
        "unsigned": {"sign_offs": ()},
        "half signed": {"sign_offs": item.sign_offs[:2]},
        "returned": {"sign_offs": (*item.sign_offs[:2], last)},
        "unsure": {"review": attrs.evolve(item.review, result=ReviewResult.UNSURE)},
        "unreviewed": {"review": None},
        "withdrawn": {"withdrawn": Withdrawal(on=on)},
        "withdrawn tomorrow": {"withdrawn": Withdrawal(on=on + dt.timedelta(days=1))},
        "marked": {"text": f"{MARKED}\n{item.text}"},
    }
    whole = attrs.evolve(item, **changes.get(flaw or "", {}))
    whole = attrs.evolve(whole, digest=public_digest(whole))
    return attrs.evolve(whole, text=f"{whole.text}改") if flaw == "changed since" else whole


class Histories(RuleBasedStateMachine):
    registry = Registry.load(entry_points=False)

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        Office.init(self.folder.name)
        self.clock = Clock()
        self.store = MemoryStore(RECORD_TYPES, clock=self.clock.now)
        workspace = Workspace.load(Path(self.folder.name))
        self.office = Office(workspace, self.registry, self.store, self.clock)
        self.version = 0
        self.words: dict[str, str] = {}

    def teardown(self) -> None:
        self.office.close()
        self.folder.cleanup()

    @initialize()
    def open(self) -> None:
        applicant = samples.request(id="r-1", unit="u-1")
        assert isinstance(applicant, Request)
        self.change(*UNITS, applicant)

    def change(self, *records: Any) -> None:
        with self.store.transaction() as transaction:
            for record in records:
                transaction.put(record)

    @rule(
        id_=st.sampled_from(IDS),
        unit=st.sampled_from(UNITS),
        flaw=st.none() | st.sampled_from(FLAWS),
        file=st.sampled_from([None, "kept", "lost"]),
    )
    def write(self, id_, unit, flaw, file):
        """Another version of an item, cleared or in whatever other state of its review."""
        self.version += 1
        word = f"密语{self.version}号"
        self.words[word] = id_
        content = f"{word}附件".encode()
        item = disclosed(
            id_,
            unit=unit.id,
            title=f"标题{word}",
            text=f"正文{word}",
            attachments=(attached(f"{word}.txt", content),) if file else (),
        )
        if file == "kept":
            with self.store.transaction() as transaction:
                transaction.attach(content, "text/plain")
        self.change(flawed(item, flaw, self.clock.day))

    @rule(id_=st.sampled_from(IDS), days=st.none() | st.integers(0, 2))
    def classify(self, id_, days):
        until = None if days is None else self.clock.day + dt.timedelta(days=days)
        self.change(samples.classified_item(id=id_, classified_until=until))

    @rule(id_=st.sampled_from(IDS), cls=st.sampled_from([InformationItem, ClassifiedItem]))
    def gone(self, id_, cls):
        with self.store.transaction() as transaction:
            transaction.delete(cls, id_)

    @rule()
    def the_next_day(self):
        self.clock.day += dt.timedelta(days=1)

    def shown(self, on: dt.date) -> dict[str, InformationItem]:
        """What may be shown on a day, by a look at the records alone."""
        held = frozenset(self.store.attachments())
        found = {}
        for id_ in IDS:
            item, classified = self.store.get(InformationItem, id_), self.store.get(ClassifiedItem, id_)
            if item and may_be_shown(item.record, classified and classified.record, held, on):
                found[id_] = item.record
        return found

    @invariant()
    def an_export_holds_what_may_be_shown_today(self) -> None:
        self.holds(self.shown(self.clock.day), None)

    @rule()
    def an_export_of_another_day_holds_no_more(self):
        today = self.shown(self.clock.day)
        for days in (-2, -1, 1, 2):
            day = self.clock.day + dt.timedelta(days=days)
            then = self.shown(day)
            self.holds({id_: item for id_, item in today.items() if id_ in then}, day)

    def holds(self, expected: dict[str, InformationItem], on: dt.date | None) -> None:
        if not list(self.store.units()):
            return
        file = io.BytesIO()
        report = self.office.export("jsonl", file, on=on)
        content = file.getvalue()
        order = [json.loads(line)["item"]["id"] for line in content.splitlines()]
        assert order == sorted(expected, key=lambda id_: (expected[id_].unit, id_))
        assert (report.items, report.items + report.left_out) == (
            len(expected),
            self.store.count(InformationItem),
        )
        told = content.decode()
        for word, id_ in self.words.items():
            newest = id_ in expected and word in expected[id_].title
            assert (f"标题{word}" in told) == newest, word
            assert newest or word not in told, word


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
