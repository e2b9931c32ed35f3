"""What every distribution has to carry, looked up in the built files: licence, typing marker, entry points, sources.

    python tools/distributions.py DIST      says what is missing; exit status 1 if anything is

What `pip` would leave out without a word, a user would miss only when the program asks for it. Nothing but the standard
library is needed.
"""

from __future__ import annotations

import configparser
import email
import fnmatch
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["complaints"]

IN_THE_WHEEL = {
    "govopen": (
        "govopen/demo_district/govopen.toml",
        "govopen/locales/zh_Hans/LC_MESSAGES/govopen.mo",
        "govopen/plugins/scaffold/templates/*/*.jinja",
        "govopen/policy/data/*.toml",
        "govopen/report/check-report.schema.json",
        "govopen/report/table-report.schema.json",
        "govopen/report/templates/*.css",
        "govopen/report/templates/*.jinja",
    ),
    "govopen_static_site": ("govopen_static_site/assets/*.css", "govopen_static_site/templates/*.jinja"),
}
"""Data that is no Python, by the name of the package."""


def complaints(folder: Path) -> Iterator[str]:
    """What is missing in the wheels and source archives of ``folder``, one line each."""
    wheels, archives = sorted(folder.glob("*.whl")), sorted(folder.glob("*.tar.gz"))
    if not wheels:
        yield f"{folder}: there are no wheels"
    names = {wheel.name.split("-")[0] for wheel in wheels}
    for name in sorted(names ^ {archive.name.rsplit("-", 1)[0] for archive in archives}):
        yield f"{name}: has not both a wheel and a source archive"
    for wheel in wheels:
        yield from (f"{wheel.name}: {said}" for said in _wheel(wheel))
    for archive in archives:
        yield from (f"{archive.name}: {said}" for said in _archive(archive))


def _wheel(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as held:
        names = held.namelist()
        info = next(name.partition("/")[0] for name in names if name.partition("/")[0].endswith(".dist-info"))
        metadata = email.message_from_bytes(held.read(f"{info}/METADATA"))
        points = held.read(f"{info}/entry_points.txt").decode() if f"{info}/entry_points.txt" in names else ""
    for field in ("License-Expression", "Summary", "Requires-Python", "Description-Content-Type"):
        if not metadata[field]:
            yield f"has no {field}"
    if not any(name.startswith(f"{info}/licenses/") for name in names):
        yield "carries no licence"
    packages = {name.partition("/")[0] for name in names} - {info}
    for package in sorted(packages):
        for wanted in (f"{package}/py.typed", *IN_THE_WHEEL.get(package, ())):
            if not fnmatch.filter(names, wanted):
                yield f"lacks {wanted}"
    yield from (f"has {name}" for name in names if "/tests/" in name or "__pycache__" in name)
    yield from _points(path.name, points, set(names))


def _points(wheel: str, text: str, names: set[str]) -> Iterator[str]:
    parser = configparser.ConfigParser(delimiters=("=",))
    parser.read_string(text)
    for group in parser.sections():
        for value in dict(parser[group]).values():
            module = value.partition(":")[0].replace(".", "/")
            if not {f"{module}.py", f"{module}/__init__.py"} & names:
                yield f"has an entry point {value} of {group}, and no such module"
    if wheel.startswith("govopen_") and not parser.has_section("govopen"):
        yield "has no entry point in the group govopen: nobody would find the plugin"


def _archive(path: Path) -> Iterator[str]:
    with tarfile.open(path) as held:
        names = {name.partition("/")[2] for name in held.getnames()}
    for wanted in ("LICENSE", "PKG-INFO", "README.md", "pyproject.toml", "src/*/py.typed"):
        if not fnmatch.filter(names, wanted):
            yield f"lacks {wanted}"
    yield from (f"has {name}" for name in sorted(names) if "__pycache__" in name or name.startswith((".ci", ".git/")))


def main(arguments: list[str]) -> int:
    """Print the complaints about the folder named; 1 if there are any."""
    found = list(complaints(Path(arguments[0])))
    for line in found:
        print(line)  # noqa: T201 - it is a program
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
