"""The built-in listener: a file to which each change is added as a line of JSON.

Another program can follow it: a search index, a cache, a register of the district. It says which record changed; what
the record says is asked of the store.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from govopen.errors import InputError
from govopen.storage.listening import ListenerSettings
from govopen.storage.port import Change
from govopen.texts import N_

__all__ = ["ChangeLog", "change_line", "change_log"]

# More than any line of ours: an identifier has up to 120 characters, and JSON up to 12 bytes for each.
_LONGEST_LINE = 16_384
_BEGINS = b'{"seq": '


def change_log(settings: ListenerSettings, /) -> ChangeLog:
    """What the name ``log`` stands for in a ``[listeners.*]`` section. Its one option is ``file``, a path.

    Raises:
        InputError: Another option is set, or the path is no text.
    """
    file = settings.options.get("file")
    unknown = sorted(settings.options.keys() - {"file"})
    if not isinstance(file, str) or not file or unknown:
        raise InputError(
            N_("The listener {name} needs the option 'file', a path, and knows no other."),
            hint=N_('Write: file = "changes.jsonl". Not known: {unknown}.'),
            name=settings.name,
            unknown=", ".join(unknown) or "-",
        )
    return ChangeLog(settings.folder / file)


def change_line(change: Change) -> dict[str, Any]:
    """A change as the file has it: ``seq``, ``type``, ``id``, ``unit``, ``revision``, ``kind``, and ``at`` in UTC."""
    return {
        "seq": change.seq,
        "type": change.type,
        "id": change.id,
        "unit": change.unit,
        "revision": change.revision,
        "kind": change.kind,
        "at": change.at.isoformat(),
    }


class ChangeLog:
    """Adds changes to a file. What is told again after a killed run stands there once.

    Args:
        path: The file. It and its folder are made with the first change. It can be moved away at any time: the next
            change begins a new one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def notice(self, changes: Sequence[Change]) -> None:
        """Add the changes; they are on the disk when this returns.

        Raises:
            OSError: The file cannot be written.
            InputError: It is another program's.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+b") as log:
            lines = [change_line(change) for change in changes]
            last = _last(log)
            if last in lines:
                # The run before was killed after this line. Lines are added in order: those before it stand there, too.
                lines = lines[lines.index(last) + 1 :]
            log.write(b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines))
            log.flush()
            os.fsync(log.fileno())

    def close(self) -> None:
        """Nothing is held."""


def _last(log: BinaryIO) -> object:
    """The last line of the file, decoded. Half a line, left by a run that was killed, is cut off.

    Raises:
        InputError: The file ends in half a line that is none of ours: it is another program's, and stays as it is.
    """
    size = log.seek(0, os.SEEK_END)
    log.seek(max(0, size - _LONGEST_LINE))
    whole, _, torn = log.read().rpartition(b"\n")
    if torn and torn[: len(_BEGINS)] != _BEGINS[: len(torn)]:
        raise InputError(
            N_("The file {file} is no log of changes."),
            hint=N_("Name another file in [listeners] of govopen.toml, or move this one away."),
            file=str(log.name),
        )
    if torn:
        log.truncate(size - len(torn))
    try:
        return json.loads(whole.rpartition(b"\n")[2])
    except ValueError:
        # There is none, or it is none of ours.
        return None
