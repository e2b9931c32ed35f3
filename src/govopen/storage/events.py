"""The events of a store's journal."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

__all__ = ["EventKind", "JournalEntry"]

EventKind = Literal["put", "delete", "forget", "move", "attach"]
"""What an event of the journal did:

* ``put``, ``delete``: a revision of a record was made;
* ``forget``: the bodies of all revisions before ``revision`` were erased; or, of the type "", a file;
* ``move``: the record type declares its unit otherwise than before, and the revision is filed under another unit;
* ``attach``: a file was kept. Files belong to no unit: they are in the chain of the unit "".
"""


@attrs.frozen
class JournalEntry:
    """One event of the journal, and what the store still holds of the revision that it made.

    Attributes:
        seq: 1 for the store's first event, and so on without gap.
        unit: The unit whose chain the event is in.
        number: Its place in that chain: 1, 2, 3, without gap.
        at: In UTC, to the microsecond.
        actor: From the :class:`~govopen.storage.port.Author` of the transaction; so are ``role`` and ``cause``.
        type: Name of the record type; empty for a file.
        id: Of the record. Empty for a file, whose digest could be tried out; where one is erased, the ``seq`` of the
            event that kept it.
        revision: Which the event made; for ``forget`` and ``move`` the newest of then; 0 for a file.
        before: Digest of the body that was replaced; empty if there was none.
        after: Digest of the body that the event wrote, see :func:`govopen.storage.chain.body_digest`; empty if none.
        hash: Over the hash before it and all of the above, see :func:`govopen.storage.chain.event_hash`.
        version: Of the body held; 0 if none.
        salt: Of the body held.
        body: Of the revision the event made, if it is still held; for a file its digest and media type.
        forgotten: The ``seq`` of the newest event that had the body erased; 0 if none did.
        filed: Whether the store holds the revision under the unit and from the moment that the journal says.
    """

    seq: int
    unit: str
    number: int
    at: dt.datetime
    actor: str
    role: str
    cause: str
    kind: EventKind
    type: str
    id: str
    revision: int
    before: bytes
    after: bytes
    hash: bytes
    version: int = 0
    salt: bytes | None = None
    body: bytes | None = None
    forgotten: int = 0
    filed: bool = True
