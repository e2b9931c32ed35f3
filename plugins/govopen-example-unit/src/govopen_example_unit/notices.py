"""The office's house rule on notices that concern whoever is in the street."""

from __future__ import annotations

import datetime as dt

from govopen.model.catalog import InformationItem
from govopen.model.website import Carrier, Publication
from govopen.rules import samples
from govopen.rules.base import Case, Parameter, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.texts import Text

__all__ = ["MARKET_CLOSURES", "PARKING_NOTICES", "hangs_on_the_board"]

PARKING_NOTICES = "example-unit/parking-notices"
"""The sub-category of notices that close a road to parking."""
MARKET_CLOSURES = "example-unit/market-closures"
"""The sub-category of notices that close a market."""

_ONLINE = (
    samples.proactive_item(subcategory=PARKING_NOTICES),
    samples.publication("other-1", Carrier.OWN_SITE),
    samples.publication("other-1", Carrier.PORTAL),
)


def _case(zh: str, en: str, *board: Publication, as_of: dt.date = samples.YEAR_END) -> Case:
    return Case(Text(zh, en), (*_ONLINE, *board), as_of)


def _board(published_on: dt.date, withdrawn_on: dt.date | None = None) -> Publication:
    return samples.publication("other-1", Carrier.NOTICE_BOARD, published_on=published_on, withdrawn_on=withdrawn_on)


@rule(
    code="EXU001",
    name="hangs-on-the-board",
    title=Text("停车、休市通告在公示栏张贴满期", "Notices of parking and markets hang on the notice board"),
    subject=InformationItem,
    when=lambda item: item.subcategory in (PARKING_NOTICES, MARKET_CLOSURES),
    reads=(Reads(Publication, by="item"),),
    basis=("ogi-2007:16", "ogi-2019:25"),
    severity=Severity.MINOR,
    parameters=(
        Parameter(
            name="days",
            title=Text("张贴天数", "days on the board"),
            default=7,
            unit="calendar days",
            tightening="higher",
        ),
    ),
    rationale=Text(
        "受通告影响的人未必浏览网站。公示栏在现场，人人看得到。",
        "Not everybody whom the notice concerns reads the website. The board is where they pass.",
    ),
    remedy=Text(
        "上网当日或者之前在公示栏张贴，并登记张贴日期和撤下日期。",
        "Hang it on the board no later than it goes online, and record when it was hung and taken down.",
    ),
    messages={
        "missing": Text(
            "已于{online_on}上网，但没有张贴记录。", "Online since {online_on}, and never hung on the board."
        ),
        "late": Text(
            "于{hung_on}张贴，晚于{online_on}上网。", "Hung on {hung_on}, after it went online on {online_on}."
        ),
        "short": Text(
            "张贴{hung_on}至{withdrawn_on}，不满{days}日。",
            "Hung from {hung_on} to {withdrawn_on}, which is less than {days} days.",
        ),
        "unpublished": Text("尚未发布。", "Not published so far."),
    },
    valid=(
        _case("张贴满七日", "hung for seven days", _board(dt.date(2011, 5, 10), dt.date(2011, 5, 17))),
        _case("仍在张贴", "still hanging", _board(dt.date(2011, 5, 9)), as_of=dt.date(2011, 5, 12)),
    ),
    invalid=(
        _case("只上网", "online only"),
        _case("张贴晚了一天", "hung a day late", _board(dt.date(2011, 5, 11))),
        _case("六日即撤下", "taken down after six days", _board(dt.date(2011, 5, 10), dt.date(2011, 5, 16))),
    ),
)
def hangs_on_the_board(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """The first time on the board counts; a notice that hangs again has been missed by then."""
    publications = sorted(dossier.related(Publication), key=lambda entry: entry.published_on)
    board = next((entry for entry in publications if entry.carrier is Carrier.NOTICE_BOARD), None)
    online = next((entry for entry in publications if entry.carrier is not Carrier.NOTICE_BOARD), None)
    if board is None:
        return NotApplicable("unpublished") if online is None else Fail("missing", online_on=online.published_on)
    if online is not None and online.published_on < board.published_on:
        return Fail("late", hung_on=board.published_on, online_on=online.published_on)
    days: int = ctx.parameters["days"]
    withdrawn_on = board.withdrawn_on
    # A later day of withdrawal is in the record, but has not come on the as-of date.
    if withdrawn_on is not None and ctx.known(withdrawn_on) and (withdrawn_on - board.published_on).days < days:
        return Fail("short", hung_on=board.published_on, withdrawn_on=withdrawn_on, days=days)
    return None
