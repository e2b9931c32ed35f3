"""Runs the program in this process, as its entry point does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from govopen.cli.main import main
from govopen.office.clock import SHANGHAI
from govopen.office.facade import Office

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


ACTORS = """
[actors.chen]
name = "陈拟稿"
roles.bureau = ["drafter", "request_clerk", "publisher"]

[actors.li]
name = "李审核"
roles.bureau = ["section_head", "secrecy_reviewer", "openness_head"]

[actors.wang]
name = "王审定"
roles.bureau = ["principal", "classifier", "records_officer"]

[publishers.sites]
kind = "folder"
sites = ["own", "portal"]
folder = "public/{site}"

[requests]
keep = "1m"
"""

SITES = """\
{"type": "unit", "id": "bureau", "name": "示例局", "kind": "department", "jurisdiction": "CN-440113"}
{"type": "site", "id": "own", "unit": "bureau", "kind": "own", "url": "https://own.example.gov.cn"}
{"type": "site", "id": "portal", "unit": "bureau", "kind": "portal", "url": "https://portal.example.gov.cn"}
{"type": "column", "id": "fees", "unit": "bureau", "site": "portal", "name": "收费", "carrier": "portal"}
"""

DRAFTS = """\
{"id": "fee-1", "unit": "bureau", "category": "fee", "title": "哨兵标题", "summary": "哨兵概述", "issuer": "示例局", \
"created_on": "2026-03-02", "text": "哨兵正文", "fee": {"name": "哨兵收费", "basis": "示价1号", "rate_yuan": "10.00"}}
"""


@attrs.define
class MovingClock:
    """A clock that stands where a test sets it."""

    moment: dt.datetime = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)

    def now(self) -> dt.datetime:
        return self.moment

    def set(self, day: str) -> None:
        self.moment = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), SHANGHAI)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovingClock:
    """What the program takes for the machine's clock: it shows Monday 2026-03-02, until it is set."""
    moving = MovingClock()
    monkeypatch.setattr("govopen.office.facade.SystemClock", lambda: moving)
    return moving


@pytest.fixture
def office(run: Run, clock: MovingClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with accounts, two sites and a file of drafts; the program runs in it."""
    folder = tmp_path / "office"
    Office.init(folder)
    with (folder / "govopen.toml").open("a", encoding="utf-8") as settings:
        settings.write(ACTORS)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("GOVOPEN_ACTOR", raising=False)
    (folder / "sites.jsonl").write_text(SITES, encoding="utf-8")
    (folder / "drafts.jsonl").write_text(DRAFTS, encoding="utf-8")
    ended = run("import", "sites.jsonl")
    assert ended.status == 0, ended.err
    return folder


@pytest.fixture
def decided(run: Run, office: Path) -> Path:
    """The same, with an item that was drafted, reviewed and decided to be public."""
    for call in (
        "item draft drafts.jsonl --as chen",
        "item secrecy fee-1 not_classified --as li",
        "item propose fee-1 proactive --as chen",
        "item review fee-1 --as li",
        "item decide fee-1 --as wang",
    ):
        ended = run(*call.split())
        assert ended.status == 0, ended.err
    return office
