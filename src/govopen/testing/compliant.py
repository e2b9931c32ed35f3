"""Hypothesis strategies for compliant records of every type: whatever they draw breaks no built-in rule.

Each takes a :class:`Setting`: the unit, and the day to look at it. The law of that day decides what is drawn.
What an information item says is in :mod:`govopen.testing.compliant_items`, how requests are handled in
:mod:`govopen.testing.compliant_requests`, how discretion is exercised in :mod:`govopen.testing.compliant_discretion`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

import attrs
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.calendars.due import due_date
from govopen.calendars.period import Period, PeriodUnit
from govopen.model.assurance import NIL_RETURN_DAYS, Ability, Evidence, Judgement, NilReturn, Probe, ProbeKind, Verdict
from govopen.model.base import Record
from govopen.model.catalog import Category
from govopen.model.classification import AuthorityKind, ClassifiedItem, SecrecyLevel
from govopen.model.organisation import Organisation
from govopen.model.requests import ChannelKind, RequestChannel
from govopen.model.units import DatedDuty, DatedRole, Duty, Unit, UnitKind
from govopen.model.website import Carrier, Column, Publication, Site, SiteKind
from govopen.policy.instrument import Check
from govopen.policy.library import Library
from govopen.policy.loading import builtin_library

__all__ = [
    "ANSWERED",
    "DAYS",
    "Setting",
    "abilities",
    "answered_by",
    "classified_items",
    "columns",
    "days_before",
    "digests",
    "evidence",
    "judgements",
    "law",
    "legal_days",
    "nil_returns",
    "organisations",
    "probes",
    "request_channels",
    "sites",
    "units",
    "words",
]

ANSWERED = ("1", "2.3")
"""Parts and clauses of the policy whose every obligation the built-in rules answer."""

CALENDAR = china_calendar()
_NEW_LAW = dt.date(2019, 5, 15)
_SECRETS_LAW = dt.date(2010, 10, 1)
# A period that begins on the last day still has to end within the calendar.
DAYS = (dt.date(2011, 5, 1), CALENDAR.coverage[1] - dt.timedelta(days=400))
"""The first and the last legal day for which records are drawn."""


@attrs.frozen
class Setting:
    """For which unit records are drawn, and on which day they are looked at."""

    unit: Unit
    as_of: dt.date


@cache
def law() -> Library:
    """The built-in instruments and matters."""
    return builtin_library()


def answered_by(check: Check) -> list[str]:
    """The obligations of the answered clauses that are checked so."""
    panyu = law().instrument("panyu-2011")
    return [
        str(citation)
        for citation, _, obligation in panyu.obligations()
        if obligation.check is check and any(citation.within(clause) for clause in ANSWERED)
    ]


def words() -> st.SearchStrategy[str]:
    """A few characters that say something."""
    return st.text("甲乙丙丁信息公开服务abcXYZ019", min_size=1, max_size=6)


def numbers() -> st.SearchStrategy[str]:
    """A document's number."""
    return st.builds("{}〔{}〕{}号".format, words(), st.integers(2008, 2025), st.integers(1, 99))


def digests() -> st.SearchStrategy[str]:
    """A SHA-256."""
    return st.binary(min_size=32, max_size=32).map(bytes.hex)


def legal_days() -> st.SearchStrategy[dt.date]:
    """Days under the law of 2007 and under that of 2019, with a year of the same law before them."""
    return st.dates(DAYS[0], _NEW_LAW - dt.timedelta(days=1)) | st.dates(dt.date(2021, 5, 1), DAYS[1])


def days_before(day: dt.date, least: int, greatest: int) -> st.SearchStrategy[dt.date]:
    """From ``greatest`` to ``least`` days before ``day``."""
    return st.integers(least, greatest).map(lambda days: day - dt.timedelta(days=days))


def days_after(day: dt.date, least: int, greatest: int) -> st.SearchStrategy[dt.date]:
    """From ``least`` to ``greatest`` days after ``day``."""
    return st.integers(least, greatest).map(lambda days: day + dt.timedelta(days=days))


def units(
    as_of: dt.date,
    duties: Iterable[Duty] | None,
    kinds: Sequence[UnitKind] = tuple(UnitKind),
    roles: Sequence[str] = ("openness_office",),
) -> st.SearchStrategy[Unit]:
    """A unit of Panyu that existed long before; ``None``: nobody has stated its duties."""
    since = st.none() | days_before(as_of, 1_000, 4_000)
    stated = None
    if duties is not None:
        stated = st.tuples(
            *(st.builds(DatedDuty, duty=st.just(duty), since=st.none() | days_before(as_of, 0, 900)) for duty in duties)
        )
    return st.builds(
        Unit,
        id=st.sampled_from(["bureau", "单位-1", "unit.a"]),
        name=words(),
        kind=st.sampled_from(list(kinds)),
        jurisdiction=st.just("CN-440113"),
        roles=st.lists(
            st.builds(DatedRole, role=st.sampled_from(list(roles)), since=st.none() | days_before(as_of, 0, 900)),
            max_size=len(roles),
            unique_by=lambda entry: entry.role,
        ).map(tuple),
        duties=st.none() if stated is None else stated,
        since=since,
    )


def organisations(setting: Setting) -> st.SearchStrategy[Organisation]:
    """The record of the year."""
    new_year = setting.as_of.replace(month=1, day=1)
    return st.builds(
        Organisation,
        id=st.just(f"organisation-{new_year.year}"),
        unit=st.just(setting.unit.id),
        year=st.just(new_year.year),
        leader=words(),
        working_body=words(),
        full_time_staff=st.integers(1, 9),
        budget_yuan=st.decimals(Decimal("0.01"), 10**7, places=2),
        plan_document_number=numbers(),
        plan_issued_on=st.dates(new_year, setting.as_of),
    )


@st.composite
def classified_items(
    draw: st.DrawFn, setting: Setting, number: int = 1, *, disclosed: bool = False
) -> tuple[Record, ...]:
    """A classified item; once its period is over, sometimes with a publication.

    ``disclosed``: one whose period would run on, had it not been released early, with its publication.
    """
    earliest = max(_SECRETS_LAW, setting.as_of - dt.timedelta(days=1_500))
    determined_on = draw(st.dates(earliest, setting.as_of - dt.timedelta(days=60)))
    level = draw(st.sampled_from(list(SecrecyLevel)))
    years = law().matter("secrets/period").on(determined_on).integer(level.value)
    ceiling = due_date(determined_on, Period(years, PeriodUnit.YEARS), CALENDAR, roll=False)
    on_condition = disclosed or draw(st.booleans())
    until = None if on_condition else draw(st.dates(determined_on, ceiling) | st.just(ceiling))
    early = st.dates(determined_on + dt.timedelta(days=1), setting.as_of)
    released = draw(early if disclosed else early | st.none())
    item = ClassifiedItem(
        id=f"classified-{number}",
        unit=setting.unit.id,
        level=level,
        determined_on=determined_on,
        classified_until=until,
        declassify_condition=on_condition,
        declassified_on=released,
        basis=draw(st.sampled_from(("secrets-2010:15", "岭保〔2011〕3号"))),
        authority=draw(st.sampled_from(list(AuthorityKind))),
        authorisation=draw(st.sampled_from(("SC-2011-003", "岭保〔2011〕3号"))),
    )
    if item.classified_on(setting.as_of) or not (disclosed or draw(st.booleans())):
        return (item,)
    ends = [day for day in (released, until and until + dt.timedelta(days=1)) if day is not None]
    published_on = draw(st.dates(min(ends), setting.as_of))
    return item, Publication(
        id=f"{item.id}.released",
        unit=setting.unit.id,
        item=item.id,
        carrier=draw(st.sampled_from(list(Carrier))),
        published_on=published_on,
    )


@st.composite
def probes(draw: st.DrawFn, setting: Setting, target: str, kind: ProbeKind = ProbeKind.REACHABLE) -> tuple[Probe, ...]:
    """A recent observation that all is well, sometimes with an older one that was not."""
    newest = draw(days_before(setting.as_of, 0, 30))
    reachable = kind is ProbeKind.REACHABLE
    well = Probe(
        id=f"probe-{target}-{kind}",
        unit=setting.unit.id,
        target=target,
        kind=kind,
        observed_on=newest,
        works=True if reachable else None,
        entries=None if reachable else draw(st.integers(1, 500)),
    )
    if draw(st.booleans()):
        return (well,)
    before = attrs.evolve(
        well,
        id=f"{well.id}-before",
        observed_on=draw(days_before(newest, 1, 90)),
        works=False if reachable else None,
        entries=None if reachable else 0,
    )
    return well, before


@st.composite
def sites(draw: st.DrawFn, setting: Setting) -> tuple[Record, ...]:
    """The own site, lately seen working; the portal; sometimes the closed site that was before."""
    opened = draw(st.none() | days_before(setting.as_of, 100, 900))
    own = Site(id="site-own", unit=setting.unit.id, kind=SiteKind.OWN, url="https://own.example.gov.cn", since=opened)
    portal = Site(id="site-portal", unit=setting.unit.id, kind=SiteKind.PORTAL)
    found: tuple[Record, ...] = (own, portal, *draw(probes(setting, own.id)))
    if draw(st.booleans()):
        closed = draw(days_before(setting.as_of, 1, 99))
        found += (attrs.evolve(own, id="site-before", since=None, until=closed),)
    return found


@st.composite
def columns(draw: st.DrawFn, setting: Setting) -> tuple[Record, ...]:
    """A column of the portal that is new, but lately seen with entries.

    It is named ``column-probed``; one that publications fill comes with them (``compliant_items.disclosed``).
    """
    column = Column(
        id="column-probed",
        unit=setting.unit.id,
        site="site-portal",
        name=draw(words()),
        update_within=draw(st.sampled_from(["6m", "200d", "160wd"])),
        since=draw(days_before(setting.as_of, 0, 150)),
        categories=draw(st.lists(st.sampled_from(list(Category)), max_size=2, unique=True).map(tuple)),
    )
    return (column, *draw(probes(setting, column.id, ProbeKind.ENTRIES)))


@st.composite
def request_channels(draw: st.DrawFn, setting: Setting) -> tuple[Record, ...]:
    """All six, published, open and, where they can be tried, seen working; sometimes one that was closed."""
    found: tuple[Record, ...] = ()
    for kind in ChannelKind:
        channel = RequestChannel(
            id=f"channel-{kind}",
            unit=setting.unit.id,
            kind=kind,
            address=draw(words()),
            office_hours=draw(words()) if kind is ChannelKind.IN_PERSON else draw(words() | st.just("")),
            published_on=draw(days_before(setting.as_of, 0, 900)),
            since=draw(st.none() | days_before(setting.as_of, 0, 900)),
            until=draw(st.none() | days_after(setting.as_of, 0, 90)),
        )
        found += (channel,)
        if kind in (ChannelKind.FAX, ChannelKind.EMAIL, ChannelKind.WEBSITE):
            found += draw(probes(setting, channel.id))
        if draw(st.integers(0, 9)) == 0:
            closed = draw(days_before(setting.as_of, 1, 200))
            found += (attrs.evolve(channel, id=f"{channel.id}-before", address="", since=None, until=closed),)
    return found


def _covered(setting: Setting) -> dict[str, st.SearchStrategy[dt.date]]:
    return {
        "covers_from": days_before(setting.as_of, 0, 400),
        "covers_until": days_after(setting.as_of, 0, 400),
    }


def evidence(setting: Setting, obligation: str) -> st.SearchStrategy[Evidence]:
    """Accepted evidence that covers the day."""
    return st.builds(
        Evidence,
        id=st.just("evidence-" + obligation.replace("/", "-")),
        unit=st.just(setting.unit.id),
        obligation=st.just(obligation),
        digest=digests(),
        document_number=numbers() | st.just(""),
        dated=st.none() | days_before(setting.as_of, 0, 400),
        expires_on=st.none() | days_after(setting.as_of, 0, 400),
        accepted_by=words(),
        accepted_on=days_before(setting.as_of, 0, 400),
        **_covered(setting),
    )


def judgements(setting: Setting, obligation: str) -> st.SearchStrategy[Judgement]:
    """A judgement that it is met, which covers the day."""
    return st.builds(
        Judgement,
        id=st.just("judgement-" + obligation.replace("/", "-")),
        unit=st.just(setting.unit.id),
        obligation=st.just(obligation),
        verdict=st.just(Verdict.MET),
        officer=words(),
        reason=words(),
        judged_on=days_before(setting.as_of, 0, 400),
        **_covered(setting),
    )


def nil_returns(setting: Setting, duty: Duty) -> st.SearchStrategy[NilReturn]:
    """A nil return that speaks for the day."""
    return st.builds(
        NilReturn,
        id=st.just(f"nil-{duty}"),
        unit=st.just(setting.unit.id),
        duty=st.just(duty),
        reported_on=days_before(setting.as_of, 0, NIL_RETURN_DAYS),
        officer=words(),
        **_covered(setting),
    )


def abilities(setting: Setting) -> st.SearchStrategy[Ability]:
    """A statement of ability to do what is asked only of those who can."""
    return st.builds(
        Ability,
        id=st.just("ability-1"),
        unit=st.just(setting.unit.id),
        obligation=st.just("panyu-2011:2.5/o2"),
        able=st.booleans(),
        officer=words(),
        reason=words(),
        stated_on=days_before(setting.as_of, 0, 400),
        **_covered(setting),
    )
