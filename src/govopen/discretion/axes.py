"""Axes: the inputs of a table as ordered sets of exact values, with the way from texts and Python values to places in
the order and back.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import NoReturn, cast

import attrs

from govopen.discretion.numerals import EXACT, digits
from govopen.discretion.spans import Coordinate, Spans
from govopen.discretion.wording import read_bounds
from govopen.errors import InputError
from govopen.model.discretion import Graver, InputKind
from govopen.texts import N_

__all__ = ["DURATIONS", "DURATION_WORDS", "LAST_DAY", "OTHER", "Axis", "Value"]

Value = int | Decimal | dt.date | dt.timedelta | bool | str
"""A value of a case: of the Python type that its axis has."""

OTHER = "…"
"""Stands for every text that no row names."""

_DIGITS = 40
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CHINESE_DATE = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_ISO_DURATION = re.compile(
    r"P(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?)?"
)
_TRUE = ("true", "yes", "是", "有")
_FALSE = ("false", "no", "否", "无")

LAST_DAY = 3_652_059
"""The ordinal of 9999-12-31."""

DURATIONS: Mapping[str, tuple[str, int]] = {
    "minutes": ("PT{}M", 1),
    "hours": ("PT{}H", 60),
    "days": ("P{}D", 1440),
    "months": ("P{}M", 1),
    "years": ("P{}Y", 12),
}
"""Units of durations: how a value is written, and how many minutes, or months, one is."""

DURATION_WORDS = {
    "分钟": "minutes",
    "小时": "hours",
    "天": "days",
    "日": "days",
    "月": "months",
    "个月": "months",
    "年": "years",
    **{unit: unit for unit in DURATIONS},
}
"""Chinese words of durations, and the unit each stands for."""
_OF_MONTHS = ("months", "years")
_ACCEPTED: Mapping[InputKind, str] = {
    InputKind.INTEGER: N_("Accepted: a whole number, such as 3."),
    InputKind.DECIMAL: N_("Accepted: a whole number or a Decimal, such as 0.25; a float is not exact."),
    InputKind.MONEY: N_("Accepted: an amount in yuan with at most two decimals, such as 2000 or 2000.50; no float."),
    InputKind.DATE: N_("Accepted: a day, such as 2011-04-05."),
    InputKind.DURATION: N_("Accepted: a duration in {unit}, such as {example}."),
    InputKind.BOOLEAN: N_("Accepted: true or false (是, 否)."),
    InputKind.ENUMERATION: N_("Accepted: {accepted}."),
    InputKind.TEXT: N_("Accepted: text; in a condition, in quotes."),
}


@attrs.frozen(kw_only=True, eq=False)
class Axis:
    """An input, ready to be reasoned over.

    Attributes:
        name: As conditions write it.
        label: The field's term; the name where there is none.
        unit: What is counted. Of a duration: ``minutes``, ``hours``, ``days``, ``months`` or ``years``.
        step: The smallest difference between two values of a grid of decimals.
        dense: Whether between any two values there is another.
        values: The list of an enumeration; of a text axis, the texts that rows name.
        domain: All values that there are.
    """

    name: str
    label: str
    kind: InputKind
    unit: str = ""
    graver: Graver | None = None
    step: Decimal = Decimal(1)
    dense: bool = False
    values: tuple[str, ...] = ()
    domain: Spans = ()

    @property
    def numeric(self) -> bool:
        """Whether values can be reckoned with."""
        return self.kind in (InputKind.INTEGER, InputKind.DECIMAL, InputKind.MONEY)

    @property
    def ordered(self) -> bool:
        """Whether one value can be more than another."""
        return self.kind not in (InputKind.ENUMERATION, InputKind.TEXT, InputKind.BOOLEAN)

    def read(self, text: str) -> Coordinate:
        """The place of a value written as a text.

        Raises:
            InputError: It is no value of this axis; with what is accepted. Whether it lies in the domain is not asked.
        """
        text = text.strip()
        reader = _READERS.get(self.kind)
        return reader(self, text) if reader is not None else self._number(text)

    def place(self, value: object) -> Coordinate:
        """The place of a Python value.

        Raises:
            InputError: It is of another type, or lies between two steps.
        """
        kind = self.kind
        found: Coordinate = None
        # A bool is an int, and a datetime a date, to Python and to nobody else.
        match value:
            case bool():
                found = int(value) if kind is InputKind.BOOLEAN else None
            case int() | Decimal() if self.numeric:
                found = self._of_number(Decimal(value))
            case int() if kind is InputKind.DURATION:
                found = value
            case dt.date() if kind is InputKind.DATE and not isinstance(value, dt.datetime):
                found = value.toordinal()
            case dt.timedelta() if kind is InputKind.DURATION and self.unit not in _OF_MONTHS:
                found = self._of_minutes(value / dt.timedelta(minutes=1), str(value))
            case str() if kind in (InputKind.ENUMERATION, InputKind.TEXT):
                found = self._of_text(value)
        return self.refuse(f"{type(value).__name__} {value!r}"[:80]) if found is None else found

    def value(self, coordinate: Coordinate) -> Value:
        """The value at a place, of the type that :meth:`place` takes."""
        match self.kind:
            case InputKind.BOOLEAN:
                return bool(coordinate)
            case InputKind.DATE:
                return dt.date.fromordinal(coordinate)
            case InputKind.ENUMERATION | InputKind.TEXT:
                return self.values[coordinate] if coordinate < len(self.values) else OTHER
            case InputKind.INTEGER | InputKind.DURATION:
                return int(coordinate)
        return Decimal(coordinate[0]) if self.dense else coordinate * self.step

    def write(self, coordinate: Coordinate) -> str:
        """The value at a place as a condition writes it: 3, 0.25, 2011-04-05, P10D, true."""
        if self.kind is InputKind.DATE and not 1 <= coordinate <= LAST_DAY:
            # No calendar has it, but a refusal has to name it.
            return f"{coordinate}"
        value = self.value(coordinate)
        match value:
            case bool():
                return "true" if value else "false"
            case dt.date():
                return value.isoformat()
            case Decimal():
                return digits(value) if value else "0"
            case str():
                return value
        return DURATIONS[self.unit][0].format(value) if self.kind is InputKind.DURATION else str(value)

    def say(self, coordinate: Coordinate) -> str:
        """The value at a place for a reader, with its unit: 3次, 0.4立方米, 是."""
        text = self.write(coordinate)
        return text + self.unit if self.numeric and self.unit else text

    def refuse(self, text: str) -> NoReturn:
        """Refuse what is no value.

        Raises:
            InputError: Always.
        """
        raise InputError(
            N_("'{value}' is no value of {input}."),
            hint=_ACCEPTED[self.kind],
            value=text[:80],
            input=self.name,
            unit=self.unit,
            example=DURATIONS[self.unit][0].format(10) if self.kind is InputKind.DURATION else "",
            accepted=", ".join(self.values),
        )

    def _number(self, text: str) -> Coordinate:
        if _PLAIN.fullmatch(text):
            return self._of_number(Decimal(text))
        try:
            bounds = read_bounds(text)
        except InputError:
            self.refuse(text)
        if bounds.low is None or bounds.low != bounds.high:
            self.refuse(text)
        return self._of_number(self.in_unit(bounds.low, bounds.unit, text))

    def in_unit(self, number: Decimal, unit: str, text: str) -> Decimal:
        """``number``, if ``unit`` is none or that of the axis; a percentage of a pure number becomes a fraction.

        Raises:
            InputError: It is another unit.
        """
        own = self.unit or ("元" if self.kind is InputKind.MONEY else "")
        if unit in ("", own):
            return number
        if unit == "%" and not own:
            return number.scaleb(-2, EXACT)
        if not own:
            raise InputError(
                N_("'{value}' counts {unit}, and {input} counts nothing."),
                hint=N_("Write the number without a unit, or give the input one."),
                value=text,
                unit=unit,
                input=self.name,
            )
        raise InputError(
            N_("'{value}' counts {unit}, {input} counts {own}."),
            hint=N_("Write the number in {own}, or without a unit."),
            value=text,
            unit=unit,
            input=self.name,
            own=own,
        )

    def _of_number(self, number: Decimal) -> Coordinate:
        if not number.is_finite():
            self.refuse(str(number))
        if self.dense:
            # Whoever reckons with 1E+999999999 fills the memory.
            if number.adjusted() >= _DIGITS or cast("int", number.as_tuple().exponent) < -_DIGITS:
                self.refuse(str(number))
            return number, 0
        try:
            steps, rest = divmod(number, self.step)
        except InvalidOperation:
            self.refuse(str(number))
        if rest:
            raise InputError(
                N_("'{value}' lies between two steps of {input}."),
                hint=N_("Accepted: multiples of {step}."),
                value=str(number),
                input=self.name,
                step=str(self.step),
            )
        return int(steps)

    def _date(self, text: str) -> Coordinate:
        try:
            if _ISO_DATE.fullmatch(text):
                return dt.date.fromisoformat(text).toordinal()
            if found := _CHINESE_DATE.fullmatch(text):
                return dt.date(*map(int, found.groups())).toordinal()
        except ValueError:
            # A day that no calendar has.
            return self.refuse(text)
        return self.refuse(text)

    def _boolean(self, text: str) -> Coordinate:
        return int(text in _TRUE) if text in _TRUE or text in _FALSE else self.refuse(text)

    def _of_text(self, text: str) -> Coordinate:
        if text in self.values:
            return self.values.index(text)
        return len(self.values) if self.kind is InputKind.TEXT else self.refuse(text)

    def _named_text(self, text: str) -> Coordinate:
        # A case may hold any text; a condition that names one nobody lists would hold for all of those.
        return self.values.index(text) if text in self.values else self.refuse(text)

    def _duration(self, text: str) -> Coordinate:
        found = _ISO_DURATION.fullmatch(text)
        if found and any(found.groups()):
            years, months, days, hours, minutes = (int(part or 0) for part in found.groups())
            if self.unit in _OF_MONTHS and not (days or hours or minutes):
                return self._in_unit(years * 12 + months, text)
            if self.unit not in _OF_MONTHS and not (years or months):
                return self._in_unit(days * 1440 + hours * 60 + minutes, text)
            self.refuse(text)
        if _PLAIN.fullmatch(text) and text.lstrip("+-").isdigit():
            return int(text)
        try:
            bounds = read_bounds(text)
        except InputError:
            self.refuse(text)
        unit = DURATION_WORDS.get(bounds.unit, "")
        if not unit or bounds.low is None or bounds.low != bounds.high or bounds.low % 1:
            self.refuse(text)
        if (unit in _OF_MONTHS) != (self.unit in _OF_MONTHS):
            self.refuse(text)
        return self._in_unit(int(bounds.low) * DURATIONS[unit][1], text)

    def _of_minutes(self, minutes: float, text: str) -> Coordinate:
        return self._in_unit(int(minutes), text) if minutes == int(minutes) else self.refuse(text)

    def _in_unit(self, smallest: int, text: str) -> int:
        whole, rest = divmod(smallest, DURATIONS[self.unit][1])
        return whole if not rest else self.refuse(text)


_READERS: Mapping[InputKind, Callable[[Axis, str], Coordinate]] = {
    InputKind.DATE: Axis._date,  # noqa: SLF001 - the same class
    InputKind.BOOLEAN: Axis._boolean,  # noqa: SLF001
    InputKind.ENUMERATION: Axis._of_text,  # noqa: SLF001
    InputKind.TEXT: Axis._named_text,  # noqa: SLF001
    InputKind.DURATION: Axis._duration,  # noqa: SLF001
}
