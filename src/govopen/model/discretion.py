"""Discretion tables (裁量权基准) as documents, and the decisions made under them (clause 2.3).

A table is kept as people write it: conditions and outcomes are short texts in a small language. What they mean is for
``govopen.discretion``, which compiles, proves and applies them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

import attrs

from govopen.model.base import Record, Term, within
from govopen.texts import Label

__all__ = [
    "Aggregation",
    "DecidedFact",
    "DiscretionTable",
    "Graver",
    "HitPolicy",
    "InputKind",
    "Mode",
    "PenaltyDecision",
    "StatutoryRange",
    "TableInput",
    "TableOutput",
    "TableRow",
]


class InputKind(Label):
    """What the values of an input or output are."""

    INTEGER = "integer", "整数", "whole number"
    DECIMAL = "decimal", "小数", "decimal number"
    MONEY = "money", "金额", "money"
    DATE = "date", "日期", "date"
    DURATION = "duration", "期间", "duration"
    BOOLEAN = "boolean", "是否", "yes or no"
    ENUMERATION = "enumeration", "列举", "one of a list"
    TEXT = "text", "文字", "text"


class Graver(Label):
    """In which direction the facts of an input become graver."""

    HIGHER = "higher", "越高越重", "the higher, the graver"
    LOWER = "lower", "越低越重", "the lower, the graver"
    NEITHER = "neither", "与轻重无关", "neither"


class HitPolicy(Label):
    """Which of the rows that a case meets decide (DMN)."""

    UNIQUE = "unique", "唯一", "unique"
    ANY = "any", "任一", "any"
    PRIORITY = "priority", "优先", "priority"
    FIRST = "first", "首行", "first"
    RULE_ORDER = "rule_order", "按行列出", "rule order"
    OUTPUT_ORDER = "output_order", "按结果列出", "output order"
    COLLECT = "collect", "汇集", "collect"


class Aggregation(Label):
    """How the collected outputs become one (DMN)."""

    SUM = "sum", "合计", "sum"
    MIN = "min", "最小", "least"
    MAX = "max", "最大", "greatest"
    COUNT = "count", "计数", "count"


class Mode(Label):
    """How a tier stands to the statutory range."""

    LIGHTER = "lighter", "从轻", "lighter"
    ORDINARY = "ordinary", "一般", "ordinary"
    HEAVIER = "heavier", "从重", "heavier"
    MITIGATED = "mitigated", "减轻", "mitigated"
    NONE = "none", "不予处罚", "no penalty"


@attrs.frozen(kw_only=True)
class TableInput:
    """A fact that the table asks for.

    Attributes:
        name: As conditions write it: ``times``.
        label: The field's term: 一年内受罚次数. Conditions may use it, too.
        unit: What is counted: 次, 立方米, 元; for durations days, months or years.
        domain: Which values there are, as a condition writes them: ``>= 1``, ``[0..1]``.
        step: The smallest difference between two decimals; ``None``: there is none, any decimal can occur.
        values: Of an enumeration, in their order.
        graver: ``None``: nobody has said.
    """

    name: Annotated[str, Term("名称", "name", example="times")]
    label: Annotated[str, Term("事实", "fact", example="一年内受罚次数")] = ""
    kind: Annotated[InputKind, Term("类型", "kind", example="integer")]
    unit: Annotated[str, Term("单位", "unit", example="次")] = ""
    domain: Annotated[str, Term("取值范围", "domain", example=">= 1")] = ""
    step: Annotated[Decimal | None, Term("最小差", "step", example="0.01")] = None
    values: Annotated[tuple[str, ...], Term("取值", "values", example="轻微; 一般; 严重")] = ()
    graver: Annotated[Graver | None, Term("轻重方向", "graver", example="higher")] = None


@attrs.frozen(kw_only=True)
class TableOutput:
    """A column of results of a decision table that is no table of penalties.

    Attributes:
        values: Which there are; for the policies priority and output order, the first comes first.
        default: The result where no row is met; blank: there is none.
    """

    name: Annotated[str, Term("名称", "name", example="fee")] = ""
    label: Annotated[str, Term("结果", "result")] = ""
    kind: Annotated[InputKind, Term("类型", "kind", example="text")]
    values: Annotated[tuple[str, ...], Term("取值", "values")] = ()
    default: Annotated[str, Term("无适用行时", "default")] = ""


@attrs.frozen(kw_only=True)
class StatutoryRange:
    """What the law allows: the outcomes between which discretion may choose.

    Attributes:
        citation: Law and article.
        since: From which day it holds; a table cannot rest on a range that nobody has dated.
        until: Last day; ``None``: it still holds.
        when: For which cases; blank: for all. 情节严重 often has a range of its own.
        outcome: 二千元以上二万元以下; 1倍以上3倍以下; 每平方米1000元.
        further: Further penalties that the law permits besides: 没收违法所得.
        verified: Whether somebody read it in a copy of the law.
    """

    citation: Annotated[str, Term("依据", "citation", example="某条例第十条")]
    since: Annotated[dt.date, Term("起始日期", "since")]
    until: Annotated[dt.date | None, Term("截止日期", "until (last day)")] = None
    when: Annotated[str, Term("适用情形", "when")] = ""
    outcome: Annotated[str, Term("法定幅度", "statutory range", example="2000元以上20000元以下")]
    further: Annotated[tuple[str, ...], Term("可并处", "further penalties permitted")] = ()
    verified: Annotated[bool, Term("已核对", "verified", example="true")] = False


@attrs.frozen(kw_only=True)
class TableRow:
    """A tier: for which cases, and what follows.

    Attributes:
        when: The condition: ``times = 1 and not abuse``, 次数 3次以上; ``-``: any case.
        wording: The condition as published; held against ``when``.
        outcome: 2000元; 1000元以上3000元以下; 2倍; 每平方米1000元; 不予处罚; ``formula: 1000 + 200 * (times - 1)``.
        outcome_wording: The outcome as published; held against ``outcome``.
        further: Further penalties: 没收违法所得.
        ground: The tier's own statutory ground, without which nothing may be mitigated below the range.
        citation: The clause of the benchmark that the row restates.
        outputs: The results, one for each output, of a table that is none of penalties.
    """

    tier: Annotated[str, Term("裁量阶次", "tier", example="轻微")] = ""
    when: Annotated[str, Term("适用条件", "conditions", example="times = 1")]
    wording: Annotated[str, Term("条件原文", "conditions as published")] = ""
    outcome: Annotated[str, Term("裁量幅度", "outcome", example="2000元")] = ""
    outcome_wording: Annotated[str, Term("幅度原文", "outcome as published")] = ""
    further: Annotated[tuple[str, ...], Term("并处", "further penalties")] = ()
    mode: Annotated[Mode | None, Term("从轻从重", "mode", example="ordinary")] = None
    ground: Annotated[str, Term("减免依据", "ground of mitigation")] = ""
    citation: Annotated[str, Term("条款", "citation")] = ""
    outputs: Annotated[tuple[str, ...], Term("结果", "results")] = ()


@attrs.frozen(kw_only=True)
class DiscretionTable(Record):
    """One version of the table that narrows the statutory range of an enforcement power to tiers.

    With ``outputs`` it is a decision table of another kind: without penalties, and without a statutory range.

    Attributes:
        power: Identifier of the information item that lists the enforcement power.
        item: Identifier of the information item by which the table is published.
        since: First day on which acts are judged by it.
        impossible: Cases that cannot occur.
        lawful: Cases that keep the law; whatever meets none of them is penalised.
    """

    unit: Annotated[str, Term("单位", "unit")] = ""
    title: Annotated[str, Term("名称", "title", text=True)] = ""
    power: Annotated[str, Term("执法职权编号", "enforcement power")] = ""
    item: Annotated[str, Term("公布条目编号", "information item that publishes it")] = ""
    document_number: Annotated[str, Term("文号", "document number")] = ""
    issued_on: Annotated[dt.date | None, Term("印发日期", "issued on")] = None
    since: Annotated[dt.date | None, Term("施行日期", "in force from")] = None
    until: Annotated[dt.date | None, Term("失效日期", "until (last day)")] = None
    hit_policy: Annotated[HitPolicy, Term("命中策略", "hit policy", example="unique")] = HitPolicy.UNIQUE
    aggregation: Annotated[Aggregation | None, Term("汇集方式", "aggregation")] = None
    inputs: Annotated[tuple[TableInput, ...], Term("事实", "inputs", repeat=4)] = ()
    outputs: Annotated[tuple[TableOutput, ...], Term("结果", "outputs")] = ()
    impossible: Annotated[tuple[str, ...], Term("不可能的情形", "cases that cannot occur")] = ()
    lawful: Annotated[tuple[str, ...], Term("合法的情形", "cases that keep the law")] = ()
    statute: Annotated[tuple[StatutoryRange, ...], Term("法定幅度", "statutory ranges", repeat=1)] = ()
    rows: Annotated[tuple[TableRow, ...], Term("裁量阶次", "rows", repeat=5)] = ()

    def in_force_on(self, day: dt.date) -> bool | None:
        """Whether acts of that day are judged by it; ``None``: nobody has said from when it holds."""
        return None if self.since is None else within(day, self.since, self.until)


@attrs.frozen(kw_only=True)
class DecidedFact:
    """A fact as the decision found it: the name of an input, and its value as a condition writes it."""

    name: Annotated[str, Term("事实", "fact", example="times")]
    value: Annotated[str, Term("认定", "value", example="2")]


@attrs.frozen(kw_only=True)
class PenaltyDecision(Record):
    """A decision to penalise, or not to: under which table, on which facts, with what result.

    Who was penalised stands nowhere in it.

    Attributes:
        table: Identifier of the discretion table.
        version: SHA-256 of the table as it was applied; blank: nobody noted it.
        acted_on: Date of the act, which picks the law and the table.
        tier: Number of the row that was applied, from 1.
        amount_yuan: The fine. Zero is none; a blank says nothing.
    """

    unit: Annotated[str, Term("单位", "unit")]
    table: Annotated[str, Term("裁量基准编号", "discretion table")]
    version: Annotated[str, Term("裁量基准版本（SHA-256）", "version (SHA-256)")] = ""
    acted_on: Annotated[dt.date | None, Term("行为日期", "date of the act")] = None
    decided_on: Annotated[dt.date, Term("决定日期", "decided on")]
    facts: Annotated[tuple[DecidedFact, ...], Term("认定事实", "facts", repeat=3)] = ()
    tier: Annotated[int | None, Term("适用行", "row applied", example="2")] = None
    amount_yuan: Annotated[Decimal | None, Term("罚款（元）", "fine (CNY)", example="2000.00")] = None
    further: Annotated[tuple[str, ...], Term("并处", "further penalties")] = ()
    reasons: Annotated[str, Term("裁量理由", "reasons", text=True)] = ""
