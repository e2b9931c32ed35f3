"""What the command line says, in the language of the user."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import attrs

from govopen.errors import GovopenError, InputError, Problem
from govopen.texts import Label, Language, Text, translate

__all__ = ["Words"]


@attrs.frozen
class Words:
    """The program's own words, terms and facts in one language."""

    lang: Language

    def say(self, message: str, /, **facts: object) -> str:
        """The program's own words: ``message`` is a msgid of the catalogue."""
        template = translate(message, self.lang)
        return template.format(**{name: self.fact(value) for name, value in facts.items()}) if facts else template

    def text(self, text: Text | None) -> str:
        return text.get(self.lang) if text is not None else ""

    def label(self, label: Label) -> str:
        return label.text.get(self.lang)

    def fact(self, value: object) -> object:
        """A fact as a reader expects it: terms in the language, dates as ISO 8601."""
        match value:
            case Label():
                return self.label(value)
            case Text():
                return self.text(value)
            case dt.date():
                return value.isoformat()
            case Decimal():
                return f"{value:f}"
            case tuple() | list():
                return self.join(str(self.fact(member)) for member in value)
        return value

    def join(self, members: Iterator[str] | tuple[str, ...] | list[str]) -> str:
        """Several names as one list."""
        return ("、" if self.lang == "zh-Hans" else ", ").join(members)

    def period(self, since: dt.date, until: dt.date | None) -> str:
        """From a day to a day, both inclusive, or without an end."""
        if until is None:
            return self.say("from {since}", since=since)
        return self.say("{since} to {until}", since=since, until=until)

    def error(self, error: GovopenError) -> Iterator[str]:
        """An error, line by line: what is wrong, every problem with its place, and what to do next."""
        yield self.say("Error: {text}", text=self.say(error.message, **error.facts))
        if isinstance(error, InputError):
            for problem in error.problems:
                yield f"  {self.problem(problem)}"
        if error.hint:
            yield self.say(error.hint, **error.facts)

    def problem(self, problem: Problem) -> str:
        """A problem: where, what, and what is accepted."""
        place = f"{problem.where}: {problem.path}" if problem.path else problem.where
        text = f"{place}: {self.say(problem.message, **problem.facts)}"
        if not problem.accepted:
            return text
        gap = "" if self.lang == "zh-Hans" else " "
        return f"{text}{gap}{self.say(problem.accepted, **problem.facts)}"
