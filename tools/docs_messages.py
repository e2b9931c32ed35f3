"""The sentences of the tutorial and the how-to guides, and their Chinese.

    python tools/docs_messages.py            collect, merge into docs/locales, say what has no translation yet
    python tools/docs_messages.py how-to/import    these pages alone
    python tools/docs_messages.py --check    change nothing; exit status 1 if a page is not wholly translated

Sphinx collects, by its builder ``gettext``; one catalogue for each page. Code is not translated, and neither is the
reference, which is generated in either language. How to: docs/how-to/translate.md. Needs Sphinx, and Babel, which comes
with it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

__all__ = ["PARTS", "templates", "untranslated", "updated"]

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CATALOGUES = DOCS / "locales" / "zh_CN" / "LC_MESSAGES"

PARTS = ("tutorial", "how-to")
"""The parts of the documentation that have a Chinese version. A page that ends in ``.zh`` is Chinese already."""


def templates(folder: Path) -> Iterator[tuple[str, Catalog]]:
    """Name of each page (``how-to/import``), and its sentences; Sphinx works in ``folder``."""
    # The other parts would be read for nothing. Links to them are not resolved here, so no warning counts.
    others = sorted(path.name for path in DOCS.iterdir() if path.is_dir() and path.name not in PARTS)
    command = [sys.executable, "-m", "sphinx", "-b", "gettext", "-Q", "-D", "nitpicky=0"]
    command += ["-D", f"exclude_patterns={','.join(['_build', *others])}"]
    subprocess.run([*command, str(DOCS), str(folder)], check=True)  # noqa: S603 - our own documentation
    for part in PARTS:
        for path in sorted((folder / part).rglob("*.pot")):
            name = path.relative_to(folder).with_suffix("").as_posix()
            if not name.endswith(".zh"):
                with path.open("rb") as file:
                    yield name, read_po(file)


def updated(name: str, template: Catalog) -> Catalog:
    """The page's catalogue with just the sentences of ``template``; one that changed has to be translated anew."""
    path = CATALOGUES / f"{name}.po"
    held = Catalog(locale="zh_CN")
    if path.is_file():
        with path.open("rb") as file:
            held = read_po(file, locale="zh_CN")
    made = Catalog(locale="zh_CN", project="govopen", fuzzy=False)
    for message in template:
        if message.id:
            old = held.get(message.id)
            made.add(message.id, string=old.string if old is not None else "", locations=())
    return made


def untranslated(catalogue: Catalog) -> list[str]:
    """The sentences without Chinese."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def main(arguments: list[str]) -> int:
    """Update the catalogues, or check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="only these pages: how-to/import")
    options = parser.parse_args(arguments)
    check, chosen = options.check, set(options.pages)
    missing, pages = 0, set()
    with tempfile.TemporaryDirectory() as folder:
        for name, template in templates(Path(folder)):
            pages.add(CATALOGUES / f"{name}.po")
            if chosen and name not in chosen:
                continue
            catalogue = updated(name, template)
            for sentence in (gaps := untranslated(catalogue)):
                print(f"{name}: no translation of: {sentence[:90]}")  # noqa: T201 - it is a program
            missing += len(gaps)
            if not check:
                path = CATALOGUES / f"{name}.po"
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as file:
                    write_po(file, catalogue, width=0, omit_header=True)
    orphans = set(CATALOGUES.rglob("*.po")) - pages
    for path in sorted(orphans):
        print(f"{path.relative_to(ROOT)}: there is no such page")  # noqa: T201
    print(f"{len(chosen or pages)} pages, {missing} sentences without a translation")  # noqa: T201
    return 1 if missing or orphans else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
