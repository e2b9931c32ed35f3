from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.discretion.fines import Case
from tests.discretion.oracle import Field, Spec
from tests.discretion.strategies import decision_tables, formula_tables, related_tables, tables

from govopen.discretion.compiling import compile_table
from govopen.discretion.properties import PropertyName, Verdict, Witness
from govopen.discretion.proving import prove
from govopen.discretion.table import Table
from govopen.model.discretion import HitPolicy, InputKind

PROVED, REFUTED, UNKNOWN = Verdict.PROVED, Verdict.REFUTED, Verdict.UNKNOWN
small = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def expected(spec: Spec, name: PropertyName, slash: str) -> Verdict:
    """What looking at every case finds."""
    several = spec.policy in (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT)
    match name:
        case "complete":
            filled = bool(spec.outputs) and all(output.default for output in spec.outputs)
            bad = not (filled and not several) and any(True for _ in spec.gaps(slash))
        case "disjoint":
            bad = any(True for _ in spec.overlaps(slash))
        case "reachable":
            bad = bool(spec.dead(slash))
        case "boundary":
            bad = any(True for _ in spec.penalised(slash))
        case "contained":
            found = {inside for _, _, inside in spec.excesses(slash)} if spec.ranges else set()
            return REFUTED if False in found else UNKNOWN if found else PROVED
        case "monotone":
            if not spec.ranges:
                return PROVED
            orders = set() if several else {order for *_, order in spec.pairs(slash)}
            unsaid = any(field.kind is not InputKind.TEXT and field.graver is None for field in spec.fields)
            return REFUTED if -1 in orders else UNKNOWN if several or unsaid or None in orders else PROVED
        case _:
            raise AssertionError(name)
    return REFUTED if bad else PROVED


SEARCHED: tuple[PropertyName, ...] = ("complete", "disjoint", "reachable", "monotone", "contained", "boundary")


def true_witness(spec: Spec, name: PropertyName, witness: Witness, slash: str) -> bool:
    """Whether the case is as bad as the witness says, and the rows are those it says."""
    case, rows = witness.case, witness.rows
    if name == "reachable":
        return dead_row(spec, witness, slash)
    if set(case) != set(spec.by_name) or not in_domain(spec, case) or not spec.occurs(case):
        return False
    checks: dict[str, Callable[[], bool]] = {
        "complete": lambda: not rows and not spec.met(case, slash) and not spec.keeps(case),
        "disjoint": lambda: set(rows) <= set(spec.met(case, slash)) and rows[0] < rows[1] and spec.contradict(*rows),
        "boundary": lambda: spec.keeps(case) and spec.penalises(rows[0]) and spec.applies(rows[0], case, slash),
        "contained": lambda: spec.applies(rows[0], case, slash) and spec.within(rows[0], case) is False,
        "monotone": lambda: lighter_pair(spec, witness, slash),
    }
    return checks[name]()


def dead_row(spec: Spec, witness: Witness, slash: str) -> bool:
    dead, *by = witness.rows
    if dead not in spec.dead(slash) or not by:
        return dead in spec.dead(slash)
    case = witness.case
    return spec.occurs(case) and dead in spec.met(case, slash) and spec.applies(by[0], case, slash)


def lighter_pair(spec: Spec, witness: Witness, slash: str) -> bool:
    one, other = witness.case, witness.other
    if not in_domain(spec, other) or not spec.occurs(other):
        return False
    differing = [field for field in spec.fields if one[field.name] != other[field.name]]
    if len(differing) != 1 or not spec.graver(differing[0], other[differing[0].name], one[differing[0].name]):
        return False
    results = spec.result(one, slash), spec.result(other, slash)
    decided = [result[0] for result in results] == ["decided", "decided"]
    if not decided or spec.order(results[0][1][0], one, results[1][1][0], other) != -1:
        return False
    # Under the policy any, several rows with one result decide together.
    return all(
        row in spec.met(case, slash) and (row == result[1][0] or spec.policy is HitPolicy.ANY)
        for row, result, case in zip(witness.rows, results, (one, other), strict=True)
    )


def in_domain(spec: Spec, case: Case) -> bool:
    """Whether the package would say so, too: of bounded domains, the values are all known."""
    return all(
        case[field.name] in field.samples or field.domain in ("", ">= 0") or dense(field) for field in spec.fields
    )


def dense(field: Field) -> bool:
    return field.kind is InputKind.DECIMAL and field.step is None


def readings(table: Table) -> tuple[str, ...]:
    return ("or",) if table.other is None else ("or", "and")


def assert_true(spec: Spec, *, may_be_unknown: bool = False, sampled: bool = False) -> None:
    table = compile_table(spec.document())
    proofs = prove(table)
    for name in SEARCHED:
        found = proofs.properties[name]
        verdicts = {expected(spec, name, slash) for slash in readings(table)}
        wanted = verdicts.pop() if len(verdicts) == 1 else UNKNOWN
        accepted = {wanted, UNKNOWN} if may_be_unknown or sampled else {wanted}
        if sampled:
            # The samples may miss a bad case; a witness that is one is right all the same.
            accepted.add(REFUTED)
        assert found.verdict in accepted, (name, found, wanted)
        assert bool(found.witnesses) == (found.verdict is REFUTED)
        for witness in found.witnesses:
            assert true_witness(spec, name, witness, "or"), (name, witness)
        assert found.verdict is not UNKNOWN or found.reason is not None
    assert (proofs.properties["unambiguous"].verdict is PROVED) == (table.other is None)


@settings(small, max_examples=450)
@given(tables())
def test_every_verdict_is_what_looking_at_every_case_finds(spec: Spec) -> None:
    assert_true(spec)


@settings(small, max_examples=180)
@given(tables(slash=True))
def test_a_verdict_on_an_ambiguous_table_holds_under_both_readings(spec: Spec) -> None:
    assert_true(spec)


@settings(small, max_examples=180)
@given(decision_tables())
def test_decision_tables_of_every_hit_policy_are_judged_by_their_own_rules(spec: Spec) -> None:
    assert_true(spec)


@settings(small, max_examples=220)
@given(related_tables())
def test_relations_between_inputs_make_no_verdict_wrong(spec: Spec) -> None:
    # What several relations leave together is not always found.
    assert_true(spec, may_be_unknown=len(spec.relations) > 1)


@settings(small, max_examples=220)
@given(formula_tables())
def test_formulas_make_no_verdict_wrong(spec: Spec) -> None:
    assert_true(spec, sampled=True)


@settings(small, max_examples=120)
@given(st.one_of(tables(), related_tables(), formula_tables()), st.sampled_from([0, 1, 5, 20, 50, 150]))
def test_a_small_budget_makes_verdicts_unknown_and_never_others(spec: Spec, steps: int) -> None:
    table = compile_table(spec.document())
    full, hurried = prove(table), prove(table, steps=steps)
    for name, found in hurried.properties.items():
        wanted = full.properties[name].verdict
        assert found.verdict in {wanted, UNKNOWN} if wanted is not UNKNOWN else {UNKNOWN}, name
        for witness in found.witnesses:
            assert name not in SEARCHED or true_witness(spec, name, witness, "or"), (name, witness)
