"""What every store answers when it refuses, in the same words."""

from __future__ import annotations

from govopen.errors import StaleWrite, StoreError
from govopen.storage.port import ABSENT

__all__ = ["no_attachment", "no_govopen_store", "no_store", "stale"]


def stale(type_: str, id_: str, expected: int, found: int) -> StaleWrite:
    """The error for a write that expected another revision. A revision of 0 is none."""
    facts = {"type": type_, "id": id_, "expected": expected, "found": found}
    if expected == ABSENT:
        return StaleWrite("The {type} {id} exists already, at revision {found}.", hint="Replace it expressly.", **facts)
    if found == ABSENT:
        return StaleWrite("The {type} {id} is gone; revision {expected} was expected.", hint="Read it again.", **facts)
    return StaleWrite(
        "The {type} {id} was changed by somebody else: revision {expected} was expected, revision {found} found.",
        hint="Read it again, and make the change on what is there now.",
        **facts,
    )


def no_attachment(digest: str) -> StoreError:
    """The error for a digest of which the store keeps no file."""
    return StoreError(
        "The store holds no attachment with the digest {digest}.",
        hint="Attach the file first; the digest is the SHA-256 of its content.",
        digest=digest,
    )


def no_store(where: str) -> StoreError:
    """The error for an address where there is no store, and none is to be made."""
    return StoreError("There is no store at {where}.", hint="Make one with `govopen init`.", where=where)


def no_govopen_store(where: str) -> StoreError:
    """The error for a SQLite file of another program."""
    return StoreError(
        "{where} is a SQLite database, but not a govopen store.",
        hint="Check the address, or give a file that does not exist yet.",
        where=where,
    )
