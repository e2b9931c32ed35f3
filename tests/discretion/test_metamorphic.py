"""What must not change when a table says the same in another way."""

from __future__ import annotations

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.discretion.notations import conditions
from tests.discretion.oracle import Line, Spec
from tests.discretion.strategies import decision_tables, formula_tables, related_tables, tables

from govopen.discretion.compiling import compile_table
from govopen.discretion.language import parse_condition
from govopen.discretion.properties import Verdict
from govopen.discretion.proving import prove
from govopen.discretion.writing import write_term
from govopen.model.discretion import DiscretionTable, HitPolicy

small = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
UNRANKED = (HitPolicy.UNIQUE, HitPolicy.UNIQUE, HitPolicy.ANY)


def verdicts(document: DiscretionTable) -> dict[str, Verdict]:
    return {name: found.verdict for name, found in prove(compile_table(document)).properties.items()}


@settings(small, max_examples=160)
@given(tables(policies=UNRANKED), st.randoms(use_true_random=False))
def test_without_ranks_the_order_of_rows_says_nothing(spec: Spec, random: object) -> None:
    lines = list(spec.lines)
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert verdicts(attrs.evolve(spec, lines=tuple(lines)).document()) == verdicts(spec.document())


@settings(small, max_examples=120)
@given(st.one_of(tables(slash=True), formula_tables(), related_tables(), decision_tables()))
def test_the_order_of_inputs_says_nothing(spec: Spec) -> None:
    turned = attrs.evolve(spec, fields=spec.fields[::-1])
    assert verdicts(turned.document()) == verdicts(spec.document())


@settings(small, max_examples=120)
@given(st.one_of(tables(slash=True), formula_tables(), related_tables(), decision_tables()))
def test_names_say_nothing(spec: Spec) -> None:
    document = spec.document()
    renamed = document
    for at, source in enumerate(document.inputs):
        renamed = renaming(renamed, source.name, f"x{9 - at}_新名")
    assert verdicts(renamed) == verdicts(document)


def renaming(document: DiscretionTable, old: str, new: str) -> DiscretionTable:
    def texts(entries: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text.replace(old, new) for text in entries)

    return attrs.evolve(
        document,
        inputs=tuple(attrs.evolve(entry, name=entry.name.replace(old, new)) for entry in document.inputs),
        rows=tuple(
            attrs.evolve(row, when=row.when.replace(old, new), outcome=row.outcome.replace(old, new))
            for row in document.rows
        ),
        statute=tuple(attrs.evolve(entry, when=entry.when.replace(old, new)) for entry in document.statute),
        impossible=texts(document.impossible),
        lawful=texts(document.lawful),
    )


@settings(small, max_examples=160)
@given(st.data())
def test_a_row_cut_in_two_says_what_it_said(data: st.DataObject) -> None:
    spec = data.draw(tables())
    at = data.draw(st.integers(0, len(spec.lines) - 1))
    cut = data.draw(conditions(spec.fields, depth=1))
    line = spec.lines[at]
    parts = [attrs.evolve(line, when=("and", [line.when, way])) for way in (cut, ("not", cut))]
    split = attrs.evolve(spec, lines=(*spec.lines[:at], *parts, *spec.lines[at + 1 :]))
    before, after = verdicts(spec.document()), verdicts(split.document())
    for name in ("complete", "disjoint", "contained", "boundary", "monotone"):
        assert before[name] is after[name], name


@settings(small, max_examples=160)
@given(tables(policies=[HitPolicy.UNIQUE, HitPolicy.FIRST]))
def test_a_row_for_a_gap_closes_it(spec: Spec) -> None:
    for _ in range(4):
        table = compile_table(spec.document())
        complete = prove(table).properties["complete"]
        if not complete.witnesses:
            return
        case = complete.witnesses[0].case
        assert table.decide(case).status == "no_row"
        tests = [
            (
                "test",
                axis.name,
                ("in", [case[axis.name]]),
                f"{axis.name} in ({_quoted(axis.write(axis.place(case[axis.name])))})",
            )
            for axis in table.axes
        ]
        spec = attrs.evolve(spec, lines=(*spec.lines, Line(when=("and", tests), fine=spec.lines[0].fine)))
        closed = compile_table(spec.document())
        assert closed.decide(case).rows == (len(spec.lines),)
        assert all(witness.case != case for witness in prove(closed).properties["complete"].witnesses)


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text


@settings(small, max_examples=200)
@given(st.one_of(tables(), decision_tables()))
def test_conditions_written_out_are_read_back_as_they_were(spec: Spec) -> None:
    document = spec.document()
    table = compile_table(document)

    def again(text: str) -> str:
        terms = parse_condition(text, table.axes).terms()
        spans = [[term.get(at, axis.domain) for at, axis in enumerate(table.axes)] for term in terms]
        return " or ".join(f"({write_term(entry, table.axes)})" for entry in spans if all(entry))

    rows = []
    for row in document.rows:
        text = again(row.when)
        rows.append(attrs.evolve(row, when=text or row.when))
    rewritten = compile_table(attrs.evolve(document, rows=tuple(rows)))
    for case in spec.cases:
        one, other = table.decide(case), rewritten.decide(case)
        assert (one.status, one.rows, one.outputs) == (other.status, other.rows, other.outputs), case
