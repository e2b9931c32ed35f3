"""A place to run pytest in, and how."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from tests.testing.pytest_runs import ALONE, ITEMS, UNITS, Ran, Run, Seen

from govopen.office.facade import Office


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a workspace, files of records, and one test besides; pytest is called there."""
    Office.init(tmp_path / "office")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "units.jsonl").write_text(UNITS, encoding="utf-8")
    (tmp_path / "records" / "items.jsonl").write_text(ITEMS, encoding="utf-8")
    (tmp_path / "test_own.py").write_text("def test_own(): pass\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs pytest there, in this process, with this plugin alone.

    Not by pytester: it drops what a run imports, and half of SQLAlchemy imported twice does not know itself.
    """
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def start(*args: str) -> Ran:
        seen = Seen()
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = pytest.main(["-p", "govopen.testing.pytest_plugin", *ALONE, *args], plugins=[seen])
        return Ran(int(status), seen.outcomes, out.getvalue())

    return start
