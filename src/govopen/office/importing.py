"""Taking files into the store: all of them or nothing, and nothing that points nowhere."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from govopen.errors import ImportRefused, InputError, Problem
from govopen.interchange.load import Loaded, Progress, load
from govopen.interchange.mapping import ColumnMapping
from govopen.model.assurance import Ability, Evidence, Judgement
from govopen.model.base import Record, RecordType
from govopen.model.website import Carrier, Publication, Site, SiteKind
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.storage.port import Author, Store
from govopen.texts import N_

__all__ = ["ImportSummary", "import_files"]

_LISTED = 200
_FEW = 2000
_CITATION = 60
_CLOSE = 5
_NO_VALUES = frozenset({"type", "other", "types"})
_SITES = {Carrier.OWN_SITE: SiteKind.OWN, Carrier.PORTAL: SiteKind.PORTAL}


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
    alone: bool = False,
    on_progress: Progress | None = None,
) -> ImportSummary:
    """Read the files and store their records in one transaction.

    Args:
        store: Where to.
        registry: Whose record types.
        paths: Files and folders.
        type_name: Of records in files whose names do not say it.
        mapping: For tables with headings of their own.
        encoding: Of text files that are not UTF-8.
        replace: A record takes the place of the one with its identifier.
        alone: The files are all there is; nothing can be imported before them. Only what a refusal says depends on it.
        on_progress: Told how much of a file is read.

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
    problems, count = _first(_Links(store, registry, files, replace=replace, alone=alone).problems())
    if problems:
        raise ImportRefused(
            N_("The records do not fit together: {count} problems. Nothing was stored."),
            problems=problems,
            count=count,
        )
    with store.transaction(Author(cause="import")) as transaction:
        transaction.put_many((entry.record for file in files for entry in file), replace=replace)
    counts: Counter[str] = Counter()
    for file in files:
        counts.update(file.counts)
    return ImportSummary(counts=dict(counts), files=tuple(file.path for file in files))


def _first(problems: Iterable[Problem]) -> tuple[list[Problem], int]:
    """The problems to list, and how many there are: of a million records each may have one."""
    listed: list[Problem] = []
    count = 0
    for count, problem in enumerate(problems, 1):
        if count <= _LISTED:
            listed.append(problem)
    return listed, count


class _Links:
    """Whether every identifier is new, and every record that another names is there or comes with it.

    A record of a unit that nobody knows would never be checked; a publication of an item that nobody has recorded
    would be a publication without review. Both would look like compliance. So would a publication by one unit of an
    item of another: a check goes unit by unit and would put the two together for neither. And so would what is filed
    for an obligation that there is not.
    """

    def __init__(self, store: Store, registry: Registry, files: list[Loaded], *, replace: bool, alone: bool) -> None:
        self._store = store
        self._obligations = {
            str(citation): citation.of_clause
            for instrument in registry.library.instruments.values()
            for citation, _, _ in instrument.obligations()
        }
        self._types = {entry.name: entry for entry in registry.types}
        self._files = files
        self._replace = replace
        self._alone = alone
        self._coming: dict[str, dict[str, str]] = {}
        self._sites: dict[str, SiteKind] = {}
        self._held: dict[str, dict[str, str] | None] = {}
        self._known: dict[tuple[str, str], str | None] = {}
        self._close: dict[str, str | None] = {}
        self._partners: dict[str, set[str]] = {}
        for entry in registry.types:
            for names in entry.references.values():
                for name in names:
                    self._partners.setdefault(name, set()).update(other for other in names if other != name)

    def problems(self) -> Iterator[Problem]:
        for file in self._files:
            for entry in file:
                coming = self._coming.setdefault(entry.record_type.name, {})
                coming[entry.record.id] = entry.record_type.unit_of(entry.record)
                if isinstance(entry.record, Site):
                    self._sites[entry.record.id] = entry.record.kind
        for file in self._files:
            for entry in file:
                for problem in self._of(entry.record_type, entry.record):
                    yield attrs.evolve(problem, where=entry.where)

    def _of(self, record_type: RecordType, record: Record) -> Iterator[Problem]:
        yield from self._identity(record_type, record)
        unit = record_type.unit_of(record)
        if record_type.unit != "id" and self._owner(("unit",), unit) is None:
            yield attrs.evolve(self._nowhere(("unit",), unit, record_type), path=record_type.unit)
        for field, names in record_type.references.items():
            value = getattr(record, field)
            for target in value if isinstance(value, tuple) else (value,):
                problem = self._reference(names, target, unit if field in record_type.indexes else "", record_type)
                if problem is not None:
                    yield attrs.evolve(problem, path=field)
        if isinstance(record, Publication):
            yield from self._carrier(record)
        elif isinstance(record, Evidence | Judgement | Ability):
            yield from self._obligation(record)

    def _identity(self, record_type: RecordType, record: Record) -> Iterator[Problem]:
        name, unit = record_type.name, record_type.unit_of(record)
        stored = self._stored(name, record.id)
        if stored is not None and not self._replace:
            yield _problem(
                record_type,
                path="id",
                shown=N_("The store holds a {type} {id} already."),
                hidden=N_("The store holds a {type} of this identifier already."),
                accepted=N_("Import with --replace to let the new record take its place."),
                id=record.id,
                type=name,
            )
        elif stored is not None and record_type.unit != "id" and stored != unit:
            # What names it stays with the old unit, and no check would put the two together any more.
            yield _problem(
                record_type,
                path=record_type.unit,
                shown=N_("{type} {id} belongs to unit {owner}; this record would move it to unit {unit}."),
                hidden=N_("In the store this {type} belongs to another unit; this record would move it."),
                accepted=N_("Delete it, and import it anew together with everything that names it."),
                id=record.id,
                type=name,
                owner=stored,
                unit=unit,
            )
        for other in sorted(self._partners.get(name, ())):
            if self._owner((other,), record.id) is not None:
                yield _problem(
                    record_type,
                    self._types[other],
                    path="id",
                    shown=N_("There is a {other} {id} too: a record that names {id} would name both."),
                    hidden=N_("There is a {other} of this identifier too: a record that names it would name both."),
                    accepted=N_("Give the {type} an identifier of its own."),
                    id=record.id,
                    type=name,
                    other=other,
                )

    def _reference(self, names: tuple[str, ...], target: str, unit: str, record_type: RecordType) -> Problem | None:
        """What is wrong with naming ``target``; with a ``unit``, it has to be of that unit. A blank names nothing."""
        if not target:
            return None
        owner = self._owner(names, target)
        if owner is None:
            return self._nowhere(names, target, record_type)
        if not unit or owner == unit:
            return None
        return _problem(
            record_type,
            shown=N_("{id} belongs to unit {owner}, and this record to unit {unit}: no check would see both."),
            hidden=N_("What is named here belongs to another unit than this record: no check would see both."),
            accepted=N_("Give both the same unit."),
            id=target,
            owner=owner,
            unit=unit,
        )

    def _nowhere(self, names: tuple[str, ...], target: str, record_type: RecordType) -> Problem:
        types = " / ".join(names)
        if not target:
            # There is no record whose identifier is blank; said so, it would read as if a word were missing.
            blank = N_("The field is blank.")
            accepted = N_("Accepted: the identifier of a {types}.")
            return _problem(record_type, shown=blank, hidden=blank, accepted=accepted, types=types)
        if self._alone:
            return _problem(
                record_type,
                shown=N_("There is no {types} {id} in these files."),
                hidden=N_("There is no {types} of this identifier in these files."),
                accepted=N_("Name the file that holds it, too."),
                id=target,
                types=types,
            )
        return _problem(
            record_type,
            shown=N_("There is no {types} {id}, neither in the store nor in these files."),
            hidden=N_("There is no {types} of this identifier, neither in the store nor in these files."),
            accepted=N_("Import it first, or together with this file."),
            id=target,
            types=types,
        )

    def _carrier(self, publication: Publication) -> Iterator[Problem]:
        """The carrier says by whose site, and so does the site."""
        wanted = _SITES.get(publication.carrier)
        if wanted is None or not publication.site:
            return
        kind = self._site(publication.site)
        if kind is not None and kind is not wanted:
            yield Problem(
                where="",
                path="carrier",
                message=N_("The carrier is {carrier}, and the site {site} is of the kind {kind}."),
                accepted=N_("Accepted: own_site with a site of the kind own, portal with one of the kind portal."),
                facts={"carrier": publication.carrier.value, "site": publication.site, "kind": kind.value},
            )

    def _site(self, id_: str) -> SiteKind | None:
        if id_ not in self._sites and self._stored("site", id_) is not None:
            stored = self._store.get(Site, id_)
            if stored is not None:
                self._sites[id_] = stored.record.kind
        return self._sites.get(id_)

    def _obligation(self, record: Evidence | Judgement | Ability) -> Iterator[Problem]:
        text = record.obligation
        if text not in self._close:
            self._close[text] = _close_to(text, self._obligations)
        close = self._close[text]
        if close is not None:
            yield Problem(
                where="",
                path="obligation",
                message=N_("This is not the citation of an obligation that is known."),
                accepted=N_("Close: {close}.") if close else N_("Accepted: a citation such as {example}."),
                facts={"close": close} if close else {"example": "panyu-2011:1.3/o2"},
            )

    def _owner(self, names: Iterable[str], id_: str) -> str | None:
        """The unit of the record of that identifier, of one of these types; ``None``: there is no such record."""
        for name in names:
            owner = self._coming.get(name, {}).get(id_) or self._stored(name, id_)
            if owner is not None:
                return owner
        return None

    def _stored(self, name: str, id_: str) -> str | None:
        if name not in self._held:
            entry = self._types[name]
            few = self._store.count(entry.cls) <= _FEW
            self._held[name] = (
                {stored.record.id: entry.unit_of(stored.record) for stored in self._store.scan(entry.cls)}
                if few
                else None
            )
        held = self._held[name]
        if held is not None:
            return held.get(id_)
        key = (name, id_)
        if key not in self._known:
            stored = self._store.get(self._types[name].cls, id_)
            self._known[key] = None if stored is None else self._types[name].unit_of(stored.record)
        return self._known[key]


def _problem(
    *record_types: RecordType, shown: str, hidden: str, accepted: str, path: str = "", **facts: object
) -> Problem:
    """A problem of a record, without identifiers where they may be an applicant's name or what is classified."""
    guarded = any(entry.guarded for entry in record_types)
    return Problem(
        where="",
        path=path,
        message=hidden if guarded else shown,
        accepted=accepted,
        facts={name: fact for name, fact in facts.items() if not guarded or name in _NO_VALUES},
    )


def _close_to(text: str, known: Mapping[str, Citation]) -> str | None:
    """Obligations that somebody may have meant by ``text``; ``None``: it is one itself."""
    if text in known:
        return None
    try:
        asked = Citation.parse(text).of_clause
    except InputError:
        asked = None
    close = [name for name, clause in known.items() if clause == asked]
    return ", ".join((close or difflib.get_close_matches(text[:_CITATION], known, n=_CLOSE))[:_CLOSE])
