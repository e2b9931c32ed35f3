"""Texts as SARIF has them: braces mark places, and brackets may make a link of what a record is called."""

from __future__ import annotations

import string
from collections.abc import Sequence

from govopen.texts import Language, Text

__all__ = ["CULTURES", "literal", "message_string", "numbered", "places"]

CULTURES: dict[Language, str] = {"zh-Hans": "zh-CN", "en": "en"}
"""SARIF names a language by ISO 639-1 and a region; it knows no scripts (3.14.7)."""


def literal(text: str) -> str:
    """The text, with nothing in it that a viewer takes for a place (3.11.5) or a link (3.11.6)."""
    if "](" in text:
        text = text.replace("[", "\\[").replace("]", "\\]")
    return _braces(text)


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def message_string(text: str) -> dict[str, str]:
    """A multiformatMessageString."""
    return {"text": literal(text)}


def places(text: Text) -> tuple[str, ...]:
    """The named places of a message in either language, in a fixed order: SARIF numbers them."""
    named = {name for form in (text.zh, text.en) for _, name, _, _ in string.Formatter().parse(form) if name}
    return tuple(sorted(named))


def numbered(template: str, names: Sequence[str]) -> str:
    """A template of ours, ``{rate} of {name}``, with SARIF's numbered places: ``{1} of {0}``."""
    return "".join(
        _braces(text) + ("" if name is None else f"{{{names.index(name)}}}")
        for text, name, _, _ in string.Formatter().parse(template)
    )
