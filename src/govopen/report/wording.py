"""Messages, terms and facts in one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from govopen.texts import Label, Language, Text, shown, translate

__all__ = ["Wording"]


@attrs.frozen
class Wording:
    """The program's own words, terms and facts in one language."""

    lang: Language

    def say(self, message: str, /, **facts: object) -> str:
        """The program's own words: ``message`` is a msgid of the catalogue."""
        return translate(message, self.lang, **facts)

    def text(self, text: Text | None) -> str:
        return text.get(self.lang) if text is not None else ""

    def label(self, label: Label) -> str:
        return label.text.get(self.lang)

    def coded(self, label: Label) -> str:
        """A term with the code that JSON, journal and options have for it."""
        return f"{self.label(label)} [{label.value}]"

    def fact(self, value: object) -> object:
        """A fact as a reader expects it: terms in the language, dates as ISO 8601."""
        return shown(value, self.lang)

    def join(self, members: Iterable[str]) -> str:
        """Several names as one list."""
        return ("、" if self.lang == "zh-Hans" else ", ").join(members)

    def period(self, since: dt.date, until: dt.date | None) -> str:
        """From a day to a day, both inclusive, or without an end."""
        if until is None:
            return self.say("from {since}", since=since)
        return self.say("{since} to {until}", since=since, until=until)
