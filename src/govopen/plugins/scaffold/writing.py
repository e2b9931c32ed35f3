"""Writing the files of a new plugin."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from govopen.errors import InputError
from govopen.plugins.interface import INTERFACE_VERSION
from govopen.plugins.scaffold.kinds import CALENDAR_CODE, Kind
from govopen.plugins.scaffold.naming import Names
from govopen.texts import N_

__all__ = ["plugin_files", "write_plugin"]

_SUFFIX = ".jinja"


def plugin_files(kind: Kind, names: Names, prefix: str = "") -> dict[str, str]:
    """What a new plugin consists of: from the path of each file, with slashes, to what it says.

    Args:
        kind: What it brings.
        names: What it is called.
        prefix: What the codes of its rules begin with, if it brings rules.
    """
    values = {
        "distribution": names.distribution,
        "package": names.package,
        "entry": names.entry,
        "prefix": prefix,
        "code": CALENDAR_CODE,
        "summary": kind.summary,
        "interface": INTERFACE_VERSION,
        "dependencies": ", ".join(f'"{each}"' for each in kind.dependencies),
    }
    found = {
        "pyproject.toml": _rendered("common/pyproject.toml", values),
        f"src/{names.package}/py.typed": "",
    }
    for name in _templates(kind):
        path = {"README.md": name, "test.py": f"tests/test_{names.package}.py"}.get(name, f"src/{names.package}/{name}")
        found[path] = _rendered(f"{kind.name}/{name}", values)
    return dict(sorted(found.items()))


def write_plugin(files: dict[str, str], folder: Path) -> None:
    """Write the files into a new folder, all or nothing.

    Raises:
        InputError: There is something at ``folder``.
        OSError: It cannot be written.
    """
    if folder.exists() or folder.is_symlink():
        raise InputError(
            N_("There is something at {folder}; nothing was written."),
            hint=N_("Take another name, or another folder by --dir."),
            folder=str(folder),
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        # A folder for the eyes of one user alone is what mkdtemp makes, and not what anybody expects of a project.
        made = draft / folder.name
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        made.rename(folder)
    finally:
        shutil.rmtree(draft)


def _templates(kind: Kind) -> list[str]:
    folder = resources.files("govopen.plugins.scaffold") / "templates" / kind.name
    return sorted(entry.name.removesuffix(_SUFFIX) for entry in folder.iterdir() if entry.name.endswith(_SUFFIX))


def _rendered(name: str, values: dict[str, object]) -> str:
    return _environment().get_template(name + _SUFFIX).render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("govopen.plugins.scaffold"),
        autoescape=False,  # noqa: S701 - what comes out is Python and TOML, which escapes of HTML would break
        trim_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
