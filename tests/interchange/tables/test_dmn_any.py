"""Any table, written as DMN: it comes back as it was, and its rules alone decide as it does."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.discretion.compiling import compile_table
from govopen.interchange.tables.dmn_names import MODEL
from govopen.interchange.tables.dmn_read import read_dmn
from govopen.interchange.tables.dmn_write import write_dmn
from govopen.model.discretion import DiscretionTable, HitPolicy, InputKind, StatutoryRange, TableInput, TableRow

EXTENSION = re.compile(rb"\s*<extensionElements>.*?</extensionElements>", re.DOTALL)
HARM = ("轻微", "一般", "严重")
AXES = (
    TableInput(name="times", label="次数", kind=InputKind.INTEGER, unit="次", domain=">= 1"),
    TableInput(name="abuse", kind=InputKind.BOOLEAN),
    TableInput(name="harm", kind=InputKind.ENUMERATION, values=HARM),
    TableInput(name="volume", kind=InputKind.DECIMAL, unit="立方米", step=Decimal("0.1")),
    TableInput(name="acted", kind=InputKind.DATE),
    TableInput(name="late", kind=InputKind.DURATION, unit="days"),
    TableInput(name="price", kind=InputKind.DECIMAL),
)
STATUTE = StatutoryRange(citation="某条例第十条", since=dt.date(2010, 1, 1), outcome="2000元以上20000元以下")
atoms = st.sampled_from(
    (
        *("times = 1", "times >= 3", "times in [2..4]", "times in (1, 3, 5)", "abuse", "not abuse"),
        *(
            "harm = 轻微",
            "harm in (轻微, 严重)",
            "not harm = 一般",
            "volume < 0.5",
            "volume in (0.2..0.8]",
            "volume 不满0.3立方米",
        ),
        *("acted >= 2011-04-05", "acted != 2011-04-05", "late > P3D", "late in [P1D..P10D)", "price <= 2.5"),
        *("price in (1, 2, (3..4))", "price in (not(0, [1..2]))"),
    )
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=4,
)
facts = st.fixed_dictionaries(
    {
        "times": st.integers(1, 6),
        "abuse": st.booleans(),
        "harm": st.sampled_from(HARM),
        "volume": st.integers(0, 12).map(lambda tenths: Decimal(tenths) / 10),
        "acted": st.dates(dt.date(2011, 4, 3), dt.date(2011, 4, 7)),
        "late": st.integers(0, 12),
        "price": st.sampled_from([Decimal(n) / 4 for n in range(-2, 20)]),
    }
)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"“”'), max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> DiscretionTable:
    whens = draw(st.lists(conditions, min_size=1, max_size=4))
    policy = draw(st.sampled_from((HitPolicy.UNIQUE, HitPolicy.FIRST)))
    rows = tuple(
        TableRow(when=when, tier=draw(texts), wording=draw(texts), outcome="2000元", citation=f"第{number}条")
        for number, when in enumerate(whens)
    )
    return DiscretionTable(id="any", title=draw(texts), hit_policy=policy, inputs=AXES, statute=(STATUTE,), rows=rows)


@settings(max_examples=max(50, settings().max_examples // 4))
@given(tables(), st.lists(facts, min_size=1, max_size=8), st.sampled_from(sorted(MODEL)))
def test_any_table_comes_back_and_its_rules_alone_decide_alike(
    document: DiscretionTable, cases: list[dict[str, Any]], version: str
) -> None:
    written = write_dmn(document, version=version)
    assert read_dmn(written, where="x") == document

    ours = compile_table(document)
    rules = read_dmn(EXTENSION.sub(b"", written), where="x")
    theirs = compile_table(rules) if rules.rows else None
    for case in cases:
        decision = ours.decide(case)
        alike = theirs.decide(case) if theirs is not None else None
        if alike is None or decision.status != "decided":
            assert decision.status == (alike.status if alike is not None else "no_row")
        else:
            assert decision.row is not None
            assert alike.outputs["citation"] == document.rows[decision.row.number - 1].citation
