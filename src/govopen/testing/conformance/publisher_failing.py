"""Scenarios for publishers: a place that fails, two runs at once, and what is said of items meanwhile."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from govopen.errors import DeliveryFailed
from govopen.model.published import public_digest
from govopen.testing.conformance.publisher_words import Opens, Place, digests, gives_away, settled, told
from govopen.testing.parcels import disclosed, parcel

__all__ = ["FailingScenarios"]

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class FailingScenarios(Place):
    """What a publisher says and leaves behind when something is in its way.

    Attributes:
        supports_outages: Whether :meth:`outage` can put the place out of reach.
    """

    supports_outages = True

    def test_a_place_out_of_reach_is_told_by_a_code(self, open_publisher: Opens, root: Path) -> None:
        """Whatever is asked fails as a delivery and in no other way. Code and words are of the place, not of the item.

        When the place is there again, it holds what it held, and takes what it could not.
        """
        if not self.supports_outages:
            pytest.skip("declared as not to be put out of reach")
        item, content = told()
        other = disclosed("other-1")
        publisher = open_publisher()
        settled(publisher, parcel(other))
        before = list(publisher.inventory())
        publisher.close()
        for ask in (
            lambda failing: settled(failing, parcel(item, content)),
            lambda failing: settled(failing, without=["other-1"]),
            lambda failing: list(failing.inventory()),
        ):
            publisher = open_publisher()
            with self.outage(root):
                _fails(partial(ask, publisher))
                # Closing does not fail: it would hide what did.
                publisher.close()
        with self.outage(root):
            _fails(lambda: settled(open_publisher()))
        again = open_publisher()
        assert list(again.inventory()) == before
        settled(again, parcel(item, content))
        assert digests(again) == {"other-1": public_digest(other), "told-1": public_digest(item)}
        again.close()

    def test_two_runs_at_once_lose_nothing(self, open_publisher: Opens) -> None:
        """A timer and a person publish at the same time. Each shows what it put, or says that it has not.

        What the other one has shown meanwhile stays in either case.
        """
        mine, theirs = disclosed("mine-1"), disclosed("theirs-1")
        expected = {"theirs-1": public_digest(theirs)}
        first, second = open_publisher(), open_publisher()
        with contextlib.suppress(DeliveryFailed):
            first.put(parcel(mine))
            settled(second, parcel(theirs))
            first.settle()
            expected["mine-1"] = public_digest(mine)
        first.close()
        assert digests(second) == expected
        second.close()
        again = open_publisher()
        settled(again, parcel(mine))
        assert digests(again) == {"mine-1": public_digest(mine), "theirs-1": public_digest(theirs)}
        again.close()

    def test_closing_twice_is_fine(self, open_publisher: Opens) -> None:
        """Whoever opened it closes it, whatever became of it: settled, with something waiting, closed already."""
        other = disclosed("other-1")
        publisher = open_publisher()
        settled(publisher, parcel(other))
        publisher.withdraw("other-1")
        publisher.close()
        publisher.close()
        again = open_publisher()
        assert digests(again) == {"other-1": public_digest(other)}
        again.close()

    def test_a_log_has_no_words_of_items(self, open_publisher: Opens, caplog: pytest.LogCaptureFixture) -> None:
        """Logs are kept longer and read by more people than what is withdrawn."""
        item, content = told()
        with caplog.at_level(logging.DEBUG):
            publisher = open_publisher()
            settled(publisher, parcel(item, content))
            assert digests(publisher) == {"told-1": public_digest(item)}
            settled(publisher, without=["told-1"])
            publisher.close()
        assert [record.name for record in caplog.records if _tells(record)] == []


def _fails(ask: Callable[[], object]) -> None:
    """Fail unless asking fails as a delivery, with a code for the outbox and no word of an item."""
    with pytest.raises(DeliveryFailed) as caught:
        ask()
    assert _CODE.fullmatch(caught.value.code), f"the code {caught.value.code!r} is not lower case and hyphenated"
    for error in _chain(caught.value):
        assert not gives_away(f"{error} {error!r}"), "the error has words of the item"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error with all that led to it: a traceback shows them, too."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _tells(record: logging.LogRecord) -> bool:
    return gives_away(f"{record.getMessage()} {record.args!r} {record.exc_info!r}")
