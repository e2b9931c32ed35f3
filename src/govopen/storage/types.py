"""The record types a store was opened with, each ready to be written, indexed and read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar, cast

import attrs
import msgspec

from govopen.errors import PluginError, StoreError, UnknownRecordType
from govopen.model import codec
from govopen.model.base import Record, RecordType

__all__ = ["BoundType", "TypeBook", "entries_of"]

R = TypeVar("R", bound=Record)


def _values(held: object) -> Iterator[str]:
    """What an indexed field holds, as index values. Blank is nothing."""
    if isinstance(held, str):
        if held:
            # An enumeration's own hash and equality are those of its value, but drivers want the plain text.
            yield str.__str__(held)
    elif isinstance(held, dt.date):
        yield held.isoformat()
    elif isinstance(held, tuple | frozenset):
        for member in held:
            yield from _values(member)
    elif held is not None:
        raise TypeError(type(held).__name__)


def entries_of(type_: RecordType, record: Record) -> list[tuple[str, str]]:
    """The record's index entries: field and value, each once.

    Raises:
        PluginError: A field that the record type indexes holds what cannot be indexed.
    """
    found: dict[tuple[str, str], None] = {}
    for field in type_.indexes:
        try:
            for value in _values(getattr(record, field)):
                found[field, value] = None
        except TypeError as error:
            raise PluginError(
                "The record type {type} indexes the field {field}, which holds a {kind}.",
                hint="An indexed field holds a text, an enumeration, a date, or a tuple of them.",
                type=type_.name,
                field=field,
                kind=str(error),
            ) from error
    return list(found)


@attrs.frozen(eq=False)
class BoundType(Generic[R]):
    """A record type with its decoder."""

    type: RecordType
    decode: Callable[[bytes], R]

    @property
    def layout(self) -> str:
        """What the stored unit and index entries of the type depend on."""
        return json.dumps([self.type.version, self.type.unit, *sorted(self.type.indexes)])

    def load(self, id_: str, version: int, body: bytes) -> R:
        """The record of a body, brought up to the type's version.

        Raises:
            StoreError: The body is newer than the type, lacks an upcaster, or is no record of the type.
        """
        try:
            return self.decode(body if version == self.type.version else self._upcast(id_, version, body))
        except msgspec.MsgspecError as error:
            # The part before " - at " may quote the value.
            raise StoreError(
                "The stored {type} {id} does not fit its record type, at {path}.",
                hint="Either its version lacks an upcaster, or the store was changed by hand.",
                type=self.type.name,
                id=id_,
                path=str(error).partition(" - at ")[2].strip("`") or "$",
            ) from None

    def _upcast(self, id_: str, version: int, body: bytes) -> bytes:
        facts = {"type": self.type.name, "id": id_, "known": self.type.version}
        if version > self.type.version:
            raise StoreError(
                "The stored {type} {id} is of version {version}; the record type loaded knows versions up to {known}.",
                hint="Install the version of govopen, or of the plugin that brings {type}, that wrote it.",
                version=version,
                **facts,
            )
        fields = cast("dict[str, Any]", msgspec.json.decode(body))
        for step in range(version, self.type.version):
            if (upcaster := self.type.upcasters.get(step)) is None:
                raise StoreError(
                    "The stored {type} {id} is of version {version}, and its record type has no upcaster from {step}.",
                    hint="Ask whoever brings the record type {type} for an upcaster.",
                    version=version,
                    step=step,
                    **facts,
                )
            try:
                fields = upcaster(fields)
            except Exception as error:
                raise StoreError(
                    "The upcaster of {type} from version {step} failed on {id}: {kind}.",
                    hint="Report it to whoever brings the record type {type}.",
                    step=step,
                    kind=type(error).__name__,
                    **facts,
                ) from error
        return msgspec.json.encode(fields)


class TypeBook:
    """The record types of one store, by class and by name."""

    def __init__(self, types: Iterable[RecordType]) -> None:
        """Check and take the types.

        Raises:
            PluginError: Two have one name or one class, or one indexes a field that it lacks or that is personal.
        """
        self._by_class: dict[type[Record], BoundType[Any]] = {}
        self.by_name: dict[str, BoundType[Any]] = {}
        for type_ in types:
            _check(type_)
            cls: type[Any] = type_.cls
            if type_.name in self.by_name or cls in self._by_class:
                raise PluginError(
                    "The record type {type} of {cls} is there twice, by its name or by its class.",
                    type=type_.name,
                    cls=type_.cls.__qualname__,
                )
            self.by_name[type_.name] = self._by_class[cls] = BoundType(type_, codec.decoder(cls))

    def of(self, cls: type[R]) -> BoundType[R]:
        """The type of a class.

        Raises:
            UnknownRecordType: There is none.
        """
        try:
            return self._by_class[cls]
        except KeyError:
            raise UnknownRecordType(
                "The store was opened without the record type of {cls}.",
                hint="Open it with that type; a plugin brings its types by the hook govopen_record_types.",
                cls=cls.__qualname__,
            ) from None

    def indexed(self, cls: type[R], field: str) -> BoundType[R]:
        """The type of a class that has an index of ``field``.

        Raises:
            StoreError: It has none.
            UnknownRecordType: There is no type of that class.
        """
        bound = self.of(cls)
        if field not in bound.type.indexes:
            raise StoreError(
                "The record type {type} has no index of {field}.",
                hint="It declares: {indexes}.",
                type=bound.type.name,
                field=field,
                indexes=", ".join(bound.type.indexes) or "-",
            )
        return bound


def _check(type_: RecordType) -> None:
    fields = attrs.fields_dict(type_.cls)
    for field in type_.indexes:
        if field not in fields:
            raise PluginError(
                "The record type {type} indexes {field}, which {cls} does not have.",
                type=type_.name,
                field=field,
                cls=type_.cls.__qualname__,
            )
        if field in type_.personal_fields:
            raise PluginError(
                "The record type {type} indexes {field}, which holds personal data.",
                hint="Personal data are kept in the body alone, so that erasing it erases them.",
                type=type_.name,
                field=field,
            )
