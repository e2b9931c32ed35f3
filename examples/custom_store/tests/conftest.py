"""The store's package lies beside the tests; nothing is installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk. Whether the store does is what ``test_killing`` looks at."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
