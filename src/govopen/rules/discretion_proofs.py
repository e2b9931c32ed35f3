"""Rules on what can be proved of a discretion table (clause 2.3): one for each property.

A property that is refuted fails with the cases that refute it, a few of them. One that could be neither proved nor
refuted is undecidable, with the reason. Of a table that cannot be read DIS009 speaks.
"""

from __future__ import annotations

from typing import Any

import attrs

from govopen.discretion.properties import PropertyName, Verdict, Witness
from govopen.discretion.table import Table
from govopen.discretion.witness import say
from govopen.model.discretion import DiscretionTable, Graver, InputKind, TableInput
from govopen.rules.base import Case, RecordRule, Severity
from govopen.rules.context import Context, Dossier
from govopen.rules.discretion_common import ABOUT_TABLES, INTERVAL_WORDS, LAW, ended, examined, tabled
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable, Worded
from govopen.rules.samples_discretion import discretion_table
from govopen.texts import Text

__all__ = ["RULES"]

_GRADED = "panyu-2011:2.3/o3"
_LIMITED = "panyu-2011:2.3/o7"
_OURS = ""
_TOLD = 3
"""So many witnesses are told; ``govopen table check`` tells all."""

_WHOLE = tabled("基准齐全", "a whole table")
_FIRST, _SECOND, _THIRD = discretion_table().rows
(_TIMES,) = discretion_table().inputs
_ABUSE = TableInput(name="abuse", label="辱骂", kind=InputKind.BOOLEAN, graver=Graver.HIGHER)

_MESSAGES = {
    "ended": Text("该裁量基准已经失效。", "The table holds no more."),
    "unread": Text("裁量基准读不出，无从证明。", "The table cannot be read, so nothing can be proved of it."),
    "unknown": Text("无法判定：{reason}。", "It could not be found out: {reason}."),
    "found": Text("发现：{fault}。", "Found: {fault}."),
    "found_case": Text("情形为{told}：{fault}。", "In the case {told}: {fault}."),
    "found_cases": Text(
        "情形为{told}，与情节更重的（{told_other}）相比：{fault}。",
        "In the case {told}, held against the graver {told_other}: {fault}.",
    ),
}


def _worded(text: Text, facts: dict[str, str]) -> Worded:
    """A sentence of a proof, without its full stop: it goes into another one."""
    return Worded(Text(text.get("zh-Hans", **facts).rstrip("。"), text.get("en", **facts).rstrip(".")))


def _values(case: dict[str, Any], table: Table) -> tuple[str, ...]:
    """The case as conditions write it: ``times=3``."""
    return tuple(f"{axis.name}={axis.write(axis.place(case[axis.name]))}" for axis in table.axes if axis.name in case)


def _said(case: dict[str, Any], table: Table) -> Worded:
    """The case by the terms of its inputs: 受罚次数 3次."""
    return Worded(Text(say(table.axes, case, "zh-Hans"), say(table.axes, case, "en")))


def _told(witness: Witness, table: Table) -> Fail:
    facts: dict[str, Any] = {"fault": _worded(witness.message, witness.facts), "rows": witness.rows}
    if not witness.case:
        return Fail("found", **facts)
    facts |= {"case": _values(witness.case, table), "told": _said(witness.case, table)}
    if not witness.other:
        return Fail("found_case", **facts)
    facts |= {"other": _values(witness.other, table), "told_other": _said(witness.other, table)}
    return Fail("found_cases", **facts)


def _proof_rule(
    of: PropertyName, *, answers: str = _GRADED, basis: tuple[str, ...] = (), invalid: tuple[Case, ...], **about: Any
) -> RecordRule:
    """A rule that a table has one property.

    Args:
        of: The property.
        answers: The obligation: that there is a graded table, that its tiers have limits, or none. A table that
            cannot be read leaves the second undecided; of the others DIS009 speaks.
        basis: Law besides that of the clause.
        invalid: As of every rule.
        about: The rest of the rule.
    """
    unread = Undecidable("unread") if answers == _LIMITED else NotApplicable("unread")

    def check(dossier: Dossier[DiscretionTable], ctx: Context) -> Result:
        if ended(dossier.record, ctx):
            return NotApplicable("ended")
        found = examined(dossier, ctx)
        if found is None or found.table is None or found.proofs is None:
            return unread
        held = found.proofs.properties[of]
        if held.verdict is Verdict.PROVED:
            return None
        if held.verdict is Verdict.UNKNOWN:
            reason = held.reason or Text("未能查清", "it is not known why")
            return Undecidable("unknown", reason=_worded(reason, held.facts))
        table = found.table
        return [_told(witness, table) for witness in held.witnesses[:_TOLD]]

    return RecordRule(
        **ABOUT_TABLES,
        check=check,
        answers=(answers,) if answers else (),
        basis=(*LAW, *basis),
        matters=(INTERVAL_WORDS,),
        messages=_MESSAGES,
        valid=(_WHOLE,),
        invalid=invalid,
        **about,
    )


def _rows(zh: str, en: str, *rows: Any, **changes: Any) -> Case:
    return tabled(zh, en, rows=rows, **changes)


complete = _proof_rule(
    "complete",
    code="DIS011",
    name="discretion-table-complete",
    title=Text("应当处罚的情形都有裁量阶次", "Every case that the law penalises has a tier"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "落在各档次之外的案件，又回到没有基准的老路。",
        "A case that falls between the tiers is back where there was no table.",
    ),
    remedy=Text(
        "为所列情形补充档次；不可能发生的列入不可能的情形，合法的列入合法的情形。",
        "Add a tier for the case; if it cannot occur or keeps the law, list it as such.",
    ),
    invalid=(_rows("缺少一档", "a tier is missing", _FIRST, _THIRD),),
)

disjoint = _proof_rule(
    "disjoint",
    code="DIS012",
    name="discretion-table-disjoint",
    title=Text("裁量阶次互不重叠", "No case falls into two tiers that contradict each other"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "同一情形有两个档次，等于由经办人任选。",
        "Where a case has two tiers, whoever is in charge of it has the choice.",
    ),
    remedy=Text(
        "改写条件，使所列情形只符合一行；“以上”“以下”都含本数，相邻两档只能有一档含本数。",
        "Rewrite the conditions so that the case meets one row. Of two neighbouring tiers only one may include the "
        "number that they share.",
    ),
    invalid=(
        _rows(
            "相邻两档都含本数",
            "both neighbours include the number",
            _FIRST,
            attrs.evolve(_SECOND, when="受罚次数 2次以上3次以下"),
            _THIRD,
        ),
    ),
)

reachable = _proof_rule(
    "reachable",
    code="DIS013",
    name="discretion-tiers-reachable",
    title=Text("每个裁量阶次都有适用情形", "Every tier decides some case"),
    severity=Severity.MINOR,
    rationale=Text(
        "永远用不上的档次，多半是条件写错了。",
        "A tier that no case can meet is most often a condition written wrongly.",
    ),
    remedy=Text("更正该行的条件，或者删去该行。", "Correct the condition of the row, or delete the row."),
    invalid=(
        _rows(
            "条件自相矛盾",
            "a condition that contradicts itself",
            _FIRST,
            _SECOND,
            _THIRD,
            attrs.evolve(_THIRD, when="times > 4 and times < 5"),
        ),
    ),
)

unambiguous = _proof_rule(
    "unambiguous",
    code="DIS014",
    name="discretion-conditions-unambiguous",
    title=Text("裁量条件没有歧义", "Conditions of a discretion table have one reading"),
    severity=Severity.MINOR,
    rationale=Text(
        "用斜杠连接的条件，可以理解为“并且”，也可以理解为“或者”，结果可能相差一档。",
        "A slash between two conditions can be read as and or as or, and the tier may depend on it.",
    ),
    remedy=Text("把斜杠改写为“且”或者“或”。", "Write and, or or, in place of the slash."),
    invalid=(
        _rows(
            "用斜杠连接的条件",
            "a slash between conditions",
            attrs.evolve(_FIRST, when="times = 1 且 非 辱骂"),
            attrs.evolve(_SECOND, when="times = 2 / times = 1 且 辱骂"),
            _THIRD,
            inputs=(_TIMES, _ABUSE),
        ),
    ),
)

boundary = _proof_rule(
    "boundary",
    code="DIS015",
    name="discretion-table-spares-the-lawful",
    title=Text("合法的情形不受处罚", "No case that keeps the law is penalised"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "基准处罚了法律允许的行为，就是违法设定处罚。",
        "A table that penalises what the law allows makes law of its own.",
    ),
    remedy=Text(
        "改写该行的条件，使之不包括合法的情形。", "Rewrite the condition of the row so that it leaves the case out."
    ),
    invalid=(tabled("合法的情形也受处罚", "a lawful case is penalised", lawful=("times = 1",)),),
)

monotone = _proof_rule(
    "monotone",
    code="DIS016",
    name="discretion-table-monotone",
    title=Text("情节越重处罚不越轻", "Graver facts never give a lighter penalty"),
    basis=("penalty-2021:5",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "情节更重反而罚得更轻，过罚就不相当。",
        "Where graver facts are fined less, penalties do not fit the acts.",
    ),
    remedy=Text(
        "对照两种情形调整幅度；事实的轻重方向写错的，更正轻重方向。",
        "Compare the two cases and adjust the outcomes, or the direction in which the fact becomes graver.",
    ),
    invalid=(
        _rows(
            "次数多的罚得少",
            "more penalties, a lesser fine",
            _FIRST,
            attrs.evolve(_SECOND, outcome="10000元以上20000元以下"),
            attrs.evolve(_THIRD, outcome="5000元以上10000元以下"),
        ),
    ),
)

contained = _proof_rule(
    "contained",
    code="DIS017",
    name="discretion-tiers-within-the-law",
    title=Text("裁量阶次不超出法定幅度", "No tier leaves the statutory range"),
    answers=_LIMITED,
    basis=("penalty-2021:32", "penalty-2021:33", "penalty-2021:34"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "基准只能细化法律，不能突破法律；低于最低限的，须有减轻的法定依据。",
        "A table may narrow the law and not break it. What lies below the floor needs a ground in law.",
    ),
    remedy=Text(
        "把该行的幅度调整到法定幅度之内；减轻处罚的，注明减轻及其法定依据。",
        "Bring the outcome of the row inside the range; if it is mitigated, mark it so and name the ground in law.",
    ),
    invalid=(
        _rows(
            "超过最高限", "above the ceiling", _FIRST, _SECOND, attrs.evolve(_THIRD, outcome="10000元以上30000元以下")
        ),
        _rows("低于最低限", "below the floor", attrs.evolve(_FIRST, outcome="1000元以上5000元以下"), _SECOND, _THIRD),
        _rows(
            "法律没有规定的并处",
            "a further penalty of its own",
            _FIRST,
            _SECOND,
            attrs.evolve(_THIRD, further=("吊销许可证",)),
        ),
    ),
)

worded_as_published = _proof_rule(
    "wording",
    code="DIS018",
    name="discretion-table-as-published",
    title=Text("公布的文字与所适用的条件、幅度一致", "The published wording says what the table says"),
    answers=_OURS,
    severity=Severity.ADVICE,
    rationale=Text(
        "公布的是一套，适用的是另一套，等于没有公布。",
        "Where one thing is published and another applied, nothing is published.",
    ),
    remedy=Text(
        "对照公布的原文更正表内的条件和幅度；读不出的原文请人工核对。",
        "Compare with the text as published and correct the table; where the text cannot be read, compare by hand.",
    ),
    invalid=(
        _rows(
            "原文是另一个数",
            "published with another number",
            attrs.evolve(_FIRST, outcome_wording="处二千元以上六千元以下罚款"),
            _SECOND,
            _THIRD,
        ),
    ),
)

RULES = (complete, disjoint, reachable, unambiguous, boundary, monotone, contained, worded_as_published)
"""The rules of this module."""
