"""Rules on the own site, and on what stands there and on the portal (clause 1.4)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from operator import attrgetter, or_

from govopen.model.assurance import Probe
from govopen.model.base import filled
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute
from govopen.model.units import Unit
from govopen.model.website import Carrier, Publication, Site, SiteKind
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, fold_rule, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.proactive_time import PROACTIVE_TIME, proactive_due
from govopen.rules.probing import CLOSED, MAX_AGE, Seen, all_open_in_order, reachable
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable
from govopen.texts import Text

__all__ = ["RULES"]

_OWN = Carrier.OWN_SITE
_PORTAL = Carrier.PORTAL
_PROACTIVE = (DisclosureAttribute.PROACTIVE,)
_YEAR_END = samples.YEAR_END
_DIGEST = re.compile("[0-9A-Fa-f]{64}").fullmatch
_PUBLISHED = (
    samples.proactive_item(),
    samples.publication("other-1", _OWN),
    samples.publication("other-1", _PORTAL),
)
_ON_BOTH = Case(Text("两处均已发布", "published in both places"), _PUBLISHED, _YEAR_END)


def _look(dossier: Dossier[Site], ctx: Context) -> Seen:
    site = dossier.record
    if site.until is not None and ctx.past(site.until):
        return {site.id: Fail(CLOSED, site=site.id, until=site.until)}
    return {site.id: reachable(dossier.related(Probe), ctx, site=site.id)}


@fold_rule(
    code="WEB001",
    name="own-site-works",
    title=Text("本单位网站正常运行", "The unit's own site works"),
    subject=Unit,
    over=Site,
    when=lambda site: site.kind is SiteKind.OWN,
    over_reads=(Reads(Probe, by="target"),),
    key=attrgetter("unit"),
    map=_look,
    merge=or_,
    answers=("panyu-2011:1.4/o1",),
    basis=("panyu-2011:1.4",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "打不开的网站等于没有公开。网站是否正常，要由定期观测来证明。",
        "A site that does not open discloses nothing. Only regular observation shows that it does.",
    ),
    remedy=Text(
        "修复网站，并登记新的观测结果；已经迁移的，登记新网站。",
        "Repair the site and record a new observation. If it moved, record the new site.",
    ),
    messages={
        CLOSED: Text(
            "本单位没有开通的网站：{site}已于{until}关闭。", "The unit has no open site: {site} closed on {until}."
        ),
        "broken": Text(
            "{observed_on}的观测显示网站{site}不能正常访问。",
            "The observation of {observed_on} found that site {site} does not work.",
        ),
        "not_probed": Text(
            "没有网站{site}可用性的观测记录；请观测后登记。",
            "Nobody has recorded whether site {site} works. Observe it and record the result.",
        ),
        "probe_old": Text(
            "网站{site}最近一次观测是在{observed_on}，已超过{days}天；请重新观测。",
            "Site {site} was last observed on {observed_on}, more than {days} days ago. Observe it again.",
        ),
        "probe_unclear": Text(
            "网站{site}在{observed_on}的观测没有写明是否可用；请补录。",
            "The observation of site {site} on {observed_on} does not say whether it works. Complete it.",
        ),
    },
    parameters=(MAX_AGE,),
    valid=(
        Case(Text("近期观测可用", "lately seen working"), (samples.site(), samples.probe("site-own")), _YEAR_END),
        Case(
            Text("旧网站关闭，新网站可用", "the old site closed, the new one works"),
            (
                samples.site(until=dt.date(2011, 6, 30)),
                samples.site(id="site-new", since=dt.date(2011, 6, 1)),
                samples.probe("site-new"),
            ),
            _YEAR_END,
        ),
    ),
    invalid=(
        Case(Text("不能访问", "does not work"), (samples.site(), samples.probe("site-own", works=False)), _YEAR_END),
        Case(
            Text("已经关闭", "closed"),
            (samples.site(until=dt.date(2011, 12, 30)), samples.probe("site-own")),
            _YEAR_END,
        ),
    ),
)
def own_site_works(dossier: Dossier[Unit], seen: Seen | None, ctx: Context) -> Result:
    """What is said of the open sites; a closed one counts only if none is open."""
    return all_open_in_order(dossier, seen, ctx)


def _stands(entry: Publication, sites: Sequence[Site], ctx: Context) -> bool:
    """Whether a copy can be seen on the day where its record says: on an open site of that kind.

    A site of another unit, as the portal mostly is, is not among ``sites``: it is taken for open.
    """
    if ctx.known(entry.withdrawn_on):
        return False
    if entry.site:
        for site in sites:
            if site.id == entry.site:
                kind = SiteKind.OWN if entry.carrier is _OWN else SiteKind.PORTAL
                return site.kind is kind and (site.until is None or not ctx.past(site.until))
    return True


@rule(
    code="WEB004",
    name="on-both-sites",
    title=Text("主动公开信息在本单位网站和门户网站都发布", "Proactive items stand on the own site and on the portal"),
    subject=InformationItem,
    reads=(Reads(Publication, by="item"), Reads(Site, by="unit")),
    answers=("panyu-2011:1.4/o4",),
    basis=("panyu-2011:1.4", "ogi-2007:15", "ogi-2007:18", "ogi-2019:23", "ogi-2019:26"),
    matters=(PROACTIVE_TIME,),
    severity=Severity.SERIOUS,
    rationale=Text(
        "公众不必知道由哪个单位负责：两个网站都查得到。",
        "Nobody has to know which unit is in charge: both sites have it.",
    ),
    remedy=Text(
        "在缺少的网站上发布该信息，并登记发布记录。",
        "Publish the item where it is missing, and record the publication.",
    ),
    messages={
        "not_proactive": Text("不属于主动公开的信息。", "It is not (only) an item for proactive disclosure."),
        "not_yet_due": Text("法定主动公开期限至{due}。", "The statutory period for disclosure runs until {due}."),
        "undated": Text(
            "没有生成日期，无法计算公开期限；请补录。",
            "It has no date of creation, so its period cannot be counted. Record one.",
        ),
        "missing": Text(
            "尚未在以下载体发布，或者已经撤下，或者登记的网站已经关闭、与载体不符：{carriers}。",
            "It does not stand on an open site of: {carriers}.",
        ),
    },
    valid=(_ON_BOTH,),
    invalid=(
        Case(Text("只在本单位网站发布", "on the own site only"), _PUBLISHED[:2], _YEAR_END),
        Case(
            Text("已从门户网站撤下", "withdrawn from the portal"),
            (*_PUBLISHED[:2], samples.publication("other-1", _PORTAL, withdrawn_on=_YEAR_END)),
            _YEAR_END,
        ),
    ),
)
def on_both_sites(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """An item created before any law set a period has none to wait for."""
    record = dossier.record
    if record.attributes != _PROACTIVE:
        return NotApplicable("not_proactive")
    own = portal = False
    sites = dossier.related(Site)
    for entry in dossier.related(Publication):
        if (entry.carrier is _OWN or entry.carrier is _PORTAL) and _stands(entry, sites, ctx):
            own = own or entry.carrier is _OWN
            portal = portal or entry.carrier is _PORTAL
    if own and portal:
        return None
    if record.created_on is None:
        return Undecidable("undated")
    due = proactive_due(record.created_on, ctx)
    if due is not None and not ctx.past(due):
        return NotApplicable("not_yet_due", due=due)
    standing = ((_OWN, own), (_PORTAL, portal))
    return Fail("missing", carriers=tuple(carrier for carrier, stands in standing if not stands))


@rule(
    code="WEB005",
    name="copies-agree",
    title=Text("本单位网站与门户网站信息一致", "The own site and the portal agree"),
    subject=InformationItem,
    reads=(Reads(Publication, by="item"), Reads(Site, by="unit")),
    answers=("panyu-2011:1.4/o5",),
    basis=("panyu-2011:1.4", "ogi-2007:18", "ogi-2019:26"),
    matters=(PROACTIVE_TIME,),
    severity=Severity.SERIOUS,
    rationale=Text(
        "同一信息两个说法，公众无所适从。",
        "Two versions of the same information leave the public guessing.",
    ),
    remedy=Text(
        "核对两处内容，以审定的文本为准更新，并重新登记摘要。",
        "Compare both with the text decided on, update them, and record the digests anew.",
    ),
    messages={
        "not_on_both": Text("没有同时在两个网站发布。", "It does not stand on both sites."),
        "no_digest": Text(
            "以下发布记录没有截至当日的内容摘要（64位十六进制的SHA-256），无法比对：{publications}；请补录。",
            "These publications have no digest (SHA-256 of 64 hexadecimal digits) of what stood there that day, so "
            "nothing can be compared: {publications}. Record it.",
        ),
        "record_unreadable": Text(
            "登记的正文摘要不是64位十六进制的SHA-256，无法比对；请重新登记。",
            "The digest on record is no SHA-256 of 64 hexadecimal digits, so nothing can be compared with it. "
            "Record it anew.",
        ),
        "differ": Text("以下发布内容不一致：{publications}。", "These publications differ: {publications}."),
        "differs_from_record": Text(
            "两处内容一致，但与本单位登记的正文不同：{publications}。",
            "Both agree, but differ from the text on record: {publications}.",
        ),
        "not_yet_due": Text(
            "正文于{changed_on}变更，更新期限至{due}。", "The text was changed on {changed_on}; update it by {due}."
        ),
    },
    valid=(_ON_BOTH,),
    invalid=(
        Case(
            Text("两处不一致", "the copies differ"),
            (*_PUBLISHED[:2], samples.publication("other-1", _PORTAL, digest="0" * 64)),
            _YEAR_END,
        ),
        Case(
            Text("与登记的正文不同", "not the text on record"),
            (samples.proactive_item(digest="0" * 64), *_PUBLISHED[1:]),
            _YEAR_END,
        ),
    ),
)
def copies_agree(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """A digest is of what stands there now: one taken after the as-of date says nothing of that day.

    What is no SHA-256 in hexadecimal digits, large or small, is no digest.
    """
    own = portal = False
    first, differ, unknown = "", False, False
    sites = dossier.related(Site)
    for entry in dossier.related(Publication):
        if (entry.carrier is not _OWN and entry.carrier is not _PORTAL) or not _stands(entry, sites, ctx):
            continue
        own = own or entry.carrier is _OWN
        portal = portal or entry.carrier is _PORTAL
        if entry.digest == first and entry.updated_on is None:
            unknown = unknown or not first
        elif _unread(entry, ctx):
            unknown = True
        elif not first:
            first = entry.digest
        elif entry.digest.lower() != first.lower():
            differ = True
    if not (own and portal):
        return NotApplicable("not_on_both")
    if differ:
        return Fail("differ", publications=_copies(dossier, ctx))
    if unknown:
        return Undecidable("no_digest", publications=_copies(dossier, ctx, unread=True))
    return None if first == dossier.record.digest else _against_record(dossier, first, ctx)


def _against_record(dossier: Dossier[InformationItem], digest: str, ctx: Context) -> Result:
    record = dossier.record
    if not filled(record.digest):
        return None
    if record.changed_on is not None and not ctx.known(record.changed_on):
        # The digest on record is that of a text which did not exist yet.
        return None
    if not _DIGEST(record.digest):
        return Undecidable("record_unreadable")
    if record.digest.lower() == digest.lower():
        return None
    if record.changed_on is not None:
        due = proactive_due(record.changed_on, ctx)
        if due is not None and not ctx.past(due):
            return NotApplicable("not_yet_due", changed_on=record.changed_on, due=due)
    return Fail("differs_from_record", publications=_copies(dossier, ctx))


def _unread(entry: Publication, ctx: Context) -> bool:
    return not _DIGEST(entry.digest) or (entry.updated_on is not None and not ctx.known(entry.updated_on))


def _copies(dossier: Dossier[InformationItem], ctx: Context, *, unread: bool = False) -> tuple[str, ...]:
    sites = dossier.related(Site)
    return tuple(
        entry.id
        for entry in dossier.related(Publication)
        if entry.carrier in (_OWN, _PORTAL) and _stands(entry, sites, ctx) and (not unread or _unread(entry, ctx))
    )


RULES = (own_site_works, on_both_sites, copies_agree)
"""The rules of this module."""
