"""The built-in channel: a Maildir, the folder in which mail servers and fetchers lay down messages one file each.

Everything in it comes, whatever a mail program has marked it as: who reads a message there takes nothing away. What is
acknowledged moves into the folder ``.govopen-done`` inside it, which mail programs show, with its attachments.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from govopen.errors import CollectionFailed, InputError
from govopen.intake.mail import arrival, read_mail
from govopen.intake.port import ChannelSettings, Submission
from govopen.model.requests import Applicant
from govopen.texts import N_

__all__ = ["DONE", "MaildirChannel", "maildir_channel"]

DONE = ".govopen-done"
"""Where acknowledged messages lie: a folder of the Maildir++ kind."""

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_HEAD = 65_536
# Mail servers take no more. Of a larger file the beginning is read, in which the text stands.
_MOST_BYTES = 50_000_000
_REF_DIGITS = 32
# Thrown away, or not sent yet, by whoever looks after the mailbox.
_NOT_ARRIVED = frozenset("TD")
_log = logging.getLogger("govopen.intake")


def maildir_channel(settings: ChannelSettings, /) -> MaildirChannel:
    """What the name ``maildir`` stands for in a ``[channels.*]`` section. Its one option is ``folder``, a path.

    Raises:
        InputError: Another option is set, or the path is no text.
        CollectionFailed: The folder is no Maildir.
    """
    folder = settings.options.get("folder")
    unknown = sorted(settings.options.keys() - {"folder"})
    if not isinstance(folder, str) or not folder or unknown:
        raise InputError(
            N_("The channel {channel} needs the option 'folder', a path, and knows no other."),
            hint=N_('Write: folder = "mail". Not known: {unknown}.'),
            channel=settings.channel.id,
            unknown=", ".join(unknown) or "-",
        )
    return MaildirChannel(settings.folder / folder)


class MaildirChannel:
    """Collects from a Maildir.

    A message is known by a digest of its bytes, so it stays the same when a mail program renames it. Two files of the
    same bytes are one message that was delivered twice.

    Args:
        root: The folder, with ``new`` and ``cur`` in it. It is not made: one that is misspelt would be empty for ever.

    Raises:
        CollectionFailed: It is no Maildir.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        # Which files a reference stands for, as far as they were read.
        self._files: dict[str, set[Path]] = {}
        if not all((root / part).is_dir() for part in ("new", "cur")):
            raise CollectionFailed(
                N_("The folder {folder} is no Maildir, or cannot be read."),
                code="no-maildir",
                hint=N_("It needs the folders new and cur, and this program the right to read and move files there."),
                folder=str(root),
            )

    def collect(self) -> Iterator[Submission]:
        """Every message, by day of arrival. Of two files with the same bytes one comes."""
        given: set[str] = set()
        for arrived_on, path in self._waiting():
            content = _content(path)
            if content is None:
                continue
            ref = _ref(content)
            self._files.setdefault(ref, set()).add(path)
            if ref not in given:
                given.add(ref)
                yield _submission(ref, arrived_on, content)

    def acknowledge(self, ref: str) -> None:
        """Move the message to :data:`DONE`, marked as seen."""
        known = self._files.pop(ref, None)
        if known is None or not all(path.exists() for path in known):
            # It was collected by another run, or a mail program has moved it since.
            known = {path for path in self._paths() if _ref(_content(path) or b"") == ref}
        for path in known:
            self._move(path)

    def close(self) -> None:
        """Nothing is held."""

    def _waiting(self) -> list[tuple[dt.date, Path]]:
        unread = 0
        found: list[tuple[dt.date, str, Path]] = []
        for path in self._paths():
            arrived_on = _arrived_on(path)
            if arrived_on is None:
                unread += 1
            else:
                found.append((arrived_on, path.name, path))
        if unread:
            # Names of files may hold addresses.
            _log.warning("%d files of a Maildir cannot be read and wait there", unread)
        return [(day, path) for day, _, path in sorted(found)]

    def _paths(self) -> list[Path]:
        try:
            return [
                path
                for part in ("new", "cur")
                for path in (self._root / part).iterdir()
                if not path.name.startswith(".") and not _NOT_ARRIVED & _flags(path)
            ]
        except OSError as error:
            raise self._failed(error) from error

    def _move(self, path: Path) -> None:
        done = self._root / DONE
        try:
            for part in ("cur", "new", "tmp"):
                (done / part).mkdir(parents=True, exist_ok=True)
            # Dovecot and others take a folder for one of theirs by this mark.
            (done / "maildirfolder").touch()
            path.rename(_free(done / "cur" / _seen(path)))
        except FileNotFoundError:
            # Another run was faster, or somebody has taken it away: it does not come again.
            return
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> CollectionFailed:
        return CollectionFailed(
            N_("The Maildir {folder} cannot be read or written: {kind}."),
            code="maildir-io",
            folder=str(self._root),
            kind=os.strerror(error.errno) if error.errno else type(error).__name__,
        )


def _submission(ref: str, arrived_on: dt.date, content: bytes) -> Submission:
    mail = read_mail(content)
    return Submission(
        ref=ref,
        arrived_on=arrived_on,
        applicant=Applicant(name=mail.name, contact=mail.address),
        description=mail.text,
    )


def _content(path: Path) -> bytes | None:
    """The message; ``None``: nobody can read it, it is empty, or it is gone."""
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES) or None
    except OSError:
        return None


def _ref(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_REF_DIGITS]


def _arrived_on(path: Path) -> dt.date | None:
    """When it arrived: as the receiving server says, and no later than it was laid down. ``None``: nobody can read it.

    An earlier day shortens the time of the office, and never that of the applicant.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        laid_down = dt.datetime.fromtimestamp(path.stat().st_mtime, _SHANGHAI).date()
    except (OSError, OverflowError, ValueError):
        return None
    if not head:
        return None
    known = [day for day in (arrival(head), _named_day(path), laid_down) if day is not None]
    return known[0] if len(known) == 1 else min(known)


def _named_day(path: Path) -> dt.date | None:
    """The name of a file in a Maildir begins with the second in which it was laid down."""
    seconds = re.match(r"[0-9]{9,10}(?=\.)", path.name)
    return dt.datetime.fromtimestamp(int(seconds[0]), _SHANGHAI).date() if seconds else None


def _flags(path: Path) -> frozenset[str]:
    return frozenset(path.name.partition(":2,")[2])


def _seen(path: Path) -> str:
    """Its name with the mark of what was read."""
    base = path.name.partition(":2,")[0]
    return f"{base}:2,{''.join(sorted(_flags(path) | {'S'}))}"


def _free(path: Path) -> Path:
    """The path, or one beside it that is free: renaming would silently take the place of what is there."""
    base, mark, flags = path.name.partition(":2,")
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{base}.{number}{mark}{flags}")
    return path
