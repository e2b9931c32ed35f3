"""``govopen plugins new``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


def test_the_files_are_named_and_what_to_do_next(run: Any) -> None:
    ended = run("plugins", "new", "Street_Rules", "--kind", "rule", "--lang", "en")

    assert (ended.status, ended.out) == (0, "")
    written = {path.as_posix() for path in Path("street-rules").rglob("*") if path.is_file()}
    assert written == {
        "street-rules/README.md",
        "street-rules/pyproject.toml",
        "street-rules/src/street_rules/__init__.py",
        "street-rules/src/street_rules/py.typed",
        "street-rules/src/street_rules/titles.py",
        "street-rules/tests/test_street_rules.py",
    }
    assert [line for line in written if f"Made {Path(line)}." not in ended.err] == []
    assert "Next: python -m pip install --editable street-rules, then govopen plugins list" in ended.err


def test_it_is_put_where_the_option_says_with_the_letters_given(run: Any, tmp_path: Path) -> None:
    ended = run("plugins", "new", "street-rules", "--kind", "rule", "--dir", tmp_path / "deep" / "er", "--prefix", "QQ")

    assert ended.status == 0
    code = (tmp_path / "deep/er/street-rules/src/street_rules/titles.py").read_text(encoding="utf-8")
    assert 'code="QQ001"' in code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1x", "--kind", "rule"), "'1x' is no name for a plugin."),
        (("json", "--kind", "store"), "would hide another package of that name."),
        (("street-rules",), "--kind is missing."),
        (("street-rules", "--kind", "ruel"), "Accepted: rule, instrument, record-type,"),
        (("street-rules", "--kind", "rule", "--prefix", "street"), "two to eight capital letters"),
        (("street-rules", "--kind", "rule", "--prefix", "SEC"), "begin with SEC."),
        (("street-rules", "--kind", "rule", "--prefix", "GOV"), "begin with GOV."),
        (("street-store", "--kind", "store", "--prefix", "QQ"), "kind store has no rules, so --prefix says nothing."),
        (("folder", "--kind", "publisher"), "Another publisher is called 'folder' already."),
        (("govopen-sqlite", "--kind", "store"), "Another store is called 'sqlite' already."),
        (("govopen-maildir", "--kind", "channel"), "Another channel is called 'maildir' already."),
        (("govopen-identity-numbers", "--kind", "screener"), "Another screener is called 'identity-numbers' already."),
        (("govopen-1x", "--kind", "instrument"), "'govopen-1x' is no name for a plugin."),
        (("govopen-jsonl", "--kind", "exporter"), "Another exporter is called 'jsonl' already."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(run: Any, arguments: tuple[str, ...], said: str) -> None:
    ended = run("plugins", "new", *arguments, "--lang", "en")

    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert list(Path().iterdir()) == []


def test_what_is_there_is_not_overwritten(run: Any) -> None:
    call = ("plugins", "new", "street-rules", "--kind", "rule")
    assert run(*call).status == 0
    Path("street-rules/README.md").write_text("mine", encoding="utf-8")

    ended = run(*call, "--lang", "en")

    assert ended.status == 2
    assert "There is something at street-rules; nothing was written." in ended.err
    assert Path("street-rules/README.md").read_text(encoding="utf-8") == "mine"
