"""A workflow drawn from its table: states as boxes on top of lines, each step an arrow in a row of its own.

No two arrows share a row and no label stands among them, so nothing can overlap, whatever the table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import attrs

from govopen.texts import Label, Language, Text
from govopen.workflow.table import Transition, Workflow

__all__ = ["conditions", "svg", "table"]

_SIZE = 13
_LINE = 17
_LABEL = 190
_BOX = 86
_GAP = 6
_PAD = 10
# Smaller than this, the words are hard to read: a page scrolls rather.
_SMALLEST = 0.8

_BY_TIME = Text("随时间发生", "by the passing of time")
_HEAD = (
    Text("步骤", "Step"),
    Text("由", "From"),
    Text("至", "To"),
    Text("由谁进行", "By whom"),
    Text("条件", "Asks for"),
    Text("依据", "Law"),
)
_CONDITIONS = (Text("条件", "Condition"), Text("要求", "What it asks for"), Text("依据", "Law"))
_NEW = Text("（新建）", "(new)")
_SAME = Text("（不变）", "(as it is)")
_ANY = Text("任何状态", "any state")
_OURS = Text("本系统的设定", "our own setting")


def _roles_of(transition: Transition[Any], lang: Language) -> str:
    """Who takes the step, in words."""
    if not transition.roles:
        return _BY_TIME.get(lang)
    return (" / " if lang == "en" else "、").join(role.text.get(lang) for role in transition.roles)


def _width(text: str) -> float:
    """About how wide a text of that size is drawn, in pixels."""
    return sum(_SIZE if unicodedata.east_asian_width(char) in "WF" else _SIZE * 0.55 for char in text)


def _wrap(text: str, width: float) -> list[str]:
    """Lines of a text: English breaks at blanks, Chinese anywhere."""
    lines = [""]
    spaced = text.isascii()
    for piece in text.split(" ") if spaced else text:
        joined = f"{lines[-1]} {piece}" if spaced and lines[-1] else lines[-1] + piece
        if _width(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


@attrs.frozen
class _Sheet:
    """Where everything stands."""

    workflow: Workflow[Any]
    lang: Language

    @property
    def left(self) -> float:
        """Where the labels of the steps end."""
        return _LABEL + 2 * _PAD

    @property
    def row_height(self) -> float:
        lines = max(len(title) + len(roles) for title, roles in map(self.label, self.workflow.transitions))
        return lines * _LINE + _PAD

    def label(self, entry: Transition[Any]) -> tuple[list[str], list[str]]:
        """Title and roles of a step, in lines."""
        return _wrap(entry.title.get(self.lang), _LABEL), _wrap(_roles_of(entry, self.lang), _LABEL)

    @property
    def top(self) -> float:
        return self.box_height + 2 * _PAD

    @property
    def box_height(self) -> float:
        names = [_wrap(state.text.get(self.lang), _BOX - _PAD) for state in self.workflow.states]
        return max(map(len, names)) * _LINE + _PAD

    @property
    def width(self) -> float:
        return self.left + len(self.workflow.states) * (_BOX + _GAP) + _PAD

    @property
    def height(self) -> float:
        return self.top + len(self.workflow.transitions) * self.row_height + _PAD

    def x(self, state: Label) -> float:
        return self.left + list(self.workflow.states).index(state) * (_BOX + _GAP) + _GAP + _BOX / 2

    def y(self, row: int) -> float:
        return self.top + (row + 0.5) * self.row_height


def svg(workflow: Workflow[Any], lang: Language) -> str:
    """The diagram as an SVG element that needs nothing from anywhere: for a page, or for a file of its own."""
    sheet = _Sheet(workflow, lang)
    title = escape(workflow.title.get(lang))
    rows = (line for row, entry in enumerate(workflow.transitions) for line in _step(sheet, row, entry))
    body = "\n".join([*_states(sheet), *rows])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" '
        f'viewBox="0 0 {sheet.width:.0f} {sheet.height:.0f}" width="{sheet.width:.0f}" '
        f'style="max-width:100%;min-width:{sheet.width * _SMALLEST:.0f}px;height:auto" '
        f'font-family="sans-serif" font-size="{_SIZE}">\n'
        f"<title>{title}</title>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _states(sheet: _Sheet) -> Iterator[str]:
    for state in sheet.workflow.states:
        x = sheet.x(state)
        yield (
            f'<line x1="{x:.1f}" y1="{_PAD + sheet.box_height:.1f}" x2="{x:.1f}" y2="{sheet.height - _PAD:.1f}" '
            'stroke="#c4ccd4" stroke-dasharray="2 3"/>'
        )
        yield (
            f'<rect x="{x - _BOX / 2:.1f}" y="{_PAD}" width="{_BOX}" height="{sheet.box_height:.1f}" rx="4" '
            'fill="#eef3f8" stroke="#3b5b7a"/>'
        )
        lines = _wrap(state.text.get(sheet.lang), _BOX - _PAD)
        first = _PAD + sheet.box_height / 2 - len(lines) * _LINE / 2 + _SIZE
        for number, line in enumerate(lines):
            yield _words(x, first + number * _LINE, line, anchor="middle")


def _step(sheet: _Sheet, row: int, entry: Transition[Any]) -> Iterator[str]:
    y = sheet.y(row)
    if row % 2 == 0:
        yield (
            f'<rect x="0" y="{y - sheet.row_height / 2:.1f}" width="{sheet.width:.1f}" '
            f'height="{sheet.row_height:.1f}" fill="#3b5b7a" '
            'fill-opacity="0.05"/>'
        )
    title, roles = sheet.label(entry)
    first = y - (len(title) + len(roles)) * _LINE / 2 + _SIZE
    for number, line in enumerate([*title, *roles]):
        if number < len(title):
            yield _words(_PAD, first + number * _LINE, line, weight="bold")
        else:
            yield _words(_PAD, first + number * _LINE, line, colour="#505a64")
    target = sheet.x(entry.target) if entry.target is not None else None
    sources = [sheet.x(state) for state in entry.sources]
    dash = "" if entry.roles else ' stroke-dasharray="5 3"'
    if target is not None and not sources:
        yield from _arrow(target - _BOX / 2, target, y, dash)
        yield f'<circle cx="{target - _BOX / 2:.1f}" cy="{y:.1f}" r="5" fill="#1d3850"/>'
    for x in sources:
        if target is None or x == target:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" stroke="#1d3850" stroke-width="1.5"/>'
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1d3850"/>'
    if target is not None:
        for ends in ([x for x in sources if x < target], [x for x in sources if x > target]):
            if ends:
                far = max(ends, key=lambda x: abs(x - target))
                yield from _arrow(far, target, y, dash)


def _arrow(start: float, end: float, y: float, dash: str) -> Iterator[str]:
    """To just beside the line of the state, so that a ring there stays free."""
    back = -1 if start < end else 1
    tip = end + back * 10
    yield f'<line x1="{start:.1f}" y1="{y:.1f}" x2="{tip:.1f}" y2="{y:.1f}" stroke="#1d3850" stroke-width="1.5"{dash}/>'
    wing = tip + back * 9
    yield f'<path d="M{tip:.1f} {y:.1f}L{wing:.1f} {y - 5:.1f}L{wing:.1f} {y + 5:.1f}Z" fill="#1d3850"/>'


def _words(
    x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal", colour: str = "#1d2329"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def table(workflow: Workflow[Any], lang: Language) -> tuple[tuple[str, ...], ...]:
    """The same as rows of text: a heading, then one row per step. Names and citations are in backquotes."""
    return (tuple(cell.get(lang) for cell in _HEAD), *(_row(workflow, entry, lang) for entry in workflow.transitions))


def _row(workflow: Workflow[Any], entry: Transition[Any], lang: Language) -> tuple[str, ...]:
    def names(states: tuple[Label, ...]) -> str:
        if not states:
            return _NEW.get(lang)
        if len(states) == len(workflow.states):
            return _ANY.get(lang)
        return ("、" if lang == "zh-Hans" else ", ").join(state.text.get(lang) for state in states)

    return (
        f"{entry.title.get(lang)} (`{workflow.name}.{entry.name}`)",
        names(entry.sources),
        entry.target.text.get(lang) if entry.target is not None else _SAME.get(lang),
        _roles_of(entry, lang),
        _coded(guard.name for guard in entry.guards),
        _law(entry.citations, lang),
    )


def conditions(workflow: Workflow[Any], lang: Language) -> tuple[tuple[str, ...], ...]:
    """What the conditions of the steps ask for: a heading, then one row per condition, by name."""
    guards = {guard.name: guard for entry in workflow.transitions for guard in entry.guards}
    heading = tuple(cell.get(lang) for cell in _CONDITIONS)
    rows = ((f"`{name}`", guard.title.get(lang), _law(guard.citations, lang)) for name, guard in sorted(guards.items()))
    return (heading, *rows)


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _law(citations: tuple[str, ...], lang: Language) -> str:
    return _coded(citations) or _OURS.get(lang)
