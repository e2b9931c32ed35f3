"""The built-in publisher: a folder with one sub-folder per item, for a site that is made by other means.

What stands there can be checked with ordinary tools: ``item.json`` is the item in its public form, and its SHA-256 is
the public digest; every file lies beside it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from govopen.errors import DeliveryFailed, InputError
from govopen.model import codec
from govopen.model.catalog import InformationItem
from govopen.model.published import procedure_mark
from govopen.publishing.names import safe_file_names, safe_name, unsafe_name
from govopen.publishing.port import Held, Parcel, Publisher, PublisherSettings
from govopen.texts import N_

__all__ = ["FolderPublisher", "folder_publisher"]

_STAGED = ".staged"
_LEAVING = ".leaving"
_ITEM, _ABOUT, _TEXT, _FILES = "item.json", "about.json", "text.txt", "files"
_decode = codec.decoder(InformationItem)


def folder_publisher(settings: PublisherSettings, /) -> FolderPublisher:
    """What the name ``folder`` stands for in a ``[publishers.*]`` section. Its one option is ``folder``, a path.

    Raises:
        InputError: Another option is set, or the path is no text.
        DeliveryFailed: The folder cannot be made.
    """
    folder = settings.options.get("folder")
    unknown = sorted(settings.options.keys() - {"folder"})
    if not isinstance(folder, str) or not folder or unknown:
        raise InputError(
            N_("The publisher of site {site} needs the option 'folder', a path, and knows no other."),
            hint=N_('Write: folder = "public/{site}". Not known: {unknown}.'),
            site=settings.site.id,
            unknown=", ".join(unknown) or "-",
        )
    return FolderPublisher(settings.folder / folder, address=settings.site.url)


class FolderPublisher(Publisher):
    """Keeps items in ``root``. Each item is replaced as a whole.

    Args:
        root: The folder. It is made if it is not there. Nothing else may be kept in it.
        address: What the addresses of items begin with; blank: the place on disk.
    """

    def __init__(self, root: Path, *, address: str = "") -> None:
        self._root = root
        self._address = address.rstrip("/") or root.resolve().as_uri()
        # By the name of the sub-folder: whether a new version was put, or the item withdrawn.
        self._staged: dict[str, bool] = {}
        with _failing():
            self._root.mkdir(parents=True, exist_ok=True)
            # What a killed run left behind was never settled, or was being taken away.
            self._clear()

    def put(self, parcel: Parcel) -> str:
        name = safe_name(parcel.cleared.item.id)
        # Read first: what is not what was cleared must leave no trace.
        files = [parcel.content(file) for file in parcel.cleared.attachments]
        with _failing():
            staged = self._root / _STAGED / name
            if staged.exists():
                shutil.rmtree(staged)
            staged.mkdir(parents=True)
            _write(staged, parcel, files)
        self._staged[name] = True
        return f"{self._address}/{name}/"

    def withdraw(self, item: str) -> None:
        name = safe_name(item)
        with _failing():
            _remove(self._root / _STAGED / name)
        self._staged[name] = False

    def settle(self) -> None:
        moved: list[tuple[Path, Path]] = []
        try:
            for name, new in self._staged.items():
                there, leaving = self._root / name, self._root / _LEAVING / name
                if there.exists():
                    leaving.parent.mkdir(exist_ok=True)
                    moved.append((there.rename(leaving), there))
                if new:
                    staged = self._root / _STAGED / name
                    moved.append((staged.rename(there), staged))
        except OSError as error:
            for now, before in reversed(moved):
                with contextlib.suppress(OSError):
                    now.rename(before)
            raise _failed(error) from error
        self._staged.clear()
        with _failing():
            self._clear()

    def inventory(self) -> Iterator[Held]:
        with _failing():
            found = [self._held(path) for path in self._root.iterdir() if not path.name.startswith(".")]
        yield from sorted(found, key=lambda held: held.item)

    def close(self) -> None:
        self._staged.clear()
        with contextlib.suppress(OSError):
            self._clear()

    def _clear(self) -> None:
        for part in (_STAGED, _LEAVING):
            _remove(self._root / part)

    def _held(self, path: Path) -> Held:
        about = _about(path)
        body = _bytes(path / _ITEM)
        digest = hashlib.sha256(body).hexdigest()
        address = f"{self._address}/{path.name}/"
        try:
            item = _decode(body)
        except (msgspec.DecodeError, ValueError):
            id_ = about.get("item", "") or unsafe_name(path.name)
            return Held(item=id_, digest=_sum(path), address=address, published_on=None)
        as_put = _expected(item)
        found = {name: hashlib.sha256(_bytes(path / name)).hexdigest() for name in _names(path) - {_ITEM, _ABOUT}}
        return Held(
            item=item.id,
            digest=digest if found == as_put and path.name == safe_name(item.id) else _sum(path),
            address=address,
            published_on=_date(about.get("published_on", "")),
            procedure=procedure_mark(item),
        )


def _write(folder: Path, parcel: Parcel, files: list[bytes]) -> None:
    item = parcel.cleared.item
    (folder / _ITEM).write_bytes(codec.encode(item))
    if item.text:
        (folder / _TEXT).write_bytes(item.text.encode())
    names = safe_file_names(file.name for file in item.attachments)
    if names:
        (folder / _FILES).mkdir()
    for name, content in zip(names, files, strict=True):
        (folder / _FILES / name).write_bytes(content)
    about = {
        "item": item.id,
        "digest": parcel.cleared.digest,
        "unit": parcel.unit.id,
        "column": parcel.column.id if parcel.column else "",
        "published_on": parcel.published_on.isoformat(),
        "updated_on": parcel.updated_on.isoformat() if parcel.updated_on else "",
        "files": [
            {"name": file.name, "path": f"{_FILES}/{name}"} for file, name in zip(item.attachments, names, strict=True)
        ],
    }
    (folder / _ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _expected(item: InformationItem) -> dict[str, str]:
    """What lies beside ``item.json``, with its SHA-256."""
    names = safe_file_names(file.name for file in item.attachments)
    beside = {f"{_FILES}/{name}": file.digest for name, file in zip(names, item.attachments, strict=True)}
    if item.text:
        beside[_TEXT] = hashlib.sha256(item.text.encode()).hexdigest()
    return beside


def _names(path: Path) -> set[str]:
    return {file.relative_to(path).as_posix() for file in path.rglob("*") if not file.is_dir()}


def _sum(path: Path) -> str:
    """A digest of all that lies there; never a public digest, which is of one file."""
    whole = hashlib.sha256()
    for name in sorted(_names(path)):
        whole.update(f"{name}\0{hashlib.sha256(_bytes(path / name)).hexdigest()}\n".encode())
    return whole.hexdigest()


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _about(path: Path) -> dict[str, Any]:
    try:
        about = json.loads(_bytes(path / _ABOUT))
    except ValueError:
        return {}
    return {key: value for key, value in about.items() if isinstance(value, str)} if isinstance(about, dict) else {}


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _failed(error) from error


def _failed(error: OSError) -> DeliveryFailed:
    # A path holds the name of a file, which may be a text; the kind of the failure does not.
    kind = os.strerror(error.errno) if error.errno else type(error).__name__
    return DeliveryFailed(N_("The folder could not be written or read: {kind}."), code="folder-io", kind=kind)
