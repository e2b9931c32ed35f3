"""Keeping the records: the journal, checkpoints, backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govopen.errors import StoreError
from govopen.office.base import OfficeBase
from govopen.storage.checkpoint import Checkpoint
from govopen.storage.verification import Verification, checkpoint, verify

if TYPE_CHECKING:
    from govopen.storage.backup import BackupReport

__all__ = ["Keeping"]


class Keeping(OfficeBase):
    """Whether the records are those that were written, and copies of them."""

    def verify_journal(self, known: Checkpoint | None = None) -> Verification:
        """Read the whole journal and all that is held, and say where it breaks.

        Args:
            known: What the journal was earlier, from a file kept elsewhere: it shows a tail that was cut off.
        """
        return verify(self.store, known)

    def checkpoint(self) -> Checkpoint:
        """What the journal is now, to be kept where nobody who writes to the store can write.

        Raises:
            StoreError: The journal does not verify.
        """
        return checkpoint(self.store, clock=self._clock.now)

    def backup(self, path: str | Path) -> BackupReport:
        """Write all that the store holds to one file, and read it back. It holds personal data: guard it.

        Raises:
            StoreError: The file is there already or cannot be written, or the store is a plugin's with backups of
                its own.
        """
        # Imported here: they bring SQLAlchemy, which an office with another store never needs.
        from govopen.storage.backup import backup  # noqa: PLC0415
        from govopen.storage.sql import SqlStore  # noqa: PLC0415

        if not isinstance(self.store, SqlStore):
            raise StoreError(
                "This workspace's store is not one that govopen backs up.",
                hint="Use the backup of the database or service that keeps it.",
            )
        return backup(self.store, Path(path))
