"""Options that the directives share."""

from __future__ import annotations

from govopen.texts import LANGUAGES

__all__ = ["language"]


def language(argument: str | None) -> str:
    """The language named by an option. docutils' own ``choice`` makes small letters of ``zh-Hans``."""
    named = (argument or "").strip()
    for known in LANGUAGES:
        if named.lower() == known.lower():
            return known
    # docutils takes this, and no other, for a wrong option, and shows its text.
    raise ValueError(f"{named!r} is no language of govopen; choose from {', '.join(LANGUAGES)}")
