"""The folder of a site: whole versions, of which one is shown, and a switch from one to the next that is one step.

.. code-block:: text

    folder/
        current -> versions/00000007/web     what the web server serves
        versions/00000007/web/               the site
        versions/00000007/state.json         what the site remembers of it
        lock                                 held by whoever is at the switch

A version's files that are as before are hard links to those before. The switch replaces the link ``current``; what is
killed before it leaves the old version, what is killed after it the new one, and the rest is cleared away by the next
who publishes. No old version is kept: it may hold what was withdrawn.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from govopen.errors import DeliveryFailed
from govopen.texts import Message
from govopen_static_site.spool import PREFIX

__all__ = ["Source", "Tree", "failures"]

Source = bytes | Callable[[], bytes] | None
"""The content of a file, or what gives it when it is written; ``None``: it stays as it is."""

_FEW = 200
_WAIT = 20.0


@contextlib.contextmanager
def failures() -> Iterator[None]:
    """Tell a failure of the file system as a failed delivery.

    Raises:
        DeliveryFailed: The block raised ``OSError``.
    """
    try:
        yield
    except OSError as error:
        code = {
            errno.ENOSPC: "disk-full",
            errno.EDQUOT: "disk-full",
            errno.EACCES: "not-writable",
            errno.EPERM: "not-writable",
            errno.EROFS: "not-writable",
        }.get(error.errno or 0, "io-error")
        raise DeliveryFailed(
            Message("网站文件夹无法读写：{reason}。", "The folder of the site cannot be written or read: {reason}."),
            hint=Message(
                "请确认该文件夹存在、空间足够，并且属于运行 govopen 的账户。",
                "See that it is there, has room, and belongs to whoever runs govopen.",
            ),
            code=code,
            # The number's own words: str(error) has the path, and with it the name of a file of an item.
            reason=os.strerror(error.errno or 0),
        ) from error


class Tree:
    """One site's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._versions = folder / "versions"

    @property
    def current(self) -> Path:
        """What is served. It need not be there yet."""
        return self._folder / "current"

    def shown(self) -> Path | None:
        """The folder of the version that is shown; ``None`` if there is none."""
        try:
            return self._folder / self.current.readlink().parent
        except FileNotFoundError:
            return None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who publishes here, and clear away what a killed one left.

        Raises:
            DeliveryFailed: Somebody else has been publishing for a while.
        """
        self._versions.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("wb") as file:
            _wait_for(file.fileno())
            self._tidy()
            yield

    def _tidy(self) -> None:
        shown = self.shown()
        for left in list(self._versions.iterdir()):
            if shown is None or left.name != shown.name:
                shutil.rmtree(left)
        (self._folder / "current.new").unlink(missing_ok=True)
        for left in list(self._folder.glob(f"{PREFIX}*")):
            left.unlink(missing_ok=True)

    def show(self, state: bytes, paths: Mapping[str, Source]) -> int:
        """Show a new version, and remove the one before.

        Args:
            state: What lies beside it.
            paths: What the site consists of, by path. A file that stays and is not there any more is left out.

        Returns:
            How many files were written: the others are links.
        """
        before = self.shown()
        number = int(before.name) + 1 if before is not None else 1
        version = self._versions / f"{number:08d}"
        if version.exists():
            shutil.rmtree(version)
        (version / "web").mkdir(parents=True)
        written = self._fill(version / "web", before, paths)
        (version / "state.json").write_bytes(state)
        folders = {path.parent for path in written}
        _sync([*written, *folders, version / "state.json", version / "web", version])
        link = self._folder / "current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("versions", version.name, "web"))
        link.replace(self.current)
        _sync([self._folder])
        self._tidy()
        return len(written)

    def _fill(self, web: Path, before: Path | None, paths: Mapping[str, Source]) -> list[Path]:
        written = []
        folders = {""}
        for path, source in paths.items():
            parent = path.rpartition("/")[0]
            if parent not in folders:
                (web / parent).mkdir(parents=True, exist_ok=True)
                folders.add(parent)
            place = web / path
            if source is not None:
                place.write_bytes(source if isinstance(source, bytes) else source())
                written.append(place)
            elif before is not None:
                with contextlib.suppress(FileNotFoundError):
                    _link(before / "web" / path, place)
        return written


def _wait_for(file: int) -> None:
    start = time.monotonic()
    while not _taken(file):
        if time.monotonic() - start > _WAIT:
            raise DeliveryFailed(
                Message("另有程序正在向该网站发布。", "Somebody else is publishing to the site."),
                hint=Message("请待其完成后再试。", "Try again when that is done."),
                code="busy",
            )
        time.sleep(0.02)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _link(source: Path, place: Path) -> None:
    try:
        os.link(source, place, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except OSError:
        # Some file systems have no hard links.
        shutil.copyfile(source, place)


def _sync(paths: list[Path]) -> None:
    """Have the disk hold what was written before anything points to it."""
    if len(paths) > _FEW:
        os.sync()
        return
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
