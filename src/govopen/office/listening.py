"""Telling listeners which records changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from itertools import islice

import attrs

from govopen.errors import GovopenError, InputError
from govopen.office.base import OfficeBase
from govopen.office.listeners_file import Failing, Mark, Standing, read_standings, write_standing
from govopen.plugins.missing import missing
from govopen.storage.listening import Listener, ListenerSettings
from govopen.storage.port import Change, Store
from govopen.texts import N_

__all__ = ["Listening", "NotificationReport", "Told"]

_BATCH = 1_000
_log = logging.getLogger("govopen.office")


@attrs.frozen(kw_only=True)
class Told:
    """What one listener was told.

    Attributes:
        name: Of its section in ``govopen.toml``.
        told: How many changes it noted.
        anew: Whether it began at the beginning: it is new, or the store is another one or was restored.
        failing: That it fails, since when and how often. It is told the same the next time.
        error: What it raised in this run, if that is an error of :mod:`govopen.errors`: an option that is wrong.
    """

    name: str
    told: int = 0
    anew: bool = False
    failing: Failing | None = None
    error: GovopenError | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class NotificationReport:
    """What a run told, by the names of the listeners' sections."""

    listeners: tuple[Told, ...]


class Listening(OfficeBase):
    """Listeners: the ``[listeners.*]`` sections of the workspace."""

    # Those that failed since this office was opened. Closing it does not try them once more.
    _given_up: frozenset[str] = frozenset()

    def notify(self, listeners: Iterable[str] | None = None) -> NotificationReport:
        """Tell the listeners what changed since each was told the last time: in the order of the journal, in batches.

        Each is told at least once. One that fails is told the same the next time, and stops no other; a check says
        so. How far each is stands in ``listeners.json`` of the workspace. One that is new, or whose store is another
        or was restored, is told everything from the beginning.

        An office tells also when it is closed. One within the host's own transaction does not, because what it wrote
        may still be rolled back: there the host calls this once it has committed.

        Args:
            listeners: Names of sections. Default: all.

        Raises:
            InputError: The workspace has no such section, or no plugin brings its kind: nobody was told anything. Or
                ``listeners.json`` cannot be written: nobody is told what cannot be noted.
            StoreError: The changes cannot be read.
        """
        chosen = self._chosen_listeners(listeners)
        for name in chosen:
            self._require(name)
        return NotificationReport(listeners=tuple(map(self._tell, chosen)))

    def _tell_when_closing(self) -> None:
        """Tell what there is to tell. Whatever goes wrong, the office is closed all the same."""
        if self._hosted:
            return
        for name in self._chosen_listeners(None):
            if name in self._given_up:
                continue
            try:
                self._tell(name)
            except Exception as error:  # noqa: BLE001 - closing never raises it; it comes again with the next run
                # The text may hold a word of a record.
                _log.warning("listener %s could not be told: %s", name, type(error).__name__)

    def _chosen_listeners(self, names: Iterable[str] | None) -> Sequence[str]:
        known = self.workspace.listeners
        chosen = sorted(known if names is None else set(names))
        for name in chosen:
            if name not in known:
                raise InputError(
                    N_("The workspace has no listener {name}."),
                    hint=N_("It has: {names}. Listeners are named under [listeners] in govopen.toml."),
                    name=name,
                    names=", ".join(known) or "-",
                )
        return chosen

    def _require(self, name: str) -> None:
        kind = self.workspace.listeners[name].kind
        if kind not in self.registry.listeners:
            unknown = N_("There is no listener of kind '{kind}'.")
            raise missing(unknown, self.registry.listeners, self.registry.plugins, kind=kind)

    def _tell(self, name: str) -> Told:
        standing = self._standing(name)
        anew = standing.last is None
        waiting = _after(self.store, standing)
        if not waiting:
            if standing.failing is not None:
                # What it could not note is gone with the store that had it.
                self._note(name, attrs.evolve(standing, failing=None))
            return Told(name=name)
        # Before anybody is told: without a place to note it, everybody would be told the same for ever.
        self._note(name, standing)
        told, error = 0, None
        with closing(_Telling(name, lambda: self._listener(name))) as telling:
            while waiting and error is None:
                error = telling.tell(waiting)
                if error is None:
                    told += len(waiting)
                    standing = attrs.evolve(standing, last=Mark.of(waiting[-1]), failing=None)
                else:
                    standing = self._failed(standing, error, waiting[0].seq)
                self._note(name, standing)
                waiting = _after(self.store, standing)
        self._given_up = self._given_up - {name} if error is None else self._given_up | {name}
        return Told(
            name=name,
            told=told,
            anew=anew,
            failing=standing.failing,
            error=error if isinstance(error, GovopenError) else None,
        )

    def _standing(self, name: str) -> Standing:
        """How far the listener is in this store; at the beginning, if what it was told last is not there."""
        identity = self.store.identity
        standing = read_standings(self.workspace.folder).get(name, Standing(store=identity))
        last = standing.last
        if standing.store == identity and last is not None:
            there = next(iter(self.store.changes(last.seq - 1)), None)
            if there is not None and Mark.of(there) == last:
                return standing
        return Standing(store=identity, failing=standing.failing)

    def _failed(self, standing: Standing, error: Exception, seq: int) -> Standing:
        before = standing.failing
        failing = Failing(
            error=type(error).__name__,
            since=self._clock.now() if before is None else before.since,
            times=1 if before is None else before.times + 1,
            seq=seq,
        )
        return attrs.evolve(standing, failing=failing)

    def _note(self, name: str, standing: Standing) -> None:
        try:
            write_standing(self.workspace.folder, name, standing)
        except OSError as error:
            raise InputError(
                N_("How far the listeners are cannot be written to {folder}: {reason}."),
                hint=N_("Let this account write files there."),
                folder=str(self.workspace.folder),
                reason=error.strerror or type(error).__name__,
            ) from error

    def _listener(self, name: str) -> Listener:
        section = self.workspace.listeners[name]
        return self.registry.listener(
            section.kind, ListenerSettings(name=name, folder=self.workspace.folder, options=section.options)
        )


class _Telling:
    """A listener, made when there is something to tell it, whose failures are given and not raised."""

    def __init__(self, name: str, make: Callable[[], Listener]) -> None:
        self._name = name
        self._make = make
        self._listener: Listener | None = None

    def tell(self, changes: Sequence[Change]) -> Exception | None:
        try:
            self._listener = self._listener or self._make()
            self._listener.notice(changes)
        except Exception as error:  # noqa: BLE001 - it is kept, told in the report, and shown by every check
            return error
        return None

    def close(self) -> None:
        try:
            if self._listener is not None:
                self._listener.close()
        except Exception as error:  # noqa: BLE001 - what it was told it has noted before
            _log.warning("listener %s could not be closed: %s", self._name, type(error).__name__)


def _after(store: Store, standing: Standing) -> Sequence[Change]:
    """The next batch. The store is asked anew for each: a slow listener must not hold a snapshot open."""
    return tuple(islice(store.changes(standing.last.seq if standing.last else 0), _BATCH))
