"""The small language of conditions: from ``times >= 3 or abuse`` to the cases that it holds for.

Grammar, with ``/`` between two terms for "neither AND nor OR is stated"::

    condition := all { "or" all }          all := slash { "and" slash }       slash := term { "/" term }
    term      := "not" term | "(" condition ")" | "-" | atom
    atom      := NAME OP value | value OP NAME [OP value] | NAME "in" "(" cell ")" | NAME BOUNDS | NAME
    cell      := "-" | test { "," test }   test := value | OP value | INTERVAL | "not" "(" cell ")" | BOUNDS

``-`` holds for any case, a lone NAME for a boolean that is true. BOUNDS are Chinese: 3次以上, 不满5立方米.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal, NoReturn, TypeVar

from govopen.discretion.axes import Axis
from govopen.discretion.ranges import glued, spans_of
from govopen.discretion.spans import Coordinate, Spans, after, before, complement, ends, intersect, union
from govopen.discretion.tokens import Token, tokenize
from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords, read_bounds
from govopen.errors import InputError
from govopen.model.discretion import InputKind
from govopen.texts import N_

__all__ = ["TERMS", "Condition", "Slash", "Term", "parse_cell", "parse_condition", "parse_relation"]

Term = Mapping[int, Spans]
"""Values per axis, by its position; an axis that is not named is free."""

Slash = Literal["and", "or"]
"""How a slash between two alternatives is read."""

T = TypeVar("T")

TERMS = 2000
"""So many alternatives a condition may have."""

_DEPTH = 40
_COMPARED = ("=", "!=", "<", "<=", ">", ">=")
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
# A date or a duration as FEEL writes it.
_CALLS = ("date", "duration")
_BOUNDED = re.compile("[以不超至低高大小多少足]|[0-9一二三四五六七八九十]+[-～~]")


class Condition:
    """A parsed condition.

    Attributes:
        ambiguous: Whether it joins terms with ``/``, so that it has two readings.
    """

    def __init__(self, evaluate: Callable[[Slash], list[Term]], *, ambiguous: bool) -> None:
        self.ambiguous = ambiguous
        self._terms: dict[Slash, list[Term]] = {"or": evaluate("or")}
        self._terms["and"] = evaluate("and") if ambiguous else self._terms["or"]

    def terms(self, slash: Slash = "or") -> list[Term]:
        """The alternatives, any of which makes the condition true, with ``/`` read so."""
        return self._terms[slash]


def parse_condition(text: str, axes: Sequence[Axis], words: IntervalWords = INTERVAL_WORDS) -> Condition:
    """What a condition over ``axes`` says.

    Raises:
        InputError: What is wrong, at which character, and what is accepted.
    """
    return _Parser(text, axes, words).condition()


def parse_cell(text: str, axis: Axis, words: IntervalWords = INTERVAL_WORDS) -> Spans:
    """The values of one axis that a cell holds for.

    Raises:
        InputError: What is wrong and what is accepted.
    """
    parser = _Parser(text, (axis,), words)
    found = parser.cell(axis)
    parser.end()
    return found


def parse_relation(text: str, axes: Sequence[Axis]) -> tuple[int, str, int] | None:
    """The two axes that a condition compares, by position, and how; ``None`` if it is of another kind."""
    tokens = tokenize(text, _names(axes))
    match [(token.kind, token.text) for token in tokens]:
        case [("name", one), ("sign", ("<" | "<=" | ">" | ">=") as sign), ("name", other)]:
            names = _names(axes)
            return names[one], sign, names[other]
    return None


def _names(axes: Sequence[Axis]) -> dict[str, int]:
    found = {axis.label: position for position, axis in enumerate(axes) if axis.label}
    return found | {axis.name: position for position, axis in enumerate(axes)}


class _Parser:
    """Recursive descent; each method returns what evaluates to the alternatives."""

    def __init__(self, text: str, axes: Sequence[Axis], words: IntervalWords) -> None:
        self.text = text
        self.axes = axes
        self.words = words
        self.names = _names(axes)
        self.tokens = tokenize(text, self.names)
        self.at = 0
        self.ambiguous = False
        self.depth = 0

    def condition(self) -> Condition:
        if not self.tokens:
            self.fail(N_("The condition is blank."), N_("Write - for any case."))
        evaluate = self._or()
        self.end()
        return Condition(evaluate, ambiguous=self.ambiguous)

    def end(self) -> None:
        if self.at < len(self.tokens):
            self.fail(N_("'{word}' cannot stand here."), N_("Join conditions with and, or (且, 或)."))

    def _or(self) -> Callable[[Slash], list[Term]]:
        parts = [self._and()]
        while self._take("or"):
            parts.append(self._and())
        if len(parts) == 1:
            return parts[0]
        return lambda slash: [term for part in parts for term in part(slash)]

    def _and(self) -> Callable[[Slash], list[Term]]:
        parts = [self._slash()]
        while self._take("and"):
            parts.append(self._slash())
        return parts[0] if len(parts) == 1 else lambda slash: self._conjunction([part(slash) for part in parts])

    def _slash(self) -> Callable[[Slash], list[Term]]:
        parts = [self._term()]
        while self._take("/"):
            self.ambiguous = True
            parts.append(self._term())
        if len(parts) == 1:
            return parts[0]
        return lambda slash: (
            self._conjunction([part(slash) for part in parts])
            if slash == "and"
            else [term for part in parts for term in part(slash)]
        )

    def _term(self) -> Callable[[Slash], list[Term]]:
        if self._take("not"):
            inner = self._nested(self._term)
            return lambda slash: self._negation(inner(slash))
        if self._take("("):
            inner = self._nested(self._or)
            self._expect(")")
            return inner
        if self._word() == "-":
            self.at += 1
            return lambda _: [{}]
        term = self._atom()
        return lambda _: [term]

    def _nested(self, read: Callable[[], T]) -> T:
        self.depth += 1
        if self.depth > _DEPTH:
            self.fail(N_("The condition is nested more than {limit} deep."), N_("Split the row."), limit=_DEPTH)
        found = read()
        self.depth -= 1
        return found

    def _atom(self) -> Term:
        token = self._peek()
        if token is None:
            self.fail(N_("The condition breaks off."), N_("Write a condition behind the last word."))
        if token.kind == "name":
            return self._about(self._named(token))
        first = self.at
        low = self._value_tokens()
        sign = self._comparison()
        name = self._peek()
        if sign is None or name is None or name.kind != "name":
            # 3 < tmes misspells what comes last, tmes = 3 what comes first.
            self.at = self.at if sign is not None and token.text[:1].isdigit() else first
            self.fail(N_("'{word}' names no input."), N_("There are: {names}."))
        position = self._named(name)
        axis = self.axes[position]
        found = self._compared(axis, _MIRRORED[sign], axis.read(glued(low, axis)))
        if (sign := self._comparison()) is not None:
            found = intersect(found, self._compared(axis, sign, self._value(axis)))
        return {position: found}

    def _about(self, position: int) -> Term:
        axis = self.axes[position]
        if (sign := self._comparison()) is not None:
            return {position: self._compared(axis, sign, self._value(axis))}
        if self._take("in"):
            if self._text() == "(" and not self._opens_interval():
                self.at += 1
                found = self.cell(axis)
                self._expect(")")
                return {position: found}
            return {position: self._test(axis)}
        token = self._peek()
        if token is not None and token.kind in ("word", "text") and axis.kind is not InputKind.BOOLEAN:
            return {position: self._test(axis)}
        if axis.kind is InputKind.BOOLEAN:
            return {position: ((1, 1),)}
        return self.fail(
            N_("Nothing is said of {input}."), N_("Write a comparison such as {input} = 3."), input=axis.name
        )

    def _opens_interval(self) -> bool:
        """Whether the parenthesis here is the open end of an interval, and none about a list."""
        depth = 0
        for token in self.tokens[self.at + 1 :]:
            if token.kind == "sign" and (depth, token.text) in ((0, ".."), (0, ","), (0, ")"), (0, "["), (0, "]")):
                return token.text == ".."
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0
        return False

    def cell(self, axis: Axis) -> Spans:
        """Tests with commas between them, up to a closing parenthesis or the end."""
        if not self.tokens:
            self.fail(N_("The condition is blank."), N_("Write - for any case."))
        if self._word() == "-":
            self.at += 1
            return axis.domain
        found = self._test(axis)
        while self._take(","):
            found = union((*found, *self._test(axis)))
        return found

    def _test(self, axis: Axis) -> Spans:
        if self._take("not"):
            self._expect("(")
            found = self._nested(partial(self.cell, axis))
            self._expect(")")
            return complement(found, axis.domain)
        if (sign := self._comparison()) is not None:
            return self._compared(axis, sign, self._value(axis))
        if self._text() in ("[", "]", "(") and (token := self._peek()) is not None and token.kind == "sign":
            return self._interval(axis)
        text = glued(self._value_tokens(), axis)
        if axis.ordered and axis.kind is not InputKind.DATE and _BOUNDED.search(text):
            return spans_of(read_bounds(text, self.words), axis, text)
        place = axis.read(text)
        return ((place, place),)

    def _interval(self, axis: Axis) -> Spans:
        opened = self._text()
        self.at += 1
        low = self._value(axis)
        self._expect("..")
        high = self._value(axis)
        closed = self._text()
        if closed not in ("]", ")", "["):
            self.fail(N_("The interval is not closed."), N_("Write [a..b], (a..b], [a..b) or (a..b)."))
        self.at += 1
        self._ordered_only(axis, "..")
        if low > high:
            self.fail(
                N_("The interval ends at {high}, before it begins at {low}."),
                N_("Write the lesser number first."),
                low=axis.write(low),
                high=axis.write(high),
            )
        return union(((low if opened == "[" else after(low), high if closed == "]" else before(high)),))

    def _compared(self, axis: Axis, sign: str, place: Coordinate) -> Spans:
        if sign not in ("=", "!="):
            self._ordered_only(axis, sign)
        low, high = ends(dense=axis.dense) if axis.ordered else (0, len(axis.values) - 1)
        match sign:
            case "=":
                return ((place, place),)
            case "!=":
                return complement(((place, place),), axis.domain)
            case "<":
                return union(((low, before(place)),))
            case "<=":
                return ((low, place),)
            case ">":
                return union(((after(place), high),))
        return ((place, high),)

    def _ordered_only(self, axis: Axis, sign: str) -> None:
        # An enumeration that grows graver has an order, too.
        if not axis.ordered and not (axis.kind is InputKind.ENUMERATION and axis.graver is not None):
            self.fail(
                N_("{input} has no order, and cannot be compared with {sign}."),
                N_("Accepted: = and !=, or in (…)."),
                input=axis.name,
                sign=sign,
            )

    def _value(self, axis: Axis) -> Coordinate:
        token = self._peek()
        if token is None:
            self.fail(N_("The condition breaks off."), N_("Write a condition behind the last word."))
        return axis.read(glued(self._value_tokens(), axis))

    def _value_tokens(self) -> str:
        token = self._peek()
        if token is None or token.kind == "sign":
            self.fail(
                N_("'{word}' is no value."), N_("Write a number, a date, a word of the list, or a text in quotes.")
            )
        self.at += 1
        if token.text in _CALLS and self._text() == "(":
            self.at += 1
            text = self._nested(self._value_tokens)
            self._expect(")")
            return text
        if token.kind == "text":
            return token.text
        # Words that stand apart belong together: 3 次 以上, 情节 严重.
        last = token
        while (following := self._peek()) is not None and following.kind == "word" and following.text != "-":
            last = following
            self.at += 1
        return self.text[token.at : last.at + len(last.text)]

    def _comparison(self) -> str | None:
        token = self._peek()
        if token is None or token.kind != "sign" or token.text not in _COMPARED:
            return None
        self.at += 1
        return token.text

    def _conjunction(self, parts: list[list[Term]]) -> list[Term]:
        found: list[Term] = [{}]
        for part in parts:
            found = [joined for one in found for other in part if (joined := _joined(one, other)) is not None]
            self._bounded(found)
        return found

    def _negation(self, terms: list[Term]) -> list[Term]:
        return self._conjunction(
            [[{at: complement(spans, self.axes[at].domain)} for at, spans in term.items()] for term in terms]
        )

    def _bounded(self, terms: list[Term]) -> None:
        if len(terms) > TERMS:
            self.fail(N_("The condition has more than {limit} alternatives."), N_("Split the row."), limit=TERMS)

    def _named(self, token: Token) -> int:
        if token.text not in self.names:
            self.fail(N_("'{word}' names no input."), N_("There are: {names}."))
        self.at += 1
        return self.names[token.text]

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _text(self) -> str:
        token = self._peek()
        return token.text if token is not None and token.kind == "sign" else ""

    def _word(self) -> str:
        token = self._peek()
        return token.text if token is not None and token.kind == "word" else ""

    def _take(self, sign: str) -> bool:
        if self._text() != sign:
            return False
        self.at += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            self.fail(N_("'{sign}' is missing before '{word}'."), N_("Close what was opened."), sign=sign)

    def fail(self, message: str, hint: str, **facts: object) -> NoReturn:
        token = self._peek()
        names = ", ".join(axis.name for axis in self.axes)
        word = token.text if token is not None else ""
        place = token.at + 1 if token is not None else len(self.text) + 1
        facts = {"word": word, "at": place, "names": names, **facts}
        error = InputError(message, hint=hint)
        error.facts = facts
        raise error


def _joined(one: Term, other: Term) -> Term | None:
    """Both at once; ``None`` if that is no case."""
    found = dict(one)
    for at, spans in other.items():
        found[at] = intersect(found[at], spans) if at in found else spans
        if not found[at]:
            return None
    return found
