"""What holds for one run of the program, known before its command line is parsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import click

from govopen.cli.words import Words
from govopen.texts import LANGUAGES, Language, preferred_language

__all__ = ["Session", "session_of"]


@attrs.frozen
class Session:
    """The language of the run, and whether errors show where in the code they arose."""

    words: Words
    debug: bool = False

    @classmethod
    def of(cls, args: Sequence[str]) -> Session:
        """Read from the arguments themselves: help and usage errors, which end the parsing, have a language, too."""
        lang = preferred_language()
        for value in _values(args, "--lang"):
            lang = next((known for known in LANGUAGES if known == value), lang)
        return cls(Words(lang), debug="--debug" in _options(args))

    @property
    def lang(self) -> Language:
        return self.words.lang


def session_of(ctx: click.Context) -> Session:
    """The session of a command that is being run."""
    found = ctx.find_object(Session)
    return found if found is not None else Session.of(())


def _options(args: Sequence[str]) -> Sequence[str]:
    """The arguments that can be options: those before ``--``."""
    return args[: args.index("--")] if "--" in args else args


def _values(args: Sequence[str], option: str) -> Iterator[str]:
    options = _options(args)
    for position, argument in enumerate(options):
        if argument == option and position + 1 < len(options):
            yield options[position + 1]
        elif argument.startswith(f"{option}="):
            yield argument.partition("=")[2]
