"""What all tests share: one environment, and Hypothesis without deadlines."""

from __future__ import annotations

import os

import hypothesis
import pytest

# A deadline is a timed test. On a build server the same run twice gives the same result; elsewhere it explores.
hypothesis.settings.register_profile("default", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", hypothesis.settings.get_profile("default"), derandomize=True)
hypothesis.settings.register_profile("thorough", hypothesis.settings.get_profile("default"), max_examples=2_000)
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "default")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """English, whatever the machine speaks; no setting of govopen's and no terminal width from outside."""
    for name in [name for name in os.environ if name.startswith("GOVOPEN_")]:
        monkeypatch.delenv(name)
    for name in ("LANG", "LANGUAGE", "LC_MESSAGES", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
