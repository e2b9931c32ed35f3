"""What the user of the store's kit has to give and to declare."""

from __future__ import annotations

import pytest

from govopen.testing.conformance.store import StoreConformance
from govopen.testing.memory import MemoryStore


def test_a_kit_without_its_fixture_says_what_is_missing():
    with pytest.raises(NotImplementedError, match="make_store"):
        StoreConformance.make_store.__wrapped__(StoreConformance())


def test_a_store_that_keeps_no_past_must_say_so():
    kit = StoreConformance()
    kit.supports_known_at = False
    with pytest.raises(pytest.fail.Exception):
        kit.test_a_moment_that_cannot_be_answered_is_refused(lambda _, types, clock: MemoryStore(types, clock=clock))
