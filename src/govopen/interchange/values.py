"""Single values as people write them: normalised, or refused with what is accepted.

Every reader takes what a JSON value or a table cell holds and raises :class:`~govopen.errors.InputError` when it is not
acceptable. The error's message never shows the value. Its fact ``value`` holds it where it is a short token and so
no text of a record; :data:`SHOWING` has the message that shows it. Who raises cannot know whether showing is allowed.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from govopen.errors import InputError
from govopen.model.base import check_id
from govopen.policy.dates import parse_chinese_date
from govopen.texts import N_, Label

__all__ = [
    "DIGEST_PATTERN",
    "FIRST_YEAR",
    "LAST_YEAR",
    "SHOWING",
    "accepted_by",
    "choices",
    "clean",
    "enum_reader",
    "is_blank",
    "read_bool",
    "read_date",
    "read_decimal",
    "read_digest",
    "read_id",
    "read_int",
    "text_reader",
]

_E = TypeVar("_E", bound=enum.Enum)

FIRST_YEAR, LAST_YEAR = 1949, 2100
"""Dates outside these years are slips of the keyboard: no record of a unit bears them."""

DIGEST_PATTERN = "[0-9a-f]{64}"
"""A SHA-256 as records hold it."""

_NOT_TEXT = N_("This is no text.")
_NOT_DATE = N_("This is not a date.")
_NOT_NUMBER = N_("This is not a number.")
_NOT_WHOLE = N_("This is not a whole number.")
_NOT_YES_NO = N_("This is neither yes nor no.")
_NOT_LISTED = N_("This is not one of the accepted values.")

SHOWING: Mapping[str, str] = {
    _NOT_DATE: N_("'{value}' is not a date."),
    _NOT_NUMBER: N_("'{value}' is not a number."),
    _NOT_WHOLE: N_("'{value}' is not a whole number."),
    _NOT_YES_NO: N_("'{value}' is neither yes nor no."),
    _NOT_LISTED: N_("'{value}' is not one of the accepted values."),
}
"""From a message that hides the value to the one that shows it."""

_TOKEN = re.compile(r"[0-9A-Za-z_.:/+-]{1,24}")
# Surrogates cannot be encoded; a store or an HTML page cannot hold control characters other than tab and line ends.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SEPARATED = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})")
_CHINESE = re.compile(r"([0-9]{4}) ?年() ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日?")
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")
_WHOLE = re.compile(r"[+-]?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})")
_NUMBER = re.compile(r"[+-]?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,15})?")
_DIGEST = re.compile(DIGEST_PATTERN)
_YES_NO = {
    **dict.fromkeys(("true", "yes", "是", "有"), True),
    **dict.fromkeys(("false", "no", "否", "无"), False),
}
_ONE_OF = N_("Accepted: {accepted}.")
_DIGEST_HINT = N_("Accepted: 64 hexadecimal digits, as sha256sum prints them.")
_DATE_HINT = N_("Accepted: a day from 1949 to 2100, such as 2011-04-05, 2011/4/5, 2011.04.05 or 2011年4月5日.")


def _refuse(message: str, value: object, hint: str, **facts: Any) -> NoReturn:
    token = str(value) if isinstance(value, str | int | Decimal) else ""
    if _TOKEN.fullmatch(token):
        facts["value"] = token
    raise InputError(message, hint=hint, **facts)


def is_blank(value: object) -> bool:
    """Whether a value says nothing: ``null``, or a text of blanks (the full-width blank included)."""
    return value is None or (type(value) is str and (not value or value.isspace()))


def clean(value: str) -> str:
    """Without blanks around it, and with full-width digits and letters made plain."""
    return value.strip() if value.isascii() else unicodedata.normalize("NFKC", value).strip()


def text_reader(limit: int) -> Callable[[object], str]:
    """A reader of texts of at most ``limit`` bytes of UTF-8."""

    def read_text(value: object) -> str:
        if not isinstance(value, str):
            raise InputError(_NOT_TEXT, hint=N_("Accepted: text; in JSON, within quotes."))
        # A character has at most four bytes: most texts need no encoding to be found short.
        if len(value) > limit // 4 and (size := len(value.encode("utf-8", "surrogatepass"))) > limit:
            raise InputError(
                N_("The text has {size} bytes."), hint=N_("Accepted: at most {limit} bytes."), size=size, limit=limit
            )
        if not value.isprintable() and _UNSTORABLE.search(value):
            raise InputError(
                N_("The text holds characters that are no text."),
                hint=N_("Accepted: text without control characters and halves of characters."),
            )
        return value.strip()

    return read_text


def read_id(value: object) -> str:
    """An identifier, with full-width digits and letters made plain.

    Raises:
        InputError: It is no identifier.
    """
    if not isinstance(value, str):
        raise InputError(_NOT_TEXT, hint=N_("Accepted: an identifier such as bg-2011-0001; in JSON, within quotes."))
    value = clean(value) if len(value) <= 1000 else value
    if not value.isprintable():
        # Two identifiers that look the same would not be the same.
        raise InputError(
            N_("The identifier holds a character that cannot be seen."),
            hint=N_("Type it anew; text copied from web pages may hold such characters."),
        )
    return check_id(value)


def read_digest(value: object) -> str:
    """A SHA-256 in hexadecimal, in small letters: of two ways to write it, a comparison of texts knows one.

    Raises:
        InputError: It is none.
    """
    if not isinstance(value, str):
        raise InputError(_NOT_TEXT, hint=_DIGEST_HINT)
    text = clean(value).lower() if len(value) <= 200 else ""
    if _DIGEST.fullmatch(text) is None:
        raise InputError(N_("This is not a SHA-256."), hint=_DIGEST_HINT)
    return text


def read_date(value: object) -> dt.date:
    """A date from ISO text, from the usual Chinese ways to write one, or from a cell that holds a date."""
    found: dt.date | None = None
    if type(value) is str and len(value) == 10 and value[4] == "-" == value[7]:
        with suppress(ValueError):
            found = dt.date.fromisoformat(value)
    elif isinstance(value, dt.datetime):
        found = value.date() if value.time() == dt.time() and value.tzinfo is None else None
    elif isinstance(value, dt.date):
        found = value
    elif isinstance(value, str) and len(value) <= 40:
        found = _date_of(_MIDNIGHT.sub("", clean(value)))
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        _refuse(_NOT_DATE, value, _DATE_HINT)
    return found


def accepted_by(kind: object) -> tuple[str, Mapping[str, str]]:
    """What a field of this kind accepts, as a message and its facts; nothing where any text will do."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _ONE_OF, {"accepted": choices(kind)}
    return (_DATE_HINT, {}) if kind is dt.date else ("", {})


def _date_of(text: str) -> dt.date | None:
    for pattern in (_SEPARATED, _CHINESE, _COMPACT):
        if match := pattern.fullmatch(text):
            try:
                return dt.date(int(match[1]), int(match[3]), int(match[4]))
            except ValueError:
                return None
    try:
        return parse_chinese_date(text)
    except InputError:
        return None


def read_decimal(value: object) -> Decimal:
    """An exact number. A binary float is refused: it has been rounded already."""
    found: Decimal | None = None
    if isinstance(value, Decimal):
        found = value
    elif isinstance(value, int) and not isinstance(value, bool):
        found = Decimal(value)
    elif isinstance(value, str) and len(value) <= 60 and _NUMBER.fullmatch(text := clean(value)):
        found = Decimal(text.replace(",", ""))
    # An exponent of 999999999 in nine characters of JSON would fill the memory when written out.
    if found is None or not found.is_finite() or _lowest(found) < -15 or found.adjusted() > 15:
        _refuse(_NOT_NUMBER, value, N_("Accepted: a number such as 50000 or 12.50, without a unit."))
    return found


def _lowest(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else -1_000_000


def read_int(value: object) -> int:
    """A whole number."""
    try:
        number = read_decimal(value)
    except InputError:
        number = None
    if number is None or number != number.to_integral_value():
        _refuse(_NOT_WHOLE, value, N_("Accepted: a whole number such as 12, without a unit."))
    return int(number)


def read_bool(value: object) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    found = _YES_NO.get(clean(value).casefold()) if isinstance(value, str) and len(value) <= 40 else None
    if found is None:
        _refuse(_NOT_YES_NO, value, N_("Accepted: true or false, 是 or 否, 有 or 无."))
    return found


def choices(cls: type[enum.Enum]) -> str:
    """The accepted values of an enumeration, with their Chinese terms."""
    return ", ".join(
        f"{member.value} ({member.text.zh})" if isinstance(member, Label) else str(member.value) for member in cls
    )


def enum_reader(cls: type[_E]) -> Callable[[object], _E]:
    """A reader of an enumeration: by value, or by its term in either language."""
    known: dict[str, _E | None] = {}
    for member in cls:
        if isinstance(member, Label):
            for term in {clean(member.text.zh).casefold(), clean(member.text.en).casefold()}:
                # A term that two members share names neither.
                known[term] = None if term in known else member
    # Values win over terms: what JSON and the store hold must mean itself.
    known.update((clean(str(member.value)).casefold(), member) for member in cls)
    exact = {member.value: member for member in cls}

    def read_enum(value: object) -> _E:
        if not isinstance(value, str):
            _refuse(_NOT_LISTED, None, _ONE_OF, accepted=choices(cls))
        found = exact.get(value) or (known.get(clean(value).casefold()) if len(value) <= 200 else None)
        if found is None:
            _refuse(_NOT_LISTED, value, _ONE_OF, accepted=choices(cls))
        return found

    return read_enum
