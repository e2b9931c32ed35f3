"""Files of records, each taken as a whole or refused as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from govopen.errors import ImportRefused, Problem
from govopen.interchange.csvfile import read_csv
from govopen.interchange.held import Held, Imported
from govopen.interchange.jsonl import read_jsonl
from govopen.interchange.limits import Limits
from govopen.interchange.mapping import ColumnMapping
from govopen.interchange.raw import Options, Raw
from govopen.interchange.structure import Structurer
from govopen.interchange.tables.raw import read_toml_table, taken
from govopen.interchange.xlsx import read_xlsx
from govopen.model.base import RecordType
from govopen.model.catalog import SubCategory
from govopen.texts import N_

__all__ = ["Loaded", "Progress", "find_files", "load", "read_file"]

Progress = Callable[[Path, int, int], None]
"""Told from time to time: the file, its bytes read so far, and its bytes in all."""

_Reader = Callable[[Path, Options, Callable[[int], None] | None], Iterator[Raw | Problem]]
_READERS: Mapping[str, _Reader] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".xlsx": read_xlsx,
    ".toml": read_toml_table,
}
_TOML = ".toml"
_REPORT_EVERY = 1 << 18


@attrs.frozen(eq=False)
class Loaded:
    """A file without any error: iterate over it for its records, in their order, as often as needed.

    Attributes:
        path: The file.
        counts: How many records of each type it holds, by type name.
    """

    path: Path
    counts: Mapping[str, int]
    _held: Held

    def __iter__(self) -> Iterator[Imported]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


def find_files(paths: Iterable[str | Path]) -> tuple[Path, ...]:
    """The files to read: those named, and in directories all with a suffix that is read, sorted by path.

    Hidden files and the lock files that spreadsheet programs leave (``~$``) are passed over, and so are TOML files that
    lie in no folder called ``tables``: they hold settings.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            found[path] = None
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in inner.relative_to(path).parts)
            suffix = inner.suffix.lower()
            if suffix in _READERS and not hidden and inner.is_file() and (suffix != _TOML or taken(inner)):
                found[inner] = None
    return tuple(found)


def read_file(path: Path, options: Options, on_bytes: Callable[[int], None] | None = None) -> Iterator[Raw | Problem]:
    """What a file holds, record by record, in constant memory (a workbook excepted); problems in between."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        yield Problem(
            where=str(path),
            message=N_("Files of this kind are not read."),
            accepted=N_("Accepted: {accepted}."),
            facts={"accepted": ", ".join(_READERS)},
        )
        return
    yield from reader(path, options, on_bytes)


def load(
    paths: Iterable[str | Path],
    types: Iterable[RecordType],
    *,
    type_name: str | None = None,
    mapping: ColumnMapping | None = None,
    encoding: str | None = None,
    subcategories: Mapping[str, SubCategory] | None = None,
    limits: Limits | None = None,
    on_progress: Progress | None = None,
) -> Iterator[Loaded]:
    """Read files of records. Nothing of a file with an error is given out.

    A file is read to its end before it is yielded, so its records are held meanwhile (see
    :mod:`govopen.interchange.held`). Whoever wants all files or none stores what is yielded in one transaction, which
    the error at the end rolls back.

    Args:
        paths: Files, or directories of them (see :func:`find_files`).
        types: The record types there are.
        type_name: The type of all records; otherwise a line's key ``type``, a sheet's name or a file's name says it.
        mapping: How the columns of tables are read.
        encoding: Of text files; UTF-8 unless said.
        subcategories: The sub-categories that plugins bring, by identifier.
        limits: Sizes that are refused.
        on_progress: Told how far it is.

    Yields:
        Each file without an error, in the order of ``paths``.

    Raises:
        ImportRefused: After the last file, if any had an error: with all problems of all files, up to
            ``limits.problems`` listed for each.
    """
    limits = limits or Limits()
    options = Options(
        types={entry.name: entry for entry in types},
        type_name=type_name,
        mapping=mapping,
        encoding=encoding,
        limits=limits,
    )
    structurer = Structurer(subcategories=subcategories, limits=limits)
    seen: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    refused = 0
    files = find_files(paths)
    for path in files:
        reading = _Reading(path, options, structurer, seen)
        reading.read(on_progress)
        if reading.problems:
            refused += 1
            problems += reading.listed()
        else:
            yield Loaded(path, dict(reading.counts), reading.held)
    if refused:
        raise ImportRefused(
            N_("Files refused: {refused} of {files}. Nothing of them was stored."),
            problems=problems,
            refused=refused,
            files=len(files),
        )


class _Reading:
    def __init__(self, path: Path, options: Options, structurer: Structurer, seen: dict[tuple[str, str], str]) -> None:
        self.path = path
        self.options = options
        self.structurer = structurer
        self.seen = seen
        self.held = Held()
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.more = 0

    def read(self, on_progress: Progress | None) -> None:
        for found in read_file(self.path, self.options, self._reporter(on_progress)):
            if isinstance(found, Problem):
                self._add((found,))
            else:
                self._take(found)

    def _take(self, raw: Raw) -> None:
        record = self.structurer.structure(raw.record_type, raw.data, raw.where, raw.locate)
        if isinstance(record, tuple):
            self._add(record)
            return
        where = raw.where
        first = self.seen.setdefault((raw.record_type.name, record.id), where)
        if first != where:
            self._add((_duplicate(raw, record.id, first),))
        elif self.problems:
            self.held = Held()
        else:
            self.held.add(raw, record)
            self.counts[raw.record_type.name] += 1

    def _add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if len(self.problems) < self.options.limits.problems:
                self.problems.append(problem)
            else:
                self.more += 1

    def listed(self) -> Iterator[Problem]:
        yield from self.problems
        if self.more:
            yield Problem(
                where=str(self.path), message=N_("{count} further problems are not listed."), facts={"count": self.more}
            )

    def _reporter(self, on_progress: Progress | None) -> Callable[[int], None] | None:
        if on_progress is None or not self.path.is_file():
            return None
        total = self.path.stat().st_size
        reported = 0

        def report(done: int) -> None:
            nonlocal reported
            if done - reported >= _REPORT_EVERY or done >= total:
                reported = done
                on_progress(self.path, done, total)

        return report


def _duplicate(raw: Raw, identifier: str, first: str) -> Problem:
    facts: dict[str, object] = {"first": first}
    if not raw.record_type.guarded:
        facts["id"] = identifier
    return Problem(
        where=raw.locate("id"),
        path="id",
        message=N_("The identifier {id} stands already in {first}.")
        if "id" in facts
        else N_("This identifier stands already in {first}."),
        accepted=N_("Accepted: each identifier once among the records of a type."),
        facts=facts,
    )
