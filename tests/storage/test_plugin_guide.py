"""The store that the guide for storage plugins writes keeps what the guide promises."""

from __future__ import annotations

import re
from pathlib import Path

from govopen.testing.conformance.store import StoreConformance

GUIDE = Path(__file__).parents[2] / "docs/how-to/storage-plugin.md"

blocks: dict[str, object] = {"__name__": __name__}
for block in re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
    exec(compile(block, str(GUIDE), "exec"), blocks)  # noqa: S102  # our own documentation

TestLogStore = blocks["TestLogStore"]
TestShownStore = blocks["TestShownStore"]


def test_the_guides_test_is_the_kit_with_every_default():
    assert issubclass(TestLogStore, StoreConformance)
    own = {name for name in vars(TestLogStore) if not name.startswith("__")}
    assert own == {"make_store"}


def test_the_guide_names_every_capability():
    capabilities = {name for cls in StoreConformance.__mro__ for name in vars(cls) if name.startswith("supports_")}
    named = set(re.findall(r"\| `(supports_\w+)` \|", GUIDE.read_text(encoding="utf-8")))
    assert named == capabilities
