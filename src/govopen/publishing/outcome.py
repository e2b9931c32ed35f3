"""What came of one delivery, and how long to wait before the next attempt."""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.errors import PluginError
from govopen.model.publishing import Delivery

__all__ = ["DeliveryReport", "Failure", "Patience", "Refusal", "Sent"]


@attrs.frozen(kw_only=True)
class Patience:
    """How often a delivery is tried, and after how long.

    Attributes:
        max_attempts: After so many failures of its own a delivery is parked. That its whole site fails, parks nothing.
        first_wait: Seconds before the second attempt; each further wait is twice as long.
        longest_wait: Seconds; no wait is longer.
        batch: How many items are shown at once.
    """

    max_attempts: int = 8
    first_wait: int = 60
    longest_wait: int = 86_400
    batch: int = 200

    def after(self, delivery: Delivery, code: str, now: dt.datetime, on: dt.date, *, its_own: bool) -> Delivery:
        """The delivery after a failure. Whether it is parked is seen from ``parked_on``.

        Args:
            delivery: As it was tried.
            code: Of the failure.
            now: The moment, zone-aware.
            on: The day.
            its_own: Whether it is this delivery that fails, and not its whole site.
        """
        attempts = delivery.attempts + 1
        if not its_own:
            # A site that is down for a day must not leave everything parked, nor an attempt away from it.
            attempts = min(attempts, max(delivery.attempts, self.max_attempts - 1))
        if its_own and attempts >= self.max_attempts:
            return attrs.evolve(delivery, attempts=attempts, failure=code, retry_at=None, parked_on=on)
        # The exponent is bounded: a greater one says nothing more, and is slow to write out.
        wait = min(self.longest_wait, self.first_wait * 2 ** min(max(attempts - 1, 0), 40))
        return attrs.evolve(delivery, attempts=attempts, failure=code, retry_at=int(now.timestamp()) + wait)


@attrs.frozen(kw_only=True)
class Sent:
    """An item that stands on the site, and its address there."""

    item: str
    address: str


@attrs.frozen(kw_only=True)
class Failure:
    """A delivery that failed, with the code of what went wrong."""

    item: str
    code: str
    attempts: int


@attrs.frozen(kw_only=True)
class Refusal:
    """An item that was to be shown and may not be, with the codes of everything that bars it."""

    item: str
    bars: tuple[str, ...]


@attrs.frozen(kw_only=True)
class DeliveryReport:
    """What came of the deliveries of one site: identifiers, codes and addresses.

    Attributes:
        site: The site.
        delivered: What it shows now.
        withdrawn: Items that were taken away from it.
        failed: What is tried again later.
        parked: What is not tried any more until somebody mends it (:func:`govopen.publishing.planning.renewed`).
        refused: What was to be shown and is not cleared; it was taken away, too, if it stood there.
        replanned: Items that changed after they were queued: queued anew, with the digest of now.
        later: How many wait: parked, or not due yet.
        faults: Errors of the publisher that are no refusals of its own: its plugin is at fault. The delivery counts as
            failed. Each has the original error as its cause.
    """

    site: str
    delivered: tuple[Sent, ...] = ()
    withdrawn: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    parked: tuple[Failure, ...] = ()
    refused: tuple[Refusal, ...] = ()
    replanned: tuple[str, ...] = ()
    later: int = 0
    faults: tuple[PluginError, ...] = ()
