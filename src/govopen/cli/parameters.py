"""Types of parameters, and answers to words that nobody knows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from govopen.cli.base import name_of, option
from govopen.errors import InputError
from govopen.office.clock import SHANGHAI
from govopen.texts import N_

__all__ = [
    "COUNT",
    "DATE",
    "FILE",
    "TIME",
    "YUAN",
    "close_to",
    "known_only",
    "output_option",
    "words_of",
    "workspace_option",
]

_LISTED = 20
"""So few are shown all, whatever somebody may have meant."""

FILE = click.Path(path_type=Path)
"""A file that is there."""


# The base takes a type argument only from click 8.5 on.
class _Date(click.ParamType):  # type: ignore[type-arg]
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, _: click.Context | None) -> dt.date:
        try:
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        except ValueError:
            raise InputError(
                N_("'{value}' is no date, as {option} needs."),
                hint=N_("Write year-month-day: 2011-12-31."),
                value=str(value),
                option=name_of(param),
            ) from None


class _Time(click.ParamType):  # type: ignore[type-arg]
    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, _: click.Context | None) -> dt.datetime:
        if isinstance(value, dt.datetime):
            return value
        try:
            found = dt.datetime.fromisoformat(value)
        except ValueError:
            raise InputError(
                N_("'{value}' is no time, as {option} needs."),
                hint=N_("Write 2011-12-31T17:30, or a date for its whole day. Without a zone it is Shanghai's time."),
                value=str(value),
                option=name_of(param),
            ) from None
        if found.time() == dt.time() and "T" not in value and " " not in value:
            # What was recorded on a day was known at its end.
            found = dt.datetime.combine(found, dt.time.max)
        return found if found.tzinfo is not None else found.replace(tzinfo=SHANGHAI)


class _Count(click.ParamType):  # type: ignore[type-arg]
    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, _: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        if not re.fullmatch(r"[0-9]{1,6}", value):
            raise InputError(
                N_("'{value}' is no number, as {option} needs."),
                hint=N_("Write digits alone: 15."),
                value=str(value),
                option=name_of(param),
            )
        return int(value)


class _Yuan(click.ParamType):  # type: ignore[type-arg]
    name = "yuan"

    def convert(self, value: Any, param: click.Parameter | None, _: click.Context | None) -> Decimal:
        if isinstance(value, Decimal):
            return value
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", value):
            raise InputError(
                N_("'{value}' is no amount, as {option} needs."),
                hint=N_("Write yuan, with at most two decimals: 40 or 40.50."),
                value=str(value),
                option=name_of(param),
            )
        return Decimal(value)


DATE = _Date()
"""A date: ``2011-12-31``."""
TIME = _Time()
"""A moment with its zone: ``2011-12-31T09:00+08:00``."""
COUNT = _Count()
"""A whole number, 1 or more."""
YUAN = _Yuan()
"""A sum of money in yuan, with up to two places."""


def workspace_option(*, about: str, default: str | None = ".") -> Callable[[Any], Any]:
    """``-w DIR``."""
    return option("-w", "--workspace", type=FILE, default=default, metavar="DIR", about=about)


def output_option(*, about: str) -> Callable[[Any], Any]:
    """``-o FILE``."""
    return option("-o", "--output", type=FILE, metavar="FILE", about=about)


def words_of(text: str) -> list[str]:
    """The words of a list written with commas, each once."""
    return list(dict.fromkeys(word for part in text.split(",") if (word := part.strip())))


def close_to(word: str, known: Iterable[str]) -> list[str]:
    """What somebody may have meant, the likeliest first."""
    by_lower = {entry.lower(): entry for entry in known}
    return [by_lower[entry] for entry in get_close_matches(word.lower(), by_lower, n=5, cutoff=0.6)]


def known_only(words: Iterable[str], known: Collection[str], message: str) -> None:
    """Refuse words that are not among the ``known`` ones. ``message`` is a template with the place ``{word}``.

    Raises:
        InputError: Naming what somebody may have meant.
    """
    for word in words:
        if word not in known:
            close = close_to(word, known)
            few = len(known) <= _LISTED
            raise InputError(
                message,
                hint=N_("There are: {names}.") if few else N_("Did you mean: {names}?") if close else "",
                word=word,
                names=", ".join(known if few else close),
            )
