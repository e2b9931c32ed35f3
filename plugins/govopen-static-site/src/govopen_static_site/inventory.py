"""What stands in a site's tree, read from its bytes.

An item's page, data and files must be, byte for byte, what was rendered for it. Then its digest is that of the public
form in its data; otherwise it is one that no record has. A file that nobody put is told, too, and so is an index that
somebody altered: both are listed under ``page:`` and their path.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from govopen.errors import DeliveryFailed
from govopen.model.base import ID_PATTERN
from govopen.model.published import mark_steps, procedure_of, public_digest
from govopen.publishing.port import Held
from govopen.texts import Message
from govopen_static_site.itemdata import read_item_data
from govopen_static_site.names import line, quoted, slug
from govopen_static_site.pages import STEPS_BEGIN, STEPS_END
from govopen_static_site.settings import SiteSettings
from govopen_static_site.state import Card, State, read_state
from govopen_static_site.tree import Tree

__all__ = ["PAGE", "inventory"]

PAGE = "page:"
"""How the name of what belongs to no item begins."""

_ATTEMPTS = 5
_STEP = re.compile(r"<li>(.*?)</li>", re.DOTALL)


def inventory(tree: Tree, settings: SiteSettings) -> list[Held]:
    """All that a reader finds, by name.

    Raises:
        DeliveryFailed: Each time it was read, somebody published a new version.
    """
    for _ in range(_ATTEMPTS):
        shown = tree.shown()
        if shown is None:
            return []
        try:
            state = read_state((shown / "state.json").read_bytes())
            found = sorted(_held(shown / "web", state, settings), key=lambda held: held.item)
        except FileNotFoundError:
            if tree.shown() == shown:
                raise
            continue
        if tree.shown() == shown:
            return found
    raise DeliveryFailed(
        Message("网站变动过快，无法读取。", "The site changes faster than it can be read."),
        hint=Message("请稍后再试。", "Try again later."),
        code="busy",
    )


def _held(web: Path, state: State, settings: SiteSettings) -> Iterator[Held]:
    belongs = set(state.shared)
    for card in state.cards.values():
        belongs.update(card.paths)
        if (web / card.page_path).is_file() or (web / card.data_path).is_file():
            yield _of_item(web, card, settings)
    for path in _paths(web):
        digest = hashlib.sha256(_bytes(web / path)).hexdigest() if path not in belongs or path in state.shared else ""
        if digest and state.shared.get(path) != digest:
            yield Held(item=_name(path), digest=digest, address=settings.base_url + quoted(path), published_on=None)


def _paths(web: Path) -> Iterator[str]:
    # A link that somebody placed leads out of the tree: it is told like a file, and not followed as a folder.
    for folder, folders, names in os.walk(web):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in [*names, *links]:
            yield Path(folder, name).relative_to(web).as_posix()


def _bytes(path: Path) -> bytes:
    return os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()


def _name(path: str) -> str:
    name = PAGE + re.sub(r"[^\w.-]", ":", path)
    return name if re.fullmatch(ID_PATTERN, name) else PAGE + slug(path)


def _of_item(web: Path, card: Card, settings: SiteSettings) -> Held:
    found = {path: _bytes(web / path) if (web / path).is_file() else b"" for path in card.paths}
    page, data = found[card.page_path], found[card.data_path]
    digest = hashlib.sha256(
        "\n".join(f"{path} {hashlib.sha256(content).hexdigest()}" for path, content in found.items()).encode()
    ).hexdigest()
    steps: tuple[str, ...] = ()
    published_on = None
    try:
        told = read_item_data(data)
        form = told.form()
    except (msgspec.MsgspecError, UnicodeDecodeError):
        # It is not what was written there, and so its digest is none that a record has.
        pass
    else:
        steps, published_on = procedure_of(form), told.published_on
        whole = hashlib.sha256(page).hexdigest() == card.page and hashlib.sha256(data).hexdigest() == card.data
        pinned = [file.digest for file in form.attachments]
        if whole and [hashlib.sha256(found[path]).hexdigest() for path in card.files] == pinned:
            digest = public_digest(form)
    return Held(
        item=card.id,
        digest=digest,
        address=settings.base_url + quoted(card.page_path),
        published_on=published_on,
        procedure=_procedure(page.decode(errors="replace"), steps),
    )


def _procedure(page: str, recorded: tuple[str, ...]) -> str:
    """The mark of the steps on the page. A page leaves out what no page may hold, so it is compared as shown."""
    begin = page.find(STEPS_BEGIN)
    end = page.find(STEPS_END, begin)
    if begin < 0 or end < 0:
        return ""
    shown = tuple(html.unescape(step) for step in _STEP.findall(page[begin:end]))
    return mark_steps(recorded if shown == tuple(line(step) for step in recorded) else shown)
