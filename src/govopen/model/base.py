"""What every record shares: terms of its fields, and the record type that the store and the importer know it by."""

from __future__ import annotations

import datetime as dt
import re
import typing
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Self, cast

import attrs

from govopen.errors import InputError
from govopen.texts import Text

__all__ = ["ID_PATTERN", "FieldName", "Record", "RecordType", "Term", "check_id", "filled", "terms", "within"]

ID_PATTERN = r"[^\s\x00-\x1f/\\'\"<>|]{1,120}"
"""What an identifier may be: up to 120 characters without blanks, slashes, quotes or angle brackets.

Identifiers appear in findings, logs and file names; the text of a record does not."""


@attrs.frozen
class Term:
    """The field's term in both languages, and what a reader or writer must know of it.

    Attributes:
        example: How a value is written in a table cell; for templates and the schema.
        text: Holds words of the record: never shown in findings, reports or logs.
        personal: Holds an applicant's personal data: reaches no publisher, exporter, log or report.
        repeat: How many of a list's members a template has room for.
    """

    zh: str
    en: str
    example: str = ""
    text: bool = False
    personal: bool = False
    repeat: int = 1


@attrs.frozen(kw_only=True)
class Record:
    """The base of all records: frozen values with an identifier.

    Attributes:
        id: Unique among the records of its type.
    """

    id: typing.Annotated[str, Term("编号", "identifier", example="bg-2011-0001")]


@attrs.frozen(kw_only=True, eq=False)
class RecordType:
    """How the store and the importer know a class of records.

    Attributes:
        name: Singular, lower case, hyphenated: ``information-item``.
        cls: The attrs class.
        title: What it is called.
        version: Of the JSON body; raised when a change needs an upcaster.
        upcasters: From version to a function that turns a body of that version into the next one's.
        act: Field with the date of the act: from that day on the record is there. Empty: always there.
        unit: Field with the unit obliged.
        indexes: Fields by which related records are found.
        references: From a field that names a record to the names of the types that record may be of.
        refused_keys: Keys that an import refuses with an explanation of its own.
    """

    name: str
    cls: type[Record]
    title: Text
    version: int = 1
    upcasters: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = attrs.field(factory=dict)
    act: str = ""
    unit: str = "unit"
    indexes: tuple[str, ...] = ()
    references: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    refused_keys: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def personal_fields(self) -> tuple[str, ...]:
        """Paths of the fields that hold personal data."""
        return tuple(name for name, term in terms(self.cls).items() if term.personal)

    @property
    def guarded(self) -> bool:
        """Whether a value in the wrong place may be an applicant's name or what is classified: no problem shows it."""
        return bool(self.refused_keys or self.personal_fields)

    def unit_of(self, record: Record) -> str:
        """The unit that the record belongs to."""
        return cast(str, attrgetter(self.unit)(record))

    def act_date(self, record: Record) -> dt.date | None:
        """The date of the act, if the record has one."""
        return cast("dt.date | None", getattr(record, self.act)) if self.act else None


def terms(cls: type) -> Mapping[str, Term]:
    """The terms of the fields of a record class, by field name.

    Raises:
        TypeError: A field has no term: it would have no heading in a template and no description in the schema.
    """
    # mypy takes a frozen attrs class for unhashable where a class object is asked for.
    return _terms(cast("Hashable", cls))


@cache
def _terms(cls: Hashable) -> Mapping[str, Term]:
    found = {}
    for name, hint in typing.get_type_hints(cls, include_extras=True).items():
        term = next((extra for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Term)), None)
        if term is None:
            raise TypeError(f"{getattr(cls, '__name__', cls)}.{name} has no Term")
        found[name] = term
    return found


class FieldName(str):  # noqa: SLOT000 - it carries the class
    """A field's name as a fact of a finding: JSON keeps the name, reports print the field's term.

    Attributes:
        owner: The class that has the field.
    """

    owner: type

    def __new__(cls, owner: type, name: str) -> Self:
        member = super().__new__(cls, name)
        member.owner = owner
        return member

    def __reduce__(self) -> tuple[type[FieldName], tuple[type, str]]:
        return FieldName, (self.owner, str(self))

    @property
    def term(self) -> Term:
        """What the field is called."""
        return terms(self.owner)[self]


def check_id(value: str) -> str:
    """``value`` itself, if it may be an identifier.

    Raises:
        InputError: It holds blanks, slashes, quotes or angle brackets, or is empty or too long.
    """
    if not re.fullmatch(ID_PATTERN, value):
        raise InputError(
            "The identifier is empty, longer than 120 characters, or holds blanks, slashes, quotes or angle brackets.",
            hint="Identifiers appear in reports and file names; give one such as bg-2011-0001.",
        )
    return value


def filled(text: str) -> bool:
    """Whether a text says anything: blanks alone do not."""
    return bool(text) and not text.isspace()


def within(on: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    """Whether ``on`` lies between ``since`` and ``until``, both inclusive; ``None`` is open."""
    return (since is None or since <= on) and (until is None or on <= until)
