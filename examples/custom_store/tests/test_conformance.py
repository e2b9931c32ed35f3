"""The store keeps every promise of its port."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import line_store
import pytest

from govopen.model.base import RecordType
from govopen.storage.port import Clock, Store
from govopen.testing.conformance.store import StoreConformance


@pytest.mark.usefixtures("unhurried")
class TestLineStore(StoreConformance):
    # The defaults, spelt out: it does all of this. A file is no database that a host could have a transaction in.
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
    def make_store(self, tmp_path: Path) -> Callable[..., Store]:
        def make(name: str, types: Iterable[RecordType], clock: Clock) -> Store:
            return line_store.open_store(f"lines://{tmp_path / name}.jsonl", types, clock=clock)

        return make
