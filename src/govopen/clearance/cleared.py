"""A cleared item, for the public or for one applicant. Only :func:`govopen.clearance.decide.clear` makes one."""

from __future__ import annotations

import datetime as dt
from typing import Generic, NoReturn, TypeVar, final

from govopen.errors import NotCleared
from govopen.model.catalog import AttachedFile, InformationItem

__all__ = ["Applicant", "Audience", "Cleared", "Public"]


@final
class Public:
    """The audience of what is disclosed proactively: everybody."""


@final
class Applicant:
    """The audience of a reply: who made one request."""


Audience = Public | Applicant
"""Who may see what was cleared: everybody, or who made one request."""

A = TypeVar("A", bound=Audience)

_ISSUE = object()


@final
class Cleared(Generic[A]):
    """An item that may be shown, as it stood when it was cleared.

    It cannot be made, copied, changed or unpickled by hand. Whoever delivers it checks its digests again.

    Attributes:
        item: The item in its public form (:func:`govopen.model.published.public_form`).
        digest: SHA-256 of that form.
        audience: The class of those who may see it.
        request: Identifier of the request it answers; empty for the public.
        on: The day for which it was cleared.
    """

    __slots__ = ("_audience", "_digest", "_item", "_on", "_request")

    _audience: type[A]
    _digest: str
    _item: InformationItem
    _on: dt.date
    _request: str

    def __init__(
        self, issue: object, *, item: InformationItem, digest: str, audience: type[A], request: str, on: dt.date
    ) -> None:
        if issue is not _ISSUE:
            raise NotCleared(
                "A cleared item is made by clear() and in no other way.", hint="Call govopen.clearance.decide.clear."
            )
        object.__setattr__(self, "_item", item)
        object.__setattr__(self, "_digest", digest)
        object.__setattr__(self, "_audience", audience)
        object.__setattr__(self, "_request", request)
        object.__setattr__(self, "_on", on)

    @property
    def item(self) -> InformationItem:
        return self._item

    @property
    def digest(self) -> str:
        return self._digest

    @property
    def audience(self) -> type[A]:
        return self._audience

    @property
    def request(self) -> str:
        return self._request

    @property
    def on(self) -> dt.date:
        return self._on

    @property
    def attachments(self) -> tuple[AttachedFile, ...]:
        """The files, pinned by their digests."""
        return self._item.attachments

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise NotCleared("A cleared item cannot be changed.")

    def __delattr__(self, name: str) -> NoReturn:
        raise NotCleared("A cleared item cannot be changed.")

    def __reduce__(self) -> NoReturn:
        raise NotCleared("A cleared item cannot be copied or pickled: clear the item where it is shown.")

    def __init_subclass__(cls) -> NoReturn:
        raise NotCleared("A cleared item has no subclasses.")

    def __repr__(self) -> str:
        # The title is for those who were cleared to see it, and a log is not.
        return f"Cleared({self._item.id!r}, {self._audience.__name__}, {self._digest[:12]})"
