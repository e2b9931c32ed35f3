"""Inputs with few values, and conditions over them in every notation, for Hypothesis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from tests.discretion.oracle import Field, Tree

from govopen.model.discretion import Graver, InputKind

__all__ = ["GRAVER", "conditions", "fields", "tilings"]

GRAVER = st.sampled_from([Graver.HIGHER, Graver.HIGHER, Graver.LOWER, Graver.NEITHER, None])
_SIGNS = {
    "=": ("=", "==", "＝"),
    "!=": ("!=", "≠", "<>"),
    "<": ("<", "＜"),
    "<=": ("<=", "≤"),
    ">": (">", "＞"),
    ">=": (">=", "≥"),
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_DAY = dt.date(2011, 4, 5)


# Inputs


@st.composite
def fields(draw: st.DrawFn, number: int, kinds: Sequence[str]) -> Field:
    """An input with few values."""
    kind = draw(st.sampled_from(kinds))
    name, graver = f"f{number}", draw(GRAVER)
    label = f"事实{'甲乙丙丁'[number]}"
    size = draw(st.integers(1, 3))
    if kind == "integer":
        numbers = tuple(range(size + 1))
        domain, samples = draw(
            st.sampled_from(
                [
                    (f"[0..{size}]", numbers),
                    (f"0以上{size}以下", numbers),
                    ("", (-1, *numbers, size + 1)),
                    (">= 0", (*numbers, size + 1)),
                    (f"0, [2..{size + 1}]", (0, *range(2, size + 2))),
                ]
            )
        )
        unit = draw(st.sampled_from(["", "次"]))
        return Field(
            name=name,
            label=label,
            kind=InputKind.INTEGER,
            samples=samples,
            ends=tuple(value for value in samples if 0 <= value <= size) or numbers,
            domain=domain,
            unit=unit,
            graver=graver,
        )
    if kind == "stepped":
        step = Decimal("0.5")
        return Field(
            name=name,
            label=label,
            kind=draw(st.sampled_from([InputKind.DECIMAL, InputKind.MONEY])),
            samples=tuple(step * at for at in range(size + 2)),
            ends=tuple(step * at for at in range(size + 2)),
            domain=f"[0..{step * (size + 1)}]",
            step=step,
            graver=graver,
        )
    if kind == "dense":
        between = tuple(Decimal(at) / 4 for at in range(4 * size + 1))
        domain, samples = draw(
            st.sampled_from(
                [
                    (f"[0..{size}]", between),
                    (f"(0..{size})", between[1:-1]),
                    (f"> 0 , <= {-size}", (Decimal(-size), Decimal(-size - 1), *between[1:], Decimal(size + 1))),
                    ("", (Decimal(-1), *between, Decimal(size + 1))),
                ]
            )
        )
        return Field(
            name=name,
            label=label,
            kind=InputKind.DECIMAL,
            samples=samples,
            ends=tuple(map(Decimal, range(size + 1))),
            domain=domain,
            unit="立方米",
            graver=graver,
        )
    if kind == "date":
        days = tuple(_DAY + dt.timedelta(at) for at in range(size + 1))
        return Field(
            name=name,
            label=label,
            kind=InputKind.DATE,
            samples=days,
            ends=days,
            domain=f"[{days[0]}..{days[-1]}]",
            graver=graver,
        )
    if kind == "enumeration":
        values = ("轻微", "一般", "Grave Case", "特别严重")[: size + 1]
        return Field(
            name=name,
            label=label,
            kind=InputKind.ENUMERATION,
            samples=values,
            ends=values,
            values=values,
            graver=graver,
        )
    return Field(
        name=name, label=label, kind=InputKind.BOOLEAN, samples=(False, True), ends=(False, True), graver=graver
    )


# Conditions


def _value(draw: st.DrawFn, field: Field, value: Any) -> str:
    match value:
        case bool():
            return draw(st.sampled_from(["true", "是"] if value else ["false", "否"]))
        case dt.date():
            forms = [f"{value}", f'date("{value}")', f"{value.year}年{value.month}月{value.day}日"]
            return draw(st.sampled_from(forms))
        case str():
            return draw(st.sampled_from([f'"{value}"', f"“{value}”"] if " " in value else [value, f'"{value}"']))
    return str(value) + draw(st.sampled_from(["", field.unit]))


@st.composite
def _tests(draw: st.DrawFn, field: Field) -> Tree:
    name = draw(st.sampled_from([field.name, field.label, f"`{field.name}`"]))
    ends = list(field.ends)
    if field.kind is InputKind.BOOLEAN and draw(st.booleans()):
        return "test", field.name, ("op", "=", True), name
    comparable = field.ordered or (field.kind is InputKind.ENUMERATION and field.graver is not None)
    forms = ["op", "mirrored", "in", "out"]
    forms += ["range", "between"] if comparable else []
    numeric = field.kind in (InputKind.INTEGER, InputKind.DECIMAL, InputKind.MONEY)
    forms += ["chinese"] if numeric else []
    form = draw(st.sampled_from(forms))
    if form in ("op", "mirrored"):
        sign = draw(st.sampled_from(list(_SIGNS) if comparable else ["=", "!="]))
        value = draw(st.sampled_from(ends))
        text = _value(draw, field, value)
        if form == "op":
            written = f"{name} {draw(st.sampled_from(_SIGNS[sign]))} {text}"
        else:
            written = f"{text} {draw(st.sampled_from(_SIGNS[_MIRRORED[sign]]))} {name}"
        return "test", field.name, ("op", sign, value), written
    if form in ("in", "out"):
        values = draw(st.lists(st.sampled_from(ends), min_size=1, max_size=2))
        listed = ", ".join(_value(draw, field, value) for value in values)
        written = f"{name} in ({listed})" if form == "in" else f"{name} in (not({listed}))"
        return "test", field.name, (form, values), written
    low, high = sorted([draw(st.sampled_from(ends)), draw(st.sampled_from(ends))], key=field.key)
    low_in, high_in = draw(st.booleans()), draw(st.booleans())
    first, last = _value(draw, field, low), _value(draw, field, high)
    if form == "range":
        opened = "[" if low_in else draw(st.sampled_from(["(", "]"]))
        closed = "]" if high_in else draw(st.sampled_from([")", "["]))
        interval = f"{opened}{first}..{last}{closed}"
        written = f"{name} in {interval}" if draw(st.booleans()) else f"{name} in ({interval})"
    elif form == "between":
        written = f"{first} {'<=' if low_in else '<'} {name} {'<=' if high_in else '<'} {last}"
    else:
        return _chinese(draw, field, name, (low, low_in, high, high_in))
    return "test", field.name, ("range", field.key(low), low_in, field.key(high), high_in), written


def _chinese(draw: st.DrawFn, field: Field, name: str, bounds: tuple[Any, bool, Any, bool]) -> Tree:
    low, low_in, high, high_in = bounds
    which = draw(st.sampled_from(["low", "high", "both"]))
    if which == "both" and low == high:
        which = "low"
    unit = field.unit
    lower = f"{low}{unit}以上" if low_in else draw(st.sampled_from([f"超过{low}{unit}", f"{low}{unit}以上（不含）"]))
    upper = (
        f"{high}{unit}以下" if high_in else draw(st.sampled_from([f"不满{high}{unit}", f"{high}{unit}以下（不含）"]))
    )
    if which == "low":
        return "test", field.name, ("range", low, low_in, None, False), f"{name} {lower}"
    if which == "high":
        return "test", field.name, ("range", None, False, high, high_in), f"{name} {upper}"
    if lower.startswith("超过") and not upper.startswith("不满"):
        upper, high_in = f"不超过{high}{unit}", True
    return "test", field.name, ("range", low, low_in, high, high_in), f"{name} {lower}{upper}"


@st.composite
def conditions(draw: st.DrawFn, inputs: Sequence[Field], *, depth: int = 2, slash: bool = False) -> Tree:
    """A tree over tests of some inputs."""
    kinds = ["test"] * 4 + (["and"] * 3 + ["or", "not"] if depth else []) + (["slash"] * 2 if slash and depth else [])
    kind = draw(st.sampled_from(kinds))
    if kind == "test":
        if draw(st.integers(0, 9)) == 0:
            return ("any",)
        return draw(_tests(draw(st.sampled_from(list(inputs)))))
    if kind == "not":
        return "not", draw(conditions(inputs, depth=depth - 1, slash=slash))
    return kind, [draw(conditions(inputs, depth=depth - 1, slash=slash)) for _ in range(2)]


def _partition(draw: st.DrawFn, field: Field, count: int) -> list[Tree]:
    """Tests that hold for each value once, but for a slip now and then."""
    ends = list(field.ends)
    if not field.ordered:
        groups: list[list[Any]] = [[] for _ in range(count)]
        for at, value in enumerate(ends):
            groups[min(at, count - 1)].append(value)
        return [
            ("test", field.name, ("in", group), f"{field.name} in ({', '.join(_value(draw, field, v) for v in group)})")
            for group in groups
            if group
        ]
    cuts = sorted(draw(st.lists(st.sampled_from(ends), min_size=count - 1, max_size=count - 1)))
    found: list[Tree] = []
    for at in range(len(cuts) + 1):
        low, high = (cuts[at - 1] if at else None), (cuts[at] if at < len(cuts) else None)
        slip = draw(st.integers(0, 7)) == 0
        parts = []
        if low is not None:
            parts.append(f"{field.name} {'>' if slip else '>='} {low}")
        if high is not None:
            parts.append(f"{field.name} < {high}")
        if parts:
            found.append(("test", field.name, ("range", low, not slip, high, False), " and ".join(parts)))
    return found or [("any",)]


@st.composite
def tilings(draw: st.DrawFn, inputs: Sequence[Field]) -> list[Tree]:
    """Conditions of rows that nearly share the cases out: most tables that people mean well are such."""
    one = draw(st.sampled_from(list(inputs)))
    trees = _partition(draw, one, draw(st.integers(2, 3)))
    if len(inputs) > 1 and draw(st.booleans()):
        other = draw(st.sampled_from([field for field in inputs if field is not one]))
        at = draw(st.integers(0, len(trees) - 1))
        trees[at : at + 1] = [("and", [trees[at], part]) for part in _partition(draw, other, 2)]
    return trees
