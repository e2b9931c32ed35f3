"""The publisher that the guide for publisher plugins writes keeps what the guide promises."""

from __future__ import annotations

import re
from pathlib import Path

from govopen.publishing.port import PublisherSettings
from govopen.rules import samples
from govopen.testing.conformance.publisher import PublisherConformance

GUIDE = Path(__file__).parents[2] / "docs/how-to/publisher-plugin.md"

blocks: dict[str, object] = {"__name__": __name__}
for block in re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
    exec(compile(block, str(GUIDE), "exec"), blocks)  # noqa: S102  # our own documentation

TestBoard = blocks["TestBoard"]


def test_the_guides_test_is_the_kit_with_every_default():
    assert issubclass(TestBoard, PublisherConformance)
    own = {name for name in vars(TestBoard) if not name.startswith("__")}
    assert own == {"open_publisher"}


def test_the_guide_names_every_capability():
    capabilities = {name for name in dir(PublisherConformance) if name.startswith("supports_")}
    named = set(re.findall(r"\| `(supports_\w+)` \|", GUIDE.read_text(encoding="utf-8")))
    assert named == capabilities


def test_its_publisher_is_made_by_the_hook(tmp_path):
    settings = PublisherSettings(
        site=samples.site(), unit=samples.UNIT, folder=tmp_path, options={"folder": "public/hall"}
    )
    publisher = blocks["registry"].publisher("board", settings)
    publisher.settle()
    assert (tmp_path / "public/hall/board.json").is_file()
