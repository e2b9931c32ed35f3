"""What all tests share: one environment."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """English, whatever the machine speaks; no setting of govopen's and no terminal width from outside."""
    for name in [name for name in os.environ if name.startswith("GOVOPEN_")]:
        monkeypatch.delenv(name)
    for name in ("LANG", "LANGUAGE", "LC_MESSAGES", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
