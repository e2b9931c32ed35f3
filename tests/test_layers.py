"""An import points only downwards, and the checker that says so sees every way to import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the top. Packages of one row do not know each other.
ROWS = (
    ("__main__",),
    ("cli", "sphinxext", "testing"),
    ("report",),
    ("office",),
    ("plugins",),
    ("checking", "intake", "interchange", "publishing", "statistics", "storage"),
    ("clearance",),
    ("workflow",),
    ("rules",),
    ("discretion",),
    ("model",),
    ("calendars", "policy"),
    ("errors", "texts"),
)
HEIGHT = {name: -row for row, names in enumerate(ROWS) for name in names}

# Functions over records: no I/O, no clock. What they need of the world, their context tells them.
PURE = {"clearance", "discretion", "model", "rules", "workflow"}
WORLD = {"click", "io", "jinja2", "logging", "os", "pathlib", "random", "rich", "shutil", "socket", "sqlalchemy"}
WORLD |= {"sqlite3", "subprocess", "tempfile", "time", "urllib"}
CLOCK = {"now", "today", "utcnow"}

# Packages that somebody else calls by a name of their choice; the function imports what it needs when it is called.
ENTRANCES = {"govopen.sphinxext": "setup"}

MAX_LINES = 400


def module_name(path: Path, source: Path) -> str:
    """``src/govopen/policy/__init__.py`` is ``govopen.policy``."""
    parts = path.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full name of whatever is imported: anywhere in the file, relative, or by a literal name at run time."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=origin, names=names, level=level):
                base = origin or ""
                if level:
                    parts = module.split(".")
                    package = parts[: len(parts) - level + is_package]
                    base = ".".join([*package, *([origin] if origin else [])])
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def reads_of_the_clock(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
            yield node.lineno


def complaint(module: str, target: str, plugins: frozenset[str]) -> str | None:
    """Why ``module`` may not import ``target``, or ``None``."""
    layer = module.split(".")[1]
    top, _, rest = target.partition(".")
    if top in plugins:
        return "core knows no plugin"
    if layer in PURE and top in WORLD:
        return f"{layer} is pure"
    if top != "govopen" or rest == "__version__":
        return None
    below = rest.split(".")[0]
    if below not in HEIGHT:
        return "is imported from the module that defines it"
    if below == layer or HEIGHT[below] < HEIGHT[layer]:
        return None
    return "is beside it" if HEIGHT[below] == HEIGHT[layer] else "is above it"


def re_exports(tree: ast.Module) -> Iterator[str]:
    """Names in ``__all__`` that the module has only imported."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            yield from (name for name in ast.literal_eval(node.value) if name in imported)


def has_code(tree: ast.Module, entrance: str | None = None) -> bool:
    """Whether there is more than a docstring and a ``__future__`` import; of an entrance, more than its function."""

    def lawful(node: ast.stmt) -> bool:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.ImportFrom(module="__future__"):
                return True
            # Types of the signature alone: nothing is imported at run time.
            case ast.ImportFrom(module="typing") | ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=[]):
                return entrance is not None
            case ast.FunctionDef(name=name):
                return name == entrance
        return False

    return not all(map(lawful, tree.body))


def violations(root: Path) -> list[str]:
    """Everything under ``root`` that breaks the layers, one line each."""
    source = root / "src"
    plugins = frozenset(path.name for path in root.glob("plugins/*/src/*") if path.is_dir())
    found = []
    for path in sorted((source / "govopen").rglob("*.py")):
        module, is_package = module_name(path, source), path.name == "__init__.py"
        if module == "govopen":
            continue
        if module.split(".")[1] not in HEIGHT:
            found.append(f"{module}: has no place in the layers")
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        for line, target in imports(tree, module, is_package=is_package):
            if why := complaint(module, target, plugins):
                found.append(f"{module}:{line}: {target}: {why}")
        if module.split(".")[1] in PURE:
            found.extend(f"{module}:{line}: reads the clock" for line in reads_of_the_clock(tree))
        found.extend(f"{module}: re-exports {name}" for name in re_exports(tree))
        if is_package and has_code(tree, ENTRANCES.get(module)):
            found.append(f"{module}: a package's __init__ holds a docstring only")
    return found


def test_imports_point_downwards() -> None:
    assert violations(ROOT) == []


def test_every_package_has_a_place_in_the_layers_and_there_is_something_to_check() -> None:
    modules = {path.name.removesuffix(".py") for path in (ROOT / "src/govopen").iterdir() if path.name[0] not in "._"}
    assert {"cli", "errors", "model", "policy", "rules"} <= modules & set(HEIGHT)


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        ("model/unit.py", "from govopen.rules.base import rule", "govopen.rules.base.rule: is above it"),
        ("model/unit.py", "import govopen.office", "govopen.office: is above it"),
        ("model/unit.py", "from govopen import cli", "govopen.cli: is above it"),
        ("model/unit.py", "from ..rules import base", "govopen.rules.base: is above it"),
        ("model/unit.py", "from .. import rules", "govopen.rules: is above it"),
        ("model/deep/unit.py", "from ...rules.base import rule", "govopen.rules.base.rule: is above it"),
        ("model/deep/__init__.py", "from ...rules.base import rule", "govopen.rules.base.rule: is above it"),
        ("errors.py", "from .model import unit", "govopen.model.unit: is above it"),
        (
            "model/unit.py",
            "if TYPE_CHECKING:\n    from govopen.office import Office",
            "Office: is above it",
        ),
        ("model/unit.py", "def f():\n    from govopen.office import Office", "govopen.office.Office: is above it"),
        ("model/unit.py", "importlib.import_module('govopen.office')", "govopen.office: is above it"),
        ("model/unit.py", "__import__('govopen.office')", "govopen.office: is above it"),
        ("policy/load.py", "from govopen.calendars.period import Period", "govopen.calendars.period.Period: is beside"),
        ("checking/run.py", "from govopen.storage import port", "govopen.storage.port: is beside it"),
        ("office.py", "from govopen import Text", "govopen.Text: is imported from the module that defines it"),
        ("office.py", "import govopen", "govopen: is imported from the module that defines it"),
        ("office.py", "import govopen_beacon.rules", "govopen_beacon.rules: core knows no plugin"),
        ("rules/base.py", "import sqlalchemy.orm", "sqlalchemy.orm: rules is pure"),
        ("rules/base.py", "from pathlib import Path", "pathlib.Path: rules is pure"),
        ("rules/base.py", "late = dt.date.today() > due", "reads the clock"),
        ("rules/base.py", "from govopen.texts import Text\n__all__ = ['Text']", "re-exports Text"),
        ("rules/__init__.py", "from govopen.rules.base import rule", "holds a docstring only"),
        ("rules/__init__.py", "def setup(app): ...", "holds a docstring only"),
        ("sphinxext/__init__.py", "from govopen.sphinxext.directives import setup", "holds a docstring only"),
        ("sphinxext/__init__.py", "def helper(): ...", "holds a docstring only"),
        ("sphinxext/__init__.py", "setup = print", "holds a docstring only"),
        ("helpers/dates.py", "", "has no place in the layers"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, path: str, code: str, expected: str) -> None:
    (tmp_path / "plugins/govopen-beacon/src/govopen_beacon").mkdir(parents=True)
    planted = tmp_path / "src/govopen" / path
    planted.parent.mkdir(parents=True)
    planted.write_text(code, encoding="utf-8")

    found = violations(tmp_path)

    assert any(expected in line for line in found), found


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("model/unit.py", "from govopen.policy.citation import Citation\nfrom .base import Record\nimport datetime"),
        ("model/__init__.py", '"""Records."""\n\nfrom __future__ import annotations\n'),
        ("cli/main.py", "from govopen import __version__\nfrom govopen.report.html import write\nimport click"),
        ("storage/engine.py", "import sqlalchemy\nnow = clock.now()\n__all__ = ['now']"),
        (
            "sphinxext/__init__.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sphinx\ndef setup(app):\n    pass",
        ),
        ("__init__.py", "from govopen.office import Office"),
    ],
)
def test_a_lawful_import_is_not_objected_to(tmp_path: Path, path: str, code: str) -> None:
    lawful = tmp_path / "src/govopen" / path
    lawful.parent.mkdir(parents=True)
    lawful.write_text(code, encoding="utf-8")

    assert violations(tmp_path) == []


def test_no_python_file_is_longer_than_a_reader_can_hold() -> None:
    folders = [
        folder for folder in ("src", "plugins", "tests", "examples", "bench", "docs") if (ROOT / folder).is_dir()
    ]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}
    assert "src/govopen/errors.py" in lengths
