"""The workspace that a Sphinx project documents, and which of its pages the records have left behind.

``govopen_workspace``
    Folder with ``govopen.toml``, seen from the project's folder of documents.
``govopen_unit``
    Identifier of the unit whose documents these are, where a directive names none.
``govopen_as_of``
    The legal day of the documents, as ``2011-12-31`` or as a date. Default: the day of the build, in Shanghai.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, MutableMapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from govopen.checking.coverage import coverage
from govopen.errors import GovopenError, InputError
from govopen.office.workspace import SETTINGS_FILE, WAIVERS_FILE
from govopen.plugins.registry import Registry
from govopen.report.documents.answering import coverage_part, rule_list
from govopen.report.documents.parts import Part, texts
from govopen.report.documents.records import UnitRecords
from govopen.report.documents.source import UnitSource
from govopen.report.wording import Wording
from govopen.sphinxext.registries import instrument_files, registry_of
from govopen.texts import LANGUAGES, N_

__all__ = ["UnitPages", "note_law", "opened", "reading", "records_of", "register_sources"]

Mark = tuple[str, ...]

_NOTED = "govopen_unit_marks"
"""Attribute of the environment: from a page to the mark of the records that it was written from."""

# Clearing takes the time, and a unit's pages are several. Of one state of the records only, and in no file.
_KNOWN: WeakKeyDictionary[Config, tuple[Mark, dict[str, UnitRecords]]] = WeakKeyDictionary()

_LAW: WeakKeyDictionary[Registry, str] = WeakKeyDictionary()


def _workspace(env: BuildEnvironment) -> Path:
    named = env.config.govopen_workspace
    if not named:
        raise InputError(
            N_("The project names no workspace."),
            hint=N_("Write into conf.py: govopen_workspace = 'the folder with govopen.toml'"),
        )
    place = Path(env.srcdir, named).resolve()
    return place.parent if place.name == SETTINGS_FILE else place


def _as_of(env: BuildEnvironment) -> dt.date | None:
    given = env.config.govopen_as_of
    if isinstance(given, dt.date) or given is None:
        return given
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise InputError(
            N_("govopen_as_of in conf.py is no date: {given}."),
            hint=N_("Write a date such as 2011-12-31."),
            given=repr(given),
        ) from None


@contextmanager
def opened(env: BuildEnvironment) -> Iterator[UnitSource]:
    """The workspace of the project, open for as long as the block lasts: processes that read pages share no store.

    Raises:
        InputError: The project names none, or not rightly, or it has no records.
        WorkspaceError: Its settings do not load.
        StoreError: Its store does not open.
    """
    with UnitSource.opened(_workspace(env), registry_of(env), as_of=_as_of(env)) as source:
        yield source


def note_law(env: BuildEnvironment) -> None:
    """Note that the page now read is written from the law of the project, without records."""
    for path in instrument_files(env):
        env.note_dependency(str(path))
    noted, name = _noted(env), env.current_document.docname
    noted[name] = _joined(noted.get(name), (_law_mark(registry_of(env)),))


@contextmanager
def reading(env: BuildEnvironment) -> Iterator[UnitSource]:
    """The workspace of the project, open for the page that is now read, which depends on it from now on.

    Raises:
        InputError: As :func:`opened`; the page is then read again in each build until there is a workspace.
        WorkspaceError: Its settings do not load.
        StoreError: Its store does not open.
    """
    noted, name = _noted(env), env.current_document.docname
    before = noted.get(name)
    noted[name] = ()
    with opened(env) as source:
        # Before the records are read: what changes meanwhile shows the next time.
        noted[name] = _joined(before, _mark(source))
        folder = source.workspace.folder
        for path in (folder / SETTINGS_FILE, folder / WAIVERS_FILE, *source.workspace.instrument_files):
            if path.exists():
                env.note_dependency(str(path))
        yield source


def _joined(before: Mark | None, mark: Mark) -> Mark:
    """The mark of a page that several directives write; empty if what they read was not of one state.

    No state has the empty mark, so that such a page is read again.
    """
    return mark if before in (None, mark) else ()


def _mark(source: UnitSource) -> Mark:
    return _law_mark(source.registry), *source.mark


def _law_mark(registry: Registry) -> str:
    """A digest of what pages say of law and rules: a plugin being written changes without another version."""
    if registry not in _LAW:
        _LAW[registry] = _law_digest(registry)
    return _LAW[registry]


def _law_digest(registry: Registry) -> str:
    found = hashlib.sha256()
    library = registry.library
    for lang in LANGUAGES:
        words = Wording(lang)
        parts: list[Part] = [rule_list(registry.rules, library, words)]
        parts += [coverage_part(coverage(each, registry.rules), words) for each in library.instruments.values()]
        gists = (words.text(clause.gist) for each in library.instruments.values() for clause in each.clauses)
        for text in (*texts(*parts), *gists):
            found.update(f"{text}\0".encode())
    for matter in library.matters.values():
        found.update(repr(matter).encode())
    return found.hexdigest()


def records_of(env: BuildEnvironment, source: UnitSource, unit_id: str) -> UnitRecords:
    """A unit as the public may know it; kept as long as the records stay as they are."""
    mark = source.mark
    known = _KNOWN.get(env.config)
    if known is None or known[0] != mark:
        known = _KNOWN[env.config] = (mark, {})
    wanted = unit_id or env.config.govopen_unit
    if wanted not in known[1]:
        known[1][wanted] = source.unit(wanted)
    return known[1][wanted]


def _noted(env: BuildEnvironment) -> MutableMapping[str, Mark]:
    if not hasattr(env, _NOTED):
        setattr(env, _NOTED, {})
    found: MutableMapping[str, Mark] = getattr(env, _NOTED)
    return found


class UnitPages(EnvironmentCollector):
    """Has those pages read again whose records have changed since, in whatever kind of store."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        _noted(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
    ) -> None:
        _noted(env).update({name: mark for name, mark in _noted(other).items() if name in docnames})

    def process_doc(self, app: Sphinx, doctree: object) -> None:
        """Nothing: directives have noted what there is."""

    def get_outdated_docs(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: AbstractSet[str],
        changed: AbstractSet[str],
        removed: AbstractSet[str],
    ) -> list[str]:
        noted = _noted(env)
        if not noted:
            return []
        try:
            current: set[Mark] = {(_law_mark(registry_of(env)),)}
            if env.config.govopen_workspace:
                with opened(env) as source:
                    current.add(_mark(source))
        except GovopenError:
            # Reading the page says what is wrong, with the page's name.
            return list(noted)
        return [name for name, before in noted.items() if before not in current]


def register_sources(app: Sphinx) -> None:
    """Declare the settings of ``conf.py``, and the collector."""
    app.add_config_value("govopen_workspace", "", "env", types=frozenset({str}))
    app.add_config_value("govopen_unit", "", "env", types=frozenset({str}))
    app.add_config_value("govopen_as_of", None, "env", types=frozenset({str, dt.date, type(None)}))
    app.add_env_collector(UnitPages)
