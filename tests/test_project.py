"""What the project says of itself in several places is the same in all of them."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
READMES = ("README.md", "README.zh.md")
GENERATED = {"__pycache__", "_build", "build", "dist", "node_modules"}
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A place that exists on one machine only. Not what follows a host name or a longer path.
OWN_PATH = re.compile(r"(?<![\w./~-])(?:/(?:home|root|tmp|work|Users|private)/|[A-Z]:\\Users\\)\w")
FRAGMENT = re.compile(r"[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*\.(?P<kind>[a-z]+)\.md")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [code.strip() for found, code in FENCE.findall(text_of(name)) if found == language]


def project_files() -> list[Path]:
    found = []
    for folder, folders, files in os.walk(ROOT):
        if "pyvenv.cfg" in files:
            folders.clear()
            continue
        folders[:] = [name for name in folders if name not in GENERATED and (name == ".ci" or name[0] != ".")]
        found.extend(Path(folder, name) for name in files)
    return found


@pytest.fixture(scope="module")
def noxfile() -> ModuleType:
    spec = importlib.util.spec_from_file_location("noxfile", ROOT / "noxfile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def supported() -> list[str]:
    start = "Programming Language :: Python :: 3."
    return [entry.split()[-1] for entry in PYPROJECT["project"]["classifiers"] if entry.startswith(start)]


def test_nox_tests_every_python_that_the_classifiers_name(noxfile: ModuleType) -> None:
    assert noxfile.PYTHONS == supported() == ["3.11", "3.12", "3.13", "3.14"]


def test_the_oldest_python_is_the_same_for_pip_ruff_and_mypy() -> None:
    oldest = supported()[0]

    assert PYPROJECT["project"]["requires-python"] == f">={oldest}"
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"
    assert PYPROJECT["tool"]["mypy"]["python_version"] == oldest


def test_plain_nox_runs_the_tests_and_all_other_gates(noxfile: ModuleType) -> None:
    chosen = noxfile.nox.options.sessions

    assert f"tests-{noxfile.RUNNING}" in chosen
    assert {name.partition("-")[0] for name in chosen} == {"lint", "typing", "tests", "docs", "wheel"}


def test_both_readmes_print_the_same_two_commands_and_the_same_python() -> None:
    commands, code = ([blocks(name, language) for name in READMES] for language in ("sh", "python"))

    assert commands[0] == commands[1]
    assert [command.rpartition("&& ")[2] for command in commands[0]] == [".venv/bin/govopen demo", ".venv/bin/nox"]
    assert code[0] == code[1]
    assert len(code[0]) == 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_the_build_server_runs_the_commands_of_the_readme() -> None:
    printed = subprocess.run(
        ["bash", ".ci/run", "--print"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )

    assert printed.stdout.splitlines() == blocks("README.md", "sh")


def test_a_changelog_fragment_is_named_for_its_change_and_a_kind_that_exists() -> None:
    kinds = {kind["directory"] for kind in PYPROJECT["tool"]["towncrier"]["type"]}
    explanation = text_of("changelog/README.md")

    assert {kind for kind in kinds if f"`{kind}`" not in explanation} == set()
    for fragment in (ROOT / "changelog").glob("*.md"):
        if fragment.name == "README.md":
            continue
        match = FRAGMENT.fullmatch(fragment.name)
        assert match, f"{fragment.name} is not slug.kind.md"
        assert match["kind"] in kinds, fragment.name
        assert fragment.read_text(encoding="utf-8").strip(), f"{fragment.name} is empty"


@pytest.mark.parametrize("text", ["see /home/ann/data", "'/tmp/report.html'", "C:\\Users\\ann", "=/root/x"])
def test_a_path_of_one_machine_is_recognised(text: str) -> None:
    assert OWN_PATH.search(text)


@pytest.mark.parametrize("text", ["https://example.gov.cn/work/plan", "docs/tmp/x", "~/work/x", "a/home/x"])
def test_another_path_is_not_taken_for_one(text: str) -> None:
    assert not OWN_PATH.search(text)


def test_no_file_names_a_path_of_one_machine() -> None:
    named = {}
    for path in project_files():
        content = path.read_bytes()
        if path == Path(__file__) or b"\0" in content:
            continue
        if found := OWN_PATH.search(content.decode("utf-8", errors="replace")):
            named[str(path.relative_to(ROOT))] = found[0]

    assert named == {}
