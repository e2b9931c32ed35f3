"""Tables to measure with: partitions of whole numbers into boxes, and boxes that overlap at random."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from govopen.model.discretion import DiscretionTable, Graver, InputKind, StatutoryRange, TableInput, TableRow

SIZE = 1000
Box = list[tuple[int, int]]


def partition(columns: int, rows: int, seed: int = 1) -> list[Box]:
    """Boxes that together hold each case once: a box is picked at random and cut in two at random, again and again."""
    rnd = random.Random(seed)
    boxes: list[Box] = [[(0, SIZE - 1)] * columns]
    while len(boxes) < rows:
        at = rnd.randrange(len(boxes))
        box = boxes[at]
        axes = [axis for axis in range(columns) if box[axis][1] > box[axis][0]]
        if not axes:
            continue
        axis = rnd.choice(axes)
        low, high = box[axis]
        cut = rnd.randint(low + 1, high)
        boxes[at] = [*box[:axis], (low, cut - 1), *box[axis + 1 :]]
        boxes.append([*box[:axis], (cut, high), *box[axis + 1 :]])
    return boxes


def overlapping(columns: int, rows: int, seed: int) -> list[Box]:
    """Boxes at random places, of random sizes."""
    rnd = random.Random(seed)
    return [[tuple(sorted((rnd.randrange(SIZE), rnd.randrange(SIZE)))) for _ in range(columns)] for _ in range(rows)]  # type: ignore[misc]


def document(boxes: list[Box], **changes: Any) -> DiscretionTable:
    """A discretion table with one row for each box. Its fines rise with the distance from the origin."""
    columns = len(boxes[0])
    rows = [
        TableRow(
            tier=str(number),
            when=" and ".join(f"x{axis} in [{low}..{high}]" for axis, (low, high) in enumerate(box)),
            outcome=f"{1000 + sum(low for low, _ in box)}元",
            citation=f"§{number}",
        )
        for number, box in enumerate(boxes, 1)
    ]
    about: dict[str, Any] = {
        "id": f"{columns}x{len(boxes)}",
        "inputs": tuple(
            TableInput(name=f"x{axis}", kind=InputKind.INTEGER, domain=f"[0..{SIZE - 1}]", graver=Graver.HIGHER)
            for axis in range(columns)
        ),
        "rows": tuple(rows),
        "statute": (
            StatutoryRange(citation="§", since=dt.date(2011, 1, 1), outcome=f"0元以上{1000 + columns * SIZE}元以下"),
        ),
    }
    return DiscretionTable(**(about | changes))


def for_zen(boxes: list[Box]) -> dict[str, Any]:
    """The same as a decision model of zen-engine: a table with the policy first."""
    columns = len(boxes[0])
    rules = [
        {"_id": f"r{number}", "o": str(number)}
        | {f"i{axis}": f"[{low}..{high}]" for axis, (low, high) in enumerate(box)}
        for number, box in enumerate(boxes, 1)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": f"i{axis}", "name": f"x{axis}", "field": f"x{axis}"} for axis in range(columns)],
        "outputs": [{"id": "o", "name": "row", "field": "row"}],
        "rules": rules,
    }
    place = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": content},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
