"""Every error that govopen raises on purpose.

.. code-block:: text

    GovopenError
    ├── InputError             something a person gave us is wrong (exit status 2)
    │   ├── PolicyDataError    an instrument or matter does not load
    │   ├── WorkspaceError     govopen.toml, waivers or baseline do not load
    │   ├── TableError         a discretion table does not say what it has to, or not readably
    │   └── ImportRefused      a file of records does not load; nothing of it was stored
    ├── NotComputable          the law or the calendar gives no answer for these dates
    ├── StoreError             the store cannot do what was asked
    │   ├── StaleWrite         somebody else changed the record first
    │   ├── StoreTooNew        the store was made by a newer govopen
    │   └── UnknownRecordType  no loaded plugin knows this type of record
    ├── TransitionRefused      a step of a workflow that this person may not take, or not now
    ├── NotCleared             an item may not be shown to that audience
    ├── DeliveryFailed         a publisher could not take or withdraw an item
    ├── CollectionFailed       a channel could not be read or told
    ├── ExportFailed           the catalogue cannot be written in a format
    ├── RuleError              a rule is defined wrongly
    └── PluginError            a plugin does not load, or breaks the interface (exit status 3)

A message is an English template (the msgid of the translation catalogue) and facts to fill in;
``str(error)`` is the English text, and the command line renders the template in the user's language.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

__all__ = [
    "CollectionFailed",
    "DeliveryFailed",
    "ExportFailed",
    "GovopenError",
    "ImportRefused",
    "InputError",
    "NotCleared",
    "NotComputable",
    "PluginError",
    "PolicyDataError",
    "Problem",
    "RuleError",
    "StaleWrite",
    "StoreError",
    "StoreTooNew",
    "TableError",
    "TransitionRefused",
    "UnknownRecordType",
    "WorkspaceError",
]


class GovopenError(Exception):
    """The base of all errors that govopen raises on purpose.

    Attributes:
        message: English template with ``{named}`` places; also the msgid of its translations.
        facts: What fills the places. Never the text of a record.
        hint: A further template: what to do next. May be empty.
    """

    def __init__(self, message: str, *, hint: str = "", **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.facts = facts

    def __str__(self) -> str:
        facts = {name: _listed(value) for name, value in self.facts.items()}
        text = self.message.format(**facts)
        return f"{text} {self.hint.format(**facts)}" if self.hint else text

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword arguments are lost by the default reduction; errors cross process borders.
        return (_rebuild, (type(self), self.message, self.hint, self.facts))


def _listed(value: object) -> object:
    """Several facts in one, such as codes, as a reader takes them in and not as Python writes them."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _rebuild(cls: type[GovopenError], message: str, hint: str, facts: dict[str, object]) -> GovopenError:
    return cls(message, hint=hint, **facts)


@attrs.frozen(kw_only=True)
class Problem:
    """One thing that is wrong in an input, and where.

    Attributes:
        where: The file, with line or cell where there is one: ``items.csv:14``, ``items.xlsx!Sheet1!C7``.
        path: The path in the record or document: ``sign_offs[0].on``. Empty: the whole of it.
        message: English template of what is wrong.
        accepted: English template of what would be right. May be empty.
        facts: What fills the templates. Never the content of a cell that may hold a record's text.
    """

    where: str
    path: str = ""
    message: str
    accepted: str = ""
    facts: dict[str, object] = attrs.field(factory=dict)

    def __str__(self) -> str:
        place = f"{self.where}: {self.path}" if self.path else self.where
        text = f"{place}: {self.message.format(**self.facts)}"
        return f"{text} {self.accepted.format(**self.facts)}" if self.accepted else text


class InputError(GovopenError):
    """Something a person gave us is wrong. Carries every problem found, not just the first.

    Attributes:
        problems: All problems, in the order of the input.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        problems: Iterable[Problem] = (),
        **facts: object,
    ) -> None:
        super().__init__(message, hint=hint, **facts)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  {problem}" for problem in self.problems)])

    def __reduce__(self) -> tuple[object, ...]:
        facts = {**self.facts, "problems": self.problems}
        return (_rebuild, (type(self), self.message, self.hint, facts))


class PolicyDataError(InputError):
    """An instrument or a matter does not load, or cites what does not exist."""


class WorkspaceError(InputError):
    """A workspace's settings do not load."""


class TableError(InputError):
    """A discretion table does not say what it has to, or not readably."""


class ImportRefused(InputError):
    """A file of records does not load. Nothing of it was stored."""


class NotComputable(GovopenError):
    """The law or the calendar gives no answer for these dates. A rule becomes *undecidable*, never a guess."""


class StoreError(GovopenError):
    """The store cannot do what was asked."""


class StaleWrite(StoreError):
    """The record was changed by somebody else since it was read."""


class StoreTooNew(StoreError):
    """The store was made by a newer govopen than this one."""


class UnknownRecordType(StoreError):
    """No loaded plugin knows this type of record."""


class TransitionRefused(GovopenError):
    """A step of a workflow that this person may not take, or that cannot be taken now. Says who may do what instead."""


class NotCleared(GovopenError):
    """An item may not be shown to that audience.

    Attributes:
        bars: Codes of everything that stands in the way, sorted.
    """

    @property
    def bars(self) -> tuple[str, ...]:
        found = self.facts.get("bars", ())
        return tuple(found) if isinstance(found, list | tuple) else ()


class DeliveryFailed(GovopenError):
    """A publisher could not take or withdraw an item. The delivery waits and is tried again.

    Attributes:
        code: Short and fixed, for the outbox: ``unreachable``, ``disk-full``. Never a text of the item.
    """

    def __init__(self, message: str, *, code: str, hint: str = "", **facts: object) -> None:
        super().__init__(message, hint=hint, code=code, **facts)
        self.code = code


class CollectionFailed(GovopenError):
    """A channel could not be read or told. What is there stays there, and comes the next time.

    Attributes:
        code: Short and fixed, for logs: ``unreachable``. Never a text of a submission.
    """

    def __init__(self, message: str, *, code: str, hint: str = "", **facts: object) -> None:
        super().__init__(message, hint=hint, code=code, **facts)
        self.code = code


class ExportFailed(GovopenError):
    """The catalogue cannot be written in a format. What was written of it is no export."""


class RuleError(GovopenError):
    """A rule is defined wrongly: no cases, an unknown citation, a code that is taken."""


class PluginError(GovopenError):
    """A plugin does not load, or breaks the plugin interface."""
