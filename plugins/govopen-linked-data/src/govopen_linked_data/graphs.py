"""Graphs that were read from a file, and what stands in them."""

from __future__ import annotations

import re
from typing import Any, NoReturn

import msgspec
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.parsers.jsonld import Parser
from rdflib.plugins.shared.jsonld.context import Context

from govopen.errors import InputError
from govopen.texts import Message
from govopen_linked_data.describing import CHINESE

__all__ = ["chinese_of", "number_of", "parsed", "text_of"]

_NAMES = {"turtle": "turtle", "json-ld": "json-ld", "n-triples": "nt"}


def parsed(content: bytes, form: str) -> Graph:
    """What a file says.

    Args:
        content: The file.
        form: Its format: ``turtle``, ``json-ld`` or ``n-triples``.

    Raises:
        InputError: It cannot be read, or refers to a context that lies elsewhere: nothing is fetched from the Web.
    """
    if form not in _NAMES:
        raise InputError(
            Message("没有格式{form}。", "There is no format {form}."),
            hint=Message("可用的有：{names}。", "There are: {names}."),
            form=ascii(form),
            names=", ".join(_NAMES),
        )
    # The store for one graph alone is the fastest.
    graph = Graph(store="SimpleMemory")
    try:
        # As text: the parsers take bytes that are no UTF-8 for whatever they like.
        text = content.decode()
        if form == "json-ld":
            decoded = msgspec.json.decode(text)
            _refuse_remote_contexts(decoded)
            # Graph.parse does this, too, by way of a class that it warns of, and fetches contexts.
            context = Context()
            context._context_cache = _Closed()  # noqa: SLF001 - where rdflib looks before it fetches; it asks nobody
            Parser().parse(decoded, context, graph)
        else:
            graph.parse(data=text, format=_NAMES[form])
    except InputError:
        raise
    except Exception as error:  # rdflib's parsers raise whatever comes up in them
        raise InputError(
            Message("文件不是格式{form}的目录：{error}。", "The file is no catalogue in the format {form}: {error}."),
            form=form,
            error=type(error).__name__,
        ) from error
    return graph


class _Closed(dict[str, Any]):
    """A cache of contexts, shared by all within a context: whoever looks for one that lies elsewhere is refused."""

    def __contains__(self, _: object) -> NoReturn:
        _refuse()


def _refuse() -> NoReturn:
    raise InputError(
        Message(
            "文件引用了网络上的上下文（@context），而本程序不从网络获取任何内容。",
            "The file refers to a context on the Web, and nothing is fetched from there.",
        )
    )


def _refuse_remote_contexts(value: Any) -> None:
    """Refuse a context that is named and not written out, wherever it stands: also in a context, or in lists of lists.

    A context that begins anew has a cache of its own, so the file is looked through before it is read.
    """
    if isinstance(value, list):
        for each in value:
            _refuse_remote_contexts(each)
    elif isinstance(value, dict):
        if "@import" in value or _names_one(value.get("@context")):
            _refuse()
        for each in value.values():
            _refuse_remote_contexts(each)


def _names_one(context: Any) -> bool:
    return isinstance(context, str) or (isinstance(context, list) and any(map(_names_one, context)))


def number_of(text: str) -> int:
    """A number as it is written, of as many digits as a number of bytes or of parts can have.

    Raises:
        InputError: It is none.
    """
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise InputError(Message("目录中有无效的数字。", "The catalogue holds a number that is none."))
    return int(text)


def text_of(graph: Graph, subject: Any, predicate: URIRef) -> str:
    """A value as it is written; empty if there is none, or no subject."""
    value = None if subject is None else graph.value(subject, predicate)
    return "" if value is None else str(value)


def chinese_of(graph: Graph, subject: Any, predicate: URIRef) -> str:
    """A text of the record; one in no language stands for a blank."""
    # Of no subject, a graph would give the values of all.
    for value in () if subject is None else graph.objects(subject, predicate):
        if isinstance(value, Literal) and value.language is not None and value.language.lower() == CHINESE.lower():
            return str(value)
    return ""
