"""What an e-mail says, however it is written: who sends it, what is asked for, and when it arrived.

No bytes make it fail. A message that breaks every rule is still an application that somebody sent, so what can be made
out of it is taken. The older interface of :mod:`email` (``compat32``) is used on purpose: the newer one raises on some
malformed headers, and drops the bytes of headers in plain GBK that many Chinese programs send.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import Compat32
from email.utils import getaddresses, parsedate_to_datetime
from itertools import count
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import attrs

from govopen.intake.mail_html import shown_text

__all__ = ["Mail", "arrival", "read_mail"]

T = TypeVar("T")
U = TypeVar("U")

_SHANGHAI = ZoneInfo("Asia/Shanghai")
# They decode anything, and programs declare them for whatever they write. Western text has no such run of high bytes.
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "windows-1252", "cp1252"})
# Not for mail: they take the square of the time, or read escapes in what was written plainly.
_NO_CHARSETS = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7"}
)
_RUN = re.compile(rb"[\x80-\xfe]{4}")
_NO_TEXT = frozenset({"application", "audio", "font", "image", "model", "video"})
# What takes the library the square of the time, or more, is cut beforehand: anybody can send anything.
_MOST_PARTS = 1_000
_MOST_HEADERS = 300
# The largest message in base64 has fewer, each end counted as two.
_MOST_LINES = 1_300_000
_DEEPEST = 20
_LONGEST_HEAD = 1_000_000
_LONGEST_HEADER = 4_000
_MOST_PARAMETERS = 64
_LONGEST_LINE = 1_000
# As much as an import takes in one field. The message itself is kept whole where it lies.
_LONGEST_TEXT = 300_000
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What :mod:`email` raises on malformed messages, by version."""


class _AsWritten(Compat32):
    """Gives headers as they are written: the library's own would put a mark in the place of each byte beyond ASCII.

    Of each the beginning: addresses, parameters and encoded words take the square of their length.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if name.lower().startswith("content-"):
            value = ";".join(value.split(";", _MOST_PARAMETERS)[:_MOST_PARAMETERS])
        return name, value[:_LONGEST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


_AS_WRITTEN = _AsWritten()


class _Part(Message):
    """A part that refuses to be read once the whole has more than a mail program makes of it.

    Each line is compared with the boundaries of all parts around it, and each part looks through the headers of the
    one around it.
    """

    def __init__(self, policy: Any = _AS_WRITTEN) -> None:
        super().__init__(policy)
        self.depth = 0
        self.numbers = count(1)

    def attach(self, payload: Any) -> None:
        payload.depth, payload.numbers = self.depth + 1, self.numbers
        if payload.depth > _DEEPEST or next(self.numbers) >= _MOST_PARTS:
            raise MessageError
        super().attach(payload)

    def set_raw(self, name: str, value: Any) -> None:
        if len(self) >= _MOST_HEADERS:
            raise MessageError
        super().set_raw(name, value)


@attrs.frozen(kw_only=True)
class Mail:
    """What an e-mail says. It holds personal data.

    Attributes:
        name: Of the sender, as the message has it.
        address: Of the sender.
        text: Subject, body, and the names of attached files, parted by blank lines.
    """

    name: str = attrs.field(repr=False)
    address: str = attrs.field(repr=False)
    text: str = attrs.field(repr=False)


def read_mail(raw: bytes) -> Mail:
    """What the message says. Never an exception, whatever the bytes."""
    whole = _parsed(raw)
    head = whole or _head(raw)
    if head is None:
        return Mail(name="", address="", text=_unparted(raw))
    name, address = _tried(_sender, head, ("", ""))
    subject = _tried(lambda found: _header(found, "Subject"), head, "")
    body, files = (None, "") if whole is None else (_tried(_body, whole, None), _tried(_files, whole, ""))
    texts = (subject, _unparted(raw) if body is None else body.strip()[:_LONGEST_TEXT], files)
    return Mail(name=name, address=address, text="\n\n".join(filter(None, texts)))


def _parsed(raw: bytes) -> Message | None:
    """The message in parts; ``None``: nobody can tell them."""
    if raw.count(b"\n") + raw.count(b"\r") > _MOST_LINES:
        return None
    try:
        return message_from_bytes(raw, _Part, policy=_AS_WRITTEN)
    except _BROKEN:
        return None


def _head(raw: bytes) -> Message | None:
    """The headers of the message alone."""
    try:
        return BytesHeaderParser(_Part, policy=_AS_WRITTEN).parsebytes(raw[:_LONGEST_HEAD])
    except _BROKEN:
        return None


def _unparted(raw: bytes) -> str:
    """All words of a message of which nobody can tell the parts."""
    return _plain(_decoded(raw, ""))[:_LONGEST_TEXT]


def _tried(make: Callable[[Message], T], message: Message, otherwise: U) -> T | U:
    try:
        return make(message)
    except _BROKEN:
        return otherwise


def arrival(head: bytes) -> dt.date | None:
    """The day in Shanghai on which the receiving server took the message, by the topmost ``Received``; else ``None``.

    The header ``Date`` is the sender's own word, and would let anybody choose when a request arrived.

    Args:
        head: The beginning of the message.
    """
    try:
        message = _head(head)
        stamps = message.get_all("Received", []) if message is not None else []
        return _shanghai(parsedate_to_datetime(str(stamps[0]).rpartition(";")[2].strip())) if stamps else None
    except (*_BROKEN, OverflowError):
        return None


def _shanghai(moment: dt.datetime) -> dt.date:
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(_SHANGHAI).date()


def _sender(message: Message) -> tuple[str, str]:
    """Name and address. What cannot be parsed as a mailbox is taken for a name as it stands."""
    written = _raw(message, "From")
    found = [pair for pair in getaddresses([written]) if pair[1]]
    if len(found) == 1 and "@" in found[0][1]:
        name, address = found[0]
        return _unfolded(_words(name)), _unfolded(_words(address))
    return _unfolded(_words(written)), ""


def _header(message: Message, name: str) -> str:
    return _unfolded(_words(_raw(message, name)))


def _raw(message: Message, name: str) -> str:
    """The header as written; bytes beyond ASCII, which it may not hold, in the encoding that they show."""
    return _shown(str(message.get(name, "")))


def _shown(text: str) -> str:
    try:
        raw = text.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return _plain(text)
    return _decoded(raw, "") if len(raw) < _LONGEST_HEADER else _beginning(raw)


def _beginning(raw: bytes) -> str:
    """Bytes as text that may have been cut amid a character."""
    for name in ("utf-8", "gb18030"):
        try:
            return codecs.getincrementaldecoder(name)().decode(raw)
        except UnicodeError:
            continue
    return raw.decode("utf-8", "replace")


def _words(text: str) -> str:
    """A header with its encoded words (RFC 2047) decoded."""
    try:
        parts = decode_header(text)
    except (HeaderParseError, *_BROKEN):
        return _plain(text)
    # What stands between encoded words comes as bytes that were made of the characters one by one.
    found = [
        part if isinstance(part, str) else _decoded(part, charset) if charset else _between(part)
        for part, charset in parts
    ]
    return _plain("".join(found))


def _between(part: bytes) -> str:
    return part.decode("raw-unicode-escape", "replace")


def _unfolded(text: str) -> str:
    """A header on one line."""
    return re.sub(r"\s+", " ", text[:_LONGEST_LINE]).strip()


def _body(message: Message) -> str:
    """The plain text; without any, what a reader of the HTML sees; without that, whatever else may be text."""
    plain: list[Message] = []
    html: list[Message] = []
    other: list[Message] = []
    for part in _inline(message):
        match part.get_content_type():
            case "text/plain":
                plain.append(part)
            case "text/html":
                html.append(part)
            case kind if kind.partition("/")[0] not in _NO_TEXT:
                other.append(part)
    kinds = ((plain, str), (html, lambda source: shown_text(source) or source), (other, str))
    return next(filter(None, (_joined(parts, shown) for parts, shown in kinds)), "")


def _joined(parts: Iterable[Message], shown: Callable[[str], str]) -> str:
    """The texts of the parts, up to what is kept of all of them together."""
    texts: list[str] = []
    left = _LONGEST_TEXT
    for part in parts:
        source = _text(part).strip()[:left]
        left -= len(source)
        texts.append(shown(source))
    return "\n\n".join(filter(str.strip, texts))


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold no others."""
    return (part for part in message.walk() if not isinstance(part.get_payload(), list))


def _inline(message: Message) -> Iterator[Message]:
    return (part for part in _parts(message) if part.get_content_disposition() != "attachment")


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    declared = part.get_param("charset", "")
    return _plain(_decoded(payload, declared if isinstance(declared, str) else ""))


def _files(message: Message) -> str:
    """The names of attached files: an application is often one, and a clerk has to know that there is something."""
    names: list[str] = []
    for part in _parts(message):
        if sum(map(len, names)) >= _LONGEST_LINE:
            break
        name = _file_name(part)
        if name or part.get_content_disposition() == "attachment":
            names.append(name or "（无文件名）")
    return f"附件：{'；'.join(names)}"[:_LONGEST_LINE] if names else ""


def _file_name(part: Message) -> str:
    """As the message has it. The library's own way decodes by any codec that the message names, however slow."""
    found = part.get_param("filename", None, "content-disposition") or part.get_param("name", "")
    if isinstance(found, tuple):
        charset, _, value = found
        return _unfolded(_plain(_decoded(value.encode("latin-1", "replace"), charset or "")))
    return _unfolded(_words(_shown(str(found))))


def _decoded(content: bytes, charset: str) -> str:
    """Bytes as text: as declared, else as UTF-8, else as GB 18030. What fits none loses the bytes that do not fit."""
    wanted = charset.strip().strip("\"'").lower()
    names = [_safe(wanted), "utf-8", "gb18030"]
    if wanted in _WESTERN and _RUN.search(content):
        names = names[1:]
    for name in filter(None, names):
        try:
            return content.decode(name)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def _safe(charset: str) -> str:
    """A codec that decodes mail; empty: nobody knows it, or it is meant for other things than mail."""
    try:
        name = codecs.lookup(charset).name.replace("-", "_")
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_CHARSETS else name


def _plain(text: str) -> str:
    """Text that can be kept: with ends of line as ours, without NUL and halves of pairs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return lines.encode("utf-8", "replace").decode()
