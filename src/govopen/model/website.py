"""Sites, columns and publications (clause 1.4)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import attrs

from govopen.model.base import Record, Term
from govopen.model.catalog import Category
from govopen.texts import Label

__all__ = ["Carrier", "Column", "Publication", "Site", "SiteKind"]


class SiteKind(Label):
    """Whose site it is."""

    OWN = "own", "本单位网站", "the unit's own site"
    PORTAL = "portal", "政府门户网站", "government portal"


class Carrier(Label):
    """Where an item was published."""

    OWN_SITE = "own_site", "本单位网站", "the unit's own site"
    PORTAL = "portal", "政府门户网站", "government portal"
    GAZETTE = "gazette", "政府公报", "government gazette"
    PRESS = "press", "新闻媒体", "press"
    NOTICE_BOARD = "notice_board", "公示栏", "notice board"
    OTHER = "other", "其他", "other"


@attrs.frozen(kw_only=True)
class Site(Record):
    """A website: the unit's own, or the portal with the unit that runs it."""

    unit: Annotated[str, Term("单位", "unit")]
    kind: Annotated[SiteKind, Term("类别", "kind", example="own")]
    url: Annotated[str, Term("网址", "address")] = ""
    since: Annotated[dt.date | None, Term("开通日期", "opened on")] = None
    until: Annotated[dt.date | None, Term("关闭日期", "last day open")] = None


@attrs.frozen(kw_only=True)
class Column(Record):
    """A column of a site, and the unit assigned to fill it.

    ``site`` may be run by another unit, as the portal is; ``carrier`` says what kind of place it is. ``categories`` are
    those whose items it takes; none named: all.
    """

    unit: Annotated[str, Term("保障单位", "unit assigned")]
    site: Annotated[str, Term("网站编号", "site")]
    name: Annotated[str, Term("栏目名称", "name")] = ""
    update_within: Annotated[str, Term("更新周期", "to be updated within", example="6m")] = ""
    since: Annotated[dt.date | None, Term("开设日期", "opened on")] = None
    until: Annotated[dt.date | None, Term("停用日期", "last day open")] = None
    carrier: Annotated[Carrier, Term("载体", "carrier", example="portal")] = Carrier.PORTAL
    categories: Annotated[tuple[Category, ...], Term("收录类别", "categories", example="document; fee")] = ()


@attrs.frozen(kw_only=True)
class Publication(Record):
    """That an item was published in one place, with the digest of what stands there."""

    unit: Annotated[str, Term("单位", "unit")]
    item: Annotated[str, Term("信息编号", "item")]
    carrier: Annotated[Carrier, Term("载体", "carrier", example="portal")]
    published_on: Annotated[dt.date, Term("发布日期", "published on")]
    updated_on: Annotated[dt.date | None, Term("更新日期", "last updated on")] = None
    withdrawn_on: Annotated[dt.date | None, Term("撤下日期", "withdrawn on")] = None
    site: Annotated[str, Term("网站编号", "site")] = ""
    column: Annotated[str, Term("栏目编号", "column")] = ""
    url: Annotated[str, Term("网址", "address")] = ""
    digest: Annotated[str, Term("已发布内容摘要（SHA-256）", "SHA-256 of what stands there")] = ""

    def live_on(self, day: dt.date) -> bool:
        """Whether it stands published on ``day``: the day of withdrawal no longer counts."""
        return self.published_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)
