"""``import govopen`` offers the public names and costs next to nothing."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import govopen


def names_for_type_checkers() -> dict[str, str]:
    tree = ast.parse(Path(govopen.__file__).read_text(encoding="utf-8"))
    return {
        alias.name: node.module or ""
        for branch in tree.body
        if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING"
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@pytest.mark.parametrize("name", [name for name in govopen.__all__ if name != "__version__"])
def test_a_public_name_is_the_object_of_its_module_and_lists_it_as_public(name: str) -> None:
    module = importlib.import_module(govopen._EXPORTS[name])

    assert getattr(govopen, name) is getattr(module, name)
    assert name in module.__all__


def test_type_checkers_see_the_names_that_exist_at_run_time() -> None:
    assert names_for_type_checkers() == govopen._EXPORTS
    assert {*govopen._EXPORTS, "__version__"} == set(govopen.__all__) <= set(dir(govopen))


def test_an_unknown_name_is_an_attribute_error_that_says_it() -> None:
    with pytest.raises(AttributeError, match="'govopen' has no attribute 'Ofice'"):
        _ = govopen.Ofice


def test_importing_the_package_loads_none_of_its_parts() -> None:
    program = "import sys, govopen; print(*sorted(name for name in sys.modules if name.startswith('govopen.')))"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8")

    assert loaded.stdout.split() == []
