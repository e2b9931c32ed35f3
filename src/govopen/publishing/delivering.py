"""The worker: brings what waits in the outbox to a site, at least once and in order per item.

Every call of a publisher may come twice with the same result, and what was done is noted in one transaction after it
is to be seen. So a process may be killed anywhere: the next one finds what was not noted, and does it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.errors import DeliveryFailed, GovopenError, InputError, NotCleared, PluginError
from govopen.model.publishing import Delivery, DeliveryAction
from govopen.model.units import Unit
from govopen.model.website import Column, Site
from govopen.publishing.noting import Done, copies_of, live_copies, note, note_failures
from govopen.publishing.outcome import DeliveryReport, Failure, Patience, Refusal, Sent
from govopen.publishing.planning import Target, renewed, targets_of
from govopen.publishing.port import Parcel, Publisher
from govopen.publishing.records import Kept, Reading, Writer
from govopen.texts import N_

__all__ = ["deliver"]

_FAULT = "publisher-error"


def deliver(
    store: Reading,
    site: Site,
    open_publisher: Callable[[], Publisher],
    clear: Callable[[str], Cleared[Public]],
    *,
    read: Callable[[str], bytes],
    write: Writer,
    now: dt.datetime,
    on: dt.date,
    patience: Patience | None = None,
) -> DeliveryReport:
    """Bring everything that waits for a site, and is due, to it.

    An item is cleared again from the records of now. One that is not cleared any more is taken away instead; one whose
    content is no longer what was queued is queued anew and then brought. A failure of one item stops no other: where
    the publisher cannot show all of them, they are tried in halves until the one that fails stands alone.

    Args:
        store: The records.
        site: The site.
        open_publisher: Opens the site's publisher; called again after a failure, to be rid of what was not shown.
        clear: Clears an item for the public, as of ``on``; raises ``NotCleared`` also if there is no such item.
        read: The content of a file by its SHA-256.
        write: Begins a transaction on behalf of whoever delivers.
        now: The moment, zone-aware: what is to be tried later is left alone.
        on: The day, for publications and columns.
        patience: How often and when to try again.

    Raises:
        InputError: The publisher's options are wrong.
        StoreError: The store failed. What was brought and not noted is brought again the next time.
    """
    run = _Run(store, site, open_publisher, clear, read, write, now, on, patience or Patience())
    try:
        run.all()
    finally:
        run.close()
    return run.report()


@attrs.frozen
class _Order:
    """A delivery with what became of it when it was looked at: put this parcel there, or take the item away."""

    delivery: Delivery
    revision: int
    parcel: Parcel | None = None
    target: Target | None = None


@attrs.define
class _Run:
    store: Reading
    site: Site
    open_publisher: Callable[[], Publisher]
    clear: Callable[[str], Cleared[Public]]
    read: Callable[[str], bytes]
    write: Writer
    now: dt.datetime
    on: dt.date
    patience: Patience
    publisher: Publisher | None = None
    columns: dict[str, list[Column]] = attrs.field(factory=dict)
    copies: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    down: str = ""
    later: int = 0
    sent: list[Sent] = attrs.field(factory=list)
    withdrawn: list[str] = attrs.field(factory=list)
    refused: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    failures: list[tuple[Delivery, int]] = attrs.field(factory=list)
    replanned: dict[str, str] = attrs.field(factory=dict)
    anew: list[tuple[Delivery, int]] = attrs.field(factory=list)
    failed: list[Failure] = attrs.field(factory=list)
    parked: list[Failure] = attrs.field(factory=list)
    faults: list[PluginError] = attrs.field(factory=list)

    def all(self) -> None:
        waiting = [kept.record for kept in self.store.scan(Delivery) if kept.record.site == self.site.id]
        due = sorted((each for each in waiting if self._is_due(each)), key=lambda each: (each.queued_on, each.id))
        self.later = len(waiting) - len(due)
        if not due:
            return
        for kept in self.store.scan(Column):
            if kept.record.site == self.site.id:
                self.columns.setdefault(kept.record.unit, []).append(kept.record)
        self.copies = copies_of(self.store, self.site.id, due)
        try:
            self._open()
        except InputError:
            # Settings are wrong, and no delivery: none of them is to be tried eight times and parked for it.
            raise
        except Exception:  # noqa: BLE001 - it comes again with the first delivery, and is told there
            self.close()
        ids = [each.id for each in due]
        self._batches(ids)
        # What was queued anew on the way; each once, or a record that changes all the time would keep us for ever.
        self._batches(list(self.replanned))

    def _batches(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), self.patience.batch):
            self._batch(ids[start : start + self.patience.batch])

    def _batch(self, ids: Iterable[str]) -> None:
        orders = []
        for id_ in ids:
            kept = self.store.get(Delivery, id_)
            if kept is None or not self._is_due(kept.record):
                continue
            if self.down:
                self._fail(_Order(kept.record, kept.revision), self.down, its_own=False)
            elif (order := self._order(kept)) is not None:
                orders.append(order)
        self._bring(orders)
        if self.failures or self.anew:
            with self.write() as writing:
                note_failures(writing, [*self.failures, *self.anew])
            self.failures.clear()
            self.anew.clear()

    def _is_due(self, delivery: Delivery) -> bool:
        waits = delivery.retry_at is not None and delivery.retry_at > self.now.timestamp()
        return delivery.parked_on is None and not waits

    def _order(self, kept: Kept[Delivery]) -> _Order | None:
        """What to do about a delivery now; ``None`` if that has been decided: it failed, or is planned anew."""
        delivery = kept.record
        order = _Order(delivery, kept.revision)
        if delivery.action is DeliveryAction.WITHDRAW:
            return order
        try:
            cleared = self.clear(delivery.item)
        except NotCleared as refusal:
            self.refused[delivery.item] = refusal.bars
            return order
        except Exception as error:  # noqa: BLE001 - a screener is a plugin's; it is told in the report
            self._fault(order, error, "clearance-error")
            return None
        columns = self.columns.get(cleared.item.unit, ())
        target = next(iter(targets_of(cleared.item, [self.site], columns, self.on)), None)
        if target is None:
            return order
        if cleared.digest != delivery.digest:
            if delivery.id not in self.replanned:
                self.replanned[delivery.id] = delivery.item
                anew = attrs.evolve(renewed(delivery), digest=cleared.digest, queued_on=self.on)
                self.anew.append((anew, kept.revision))
            return None
        return self._parcel(order, cleared, target)

    def _parcel(self, order: _Order, cleared: Cleared[Public], target: Target) -> _Order | None:
        unit = self.store.get(Unit, cleared.item.unit)
        if unit is None:
            self._fail(order, "no-such-unit", its_own=True)
            return None
        known = self.copies.get(cleared.item.id, ())
        live = live_copies(self.store, cleared.item.id, self.site.id, known, self.on)
        updated_on = None
        if live:
            updated_on = live[0].updated_on if live[0].digest == cleared.digest else self.on
        parcel = Parcel(
            cleared=cleared,
            unit=unit.record,
            column=target.column,
            published_on=min(live[0].published_on, self.on) if live else self.on,
            updated_on=updated_on,
            read=self._content,
        )
        return attrs.evolve(order, parcel=parcel, target=target)

    def _content(self, digest: str) -> bytes:
        try:
            return self.read(digest)
        except GovopenError as error:
            raise DeliveryFailed(N_("A file of an item cannot be read."), code="file-unreadable") from error

    def _bring(self, orders: Sequence[_Order]) -> None:
        """Put and withdraw, show, and note; what cannot be shown together is tried in halves."""
        if not orders:
            return
        done, remaining = self._take(orders)
        if not done:
            return
        try:
            self._open().settle()
        except Exception as error:  # noqa: BLE001 - as above
            self.close()
            if self._is_down():
                for order in remaining:
                    self._fault(order, error, _FAULT, its_own=False)
            elif len(remaining) == 1:
                self._fault(remaining[0], error, _FAULT)
            else:
                middle = len(remaining) // 2
                self._bring(remaining[:middle])
                self._bring(remaining[middle:])
            return
        with self.write() as writing:
            note(writing, done, self.copies, self.on)
        for each in done:
            if each.target is not None:
                self.sent.append(Sent(item=each.delivery.item, address=each.address))
            elif each.delivery.item not in self.refused:
                self.withdrawn.append(each.delivery.item)

    def _take(self, orders: Sequence[_Order]) -> tuple[list[Done], list[_Order]]:
        """Put and withdraw, without showing it yet: what the publisher took, and of which orders."""
        done: list[Done] = []
        taken: list[_Order] = []
        failing: list[tuple[_Order, Exception]] = []
        left = list(reversed(orders))
        while left and not self.down:
            order = left.pop()
            try:
                done.append(self._one(order))
                taken.append(order)
            except DeliveryFailed as error:
                failing.append((order, error))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told in the report
                # Nobody knows what it left behind: begin again without it.
                self.close()
                self._judge([(order, error)], alone=not taken)
                left += reversed(taken)
                done, taken = [], []
        self._judge(failing, alone=not taken)
        for order in left:
            self._fail(order, self.down, its_own=False)
        return done, taken

    def _one(self, order: _Order) -> Done:
        delivery, publisher = order.delivery, self._open()
        if order.parcel is not None:
            try:
                address = publisher.put(order.parcel)
            except NotCleared as refusal:
                # A file is no longer what was cleared.
                self.refused[delivery.item] = refusal.bars or ("content-changed",)
            else:
                cleared = order.parcel.cleared
                return Done(
                    delivery=delivery,
                    revision=order.revision,
                    unit=cleared.item.unit,
                    target=order.target,
                    digest=cleared.digest,
                    address=address,
                )
        publisher.withdraw(delivery.item)
        return Done(delivery=delivery, revision=order.revision, unit=delivery.unit)

    def _judge(self, failing: Sequence[tuple[_Order, Exception]], *, alone: bool) -> None:
        """Whether they failed by themselves, or because nothing goes through at all."""
        its_own = not (self.down or (failing and alone and self._is_down()))
        for order, error in failing:
            self._fault(order, error, _FAULT, its_own=its_own)

    def _is_down(self) -> bool:
        """Whether the site takes nothing at all, not even no change."""
        self.close()
        try:
            self._open().settle()
        except Exception as error:  # noqa: BLE001 - the error that led here is told
            self.close()
            self.down = error.code if isinstance(error, DeliveryFailed) else _FAULT
        return bool(self.down)

    def _fault(self, order: _Order, error: Exception, code: str, *, its_own: bool = True) -> None:
        if isinstance(error, DeliveryFailed):
            self._fail(order, error.code, its_own=its_own)
            return
        fault = PluginError(
            # Its own words may quote a record.
            N_("The publisher of site {site}, or a screener, failed on the item {item}: {error}."),
            site=self.site.id,
            item=order.delivery.item,
            error=type(error).__name__,
        )
        fault.__cause__ = error
        self.faults.append(fault)
        self._fail(order, code, its_own=its_own)

    def _fail(self, order: _Order, code: str, *, its_own: bool) -> None:
        after = self.patience.after(order.delivery, code, self.now, self.on, its_own=its_own)
        self.failures.append((after, order.revision))
        told = self.parked if after.parked_on else self.failed
        told.append(Failure(item=after.item, code=code, attempts=after.attempts))

    def _open(self) -> Publisher:
        if self.publisher is None:
            self.publisher = self.open_publisher()
        return self.publisher

    def close(self) -> None:
        """Close the publisher: what it has not shown, it forgets."""
        if self.publisher is not None:
            publisher, self.publisher = self.publisher, None
            publisher.close()

    def report(self) -> DeliveryReport:
        return DeliveryReport(
            site=self.site.id,
            delivered=tuple(self.sent),
            withdrawn=tuple(self.withdrawn),
            failed=tuple(self.failed),
            parked=tuple(self.parked),
            refused=tuple(Refusal(item=item, bars=bars) for item, bars in sorted(self.refused.items())),
            replanned=tuple(self.replanned.values()),
            later=self.later,
            faults=tuple(self.faults),
        )
