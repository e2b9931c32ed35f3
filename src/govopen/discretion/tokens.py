"""The words of a condition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["LENGTH", "Token", "tokenize"]

LENGTH = 4000
"""Characters in a condition."""

_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_BACKQUOTED = re.compile(r"`([^`]*)`")
_SIGN = re.compile(r"<=|>=|!=|==|<>|≤|≥|≠|\.\.|[=<>()\[\],/:*]|（|）|，|＝|＜|＞")
_CONNECTIVE = re.compile(r"并且|或者|且|或|(?:and|or|not|in)(?![A-Za-z0-9_])|非")
# 1,200 is one number to an accountant, and two to whoever lists values.
_SEPARATED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_WORD_ENDS = re.compile(r"[\s<>=!≤≥≠()\[\],/:（），“\"`＝＜＞]|\.\.|且|或")
# Parentheses that say whether an interval word includes its number belong to the word.
_INCLUDING = re.compile(r"[（(](?:不含|含)[^（）()]{0,12}[）)]")
_MEANINGS = {
    "并且": "and",
    "且": "and",
    "或者": "or",
    "或": "or",
    "非": "not",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "<>": "!=",
    "==": "=",
    "（": "(",
    "）": ")",
    "，": ",",
    "＝": "=",
    "＜": "<",
    "＞": ">",
}


@attrs.frozen
class Token:
    """A word: a ``name`` of an input, a ``text`` in quotes, a ``sign`` or connective, or a plain ``word``.

    Attributes:
        at: Its first character, from 0.
    """

    kind: str
    text: str
    at: int


def tokenize(condition: str, names: Iterable[str]) -> tuple[Token, ...]:
    """The words of a condition in which ``names`` name inputs.

    Raises:
        InputError: A quotation is not closed, or the text is longer than :data:`LENGTH`.
    """
    if len(condition) > LENGTH:
        raise InputError(
            N_("The condition has {size} characters."),
            hint=N_("Accepted: at most {limit}."),
            size=len(condition),
            limit=LENGTH,
        )
    return tuple(_tokens(condition, sorted(names, key=len, reverse=True)))


def _tokens(text: str, names: list[str]) -> Iterator[Token]:
    at = 0
    while at < len(text):
        token = _next(text, at, names)
        if token is None:
            at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # whatever is no token is a blank
            continue
        found, at = token
        yield found


def _next(text: str, at: int, names: list[str]) -> tuple[Token, int] | None:
    if _SPACE.match(text, at):
        return None
    for pattern, kind in ((_QUOTED, "text"), (_BACKQUOTED, "name")):
        if found := pattern.match(text, at):
            return Token(kind, next(group for group in found.groups() if group is not None), at), found.end()
    if text[at] in '"“`':
        raise InputError(
            N_("A quotation that begins with {mark} is not closed."),
            hint=N_("Write the mark behind the last word, too."),
            mark=text[at],
        )
    for name in names:
        if text.startswith(name, at) and not _goes_on(text, at + len(name), name):
            return Token("name", name, at), at + len(name)
    if found := _SEPARATED.match(text, at):
        raise InputError(
            N_("'{word}' may be one number or several."),
            hint=N_("Write {one} for one number, {several} for several."),
            word=found.group(),
            one=found.group().replace(",", ""),
            several=found.group().replace(",", ", "),
        )
    for pattern in (_CONNECTIVE, _SIGN):
        if found := pattern.match(text, at):
            word = found.group()
            return Token("sign", _MEANINGS.get(word, word), at), found.end()
    end = _word_end(text, at)
    return Token("word", text[at:end], at), end


def _word_end(text: str, start: int) -> int:
    at = start
    while found := _WORD_ENDS.search(text, at):
        if including := _INCLUDING.match(text, found.start()):
            at = including.end()
            continue
        # A mark that begins nothing, such as a lone !, is a word of its own.
        return max(found.start(), start + 1)
    return len(text)


def _goes_on(text: str, at: int, name: str) -> bool:
    """Whether a word of plain letters goes on behind the name: ``timestamp`` is not ``times``."""
    return at < len(text) and name[-1].isascii() and text[at].isascii() and (text[at].isalnum() or text[at] == "_")
