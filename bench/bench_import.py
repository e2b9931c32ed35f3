"""``import govopen`` against ``import attrs``, and ``govopen --version``, each in fresh interpreters, taking turns.

Run: ``python bench/bench_import.py [ROUNDS]``. Byte code is written, as it is for a user.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


def main(rounds: int) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = {
        "nothing": ["-c", "pass"],
        "import attrs": ["-c", "import attrs"],
        "import govopen": ["-c", "import govopen"],
        "govopen --version": ["-m", "govopen", "--version"],
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for arguments in runs.values():
        seconds(arguments, environment)
    for _ in range(rounds):
        for name, arguments in runs.items():
            times[name].append(seconds(arguments, environment))
    median = {name: statistics.median(found) * 1000 for name, found in times.items()}
    for name, found in median.items():
        print(f"{name:18} {found:7.1f} ms")
    attrs = median["import attrs"] - median["nothing"]
    ours = median["import govopen"] - median["nothing"]
    print(f"import govopen / import attrs, less the bare interpreter: {ours / attrs:.2f} (budget 2)")
    print(f"govopen --version: {median['govopen --version']:.0f} ms (budget 150)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
