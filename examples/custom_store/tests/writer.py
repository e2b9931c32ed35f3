"""Counts in a record, one transaction for each number, and prints each when it is stored; 0 times: without end."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import line_store

from govopen.testing.conformance.store_records import TYPES, Note, note


def main(url: str, times: int) -> None:
    with line_store.open_store(url, TYPES) as store:
        for _ in range(times) if times else count():
            with store.transaction() as transaction:
                there = transaction.get(Note, "count")
                number = int(there.record.text) + 1 if there else 1
                transaction.put(note("count", text=str(number)))
            print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
