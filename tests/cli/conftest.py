"""Runs the program in this process, as its entry point does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from govopen.cli.main import main

UNIT = """\
id,name,kind,jurisdiction,since,duties.1.duty
bureau,示例局,department,CN-440113,2001-01-01,fees
"""

ITEMS = """\
id,unit,category,index_number,title,summary,issuer,created_on,attributes,fee.name,fee.basis,fee.rate_yuan
fee-1,bureau,fee,006939748/2011-00001,[red]示例费[/red],依据,示例局,2011-02-28,proactive,示例费,示价〔2010〕1号,10.00
fee-2,bureau,fee,006939748/2011-00002,样例费,依据,示例局,2011-05-04,proactive,样例费,示价〔2010〕2号,
"""


@attrs.frozen
class Ended:
    """A run that has ended."""

    status: object
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Run]:
    """``run("check", "-w", folder)`` in an empty folder, without the plugins of the machine."""
    monkeypatch.setenv("GOVOPEN_DISABLE_PLUGINS", "govopen-example-unit")
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)

    def start(*args: object) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        captured = capsys.readouterr()
        return Ended(ended.value.code, captured.out, captured.err)

    return start


@pytest.fixture
def workspace(run: Run, tmp_path: Path) -> Path:
    """A workspace of one unit with two fees, of which one states no rate."""
    folder = tmp_path / "office"
    (tmp_path / "unit.csv").write_text(UNIT, encoding="utf-8")
    (tmp_path / "information-items.csv").write_text(ITEMS, encoding="utf-8")
    assert run("init", folder).status == 0
    assert run("import", "-w", folder, tmp_path / "unit.csv", tmp_path / "information-items.csv").status == 0
    return folder
