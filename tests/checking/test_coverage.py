"""Coverage is static: of an instrument and rules, without records."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from govopen.checking.coverage import Answer, coverage
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.policy.instrument import Body, Check, Clause, Force, Instrument, InstrumentKind, Obligation
from govopen.texts import Text

ANY = Text("有", "something")


def instrument(*checks: Check) -> Instrument:
    import datetime as dt

    obligations = tuple(
        Obligation(id=f"o{number}", text=ANY, force=Force.SHALL, check=check, area="catalog")
        for number, check in enumerate(checks, 1)
    )
    return Instrument(
        id="city-2012",
        kind=InstrumentKind.PLAN,
        title=ANY,
        issuer=ANY,
        document_number="1",
        issued_on=dt.date(2012, 1, 1),
        in_force_from=dt.date(2012, 1, 1),
        verified=True,
        source="invented",
        bodies={"all": Body(name=ANY)},
        clauses=(Clause(id="1", heading=ANY, gist=ANY, obligations=obligations),),
    )


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        (Check.AUTO, [], Answer.UNMAPPED),
        (Check.AUTO, [Check.AUTO], Answer.RULES),
        (Check.AUTO, [Check.EVIDENCE], Answer.DOWNGRADED),
        (Check.AUTO, [Check.JUDGEMENT], Answer.DOWNGRADED),
        (Check.AUTO, [Check.AUTO, Check.EVIDENCE], Answer.RULES),
        (Check.EVIDENCE, [Check.EVIDENCE], Answer.EVIDENCE),
        (Check.EVIDENCE, [Check.AUTO, Check.EVIDENCE], Answer.EVIDENCE),
        (Check.EVIDENCE, [Check.AUTO], Answer.RULES),
        (Check.EVIDENCE, [Check.JUDGEMENT], Answer.DOWNGRADED),
        (Check.JUDGEMENT, [Check.JUDGEMENT], Answer.JUDGEMENT),
        (Check.JUDGEMENT, [Check.EVIDENCE], Answer.DOWNGRADED),
        (Check.JUDGEMENT, [], Answer.UNMAPPED),
    ],
)
def test_an_obligation_is_answered_as_its_kind_asks_or_it_is_said_so(
    a_rule: Any, asked: Check, answered: list[Check], expected: Answer
) -> None:
    rules = [
        a_rule(lambda d, c: None, f"TST00{number}", kind=kind, subject=Unit) for number, kind in enumerate(answered)
    ]
    (entry,) = coverage(instrument(asked), rules).obligations
    assert entry.answer is expected
    assert entry.rules == tuple(rule.code for rule in rules)


def test_the_summary_counts_an_instrument_or_a_clause_with_those_below_it(a_rule: Any) -> None:
    law = instrument(Check.AUTO, Check.AUTO)
    below = attrs.evolve(law.clauses[0], id="1.1")
    other = attrs.evolve(law.clauses[0], id="11")
    whole = coverage(attrs.evolve(law, clauses=(*law.clauses, below, other)), [a_rule(lambda d, c: None)])
    assert whole.summary()[Answer.UNMAPPED] == 5
    assert whole.summary("1") == {**dict.fromkeys(Answer, 0), Answer.RULES: 1, Answer.UNMAPPED: 3}
    assert [str(entry.citation) for entry in whole.obligations][:2] == ["city-2012:1/o1", "city-2012:1/o2"]
    assert whole.obligations[2].citation == Citation("city-2012", "1.1", "o1")
