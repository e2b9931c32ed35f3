"""Hypothesis strategies for discretion tables that compile: small, and of every form that a table may have.

Needs the ``hypothesis`` package, which govopen itself does not.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
from hypothesis import strategies as st

from govopen.model.discretion import (
    Aggregation,
    DiscretionTable,
    Graver,
    HitPolicy,
    InputKind,
    Mode,
    StatutoryRange,
    TableInput,
    TableOutput,
    TableRow,
)
from govopen.testing.values import dates, identifiers, texts

__all__ = ["cells", "conditions", "documents", "inputs"]

_NAMES = ("times", "area", "Approval Status", "late_by")
_LABELS = ("", "次数", "占道面积", "违法情节", "期间（逾期）")
_WORDS = ("轻微", "一般", "严重", "approved", "not yet")
_TEXTS = ("approved", "declined", "待定")
_FURTHER = ("没收违法所得", "责令停业", "暂扣许可证; 吊销许可证")
_NUMERIC = (InputKind.INTEGER, InputKind.DECIMAL, InputKind.MONEY)
_UNORDERED = (InputKind.BOOLEAN, InputKind.ENUMERATION, InputKind.TEXT)
_UNITS = {InputKind.INTEGER: ("", "次"), InputKind.DECIMAL: ("", "立方米"), InputKind.MONEY: ("", "元")}
_STEPS = {InputKind.DECIMAL: (None, Decimal("0.1"), Decimal("0.5")), InputKind.MONEY: (None, Decimal(100))}
_SIGNS = ("=", "!=", "<", "<=", ">", ">=", "≠", "≤", "≥")
_FIRST_DAY = dt.date(2011, 1, 1)
_RANKED = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
_AMOUNTS = (
    "2000元",
    "2000",
    "二千元",
    "1000元以上3000元以下",
    "[1000..3000]",
    "2倍",
    "1倍以上3倍以下",
    "货值的2倍",
    "2 times price",
    "每平方米1000元",
    "1000 per m2",
)


@st.composite
def inputs(draw: st.DrawFn, name: str, label: str) -> TableInput:
    """An input of any kind. The domains of numbers begin at zero."""
    kind = draw(st.sampled_from(list(InputKind)))
    domain = ""
    if kind in _NUMERIC or kind is InputKind.DURATION:
        domain = draw(st.sampled_from(["", ">= 0", "[0..100]"]))
    values: tuple[str, ...] = ()
    if kind is InputKind.ENUMERATION:
        values = tuple(draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=4, unique=True)))
    elif kind is InputKind.TEXT:
        values = draw(st.sampled_from([(), _TEXTS]))
    durations = ("days", "天", "months", "years", "hours")
    return TableInput(
        name=name,
        label=label,
        kind=kind,
        unit=draw(st.sampled_from(durations if kind is InputKind.DURATION else _UNITS.get(kind, ("",)))),
        domain=domain,
        step=draw(st.sampled_from(_STEPS.get(kind, (None,)))),
        values=values,
        graver=draw(st.none() | st.sampled_from(list(Graver))),
    )


def _values(source: TableInput) -> st.SearchStrategy[str]:
    """Values as conditions write them, in the order of the axis where it has one."""
    if source.kind is InputKind.BOOLEAN:
        return st.sampled_from(["true", "false", "是", "否"])
    if source.kind is InputKind.ENUMERATION:
        return st.sampled_from([f'"{value}"' for value in source.values])
    if source.kind is InputKind.TEXT:
        return st.sampled_from([f'"{value}"' for value in _TEXTS])
    return _places(source).map(lambda place: _at(source, place))


def _places(source: TableInput) -> st.SearchStrategy[int]:
    return st.integers(0, 60)


def _at(source: TableInput, place: int) -> str:
    """The value at a place in the order of an ordered axis."""
    match source.kind:
        case InputKind.DATE:
            return (_FIRST_DAY + dt.timedelta(days=place)).isoformat()
        case InputKind.DURATION:
            form = {"hours": "PT{}H", "months": "P{}M", "years": "P{}Y"}.get(source.unit, "P{}D")
            return form.format(place)
        case InputKind.DECIMAL:
            step = source.step or Decimal("0.25")
            return f"{place * step:f}"
        case InputKind.MONEY:
            return f"{place * (source.step or 50)}"
    return str(place)


def _counted(source: TableInput) -> str:
    """The unit as Chinese bounds have it behind a number."""
    if source.kind is InputKind.DURATION:
        return {"hours": "小时", "months": "个月", "years": "年"}.get(source.unit, "天")
    return source.unit


@st.composite
def _chinese(draw: st.DrawFn, source: TableInput) -> str:
    low, high = draw(st.tuples(st.integers(1, 30), st.integers(31, 60)))
    unit = _counted(source)
    first, last = (str(low), str(high)) if source.kind is InputKind.DURATION else (_at(source, low), _at(source, high))
    forms = ["{a}{u}以上", "不满{b}{u}", "超过{a}{u}", "{b}{u}以下", "{a}{u}以上不满{b}{u}", "{a}{u}以上{b}{u}以下"]
    return draw(st.sampled_from(forms)).format(a=first, b=last, u=unit)


@st.composite
def _tests(draw: st.DrawFn, source: TableInput) -> str:
    value = draw(_values(source))
    if source.kind in _UNORDERED:
        return value
    form = draw(st.sampled_from(["value", "sign", "interval", "chinese"]))
    if form == "sign":
        return f"{draw(st.sampled_from(_SIGNS))} {value}"
    if form == "interval":
        low, high = draw(st.tuples(st.integers(0, 29), st.integers(31, 60)))
        form = draw(st.sampled_from(["[{}..{}]", "({}..{})", "[{}..{})", "({}..{}]", "]{}..{}["]))
        return form.format(_at(source, low), _at(source, high))
    if form == "chinese" and source.kind is not InputKind.DATE:
        return draw(_chinese(source))
    return value


@st.composite
def cells(draw: st.DrawFn, source: TableInput) -> str:
    """What a cell says of one input: a test, several, or not."""
    found = ", ".join(draw(st.lists(_tests(source), min_size=1, max_size=2)))
    return draw(st.sampled_from([found, found, f"not({found})"]))


@st.composite
def _atoms(draw: st.DrawFn, sources: tuple[TableInput, ...]) -> str:
    source = draw(st.sampled_from(sources))
    names = [f"`{source.name}`" if not source.name.isidentifier() else source.name, source.label or f"`{source.name}`"]
    name = draw(st.sampled_from(names))
    form = draw(st.sampled_from(["in", "in", "equal", "alone", "mirrored"]))
    if form == "equal":
        return f"{name} {draw(st.sampled_from(['=', '!=']))} {draw(_values(source))}"
    if form == "alone" and source.kind is InputKind.BOOLEAN:
        return name
    if form == "alone" and source.kind in _NUMERIC:
        return f"{name} {draw(_chinese(source))}"
    if form == "mirrored" and source.kind in _NUMERIC:
        return f"{_at(source, 1)} {draw(st.sampled_from(['<', '<=']))} {name} <= {_at(source, draw(_places(source)))}"
    return f"{name} in ({draw(cells(source))})"


@st.composite
def conditions(draw: st.DrawFn, sources: tuple[TableInput, ...], *, ambiguous: bool = False) -> str:
    """Conditions over inputs, in every form of the language; with ``ambiguous`` some join terms with ``/``."""
    joints = [" and ", " or ", " 且 ", " 或 ", *([" / "] if ambiguous else [])]
    size = draw(st.integers(0, 4))
    if size == 0:
        return "-"
    found = draw(_atoms(sources))
    for _ in range(size - 1):
        form = draw(st.sampled_from(["{}", "{}", "not ({})", "({})"]))
        found = form.format(found) + draw(st.sampled_from(joints)) + draw(_atoms(sources))
    return found


def _outcomes(sources: tuple[TableInput, ...]) -> st.SearchStrategy[str]:
    """What a tier imposes, in every form."""
    plain = st.sampled_from([*_AMOUNTS, "不予处罚", "no penalty", "不处罚款", "no fine"])
    numeric = [source.name for source in sources if source.kind in _NUMERIC]
    if not numeric:
        return plain
    formulas = ["formula: 1000 + 200 * `{}`", "formula: max(500, `{}` / 4)"]
    return plain | st.builds(str.format, st.sampled_from(formulas), st.sampled_from(numeric))


def _listed() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(_FURTHER), max_size=2, unique=True).map(tuple)


def _short() -> st.SearchStrategy[str]:
    return st.just("") | texts()


@st.composite
def _row(draw: st.DrawFn, sources: tuple[TableInput, ...], *, ambiguous: bool) -> TableRow:
    outcome = draw(_outcomes(sources))
    none = outcome in ("不予处罚", "no penalty")
    modes = [Mode.NONE] if none else [mode for mode in Mode if mode is not Mode.NONE]
    return TableRow(
        tier=draw(_short()),
        when=draw(conditions(sources, ambiguous=ambiguous)),
        wording=draw(_short()),
        outcome=outcome,
        outcome_wording=draw(_short()),
        further=() if none else draw(_listed()),
        mode=draw(st.none() | st.sampled_from(modes)),
        ground=draw(_short()),
        citation=draw(_short()),
    )


@st.composite
def _statute(draw: st.DrawFn, sources: tuple[TableInput, ...]) -> StatutoryRange:
    since = draw(dates())
    until = draw(st.none() | st.dates(since, dt.date(2100, 12, 31)))
    return StatutoryRange(
        citation=draw(texts()),
        since=since,
        until=until,
        when=draw(st.just("") | conditions(sources)),
        outcome=draw(st.sampled_from(_AMOUNTS)),
        further=draw(_listed()),
        verified=draw(st.booleans()),
    )


@st.composite
def _output(draw: st.DrawFn, name: str, *, listed: bool) -> TableOutput:
    kind = InputKind.TEXT if listed else draw(st.sampled_from([*_NUMERIC, *_UNORDERED, InputKind.DATE]))
    values = _WORDS[:3] if listed or kind is InputKind.ENUMERATION else ()
    output = TableOutput(name=name, label=draw(st.sampled_from(["", "费用", "等级"])), kind=kind, values=values)
    return attrs.evolve(output, default=draw(st.just("") | _results(output)))


def _results(output: TableOutput) -> st.SearchStrategy[str]:
    match output.kind:
        case InputKind.DATE:
            return st.sampled_from(["2011-04-05", "2012-02-29"])
        case InputKind.BOOLEAN:
            return st.sampled_from(["true", "false"])
        case InputKind.DECIMAL | InputKind.MONEY:
            return st.sampled_from(["0", "0.25", "1200"])
        case InputKind.INTEGER:
            return st.sampled_from(["0", "3", "-1"])
    plain = st.sampled_from(output.values or _TEXTS)
    return plain if output.kind is InputKind.ENUMERATION else plain | plain.map('"{}"'.format)


@st.composite
def _general(draw: st.DrawFn, document: DiscretionTable, *, ambiguous: bool) -> DiscretionTable:
    """``document`` as a decision table that is none of penalties."""
    policy = draw(st.sampled_from(list(HitPolicy)))
    count = draw(st.integers(1, 2))
    names = ["fee", "grade"][:count] if count == 2 else [draw(st.sampled_from(["", "fee"]))]
    outputs = tuple(draw(_output(name, listed=policy in _RANKED)) for name in names)
    aggregation = None
    if policy is HitPolicy.COLLECT:
        numeric = count == 1 and outputs[0].kind in _NUMERIC
        aggregation = draw(st.none() | st.sampled_from(list(Aggregation) if numeric else [Aggregation.COUNT]))
    rows = draw(
        st.lists(
            st.builds(
                TableRow,
                tier=_short(),
                when=conditions(document.inputs, ambiguous=ambiguous),
                wording=_short(),
                outputs=st.tuples(*map(_results, outputs)),
            ),
            min_size=1,
            max_size=5,
        )
    )
    return attrs.evolve(document, hit_policy=policy, aggregation=aggregation, outputs=outputs, rows=tuple(rows))


@st.composite
def documents(draw: st.DrawFn, *, ambiguous: bool = True, general: bool | None = None) -> DiscretionTable:
    """Discretion tables of one to three inputs and one to five rows. Every one compiles; hardly one is complete.

    Args:
        draw: Given by Hypothesis.
        ambiguous: Whether a condition may join terms with ``/``.
        general: Whether they are decision tables without penalties; ``None``: some are.
    """
    count = draw(st.integers(1, 3))
    names = draw(st.permutations(_NAMES))[:count]
    labels = draw(st.permutations(_LABELS))[:count]
    sources = tuple(draw(inputs(name, label)) for name, label in zip(names, labels, strict=True))
    since = draw(st.none() | dates())
    until = None if since is None else draw(st.none() | st.dates(since, dt.date(2100, 12, 31)))
    document = DiscretionTable(
        id=draw(identifiers()),
        unit=draw(st.just("") | identifiers()),
        title=draw(_short()),
        power=draw(st.just("") | identifiers()),
        item=draw(st.just("") | identifiers()),
        document_number=draw(st.just("") | identifiers()),
        issued_on=draw(st.none() | dates()),
        since=since,
        until=until,
        inputs=sources,
        impossible=tuple(draw(st.lists(conditions(sources), max_size=1))),
        lawful=tuple(draw(st.lists(conditions(sources), max_size=1))),
    )
    if draw(st.booleans()) if general is None else general:
        return draw(_general(document, ambiguous=ambiguous))
    policies = [policy for policy in HitPolicy if policy not in _RANKED]
    return attrs.evolve(
        document,
        hit_policy=draw(st.sampled_from(policies)),
        statute=tuple(draw(st.lists(_statute(sources), min_size=1, max_size=2))),
        rows=tuple(draw(st.lists(_row(sources, ambiguous=ambiguous), min_size=1, max_size=5))),
    )
