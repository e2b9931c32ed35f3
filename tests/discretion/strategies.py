"""Small tables for Hypothesis, with every kind of outcome and hit policy."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs
from hypothesis import strategies as st
from tests.discretion.fines import Fine
from tests.discretion.notations import GRAVER, conditions, fields, tilings
from tests.discretion.oracle import Field, Line, Range, Spec

from govopen.model.discretion import Aggregation, HitPolicy, InputKind, Mode, TableOutput

__all__ = ["decision_tables", "fines", "formula_tables", "related_tables", "tables"]

_FURTHER = ("没收违法所得", "责令改正")


def _bounds(low: int, low_in: bool, high: int | None, high_in: bool, unit: str) -> str:
    if low == high:
        return f"{low}{unit}"
    lower = f"{low}{unit}以上" if low_in else f"超过{low}{unit}"
    if high is None:
        return lower
    if not low_in:
        return f"{lower}{'不超过' if high_in else '不满'}{high}{unit}"
    return f"{lower}{high}{unit}以下" if high_in else f"{lower}不满{high}{unit}"


@st.composite
def fines(draw: st.DrawFn, *, plain: bool = False, limit: bool = False) -> Fine:
    """An outcome; ``plain``: an amount in most cases; ``limit``: as a law writes it."""
    kinds = ["amount"] * (8 if plain else 3) + ["multiple", "rate", "no_fine"] + ([] if limit else ["none"])
    kind = draw(st.sampled_from(kinds))
    further = tuple(entry for entry in _FURTHER if draw(st.integers(0, 3)) < (3 if limit else 1))
    if kind == "none":
        return Fine(kind="none", text=draw(st.sampled_from(["不予处罚", "no penalty"])))
    if kind == "no_fine":
        return Fine(kind="no_fine", text=draw(st.sampled_from(["不处罚款", "no fine"])), further=further)
    low = draw(st.integers(0, 3 if limit else 4))
    high = low if draw(st.integers(0, 2)) == 0 else draw(st.one_of(st.integers(low, 5), st.none()))
    low_in, high_in = draw(st.integers(0, 3)) > 0, draw(st.integers(0, 3)) > 0
    if low == high:
        low_in = high_in = True
    if high is None:
        high_in = False
    unit = {"amount": "000元", "multiple": "倍", "rate": "元"}[kind]
    times = 1000 if kind == "amount" else 1
    if kind == "amount":
        text = _bounds(low * 1000, low_in, None if high is None else high * 1000, high_in, "元")
    else:
        of = draw(st.sampled_from(["货值", "违法所得"])) if kind == "multiple" else "平方米"
        prefix = f"{of}的" if kind == "multiple" else f"每{of}"
        text = prefix + _bounds(low, low_in, high, high_in, unit)
        return Fine(
            kind=kind,
            of=of,
            text=text,
            low=Decimal(low),
            low_in=low_in,
            high=None if high is None else Decimal(high),
            high_in=high_in,
            further=further,
        )
    return Fine(
        kind=kind,
        text=text,
        low=Decimal(low * times),
        low_in=low_in,
        high=None if high is None else Decimal(high * times),
        high_in=high_in,
        further=further,
    )


@st.composite
def _lines(draw: st.DrawFn, inputs: Sequence[Field], *, slash: bool) -> tuple[Line, ...]:
    if draw(st.booleans()):
        trees = draw(tilings(inputs))
    else:
        trees = draw(st.lists(conditions(inputs, slash=slash), min_size=1, max_size=4))
    pool = draw(st.lists(fines(plain=True), min_size=2, max_size=3))
    if draw(st.booleans()):
        # Tables that people mean well grow graver from row to row.
        pool = sorted(pool, key=lambda fine: (fine.low, fine.high if fine.high is not None else Decimal(10**9)))
        chosen = [pool[min(at, len(pool) - 1)] for at in range(len(trees))]
    else:
        chosen = [draw(st.sampled_from(pool)) for _ in trees]
    lines = []
    for tree, fine in zip(trees, chosen, strict=True):
        modes = [None, Mode.ORDINARY, Mode.MITIGATED, Mode.MITIGATED]
        mode = None if fine.kind == "none" else draw(st.sampled_from(modes))
        lines.append(Line(when=tree, fine=fine, mode=mode, ground=draw(st.sampled_from(["", "某法第三十二条", " "]))))
    return tuple(lines)


@st.composite
def tables(draw: st.DrawFn, *, slash: bool = False, policies: Sequence[HitPolicy] | None = None) -> Spec:
    """A table of penalties."""
    kinds = ["integer", "integer", "stepped", "dense", "date", "enumeration", "boolean"]
    inputs = tuple(draw(fields(at, kinds)) for at in range(draw(st.integers(1, 3))))
    usual = [HitPolicy.UNIQUE] * 4 + [HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.FIRST, HitPolicy.RULE_ORDER]
    ranges = []
    for _ in range(draw(st.integers(1, 2))):
        when = ("any",) if draw(st.integers(0, 2)) else draw(conditions(inputs, depth=1))
        ranges.append(Range(fine=draw(fines(plain=True, limit=True)), when=when))
    return Spec(
        fields=inputs,
        lines=draw(_lines(inputs, slash=slash)),
        policy=draw(st.sampled_from(list(policies or usual))),
        ranges=tuple(ranges),
        impossible=tuple(draw(st.lists(conditions(inputs, depth=1), max_size=1))),
        lawful=tuple(draw(st.lists(conditions(inputs, depth=1), max_size=2))),
    )


@st.composite
def related_tables(draw: st.DrawFn) -> Spec:
    """A table in which one input cannot be less, or more, than another."""
    kind = draw(st.sampled_from(["integer", "dense", "date", "stepped"]))
    first = draw(fields(0, [kind]).filter(lambda field: field.domain.startswith("[")))
    count = draw(st.integers(2, 3))
    inputs = [
        attrs.evolve(first, name=f"f{at}", label=f"事实{'甲乙丙丁'[at]}", graver=draw(GRAVER)) for at in range(count)
    ]
    if draw(st.booleans()):
        inputs[-1:] = [*inputs[-1:], draw(fields(3, ["boolean"]))] if count == 2 else inputs[-1:]
    spec = Spec(
        fields=tuple(inputs),
        lines=draw(_lines(inputs, slash=False)),
        policy=draw(st.sampled_from([HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.ANY])),
        ranges=(Range(fine=draw(fines(plain=True, limit=True))),),
        lawful=tuple(draw(st.lists(conditions(inputs, depth=1), max_size=1))),
        impossible=tuple(draw(st.lists(conditions(inputs, depth=1), max_size=1))),
    )
    relations = [("f0", draw(st.sampled_from(["<", "<=", ">", ">="])), "f1")]
    if count == 3 and draw(st.booleans()):
        relations.append(("f1", draw(st.sampled_from(["<", ">"])), "f2"))
    return attrs.evolve(spec, relations=tuple(relations))


@st.composite
def formula_tables(draw: st.DrawFn) -> Spec:
    """A table with amounts that are reckoned from the case."""
    spec = draw(tables(policies=[HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.ANY]))
    numeric = [field.name for field in spec.fields if field.kind in (InputKind.INTEGER, InputKind.DECIMAL)]
    lines = []
    for line in spec.lines:
        if not numeric or draw(st.integers(0, 2)) == 0:
            lines.append(line)
            continue
        factors = {"": Fraction(draw(st.integers(0, 4)) * 1000)}
        text = str(factors[""])
        for name in numeric[:2]:
            factor = draw(st.sampled_from([0, 500, 1000, -500]))
            factors[name] = Fraction(factor)
            text += f" {'-' if factor < 0 else '+'} {abs(factor)} * {name}"
        fine = Fine(kind="formula", text=f"formula: {text}", formula=factors, high=None)
        mode = line.mode if line.mode is not Mode.NONE else None
        lines.append(attrs.evolve(line, fine=fine, mode=mode))
    return attrs.evolve(spec, lines=tuple(lines))


@st.composite
def decision_tables(draw: st.DrawFn) -> Spec:
    """A table with outputs, under any policy."""
    kinds = ["integer", "dense", "enumeration", "boolean", "date"]
    inputs = tuple(draw(fields(at, kinds)) for at in range(draw(st.integers(1, 3))))
    policy = draw(st.sampled_from(list(HitPolicy)))
    aggregation = draw(st.sampled_from([None, *Aggregation])) if policy is HitPolicy.COLLECT else None
    ranked = policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
    numeric = aggregation is not None or (not ranked and draw(st.booleans()))
    named = ("高", "中", "低")
    if numeric:
        values: tuple[str, ...] = ("1", "2", "5")
        outputs: tuple[TableOutput, ...] = (
            TableOutput(name="fee", kind=InputKind.INTEGER, default=draw(st.sampled_from(["", "7"]))),
        )
    else:
        values = named
        listed = named if ranked or draw(st.booleans()) else ()
        default = draw(st.sampled_from(["", "低"]))
        outputs = (TableOutput(name="grade", kind=InputKind.TEXT, values=listed, default=default),)
        if draw(st.booleans()):
            outputs = (
                *outputs,
                TableOutput(name="other", kind=InputKind.TEXT, values=draw(st.sampled_from([(), named]))),
            )
    trees = draw(st.lists(conditions(inputs), min_size=1, max_size=5))
    lines = [Line(when=tree, outputs=tuple(draw(st.sampled_from(values)) for _ in outputs)) for tree in trees]
    return Spec(
        fields=inputs,
        lines=tuple(lines),
        policy=policy,
        aggregation=aggregation,
        outputs=outputs,
        impossible=tuple(draw(st.lists(conditions(inputs, depth=1), max_size=1))),
    )
