"""Records as JSON, for stores: compact, canonical, and fast to decode.

A field that holds its default is left out, so that most bodies are short. A default therefore belongs to the
record type's version: changing one changes what older bodies mean, and needs an upcaster that writes the old
default down. Reading is strict about values and lenient about fields: an unknown one is ignored, because it is the
store, by the version it keeps beside the body, that knows whether a body is older or newer than the class.

Imported records come in by another door, which normalises and explains every error; this one trusts what it wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

import attrs
import msgspec

from govopen.errors import PluginError, StoreError
from govopen.model.base import Record

__all__ = ["decoder", "digest", "encode"]

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_NOTHING = object()

_json = msgspec.json.Encoder(order="deterministic").encode


def _cached(function: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """``functools.cache``, which by its type takes no class for hashable."""
    return cast("Callable[[type[Any]], T]", cache(function))


@_cached
def _defaults(cls: type[Any]) -> tuple[tuple[str, object], ...] | None:
    """Name and default of each field of an attrs class, in order; ``None`` for other classes."""
    if not attrs.has(cls):
        return None
    found: list[tuple[str, object]] = []
    for field in sorted(attrs.fields(cls), key=lambda field: field.name):
        default: object = _NOTHING if field.default is attrs.NOTHING else field.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # typed as a function, and is a class
            default = cast("Any", default).factory()
        found.append((field.name, default))
    return tuple(found)


def _plain(value: object) -> object:
    """``value`` without the defaults of its attrs values. What is not a container of them is msgspec's to write."""
    cls = type(value)
    if cls is str:
        return value
    if (fields := _defaults(cls)) is not None:
        plain: dict[str, object] = {}
        for name, default in fields:
            held = getattr(value, name)
            # A default of another type is another value: True equals 1.
            if held is not default and not (type(held) is type(default) and held == default):
                plain[name] = _plain(held)
        return plain
    if isinstance(value, tuple | list):
        return [_plain(member) for member in value]
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    return value


def encode(record: Record) -> bytes:
    """The record as UTF-8 JSON: keys sorted, fields that hold their default left out.

    Equal records give equal bytes, except where equal values are written differently (``Decimal("1")`` and
    ``Decimal("1.0")``).

    Raises:
        StoreError: A value has no JSON form: a lone surrogate, an object of no known type.
    """
    try:
        return _json(_plain(record))
    except (TypeError, ValueError) as error:
        raise StoreError(
            "The {cls} {id} holds a value that cannot be written as JSON.",
            hint="Texts hold whole characters only; other values are plain ones, or attrs values of them.",
            cls=type(record).__name__,
            id=ascii(record.id),
        ) from error


@_cached
def _decoder(cls: type[Any]) -> Callable[[bytes], Any]:
    try:
        return msgspec.json.Decoder(cls).decode
    except (TypeError, NotImplementedError) as error:
        raise PluginError(
            "The record class {cls} cannot be read from JSON: {reason}",
            hint="A field may hold one attrs class, or plain values; make of a union one class with a kind.",
            cls=cls.__name__,
            reason=str(error),
        ) from error


def decoder(cls: type[R]) -> Callable[[bytes], R]:
    """The function that turns a body into a record of ``cls``.

    The function raises ``msgspec.ValidationError`` or ``msgspec.DecodeError`` for a body that is no such record.

    Raises:
        PluginError: The class holds what JSON cannot tell apart, such as a union of two attrs classes, or has a default
            made of the record itself.
    """
    return _decoder(cls)


def digest(record: Record) -> str:
    """The SHA-256 of the record's body, in hexadecimal."""
    return hashlib.sha256(encode(record)).hexdigest()
