"""Graphs that were read from a file, and what stands in them."""

from __future__ import annotations

from typing import Any

import msgspec
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.parsers.jsonld import to_rdf

from govopen.errors import InputError
from govopen_linked_data.describing import CHINESE

__all__ = ["chinese_of", "parsed", "text_of"]

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
            "There is no format {form}.", hint="There are: {names}.", form=ascii(form), names=", ".join(_NAMES)
        )
    # The store for one graph alone is the fastest.
    graph = Graph(store="SimpleMemory")
    try:
        # As text: the parsers take bytes that are no UTF-8 for whatever they like.
        text = content.decode()
        if form == "json-ld":
            decoded = msgspec.json.decode(text)
            _refuse_remote_contexts(decoded)
            # Graph.parse comes here, too, by way of a class that it warns of.
            to_rdf(decoded, graph)
        else:
            graph.parse(data=text, format=_NAMES[form])
    except InputError:
        raise
    except Exception as error:  # rdflib's parsers raise whatever comes up in them
        raise InputError(
            "The file is no catalogue in the format {form}: {error}.", form=form, error=type(error).__name__
        ) from error
    return graph


def _refuse_remote_contexts(value: Any) -> None:
    if isinstance(value, list):
        for each in value:
            _refuse_remote_contexts(each)
    elif isinstance(value, dict):
        contexts = value.get("@context", ())
        for context in contexts if isinstance(contexts, list) else [contexts]:
            if isinstance(context, str) or (isinstance(context, dict) and "@import" in context):
                raise InputError("The file refers to a context on the Web, and nothing is fetched from there.")
        for each in value.values():
            _refuse_remote_contexts(each)


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
