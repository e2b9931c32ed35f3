"""``govopen demo``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from govopen.cli.commands.demo import district, program_called
from govopen.errors import InputError


@pytest.mark.examples
def test_the_demo_builds_checks_and_reports_and_ends_well(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "district"

    ended = run("demo", folder)

    assert ended.status == 0
    assert "SEC002" in ended.out
    assert (folder / "DEFECTS.md").is_file()
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    for name in ("DEFECTS.md", "report.html"):
        assert str(folder / name) in ended.err
    assert not list(folder.rglob("*.py"))
    assert run("check", "-w", folder, "--as-of", "2011-12-31").status == 1


@pytest.mark.examples
def test_without_a_folder_the_demo_makes_a_temporary_one(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    ended = run("demo", "--lang", "zh-Hans", "--as-of", "2025-06-30")

    assert ended.status == 0
    assert len(list(tmp_path.glob("govopen-demo-*/report.html"))) == 1
    assert "已被后法取代" in ended.out


def test_nothing_of_the_user_s_is_overwritten(run: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    ended = run("demo", tmp_path)

    assert ended.status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "mine.txt"]


def test_without_what_reads_workbooks_nothing_is_written(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a district would be refused by the next try as a folder that is not empty."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))

    named, unnamed = run("demo", tmp_path / "district"), run("demo")

    for ended in (named, unnamed):
        assert ended.status == 2
        assert 'pip install "govopen[xlsx]"' in ended.err
    assert not (tmp_path / "district").exists()
    assert not list((tmp_path / "temporary").iterdir())


def test_the_district_is_found_in_a_checkout_and_in_a_wheel(tmp_path: Path) -> None:
    package = tmp_path / "src" / "govopen"
    checkout = tmp_path / "examples" / "district"
    for folder in (package, checkout):
        folder.mkdir(parents=True)
    (checkout / "govopen.toml").touch()
    assert district(package) == checkout

    (tmp_path / "demo_district").mkdir()
    (tmp_path / "demo_district/govopen.toml").touch()

    assert district(tmp_path) == tmp_path / "demo_district"


def test_an_installation_without_the_district_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not installed"):
        district(tmp_path / "lib" / "govopen")


def test_the_call_shown_at_the_end_works_when_it_is_copied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bin_, other = tmp_path / "my env" / "bin", tmp_path / "other"
    for folder in (bin_, other):
        folder.mkdir(parents=True)
        (folder / "govopen").touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(bin_ / "govopen")])

    monkeypatch.setenv("PATH", os.pathsep.join([str(bin_), str(other)]))
    assert program_called() == ["govopen"]

    for path in ("", str(other)):
        monkeypatch.setenv("PATH", path)
        assert program_called() == [f'"{bin_ / "govopen"}"']

    monkeypatch.setattr(sys, "argv", ["somewhere/govopen/__main__.py"])
    assert program_called()[1:] == ["-m", "govopen"]
