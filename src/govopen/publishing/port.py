"""The port of a publisher: what brings cleared items to a site, and says what stands there."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.errors import NotCleared
from govopen.model.catalog import AttachedFile
from govopen.model.published import public_digest
from govopen.model.units import Unit
from govopen.model.website import Column, Site

__all__ = ["Held", "Parcel", "Publisher", "PublisherFactory", "PublisherSettings"]


@attrs.frozen(kw_only=True, eq=False)
class Parcel:
    """A cleared item on its way to one site, or into an export.

    Attributes:
        cleared: What is shown.
        unit: Whose information it is.
        column: Where on the site it goes; ``None``: the site has no column for it, or it goes to no site.
        published_on: Since when it has stood there, or the day of this delivery. In an export: since when it has been
            published anywhere, or the day of the export.
        updated_on: The day of this delivery, if it replaces what stands there. In an export: of the last update on
            record.
        address: In an export: where readers find the item on the Web, by the records. Empty: not on record.
    """

    cleared: Cleared[Public]
    unit: Unit
    column: Column | None
    published_on: dt.date
    updated_on: dt.date | None = None
    address: str = ""
    _read: Callable[[str], bytes]

    def __attrs_post_init__(self) -> None:
        given: object = self.cleared
        if not isinstance(given, Cleared) or given.audience is not Public:
            raise NotCleared("A publisher is given what is cleared for the public, and nothing else.")
        if public_digest(self.cleared.item) != self.cleared.digest:
            raise NotCleared("The item {item} is not what was cleared.", item=self.cleared.item.id)

    def content(self, file: AttachedFile) -> bytes:
        """The content of a file of the item.

        Raises:
            NotCleared: It is no file of the item, or its content is not what was cleared.
            DeliveryFailed: It cannot be read.
        """
        if file not in self.cleared.attachments:
            raise NotCleared("A file that does not belong to the item {item} was asked for.", item=self.cleared.item.id)
        content = self._read(file.digest)
        if hashlib.sha256(content).hexdigest() != file.digest:
            raise NotCleared(
                "A file of the item {item} is not what was cleared: its SHA-256 differs.", item=self.cleared.item.id
            )
        return content


@attrs.frozen(kw_only=True)
class Held:
    """What a publisher finds at a site, read from the place itself and from no list of what was sent.

    Attributes:
        item: Identifier of the item.
        digest: The public digest of what stands there; anything else if it was changed there.
        address: Where a reader finds it.
        published_on: The date it bears.
        procedure: Mark of the steps that stand there (:func:`govopen.model.published.mark_steps`);
            empty if it describes none.
    """

    item: str
    digest: str
    address: str
    published_on: dt.date | None
    procedure: str = ""


class Publisher(Protocol):
    """Brings cleared items to one site. Every call may come twice, or after a crash; the result is the same."""

    def put(self, parcel: Parcel) -> str:
        """Take an item, or the newer version of one, and give the address at which it will stand.

        Readers need not see it before :meth:`settle`.

        Raises:
            DeliveryFailed: It could not be taken; the item stands as before.
        """
        ...

    def withdraw(self, item: str) -> None:
        """Take an item away from everywhere: page, indexes, feeds, search data, files. One that is not there is fine.

        Raises:
            DeliveryFailed: It could not be taken away.
        """
        ...

    def settle(self) -> None:
        """Show readers all that was put and withdrawn since the last time, at once.

        Raises:
            DeliveryFailed: Nothing of it is to be seen.
        """
        ...

    def inventory(self) -> Iterator[Held]:
        """What readers find now, by identifier, as the place itself says.

        Raises:
            DeliveryFailed: The place cannot be read.
        """
        ...

    def close(self) -> None:
        """Release what it holds. What was not settled is not shown."""
        ...


@attrs.frozen(kw_only=True)
class PublisherSettings:
    """What a publisher is made for.

    Attributes:
        site: The site it serves.
        unit: The unit that runs the site.
        folder: The workspace; relative paths in ``options`` start here.
        options: The rest of its section in ``govopen.toml``.
    """

    site: Site
    unit: Unit
    folder: Path
    options: Mapping[str, Any] = attrs.field(factory=dict)


class PublisherFactory(Protocol):
    """What the hook ``govopen_publishers`` gives under a name: makes the publisher of one site."""

    def __call__(self, settings: PublisherSettings, /) -> Publisher:
        """The publisher.

        Raises:
            InputError: An option is unknown or has no good value.
            DeliveryFailed: The place cannot be reached.
        """
        ...
