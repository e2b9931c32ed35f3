"""Formulas of penalties: ``1000 + 200 * (times - 1)``, exact, over numeric inputs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NoReturn

import attrs

from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["Bound", "Formula", "parse_formula"]

Bound = tuple[Fraction | None, Fraction | None]
"""Least and greatest value; ``None``: nothing bounds it."""

_TOKEN = re.compile(r"\s*(?:([0-9]{1,15}(?:\.[0-9]{1,15})?)|([^\W\d]\w*)|(`[^`]+`)|([-+*/(),]))")
_FUNCTIONS = ("min", "max")
_WORDS = 200


@attrs.frozen
class Formula:
    """A node of a formula.

    Attributes:
        sign: ``number``, ``input``, ``+``, ``-``, ``*``, ``/``, ``min`` or ``max``.
    """

    sign: str
    parts: tuple[Formula, ...] = ()
    number: Fraction = Fraction(0)
    name: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The inputs that it reckons with."""
        found = frozenset({self.name} if self.sign == "input" else ())
        return found.union(*(part.names for part in self.parts))

    def value(self, facts: Mapping[str, Fraction]) -> Fraction:
        """What it comes to."""
        low, high = self.bounds({name: (number, number) for name, number in facts.items()})
        assert low is not None
        assert low == high
        return low

    def bounds(self, facts: Mapping[str, Bound]) -> Bound:
        """Between which values it lies, where the facts lie between theirs. Safe, and not always the closest."""
        if self.sign == "number":
            return self.number, self.number
        if self.sign == "input":
            return facts[self.name]
        parts = [part.bounds(facts) for part in self.parts]
        if self.sign in _FUNCTIONS:
            return _of_many(self.sign, parts)
        (low, high), (low_, high_) = parts
        match self.sign:
            case "+":
                return _sum(low, low_), _sum(high, high_)
            case "-":
                return _sum(low, _minus(high_)), _sum(high, _minus(low_))
            case "/":
                assert low_ is not None
                low_ = high_ = 1 / low_
        return _product(low, high, low_, high_)

    def direction(self, name: str, facts: Mapping[str, Bound]) -> int | None:
        """1: it never falls as the input grows; -1: never rises; 0: does not change; ``None``: not known."""
        if self.sign == "input":
            return int(self.name == name)
        if name not in self.names:
            return 0
        ways = [part.direction(name, facts) for part in self.parts]
        if self.sign in ("*", "/"):
            return self._of_product(ways, facts)
        if self.sign == "-" and ways[1] is not None:
            ways[1] = -ways[1]
        signs = {way for way in ways if way != 0}
        return signs.pop() if len(signs) == 1 else None

    def _of_product(self, ways: list[int | None], facts: Mapping[str, Bound]) -> int | None:
        one, other = self.parts
        if ways[0] and ways[1] == 0:
            return _scaled(ways[0], other.bounds(facts))
        if ways[1] and ways[0] == 0:
            return _scaled(ways[1], one.bounds(facts))
        return None


def _scaled(way: int, factor: Bound) -> int | None:
    low, high = factor
    if low is not None and low >= 0:
        return way
    return -way if high is not None and high <= 0 else None


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _minus(one: Fraction | None) -> Fraction | None:
    return None if one is None else -one


def _product(low: Fraction | None, high: Fraction | None, low_: Fraction | None, high_: Fraction | None) -> Bound:
    if (low == 0 and high == 0) or (low_ == 0 and high_ == 0):
        return Fraction(0), Fraction(0)
    if low is None or high is None or low_ is None or high_ is None:
        # Both from zero up: only the upper end is open.
        if low is not None and low_ is not None and low >= 0 and low_ >= 0:
            return low * low_, None
        return None, None
    corners = [low * low_, low * high_, high * low_, high * high_]
    return min(corners), max(corners)


def _of_many(function: str, parts: list[Bound]) -> Bound:
    lows = [low for low, _ in parts if low is not None]
    highs = [high for _, high in parts if high is not None]
    whole_lows, whole_highs = len(lows) == len(parts), len(highs) == len(parts)
    if function == "min":
        return (min(lows) if whole_lows else None), (min(highs) if highs else None)
    return (max(lows) if lows else None), (max(highs) if whole_highs else None)


def parse_formula(text: str) -> Formula:
    """A formula of numbers, names, ``+ - * /``, ``min(…)``, ``max(…)`` and parentheses.

    Only a number may divide, and only one whose quotient comes out: what is paid must be exact.

    Raises:
        InputError: What is wrong and what is accepted.
    """
    return _Parser(text).formula()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        self.at = 0
        place = 0
        while text[place:].strip():
            found = _TOKEN.match(text, place)
            if found is None:
                self.fail(text[place:].split(maxsplit=1)[0])
            number, name, quoted, sign = found.groups()
            kind = "number" if number else "name" if name or quoted else "sign"
            self.tokens.append((kind, number or name or (quoted or "").strip("`") or sign))
            place = found.end()
            if len(self.tokens) > _WORDS:
                raise InputError(
                    N_("The formula has more than {limit} words."), hint=N_("Write a shorter one."), limit=_WORDS
                )

    def formula(self) -> Formula:
        found = self._sum()
        if self.at < len(self.tokens):
            self.fail(self.tokens[self.at][1])
        return found

    def _sum(self) -> Formula:
        found = self._product()
        while (sign := self._take("+", "-")) is not None:
            found = Formula(sign, (found, self._product()))
        return found

    def _product(self) -> Formula:
        found = self._part()
        while (sign := self._take("*", "/")) is not None:
            part = self._part()
            if sign == "/" and (part.sign != "number" or not _comes_out(part.number)):
                self.fail("/")
            found = Formula(sign, (found, part))
        return found

    def _part(self) -> Formula:
        if self._take("(") is not None:
            found = self._sum()
            self._expect(")")
            return found
        if self._take("-") is not None:
            return Formula("-", (Formula("number"), self._part()))
        if self.at >= len(self.tokens):
            self.fail("")
        kind, word = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Formula("number", number=Fraction(word))
        if kind == "sign":
            self.fail(word)
        if word in _FUNCTIONS and self._take("(") is not None:
            parts = [self._sum()]
            while self._take(",") is not None:
                parts.append(self._sum())
            self._expect(")")
            return Formula(word, tuple(parts))
        return Formula("input", name=word)

    def _take(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at] in [("sign", sign) for sign in signs]:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def _expect(self, sign: str) -> None:
        if self._take(sign) is None:
            self.fail(self.tokens[self.at][1] if self.at < len(self.tokens) else "")

    def fail(self, word: str) -> NoReturn:
        raise InputError(
            N_("The formula cannot be read at '{word}'."),
            hint=N_(
                "Accepted: numbers, names of numeric inputs, + - *, division by a number that comes out, min(…), "
                "max(…) and parentheses: 1000 + 200 * (times - 1)."
            ),
            word=word,
        )


def _comes_out(number: Fraction) -> bool:
    """Whether a division by it gives a decimal that ends."""
    rest = number.numerator
    for factor in (2, 5):
        while rest and rest % factor == 0:
            rest //= factor
    return rest == 1
