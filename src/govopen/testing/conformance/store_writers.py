"""The scenarios of a store that somebody else writes to at the same moment, as another program would."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from govopen.errors import StoreError
from govopen.storage.port import Store, Transaction
from govopen.storage.verification import verify
from govopen.testing.conformance.store_capabilities import Capabilities, needs
from govopen.testing.conformance.store_machine import MakeStore
from govopen.testing.conformance.store_records import TYPES, Clockwork, Note, note

__all__ = ["WritersScenarios"]

_PATIENCE = 0.2
"""For so many seconds the second writer is given time to begin. One that is made to wait takes them all; how long they
are decides nothing about a sound store."""
_LIMIT = 60.0
"""No wait is longer, in seconds, so that a store in which two writers wait for each other fails, and does not hang."""


def _write(transaction: Transaction, name: str) -> None:
    """What each writer writes: two records of its own, which stand or fall together, and one that the other has too."""
    transaction.put_many([note(f"{name}-1", about=name), note(f"{name}-2", about=name)])
    transaction.put(note("shared", about="shared", text=name))


class _Second(threading.Thread):
    """The second writer. It opens a store of its own, and writes when it is told to.

    Attributes:
        opened: It has its store, or has failed.
        begin: It may write.
        inside: It has written, and its transaction is open; or it has failed.
        end: Its transaction may end.
        error: What it failed by.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        # Nobody waits for one that hangs when the tests are over.
        super().__init__(daemon=True)
        self._open_store = open_store
        self.opened, self.begin, self.inside, self.end = (threading.Event() for _ in range(4))
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            with self._open_store() as store:
                self.opened.set()
                self.begin.wait(_LIMIT)
                with store.transaction() as transaction:
                    _write(transaction, "second")
                    self.inside.set()
                    self.end.wait(_LIMIT)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test is told
            self.error = error
        finally:
            self.opened.set()
            self.inside.set()


class WritersScenarios(Capabilities):
    """Scenarios of two stores opened on one place, one of them in another thread."""

    @needs("writing", "reopening")
    @pytest.mark.parametrize("ends_last", [False, True], ids=["ends-first", "ends-last"])
    @pytest.mark.parametrize("written", [False, True], ids=["in-an-empty-store", "in-a-written-store"])
    def test_a_write_that_begins_during_another_is_not_lost(
        self, make_store: MakeStore, written: bool, ends_last: bool
    ) -> None:
        """Each is written whole, or refused with a ``StoreError``: the second waits, or one of them gives up."""
        refused: dict[str, StoreError] = {}
        with make_store("s", TYPES, Clockwork()) as store:
            if written:
                with store.transaction() as transaction:
                    transaction.put(note("shared", about="shared"))
            second = _Second(lambda: make_store("s", TYPES, Clockwork()))
            second.start()
            assert second.opened.wait(_LIMIT), "the store cannot be opened a second time"
            try:
                with store.transaction() as transaction:
                    _write(transaction, "first")
                    second.begin.set()
                    if ends_last:
                        second.inside.wait(_PATIENCE)
                    else:
                        second.end.set()
                        second.join(_PATIENCE)
            except StoreError as error:
                refused["first"] = error
            finally:
                second.begin.set()
                second.end.set()
                second.join(_LIMIT)
            assert not second.is_alive(), "the second writer waits although the first has ended"
            if isinstance(second.error, StoreError):
                refused["second"] = second.error
            elif second.error is not None:
                raise second.error
            kept = [name for name in ("first", "second") if name not in refused]
            assert kept, "each writer was refused"
            self._holds(store, kept, int(written))
        with make_store("s", TYPES, Clockwork()) as store:
            self._holds(store, kept, int(written))

    def _holds(self, store: Store, kept: list[str], before: int) -> None:
        """The store holds what these writers wrote, whole, after so many revisions of the record that they share."""
        own = [f"{name}-{n}" for name in kept for n in (1, 2)]
        assert [stored.record.id for stored in store.scan(Note)] == [*own, "shared"]
        assert [(value, found.id) for value, found in store.read_by(Note, "about", "u1")] == [
            *((id_.partition("-")[0], id_) for id_ in own),
            ("shared", "shared"),
        ]
        shared = store.get(Note, "shared")
        assert shared is not None
        assert shared.record.text in kept
        assert shared.revision == before + len(kept)
        if self.supports_changes:
            told = [(change.id, change.revision) for change in store.changes()]
            assert sorted(told) == [*((id_, 1) for id_ in own), *(("shared", n + 1) for n in range(before + len(kept)))]
        if self.supports_journal and self.supports_attachments:
            assert verify(store).breaks == ()
