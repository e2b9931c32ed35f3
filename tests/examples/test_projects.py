"""The example projects pass their own tests, each in a copy and a process of its own, with warnings for errors."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.examples

EXAMPLES = Path(__file__).parents[2] / "examples"
KIT_SKIPS = re.compile(r"store_[a-z]+\.py:\d+: the store (?:supports|does not work inside)")
PROJECTS = sorted(path.parent.name for path in EXAMPLES.glob("*/pytest.ini"))


@pytest.mark.parametrize("name", PROJECTS)
def test_a_project_passes_its_tests_as_its_readme_says(name: str, tmp_path: Path) -> None:
    assert "\npython -m pytest\n" in (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    folder = shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    before = {path.relative_to(folder) for path in folder.rglob("*")}

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-W", "error", "-q", "-rs"],
        check=False,
        cwd=folder,
        env={
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path / "hypothesis"),
        },
        capture_output=True,
        encoding="utf-8",
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"^[1-9][0-9]* passed(?:, [0-9]+ skipped)? in", ran.stdout, re.MULTILINE), ran.stdout
    # A kit leaves out its scenarios for stores of another kind. Nothing else may be left out.
    skipped = [line for line in ran.stdout.splitlines() if line.startswith("SKIPPED")]
    assert [line for line in skipped if not KIT_SKIPS.search(line)] == []
    assert {path.relative_to(folder) for path in folder.rglob("*")} == before


def test_there_is_a_project_for_each_way_to_use_the_library() -> None:
    assert {"custom_rule", "custom_store", "embed_in_django", "embed_in_flask"} <= set(PROJECTS)
