"""The part of FEEL that a cell of a decision table is read in: literals and tests of one value.

What a FEEL engine would reckon out (names, calls, arithmetic) is refused, never taken for a text: a bare word is a
variable there, and ``2011-04-05`` is 2002.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NoReturn

import attrs

from govopen.errors import InputError
from govopen.model.discretion import InputKind
from govopen.texts import N_

__all__ = ["ESCAPED", "Literal", "Test", "Tests", "feel_kind", "read_literal", "read_tests", "write_literal"]

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>@?"(?:[^"\\]|\\.)*")|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"""
    r"""|(?P<sign><=|>=|!=|\.\.|[<>=()\[\],-])|(?P<name>[^\W\d]\w*)|(?P<other>\S))"""
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATION = re.compile(r"P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?)?")
_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|([nrt"\'\\]))')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_COMPARED = ("<", "<=", ">", ">=", "=", "!=")
_ARITHMETIC = ("-", "+", "*", "/")
_WRITTEN = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})

ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})
"""For ``str.translate``: what cannot stand in the quotes of a text."""

_LITERALS = N_('Accepted: one literal: "text", 5, true, date("2011-04-05") or duration("P10D").')
_TYPED = N_('Accepted: of a string "text", of a number 5, of a boolean true, date("2011-04-05"), duration("P10D").')
_TESTS = N_(
    'Accepted: - for any value; "text", 5, true, date("2011-04-05"), duration("P10D"), also behind <, <=, >, >=, = or '
    "!=; [1..5], (1..5]; several of these with commas between; not(…) around all of them."
)

_KIND_OF = {
    InputKind.DATE: "date",
    InputKind.DURATION: "duration",
    InputKind.BOOLEAN: "boolean",
    InputKind.ENUMERATION: "string",
    InputKind.TEXT: "string",
}


def feel_kind(kind: InputKind) -> str:
    """What literals of a kind are: ``number``, ``string``, ``boolean``, ``date`` or ``duration``."""
    return _KIND_OF.get(kind, "number")


@attrs.frozen
class Literal:
    """A value as FEEL writes it.

    Attributes:
        kind: See :func:`feel_kind`.
        text: The value: of a text what its quotes hold, of dates and durations their ISO form.
    """

    kind: str
    text: str

    def check(self, kind: InputKind) -> None:
        """See that an input of that kind may have the value.

        Raises:
            InputError: It may not.
        """
        if self.kind != (expected := feel_kind(kind)):
            raise InputError(
                N_("{found} is no value of the type {type}."), hint=_TYPED, found=self.text[:40], type=expected
            )

    def condition(self) -> str:
        """The value as a condition writes it.

        Raises:
            InputError: It is a text with quotes of both kinds.
        """
        if self.kind != "string":
            return self.text
        if '"' not in self.text:
            return f'"{self.text}"'
        if "”" in self.text:
            raise InputError(N_('The text holds both " and ”.'), hint=N_("Accepted: a text with one of them at most."))
        return f"“{self.text}”"


@attrs.frozen
class Test:
    """A comparison, or an interval.

    Attributes:
        sign: ``=``, ``<`` …; of an interval its brackets, ``[)``.
        values: One, or the two ends.
    """

    sign: str
    values: tuple[Literal, ...]

    def condition(self) -> str:
        """The test as a cell of a condition writes it."""
        if len(self.values) == 1:
            value = self.values[0].condition()
            return value if self.sign == "=" else f"{self.sign} {value}"
        low, high = (value.condition() for value in self.values)
        return f"{self.sign[0]}{low}..{high}{self.sign[1]}"


@attrs.frozen
class Tests:
    """Any of some tests; none: whatever the value is.

    Attributes:
        negated: None of them.
    """

    tests: tuple[Test, ...] = ()
    negated: bool = False

    @property
    def literals(self) -> tuple[Literal, ...]:
        """All values, in their order."""
        return tuple(value for test in self.tests for value in test.values)

    @property
    def listed(self) -> tuple[Literal, ...] | None:
        """The values, if the tests are nothing but a list of them."""
        return None if self.negated or any(test.sign != "=" for test in self.tests) else self.literals

    def cell(self) -> str:
        """The tests as a cell of a condition writes them."""
        # Without the blank, 1,200 would be one number.
        joined = ", ".join(test.condition() for test in self.tests) or "-"
        return f"not({joined})" if self.negated else joined

    def condition(self, name: str) -> str:
        """The tests as a condition on the input ``name``; empty: it says nothing of it."""
        if not self.tests:
            return ""
        first = self.tests[0]
        if len(self.tests) > 1 or len(first.values) > 1 or self.negated:
            return f"{name} in ({self.cell()})"
        if first.sign == "=" and first.values[0].kind == "boolean":
            return name if first.values[0].text == "true" else f"not {name}"
        return f"{name} {first.sign} {first.values[0].condition()}"


def read_tests(text: str) -> Tests:
    """The unary tests that a cell holds. A blank cell is ``-``: editors write it so.

    Raises:
        InputError: It holds what is not read here; with what is accepted.
    """
    parser = _Parser(text, _TESTS)
    if parser.tokens in ([], [("sign", "-")]):
        return Tests()
    negated = parser.tokens[:2] == [("name", "not"), ("sign", "(")]
    parser.at = 2 if negated else 0
    tests = [parser.test()]
    while parser.take(","):
        tests.append(parser.test())
    if negated:
        parser.expect(")")
    parser.end()
    return Tests(tuple(tests), negated)


def read_literal(text: str) -> Literal:
    """The one literal that an entry holds.

    Raises:
        InputError: It is none.
    """
    parser = _Parser(text, _LITERALS)
    found = parser.literal()
    parser.end()
    return found


class _Parser:
    def __init__(self, text: str, accepted: str) -> None:
        self.text = text
        self.accepted = accepted
        self.tokens = [(str(found.lastgroup), found[0].strip()) for found in _TOKEN.finditer(text)]
        self.at = 0

    def test(self) -> Test:
        kind, sign = self._peek()
        if kind == "sign" and sign in _COMPARED:
            self.at += 1
            return Test(sign, (self.literal(),))
        if kind == "sign" and sign in "([]":
            self.at += 1
            low = self.literal()
            self.expect("..")
            high = self.literal()
            _, end = self._peek()
            if end not in (")", "]", "["):
                self.expect("]")
            self.at += 1
            return Test(("[" if sign == "[" else "(") + ("]" if end == "]" else ")"), (low, high))
        return Test("=", (self.literal(),))

    def literal(self) -> Literal:
        kind, text = self._peek()
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ("", "")
        if (kind, text) == ("sign", "-") and following[0] == "number":
            self.at += 2
            return Literal("number", f"-{following[1]}")
        if kind == "name" and text in ("date", "duration") and following == ("sign", "("):
            return self._called(text)
        if kind == "name" and text in ("true", "false"):
            self.at += 1
            return Literal("boolean", text)
        if kind == "number":
            self.at += 1
            return Literal("number", text)
        if kind == "string":
            self.at += 1
            return _of_time(text[1:], self.accepted) if text.startswith("@") else Literal("string", _unescaped(text))
        return self._refuse(kind, text, following)

    def take(self, sign: str) -> bool:
        if self._peek() != ("sign", sign):
            return False
        self.at += 1
        return True

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            self._refuse(*self._peek(), ("", ""), missing=sign)

    def end(self) -> None:
        if self.at < len(self.tokens):
            self._refuse(*self._peek(), ("", ""))

    def _called(self, name: str) -> Literal:
        kind, text = self.tokens[self.at + 2] if self.at + 2 < len(self.tokens) else ("", "")
        self.at += 3
        if kind != "string" or not self.take(")"):
            raise InputError(N_("'{found}' is not given one text in quotes."), hint=self.accepted, found=f"{name}()")
        found = _of_time(text, self.accepted)
        if found.kind != name:
            raise InputError(
                N_("{found} is no value of the type {type}."), hint=self.accepted, found=text[:40], type=name
            )
        return found

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def _refuse(self, kind: str, text: str, following: tuple[str, str], missing: str = "") -> NoReturn:
        found = self.text.strip()[:40]
        if not kind:
            message = N_("'{found}' breaks off.")
        elif text in _ARITHMETIC:
            message = N_("'{found}' is to be reckoned out; arithmetic is not read.")
        elif text == "?":
            message = N_("'{found}' speaks of the value as ?, which is not read.")
        elif kind == "name" and following == ("sign", "("):
            message, found = N_("'{found}' calls a function."), f"{text}()"
        elif kind == "name":
            message, found = N_("'{found}' is a name, and no literal; a text stands in quotes."), text[:40]
        elif missing:
            message = N_("'{found}' lacks {missing}.")
        else:
            message = N_("'{found}' is not read here: {part} cannot stand at its place.")
        raise InputError(message, hint=self.accepted, found=found, missing=missing, part=text[:40])


def _unescaped(quoted: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _ESCAPES.get(found[3], found[3])

    text = _ESCAPE.sub(character, quoted[1:-1])
    # A character outside the first plane may be written as the two halves that UTF-16 makes of it.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _of_time(quoted: str, accepted: str) -> Literal:
    text = quoted[1:-1]
    if _DURATION.fullmatch(text):
        return Literal("duration", text)
    try:
        if _DATE.fullmatch(text):
            return Literal("date", dt.date.fromisoformat(text).isoformat())
    except ValueError:
        pass
    raise InputError(
        N_("{found} is neither a day nor a duration of years and months, or of days, hours and minutes."),
        hint=accepted,
        found=quoted[:40],
    )


def write_literal(literal: Literal) -> str:
    """The literal as FEEL writes it."""
    if literal.kind == "string":
        return f'"{literal.text.translate(ESCAPED)}"'
    return f'{literal.kind}("{literal.text}")' if literal.kind in ("date", "duration") else literal.text
