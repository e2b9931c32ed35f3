"""What is asked of a table, and what came of it."""

from __future__ import annotations

from typing import Literal

import attrs

from govopen.discretion.axes import Value
from govopen.texts import Label, Text

__all__ = ["PROPERTIES", "Note", "Proofs", "Property", "PropertyName", "Verdict", "Witness"]


class Verdict(Label):
    """What is known of a property."""

    PROVED = "proved", "已证明", "proved"
    REFUTED = "refuted", "已推翻", "refuted"
    UNKNOWN = "unknown", "无法判定", "unknown"


PropertyName = Literal[
    "complete", "disjoint", "reachable", "monotone", "contained", "boundary", "wording", "unambiguous"
]
"""What can be proved of a table."""

PROPERTIES: dict[PropertyName, Text] = {
    "complete": Text("应罚情形均有档次", "every case that the law penalises has a row"),
    "disjoint": Text("各档次互不重叠", "no case meets rows that contradict each other"),
    "reachable": Text("每一行都有适用情形", "every row decides some case"),
    "monotone": Text("情节越重，处罚不越轻", "heavier facts never give a lighter outcome"),
    "contained": Text("各档次在法定幅度之内", "every tier lies inside the statutory range"),
    "boundary": Text("合法情形不受处罚", "no case that keeps the law is penalised"),
    "wording": Text("文字与数值一致", "the published wording says what the table says"),
    "unambiguous": Text("条件没有歧义", "every condition has one reading"),
}
"""What each property says, by its name."""


@attrs.frozen(kw_only=True)
class Witness:
    """A case, or two, that breaks a property.

    Attributes:
        message: What happens; its facts fill the places.
        rows: Numbers of the rows concerned.
        case: A value for every input; empty where no case is needed.
        other: For the order of outcomes: the graver case, which differs in one input.
        facts: What else the message names: texts and numbers of the table.
    """

    message: Text
    rows: tuple[int, ...] = ()
    case: dict[str, Value] = attrs.field(factory=dict)
    other: dict[str, Value] = attrs.field(factory=dict)
    facts: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Property:
    """What is known of one property of a table.

    Attributes:
        reason: Why it is unknown, or how it was proved, where there is something to say.
        witnesses: What refutes it; the first ones, if there are many.
        more: Whether there may be others besides.
    """

    name: PropertyName
    verdict: Verdict
    reason: Text | None = None
    facts: dict[str, str] = attrs.field(factory=dict)
    witnesses: tuple[Witness, ...] = ()
    more: bool = False


@attrs.frozen(kw_only=True)
class Note:
    """Something worth knowing that is no fault."""

    message: Text
    facts: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Proofs:
    """All that is known of a table.

    Attributes:
        table: Its identifier.
        version: Its digest.
        properties: By name, in a fixed order.
    """

    table: str
    version: str
    properties: dict[PropertyName, Property]
    notes: tuple[Note, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst: refuted before unknown before proved."""
        found = {entry.verdict for entry in self.properties.values()}
        for verdict in (Verdict.REFUTED, Verdict.UNKNOWN):
            if verdict in found:
                return verdict
        return Verdict.PROVED

    @property
    def refuted(self) -> tuple[PropertyName, ...]:
        """The properties that do not hold."""
        return tuple(name for name, entry in self.properties.items() if entry.verdict is Verdict.REFUTED)
