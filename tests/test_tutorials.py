"""Who follows a page of the tutorial to the letter sees what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.examples

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial"
BLOCK = re.compile(
    r"^```(?:\{code-block\} )?(?P<language>\w+)\n(?::caption: `(?P<caption>\S+)`\n\n)?(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_OURS = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
ENVIRONMENT = {**_OURS, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}


def blocks(page: str) -> list[re.Match[str]]:
    return list(BLOCK.finditer((TUTORIAL / page).read_text(encoding="utf-8")))


def run(*command: str, cwd: Path, path: str = "") -> str:
    ran = subprocess.run(
        command,
        check=False,
        cwd=cwd,
        env={**ENVIRONMENT, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return ran.stdout


def test_the_program_of_the_page_on_embedding_prints_what_the_page_shows_as_often_as_it_is_run(tmp_path: Path) -> None:
    page = blocks("embed.md")
    program = "\n".join(block["text"] for block in page if block["language"] == "python")
    shown = "".join(block["text"] for block in page if block["language"] == "text")
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    assert shown.count("\n") > 30

    for _ in range(2):
        assert run(sys.executable, "-W", "error", "program.py", cwd=tmp_path) == shown


class Desk:
    """A reader at work: writes the files of the page, and runs its commands in a folder of their own.

    The environment is the one of the tests. What the reader installs goes into a folder of its own, before which the
    sources stand, as they do for who installs them to be edited.
    """

    def __init__(self, folder: Path) -> None:
        self.work = self.cwd = folder / "work"
        self.installed = folder / "installed"
        self.work.mkdir()

    def write(self, name: str, text: str) -> None:
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def type(self, line: str) -> str:
        program, *rest = line.split()
        if program == "cd":
            self.cwd = (self.cwd / rest[0]).resolve()
            return ""
        if program == "govopen":
            rest = ["-m", "govopen", *rest]
        if "--editable" in rest:
            rest.remove("--editable")
            rest[-1:] = ["--target", str(self.installed), f"./{rest[-1]}"]
        if "pip" in rest:
            # Nothing comes from an index: what is needed to build is here.
            rest += ["--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
        path = os.pathsep.join(map(str, (self.work / "street-rules" / "src", self.installed)))
        return run(sys.executable, *rest, cwd=self.cwd, path=path)


def typed(page: list[re.Match[str]], desk: Desk) -> Iterator[tuple[str, str, str]]:
    """Each command, what the page says that it prints, and what it prints."""
    for block in page:
        if block["caption"]:
            desk.write(block["caption"], block["text"])
        elif block["language"] == "console":
            for call in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
                line, _, said = call.partition("\n")
                # Types take long to check; those of a new plugin are looked at in tests/plugins.
                if not line.startswith("python -m mypy"):
                    yield line, said, desk.type(line)


def plain(text: str) -> str:
    """Without blanks, because lines break elsewhere at another width, and without how long tests took."""
    return "".join(re.sub(r"in [\d.]+s", "", text).split())


def shown_by(page: list[re.Match[str]], desk: Desk) -> int:
    """How many pieces of what the page shows were printed, each in its place."""
    shown = 0
    for line, said, printed in typed(page, desk):
        place, whole = 0, plain(printed)
        # A line of three dots stands for what the page leaves out.
        for part in re.split(r"^\.\.\.$", said, flags=re.MULTILINE):
            found = whole.find(plain(part), place)
            assert found >= 0, f"{line} does not print:\n{part}\nIt prints:\n{printed}"
            place, shown = found + len(plain(part)), shown + bool(part.strip())
    return shown


def test_the_page_on_plugins_shows_what_its_commands_print(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    assert shown_by(blocks("first-plugin.md"), desk) > 10
    assert [path.suffix for path in (desk.work / "dist").iterdir()] == [".whl"]


def test_the_page_on_rules_shows_what_its_commands_print(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    page = blocks("first-rule.md")
    (failing,) = (at for at, block in enumerate(page) if "1 failed" in block["text"])
    (rule,) = (block["text"] for block in page if block["caption"] == "our_bureau.py")
    before = shown_by(page[:failing], desk)
    # Between the two the page asks the reader to change the pattern by hand, and to change it back.
    desk.write("our_bureau.py", rule.replace("[0-9]{5}", "[0-9]{4}"))
    failed = shown_by(page[failing : failing + 1], desk)
    desk.write("our_bureau.py", rule)
    after = shown_by(page[failing + 1 :], desk)

    assert (before, failed, after) == (1, 2, 5)
