"""Discretion tables: decisions against zen-engine in the same run, and the time that proofs take.

Run: ``python bench/bench_tables.py [CASES] [ROUNDS]`` (default 2 000 cases, 5 rounds). Tables of 4 inputs and 12 rows,
6 and 200, 3 and 2 000 hold each case once. Both sides decide the same cases and have to agree; they take turns, and the
figures are medians. zen-engine has a static loader; its time without a trace is the harder measure for ours with one.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import zen
from tables import SIZE, Box, document, for_zen, overlapping, partition

from govopen.discretion.batch import decide_columns
from govopen.discretion.certificate import certificates
from govopen.discretion.compiling import compile_table
from govopen.discretion.proving import prove

SHAPES = ((4, 12), (6, 200), (3, 2000))
BATCH = 100_000


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def decisions(columns: int, rows: int, count: int, rounds: int) -> None:
    boxes = partition(columns, rows)
    table = compile_table(document(boxes))
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"t": for_zen(boxes)}}})
    rnd = random.Random(2)
    cases = [{f"x{axis}": rnd.randrange(SIZE) for axis in range(columns)} for _ in range(count)]
    for case in cases[:200]:
        if table.decide(case).rows != (int(engine.evaluate("t", case)["result"]["row"]),):
            raise SystemExit(f"disagreement on {case}")
    requests = [{"key": "t", "context": case} for case in cases]
    arrays = {f"x{axis}": np.random.default_rng(3).integers(0, SIZE, BATCH) for axis in range(columns)}
    sides: dict[str, Callable[[], Any]] = {
        # A trace is made when somebody asks for it.
        "ours": lambda: [table.decide(case).trace for case in cases],
        "zen": lambda: [engine.evaluate("t", case) for case in cases],
        "zen traced": lambda: [engine.evaluate("t", case, {"trace": True}) for case in cases],
        "zen batch": lambda: engine.evaluate_batch(requests),
        "columns": lambda: decide_columns(table, arrays),
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            times[name].append(seconds(side) / (BATCH if name == "columns" else count))
    each = {name: statistics.median(found) * 1e6 for name, found in times.items()}
    print(
        f"{columns}x{rows}: decision with trace {each['ours']:.1f} µs, zen-engine {each['zen']:.1f} µs "
        f"(with trace {each['zen traced']:.1f}): ratio {each['ours'] / each['zen']:.3f} (budget 0.333)"
    )
    print(
        f"{columns}x{rows}: batch {each['columns']:.2f} µs a case, zen-engine's evaluate {each['zen']:.1f}, its "
        f"evaluate_batch {each['zen batch']:.1f}: {each['zen'] / each['columns']:.0f}x and "
        f"{each['zen batch'] / each['columns']:.0f}x (budget 10x)"
    )


def proofs(columns: int, rows: int, rounds: int) -> None:
    boxes = partition(columns, rows)
    first = boxes[0]
    axis = next(axis for axis, (_, high) in enumerate(first) if high < SIZE - 1)
    wider: list[Box] = [[*first[:axis], (first[axis][0], first[axis][1] + 1), *first[axis + 1 :]], *boxes[1:]]
    budget = {200: "20", 2000: "100"}.get(rows, "-")
    for name, found in (("partition", boxes), ("with a gap", boxes[:-1]), ("with an overlap", wider)):
        times, certified, refuted = [], [], ""
        for _ in range(rounds):
            table = compile_table(document(found))
            # The bits of the boxes belong to the proof; reading the table's texts does not.
            times.append(seconds(partial(prove, table)))
            result = prove(table)
            refuted = ", ".join(result.refuted)
            certified.append(seconds(partial(certificates, table, result)))
        print(
            f"{columns}x{rows} {name}: proved in {statistics.median(times) * 1e3:.1f} ms (budget {budget}), "
            f"certificates {statistics.median(certified) * 1e3:.1f} ms; refuted: {refuted or 'nothing'}"
        )


def adversarial(seeds: int) -> None:
    worst, verdicts = 0.0, set()
    for seed in range(seeds):
        for policy in ("unique", "first"):
            table = compile_table(document(overlapping(6, 40, seed), hit_policy=policy))
            start = time.perf_counter()
            found = prove(table)
            worst = max(worst, time.perf_counter() - start)
            verdicts |= {str(entry.verdict) for entry in found.properties.values()}
    print(
        f"40 random boxes in 6 columns, {seeds} seeds, unique and first: at most {worst:.2f} s; "
        f"verdicts: {', '.join(sorted(verdicts))}"
    )


def main(count: int = 2000, rounds: int = 5) -> None:
    for columns, rows in SHAPES:
        decisions(columns, rows, count, rounds)
    for columns, rows in SHAPES:
        proofs(columns, rows, min(rounds, 3))
    adversarial(min(count // 100, 20) or 1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
