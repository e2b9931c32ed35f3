"""What the pytest plugin costs a run that does not ask for it: ``pytest`` with it and with ``-p no:govopen``.

Each in fresh interpreters, taking turns, over one empty test. Other plugins of the machine are left out. Beside it, the
time that importing the entry module takes, by ``-X importtime``.

Run: ``python bench/bench_pytest_startup.py [ROUNDS]``. Byte code is written, as it is for a user.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MODULE = "govopen.testing.pytest_plugin"
BUDGET_MS = 50


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def seconds(arguments: list[str], folder: Path) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment(), cwd=folder)
    return time.perf_counter() - began


def imported_ms() -> tuple[float, list[str]]:
    """How long the entry module takes to import after pytest, and which modules of govopen it brings."""
    command = [sys.executable, "-X", "importtime", "-c", f"import pytest, {MODULE}"]
    printed = subprocess.run(command, check=True, capture_output=True, env=environment(), encoding="utf-8").stderr
    lines = re.findall(r"^import time: +(\d+) \| +\d+ \| *(\S+)$", printed, re.MULTILINE)
    own = {name: int(micros) for micros, name in lines if name.partition(".")[0] == "govopen"}
    return sum(own.values()) / 1000, sorted(own)


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "test_nothing.py").write_text("def test_nothing() -> None: ...\n", encoding="utf-8")
        runs = {"with": ["-p", MODULE], "without": ["-p", "no:govopen"]}
        times: dict[str, list[float]] = {name: [] for name in runs}
        for arguments in runs.values():
            seconds(arguments, folder)
        for _ in range(rounds):
            for name, arguments in runs.items():
                times[name].append(seconds(arguments, folder))
    median = {name: statistics.median(found) * 1000 for name, found in times.items()}
    for name, found in median.items():
        print(f"pytest {name:7} {found:7.1f} ms")
    more = median["with"] - median["without"]
    print(f"ratio with/without: {median['with'] / median['without']:.3f}; {more:.1f} ms more (budget {BUDGET_MS})")
    took, modules = imported_ms()
    print(f"import of the entry module: {took:.1f} ms, {', '.join(modules)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
