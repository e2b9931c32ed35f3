"""Everything that has to hold before a change lands: ``nox`` runs it all, ``nox -s lint`` one part of it."""

from __future__ import annotations

import fnmatch
import os
import sys
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2025.10.16"
nox.options.default_venv_backend = "venv"
nox.options.download_python = "never"
nox.options.reuse_existing_virtualenvs = True
# A missing interpreter is said and skipped, on a build server too; the running one is never missing.
nox.options.error_on_missing_interpreters = False

ROOT = Path(__file__).parent
PYPROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
nox.options.sessions = ["lint", "typing", f"tests-{RUNNING}", "docs", "examples", "wheel"]

# What `pip` would leave out without a word, and the program would miss only when asked for it.
IN_THE_WHEEL = (
    "govopen/demo_district/govopen.toml",
    "govopen/locales/zh_Hans/LC_MESSAGES/govopen.mo",
    "govopen/policy/data/*.toml",
    "govopen/py.typed",
    "govopen/report/check-report.schema.json",
    "govopen/report/table-report.schema.json",
    "govopen/report/templates/*.css",
    "govopen/report/templates/*.jinja",
)


def install(session: nox.Session, *groups: str) -> None:
    """Install govopen, every distribution in plugins/ and the dependency groups, as a user's pip would."""
    # Read here and not by `pip --group`, which the pip of Python 3.11 does not know.
    plugins = [str(path.parent) for path in sorted(ROOT.glob("plugins/*/pyproject.toml"))]
    core = ".[batch,pdf,postgresql,xlsx]"
    session.install("--quiet", core, *plugins, *nox.project.dependency_groups(PYPROJECT, *groups))


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff: rules and format."""
    session.install("--quiet", *nox.project.dependency_groups(PYPROJECT, "lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """Mypy, strict: core, plugins, and the public interface as its users write it."""
    # Core has modules for Sphinx and for pytest; their types are needed too.
    install(session, "typing", "tests", "docs")
    session.run("mypy", *session.posargs)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The tests and every Python block of the documentation. Arguments go to pytest."""
    install(session, "tests")
    # A document's blocks share their names, so a file stays with one worker.
    arguments = session.posargs or ["-q", "-n", "2", "--dist", "loadscope", "-m", "not examples"]
    session.run("pytest", *arguments)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error."""
    # The conformance kits are documented from their code, which imports pytest and Hypothesis.
    install(session, "docs", "tests")
    session.run("sphinx-build", "-W", "-n", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html")


@nox.session
def examples(session: nox.Session) -> None:
    """Run the workspaces and scripts in examples/ from end to end."""
    install(session, "tests")
    session.run("pytest", "-q", "-m", "examples", *session.posargs)
    # examples/district holds what writes its records; the tests run that into a folder of their own.
    for script in sorted(ROOT.glob("examples/real/*.py")):
        session.run("python", str(script))


@nox.session
def wheel(session: nox.Session) -> None:
    """Build both distributions, install the wheel where nothing else is, and run the demo there."""
    session.install("--quiet", "build")
    work = Path(session.create_tmp()).resolve()
    with session.chdir(ROOT):
        session.run("python", "-m", "build", "--outdir", str(work / "dist"), silent=True)
    built = max((work / "dist").glob("*.whl"), key=lambda path: path.stat().st_mtime)
    names = zipfile.ZipFile(built).namelist()
    if missing := [pattern for pattern in IN_THE_WHEEL if not fnmatch.filter(names, pattern)]:
        session.error(f"{built.name} lacks {', '.join(missing)}")

    session.run("python", "-m", "venv", "--clear", str(work / "fresh"))
    programs = work / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    session.run(str(programs / "python"), "-m", "pip", "install", "--quiet", f"{built}[xlsx]", external=True)
    # Away from the checkout, so that only what the wheel holds can be found.
    with session.chdir(work):
        session.run(str(programs / "govopen"), "--version", external=True)
        session.run(str(programs / "govopen"), "demo", external=True)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure; prints ratios and never fails on them."""
    install(session, "tests")
    for script in sorted(ROOT.glob("bench/bench_*.py")):
        session.run("python", str(script), *session.posargs)
