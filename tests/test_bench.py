"""The benchmarks run, at a small size; what they measure is for people to read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.mark.parametrize(
    ("script", "arguments", "printed"),
    [
        ("bench_check.py", ["220", "1"], "ratio"),
        ("bench_import.py", ["1"], "budget"),
        ("bench_journal.py", ["500", "1"], "ratio"),
        ("bench_tables.py", ["20", "1"], "ratio"),
        ("bench_pytest_startup.py", ["1"], "ratio"),
        ("bench_site.py", ["60", "1"], "files written"),
    ],
)
def test_a_benchmark_runs_and_prints_its_ratio(script: str, arguments: list[str], printed: str) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH / script), *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert printed in done.stdout
