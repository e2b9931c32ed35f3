"""Every public name says what it is; a function that refuses says with which error."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from govopen import errors

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for folder in ("src", "plugins") for path in (ROOT / folder).rglob("*.py"))
MODULES = [path for path in MODULES if "tests" not in path.parts and "templates" not in path.parts]
ERRORS = set(errors.__all__)


def public(tree: ast.Module) -> set[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return set(ast.literal_eval(node.value))
    return set()


def documented(tree: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Name, line and docstring of whatever a module defines at its top: of a value, the text that stands below it."""
    for node, following in zip(tree.body, [*tree.body[1:], None], strict=True):
        match node:
            case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
                yield node.name, node.lineno, ast.get_docstring(node) or ""
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                match following:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        yield name, node.lineno, text
                    case _:
                        yield name, node.lineno, ""


def raised(function: ast.FunctionDef) -> set[str]:
    """The errors of ours that the function itself raises: not those of functions within it."""
    found: set[str] = set()
    nodes: list[ast.AST] = list(function.body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
            found |= {node.exc.func.id} & ERRORS
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            nodes += ast.iter_child_nodes(node)
    return found


def silent(tree: ast.Module) -> Iterator[str]:
    """Public functions and methods that raise an error of ours and do not say so."""
    names = public(tree)
    for node in tree.body:
        members: list[ast.stmt] = node.body if isinstance(node, ast.ClassDef) else [node]
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in names:
            for member in members:
                if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
                    doc = ast.get_docstring(member) or ""
                    # A method may say that it raises what its port says.
                    if raised(member) and "raises" not in doc.lower():
                        yield f"{member.lineno}: {member.name}: {', '.join(sorted(raised(member)))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_public_name_of_a_module_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = public(tree)

    assert [f"{line}: {name}" for name, line, doc in documented(tree) if name in names and not doc.strip()] == []
    # Commands say it in their help, which a person reads.
    assert "cli" in path.parts or list(silent(tree)) == []


def test_a_missing_docstring_and_a_hidden_error_are_seen() -> None:
    tree = ast.parse(
        '__all__ = ["LIMIT", "Shop", "sell"]\nLIMIT = 3\ndef sell():\n    """Sell."""\n    raise InputError("none")\n'
        'class Shop:\n    """A shop."""\n    def open(self):\n        """Open it."""\n        raise StoreError("no")\n'
    )

    assert [name for name, _, doc in documented(tree) if name in public(tree) and not doc] == ["LIMIT"]
    assert list(silent(tree)) == ["3: sell: InputError", "8: open: StoreError"]
