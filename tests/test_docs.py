"""What the documentation says of hooks, commands, rules and law is what there is."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from govopen.cli.base import Group
from govopen.cli.main import program
from govopen.errors import PolicyDataError
from govopen.plugins import hookspecs
from govopen.plugins.registry import Registry
from govopen.plugins.scaffold.kinds import KINDS
from govopen.plugins.scaffold.naming import names_of
from govopen.plugins.scaffold.writing import plugin_files
from govopen.policy.citation import Citation
from govopen.sphinxext.pages import hooks_page
from govopen.texts import LANGUAGES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md") if "_build" not in page.parts)
OTHERS = [ROOT / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md", "SECURITY.md")]
DOCUMENTS = [*PAGES, *OTHERS]

FENCED = re.compile(
    r"^(?P<fence>```+|~~~+)(?P<language>[^\n]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
)
TOCTREE = re.compile(r"^```\{toctree\}\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
RULE_CODE = re.compile(r"\b(?!SHA)[A-Z]{2,8}\d{3}\b")
CITATION = re.compile(r"\b[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d{4}:\d+(?:\.\d+)*(?:/o[1-9]\d*)?")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
CALL = re.compile(r"(?:^\$ |`)govopen (?P<rest>[^`\n|>]*)", re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose_of(page: Path) -> str:
    return FENCED.sub("", text_of(page))


def commands() -> dict[str, click.Command]:
    """Every command by the words that call it, groups left out."""
    ctx = click.Context(program)
    found = {}
    for name in program.list_commands(ctx):
        command = program.get_command(ctx, name)
        if isinstance(command, Group):
            found.update({f"{name} {inner}": command.get_command(ctx, inner) for inner in command.list_commands(ctx)})
        else:
            found[name] = command
    return {name: command for name, command in found.items() if command is not None}


def options_of(command: click.Command) -> set[str]:
    return {name for param in command.params for name in param.opts if name.startswith("--")} | {"--help"}


COMMANDS = commands()
COMMON = set.intersection(*map(options_of, COMMANDS.values()))
HOOKS = sorted(name for name, member in vars(hookspecs).items() if name.startswith("govopen_") and callable(member))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(entry_points=False)


@pytest.fixture(scope="module")
def section_of() -> dict[str, str]:
    """The part of the command line's page under each heading."""
    parts = re.split(r"^## (.+)$", text_of(DOCS / "reference" / "cli.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_is_documented_under_its_exact_signature(hook: str) -> None:
    signature = str(inspect.signature(getattr(hookspecs, hook))).replace("'", "")

    assert "{govopen-hooks}" in text_of(DOCS / "reference" / "hooks.md")
    assert f"{hook}{signature}" in hooks_page()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_is_documented_with_all_its_options(command: str, section_of: dict[str, str]) -> None:
    assert command in section_of
    missing = {name for name in options_of(COMMANDS[command]) - COMMON if name not in section_of[command]}
    assert missing == set()


def test_the_options_of_all_commands_are_documented_once() -> None:
    page = text_of(DOCS / "reference" / "cli.md")

    assert {name for name in COMMON if name not in page} == set()


def calls() -> Iterator[tuple[str, str]]:
    """What stands behind ``govopen`` in commands; what only shows the shape of one (``COMMAND``, ``[...]``) is none."""
    for page in DOCUMENTS:
        for match in CALL.finditer(text_of(page)):
            if re.search(r"(?:^| )[a-z]+\b", match["rest"]) and "[" not in match["rest"]:
                yield name_of(page), match["rest"].strip()


@pytest.mark.parametrize(("page", "call"), sorted(set(calls())))
def test_a_command_line_in_the_documentation_names_commands_and_options_there_are(page: str, call: str) -> None:
    plain = [word for word in call.split() if not word.startswith("-") and word not in LANGUAGES]
    command = next((name for name in COMMANDS if plain[: len(name.split())] == name.split()), None)

    assert command is not None or plain in (["plugins"], ["item"], ["request"], ["journal"]), f"{page}: govopen {call}"
    known = options_of(COMMANDS[command]) if command else set()
    assert set(OPTION.findall(call)) - known - COMMON - {"--version"} == set(), f"{page}: govopen {call}"


@pytest.mark.parametrize("page", DOCUMENTS, ids=name_of)
def test_each_rule_that_a_document_names_exists_or_is_its_own(page: Path, registry: Registry) -> None:
    text = text_of(page)
    own = set(re.findall(r'code="(\w+)"', text)) | {"EXU001"}
    notices = set(re.findall(r'"(GOV\d{3})"', "".join(map(text_of, (ROOT / "src").rglob("*.py")))))
    known = {rule.code for rule in registry.rules} | own | notices
    # Only the two pages that write a rule may refer to one of their own across pages.
    if "first-rule" in page.name:
        known.add("EXB001")
    # It goes through what `govopen plugins new` writes.
    if page.name == "first-plugin.md":
        written = plugin_files(KINDS["rule"], names_of("street-rules"), "STREET")
        known |= set(re.findall(r'code="(\w+)"', "".join(written.values())))

    assert set(RULE_CODE.findall(text)) - known == set()


@pytest.mark.parametrize("page", DOCUMENTS, ids=name_of)
def test_each_place_of_the_law_that_a_document_cites_exists_or_is_its_own(page: Path, registry: Registry) -> None:
    text = text_of(page)
    own = set(re.findall(r'^id = "([a-z0-9-]+)"', text, re.MULTILINE))

    def known(cited: str) -> bool:
        try:
            citation = Citation.parse(cited)
            return citation.instrument in own or registry.library.exists(citation)
        except PolicyDataError:
            return False

    assert [cited for cited in CITATION.findall(text) if not known(cited)] == []


@pytest.mark.parametrize("index", [page for page in PAGES if page.name == "index.md"], ids=name_of)
def test_each_entry_of_an_index_exists_and_each_page_beside_it_has_one(index: Path) -> None:
    entries = [
        line.strip()
        for match in TOCTREE.finditer(text_of(index))
        for line in match["text"].splitlines()
        if line.strip() and not line.startswith(":")
    ]
    named = {(index.parent / f"{entry}.md").resolve() for entry in entries if "*" not in entry}

    assert {path for path in named if not path.exists()} == set()
    beside = {path.resolve() for path in index.parent.glob("*.md")} - {index.resolve()}
    assert beside - named == set() or "*" in entries


def test_the_readme_says_what_coverage_says(registry: Registry) -> None:
    from govopen.checking.coverage import coverage

    covered = coverage(registry.library.instrument("panyu-2011"), registry.rules)
    counts = {answer.value: count for answer, count in covered.summary().items()}
    for page in OTHERS[:2]:
        numbers = set(map(int, re.findall(r"\d+", prose_of(page))))
        assert {len(covered.obligations), *filter(None, counts.values())} <= numbers


def unwrapped(text: str) -> str:
    """Without blanks: lines break elsewhere at another width, and in Chinese a break is no blank."""
    return "".join(text.split())


def replay(page: Path, folder: Path, lang: str) -> Iterator[tuple[str, str, str]]:
    """Run a page from top to bottom: each command, what the page says it prints, and what it prints.

    Python blocks and commands have a folder each, because each step is shown in both ways; what a block writes is
    copied for the commands.
    """
    ours, theirs = folder / "python", folder / "console"
    ours.mkdir()
    theirs.mkdir()
    environment = {**os.environ, "LANG": lang, "LC_ALL": lang, "COLUMNS": "96", "PYTHONIOENCODING": "utf-8"}
    names: dict[str, object] = {}
    for match in FENCED.finditer(text_of(page)):
        if match["language"] == "python":
            os.chdir(ours)
            exec(compile(match["text"], page.name, "exec"), names)  # noqa: S102 - the page is ours
            for file in (*ours.glob("*.*"), *ours.glob("office/*.toml")):
                if file.is_file():
                    shutil.copy(file, theirs / file.relative_to(ours))
        elif match["language"] == "console":
            for call in re.split(r"^\$ govopen ", match["text"], flags=re.MULTILINE)[1:]:
                line, _, printed = call.partition("\n")
                command = [sys.executable, "-m", "govopen", *line.split()]
                run = subprocess.run(
                    command, check=False, cwd=theirs, env=environment, capture_output=True, encoding="utf-8"
                )
                yield line, printed, run.stdout + run.stderr


@pytest.mark.examples
@pytest.mark.parametrize(("name", "lang"), [("first-report.md", "C.UTF-8"), ("first-report.zh.md", "zh_CN.UTF-8")])
def test_the_tutorial_shows_what_the_commands_print(
    name: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = 0
    for line, said, printed in replay(DOCS / "tutorial" / name, tmp_path, lang):
        at, whole = 0, unwrapped(printed)
        for part in re.split(r"^\.\.\.$", said, flags=re.MULTILINE):
            wanted = unwrapped(part)
            found = whole.find(wanted, at)
            assert found >= 0, f"govopen {line} does not print: {wanted}"
            at, shown = found + len(wanted), shown + bool(wanted)

    assert shown > 3


@pytest.mark.examples
@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.zh.md", "zh-Hans")])
def test_the_readme_shows_what_the_demo_prints(name: str, lang: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "govopen", "--lang", lang, "demo", str(tmp_path / "district")]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    printed = subprocess.run(command, check=True, env=environment, capture_output=True, encoding="utf-8").stdout
    (shown,) = (match["text"] for match in FENCED.finditer(text_of(ROOT / name)) if match["language"] == "text")
    found = re.split(r"^(?=    [^ ] )", shown, flags=re.MULTILINE)

    assert len(found) > 2
    assert [part for part in found if unwrapped(part) not in unwrapped(printed)] == []
