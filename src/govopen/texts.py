"""Texts in two languages.

Two mechanisms, one border between them (why: ``docs/explanation/languages.md``):

* :class:`Text` holds both languages side by side. Law and rules use it: headings, gists, readings, a rule's messages.
  Whoever reviews a rule sees both wordings at once, and a plugin needs no catalogue of its own.
* gettext catalogues hold the program's own words (errors, command line, report headings). The English template is the
  msgid; :func:`translate` renders it. A plugin's errors bring their Chinese with them, as a :class:`Message`.

JSON keys, codes and enumeration values never change with the language.
"""

from __future__ import annotations

import datetime as dt
import enum
import gettext
import locale
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Self

import attrs

__all__ = ["LANGUAGES", "N_", "Label", "Language", "Message", "Text", "preferred_language", "shown", "translate"]

Language = Literal["zh-Hans", "en"]
"""A language of texts."""
LANGUAGES: tuple[Language, ...] = ("zh-Hans", "en")
"""All of them."""

_LOCALES = Path(__file__).parent / "locales"


@attrs.frozen
class Text:
    """A text in both languages of the project, with ``{named}`` places for facts."""

    zh: str
    en: str

    def get(self, lang: Language, **facts: object) -> str:
        """The text in ``lang``, its places filled with ``facts``."""
        template = self.zh if lang == "zh-Hans" else self.en
        return template.format(**facts) if facts else template


class Label(enum.StrEnum):
    """A string enumeration whose members also carry the field's terms in both languages.

    Write a member as ``NAME = "value", "中文", "English"``. ``Member.text`` is the :class:`Text`;
    the value is what JSON, CSV and the store hold.
    """

    text: Text

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        # The defaults are for type checkers: looking a member up by its value, Duty("fees"), never comes here.
        member = str.__new__(cls, value)
        member._value_ = value
        member.text = Text(zh, en)
        return member


class Message(str):
    """The template of an error in both languages: a plugin has no catalogue, and its errors are read in Chinese, too.

    It is its English text, and goes wherever a message or hint of :mod:`govopen.errors` does::

        raise InputError(Message("没有文件{file}。", "There is no file {file}."), file=name)

    Attributes:
        zh: The Chinese, with the same places.
    """

    __slots__ = ("zh",)

    zh: str

    def __new__(cls, zh: str, en: str) -> Self:
        member = super().__new__(cls, en)
        member.zh = zh
        return member

    def __reduce__(self) -> tuple[type[Message], tuple[str, str]]:
        return Message, (self.zh, str(self))


def N_(message: str) -> str:
    """Mark ``message`` for translation without translating it: raisers know no language."""
    return message


@cache
def _catalogue(lang: Language) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation("govopen", _LOCALES, languages=[lang.replace("-", "_")], fallback=True)


def translate(message: str, lang: Language, /, **facts: object) -> str:
    """The program's own ``message`` in ``lang``, its places filled with ``facts``, each :func:`shown` in ``lang``."""
    if isinstance(message, Message):
        template = message.zh if lang == "zh-Hans" else str(message)
    else:
        template = _catalogue(lang).gettext(message) if message else ""
    return template.format(**{name: shown(value, lang) for name, value in facts.items()}) if facts else template


def shown(fact: object, lang: Language) -> object:
    """A fact as a reader expects it: terms and texts in ``lang``, dates as ISO 8601, several as one list.

    What is none of these comes back as it is.
    """
    match fact:
        case Label():
            return fact.text.get(lang)
        case Text():
            return fact.get(lang)
        case dt.date():
            return fact.isoformat()
        case Decimal():
            return f"{fact:f}"
        case tuple() | list():
            return ("、" if lang == "zh-Hans" else ", ").join(str(shown(member, lang)) for member in fact)
    return fact


def preferred_language() -> Language:
    """The language of the user's locale: zh-Hans for any Chinese locale, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh-Hans" if value.lower().startswith("zh") else "en"
    # Windows sets none of these variables.
    return "zh-Hans" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
