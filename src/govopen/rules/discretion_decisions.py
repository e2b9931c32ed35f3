"""Rules on decisions under a discretion table (clause 2.3).

The subject is the table, which brings its decisions along; each decision that something is said of has a verdict of
its own. A decision on a table that the unit does not have, or did not have by the legal day, no rule sees: the check
says how many there are (a notice on records that no rule has looked at).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from govopen.discretion.deciding import Decision
from govopen.discretion.penalties import Penalty
from govopen.discretion.table import Table, version_of
from govopen.errors import InputError
from govopen.model.base import filled
from govopen.model.discretion import DecidedFact, DiscretionTable, PenaltyDecision
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.discretion_common import ABOUT_TABLES, INTERVAL_WORDS, LAW, examined
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable, Verdict
from govopen.rules.samples_discretion import benchmark, penalty_decision
from govopen.texts import Text

__all__ = ["RULES"]

_NONE = NotApplicable("none")
_NONE_TEXT = Text("没有依照该基准作出的决定。", "There is no decision under the table.")
_DECISIONS = (Reads(PenaltyDecision, by="table"),)
_ABOUT: dict[str, Any] = {**ABOUT_TABLES, "reads": _DECISIONS, "basis": (*LAW, "penalty-2021:5")}


def _case(zh: str, en: str, **changes: Any) -> Case:
    """The exemplary decision with these changes, under the exemplary table."""
    return Case(Text(zh, en), (*benchmark(), penalty_decision(**changes)), samples.YEAR_END)


_WHOLE = _case("决定齐全", "a whole decision")
_OF_ONE = (DecidedFact(name="times", value="1"),)


def _imposed(penalty: Penalty, found: Decision, table: Table, case: Mapping[str, object]) -> Penalty | None:
    """The penalty in CNY for this case; ``None`` where the record does not say of what it is a multiple."""
    if penalty.kind == "formula":
        amount = found.amount
        return None if amount is None else attrs.evolve(penalty, low=amount, high=amount)
    if penalty.kind not in ("multiple", "rate"):
        return penalty
    of = penalty.of
    bases = [
        value
        for axis in table.axes
        if of
        and of in ((axis.name, axis.label) if penalty.kind == "multiple" else (axis.unit,))
        and isinstance(value := case.get(axis.name), int | Decimal)
    ]
    if len(bases) != 1:
        return None
    base = Decimal(bases[0])
    return attrs.evolve(penalty, low=penalty.low * base, high=None if penalty.high is None else penalty.high * base)


def _within_tier(decision: PenaltyDecision, table: Table) -> Verdict | None:
    """What is to be said of one decision, held against the row that its facts meet."""
    about: dict[str, Any] = {"decision": decision.id}
    if decision.version and decision.version != table.digest:
        return Undecidable("other_version", **about)
    facts = {fact.name: fact.value for fact in decision.facts}
    if len(facts) < len(decision.facts):
        # Stated twice: nobody knows which of the two was found.
        return Undecidable("unreadable_facts", problems=len(decision.facts) - len(facts), **about)
    try:
        case = table.read_case(facts)
        found = table.decide(case)
    except InputError as error:
        return Undecidable("unreadable_facts", problems=len(error.problems) or 1, **about)
    if found.row is None or found.penalty is None:
        return _no_single_row(found, about)
    about["row"] = found.row.number
    if decision.tier not in (None, found.row.number):
        return Fail("other_row", tier=decision.tier, **about)
    return _within(decision, _imposed(found.penalty, found, table, case), about)


def _no_single_row(found: Decision, about: Mapping[str, Any]) -> Verdict:
    if found.missing:
        return Undecidable("facts_missing", inputs=found.missing, **about)
    if found.status == "no_row":
        return Fail("no_row", **about)
    message = {"conflict": "conflict", "decided": "several"}.get(found.status, "ambiguous")
    return Undecidable(message, rows=found.rows, **about)


def _within(decision: PenaltyDecision, penalty: Penalty | None, about: Mapping[str, Any]) -> Verdict | None:
    """Whether fine and further penalties are those of the tier."""
    amount = decision.amount_yuan
    if amount is None:
        return Undecidable("no_amount", **about)
    if penalty is None:
        return Undecidable("no_base", **about)
    if not (amount == 0 if penalty.nil else penalty.allows(amount)):
        return Fail("outside", amount=amount, outcome=penalty.text, **about)
    return None if set(decision.further) <= set(penalty.further) else Fail("further", **about)


@rule(
    **_ABOUT,
    code="DIS031",
    name="decision-within-its-tier",
    title=Text("处罚决定在适用的裁量阶次之内", "A decision keeps to the tier that its facts meet"),
    matters=(INTERVAL_WORDS,),
    answers=("panyu-2011:2.3/o7",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "基准定了档次而决定不按档次，裁量就没有被规范。",
        "Where tiers are laid down and decisions do not keep to them, discretion is not under rules.",
    ),
    remedy=Text(
        "运行 govopen table eval，用认定的事实重新适用基准；决定有误的依法纠正，记录有误的更正记录。",
        "Apply the table to the facts anew with govopen table eval; correct the decision as the law provides, or the "
        "record if that is what errs.",
    ),
    messages={
        "none": _NONE_TEXT,
        "unreadable_table": Text(
            "裁量基准无法读取，不能核对依照它作出的决定：{decisions}。",
            "The table cannot be read, so that decisions under it cannot be held against it: {decisions}.",
        ),
        "other_version": Text(
            "决定{decision}适用的不是这一版本的基准，无法核对。",
            "Decision {decision} applied another version of the table, so it cannot be held against this one.",
        ),
        "unreadable_facts": Text(
            "决定{decision}认定的事实有{problems}处不是该基准的事实。",
            "Of the facts of decision {decision} some are none of the table's: {problems}.",
        ),
        "facts_missing": Text(
            "决定{decision}没有认定以下事实，无法判定适用哪一行：{inputs}。",
            "Decision {decision} does not state these facts, so nobody can tell which row applies: {inputs}.",
        ),
        "no_row": Text(
            "决定{decision}认定的事实不符合基准的任何一行。",
            "The facts of decision {decision} meet no row of the table.",
        ),
        "conflict": Text(
            "决定{decision}认定的事实同时符合相互冲突的行：{rows}。",
            "The facts of decision {decision} meet rows that contradict each other: {rows}.",
        ),
        "several": Text(
            "该基准对决定{decision}同时适用多行，无法逐行核对：{rows}。",
            "To decision {decision} several rows of the table apply together, so it is held against none: {rows}.",
        ),
        "ambiguous": Text(
            "决定{decision}适用哪一行，取决于有歧义的条件怎样理解：{rows}。",
            "Which row decision {decision} falls under depends on how an ambiguous condition is read: {rows}.",
        ),
        "other_row": Text(
            "决定{decision}适用第{tier}行；按认定的事实应当适用第{row}行。",
            "Decision {decision} applied row {tier}; by its facts row {row} applies.",
        ),
        "no_amount": Text(
            "决定{decision}没有填写罚款金额，无法与第{row}行核对；没有罚款的填写0。",
            "Decision {decision} states no fine, so it cannot be held against row {row}. Enter 0 if there is none.",
        ),
        "no_base": Text(
            "第{row}行按倍数或者单位计算，决定{decision}没有记录基数。",
            "Row {row} is a multiple or a rate, and decision {decision} does not record of what.",
        ),
        "outside": Text(
            "决定{decision}罚款{amount}元，而按认定的事实适用第{row}行：{outcome}。",
            "Decision {decision} imposes CNY {amount}; row {row}, which its facts meet, provides for {outcome}.",
        ),
        "further": Text(
            "决定{decision}并处了第{row}行没有规定的处罚。",
            "Decision {decision} imposes a further penalty that row {row} does not provide for.",
        ),
    },
    valid=(
        _WHOLE,
        _case("幅度的上限", "the end of the range", amount_yuan=Decimal(10000)),
        Case(Text("没有决定", "no decision"), benchmark(), samples.YEAR_END),
    ),
    invalid=(
        _case("超出幅度", "above the range", amount_yuan=Decimal(12000)),
        _case("适用了另一行", "another row", tier=3, amount_yuan=Decimal(12000)),
        _case("低于幅度", "below the range", facts=_OF_ONE, tier=1, amount_yuan=Decimal(1000)),
        _case("没有规定的并处", "a further penalty of its own", further=("吊销许可证",)),
    ),
)
def decision_within_tier(dossier: Dossier[DiscretionTable], ctx: Context) -> Result:
    """The table decides the recorded facts anew; row, fine and further penalties are held against that."""
    decisions = dossier.related(PenaltyDecision)
    if not decisions:
        return _NONE
    found = examined(dossier, ctx)
    if found is None or found.table is None:
        return Undecidable("unreadable_table", decisions=tuple(decision.id for decision in decisions))
    table = found.table
    said = [verdict for decision in decisions if (verdict := _within_tier(decision, table)) is not None]
    return said or None


@rule(
    **_ABOUT,
    code="DIS032",
    name="decision-has-reasons",
    title=Text("处罚决定写明裁量理由", "A decision gives the reasons for its tier"),
    answers=("panyu-2011:2.3/o2",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有理由的裁量，当事人无从陈述申辩，复议和诉讼也无从审查。",
        "Without reasons nobody can answer to a decision, and no review can examine it.",
    ),
    remedy=Text("补录决定书中的裁量理由。", "Enter the reasons that the decision gives."),
    messages={
        "none": _NONE_TEXT,
        "no_reasons": Text("决定{decision}没有裁量理由。", "Decision {decision} gives no reasons."),
    },
    valid=(_WHOLE,),
    invalid=(
        _case("没有理由", "no reasons", reasons=""),
        _case("理由只有空格", "blanks only", reasons="\u3000"),
    ),
)
def decision_has_reasons(dossier: Dossier[DiscretionTable], ctx: Context) -> Result:
    """Whether they are good ones the review of files tells (DIS002)."""
    decisions = dossier.related(PenaltyDecision)
    if not decisions:
        return _NONE
    return [Fail("no_reasons", decision=decision.id) for decision in decisions if not filled(decision.reasons)] or None


def _table_applied(decision: PenaltyDecision, table: DiscretionTable, version: str) -> Verdict | None:
    about: dict[str, Any] = {"decision": decision.id}
    if decision.version and decision.version != version:
        return Fail("other_version", **about)
    if decision.acted_on is None:
        return Undecidable("undated", **about)
    in_force = table.in_force_on(decision.acted_on)
    if in_force is None:
        return Undecidable("table_undated", **about)
    return None if in_force else Fail("not_in_force", acted_on=decision.acted_on, **about)


@rule(
    **_ABOUT,
    code="DIS033",
    name="decision-applies-table-of-its-day",
    title=Text("处罚决定适用行为时有效的裁量基准", "A decision applies the table that held on the day of the act"),
    answers=("panyu-2011:2.3/o2",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "适用行为以后才施行或者此前已经失效的基准，等于没有基准。",
        "A table that came later, or had ended before, is no table for the act.",
    ),
    remedy=Text(
        "核对行为日期和所适用的基准版本，更正记录；决定有误的依法纠正。因新基准较轻而适用的，写明理由并申请豁免。",
        "Check the date of the act and the version applied, and correct the record, or the decision as the law "
        "provides. Where a later table was applied because it is lighter, say so in the reasons and ask for a waiver.",
    ),
    messages={
        "none": _NONE_TEXT,
        "other_version": Text(
            "决定{decision}所记的基准版本（SHA-256）不是该基准。",
            "The version (SHA-256) that decision {decision} names is not this table.",
        ),
        "undated": Text(
            "决定{decision}没有行为日期，无法判定当时适用哪个基准；请补录。",
            "Decision {decision} has no date of the act, so nobody can tell which table held. Enter it.",
        ),
        "table_undated": Text(
            "基准没有施行日期，无法判定决定{decision}的行为当时是否适用；请补录。",
            "It is not recorded from when the table holds, so nobody can tell whether it held for the act of decision "
            "{decision}. Enter the date.",
        ),
        "not_in_force": Text(
            "决定{decision}的行为发生在{acted_on}，当时该基准没有施行或者已经失效。",
            "The act of decision {decision} is of {acted_on}, and the table did not hold that day.",
        ),
    },
    valid=(
        _WHOLE,
        _case("施行当日的行为", "an act of the first day", acted_on=dt.date(2011, 5, 1)),
    ),
    invalid=(
        _case("施行之前的行为", "an act of the day before", acted_on=dt.date(2011, 4, 30)),
        _case("另一版本", "another version", version="0" * 64),
    ),
)
def decision_applies_table_of_its_day(dossier: Dossier[DiscretionTable], ctx: Context) -> Result:
    """Version and dates; that a lighter later table may reach back (penalty law of 2021, article 37) it cannot tell."""
    decisions = dossier.related(PenaltyDecision)
    if not decisions:
        return _NONE
    table = dossier.record
    version = version_of(table)
    return [
        verdict for decision in decisions if (verdict := _table_applied(decision, table, version)) is not None
    ] or None


RULES = (decision_within_tier, decision_has_reasons, decision_applies_table_of_its_day)
"""The rules of this module."""
