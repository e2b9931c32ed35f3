"""Everything that has to hold before a change lands: ``nox`` runs it all, ``nox -s lint`` one part of it."""

from __future__ import annotations

import os
import shutil
import sys
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
nox.options.sessions = ["lint", "typing", f"tests-{RUNNING}", "docs", "wheel"]


def install(session: nox.Session, *groups: str) -> None:
    """Install govopen, every distribution in plugins/ and the dependency groups, as a user's pip would."""
    # Read here and not by `pip --group`, which the pip of Python 3.11 does not know.
    plugins = [str(path.parent) for path in sorted(ROOT.glob("plugins/*/pyproject.toml"))]
    core = ".[batch,pdf,postgresql,xlsx]"
    # What builds them is installed once: an environment of its own for each of them would take a minute together.
    session.install("--quiet", *PYPROJECT["build-system"]["requires"])
    needed = nox.project.dependency_groups(PYPROJECT, *groups)
    session.install("--quiet", "--no-build-isolation", core, *plugins, *needed)


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff: rules and format."""
    session.install("--quiet", *nox.project.dependency_groups(PYPROJECT, "lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """Mypy, strict: core, plugins, and the public interface as its users write it; that by Pyright, too."""
    # Core has modules for Sphinx and for pytest; their types are needed too.
    install(session, "typing", "tests", "docs")
    session.run("mypy", "--num-workers", "2", *session.posargs)
    session.run("pyright", env={"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"})


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The tests, every Python block of the documentation, and the examples. Arguments go to pytest, and only they."""
    install(session, "tests")
    if session.posargs:
        session.run("pytest", *session.posargs)
        return
    # A document's blocks share their names, so a file stays with one worker.
    session.run("pytest", "-q", "-n", "2", "--dist", "loadscope", "-m", "not examples")
    run_examples(session)


def run_examples(session: nox.Session) -> None:
    """The workspaces, projects and scripts of examples/, from end to end."""
    session.run("pytest", "-q", "-n", "2", "--dist", "loadscope", "-m", "examples")
    # examples/district holds what writes its records; the tests run that into a folder of their own.
    for script in sorted(ROOT.glob("examples/real/*.py")):
        session.run("python", str(script))


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation, in English and with its Chinese tutorial and how-tos; a warning is an error."""
    # The conformance kits are documented from their code, which imports pytest and Hypothesis.
    install(session, "docs", "tests")
    session.run("python", "tools/docs_messages.py", "--check")
    build = ("sphinx-build", "-W", "--keep-going", "-q", "-b", "html")
    session.run(*build, "-n", "-j", "2", "docs", "docs/_build/html")
    # Of the Chinese version only what is translated, to save a minute. Its links lead where the English ones do: Sphinx
    # warns of a sentence that has others.
    elsewhere = "suppress_warnings=myst.xref_missing,toc.excluded,toc.not_readable"
    chosen = ("language=zh_CN", "nitpicky=0", "exclude_patterns=_build,explanation,reference", elsewhere)
    settings = [part for setting in chosen for part in ("-D", setting)]
    session.run(*build, *settings, "-d", "docs/_build/zh_CN", "docs", "docs/_build/translated")


@nox.session(default=False)
def examples(session: nox.Session) -> None:
    """The examples alone, which `tests` runs as well."""
    install(session, "tests")
    run_examples(session)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build all distributions, look into them, install the wheels where nothing else is, and run them there."""
    session.install("--quiet", *nox.project.dependency_groups(PYPROJECT, "build"))
    work = Path(session.create_tmp()).resolve()
    shutil.rmtree(work / "dist", ignore_errors=True)
    for folder in (ROOT, *(path.parent for path in sorted(ROOT.glob("plugins/*/pyproject.toml")))):
        # Without isolation: what builds them is what was installed above, once for all.
        session.run("python", "-m", "build", "--no-isolation", "--outdir", str(work / "dist"), str(folder), silent=True)
    session.run("twine", "check", "--strict", *map(str, sorted((work / "dist").iterdir())))
    session.run("python", str(ROOT / "tools" / "distributions.py"), str(work / "dist"))

    session.run("python", "-m", "venv", "--clear", str(work / "fresh"))
    programs = work / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    wheels = sorted((work / "dist").glob("*.whl"))
    wanted = [f"{path}[xlsx]" if path.name.startswith("govopen-") else str(path) for path in wheels]
    session.run(str(programs / "python"), "-m", "pip", "install", "--quiet", *wanted, external=True)
    # Away from the checkout, so that only what the wheels hold can be found.
    with session.chdir(work):
        session.run(str(programs / "python"), "-m", "pip", "check", external=True)
        session.run(str(programs / "govopen"), "--version", external=True)
        session.run(str(programs / "govopen"), "plugins", "list", external=True)
        session.run(str(programs / "govopen"), "demo", external=True)


@nox.session(default=False)
def audit(session: nox.Session) -> None:
    """Ask PyPI whether a version that is installed has a known weakness. Needs the network."""
    install(session)
    session.install("--quiet", "pip-audit>=2.9")
    session.run("pip-audit", "--local", "--skip-editable", *session.posargs)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure; prints ratios and never fails on them."""
    install(session, "tests")
    for script in sorted(ROOT.glob("bench/bench_*.py")):
        session.run("python", str(script), *session.posargs)
