"""Whatever anybody does in whatever order: a site shows what was decided for everybody as it is now, and nothing else.

The model knows nothing of records: it has, for each item, the words that three people have let pass.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from govopen.errors import InputError, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import AuthorityKind, ClassifiedItem, DisclosureAttribute, ReviewResult, SecrecyLevel
from govopen.model.requests import Applicant, ChannelKind, Request, RequestKind
from govopen.model.units import Unit, UnitKind
from govopen.model.website import Site, SiteKind
from govopen.office.clock import SHANGHAI
from govopen.office.facade import Office
from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry
from govopen.testing.memory import MemoryStore

REGISTRY = Registry.load(entry_points=False, plugins=[__import__("govopen_static_site")])
PERSON = "申请人欧阳某"
BUREAU = Unit(id="bureau", name="示例局", kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113")
SITES = (
    Site(id="own", unit="bureau", kind=SiteKind.OWN, since=dt.date(2008, 1, 1)),
    Site(id="portal", unit="bureau", kind=SiteKind.PORTAL, since=dt.date(2008, 1, 1)),
)
IDS = st.sampled_from(["a", "b", "c"])
NUMBERS = "〇一二三四五六七八九"

TAINTS = {"": "", "mobile-number": "联系人手机13800138000。", "secrecy-marking": "\n机密★10年\n"}
ATTRIBUTES = (DisclosureAttribute.PROACTIVE, DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT)


class Clock:
    """A clock that somebody turns."""

    def __init__(self) -> None:
        self.day = dt.date(2011, 3, 1)

    def now(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(9), SHANGHAI)


def staff(role: Role) -> Actor:
    return Actor(id=role.value, name=f"{role.value}某", roles={"bureau": frozenset({role})})


STAFF = {role: staff(role) for role in Role}


class Histories(RuleBasedStateMachine):
    """Steps of three items by anybody, in any order, and a look at the sites after each publication."""

    kind = "static-site"
    examples = 20

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="histories-"))
        (self.folder / "govopen.toml").write_text(
            f'name = "w"\n[instruments.panyu-2011]\n[publishers.p]\nkind = "{self.kind}"\n'
            'sites = ["own", "portal"]\nfolder = "public/{site}"\n',
            encoding="utf-8",
        )
        self.clock = Clock()
        store = MemoryStore(REGISTRY.types, clock=self.clock.now)
        self.office = Office(Workspace.load(self.folder), REGISTRY, store, self.clock)
        with store.transaction() as transaction:
            transaction.put_many([BUREAU, *SITES])
        self.said: list[str] = []
        self.words: dict[str, str] = {}
        self.taint: dict[str, str] = {}
        self.lifted: set[str] = set()
        self.attribute: dict[str, DisclosureAttribute] = {}
        self.decided: set[str] = set()
        self.requests = 0

    def _try(self, step: Callable[[], Any]) -> bool:
        """Whether the step was taken; whoever may not, or not now, changes nothing."""
        try:
            step()
        except (TransitionRefused, InputError):
            return False
        return True

    def _wordy(self) -> str:
        number = "".join(NUMBERS[int(digit)] for digit in f"{len(self.said):04}")
        self.said.append(f"哨兵{number}号内容")
        return self.said[-1]

    @rule(id_=IDS, taint=st.sampled_from([*[""] * 4, "mobile-number", "secrecy-marking"]))
    def draft(self, id_: str, taint: str) -> None:
        words = self._wordy()
        item = InformationItem(
            id=id_,
            unit="bureau",
            category=Category.OTHER,
            title=words,
            summary=f"{words}概述",
            issuer="示例局",
            created_on=dt.date(2011, 3, 1),
            text=f"{words}正文。{TAINTS[taint]}",
        )
        if self._try(lambda: self.office.draft(item, STAFF[Role.DRAFTER])):
            self.words[id_], self.taint[id_] = words, taint
            self._unsettle(id_)

    def _unsettle(self, id_: str) -> None:
        self.decided.discard(id_)
        self.attribute.pop(id_, None)

    @rule(id_=IDS, result=st.sampled_from([ReviewResult.NOT_CLASSIFIED] * 4 + [ReviewResult.UNSURE]))
    def review_secrecy(self, id_: str, result: ReviewResult) -> None:
        if self._try(lambda: self.office.review_secrecy(id_, STAFF[Role.SECRECY_REVIEWER], result)):
            self._unsettle(id_)

    @rule(id_=IDS, attribute=st.sampled_from([DisclosureAttribute.PROACTIVE] * 3 + list(ATTRIBUTES)))
    def propose(self, id_: str, attribute: DisclosureAttribute) -> None:
        ground = "internal" if attribute is DisclosureAttribute.EXEMPT else ""
        if self._try(lambda: self.office.propose(id_, STAFF[Role.DRAFTER], attribute, ground=ground)):
            self._unsettle(id_)
            self.attribute[id_] = attribute

    @rule(id_=IDS)
    def review(self, id_: str) -> None:
        self._try(lambda: self.office.review(id_, STAFF[Role.SECTION_HEAD]))

    @rule(id_=IDS)
    def send_back(self, id_: str) -> None:
        if self._try(lambda: self.office.send_back(id_, STAFF[Role.SECTION_HEAD], "再改")):
            self._unsettle(id_)

    @rule(id_=IDS, role=st.sampled_from([Role.PRINCIPAL] * 4 + [Role.DRAFTER, Role.SECTION_HEAD]))
    def decide(self, id_: str, role: Role) -> None:
        if self._try(lambda: self.office.decide(id_, STAFF[role])):
            assert role is Role.PRINCIPAL
            self.decided.add(id_)

    @rule(
        id_=IDS,
        attribute=st.sampled_from([DisclosureAttribute.PROACTIVE] * 3 + list(ATTRIBUTES)),
        taint=st.sampled_from(["", "", *TAINTS]),
        at_once=st.booleans(),
    )
    def whole_review(self, id_: str, attribute: DisclosureAttribute, taint: str, at_once: bool) -> None:
        """Else random steps seldom come to a decision."""
        self.draft(id_, taint)
        self.review_secrecy(id_, ReviewResult.NOT_CLASSIFIED)
        self.propose(id_, attribute)
        self.review(id_)
        self.decide(id_, Role.PRINCIPAL)
        if at_once:
            self.publish(sweep=False)

    @rule(id_=IDS)
    def override(self, id_: str) -> None:
        if self._try(lambda: self.office.override(id_, STAFF[Role.SECTION_HEAD], "mobile-number", "公开的电话")):
            self.lifted.add(self.words[id_])

    @rule(id_=IDS)
    def override_what_nobody_can(self, id_: str) -> None:
        assert not self._try(lambda: self.office.override(id_, STAFF[Role.PRINCIPAL], "secrecy-marking", "放行"))

    @rule(id_=IDS)
    def withdraw(self, id_: str) -> None:
        if self._try(lambda: self.office.withdraw(id_, STAFF[Role.PRINCIPAL], "有误")):
            self._unsettle(id_)

    @rule(id_=IDS)
    def determine(self, id_: str) -> None:
        def step() -> None:
            self.office.determine(
                id_,
                STAFF[Role.CLASSIFIER],
                level=SecrecyLevel.MIMI,
                basis="secrets-2010:15",
                authority=AuthorityKind.DERIVATIVE,
                authorisation="SC-1",
                until=self.clock.day + dt.timedelta(days=900),
                unit="bureau",
            )

        if self.office.store.get(ClassifiedItem, id_) is None and id_ != "a" and self._try(step):
            self._unsettle(id_)
            self.words.pop(id_, None)

    @rule()
    def request(self) -> None:
        self.requests += 1
        asked = Request(
            id=f"r-{self.requests}",
            unit="bureau",
            received_on=self.clock.day,
            channel=ChannelKind.IN_PERSON,
            applicant=Applicant(name=PERSON, contact=PERSON),
            description=PERSON,
        )
        clerk = STAFF[Role.REQUEST_CLERK]
        self.office.receive(asked, clerk)
        self.office.triage(asked.id, clerk, RequestKind.INFORMATION)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.clock.day += dt.timedelta(days=days)

    @rule(sweep=st.booleans())
    def publish(self, sweep: bool) -> None:
        self.office.publish(sweep=sweep)
        everything = self._everything()
        assert PERSON not in everything
        wanted = {self.words[id_] for id_ in self.decided if self._may_be_shown(id_)}
        assert {words for words in self.said if words in everything} == wanted
        assert self.office.reconcile().agrees

    def _may_be_shown(self, id_: str) -> bool:
        taint = self.taint[id_]
        free = taint == "" or (taint == "mobile-number" and self.words[id_] in self.lifted)
        return free and self.attribute[id_] is DisclosureAttribute.PROACTIVE and id_ in self.words

    def _everything(self) -> str:
        """All that lies on the sites and beside them, names included."""
        found = [path for path in (self.folder / "public").rglob("*") if path.is_file()]
        return "\n".join([*map(str, found), *(path.read_text("utf-8", errors="replace") for path in found)])

    @invariant()
    def the_journal_is_whole(self) -> None:
        if hasattr(self, "office"):
            assert self.office.verify_journal().ok

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            with contextlib.suppress(OSError):
                shutil.rmtree(self.folder)


class FolderHistories(Histories):
    kind = "folder"
    examples = 100


@pytest.mark.parametrize("machine", [Histories, FolderHistories], ids=lambda machine: machine.kind)
def test_no_history_shows_what_is_not_cleared(machine: type[Histories]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=machine.examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
