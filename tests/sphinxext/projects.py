"""Small Sphinx projects, built in this process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace

from govopen.sphinxext.building import DOMAIN
from govopen.sphinxext.domain import GovDomain
from govopen.sphinxext.objects import Entry

__all__ = ["Built", "Project", "described", "directive"]

_COLOURS = re.compile(r"\x1b\[[\d;]*m")


def directive(name: str, argument: str = "", **options: str) -> str:
    """A directive in Markdown; an option's underscores are hyphens."""
    lines = [f":{key.replace('_', '-')}: {value}".rstrip() for key, value in options.items()]
    return "\n".join([f"```{{{name}}} {argument}".rstrip(), *lines, "```", ""])


@attrs.frozen
class Built:
    """What a build left.

    Attributes:
        out: The folder with its output.
        warnings: What it complained of, without colours.
        read: The documents that it read, sorted.
        written: The documents that it wrote, sorted.
    """

    out: Path
    warnings: str
    read: tuple[str, ...]
    written: tuple[str, ...]
    domain: GovDomain

    def text(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")


@attrs.frozen
class Project:
    """A project in a folder of its own; Markdown unless a page's name says otherwise."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, pages: Mapping[str, str], **settings: object) -> Project:
        """Write ``conf.py`` and pages; all are in the contents of ``index``, which need not be among them."""
        project = cls(folder)
        folder.mkdir(parents=True, exist_ok=True)
        extensions = ["govopen.sphinxext", "myst_parser", *settings.pop("extensions", ())]  # type: ignore[misc]
        values: dict[str, object] = {"extensions": extensions, "nitpicky": True, **settings}
        lines = [f"{name} = {value!r}" for name, value in values.items()]
        (folder / "conf.py").write_text("\n".join(lines), encoding="utf-8")
        names = [Path(page).with_suffix("").as_posix() for page in pages]
        if "index" not in names:
            project.write("index", "# Index\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")
        for page, text in pages.items():
            project.write(page, text)
        return project

    def write(self, page: str, text: str) -> None:
        path = self.folder / (page if Path(page).suffix else f"{page}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, builder: str = "html") -> Built:
        """Build what is out of date."""
        # Sphinx keeps the words of the project before, and has none of its own for English.
        translators.clear()
        warnings = self.folder / "warnings.log"
        read: list[str] = []
        written: list[str] = []
        with docutils_namespace(), warnings.open("w+", encoding="utf-8") as stream:
            out = self.folder / "_build" / builder
            app = Sphinx(
                self.folder, self.folder, out, self.folder / "_trees", builder, {"exclude_patterns": ["_build"]},
                status=None, warning=stream,
            )  # fmt: skip
            app.connect("source-read", lambda app, docname, content: read.append(docname))
            app.connect("doctree-resolved", lambda app, doctree, docname: written.append(docname))
            app.build()
            domain = app.env.domains[DOMAIN]
        assert isinstance(domain, GovDomain)
        complaints = _COLOURS.sub("", warnings.read_text(encoding="utf-8"))
        return Built(out, complaints, tuple(sorted(read)), tuple(sorted(written)), domain)


def described(domain: GovDomain) -> dict[tuple[str, str], dict[str, Entry]]:
    """Everything that a domain knows, for comparison."""
    objects: dict[Any, dict[Any, Entry]] = domain.objects
    return {key: dict(sorted(entries.items())) for key, entries in sorted(objects.items())}
