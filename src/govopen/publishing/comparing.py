"""One item on one site, three ways: what should stand there, what was sent, and what is there. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.model.catalog import InformationItem
from govopen.model.published import procedure_mark
from govopen.model.publishing import Delivery, ObservedState
from govopen.model.website import Publication
from govopen.publishing.planning import is_live
from govopen.publishing.port import Held

__all__ = ["Copy", "Known", "states_of"]


@attrs.frozen(kw_only=True)
class Known:
    """What the records know of an item.

    Attributes:
        item: The record; ``None``: there is none.
        classified: Whether there is a determination of secrecy under that identifier.
        cleared: The item as it may be shown now; ``None``: it may not.
        earlier: Gives digests of versions of before. Asked only where something is not as it should be.
    """

    item: InformationItem | None
    classified: bool = False
    cleared: Cleared[Public] | None = None
    earlier: Callable[[], Iterable[str]] = tuple


@attrs.frozen(kw_only=True)
class Copy:
    """An item on one site.

    Attributes:
        wanted: Whether the item belongs there, if it is cleared.
        publications: Its publications on this site, withdrawn ones too.
        waiting: What the outbox has for it.
        held: What the site shows of it; more than one entry, if it stands there twice.
    """

    wanted: bool
    publications: Sequence[Publication] = ()
    waiting: Delivery | None = None
    held: Sequence[Held] = ()


def states_of(known: Known, copy: Copy, on: dt.date) -> tuple[ObservedState, ...]:
    """What is to be said of the copy, in the order of :class:`ObservedState`; nothing, if there is nothing to say.

    Nothing is said of a copy that is neither there nor to be there, and of one that is on its way for the first time.
    """
    live = [each for each in copy.publications if is_live(each, on)]
    should = copy.wanted and known.cleared is not None
    if not copy.held:
        gone = should and (live or copy.waiting is None)
        return (ObservedState.MISSING,) if gone else ()
    found = set(_out_of_place(known, copy, live, on))
    if should and known.cleared is not None and known.item is not None:
        found |= _contents(known, known.cleared, copy, live)
    # Two pages of one item contradict each other sooner or later.
    if len(copy.held) > 1:
        found.add(ObservedState.EXTRA)
    return tuple(state for state in ObservedState if state in found) or (ObservedState.AGREES,)


def _out_of_place(known: Known, copy: Copy, live: Sequence[Publication], on: dt.date) -> Iterable[ObservedState]:
    """Why nothing of the item should be there, or nothing that is known of."""
    withdrawn = not live and any(not is_live(each, on) for each in copy.publications)
    if known.item is not None and known.cleared is None:
        withdrawn = withdrawn or (known.item.withdrawn is not None and known.item.withdrawn.on <= on)
        yield ObservedState.WITHDRAWN if withdrawn else ObservedState.UNCLEARED
    elif known.item is None or not copy.wanted:
        yield ObservedState.EXTRA
        if withdrawn:
            yield ObservedState.WITHDRAWN
    elif not live and copy.waiting is None:
        yield ObservedState.WITHDRAWN if withdrawn else ObservedState.EXTRA
    if known.classified and known.cleared is None:
        yield ObservedState.UNCLEARED


def _contents(known: Known, cleared: Cleared[Public], copy: Copy, live: Sequence[Publication]) -> set[ObservedState]:
    found: set[ObservedState] = set()
    digests = {held.digest for held in copy.held} - {cleared.digest}
    if digests:
        older = {each.digest for each in copy.publications} | set(known.earlier())
        found.add(ObservedState.STALE if digests <= older else ObservedState.DIFFERENT)
    dates = {each.published_on for each in live}
    if dates and any(held.published_on is not None and held.published_on not in dates for held in copy.held):
        found.add(ObservedState.DIFFERENT)
    if any(held.procedure != procedure_mark(cleared.item) for held in copy.held):
        found.add(ObservedState.PROCEDURE)
    return found
