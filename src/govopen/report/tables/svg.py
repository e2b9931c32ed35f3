"""A picture of a discretion table over two of its inputs: which row decides where, gaps, overlaps, what is lawful.

Cells have one size, however short the interval, so that a gap of a single value can be seen. Every area has a colour, a
pattern and a label: nothing is told by colour alone.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from govopen.discretion.table import Table
from govopen.report.tables.areas import Area, Plan, Rect, plan
from govopen.report.tables.svg_parts import FONT, Fill, add, fills, label, shortened, stripes, width_of
from govopen.report.tables.svg_words import PictureWords
from govopen.report.tables.wording import Extent, TableWords
from govopen.texts import Language

__all__ = ["table_svg"]

_INK, _SOFT, _RED, _GREEN = "#1b1f24", "#59636e", "#b42318", "#1a7f37"
_SIZE = 13.0
_LINE, _LEGEND = 64.0, 26.0
_NARROW, _WIDE = 112.0, 220.0


def table_svg(table: Table, lang: Language, *, inputs: Sequence[str] = (), prefix: str = "") -> str:
    """The picture, as an SVG document that can also stand within a page.

    Args:
        table: The table. Of an ambiguous one its first reading is drawn, and the picture says so.
        lang: Language of the picture.
        inputs: One or two inputs, by name or label: across, then up. Default: the first that are ordered.
        prefix: Of identifiers, where several pictures stand on one page.

    Raises:
        InputError: There is no such input, or it has too many cells for a picture.
    """
    root = _Picture(plan(table, inputs), TableWords(lang), prefix or f"t{table.digest[:8]}-").draw()
    return ET.tostring(root, encoding="unicode") + "\n"


class _Picture:
    def __init__(self, found: Plan, words: TableWords, prefix: str) -> None:
        self.plan = found
        self.table = found.table
        self.words = PictureWords(found, words)
        self.lang = words.lang
        self.prefix = prefix
        self.across, self.up = self.words.across, self.words.up
        widest = max(width_of(text, _SIZE) for text, _ in self.across)
        self.cell = min(max(widest + 26, _NARROW), _WIDE)
        self.left = min(max(width_of(text, _SIZE) for text, _ in self.up), _WIDE) + 46
        if found.up is None:
            self.left = 30
        self.top = 92.0
        self.width = self.cell * len(self.across)
        self.height = _LINE * len(self.up)

    def draw(self) -> ET.Element:
        legend = list(self.words.legend())
        texts = [width_of(text, _SIZE) + 76 for _, text in legend]
        texts += [width_of(self.words.title(), 17) + 36, width_of(self.words.notes(), 12) + 36]
        whole = max(self.left + self.width + 40, min(max(texts), 800))
        height = self.top + self.height + 92 + _LEGEND * len(legend) + 8
        root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {whole:.0f} {height:.0f}",
                "width": f"{whole:.0f}",
                "height": f"{height:.0f}",
                "role": "img",
                "aria-labelledby": f"{self.prefix}title {self.prefix}desc",
                "font-family": FONT,
                "lang": self.lang,
            },
        )
        add(root, "title", self.words.title(), id=f"{self.prefix}title")
        add(root, "desc", self.words.described(), id=f"{self.prefix}desc")
        self._define(add(root, "defs"))
        add(root, "rect", width=round(whole), height=round(height), fill="#ffffff")
        self._heading(root, whole)
        for rect in self.plan.rects:
            self._area(root, rect)
        self._frame(root)
        self._axis_across(root)
        self._axis_up(root)
        self._draw_legend(root, legend, whole)
        return root

    def _define(self, defs: ET.Element) -> None:
        shown = sorted({number for column in self.plan.areas for area in column for number in area.rows})
        self.colours: dict[int, Fill] = fills(defs, shown, f"{self.prefix}row")
        stripes(defs, f"{self.prefix}gap", ["#ffffff", "#ffffff", "#e5484d"], 5)
        stripes(defs, f"{self.prefix}impossible", ["#e4e7eb", "#e4e7eb", "#c9ced6"], 4)
        stripes(defs, f"{self.prefix}plain", ["#f6f8fa"], 8)
        stripes(defs, f"{self.prefix}lawful", ["#f0fbf3", "#f0fbf3", "#f0fbf3", "#bfe5c9"], 4)
        mixed = {self._several(area): area for column in self.plan.areas for area in column if self._mixed(area)}
        for name, area in sorted(mixed.items()):
            # A soft tint between the stripes of a conflict would look like one more row.
            colours = [self.colours[number][area.kind == "overlap"] for number in area.rows]
            stripes(defs, name, colours, 9)

    def _mixed(self, area: Area) -> bool:
        return len(area.rows) > 1 and area.kind in ("overlap", "together", "depends")

    def _several(self, area: Area) -> str:
        return f"{self.prefix}{area.kind}-{'-'.join(map(str, area.rows))}"

    def _fill(self, area: Area) -> str:
        match area.kind:
            case "row":
                name = f"{self.prefix}row{area.rows[0]}"
            case "gap" | "impossible" | "lawful":
                name = f"{self.prefix}{area.kind}"
            case _:
                name = self._several(area) if self._mixed(area) else f"{self.prefix}plain"
        return f"url(#{name})"

    def _heading(self, root: ET.Element, whole: float) -> None:
        label(
            root,
            shortened(self.words.title(), whole - 32, 17),
            16,
            26,
            size=17,
            anchor="start",
            font_weight="bold",
            fill=_INK,
        )
        label(root, shortened(self.words.notes(), whole - 32, 12), 16, 50, size=12, anchor="start", fill=_SOFT)
        if self.plan.up is not None:
            name = shortened(self.words.name(self.table.axes[self.plan.up]), self.width + self.left - 16, _SIZE)
            label(root, f"↑ {name}", 16, self.top - 16, anchor="start", font_weight="bold", fill=_INK)

    def _area(self, root: ET.Element, rect: Rect) -> None:
        x, width = self.left + rect.left * self.cell, (rect.right - rect.left + 1) * self.cell
        height = (rect.high - rect.low + 1) * _LINE
        y = self.top + self.height - (rect.high + 1) * _LINE
        area = rect.area
        group = add(root, "g")
        add(group, "title", f"{self.words.place(rect)}: {self.words.said(area)[0]}")
        fault = area.kind in ("gap", "overlap")
        add(
            group, "rect", x=x + 1, y=y + 1, width=width - 2, height=height - 2, fill=self._fill(area),
            stroke=_RED if fault else "#6e7781", stroke_width=3 if fault else 1,
        )  # fmt: skip
        if area.lawful and area.kind != "lawful":
            add(
                group, "rect", x=x + 6, y=y + 6, width=width - 12, height=height - 12, fill="none",
                stroke=_GREEN, stroke_width=2.5, stroke_dasharray="7 4",
            )  # fmt: skip
        self._badge(group, area, x + width / 2, y + height / 2, width - 20)

    def _badge(self, group: ET.Element, area: Area, x: float, y: float, room: float) -> None:
        candidates = self.words.said(area)
        text = next((each for each in candidates if width_of(each, _SIZE) + 14 <= room), "")
        if area.kind == "row" and text != candidates[0] and room > 70:
            # The beginning of the tier's name says more than the number alone.
            text = ""
        text = text or shortened(candidates[0], room - 14, _SIZE)
        colour = _RED if area.kind in ("gap", "overlap") else _GREEN if area.kind == "lawful" else _INK
        wide = width_of(text, _SIZE) + 14
        add(
            group, "rect", x=x - wide / 2, y=y - 12, width=wide, height=24, rx=5, fill="#ffffff",
            stroke=colour, stroke_width=1,
        )  # fmt: skip
        label(group, text, x, y, fill=_SOFT if area.kind == "impossible" else colour, font_weight="bold")

    def _frame(self, root: ET.Element) -> None:
        add(
            root, "path", d=f"M{self.left:.1f},{self.top:.1f} v{self.height:.1f} h{self.width:.1f}",
            fill="none", stroke=_INK, stroke_width=1.5,
        )  # fmt: skip

    def _axis_across(self, root: ET.Element) -> None:
        y = self.top + self.height + 14
        for at, (text, ends) in enumerate(self.across):
            x = self.left + at * self.cell
            if ends is not None:
                self._interval(root, ends, (x, y), upward=False)
            label(root, shortened(text, self.cell - 8, _SIZE), x + self.cell / 2, y + 20, fill=_INK)
        name = shortened(self.words.name(self.table.axes[self.plan.across]), self.width, _SIZE)
        label(root, f"{name} →", self.left + self.width, y + 46, anchor="end", font_weight="bold", fill=_INK)

    def _axis_up(self, root: ET.Element) -> None:
        if self.plan.up is None:
            return
        for at, (text, ends) in enumerate(self.up):
            y = self.top + self.height - at * _LINE
            if ends is not None:
                self._interval(root, ends, (self.left - 14, y), upward=True)
            short = shortened(text, self.left - 40, _SIZE)
            label(root, short, self.left - 28, y - _LINE / 2, anchor="end", fill=_INK)

    def _interval(self, root: ET.Element, ends: Extent, start: tuple[float, float], *, upward: bool) -> None:
        """The cell as a stretch of the axis: a full dot at an end that belongs to it, a ring at one that does not."""
        length = _LINE if upward else self.cell

        def at(share: float) -> tuple[float, float]:
            return (start[0], start[1] - share) if upward else (start[0] + share, start[1])

        if ends.single:
            self._dot(root, at(length / 2), full=True)
            return
        low, high = at(9), at(length - 9)
        add(root, "line", x1=low[0], y1=low[1], x2=high[0], y2=high[1], stroke=_INK, stroke_width=1.5)
        for place, number, included, turn in (
            (low, ends.low, ends.low_included, 180),
            (high, ends.high, ends.high_included, 0),
        ):
            if number is None:
                angle = turn - 90 if upward else turn
                where = f"translate({place[0]:.1f} {place[1]:.1f}) rotate({angle})"
                add(root, "path", d="M6,0 L-4,-5 L-4,5 Z", fill=_INK, transform=where)
            else:
                self._dot(root, place, full=included)

    def _dot(self, root: ET.Element, place: tuple[float, float], *, full: bool) -> None:
        fill = _INK if full else "#ffffff"
        add(root, "circle", cx=place[0], cy=place[1], r=4, fill=fill, stroke=_INK, stroke_width=1.5)

    def _draw_legend(self, root: ET.Element, legend: Sequence[tuple[Area | None, str]], whole: float) -> None:
        y = self.top + self.height + 92
        for area, text in legend:
            if area is not None:
                fault = area.kind in ("gap", "overlap")
                kept = area.lawful and area.kind != "lawful"
                add(
                    root, "rect", x=16, y=y - 8, width=26, height=16, fill=self._fill(area),
                    stroke=_RED if fault else _GREEN if kept else "#6e7781", stroke_width=2 if fault or kept else 1,
                    stroke_dasharray="5 3" if kept else "none",
                )  # fmt: skip
            label(
                root, shortened(text, whole - 72, _SIZE), 52 if area is not None else 16, y, anchor="start", fill=_INK
            )
            y += _LEGEND
