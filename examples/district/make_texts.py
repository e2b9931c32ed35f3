"""The texts of the entries: who reads them should find a document such as an office writes, and nothing of the real
world. Nothing is drawn by lot: a hash of the entry's identifier decides between the ways to put it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from make_contents import Entry, phone
from make_plan import load

__all__ = ["text_of"]

_NUMERALS = "一二三四五六七八九"
_READERS = {
    "department": "各镇人民政府、街道办事处，区政府各部门、各直属机构",
    "town": "各村（居）民委员会，镇属各单位",
    "street": "各社区居民委员会，街道各科室",
    "management_committee": "园区各企业，管委会各部门",
    "affiliate": "各招标人、投标人、代理机构",
}
_MADE = {"通知": "现就有关事项通知如下：", "公告": "现将有关事项公告如下：", "通告": "现将有关事项通告如下："}
_CLOSING = {"通知": "请认真贯彻执行。执行中遇到的问题，请向{unit}反映。", "公告": "特此公告。", "通告": "特此通告。"}


@cache
def _seed() -> dict[str, Any]:
    return load("texts.toml")


def text_of(entry: Entry) -> str:
    """The text of an entry, one paragraph a line.

    It says nothing of what the fields of the entry's category say: an entry of which somebody left out a field would
    have it in its text all the same.
    """
    own = _seed()["own"].get(entry.title)
    lines = own.splitlines() if own else _issued(entry) if entry.kind == "issued" else _guide(entry)
    return "\n".join(_filled(line, entry) for line in lines)


def _filled(line: str, entry: Entry) -> str:
    seed = entry.seed
    return line.format(
        title=entry.title,
        unit=entry.plan.name,
        address=entry.plan.address,
        phone=phone(entry.plan, 10 + seed % 6),
        days=5 + seed % 4 * 3,
        sum=480 + seed * 137 % 5200,
        months=8 + seed * 5 % 16,
    )


def _issued(entry: Entry) -> Iterator[str]:
    """A notice, announcement or plan, with salutation, sections, and the issuer and date below it."""
    subject = next(
        entry_of for entry_of in _seed()["subjects"] if any(word in entry.title for word in entry_of["words"])
    )
    made = next((ending for ending in _MADE if entry.title.endswith(ending)), "")
    if made == "通知":
        yield f"{_READERS[entry.plan.kind]}："
    yield f"为{subject['aim']}，{_MADE.get(made, '根据有关规定和本单位实际，作出如下安排。')}"
    yield from _sections(subject["sections"], entry.id, more=2)
    if made:
        yield _CLOSING[made]
    yield entry.plan.name
    yield f"{entry.day.year}年{entry.day.month}月{entry.day.day}日"


def _guide(entry: Entry) -> Iterator[str]:
    """What people have to know of the matter, besides what its fields say."""
    changed: dt.date | None = entry.about.get("changed")
    yield from _sections(_seed()["parts"][entry.kind], entry.id, more=1)
    if changed is not None:
        yield f"本条目于{changed.year}年{changed.month}月{changed.day}日更新。"


def _sections(sections: Sequence[Any], id_: str, *, more: int) -> Iterator[str]:
    """Headings with a paragraph each: ``more`` of the ways to put it or one besides, beginning with any of them."""
    for number, (heading, ways) in enumerate(sections):
        lot = hashlib.sha256(f"{id_}|{heading}".encode()).digest()
        first, count = lot[0] % len(ways), more + lot[1] % 2
        yield f"{_NUMERALS[number]}、{heading}"
        yield "".join([*ways[first:], *ways[:first]][:count])
