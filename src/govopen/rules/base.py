"""What a rule is: a pure function over a dossier, with the law it rests on and its own cases."""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeVar

import attrs

from govopen.errors import RuleError
from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.units import Duty
from govopen.policy.citation import Citation
from govopen.policy.instrument import Check
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Result
from govopen.texts import Label, Text

__all__ = ["Case", "FoldRule", "Parameter", "Reads", "RecordRule", "Rule", "Severity", "fold_rule", "rule"]

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=Record)
A = TypeVar("A")

CODE_PATTERN = re.compile(r"(?P<prefix>[A-Z]{2,8})(?P<number>\d{3})")


class Severity(Label):
    """How grave a failure is. The order of the members is from the gravest down."""

    CRITICAL = "critical", "重大", "critical"
    SERIOUS = "serious", "严重", "serious"
    MINOR = "minor", "一般", "minor"
    ADVICE = "advice", "提示", "advice"

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@attrs.frozen
class Reads:
    """That a rule reads the records of ``cls`` whose field ``by`` holds the root record's identifier.

    Attributes:
        by: An index of the record type, or ``"unit"`` for all records of the unit.
        equals: A field of the root record that holds what ``by`` holds; blank: its identifier. Both then point at the
            same third record. The related records of all roots are held together, so the roots have to be few.
    """

    cls: type[Record]
    by: str
    equals: str = ""

    @property
    def way(self) -> str:
        """By what the records are found, for messages: ``item``, ``item = document``."""
        return f"{self.by} = {self.equals}" if self.equals else self.by


@attrs.frozen(kw_only=True)
class Parameter:
    """A threshold of a rule that a workspace may set.

    Attributes:
        default: The value unless the workspace sets one; its type is the parameter's type.
        unit: What it counts: ``calendar days``.
        minimum: The least value that makes sense; ``None``: any.
        tightening: In which direction a workspace may move it; ``"either"`` where no law sets the value.
        basis: Citation of the law that sets it; empty: it is our own setting, and the output says so.
    """

    name: str
    title: Text
    default: int | Decimal | bool | str
    unit: str = ""
    minimum: int | Decimal | None = None
    tightening: Literal["lower", "higher", "either"] = "either"
    basis: str = ""
    verified: bool = True


def _records(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(records)


def _cases(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(cases)


@attrs.frozen
class Case:
    """An example of a rule: records of one unit, and the day they are looked at.

    Where no unit is among the records, an exemplary department stands for it.
    """

    name: Text
    records: tuple[Record, ...] = attrs.field(converter=_records)
    as_of: dt.date


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _citations(values: Iterable[str | Citation]) -> tuple[Citation, ...]:
    return tuple(value if isinstance(value, Citation) else Citation.parse(value) for value in values)


@attrs.frozen(kw_only=True, eq=False)
class Rule:
    """What every rule states about itself.

    Attributes:
        code: Area letters and number, stable for ever: ``SEC002``. Each plugin owns a prefix.
        name: Speaking name, hyphenated.
        subject: The class of the root record.
        answers: The obligations for which the rule is necessary; none: it only advises.
        basis: The law it applies: citations.
        matters: The matters of law that it resolves by the date of the act.
        kind: Whether it decides from records, asks for evidence, or for a judgement.
        messages: What it can say, by key; facts fill the places.
        duty: What a unit must have for the rule to find subjects, and what a nil return can name.
        excusable: Whether a unit whose stated duties lack ``duty`` is not concerned; what comes in from others, such as
            requests, concerns every unit.
        category: For information items: only entries of this category are subjects.
        when: Only records for which this holds are subjects.
        reads: Related records that it reads.
        protected: Can be neither waived nor baselined (secrecy and clearance).
        valid: Records that keep the rule.
        invalid: Records that break this rule's obligations and no others.
    """

    code: str
    name: str
    title: Text
    subject: type[Record]
    answers: tuple[Citation, ...] = attrs.field(converter=_citations, default=())
    basis: tuple[Citation, ...] = attrs.field(converter=_citations, default=())
    matters: tuple[str, ...] = ()
    kind: Check = Check.AUTO
    severity: Severity
    rationale: Text
    remedy: Text
    messages: Mapping[str, Text]
    parameters: tuple[Parameter, ...] = ()
    duty: Duty | None = None
    excusable: bool = True
    category: Category | None = None
    when: Callable[[Any], bool] | None = None
    reads: tuple[Reads, ...] = ()
    protected: bool = False
    valid: tuple[Case, ...] = attrs.field(converter=_cases)
    invalid: tuple[Case, ...] = attrs.field(converter=_cases)

    def __attrs_post_init__(self) -> None:
        if CODE_PATTERN.fullmatch(self.code) is None:
            raise RuleError(
                "'{code}' is not a rule code.", hint="Write area letters and three digits: SEC002.", code=self.code
            )
        given: object = self.severity
        if not isinstance(given, Severity):
            raise RuleError(
                "Rule {code} has a severity that is none.",
                hint="Write one of Severity: {known}.",
                code=self.code,
                known=", ".join(f"Severity.{entry.name}" for entry in Severity),
            )
        if not self.valid or not self.invalid:
            raise RuleError(
                "Rule {code} has no valid case or no invalid case.",
                hint="A rule is only as good as its examples: give it at least one of each.",
                code=self.code,
            )
        for key, text in self.messages.items():
            if _places(text.zh) != _places(text.en):
                raise RuleError(
                    "Message '{key}' of rule {code} has other places in zh than in en.", code=self.code, key=key
                )
        if self.category is not None and self._dispatched is not InformationItem:
            raise RuleError("Rule {code} names a category, but is not about information items.", code=self.code)

    @property
    def prefix(self) -> str:
        """The letters of the code."""
        return self.code[:-3]

    @property
    def _dispatched(self) -> type[Record]:
        """The class of the records that category and ``when`` choose from."""
        return self.subject


@attrs.frozen(kw_only=True, eq=False)
class RecordRule(Rule):
    """A rule about one record and what is related to it."""

    check: Callable[[Dossier[Any], Context], Result]


@attrs.frozen(kw_only=True, eq=False)
class FoldRule(Rule):
    """A rule about a roster record (``subject``) and what many records (``over``) add up to.

    Attributes:
        over: The class folded; ``category`` and ``when`` choose among its records.
        over_reads: Related records that ``map`` reads of each.
        key: From a record to the identifier of its roster record; ``None`` leaves it out.
        map: From a dossier to a value.
        merge: Of two values one; associative and commutative: partitions are merged in any order.
        check: From the roster record's dossier and the value (``None``: no record) to a result.
        without_records: Whether a roster record without any record is a subject.
    """

    over: type[Record]
    over_reads: tuple[Reads, ...] = ()
    key: Callable[[Any], Hashable]
    map: Callable[[Dossier[Any], Context], Any]
    merge: Callable[[Any, Any], Any]
    check: Callable[[Dossier[Any], Any, Context], Result]
    without_records: bool = False

    @property
    def _dispatched(self) -> type[Record]:
        return self.over


def rule(*, subject: type[R], **about: Any) -> Callable[[Callable[[Dossier[R], Context], Result]], RecordRule]:
    """Make a rule of the function below; the keywords are the attributes of :class:`Rule`.

    The function takes the dossier and the context and returns ``None`` (pass) or what else there is to say.
    It does no input or output, reads no clock and keeps no state.
    """

    def decorate(check: Callable[[Dossier[R], Context], Result]) -> RecordRule:
        return RecordRule(subject=subject, check=check, **about)

    return decorate


def fold_rule(
    *,
    subject: type[R],
    over: type[S],
    key: Callable[[S], Hashable],
    map: Callable[[Dossier[S], Context], A],  # noqa: A002 - the word for it, as in map and merge
    merge: Callable[[A, A], A],
    **about: Any,
) -> Callable[[Callable[[Dossier[R], A | None, Context], Result]], FoldRule]:
    """Make a fold rule of the function below, which finishes the fold for each roster record."""

    def decorate(check: Callable[[Dossier[R], A | None, Context], Result]) -> FoldRule:
        return FoldRule(subject=subject, over=over, key=key, map=map, merge=merge, check=check, **about)

    return decorate
