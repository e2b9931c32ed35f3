"""The kinds of plugins that can be begun."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from govopen.texts import Text

__all__ = ["CALENDAR_CODE", "KINDS", "Kind"]

CALENDAR_CODE = "CN-4401"
"""The jurisdiction that a new calendar begins with: Guangzhou. No name of a plugin could stand for one."""

_GOVOPEN = "govopen>=0.1"
_ATTRS = "attrs>=25.4"
_MSGSPEC = "msgspec>=0.20"


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of plugin.

    Attributes:
        name: As ``--kind`` takes it; also the folder of its templates.
        hook: What it implements.
        summary: What it is, without a full stop.
        dependencies: Besides the standard library.
        has_rules: Whether it needs letters for the codes of rules.
    """

    name: str
    hook: str
    summary: Text
    dependencies: tuple[str, ...] = (_GOVOPEN,)
    has_rules: bool = False


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="rule",
            hook="govopen_rules",
            summary=Text("单位自己的检查规则", "A unit's own rules"),
            has_rules=True,
        ),
        Kind(
            name="instrument",
            hook="govopen_instruments",
            summary=Text("单位自己的制度文件", "A unit's own law"),
        ),
        Kind(
            name="record-type",
            hook="govopen_record_types",
            summary=Text("单位自己的记录类型", "A unit's own type of records"),
            dependencies=(_ATTRS, _GOVOPEN),
        ),
        Kind(
            name="category",
            hook="govopen_categories",
            summary=Text("单位自己的子类别", "A unit's own sub-categories"),
        ),
        Kind(
            name="store",
            hook="govopen_stores",
            summary=Text("单位自己的存储", "A place for records"),
            dependencies=(_ATTRS, _GOVOPEN),
        ),
        Kind(
            name="publisher",
            hook="govopen_publishers",
            summary=Text("单位自己的发布渠道", "A place where the public finds cleared items"),
            dependencies=(_GOVOPEN, _MSGSPEC),
        ),
        Kind(
            name="channel",
            hook="govopen_channels",
            summary=Text("单位自己的受理渠道", "A way by which requests come in"),
            dependencies=(_GOVOPEN, _MSGSPEC),
        ),
        Kind(
            name="calendar",
            hook="govopen_calendars",
            summary=Text("本地工作日历", "The working days of a city"),
        ),
        Kind(
            name="screener",
            hook="govopen_screeners",
            summary=Text("单位自己的内容筛查", "A look for what must not be shown"),
        ),
        Kind(
            name="exporter",
            hook="govopen_exporters",
            summary=Text("公开目录的一种导出格式", "A format of the public catalogue"),
            dependencies=(_ATTRS, _GOVOPEN),
        ),
        Kind(
            name="listener",
            hook="govopen_listeners",
            summary=Text("记录变动的通知", "What is told of changes"),
        ),
    )
}
"""By name, in the order in which they are shown."""
