"""Taking files into the store: all of them or nothing, and nothing that points nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from govopen.errors import ImportRefused, Problem
from govopen.interchange.load import Loaded, Progress, load
from govopen.interchange.mapping import ColumnMapping
from govopen.model.base import Record, RecordType
from govopen.plugins.registry import Registry
from govopen.storage.port import Store
from govopen.texts import N_

__all__ = ["ImportSummary", "import_files"]

_LISTED = 200


@attrs.frozen(kw_only=True)
class ImportSummary:
    """What was stored.

    Attributes:
        counts: Records by type name.
        files: The files read.
    """

    counts: Mapping[str, int]
    files: tuple[Path, ...]


def import_files(
    store: Store,
    registry: Registry,
    paths: Iterable[Path],
    *,
    type_name: str | None = None,
    mapping: ColumnMapping | None = None,
    encoding: str | None = None,
    replace: bool = False,
    on_progress: Progress | None = None,
) -> ImportSummary:
    """Read the files and store their records in one transaction.

    Raises:
        ImportRefused: Something is wrong with a file, a record has the identifier of one that is there, or a record
            names another that is nowhere. Nothing was stored.
    """
    files = list(
        load(
            paths,
            registry.types,
            type_name=type_name,
            mapping=mapping,
            encoding=encoding,
            subcategories={entry.id: entry for entry in registry.categories},
            on_progress=on_progress,
        )
    )
    problems = list(_Links(store, registry.types, files, replace=replace).problems())
    if problems:
        raise ImportRefused(
            N_("The records do not fit together: {count} problems. Nothing was stored."),
            problems=problems[:_LISTED],
            count=len(problems),
        )
    with store.transaction() as transaction:
        transaction.put_many((entry.record for file in files for entry in file), replace=replace)
    counts: Counter[str] = Counter()
    for file in files:
        counts.update(file.counts)
    return ImportSummary(counts=dict(counts), files=tuple(file.path for file in files))


class _Links:
    """Whether every identifier is new, and every record that another names is there or comes with it.

    A record of a unit that nobody knows would never be checked; a publication of an item that nobody has recorded
    would be a publication without review. Both would look like compliance. So would a publication by one unit of an
    item of another: a check goes unit by unit and would put the two together for neither.
    """

    def __init__(self, store: Store, types: Iterable[RecordType], files: list[Loaded], *, replace: bool) -> None:
        self._store = store
        self._types = {entry.name: entry for entry in types}
        self._files = files
        self._replace = replace
        self._coming: dict[str, dict[str, str]] = {}
        self._empty = {name: store.count(entry.cls) == 0 for name, entry in self._types.items()}
        self._known: dict[tuple[str, str], str | None] = {}

    def problems(self) -> Iterator[Problem]:
        for file in self._files:
            for entry in file:
                coming = self._coming.setdefault(entry.record_type.name, {})
                coming[entry.record.id] = entry.record_type.unit_of(entry.record)
        for file in self._files:
            for entry in file:
                yield from self._of(entry.record_type, entry.record, entry.where)

    def _of(self, record_type: RecordType, record: Record, where: str) -> Iterator[Problem]:
        if not self._replace and self._stored(record_type.name, record.id) is not None:
            yield Problem(
                where=where,
                path="id",
                message=N_("The store holds a {type} {id} already."),
                accepted=N_("Import with --replace to let the new record take its place."),
                facts={"type": record_type.name, "id": record.id},
            )
        unit = record_type.unit_of(record)
        if record_type.unit != "id" and self._owner(("unit",), unit) is None:
            yield attrs.evolve(_nowhere(("unit",), unit), where=where, path=record_type.unit)
        for field, names in record_type.references.items():
            value = getattr(record, field)
            for target in value if isinstance(value, tuple) else (value,):
                problem = self._reference(names, target, unit if field in record_type.indexes else "")
                if problem is not None:
                    yield attrs.evolve(problem, where=where, path=field)

    def _reference(self, names: tuple[str, ...], target: str, unit: str) -> Problem | None:
        """What is wrong with naming ``target``; with a ``unit``, it has to be of that unit. A blank names nothing."""
        if not target:
            return None
        owner = self._owner(names, target)
        if owner is None:
            return _nowhere(names, target)
        if not unit or owner == unit:
            return None
        return Problem(
            where="",
            message=N_("{id} belongs to unit {owner}, and this record to unit {unit}: no check would see both."),
            accepted=N_("Give both the same unit."),
            facts={"id": target, "owner": owner, "unit": unit},
        )

    def _owner(self, names: Iterable[str], id_: str) -> str | None:
        """The unit of the record of that identifier, of one of these types; ``None``: there is no such record."""
        for name in names:
            owner = self._coming.get(name, {}).get(id_) or self._stored(name, id_)
            if owner is not None:
                return owner
        return None

    def _stored(self, name: str, id_: str) -> str | None:
        if self._empty[name]:
            return None
        key = (name, id_)
        if key not in self._known:
            stored = self._store.get(self._types[name].cls, id_)
            self._known[key] = None if stored is None else self._types[name].unit_of(stored.record)
        return self._known[key]


def _nowhere(names: tuple[str, ...], target: str) -> Problem:
    return Problem(
        where="",
        message=N_("There is no {types} {id}, neither in the store nor in these files."),
        accepted=N_("Import it first, or together with this file."),
        facts={"types": " / ".join(names), "id": target},
    )
