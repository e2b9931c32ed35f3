"""A plugin of every kind, made by the command, installed by pip, tested by its own tests, typed, and loaded."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from govopen.cli.main import main
from govopen.plugins.scaffold.kinds import KINDS

pytestmark = pytest.mark.examples


@attrs.frozen
class Installed:
    """Plugins of all kinds, in ``sources``, and installed in ``site``."""

    sources: Path
    site: Path

    def run(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a program in an environment in which they are installed."""
        path = os.pathsep.join([str(self.site), *filter(None, [os.environ.get("PYTHONPATH")])])
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=self.sources,
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", **environment},
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    pytest.importorskip("hatchling", reason="there is nothing to build distributions with")
    sources, site = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("site")
    for kind in KINDS:
        with pytest.raises(SystemExit) as ended:
            main(["plugins", "new", f"street-{kind}", "--kind", kind, "--dir", str(sources)])
        assert ended.value.code == 0
    made = Installed(sources, site)
    options = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation")
    ended_pip = made.run("-m", "pip", "install", *options, "--target", site, *sorted(sources.iterdir()))
    assert ended_pip.returncode == 0, ended_pip.stdout + ended_pip.stderr
    return made


def test_all_are_loaded_each_with_its_hook(installed: Installed) -> None:
    ended = installed.run("-m", "govopen", "plugins", "list", "--format", "json")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = {entry["distribution"]: entry for entry in json.loads(ended.stdout)}
    assert {name: found[f"street-{name}"]["hooks"] for name in KINDS} == {
        name: [kind.hook] for name, kind in KINDS.items()
    }
    assert {found[f"street-{name}"]["status"] for name in KINDS} == {"loaded"}
    assert found["street-rule"]["prefixes"] == ["STREET"]


def test_where_a_city_has_a_calendar_a_second_one_is_not_begun_unawares(installed: Installed, tmp_path: Path) -> None:
    command = ("-m", "govopen", "plugins", "new", "other-days", "--kind", "calendar", "--dir", tmp_path, "--lang", "en")
    refused = installed.run(*command)

    assert (refused.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "Another plugin brings the calendar for CN-4401" in refused.stderr
    assert installed.run(*command, GOVOPEN_DISABLE_PLUGINS="street-calendar").returncode == 0
    assert (tmp_path / "other-days" / "README.md").is_file()


def test_their_own_tests_pass(installed: Installed) -> None:
    # Of each all tests, among them the conformance kit of its port.
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "error", "--import-mode=importlib")
    ended = installed.run(
        "-m", "pytest", *options, f"--rootdir={installed.sources}", *installed.sources.glob("*/tests")
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    passed = re.search(r"(\d+) passed", ended.stdout)
    assert passed is not None
    assert int(passed[1]) > 150


def test_they_are_typed_without_exception(installed: Installed, tmp_path: Path) -> None:
    sources = sorted(installed.sources.glob("*/src"))
    places = [*sources, *installed.sources.glob("*/tests")]
    ended = installed.run(
        *("-m", "mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path}", *places),
        MYPYPATH=os.pathsep.join(map(str, sources)),
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_store_that_was_begun_keeps_a_workspace(installed: Installed, tmp_path: Path) -> None:
    """What the kit tests alone, a check uses together: one that writes, checks and reads again in three processes."""
    office = tmp_path / "office"
    (tmp_path / "unit.csv").write_text("id,name,kind,jurisdiction\ns-1,示例街道,street,CN-440113\n", encoding="utf-8")
    assert installed.run("-m", "govopen", "init", office).returncode == 0
    path = office / "govopen.toml"
    url = "street-store://{workspace}/data/records.db"
    settings, count = re.subn(r"(?m)^store = .*$", f'store = "{url}"', path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(settings, encoding="utf-8")

    imported = installed.run("-m", "govopen", "import", "-w", office, tmp_path / "unit.csv")
    assert imported.returncode == 0, imported.stderr
    verified = installed.run("-m", "govopen", "journal", "verify", "-w", office)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    checked = installed.run("-m", "govopen", "check", "-w", office, "--format", "json", "--as-of", "2024-06-30")
    assert [unit["id"] for unit in json.loads(checked.stdout)["units"]] == ["s-1"], checked.stderr
    assert (office / "data/records.db").is_file()
