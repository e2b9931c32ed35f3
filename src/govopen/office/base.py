"""What every part of an office shares: the workspace, its law, its store, the day, and who acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TypeVar

from govopen.calendars.overlay_file import load_overlay
from govopen.calendars.port import Calendar
from govopen.errors import InputError
from govopen.model.actors import Actor, Role
from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.office.clock import Clock, today
from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry
from govopen.rules.context import Context
from govopen.storage.port import Author, Store, Stored, Transaction
from govopen.workflow.retention import RETENTION

__all__ = ["OfficeBase"]

R = TypeVar("R", bound=Record)


class OfficeBase:
    """A workspace with everything loaded.

    Attributes:
        workspace: The settings.
        registry: What is built in and what plugins bring.
        store: The records. Embedders may use its transactions directly.
    """

    def __init__(
        self, workspace: Workspace, registry: Registry, store: Store, clock: Clock, *, hosted: bool = False
    ) -> None:
        self.workspace = workspace
        self.registry = registry
        self.store = store
        self._clock = clock
        # What is written is the host's to commit or roll back: nobody outside may be told of it yet.
        self._hosted = hosted

    @property
    def today(self) -> dt.date:
        """The date in Shanghai, by the office's clock."""
        return today(self._clock)

    @cached_property
    def _calendar_for(self) -> Callable[[str], Calendar]:
        overlays = tuple(load_overlay(path) for path in self.workspace.overlay_files)
        return lambda jurisdiction: self.registry.calendar_for(jurisdiction, overlays)

    def _unit(self, unit_id: str) -> Unit:
        found = self.store.get(Unit, unit_id)
        if found is None:
            raise InputError("There is no unit {id}.", hint="Import the unit first.", id=unit_id)
        return found.record

    def _context(self, unit_id: str, on: dt.date | None = None) -> Context:
        """What the law says to an act of the unit, today or on another day."""
        return Context(
            as_of=on or self.today,
            library=self.registry.library,
            calendar=self._calendar_for(self._unit(unit_id).jurisdiction),
            parameters={
                "separation_of_duties": self.workspace.separation_of_duties,
                RETENTION: str(self.workspace.keep_personal_data or ""),
            },
        )

    def _there(self, cls: type[R], id_: str) -> Stored[R]:
        """The record.

        Raises:
            InputError: There is none.
        """
        return self._present(self.store.get(cls, id_), cls, id_)

    def _present(self, found: Stored[R] | None, cls: type[R], id_: str) -> Stored[R]:
        if found is None:
            title = self.registry.type_of(cls)
            raise InputError(
                "There is no {type} {id}.", hint="Check the identifier, or import the record.", type=title.name, id=id_
            )
        return found

    @contextmanager
    def _acting(self, actor: Actor, roles: tuple[Role, ...], unit: str, cause: str) -> Iterator[Transaction]:
        """A transaction that the journal puts down to the actor, in the first of ``roles`` that the actor holds."""
        role = next((role for role in roles if actor.may(role, unit)), None)
        author = Author(actor=actor.id, role=role.value if role else "", cause=cause)
        with self.store.transaction(author) as transaction:
            yield transaction
