"""The drawings of workflows for LaTeX: the SVG as a TikZ picture, so that a printed document needs no converter.

Knows what :func:`govopen.workflow.diagram.svg` draws with, and refuses anything else: a drawing that lacks something
would be wrong without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

__all__ = ["tikz"]

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ANCHORS = {"start": "base west", "middle": "base"}
_TALL = 1.3
"""A page is about so many times as high as it is wide; a taller drawing is fitted by its height."""


def tikz(drawing: str) -> str:
    """The LaTeX of an SVG drawing, as wide as the line, or as high as the page where it is taller.

    The document loads the package ``tikz``. One pixel is one unit; y grows downwards as in SVG.

    Raises:
        ValueError: The drawing has an element that is not drawn here.
    """
    root = fromstring(drawing)  # noqa: S314 - it is ours, made a moment ago
    _, _, width, height = (float(number) for number in root.attrib["viewBox"].split())
    size = r"{!}{0.75\textheight}" if height > width * _TALL else r"{\linewidth}{!}"
    lines = [line for element in root for line in _drawn(element, width, height)]
    return "\n".join(
        (
            r"\begin{center}",
            rf"\resizebox{size}{{%",
            r"\begin{tikzpicture}[x=0.75pt, y=-0.75pt, font=\fontsize{9.75}{12}\selectfont]",
            *lines,
            r"\end{tikzpicture}}",
            r"\end{center}",
        )
    )


def _drawn(element: Element, width: float, height: float) -> Iterator[str]:
    given = element.attrib
    match element.tag.rpartition("}")[2]:
        case "title":
            return
        case "rect" if given["width"] == "100%":
            # The ground; the bounding box keeps the margins.
            yield rf"\useasboundingbox (0,0) rectangle ({width:g},{height:g});"
        case "rect":
            x, y = float(given["x"]), float(given["y"])
            corner = f"({x + float(given['width']):g},{y + float(given['height']):g})"
            rounded = "rounded corners=3pt, " if "rx" in given else ""
            yield rf"\path[{rounded}{_style(given)}] ({x:g},{y:g}) rectangle {corner};"
        case "line":
            yield rf"\path[{_style(given)}] ({given['x1']},{given['y1']}) -- ({given['x2']},{given['y2']});"
        case "circle":
            radius = float(given["r"]) * 0.75
            yield rf"\path[{_style(given)}] ({given['cx']},{given['cy']}) circle[radius={radius:g}pt];"
        case "path":
            corners = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", given["d"])
            yield rf"\path[{_style(given)}] {' -- '.join(f'({x},{y})' for x, y in corners)} -- cycle;"
        case "text":
            words = "".join(_SPECIAL.get(char, char) for char in element.text or "")
            bold = r"\bfseries " if given.get("font-weight") == "bold" else ""
            style = f"anchor={_ANCHORS[given['text-anchor']]}, inner sep=0pt, text={_colour(given['fill'])}"
            yield rf"\node[{style}] at ({given['x']},{given['y']}) {{{bold}{words}}};"
        case other:
            raise ValueError(f"a drawing with <{other}> cannot be made a TikZ picture")


def _style(given: dict[str, str]) -> str:
    parts = []
    if (fill := given.get("fill", "none")) != "none":
        parts.append(f"fill={_colour(fill)}")
    if "fill-opacity" in given:
        parts.append(f"fill opacity={given['fill-opacity']}")
    if "stroke" in given:
        parts.append(f"draw={_colour(given['stroke'])}")
        parts.append(f"line width={float(given.get('stroke-width', '1')) * 0.75:g}pt")
    if "stroke-dasharray" in given:
        on, off = given["stroke-dasharray"].split()
        parts.append(f"dash pattern=on {on}pt off {off}pt")
    return ", ".join(parts)


def _colour(value: str) -> str:
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    return f"{{rgb,255:red,{red};green,{green};blue,{blue}}}"
