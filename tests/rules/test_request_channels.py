"""The six ways of making a request: all there, public, and working when last looked at."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from typing import Any

import pytest

from govopen.calendars.china import china_calendar
from govopen.model.assurance import Probe, ProbeKind
from govopen.model.requests import ChannelKind, RequestChannel
from govopen.policy.loading import builtin_library
from govopen.rules import request_channels, samples
from govopen.rules.base import FoldRule, Rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Outcome, Result

DAY = dt.timedelta(days=1)
WORKING = [request_channels.fax, request_channels.email, request_channels.website]
KINDS = dict(zip(WORKING, (ChannelKind.FAX, ChannelKind.EMAIL, ChannelKind.WEBSITE), strict=True))
ids = {"ids": lambda rule: rule.code}


def context(as_of: dt.date = samples.YEAR_END, max_age_days: int = 30) -> Context:
    parameters = {"max_age_days": max_age_days}
    return Context(as_of=as_of, library=builtin_library(), calendar=china_calendar(), parameters=parameters)


def worded(rule: Rule, result: Result) -> Result:
    """The result itself, once every verdict is seen to have a text in both languages that takes just its facts."""
    for verdict in result if isinstance(result, list) else [] if result is None else [result]:
        text = rule.messages[verdict.message]
        assert text.zh.format(**verdict.facts)
        assert text.en.format(**verdict.facts)
    return result


def check(rule: FoldRule, channels: Any, *probes: Probe, ctx: Context | None = None) -> list[tuple[Outcome, str]]:
    """What the rule says of a unit with these channels; the order in which they are folded does not matter."""
    ctx = ctx or context()

    def fold(records: list[RequestChannel]) -> Result:
        values = [
            rule.map(
                Dossier(record, samples.UNIT, {Probe: [probe for probe in probes if probe.target == record.id]}), ctx
            )
            for record in records
            if rule.when is None or rule.when(record)
        ]
        return worded(rule, rule.check(Dossier(samples.UNIT, samples.UNIT, {}), reduce(rule.merge, values), ctx))

    forward, backward = said(fold(list(channels))), said(fold(list(channels)[::-1]))
    assert forward == backward
    return forward


def said(result: Result) -> list[tuple[Outcome, str]]:
    verdicts = result if isinstance(result, list) else [] if result is None else [result]
    return [(verdict.outcome, verdict.message) for verdict in verdicts]


class TestSix:
    def check(self, *channels: RequestChannel, as_of: dt.date = samples.YEAR_END) -> list[tuple[Outcome, str]]:
        return check(request_channels.six_channels, channels, ctx=context(as_of))

    def test_all_six_pass(self) -> None:
        assert self.check(*samples.request_channels()) == []

    @pytest.mark.parametrize("kind", ChannelKind)
    def test_each_one_missing_is_named(self, kind: ChannelKind) -> None:
        rule, ctx = request_channels.six_channels, context()
        result = rule.check(Dossier(samples.UNIT, samples.UNIT, {}), frozenset(set(ChannelKind) - {kind}), ctx)
        assert result.facts == {"missing": (kind,)}

    def test_a_channel_counts_on_its_last_day_and_no_longer(self) -> None:
        last = dt.date(2011, 6, 30)
        channels = samples.request_channels(ChannelKind.POST, until=last)
        assert self.check(*channels, as_of=last) == []
        assert self.check(*channels, as_of=last + DAY) == [(Outcome.FAIL, "missing")]

    def test_a_channel_opened_anew_replaces_the_closed_one(self) -> None:
        closed = samples.request_channel(ChannelKind.POST, id="old", until=dt.date(2011, 6, 30))
        assert self.check(closed, *samples.request_channels()) == []

    def test_the_answer_holds_until_the_first_channel_closes(self) -> None:
        ctx = context(dt.date(2011, 3, 1))
        check(
            request_channels.six_channels,
            samples.request_channels(ChannelKind.POST, until=dt.date(2011, 6, 30)),
            ctx=ctx,
        )
        assert ctx.holds_until == dt.date(2011, 6, 30)

    def test_nothing_is_said_of_a_unit_without_any_channel(self) -> None:
        assert not request_channels.six_channels.without_records


class TestInPerson:
    @pytest.mark.parametrize("field", ["address", "office_hours"])
    def test_place_and_hours_have_to_be_stated(self, field: str) -> None:
        channel = samples.request_channel(ChannelKind.IN_PERSON, **{field: " "})
        assert check(request_channels.in_person, [channel]) == [(Outcome.FAIL, "blank")]

    def test_no_date_of_publication_is_asked(self) -> None:
        channel = samples.request_channel(ChannelKind.IN_PERSON, published_on=None)
        assert check(request_channels.in_person, [channel]) == []


@pytest.mark.parametrize("rule", [*WORKING, request_channels.post], **ids)
class TestPublic:
    def check(self, rule: FoldRule, **changes: Any) -> list[tuple[Outcome, str]]:
        kind = KINDS.get(rule, ChannelKind.POST)
        return check(rule, [samples.request_channel(kind, **changes)], samples.probe(f"channel-{kind}"))

    def test_published_it_passes(self, rule: FoldRule) -> None:
        assert self.check(rule) == []

    def test_no_address_fails(self, rule: FoldRule) -> None:
        assert self.check(rule, address="\u3000") == [(Outcome.FAIL, "no_address")]

    def test_when_it_was_published_has_to_be_known(self, rule: FoldRule) -> None:
        assert self.check(rule, published_on=None) == [(Outcome.UNDECIDABLE, "undated")]

    def test_it_is_public_from_the_day_of_publication(self, rule: FoldRule) -> None:
        assert self.check(rule, published_on=samples.YEAR_END) == []
        assert self.check(rule, published_on=samples.YEAR_END + DAY) == [(Outcome.FAIL, "not_published")]

    def test_closed_it_fails(self, rule: FoldRule) -> None:
        assert self.check(rule, until=samples.YEAR_END - DAY) == [(Outcome.FAIL, "closed")]

    def test_of_a_closed_and_an_open_one_only_the_open_one_counts(self, rule: FoldRule) -> None:
        kind = KINDS.get(rule, ChannelKind.POST)
        closed = samples.request_channel(kind, id="old", address="", until=dt.date(2011, 1, 31))
        assert check(rule, [closed, samples.request_channel(kind)], samples.probe(f"channel-{kind}")) == []

    def test_of_two_open_ones_both_count(self, rule: FoldRule) -> None:
        kind = KINDS.get(rule, ChannelKind.POST)
        second = samples.request_channel(kind, id="second", address="")
        channels = [samples.request_channel(kind), second]
        assert check(rule, channels, samples.probe(f"channel-{kind}")) == [(Outcome.FAIL, "no_address")]


@pytest.mark.parametrize("rule", WORKING, **ids)
class TestWorks:
    def check(self, rule: FoldRule, *probes: dict[str, Any], ctx: Context | None = None) -> list[tuple[Outcome, str]]:
        channel = samples.request_channel(KINDS[rule])
        made = [samples.probe(channel.id, **{"id": f"probe-{n}"} | changes) for n, changes in enumerate(probes)]
        return check(rule, [channel], *made, ctx=ctx)

    def test_nobody_having_looked_it_cannot_be_decided(self, rule: FoldRule) -> None:
        assert self.check(rule) == [(Outcome.UNDECIDABLE, "not_probed")]

    def test_seen_not_to_work_it_fails(self, rule: FoldRule) -> None:
        assert self.check(rule, {"works": False}) == [(Outcome.FAIL, "broken")]

    def test_an_observation_that_does_not_say_decides_nothing(self, rule: FoldRule) -> None:
        assert self.check(rule, {"works": None}) == [(Outcome.UNDECIDABLE, "probe_unclear")]

    def test_the_newest_counts(self, rule: FoldRule) -> None:
        older, newer = {"observed_on": dt.date(2011, 12, 10)}, {"observed_on": dt.date(2011, 12, 11)}
        assert self.check(rule, older | {"works": False}, newer) == []
        assert self.check(rule, newer | {"works": False}, older) == [(Outcome.FAIL, "broken")]

    def test_of_contradicting_ones_of_a_day_the_worse_counts(self, rule: FoldRule) -> None:
        assert self.check(rule, {}, {"works": False}) == [(Outcome.FAIL, "broken")]

    def test_a_count_of_entries_does_not_show_that_it_works(self, rule: FoldRule) -> None:
        assert self.check(rule, {"kind": ProbeKind.ENTRIES, "entries": 3}) == [(Outcome.UNDECIDABLE, "not_probed")]

    def test_it_ages_after_the_days_of_the_parameter(self, rule: FoldRule) -> None:
        seen = {"observed_on": samples.YEAR_END - 30 * DAY}
        ctx = context()
        assert self.check(rule, seen, ctx=ctx) == []
        assert ctx.holds_until == samples.YEAR_END
        assert self.check(rule, seen, ctx=context(samples.YEAR_END + DAY)) == [(Outcome.UNDECIDABLE, "probe_old")]
        assert self.check(rule, seen, ctx=context(max_age_days=29)) == [(Outcome.UNDECIDABLE, "probe_old")]

    def test_an_old_failure_is_no_longer_known(self, rule: FoldRule) -> None:
        seen = {"observed_on": dt.date(2011, 6, 1), "works": False}
        assert self.check(rule, seen) == [(Outcome.UNDECIDABLE, "probe_old")]

    def test_the_age_is_a_setting_of_ours(self, rule: FoldRule) -> None:
        (parameter,) = rule.parameters
        assert (parameter.default, parameter.basis) == (30, "")
