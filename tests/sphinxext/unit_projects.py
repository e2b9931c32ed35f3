"""Sphinx projects beside a workspace, for the documents of a unit."""

from __future__ import annotations

import io
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.published import public_digest
from govopen.office.facade import Office
from govopen.plugins.registry import Registry
from govopen.testing.parcels import disclosed

__all__ = ["DAY", "UnitProject", "changed", "public", "put", "rows"]

DAY = "2011-12-31"
CONF = """\
extensions = ["govopen.sphinxext", "myst_parser"]
exclude_patterns = ["build"]
nitpicky = True
govopen_workspace = "../workspace"
govopen_as_of = {day!r}
language = {language!r}
"""


@attrs.frozen
class UnitProject:
    """A Sphinx project beside a workspace."""

    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "docs"

    def write(self, language: str = "zh_CN", conf: str = "", **pages: str) -> None:
        """``conf.py``, the pages, and an index of them; ``name_md`` is Markdown and ``name_rst`` is not."""
        self.source.mkdir(exist_ok=True)
        (self.source / "conf.py").write_text(CONF.format(day=DAY, language=language) + conf, encoding="utf-8")
        names = []
        for name, text in pages.items():
            stem, _, suffix = name.rpartition("_")
            (self.source / f"{stem}.{suffix}").write_text(text, encoding="utf-8")
            names.append(stem)
        toctree = "Index\n=====\n\n.. toctree::\n\n" + "".join(f"   {name}\n" for name in names)
        (self.source / "index.rst").write_text(toctree, encoding="utf-8")

    def build(self, builder: str = "html") -> tuple[str, str]:
        """Build in this process: what was told, and what was warned of."""
        told, warned = io.StringIO(), io.StringIO()
        with docutils_namespace():
            folders = (self.source, self.source, self.source / "build" / builder, self.source / "build" / "trees")
            app = Sphinx(*folders, builder, status=told, warning=warned)
            app.build()
        return told.getvalue(), warned.getvalue()

    def strictly(self, builder: str, *options: str) -> None:
        """Build as on the command line; a warning is an error."""
        place = str(self.source / "build" / builder)
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder, *options]
        run = subprocess.run(
            [*command, "-d", str(self.source / "build" / "trees"), str(self.source), place],
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert (run.returncode, run.stderr) == (0, "")

    def page(self, name: str, builder: str = "html") -> str:
        suffix = {"html": "html", "text": "txt"}[builder]
        return (self.source / "build" / builder / f"{name}.{suffix}").read_text(encoding="utf-8")

    def environment(self) -> Any:
        """What Sphinx keeps between builds; without its application."""
        return pickle.loads((self.source / "build" / "trees" / "environment.pickle").read_bytes())  # noqa: S301 - ours

    def tree(self, name: str) -> nodes.document:
        found = pickle.loads((self.source / "build" / "trees" / f"{name}.doctree").read_bytes())  # noqa: S301 - ours
        assert isinstance(found, nodes.document)
        return found


def rows(tree: nodes.Node) -> list[list[str]]:
    """The rows of all tables, without their heads."""
    return [
        [entry.astext() for entry in row.findall(nodes.entry)]
        for body in tree.findall(nodes.tbody)
        for row in body.findall(nodes.row)
    ]


def public(id_: str, category: Category = Category.OTHER, **changes: object) -> InformationItem:
    """An item that was reviewed, and decided to be disclosed proactively, as it stands."""
    item = disclosed(id_, category, **changes)
    return attrs.evolve(item, digest=public_digest(item))


def put(workspace: Path, registry: Registry, *records: Record) -> None:
    """Store records in a workspace."""
    with Office.open(workspace, registry=registry) as office, office.store.transaction() as transaction:
        transaction.put_many(records, replace=True)


def changed(told: str) -> tuple[int, int]:
    """How many pages were new, and how many were read again."""
    found = re.search(r"(\d+) added, (\d+) changed", told)
    assert found is not None
    return int(found[1]), int(found[2])
