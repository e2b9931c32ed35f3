"""The unit's own test suite in ``examples/unit_tests`` passes, and a defect in its records makes it fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.examples

SOURCE = Path(__file__).parents[2] / "examples" / "unit_tests"


def pytest_in(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *args]
    return subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8")


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOURCE, tmp_path / "suite", ignore=shutil.ignore_patterns("__pycache__", "data")))


def test_it_passes_in_two_processes_and_stores_nothing(suite: Path) -> None:
    ran = pytest_in(suite, "-n", "2")

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " failed" not in ran.stdout
    assert "26 satisfied" in ran.stdout
    assert not (suite / "data").exists()


def test_the_defect_that_its_readme_names_is_found(suite: Path) -> None:
    items = suite / "records" / "items.jsonl"
    text = items.read_text(encoding="utf-8")
    items.write_text(text.replace(', "rate_yuan": "10.00"', "", 1), encoding="utf-8")
    ran = pytest_in(suite, "-k", "1.2.10", "-m", "govopen")

    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "FAILED govopen.toml::fee-bureau::panyu-2011:1.2.10/o3" in ran.stdout
    assert "CAT103" in ran.stdout
    assert "information-item fee-1:" in ran.stdout
