"""Which steps of a review count for the content as it is now, and what becomes of them when it changes."""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.model.base import filled
from govopen.model.catalog import InformationItem
from govopen.model.classification import SecrecyReview, SignOff, SignOffResult
from govopen.model.published import public_digest

__all__ = ["Steps", "changed_content"]


class Steps:
    """Which steps of an item count on a day."""

    __slots__ = ("_digest", "_item", "_on", "since")

    def __init__(self, item: InformationItem, on: dt.date) -> None:
        self._item = item
        self._on = on
        self._digest = ""
        taken_back = item.withdrawn
        self.since = taken_back.on if taken_back is not None and taken_back.on <= on else None

    def counts_review(self, review: SecrecyReview) -> bool:
        return review.result is not None and filled(review.reviewer) and self._counts(review.reviewed_on, review.digest)

    def in_order(self) -> list[SignOff]:
        """The steps that count, by date; those of one day, and a return without a date, in the order of the list."""
        dated: list[tuple[dt.date, SignOff]] = []
        latest = dt.date.min
        for entry in self._item.sign_offs:
            if entry.result is SignOffResult.RETURNED:
                # Not knowing when, or by whom, it was returned is no reason to pass it.
                on = entry.on or latest
                counts = on <= self._on and self._of_content(on, entry.digest)
            else:
                on = entry.on or dt.date.max
                counts = filled(entry.person) and self._counts(entry.on, entry.digest)
            if counts:
                dated.append((on, entry))
                latest = max(latest, on)
        return [entry for _, entry in sorted(dated, key=lambda pair: pair[0])]

    def _counts(self, day: dt.date | None, pin: str) -> bool:
        return (
            day is not None
            and day <= self._on
            # Nobody knows which came first on the day of the withdrawal.
            and (self.since is None or day > self.since)
            and self._of_content(day, pin)
        )

    def _of_content(self, day: dt.date, pin: str) -> bool:
        if pin:
            self._digest = self._digest or public_digest(self._item)
            return pin == self._digest
        return self._item.changed_on is None or day >= self._item.changed_on


def changed_content(old: InformationItem, new: InformationItem, on: dt.date) -> InformationItem:
    """``old`` with the content of ``new``, changed on that day; the same item if the content is the same.

    Earlier steps stay on record, each with the digest of what it was of, so that they count no more. The attribute and
    the withdrawal go: both were of the content before.
    """
    before = public_digest(old)
    if public_digest(attrs.evolve(new, changed_on=old.changed_on)) == before:
        return old
    whole = attrs.evolve(new, changed_on=on, attributes=(), review=None, sign_offs=(), withdrawn=None)
    after = public_digest(whole)

    def pin(of: SecrecyReview | SignOff) -> str:
        day = of.on if isinstance(of, SignOff) else of.reviewed_on
        known = day is not None and (old.changed_on is None or day >= old.changed_on)
        return of.digest or (before if known else "")

    review = attrs.evolve(old.review, digest=pin(old.review)) if old.review is not None else None
    signed = (attrs.evolve(entry, digest=pin(entry)) for entry in old.sign_offs)
    # Content changed back within a day has the digest it had: steps of then must not count again.
    return attrs.evolve(
        whole,
        digest=after,
        review=review if review is not None and review.digest != after else None,
        sign_offs=tuple(entry for entry in signed if entry.digest != after),
    )
