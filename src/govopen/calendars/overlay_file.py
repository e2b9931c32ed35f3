"""Reading overlays from TOML.

.. code-block:: toml

    name = "guangzhou"                  # optional; the file's name without .toml

    [[years]]                           # this year's arrangement is complete in the overlays
    year = 2027
    notice = "..."

    [[changes]]                         # exactly one of: day, days, since with until (both inclusive)
    day = 2010-11-12
    working = false
    notice = "..."
    note = "..."                        # optional
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path

import attrs

from govopen.calendars.overlay import Change, DeclaredYear, Overlay, conflicts
from govopen.errors import InputError, Problem

__all__ = ["load_overlay", "parse_overlay"]

_FILE_KEYS = ("name", "years", "changes")
_YEAR_KEYS = ("year", "notice", "note")
_CHANGE_KEYS = ("day", "days", "since", "until", "working", "notice", "note")
_DATE = "Write a TOML date without quotes and time, for example 2027-02-17."
_LONGEST = 366


def load_overlay(path: str | Path) -> Overlay:
    """Read an overlay from a TOML file in UTF-8.

    Raises:
        InputError: The file cannot be read or is wrong. Carries every problem, each with its path in the file.
    """
    path = Path(path)
    try:
        # utf-8-sig: Notepad writes a byte order mark, which TOML forbids.
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("{file}: cannot be read: {reason}.", file=str(path), reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise InputError("{file}: not UTF-8.", hint="Save the file as UTF-8.", file=str(path)) from error
    return parse_overlay(text, name=path.stem, where=str(path))


def parse_overlay(text: str, *, name: str, where: str = "") -> Overlay:
    """Read an overlay from TOML text.

    Args:
        text: The document.
        name: The overlay's name, unless the document gives one.
        where: The file, for messages.

    Raises:
        InputError: The document is wrong. Carries every problem, each with its path.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = Problem(where=where or name, message="Not TOML: {reason}.", facts={"reason": str(error)})
        raise _refused(name, [problem]) from error
    reader = _Reader(where or name)
    reader.known(document, "", _FILE_KEYS)
    if "name" in document:
        name = reader.text(document, "", "name") or name
    years = tuple(reader.year(entry, path) for path, entry in reader.entries(document, "years"))
    changes = tuple(reader.change(entry, path) for path, entry in reader.entries(document, "changes"))
    if not (years or changes or reader.problems):
        reader.wrong("", "There is neither a year nor a change.", "Write [[years]] or [[changes]].")
    if reader.problems:
        raise _refused(name, reader.problems)
    try:
        overlay = Overlay(name=name, years=years, changes=changes, where=where)
    except InputError as error:
        reader.wrong("name", error.message, error.hint, **error.facts)
        raise _refused(name, reader.problems) from error
    if clashes := list(conflicts([overlay])):
        raise _refused(name, clashes)
    return overlay


def _refused(name: str, problems: list[Problem]) -> InputError:
    return InputError("Overlay {name} does not load.", problems=problems, name=name)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


@attrs.define
class _Reader:
    """Reads on after a problem, with a harmless value in its place, so that all problems are reported at once."""

    where: str
    problems: list[Problem] = attrs.field(factory=list)

    def wrong(self, path: str, message: str, accepted: str = "", **facts: object) -> None:
        self.problems.append(Problem(where=self.where, path=path, message=message, accepted=accepted, facts=facts))

    def known(self, table: Mapping[str, object], path: str, keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                self.wrong(_join(path, key), "Unknown key.", "Known here: {keys}.", keys=", ".join(keys))

    def entries(self, document: Mapping[str, object], key: str) -> list[tuple[str, Mapping[str, object]]]:
        value = document.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.wrong(key, "Not a list of tables.", "Write [[{key}]] above each entry.", key=key)
            return []
        return [(f"{key}[{number}]", entry) for number, entry in enumerate(value)]

    def text(self, table: Mapping[str, object], path: str, key: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.wrong(_join(path, key), "Missing or empty.", "Write a text in quotes.")
        return ""

    def note(self, table: Mapping[str, object], path: str) -> str:
        return self.text(table, path, "note") if "note" in table else ""

    def year(self, table: Mapping[str, object], path: str) -> DeclaredYear:
        self.known(table, path, _YEAR_KEYS)
        year = table.get("year")
        if not isinstance(year, int) or isinstance(year, bool) or not dt.MINYEAR <= year <= dt.MAXYEAR:
            self.wrong(_join(path, "year"), "Not a year.", "Write it without quotes: year = 2027.")
            year = dt.MINYEAR
        return DeclaredYear(year=year, notice=self.text(table, path, "notice"), note=self.note(table, path))

    def change(self, table: Mapping[str, object], path: str) -> Change:
        self.known(table, path, _CHANGE_KEYS)
        working = table.get("working")
        if not isinstance(working, bool):
            self.wrong(_join(path, "working"), "Missing or not true or false.", "Write working = true or false.")
        return Change(
            days=self.days(table, path),
            working=working is True,
            notice=self.text(table, path, "notice"),
            note=self.note(table, path),
        )

    def days(self, table: Mapping[str, object], path: str) -> tuple[dt.date, ...]:
        ways = [way for way in (("day",), ("days",), ("since", "until")) if any(key in table for key in way)]
        if len(ways) != 1:
            self.wrong(
                path,
                "Which days is {said}.",
                "Write exactly one of: day, days, since with until.",
                said="not said" if not ways else "said in more than one way",
            )
            return ()
        match ways[0]:
            case ("day",):
                day = self.date(table.get("day"), _join(path, "day"))
                return () if day is None else (day,)
            case ("days",):
                return self.list_of_days(table.get("days"), _join(path, "days"))
            case _:
                return self.range_of_days(table, path)

    def list_of_days(self, value: object, path: str) -> tuple[dt.date, ...]:
        if not isinstance(value, list) or not value:
            self.wrong(path, "Not a list of dates.", "Write days = [2027-02-17, 2027-02-18].")
            return ()
        found = [self.date(entry, f"{path}[{number}]") for number, entry in enumerate(value)]
        return tuple(day for day in found if day is not None)

    def range_of_days(self, table: Mapping[str, object], path: str) -> tuple[dt.date, ...]:
        since = self.date(table.get("since"), _join(path, "since"))
        until = self.date(table.get("until"), _join(path, "until"))
        if since is None or until is None:
            return ()
        length = (until - since).days + 1
        if not 1 <= length <= _LONGEST:
            self.wrong(
                _join(path, "until"),
                "{since} to {until} is not a range of 1 to {longest} days.",
                since=since.isoformat(),
                until=until.isoformat(),
                longest=_LONGEST,
            )
            return ()
        return tuple(dt.date.fromordinal(since.toordinal() + number) for number in range(length))

    def date(self, value: object, path: str) -> dt.date | None:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        self.wrong(path, "Missing or not a date.", _DATE)
        return None
