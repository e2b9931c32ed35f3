"""The conformance kit of :class:`~govopen.storage.listening.Listener`.

.. code-block:: python

    class TestOurListener(ListenerConformance):
        options = {"file": "changes.txt"}

        @pytest.fixture
        def factory(self) -> ListenerFactory:
            return our_listener

        def heard(self, place: Path) -> Sequence[int]:
            ...  # the seq of every change that stands there, in the order in which it stands

``place`` is the folder of the workspace: the listener is made there with ``options``, anew for each time that it is
opened. Where something has to be there before (a table, a server), override the fixture :meth:`place`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from govopen.errors import InputError
from govopen.storage.listening import Listener, ListenerFactory, ListenerSettings
from govopen.storage.port import Change

__all__ = ["ListenerConformance", "changes"]

_NOON = dt.datetime(2011, 12, 31, 4, tzinfo=dt.UTC)
_HOSTILE_IDS = ("..", "con", "A", "a", "%2e%2e", "*", "长" * 120, "𠀀😀", "-", "a:b", "é", "e\u0301", "\u202ex", "{0}")
_MANY = 5_000


def changes(count: int, *, after: int = 0, at: dt.datetime = _NOON) -> list[Change]:
    """So many changes after the one numbered ``after``, as a store tells them: ascending, with gaps."""
    return [
        Change(
            seq=after + 1 + number * 2,
            type="information-item",
            id=f"item-{number}",
            unit="bureau",
            revision=1 + number % 3,
            kind="put",
            at=at + dt.timedelta(seconds=number),
        )
        for number in range(count)
    ]


class ListenerConformance:
    """What every listener must do. A subclass supplies the fixture ``factory``, :meth:`heard` and ``options``.

    Attributes:
        options: Of the section in ``govopen.toml``.
        says_once: Whether what it is told again, because a run was killed, stands there once all the same.
        supports_breaking: Whether :meth:`break_place` and :meth:`mend` can make it fail and work again.
    """

    options: ClassVar[Mapping[str, Any]] = {}
    says_once: ClassVar[bool] = False
    supports_breaking: ClassVar[bool] = True

    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        """The folder of the workspace, with whatever the listener needs there."""
        return tmp_path

    def heard(self, place: Path) -> Sequence[int]:
        """The ``seq`` of every change that it passed on or noted, read from where it went, in order."""
        raise NotImplementedError

    def break_place(self, place: Path) -> None:
        """Make the place of a listener that is closed such that it cannot note anything."""
        raise NotImplementedError

    def mend(self, place: Path) -> None:
        """Undo what :meth:`break_place` did."""
        raise NotImplementedError

    def test_nothing_is_said_before_anything_is_told(self, factory: ListenerFactory, place: Path) -> None:
        self._open(factory, place).close()
        assert list(self.heard(place)) == []

    def test_one_change_is_noted(self, factory: ListenerFactory, place: Path) -> None:
        with self._opened(factory, place) as listener:
            listener.notice(tuple(changes(1)))
        assert list(self.heard(place)) == [1]

    def test_thousands_are_noted_in_their_order(self, factory: ListenerFactory, place: Path) -> None:
        told = changes(_MANY)
        with self._opened(factory, place) as listener:
            listener.notice(told)
        assert list(self.heard(place)) == _seqs(told)

    def test_batches_follow_each_other(self, factory: ListenerFactory, place: Path) -> None:
        """From one listener, and from one that was opened anew."""
        told = changes(9)
        with self._opened(factory, place) as listener:
            listener.notice(told[:1])
            listener.notice(told[1:4])
        with self._opened(factory, place) as listener:
            listener.notice(told[4:])
        assert list(self.heard(place)) == _seqs(told)

    def test_the_same_may_be_told_again(self, factory: ListenerFactory, place: Path) -> None:
        """A run may be killed before it has noted how far it was. Nothing goes missing, and nothing out of order."""
        told = changes(4)
        with self._opened(factory, place) as listener:
            listener.notice(told)
            listener.notice(told)
        with self._opened(factory, place) as listener:
            listener.notice(told)
        self._stands(place, told)

    def test_the_same_may_be_told_again_with_more_behind_it(self, factory: ListenerFactory, place: Path) -> None:
        told = changes(8)
        with self._opened(factory, place) as listener:
            listener.notice(told[:5])
        with self._opened(factory, place) as listener:
            listener.notice(told)
        self._stands(place, told)

    def test_another_store_begins_with_lower_numbers(self, factory: ListenerFactory, place: Path) -> None:
        """After a backup is restored the journal goes on from an earlier number, and what it says then is new."""
        old = changes(3, after=100)
        new = changes(3, after=1, at=_NOON + dt.timedelta(days=1))
        with self._opened(factory, place) as listener:
            listener.notice(old)
            listener.notice(new)
        assert list(self.heard(place)) == [*_seqs(old), *_seqs(new)]

    def test_what_was_noted_stays_when_the_run_is_killed(self, factory: ListenerFactory, place: Path) -> None:
        """Once it has returned it has noted it: the office goes on from there, and nothing is closed."""
        killed = self._open(factory, place)
        killed.notice(changes(2))
        assert list(self.heard(place)) == _seqs(changes(2))
        killed.close()

    def test_a_failure_is_raised_and_the_same_comes_again(self, factory: ListenerFactory, place: Path) -> None:
        """One that says nothing of it is taken to have noted everything, and never hears of it again."""
        if not self.supports_breaking:
            pytest.skip("declared as not to be broken from outside")
        told = changes(6)
        with self._opened(factory, place) as listener:
            listener.notice(told[:2])
        self.break_place(place)
        with pytest.raises(Exception), self._opened(factory, place) as listener:  # noqa: B017, PT011 - any is right
            listener.notice(told[2:4])
        self.mend(place)
        with self._opened(factory, place) as listener:
            listener.notice(told[2:])
        self._stands(place, told)

    def test_deletions_and_hostile_identifiers_are_changes_like_others(
        self, factory: ListenerFactory, place: Path
    ) -> None:
        made = changes(len(_HOSTILE_IDS))
        told = [attrs.evolve(each, id=id_) for each, id_ in zip(made, _HOSTILE_IDS, strict=True)]
        gone = [attrs.evolve(each, seq=each.seq + 1_000, kind="delete", revision=9) for each in told]
        with self._opened(factory, place) as listener:
            listener.notice(told)
            listener.notice(gone)
        assert list(self.heard(place)) == _seqs([*told, *gone])

    def test_closing_twice_is_fine(self, factory: ListenerFactory, place: Path) -> None:
        listener = self._open(factory, place)
        listener.notice(changes(1))
        listener.close()
        listener.close()
        assert list(self.heard(place)) == [1]

    def test_an_option_that_is_not_known_is_refused(self, factory: ListenerFactory, place: Path) -> None:
        """A misspelt option would silently be without effect."""
        with pytest.raises(InputError) as refused:
            self._open(factory, place, misspelt_option="x").close()
        assert "misspelt_option" in str(refused.value), "the error does not name the option"

    def _stands(self, place: Path, told: Sequence[Change]) -> None:
        """Each at least once, and each for the first time in the order of the journal."""
        heard = list(self.heard(place))
        assert list(dict.fromkeys(heard)) == _seqs(told)
        if self.says_once:
            assert len(heard) == len(told), "something stands there twice"

    def _open(self, factory: ListenerFactory, place: Path, **further: object) -> Listener:
        options = {**self.options, **further}
        return factory(ListenerSettings(name="told", folder=place, options=options))

    @contextlib.contextmanager
    def _opened(self, factory: ListenerFactory, place: Path) -> Iterator[Listener]:
        with contextlib.closing(self._open(factory, place)) as listener:
            yield listener


def _seqs(told: Sequence[Change]) -> list[int]:
    return [each.seq for each in told]
