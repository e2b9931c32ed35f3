"""Records and a clock for the store's kit: a type of their own, so that the kit rests on no type of govopen's."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import attrs

from govopen.model.base import Record, RecordType, Term
from govopen.model.units import Unit, UnitKind
from govopen.texts import Text

__all__ = ["NOTE", "NOTE_V3", "START", "TYPES", "UNIT", "Clockwork", "Note", "NoteV3", "note", "unit"]

START = dt.datetime(2011, 12, 31, 15, 59, 59, 999_999, tzinfo=dt.UTC)
"""The moment at which scenarios begin."""


class Clockwork:
    """A clock that stands still until it is set forward."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def tick(self, seconds: float = 1) -> dt.datetime:
        """Set the clock forward, and say what it showed before."""
        before = self.now
        self.now = before + dt.timedelta(seconds=seconds)
        return before


@attrs.frozen(kw_only=True)
class Note(Record):
    """A record with what a store must cope with: a text, several values, an index on each."""

    unit: Annotated[str, Term("单位", "unit")]
    about: Annotated[str, Term("关于", "about")] = ""
    tags: Annotated[tuple[str, ...], Term("标签", "tags")] = ()
    text: Annotated[str, Term("内容", "text", text=True)] = ""


@attrs.frozen(kw_only=True)
class NoteV3(Record):
    """The note two versions later: ``about`` became ``subject``, and then ``weight`` came."""

    unit: Annotated[str, Term("单位", "unit")]
    subject: Annotated[str, Term("关于", "subject")] = ""
    weight: Annotated[int, Term("权重", "weight")] = 0
    tags: Annotated[tuple[str, ...], Term("标签", "tags")] = ()
    text: Annotated[str, Term("内容", "text", text=True)] = ""


def _rename(body: dict[str, Any]) -> dict[str, Any]:
    body["subject"] = body.pop("about", "")
    return body


def _weigh(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"weight": len(body["subject"])}


NOTE = RecordType(name="kit-note", cls=Note, title=Text("记录", "note"), indexes=("about", "tags"))
"""The record type of the scenarios."""
NOTE_V3 = RecordType(
    name="kit-note",
    cls=NoteV3,
    title=Text("记录", "note"),
    version=3,
    upcasters={1: _rename, 2: _weigh},
    indexes=("subject",),
)
"""The same, two versions on."""
UNIT = RecordType(name="unit", cls=Unit, title=Text("单位", "unit"), unit="id")
"""The unit of the scenarios."""
TYPES = (UNIT, NOTE)
"""The record types of the scenarios."""


def note(id_: str, unit_id: str = "u1", **fields: Any) -> Note:
    """A note of a unit."""
    return Note(id=id_, unit=unit_id, **fields)


def unit(id_: str) -> Unit:
    """A unit."""
    return Unit(id=id_, name="某某街道办事处", kind=UnitKind.STREET, jurisdiction="CN")
