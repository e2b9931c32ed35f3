"""What a rule can say of a subject. ``None`` is a plain pass; everything else is one of these.

A message is a key of the rule's :class:`~govopen.rules.base.Rule`. Facts are identifiers, codes, counts and
dates, never the text of a record: findings reach reports and logs.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar, Self

from govopen.texts import Label, Text

__all__ = [
    "AwaitingEvidence",
    "AwaitingJudgement",
    "Fact",
    "Fail",
    "NotApplicable",
    "Outcome",
    "Passed",
    "Result",
    "Stale",
    "Undecidable",
    "Verdict",
    "Worded",
]

Fact = str | int | Decimal | dt.date | tuple[Any, ...]
"""An identifier, code, enumeration member, count, amount or date, or several."""


class Worded(str):  # noqa: SLOT000 - it carries the text
    """A sentence of the program as a fact of a finding: JSON keeps the English, reports print their own language.

    Attributes:
        text: The sentence in both languages. It holds no words of a record.
    """

    text: Text

    def __new__(cls, text: Text) -> Self:
        member = super().__new__(cls, text.en)
        member.text = text
        return member

    def __reduce__(self) -> tuple[type[Worded], tuple[Text]]:
        return Worded, (self.text,)


class Outcome(Label):
    """What came of a rule on a subject."""

    FAIL = "fail", "不符合", "fail"
    ERROR = "error", "程序出错", "error"
    UNDECIDABLE = "undecidable", "无法判定", "undecidable"
    STALE = "stale", "凭证过期", "stale evidence"
    AWAITING_EVIDENCE = "awaiting_evidence", "待凭证", "awaiting evidence"
    AWAITING_JUDGEMENT = "awaiting_judgement", "待判定", "awaiting judgement"
    WAIVED = "waived", "已豁免", "waived"
    PASS = "pass", "符合", "pass"
    NOT_APPLICABLE = "not_applicable", "不适用", "not applicable"
    NOTHING = "nothing", "无记录", "nothing recorded"


class Verdict:
    """The base of everything but a plain pass: a message and its facts."""

    __slots__ = ("facts", "message")
    outcome: ClassVar[Outcome]

    def __init__(self, message: str, **facts: Fact) -> None:
        self.message = message
        self.facts = facts

    def __repr__(self) -> str:
        facts = "".join(f", {name}={value!r}" for name, value in self.facts.items())
        return f"{type(self).__name__}({self.message!r}{facts})"


class Fail(Verdict):
    """The subject breaks the rule."""

    __slots__ = ()
    outcome = Outcome.FAIL


class Undecidable(Verdict):
    """A fact is missing. The message says which, and how to record it."""

    __slots__ = ()
    outcome = Outcome.UNDECIDABLE


class NotApplicable(Verdict):
    """The rule does not ask anything of this subject, now."""

    __slots__ = ()
    outcome = Outcome.NOT_APPLICABLE


class Stale(Verdict):
    """Evidence was accepted, but does not cover the day."""

    __slots__ = ()
    outcome = Outcome.STALE


class AwaitingEvidence(Verdict):
    """No accepted evidence yet."""

    __slots__ = ()
    outcome = Outcome.AWAITING_EVIDENCE


class AwaitingJudgement(Verdict):
    """No officer has judged the day's state yet."""

    __slots__ = ()
    outcome = Outcome.AWAITING_JUDGEMENT


class Passed(Verdict):
    """A pass worth saying something about: what was measured, or when it was done."""

    __slots__ = ("done_on",)
    outcome = Outcome.PASS

    def __init__(self, message: str, *, done_on: dt.date | None = None, **facts: Fact) -> None:
        super().__init__(message, **facts)
        self.done_on = done_on


Result = Verdict | list[Verdict] | None
"""What a rule says of a subject; ``None`` is a pass."""
