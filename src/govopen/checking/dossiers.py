"""Loading root records together with what rules read of them, in constant memory.

Roots come ordered by identifier and related records ordered by the identifier they point at, so one pass over each
joins them: no query per record, no more memory than one root's relations. Only what is read by a field of the root
other than its identifier is held for all roots.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from govopen.checking.port import Source
from govopen.errors import RuleError
from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.rules.base import Reads
from govopen.rules.context import Dossier

__all__ = ["Loader"]


class _Joined:
    """A stream of related records, asked for the records of ever greater keys."""

    __slots__ = ("_key", "_record", "_stream", "passed_over", "taken")

    def __init__(self, stream: Iterator[tuple[str, Record]]) -> None:
        self._stream = stream
        self._key: str | None = None
        self._record: Record | None = None
        self.taken = 0
        self.passed_over = 0
        self._advance()

    def _advance(self) -> None:
        self._key, self._record = next(self._stream, (None, None))

    def take(self, key: str) -> Sequence[Record]:
        """The records of ``key``; those of lesser keys are passed over: their root is not there."""
        while self._key is not None and self._key < key:
            self.passed_over += 1
            self._advance()
        if self._key != key:
            return ()
        found = []
        while self._key == key and self._record is not None:
            found.append(self._record)
            self._advance()
        self.taken += len(found)
        return found

    def drain(self) -> None:
        """Pass over what is left: its roots would come later, and there are none."""
        while self._key is not None:
            self.passed_over += 1
            self._advance()


class Loader:
    """Dossiers of one source as of one day."""

    def __init__(self, source: Source, types: Mapping[type[Record], RecordType], as_of: dt.date) -> None:
        self._source = source
        self._types = types
        self._as_of = as_of
        self._joins: dict[tuple[type[Record], str, type[Record]], _Joined] = {}

    def lost(self, cls: type[Record], field: str, roots: Sequence[type[Record]]) -> int:
        """How many records of ``cls`` name in ``field`` none of the roots that were loaded with them.

        Zero where not all of ``roots`` were loaded: then nothing can be said.
        """
        joins = [self._joins.get((cls, field, root)) for root in roots]
        first, *others = joins or [None]
        if first is None or None in others:
            return 0
        first.drain()
        return first.passed_over - sum(join.taken for join in others if join is not None)

    def dossiers(self, root: type[Record], reads: Iterable[Reads], unit: Unit) -> Iterator[Dossier[Record]]:
        """The unit's records of class ``root``, by identifier, each with its related records.

        Raises:
            RuleError: Two rules read the same class of records of ``root`` by different fields.
        """
        of_unit: dict[type[Record], Sequence[Record]] = {}
        joined: dict[type[Record], _Joined] = {}
        shared: list[Reads] = []
        for entry in _distinct(root, reads):
            if entry.by == "unit":
                of_unit[entry.cls] = list(self._seen(entry.cls, self._source.read(entry.cls, unit.id)))
            elif entry.equals:
                shared.append(entry)
            else:
                pairs = self._source.read_by(entry.cls, entry.by, unit.id)
                joined[entry.cls] = _Joined(self._seen_pairs(entry.cls, pairs))
                self._joins[entry.cls, entry.by, root] = joined[entry.cls]
        roots = self._seen(root, self._source.read(root, unit.id))
        held = {entry: self._sharing(entry, root, unit) for entry in shared}
        if not joined and not held:
            for record in roots:
                yield Dossier(record, unit, of_unit)
        elif len(joined) == 1 and not held:
            # By far the most common shape, and the one that runs a million times.
            ((cls, stream),) = joined.items()
            take = stream.take
            for record in roots:
                yield Dossier(record, unit, {**of_unit, cls: take(record.id)})
        else:
            for record in roots:
                yield Dossier(record, unit, of_unit | _of_root(record, joined, held))

    def _sharing(self, entry: Reads, root: type[Record], unit: Unit) -> Mapping[str, Sequence[Record]]:
        """The related records that share a value with any root, by that value."""
        roots = self._seen(root, self._source.read(root, unit.id))
        wanted = {value for record in roots if (value := getattr(record, entry.equals))}
        found: dict[str, list[Record]] = {}
        if wanted:
            pairs = self._source.read_by(entry.cls, entry.by, unit.id)
            for value, record in self._seen_pairs(entry.cls, pairs):
                if value in wanted:
                    found.setdefault(value, []).append(record)
        return found

    def _seen(self, cls: type[Record], records: Iterator[Record]) -> Iterator[Record]:
        """Those whose act lies on or before the as-of date; a record without a date is there."""
        act = self._types[cls].act
        if not act:
            return records
        as_of = self._as_of
        return (record for record in records if (day := getattr(record, act)) is None or day <= as_of)

    def _seen_pairs(self, cls: type[Record], pairs: Iterator[tuple[str, Record]]) -> Iterator[tuple[str, Record]]:
        act = self._types[cls].act
        if not act:
            return pairs
        as_of = self._as_of
        return (pair for pair in pairs if (day := getattr(pair[1], act)) is None or day <= as_of)


def _of_root(
    record: Record, joined: Mapping[type[Record], _Joined], held: Mapping[Reads, Mapping[str, Sequence[Record]]]
) -> dict[type[Record], Sequence[Record]]:
    related = {cls: stream.take(record.id) for cls, stream in joined.items()}
    return related | {entry.cls: found.get(getattr(record, entry.equals), ()) for entry, found in held.items()}


def _distinct(root: type[Record], reads: Iterable[Reads]) -> Iterable[Reads]:
    fields: dict[type[Record], Reads] = {}
    for entry in reads:
        known = fields.setdefault(entry.cls, entry)
        if known != entry:
            raise RuleError(
                "Rules about {root} read {cls} both by '{one}' and by '{other}'.",
                hint="A dossier holds the records of a class once; read them by one field.",
                root=root.__name__,
                cls=entry.cls.__name__,
                one=known.way,
                other=entry.way,
            )
    return fields.values()
