"""Runs every Python block of the documentation, and sets Hypothesis up for all tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

# A deadline is a timed test, and so is the check that drawing is fast. On a build server the same run twice gives the
# same result; elsewhere it explores. Fewer examples than Hypothesis' own hundred: there are hundreds of such tests, and
# the profile `thorough` is there for long runs.
hypothesis.settings.register_profile(
    "default", max_examples=50, deadline=None, print_blob=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("ci", hypothesis.settings.get_profile("default"), derandomize=True)
hypothesis.settings.register_profile("thorough", hypothesis.settings.get_profile("default"), max_examples=2_000)
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "default")

ROOT = Path(__file__).parent
DOCUMENTS = ("*.md", "docs/*.md", "docs/**/*.md", "plugins/*/*.md", "examples/*/*.md")


def enter(namespace: dict[str, Any]) -> None:
    """Start a document where a reader starts: in a folder with ``examples``. A copy, for what its blocks write."""
    folder = tempfile.TemporaryDirectory(prefix="govopen-docs-")
    shutil.copytree(ROOT / "examples", Path(folder.name, "examples"))
    namespace["__leave__"] = (folder, Path.cwd())
    os.chdir(folder.name)


def leave(namespace: dict[str, Any]) -> None:
    folder, before = namespace["__leave__"]
    os.chdir(before)
    # A store left open by a block warns when it is collected; that must happen here, while the document is to blame.
    namespace.clear()
    folder.cleanup()


pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=DOCUMENTS, setup=enter, teardown=leave).pytest()
