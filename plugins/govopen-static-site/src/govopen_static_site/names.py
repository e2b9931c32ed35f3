"""Names and texts that do no harm: in a path, a URL, a page, a feed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

__all__ = ["clean", "file_name", "line", "paragraphs", "quoted", "slug"]

_SLUG = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_SLUG_LENGTH = 60
# Names that Windows keeps for itself, whatever comes after the dot: the tree may be copied there.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_PLANES = range(0x10000, 0x120000, 0x10000)
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(end - 2)}-{chr(end - 1)}" for end in _PLANES)
# What HTML and XML do not allow, and what turns the text around it: a title must not rewrite the line it stands in.
_HARMFUL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff{_BIDI}{_NONCHARACTERS}]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*#%&;\'`$!^~]+')
_NAME_LENGTH = 60
_NAME_BYTES = 180
# A browser shows or saves these. Anything else could run in the site's name: HTML, SVG, a server's own scripts.
_PASSIVE = re.compile(
    "7z|bmp|csv|docx?|dps|et|gif|jpe?g|json|mp[34]|od[pst]|ofd|pdf|png|pptx?|rar|rtf|tiff?|tsv|txt|wav|webp|wps|xlsx?|zip"
)


def clean(text: str) -> str:
    """The text with plain line ends, without control characters, direction controls, and code points that are none."""
    return _HARMFUL.sub("", _LINE_END.sub("\n", text))


def line(text: str) -> str:
    """The text, cleaned, as one line."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of the text, cleaned, without the empty ones."""
    return tuple(part for part in (told.strip() for told in clean(text).split("\n")) if part)


def slug(name: str) -> str:
    """A name for files and addresses: the same for the same identifier, another for any other.

    An identifier that is fit for both, in lower-case ASCII, is its own; any other gets a part of its digest behind
    two hyphens, which no identifier of the first kind has.
    """
    if _SLUG.fullmatch(name) and len(name) <= _SLUG_LENGTH and not _DEVICES.fullmatch(name):
        return name
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "x"
    return f"{readable}--{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:16]}"


def file_name(name: str) -> str:
    """The name under which a file is offered: one component, short, and with an ending that no browser runs."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    safe = "_".join(_UNSAFE.sub("_", clean(last)).split()).strip("._-")
    stem, dot, ending = safe.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        stem, ending = safe, ""
    stem = stem.replace(".", "_")[:_NAME_LENGTH]
    while len(stem.encode()) > _NAME_BYTES:
        stem = stem[:-1]
    if not _PASSIVE.fullmatch(ending.lower()):
        return f"{stem or 'file'}{'_' if ending else ''}{ending}.bin"
    return f"{stem or 'file'}.{ending.lower()}"


def quoted(path: str) -> str:
    """The path as it is written in an address."""
    return quote(path, safe="/")
