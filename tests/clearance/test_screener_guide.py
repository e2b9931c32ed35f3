"""The screener that the guide writes keeps what the guide promises."""

from __future__ import annotations

import re
from pathlib import Path

from govopen.testing.conformance.screener import ScreenerConformance

GUIDE = Path(__file__).parents[2] / "docs/how-to/write-a-screener.md"

blocks: dict[str, object] = {"__name__": __name__}
for block in re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
    exec(compile(block, str(GUIDE), "exec"), blocks)  # noqa: S102  # our own documentation

TestPlateNumbers = blocks["TestPlateNumbers"]


def test_the_guides_test_is_the_kit_with_every_default() -> None:
    assert isinstance(TestPlateNumbers, type)
    assert issubclass(TestPlateNumbers, ScreenerConformance)
    assert {name for name in vars(TestPlateNumbers) if not name.startswith("__")} == {"finds", "leaves", "screener"}
