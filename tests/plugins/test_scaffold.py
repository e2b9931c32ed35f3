"""The files of a new plugin: what they are called, and that nothing is overwritten."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from govopen.errors import InputError
from govopen.plugins.hookdocs import describe_hooks
from govopen.plugins.info import PluginStatus
from govopen.plugins.interface import INTERFACE_VERSION
from govopen.plugins.registry import Registry
from govopen.plugins.scaffold.kinds import KINDS, Kind
from govopen.plugins.scaffold.naming import LONGEST, names_of, prefix_of
from govopen.plugins.scaffold.writing import plugin_files, write_plugin

STREET = names_of("street-rules")
by_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("street-rules", ("street-rules", "street_rules", "street-rules")),
        ("Street.Rules", ("street-rules", "street_rules", "street-rules")),
        ("street__rules2", ("street-rules2", "street_rules2", "street-rules2")),
        ("govopen-street", ("govopen-street", "govopen_street", "street")),
        ("a" * LONGEST, ("a" * LONGEST,) * 3),
    ],
)
def test_one_name_gives_all_others(name: str, names: tuple[str, str, str]) -> None:
    found = names_of(name)

    assert (found.distribution, found.package, found.entry) == names


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-street",
        "street-",
        "街道",
        "street rules",
        "../street",
        "2street",
        "govopen-1x",
        "govopen-2",
        "street/rules",
        "class",
        "a" * 41,
        "a\n",
    ],
    ids=ascii,
)
def test_what_is_no_name_is_refused_with_what_is(name: str) -> None:
    with pytest.raises(InputError, match=r"is no name for a plugin\. Take letters, digits and hyphens.*street-rules"):
        names_of(name)


@pytest.mark.parametrize("name", ["json", "govopen", "Attrs", "tests"])
def test_a_name_that_would_hide_another_package_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=f"called '{name.lower()}' would hide .* street-{name.lower()}"):
        names_of(name)


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("street-rules", "STREET"),
        ("street2-rules", "STREET"),
        ("bureau-of-fees", "BOF"),
        ("govopen-transportation", "TRANSPOR"),
        ("x1-y2", "XY"),
    ],
)
def test_letters_for_codes_are_made_of_the_name(name: str, prefix: str) -> None:
    assert prefix_of(names_of(name), None, {"SEC"}) == prefix


@pytest.mark.parametrize("prefix", ["S", "street", "STREETRULES", "S1", "街道"])
def test_letters_that_no_code_can_begin_with_are_refused(prefix: str) -> None:
    with pytest.raises(InputError, match="two to eight capital letters"):
        prefix_of(STREET, prefix, ())


def test_a_name_of_one_letter_needs_letters_to_be_given() -> None:
    with pytest.raises(InputError, match="--prefix STREET"):
        prefix_of(names_of("x1"), None, ())


def test_letters_of_another_plugin_are_refused_with_all_that_are_taken() -> None:
    with pytest.raises(InputError, match=r"begin with SEC\. .* Taken are: CAT, SEC\."):
        prefix_of(STREET, "SEC", {"SEC", "CAT"})


def test_every_hook_can_be_begun_with() -> None:
    assert {kind.hook for kind in KINDS.values()} == {hook.name for hook in describe_hooks()}


@by_kind
def test_a_plugin_consists_of_what_a_distribution_needs(kind: Kind) -> None:
    files = plugin_files(kind, STREET, "STREET" if kind.has_rules else "")

    project = tomllib.loads(files["pyproject.toml"])
    assert project["project"]["name"] == "street-rules"
    assert project["project"]["entry-points"]["govopen"] == {"street-rules": "street_rules"}
    assert {"README.md", "src/street_rules/py.typed", "tests/test_street_rules.py"} < files.keys()
    hooks = files["src/street_rules/__init__.py"]
    assert f"@hookimpl\ndef {kind.hook}()" in hooks
    assert f"GOVOPEN_INTERFACE = {INTERFACE_VERSION}\n" in hooks
    for path, text in files.items():
        assert "{{" not in text.replace("}}", "{{"), path
        if path.endswith(".py"):
            ast.parse(text, path)


def test_two_of_a_kind_get_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load: Callable[..., Registry]
) -> None:
    """All but calendars: a jurisdiction cannot be called after a plugin, so the command sees whether it is taken."""
    modules = []
    for number, unit in enumerate(("north", "south")):
        for kind in (kind for kind in KINDS.values() if kind.name != "calendar" or not number):
            names = names_of(f"zz-{unit}-{kind.name}")
            write_plugin(plugin_files(kind, names, unit.upper()), tmp_path / names.distribution)
            monkeypatch.syspath_prepend(tmp_path / names.distribution / "src")
            modules.append(names.package)
    try:
        found = load(*map(importlib.import_module, modules)).plugins[1:]
    finally:
        for name in [name for name in sys.modules if name.startswith(("zz_north", "zz_south"))]:
            del sys.modules[name]

    assert [info.status for info in found] == [PluginStatus.LOADED] * (2 * len(KINDS) - 1)


@by_kind
def test_the_readme_says_in_both_languages_what_is_an_example(kind: Kind) -> None:
    readme = plugin_files(kind, STREET, "STREET")["README.md"]

    assert "It works as it is, and it is an example." in readme.replace("\n", " ")
    assert "只是示例" in readme
    assert kind.summary.zh in readme
    assert "\n\n\n" not in readme


@by_kind
def test_what_a_plugin_imports_it_depends_on(kind: Kind) -> None:
    files = plugin_files(kind, STREET, "STREET")
    imported = {
        name.partition(".")[0]
        for path, text in files.items()
        if path.startswith("src/") and path.endswith(".py")
        for node in ast.walk(ast.parse(text))
        for name in _imported(node)
    }

    third_party = imported - sys.stdlib_module_names - {STREET.package}
    dependencies = tomllib.loads(files["pyproject.toml"])["project"]["dependencies"]
    assert {entry.partition(">")[0] for entry in dependencies} == third_party


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module)):
            return [module]
    return []


def test_files_are_formatted_whatever_the_length_of_the_name(tmp_path: Path) -> None:
    for place, kind in enumerate(KINDS.values()):
        for name in (f"q{place}", f"{'a' * (LONGEST - 3)}-{place:02}"):
            names = names_of(name)
            write_plugin(plugin_files(kind, names, "QQ"), tmp_path / names.distribution)

    for arguments in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        command = [sys.executable, "-m", "ruff", *arguments, "--no-cache", str(tmp_path)]
        ended = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
        assert ended.returncode == 0, ended.stdout + ended.stderr


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    files = plugin_files(KINDS["category"], STREET)
    for there in ("folder", "file", "link"):
        (tmp_path / there).mkdir()
    (tmp_path / "file" / "street-rules").write_text("mine", encoding="utf-8")
    (tmp_path / "folder" / "street-rules").mkdir()
    (tmp_path / "link" / "street-rules").symlink_to(tmp_path / "nowhere")

    for there in ("folder", "file", "link"):
        with pytest.raises(InputError, match="nothing was written"):
            write_plugin(files, tmp_path / there / "street-rules")
    assert (tmp_path / "file" / "street-rules").read_text(encoding="utf-8") == "mine"
    assert list((tmp_path / "folder" / "street-rules").iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


def test_what_cannot_be_written_whole_leaves_nothing(tmp_path: Path) -> None:
    files = {"README.md": "", "README.md/inside": ""}

    with pytest.raises(OSError, match="README"):
        write_plugin(files, tmp_path / "new" / "street-rules")
    assert list((tmp_path / "new").iterdir()) == []


def test_the_folder_is_readable_like_any_other(tmp_path: Path) -> None:
    write_plugin(plugin_files(KINDS["category"], STREET), tmp_path / "street-rules")
    (tmp_path / "plain").mkdir()

    assert (tmp_path / "street-rules").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_letters_of_what_is_built_in_are_known_to_the_registry(load: Callable[..., Registry]) -> None:
    with pytest.raises(InputError, match="begin with WEB"):
        prefix_of(names_of("web-pages"), None, {prefix for info in load().plugins for prefix in info.prefixes})
