"""What a store may lack, and how a scenario says what it needs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pytest

from govopen.model.base import Record
from govopen.storage.port import Store
from govopen.testing.conformance.store_machine import MakeStore
from govopen.testing.conformance.store_records import TYPES, Clockwork

__all__ = ["Capabilities", "Fill", "lacks", "needs"]

F = TypeVar("F", bound=Callable[..., None])

Fill = Callable[[str, Iterable[Record]], None]
"""Puts records where the store of a name finds them, as whoever owns the place would."""


class Capabilities:
    """What the store under test can do, and the fixtures that its author supplies.

    What is declared off is not left untested: the store must refuse it with a ``StoreError``. An empty answer would
    pass for "there is none".
    """

    supports_writing = True
    supports_reopening = True
    supports_known_at = True
    supports_journal = True
    supports_changes = True
    supports_attachments = True
    supports_other_types = True
    supports_any_text = True
    supports_versions = True
    supports_host_transaction = False

    @pytest.fixture
    def make_store(self) -> MakeStore:
        """Supply a function ``(name, types, clock) -> Store`` that opens the store of that name, new in each test."""
        raise NotImplementedError("a conformance test supplies the fixture make_store")

    @pytest.fixture
    def fill(self) -> Fill:
        """Supply a function ``(name, records)`` if the store cannot be written through its port.

        It puts units and notes of the kit (:mod:`govopen.testing.conformance.store_records`) where the store of that
        name finds them. It may be called while a store of that name is open.
        """
        if self.supports_writing:
            return _not_asked
        raise NotImplementedError("a conformance test of a store that is only read supplies the fixture fill")

    @property
    def hostile(self) -> str:
        """A text as hard to keep as the store says it can."""
        return "全文\n𠀀 \u0000" if self.supports_any_text else "全文\n𠀀"

    def filled(self, make_store: MakeStore, fill: Fill, records: Sequence[Record]) -> Store:
        """A store that holds records, in whatever way they get there."""
        if not self.supports_writing:
            fill("s", records)
        store = make_store("s", TYPES, Clockwork())
        if self.supports_writing:
            with store.transaction() as transaction:
                transaction.put_many(records)
        return store


def _not_asked(_name: str, _records: Iterable[Record]) -> None:
    raise AssertionError("the kit writes to this store through its port")


def _gated(names: tuple[str, ...], wanted: bool) -> Callable[[F], F]:
    def gate(scenario: F) -> F:
        @functools.wraps(scenario)
        def gated(self: Any, *args: Any, **kwargs: Any) -> None:
            for name in names:
                if getattr(self, f"supports_{name}") is not wanted:
                    pytest.skip(f"the store does not support {name}" if wanted else f"the store supports {name}")
            scenario(self, *args, **kwargs)

        return gated  # type: ignore[return-value]  # wraps() keeps the signature that pytest looks at

    return gate


def needs(*names: str) -> Callable[[F], F]:
    """A scenario for stores that have these capabilities."""
    return _gated(names, True)


def lacks(*names: str) -> Callable[[F], F]:
    """A scenario for stores that lack these capabilities."""
    return _gated(names, False)
