"""An office: a workspace with everything loaded, ready to import, check and report."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from govopen.errors import InputError
from govopen.interchange.load import Progress
from govopen.interchange.mapping import ColumnMapping
from govopen.office.checking import Checking
from govopen.office.clock import Clock, SystemClock
from govopen.office.collecting import Collecting
from govopen.office.disclosing import Disclosing
from govopen.office.exporting import Exporting
from govopen.office.importing import ImportSummary, import_files
from govopen.office.keeping import Keeping
from govopen.office.listening import Listening
from govopen.office.requesting import Requesting
from govopen.office.workspace import SETTINGS_FILE, Workspace
from govopen.plugins.registry import Registry
from govopen.storage.port import Author

if TYPE_CHECKING:
    import sqlalchemy as sa

__all__ = ["Office"]

_NEW_WORKSPACE = """\
# A workspace of govopen. Check it with: govopen check
name = {name}
store = "sqlite:///data/govopen.sqlite"

[instruments.panyu-2011]
# Apply the policy to the units of this place instead of Panyu (CN-440113):
# jurisdiction = "CN-440113"
# Whether the standing duties of a plan of 2011 go on after that year is for you to say:
# continues = true
"""


class Office(Disclosing, Exporting, Requesting, Collecting, Keeping, Listening, Checking):
    """One workspace, its law, its rules and its store: what an embedding system needs of govopen.

    Use it as a context manager; leaving it tells the listeners and closes the store. Who acts is an
    :class:`~govopen.model.actors.Actor` with the roles that the embedding system vouches for. Every step is one
    transaction, and an event in the journal.

    Attributes:
        workspace: The settings.
        registry: What is built in and what plugins bring.
        store: The records. Embedders may use its transactions directly.
    """

    _closed = False

    @classmethod
    def open(
        cls,
        place: str | Path,
        *,
        registry: Registry | None = None,
        clock: Clock | None = None,
        connection: sa.Connection | None = None,
    ) -> Self:
        """Open a workspace.

        Args:
            place: Its ``govopen.toml``, or the folder that holds it.
            registry: Default: what is built in and every plugin installed.
            clock: Default: the machine's.
            connection: The host's own connection of SQLAlchemy. The records then lie in the host's database, in tables
                named ``govopen_...``, and what is written is committed or rolled back with the host's transaction;
                the workspace's ``store`` is not used.

        Raises:
            WorkspaceError: The settings do not load.
            PolicyDataError: An instrument of the workspace's own does not load.
            PluginError: A plugin does not load.
            StoreError: The store does not open.
        """
        place = Path(place)
        workspace = Workspace.load(place.parent if place.name == SETTINGS_FILE else place)
        registry = registry or Registry.load()
        if workspace.instrument_files:
            registry = registry.with_instruments(workspace.instrument_files)
        clock = clock or SystemClock()
        if connection is not None:
            # Imported here: it brings SQLAlchemy, which an office with another store never needs.
            from govopen.storage.sql import SqlStore  # noqa: PLC0415

            store = SqlStore.within(connection, registry.types, clock=clock.now)
            return cls(workspace, registry, store, clock, hosted=True)
        if workspace.store_path is not None:
            workspace.store_path.parent.mkdir(parents=True, exist_ok=True)
        return cls(workspace, registry, registry.open_store(workspace.store_url, clock=clock.now), clock)

    @classmethod
    def init(cls, folder: str | Path) -> Path:
        """Make a new workspace; the path of its settings.

        Raises:
            InputError: There is one already, or the folder cannot be made or written to.
        """
        path = Path(folder) / SETTINGS_FILE
        if path.exists():
            raise InputError("There is a workspace in {folder} already.", folder=str(folder))
        # A text of JSON is one of TOML; a folder's name may hold quotes, and bytes that are no characters.
        name = json.dumps(path.parent.resolve().name.encode(errors="replace").decode(), ensure_ascii=False)
        try:
            (path.parent / "data").mkdir(parents=True, exist_ok=True)
            path.write_text(_NEW_WORKSPACE.format(name=name), encoding="utf-8")
        except OSError as error:
            raise InputError(
                "No workspace can be made in {folder}: {reason}.",
                folder=str(folder),
                reason=error.strerror or type(error).__name__,
            ) from error
        return path

    def keep_files(self, paths: Iterable[str | Path], *, actor: str = "") -> Mapping[Path, str]:
        """Keep files that imported items name as attachments by their SHA-256.

        Args:
            paths: The files.
            actor: Identifier of who acts, for the journal.

        Returns:
            The SHA-256 of each, in hexadecimal.

        Raises:
            InputError: A file cannot be read; none is kept.
        """
        kept: dict[Path, str] = {}
        with self.store.transaction(Author(actor=actor, cause="import.files")) as transaction:
            for path in map(Path, paths):
                media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                try:
                    kept[path] = transaction.attach(path.read_bytes(), media_type)
                except OSError as error:
                    raise InputError(
                        "The file {file} cannot be read: {reason}.", file=str(path), reason=error.strerror or "OSError"
                    ) from error
        return kept

    def import_files(
        self,
        paths: Sequence[str | Path],
        *,
        type_name: str | None = None,
        mapping: str | None = None,
        encoding: str | None = None,
        replace: bool = False,
        on_progress: Progress | None = None,
    ) -> ImportSummary:
        """Import records from JSON Lines, CSV or XLSX files. Nothing is stored if anything is wrong with any of them.

        Args:
            paths: Files, or folders of them.
            type_name: Type of the records, where neither file nor sheet names it.
            mapping: Name of a column mapping of the workspace.
            encoding: Of CSV files that are not UTF-8: ``gb18030``.
            replace: Let a record replace the one with its identifier; otherwise that is an error.
            on_progress: Told how far reading is: the file, its bytes read, its bytes in all.

        Raises:
            ImportRefused: With every problem found.
        """
        chosen = None
        if mapping is not None:
            if mapping not in self.workspace.mappings:
                raise InputError(
                    "The workspace has no column mapping '{name}'.",
                    hint="It has: {names}.",
                    name=mapping,
                    names=", ".join(self.workspace.mappings) or "-",
                )
            chosen = ColumnMapping.from_dict(mapping, self.workspace.mappings[mapping], self.registry.types)
        return import_files(
            self.store,
            self.registry,
            [Path(path) for path in paths],
            type_name=type_name,
            mapping=chosen,
            encoding=encoding,
            replace=replace,
            on_progress=on_progress,
        )

    def close(self) -> None:
        """Tell the listeners of the workspace what changed, and close the store.

        A listener that fails, or that no plugin brings any more, is noted and stops nothing: a check says so, and it is
        told the same the next time. Within the host's own transaction nobody is told: see :meth:`notify`.
        """
        told, self._closed = self._closed, True
        try:
            if not told:
                self._tell_when_closing()
        finally:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
