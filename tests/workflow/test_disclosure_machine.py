"""Disclosure review against a model that knows no table and no record: it replays a list of what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from govopen.calendars.china import china_calendar
from govopen.errors import TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult
from govopen.model.codec import decoder, encode
from govopen.policy.loading import builtin_library
from govopen.rules.context import Context
from govopen.workflow import disclosure

CALENDAR = china_calendar()
LIBRARY = builtin_library()
DAY = dt.timedelta(days=1)
# On the eve of a change of the grounds, and long after the last.
STARTS = (dt.date(2010, 1, 8), dt.date(2019, 5, 11), dt.date(2026, 3, 2))

# Who holds what in the bureau. "all" is one person in every post; "deputy" acts for the principal leader.
POSTS = {
    "drafter": {"drafter"},
    "head": {"section_head"},
    "leader": {"principal"},
    "deputy": {"principal"},
    "checker": {"secrecy_reviewer"},
    "clerk": {"publisher"},
    "all": {"drafter", "section_head", "principal", "secrecy_reviewer"},
    "other": set[str](),
}
ACTORS = {
    name: Actor(
        id=f"u-{name}",
        name="" if name == "head" else f"{name}'s name",
        roles={
            "bureau": frozenset(map(Role, posts)),
            "elsewhere": frozenset(Role),
        },
        acting_for={Role.PRINCIPAL: "leader's name"} if name == "deputy" else {},
    )
    for name, posts in POSTS.items()
}

EVERYWHERE = {"change:drafter", "refer:secrecy_reviewer", "withdraw:principal", "withdraw:section_head"}
EVERYWHERE |= {"withdraw:publisher"}
BACK = {"send_back:section_head", "send_back:principal"}
CAN = {
    "draft": EVERYWHERE | {"review_secrecy:secrecy_reviewer"},
    "referred": EVERYWHERE - {"refer:secrecy_reviewer"} | {"review_secrecy:secrecy_reviewer"},
    "secrecy_reviewed": EVERYWHERE | {"propose:drafter"},
    "proposed": EVERYWHERE | BACK | {"propose:drafter", "review:section_head"},
    "reviewed": EVERYWHERE | BACK | {"propose:drafter", "decide:principal"},
    "decided": EVERYWHERE | {"propose:drafter"},
    "withdrawn": {"change:drafter", "refer:secrecy_reviewer", "review_secrecy:secrecy_reviewer"},
}


def replay(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Where it stands after all that was done, reckoned from the first event on."""
    now: dict[str, Any] = {"state": "draft", "content": 0, "proposed": None, "signed": [], "last": dt.date.min}
    for event in events:
        did = event["did"]
        if did == "change":
            now |= {"state": "draft", "content": event["content"], "proposed": None, "signed": []}
        elif did == "check":
            now |= {"state": "secrecy_reviewed" if event["clean"] else "referred", "proposed": None, "signed": []}
        elif did == "propose":
            now |= {"state": "proposed", "proposed": event["what"], "signed": [event["who"]]}
        elif did == "review":
            now |= {"state": "reviewed", "signed": [*now["signed"], event["who"]]}
        elif did == "return":
            now |= {"state": "secrecy_reviewed", "proposed": None, "signed": []}
        else:
            now |= {"state": {"decide": "decided", "withdraw": "withdrawn"}[did]}
        now["last"] = event["on"]
    return now


def grounds(day: dt.date) -> set[str]:
    known = {"forbidden_by_law", "three_securities", "trade_secret", "personal_privacy"}
    if day >= dt.date(2010, 1, 12):
        known |= {"internal", "process"}
    return known | {"case_file"} if day >= dt.date(2019, 5, 15) else known


def lawful(what: tuple[str, str], day: dt.date) -> bool:
    attribute, ground = what
    return ground in grounds(day) if attribute == "exempt" else ground == ""


WHATS = st.sampled_from(
    [
        ("proactive", ""),
        ("on_request", ""),
        ("exempt", "trade_secret"),
        ("exempt", "internal"),
        ("exempt", "case_file"),
        ("exempt", "state_secret"),
        ("exempt", ""),
        ("proactive", "internal"),
    ]
)
REASONS = st.sampled_from(["理由", "理由", "理由", " "])
# Mostly who holds the post, so that histories get somewhere; now and then anybody.
ANYBODY = st.sampled_from(list(ACTORS))


def mostly(*names: str) -> st.SearchStrategy[str]:
    return st.sampled_from(names) | st.sampled_from(names) | st.sampled_from(names) | ANYBODY


class DisclosureMachine(RuleBasedStateMachine):
    @initialize(start=st.sampled_from(STARTS), separate=st.booleans())
    def begin(self, start: dt.date, separate: bool) -> None:
        self.today, self.separate = start, separate
        self.events: list[dict[str, Any]] = []
        blank = InformationItem(id="i-1", unit="bureau", category=Category.OTHER, title="名称0", created_on=start)
        self.item = disclosure.draft(None, blank, actor=ACTORS["drafter"], ctx=self.ctx())

    def ctx(self) -> Context:
        parameters = {} if self.separate else {"separation_of_duties": False}
        return Context(as_of=self.today, library=LIBRARY, calendar=CALENDAR, parameters=parameters)

    @property
    def now(self) -> dict[str, Any]:
        return replay(self.events)

    def attempt(
        self,
        who: str,
        step: str,
        do: Callable[[Actor, Context], InformationItem],
        event: dict[str, Any] | None,
        objections: list[tuple[str, bool]],
    ) -> None:
        """Do it, and compare with what the model says: done, or refused and by what."""
        before, now = self.item, self.now
        backdated = self.today < now["last"]
        takers = {entry.partition(":")[2] for entry in CAN[now["state"]] if entry.partition(":")[0] == step}
        expected = (
            "state"
            if not takers
            else "role"
            if not takers & POSTS[who]
            else next((name for name, objects in objections if objects), None)
        )
        try:
            found = do(ACTORS[who], self.ctx())
        except TransitionRefused as refusal:
            told = self.check_refusal(refusal, who, step)
            # A day earlier it may have stood elsewhere; refused it is in any case.
            assert backdated or told == (expected, now["state"])
            assert self.item == before
            return
        assert expected is None
        assert not backdated
        self.item = found
        if event is not None:
            self.events.append({**event, "on": self.today})

    def check_refusal(self, refusal: TransitionRefused, who: str, step: str) -> tuple[object, object]:
        facts, said = refusal.facts, str(refusal)
        assert (facts["record"], facts["unit"], facts["actor"]) == ("i-1", "bureau", f"u-{who}")
        assert facts["transition"] == step
        assert set(facts["possible"]) == CAN[str(facts["state_code"])]  # type: ignore[call-overload]
        for entry in CAN[str(facts["state_code"])]:
            name, _, role = entry.partition(":")
            assert disclosure.DISCLOSURE.transition(name).title.en in said
            assert Role(role).text.en in said
        assert self.item.title not in said
        return facts["refused_by"], facts["state_code"]

    @rule(days=st.sampled_from([-3, 0, 0, 1, 1, 1, 2, 5]))
    def time_passes(self, days: int) -> None:
        """Sometimes somebody acts on a day that is over."""
        self.today = max(self.today + days * DAY, STARTS[0])

    @rule()
    def catch_up(self) -> None:
        self.today = max(self.today, self.now["last"])

    @rule(who=mostly("drafter", "all"), content=st.integers(0, 1))
    def change(self, who: str, content: int) -> None:
        """There and back within a day is two changes; the same again is none."""
        new = attrs.evolve(self.item, title=f"名称{content}")
        same = content == self.now["content"]
        self.attempt(
            who,
            "change",
            lambda actor, ctx: disclosure.draft(self.item, new, actor=actor, ctx=ctx),
            None if same else {"did": "change", "content": content},
            [],
        )

    @rule(who=mostly("checker", "all"), clean=st.sampled_from([True, True, False]))
    def check(self, who: str, clean: bool) -> None:
        result = ReviewResult.NOT_CLASSIFIED if clean else ReviewResult.UNSURE
        self.attempt(
            who,
            "review_secrecy" if clean else "refer",
            lambda actor, ctx: disclosure.review_secrecy(self.item, actor=actor, ctx=ctx, result=result),
            {"did": "check", "clean": clean},
            [],
        )

    @rule(who=mostly("drafter", "all"), what=WHATS)
    def propose(self, who: str, what: tuple[str, str]) -> None:
        attribute, ground = DisclosureAttribute(what[0]), what[1]
        self.attempt(
            who,
            "propose",
            lambda actor, ctx: disclosure.propose(self.item, actor=actor, ctx=ctx, attribute=attribute, ground=ground),
            {"did": "propose", "what": what, "who": who},
            [("ground", not lawful(what, self.today))],
        )

    def doubled(self, who: str) -> bool:
        return self.separate and who in self.now["signed"]

    @rule(who=mostly("head", "all"))
    def review(self, who: str) -> None:
        self.attempt(
            who,
            "review",
            lambda actor, ctx: disclosure.review(self.item, actor=actor, ctx=ctx),
            {"did": "review", "who": who},
            [("different-person", self.doubled(who))],
        )

    @rule(who=mostly("head", "leader", "deputy"), reason=REASONS)
    def send_back(self, who: str, reason: str) -> None:
        self.attempt(
            who,
            "send_back",
            lambda actor, ctx: disclosure.send_back(self.item, actor=actor, ctx=ctx, reason=reason),
            {"did": "return"},
            [("reason", not reason.strip())],
        )

    @rule(who=mostly("leader", "deputy", "all"), asked=st.none() | st.none() | WHATS)
    def decide(self, who: str, asked: tuple[str, str] | None) -> None:
        proposed = self.now["proposed"]
        told = {} if asked is None else {"attribute": DisclosureAttribute(asked[0]), "ground": asked[1]}
        # A ground left out is the one proposed.
        other = asked is not None and proposed is not None and asked not in {proposed, (proposed[0], "")}
        self.attempt(
            who,
            "decide",
            lambda actor, ctx: disclosure.decide(self.item, actor=actor, ctx=ctx, **told),  # type: ignore[arg-type]
            {"did": "decide"},
            [("as-proposed", other), ("different-person", self.doubled(who))],
        )

    @rule(what=WHATS, steps=st.integers(1, 4), leader=st.sampled_from(["leader", "deputy", "all"]))
    def go_on(self, what: tuple[str, str], steps: int, leader: str) -> None:
        """What would come next, so that histories come to a decision, and beyond."""
        self.catch_up()
        for _ in range(steps):
            match self.now["state"]:
                case "draft" | "referred" | "withdrawn":
                    self.check("checker", clean=True)
                case "secrecy_reviewed" | "decided":
                    self.propose("drafter", what)
                case "proposed":
                    self.review("all" if leader == "all" else "head")
                case "reviewed":
                    self.decide(leader, None)

    @rule(who=mostly("leader", "clerk", "head"), reason=REASONS, published=st.booleans())
    def withdraw(self, who: str, reason: str, published: bool) -> None:
        self.attempt(
            who,
            "withdraw",
            lambda actor, ctx: disclosure.withdraw(self.item, actor=actor, ctx=ctx, reason=reason, published=published),
            {"did": "withdraw"},
            [
                ("reason", not reason.strip()),
                ("shown-or-decided", not published and self.now["state"] != "decided"),
            ],
        )

    @invariant()
    def it_stands_where_the_model_says(self) -> None:
        now = self.now
        today = max(self.today, now["last"])
        found = disclosure.standing(self.item, today)
        assert found.state.value == now["state"]
        settled = now["proposed"] if now["state"] == "decided" else (None, "")
        assert (found.attribute, found.ground) == settled
        assert self.item.attributes == (() if settled[0] is None else (settled[0],))
        assert disclosure.standing(self.item, today + 1000 * DAY) == found

    @invariant()
    def the_record_alone_says_so(self) -> None:
        assert decoder(InformationItem)(encode(self.item)) == self.item


DisclosureMachine.TestCase.settings = settings(
    max_examples=120, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestDisclosureMachine = DisclosureMachine.TestCase
