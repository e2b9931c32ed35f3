"""The exporter that the guide for exporter plugins writes keeps what the guide promises."""

from __future__ import annotations

import re
from pathlib import Path

from govopen.testing.conformance.exporter import ExporterConformance

GUIDE = Path(__file__).parents[2] / "docs/how-to/exporter-plugin.md"

blocks: dict[str, object] = {"__name__": __name__}
for block in re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
    # The last one looks at examples/, and is run with the documentation.
    if "examples/" not in block:
        exec(compile(block, str(GUIDE), "exec"), blocks)  # noqa: S102  # our own documentation

TestJsonFeed = blocks["TestJsonFeed"]


def test_the_guides_test_is_the_kit_with_every_default():
    assert issubclass(TestJsonFeed, ExporterConformance)
    own = {name for name in vars(TestJsonFeed) if not name.startswith("__")}
    assert own == {"exporter", "read"}


def test_the_guide_names_every_capability():
    capabilities = {name for name, value in vars(ExporterConformance).items() if isinstance(value, bool)}
    named = set(re.findall(r"\| `(\w+)` \|", GUIDE.read_text(encoding="utf-8").partition("| capability |")[2]))
    assert named == capabilities
