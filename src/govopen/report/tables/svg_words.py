"""The words of the picture of a discretion table: at its axes, on its areas, in its legend, for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from govopen.discretion.axes import Axis
from govopen.model.discretion import InputKind
from govopen.report.tables.areas import Area, Plan, Rect
from govopen.report.tables.wording import Extent, TableWords, extent
from govopen.texts import Text

__all__ = ["Cell", "PictureWords"]

Cell = tuple[str, Extent | None]
"""What stands at a cell of an axis, and its ends if it has any."""

_NAMES = {
    "gap": Text("空白", "gap"),
    "overlap": Text("重叠", "overlap"),
    "lawful": Text("合法", "lawful"),
    "impossible": Text("不可能", "impossible"),
    "default": Text("默认结果", "default"),
    "unclear": Text("组合过多", "too many"),
}
_ABOUT = {
    "gap": Text("空白：应当处罚，却没有任何一行适用", "gap: to be penalised, but no row is met"),
    "overlap": Text("重叠：各行同时适用，互相矛盾", "overlap: rows are met at once and contradict each other"),
    "lawful": Text("合法：没有任何一行适用，也不应当处罚", "lawful: no row is met, and none should be"),
    "impossible": Text("不可能发生的情形", "cases that cannot occur"),
    "default": Text("没有适用行，取默认结果", "no row is met: the default result"),
    "depends": Text("1/2：由图中没有画出的事实决定适用哪一行", "1/2: which row applies depends on inputs not drawn"),
    "together": Text("1+2：各行一并适用", "1+2: the rows apply together"),
    "unclear": Text("没有画出的事实组合过多，无法画出", "too many combinations of the inputs not drawn"),
}
_UNMET = Text("空白：没有任何一行适用", "gap: no row is met")
_PARTLY = Text(
    "空白/1：由图中没有画出的事实决定有没有适用行",
    "gap/1: whether a row is met depends on inputs not drawn",
)
_KEPT = Text("绿色虚线框内：合法情形", "within the green dashes: cases that keep the law")
_SOME = Text("（部分）", " (some)")
_ENDS = Text("● 含该数　○ 不含该数　→ 没有限度", "● number included   ○ number excluded   → no limit")
_OTHERS = Text("其余事实不限：{names}", "other inputs: any value ({names})")
_READ = Text("第{rows}行的“/”按“或者”画出", "'/' in row {rows} is drawn as 'or'")
_SCALE = Text("各区间等宽画出，不按比例", "intervals are drawn evenly, not to scale")


class PictureWords:
    """What a picture says.

    Attributes:
        across, up: What stands at the cells of the axes; without a second one there is a blank cell.
    """

    def __init__(self, found: Plan, words: TableWords) -> None:
        self.plan = found
        self.table = found.table
        self.words = words
        self.across = self._labels(found.across)
        self.up: list[Cell] = self._labels(found.up) if found.up is not None else [("", None)]

    def _labels(self, position: int) -> list[Cell]:
        axis = self.table.axes[position]
        found: list[Cell] = []
        for cell in range(self.table.grid.sizes[position]):
            run = self.table.grid.run(position, cell)
            if not axis.ordered:
                # Values that no row tells apart share a cell.
                values = [self.words.value(axis, place) for place in range(run[0], run[1] + 1)]
                found.append((self.words.join(values), None))
                continue
            ends = extent(axis, run)
            text = self.words.number(axis, ends.low) if ends.single else self.words.interval(axis, ends)
            found.append((text, ends))
        return found

    def name(self, axis: Axis) -> str:
        """What stands at an axis: the input with its unit."""
        unit = self.words.unit(axis)
        name = self.words.name(axis)
        if not unit or axis.kind is InputKind.DATE:
            return name
        return f"{name}（{unit}）" if self.words.lang == "zh-Hans" else f"{name} ({unit})"

    def title(self) -> str:
        """What the picture is of."""
        return self.table.document.title or self.table.document.id

    def notes(self) -> str:
        """How it is drawn, and what is not."""
        drawn = (self.plan.across, self.plan.up)
        others = [self.words.name(axis) for at, axis in enumerate(self.table.axes) if at not in drawn]
        notes = [self.words.text(_SCALE)]
        if others:
            notes.append(_OTHERS.get(self.words.lang, names=self.words.join(others)))
        if self.table.ambiguous:
            rows = self.words.join(map(str, self.table.ambiguous))
            notes.append(_READ.get(self.words.lang, rows=rows))
        return ("；" if self.words.lang == "zh-Hans" else "; ").join(notes)

    def said(self, area: Area) -> list[str]:
        """What an area is called, the longest first."""
        rows = self.table.rows
        some = self.words.text(_SOME) if area.sometimes else ""
        match area.kind:
            case "row":
                row = rows[area.rows[0] - 1]
                return [f"{row.number} {row.tier}".strip(), str(row.number)]
            case "depends":
                numbers = "/".join(map(str, area.rows))
                return [f"–/{numbers}" if area.sometimes else numbers, "…"]
            case "together":
                return ["+".join(map(str, area.rows)), "…"]
            case "overlap":
                numbers = self.words.join(map(str, area.rows))
                name = self.words.text(_NAMES["overlap"])
                return [f"{name} {numbers}{some}", f"{name} {numbers}", numbers]
        name = self.words.text(_NAMES[area.kind])
        if area.rows:
            return [f"{name}/{'/'.join(map(str, area.rows))}", f"{name}{some}", name]
        return [f"{name}{some}", name]

    def described(self) -> str:
        """Every area in words, for who cannot see the picture."""
        colon, stop = ("：", "；") if self.words.lang == "zh-Hans" else (": ", "; ")
        return stop.join(f"{self.place(rect)}{colon}{self.said(rect.area)[0]}" for rect in self.plan.rects)

    def place(self, rect: Rect) -> str:
        """The cases that a rectangle stands for."""
        axes = [self.table.axes[at] for at in (self.plan.across, self.plan.up) if at is not None]
        spans = [(rect.left, rect.right, self.across), (rect.low, rect.high, self.up)]
        to = "至" if self.words.lang == "zh-Hans" else " to "
        parts = []
        for axis, (first, last, labels) in zip(axes, spans, strict=False):
            where = labels[first][0] if first == last else f"{labels[first][0]}{to}{labels[last][0]}"
            parts.append(f"{self.words.name(axis)} {where}")
        return self.words.join(parts)

    def legend(self) -> Iterator[tuple[Area | None, str]]:
        """What there is in the picture: an area as it is drawn, with what it means; no area for what axes show."""
        areas = [area for column in self.plan.areas for area in column]
        for number in sorted({number for area in areas for number in area.rows}):
            row = self.table.rows[number - 1]
            colon = "：" if self.words.lang == "zh-Hans" else ": "
            yield Area("row", (number,)), f"{self.words.row(row)}{colon}{self.words.outcome(self.table, row)}"
        for kind, text in _ABOUT.items():
            shown = next((area for area in areas if area.kind == kind), None)
            if shown is not None:
                penal = not self.table.document.outputs
                yield shown, self.words.text(text if penal or kind != "gap" else _UNMET)
        partly = next((area for area in areas if area.kind == "gap" and area.sometimes), None)
        if partly is not None:
            yield partly, self.words.text(_PARTLY)
        if any(area.lawful and area.kind != "lawful" for area in areas):
            yield Area("unclear", lawful=True), self.words.text(_KEPT)
        if any(ends is not None for _, ends in (*self.across, *self.up)):
            yield None, self.words.text(_ENDS)
