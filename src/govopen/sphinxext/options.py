"""Options that the directives share, and the language that a project is written in."""

from __future__ import annotations

from sphinx.config import Config

from govopen.errors import GovopenError
from govopen.report.wording import Wording
from govopen.texts import LANGUAGES, Language

__all__ = ["language", "names", "project_language", "rendered"]


def language(argument: str | None) -> str:
    """The language named by an option. docutils' own ``choice`` makes small letters of ``zh-Hans``."""
    named = (argument or "").strip()
    for known in LANGUAGES:
        if named.lower() == known.lower():
            return known
    # docutils takes this, and no other, for a wrong option, and shows its text.
    raise ValueError(f"{named!r} is no language of govopen; choose from {', '.join(LANGUAGES)}")


def project_language(config: Config) -> Language:
    """The one of our languages that is nearest to Sphinx's own setting ``language``: of ``zh_CN``, ``zh-Hans``."""
    return "zh-Hans" if (config.language or "").lower().startswith("zh") else "en"


def names(argument: str) -> tuple[str, ...]:
    """The names of an argument, between blanks or commas."""
    return tuple(argument.replace(",", " ").split())


def rendered(error: GovopenError, lang: Language) -> str:
    """An error with its problems and its hint, in words of ``lang``, on one line."""
    words = Wording(lang)
    parts = [words.say(error.message, **error.facts)]
    for problem in getattr(error, "problems", ()):
        place = f"{problem.where}: {problem.path}" if problem.path else problem.where
        parts.append(f"{place}: {words.say(problem.message, **problem.facts)}")
        parts.append(words.say(problem.accepted, **problem.facts))
    parts.append(words.say(error.hint, **error.facts))
    return " ".join(filter(None, parts))
