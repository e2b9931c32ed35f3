"""A store against a dictionary: Hypothesis writes at random and compares all that can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from govopen.errors import StaleWrite
from govopen.storage.port import Store, Stored, Transaction
from govopen.storage.verification import verify
from govopen.testing.conformance.store_records import TYPES, Clockwork, Note

__all__ = ["MakeStore", "run_against_dictionary"]

MakeStore = Callable[..., Store]
"""Opens the store of that name, for those types, with that clock."""

# Few identifiers, so that writes meet; of all widths in UTF-8, two of which UTF-16 would order the other way round.
_ALL_IDS = ["Z", "a", "é", "号", "\ufffd", "𠀀"]
# Mostly one of two: what goes wrong at the second or third revision is else seldom met.
_IDS = st.sampled_from([*_ALL_IDS, "\ufffd", "𠀀", "\ufffd", "𠀀", "\ufffd", "𠀀"])
_UNITS = st.sampled_from(["u1", "u2"])
_WORDS = st.sampled_from(["", "x", "乙", "𠀀"])

_FILLED_WORDS = st.sampled_from(["x", "乙", "𠀀"])
# No control characters, blanks or halves of characters, which are what some stores cannot keep.
_PLAIN_TEXT = st.text(st.characters(exclude_categories=("C", "Z")), max_size=5)


def _notes(*, any_text: bool) -> st.SearchStrategy[Note]:
    members = st.lists(_WORDS if any_text else _FILLED_WORDS, max_size=2).map(tuple)
    text = st.text(max_size=5) if any_text else _PLAIN_TEXT
    return st.builds(Note, id=_IDS, unit=_UNITS, about=_WORDS, tags=members, text=text)


_EXPECTED = st.sampled_from(["any", "right", "any", "right", "older", "absent", "newer"])


class _Undo(Exception):
    """Asks for a rollback."""


@attrs.define
class _Model:
    """What the store should hold."""

    notes: dict[str, Stored[Note]] = attrs.field(factory=dict)
    revisions: dict[str, int] = attrs.field(factory=dict)
    changes: list[tuple[str, str, int, str]] = attrs.field(factory=list)
    held: dict[str, set[int]] = attrs.field(factory=dict)
    erasures: int = 0

    def copy(self) -> _Model:
        held = {id_: set(numbers) for id_, numbers in self.held.items()}
        return _Model(dict(self.notes), dict(self.revisions), list(self.changes), held, self.erasures)

    def expected(self, id_: str, kind: str) -> tuple[int | None, bool]:
        """The revision to expect, and whether it is there."""
        there = self.notes[id_].revision if id_ in self.notes else 0
        wanted = {"any": None, "right": there, "absent": 0, "older": max(there - 1, 0), "newer": there + 1}[kind]
        return wanted, wanted is None or wanted == there

    def put(self, note: Note, at: dt.datetime) -> Stored[Note]:
        if (there := self.notes.get(note.id)) is not None and there.record == note:
            return there
        self.revisions[note.id] = number = self.revisions.get(note.id, 0) + 1
        self.notes[note.id] = stored = Stored(record=note, revision=number, recorded_at=at)
        self.changes.append((note.id, "put", number, note.unit))
        self.held.setdefault(note.id, set()).add(number)
        return stored

    def delete(self, id_: str) -> bool:
        if (there := self.notes.pop(id_, None)) is None:
            return False
        self.revisions[id_] += 1
        self.changes.append((id_, "delete", self.revisions[id_], there.record.unit))
        return True

    def forget(self, id_: str) -> int:
        newest = {self.notes[id_].revision} if id_ in self.notes else set()
        held = self.held.get(id_, set())
        gone = held - newest
        self.held[id_] = held & newest
        self.erasures += bool(gone)
        return len(gone)

    def sorted(self) -> list[Stored[Note]]:
        return [self.notes[id_] for id_ in sorted(self.notes)]


@attrs.frozen
class _Put:
    note: Note
    expected: str

    def run(self, transaction: Transaction, model: _Model, at: dt.datetime) -> None:
        wanted, fits = model.expected(self.note.id, self.expected)
        if not fits:
            _refused(lambda: transaction.put(self.note, expected=wanted))
        assert transaction.put(self.note, expected=wanted) == model.put(self.note, at)
        assert transaction.get(Note, self.note.id) == model.notes[self.note.id]


@attrs.frozen
class _Delete:
    id: str
    expected: str

    def run(self, transaction: Transaction, model: _Model, _: dt.datetime) -> None:
        wanted, fits = model.expected(self.id, self.expected)
        if not fits:
            _refused(lambda: transaction.delete(Note, self.id, expected=wanted))
        assert transaction.delete(Note, self.id, expected=wanted) is model.delete(self.id)
        assert transaction.get(Note, self.id) is None


@attrs.frozen
class _Forget:
    id: str

    def run(self, transaction: Transaction, model: _Model, _: dt.datetime) -> None:
        there = transaction.get(Note, self.id)
        assert transaction.forget(Note, self.id) == model.forget(self.id)
        assert transaction.get(Note, self.id) == there


@attrs.frozen
class _Retire:
    """Delete and forget, as is done when a retention period ends."""

    id: str

    def run(self, transaction: Transaction, model: _Model, at: dt.datetime) -> None:
        _Delete(self.id, "any").run(transaction, model, at)
        _Forget(self.id).run(transaction, model, at)


@attrs.frozen
class _Late:
    """Write twice, and then as somebody who read before the second time: it must be refused."""

    note: Note

    def run(self, transaction: Transaction, model: _Model, at: dt.datetime) -> None:
        for text in ("first", "second"):
            _Put(attrs.evolve(self.note, text=text), "any").run(transaction, model, at)
        _Put(self.note, "older").run(transaction, model, at)


@attrs.frozen
class _Bulk:
    notes: list[Note]
    replace: bool

    def run(self, transaction: Transaction, model: _Model, at: dt.datetime) -> None:
        ids = [note.id for note in self.notes]
        if not self.replace and (len(set(ids)) < len(ids) or model.notes.keys() & set(ids)):
            _refused(lambda: transaction.put_many(iter(self.notes)))
        assert transaction.put_many(iter(self.notes), replace=self.replace) == len(self.notes)
        for note in self.notes:
            model.put(note, at)


def _undo_if(wanted: bool) -> None:
    if wanted:
        raise _Undo


def _refused(write: Callable[[], object]) -> None:
    try:
        write()
    except StaleWrite:
        raise _Undo from None
    raise AssertionError("a stale write was accepted")


_Step = _Put | _Delete | _Forget | _Retire | _Late | _Bulk


def _steps(notes: st.SearchStrategy[Note], *, journal: bool) -> st.SearchStrategy[_Step]:
    steps: list[st.SearchStrategy[_Step]] = [
        st.builds(_Put, notes, _EXPECTED),
        st.builds(_Put, notes, st.just("any")),
        st.builds(_Late, notes),
        st.builds(_Delete, _IDS, _EXPECTED),
    ]
    if journal:
        # What is forgotten is told by the journal, and by nothing else.
        steps += [st.builds(_Forget, _IDS), st.builds(_Retire, _IDS)]
    return st.one_of(*steps, st.builds(_Bulk, st.lists(notes, max_size=4), st.booleans()))


class _Machine(RuleBasedStateMachine):
    """The rules; a subclass gives the store, and says what it keeps beside the records."""

    known_at: bool
    journal: bool
    changes: bool
    steps: st.SearchStrategy[_Step]

    def open(self, clock: Clockwork) -> Store:
        """A new, empty store."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clockwork()
        self.store = self.open(self.clock)
        self.model = _Model()
        self.past: dict[dt.datetime, list[Stored[Note]]] = {}

    def teardown(self) -> None:
        try:
            if self.journal:
                assert verify(self.store).breaks == ()
        finally:
            self.store.close()

    @rule(
        steps=st.runner().flatmap(lambda machine: st.lists(machine.steps, min_size=1, max_size=4)), undo=st.booleans()
    )
    def write(self, steps: list[_Step], undo: bool) -> None:
        """Several writes in one transaction: all of them, or none if one is refused or the caller gives up."""
        model = self.model.copy()
        try:
            with self.store.transaction() as transaction:
                for step in steps:
                    step.run(transaction, model, self.clock.now)
                    assert list(self.store.scan(Note)) == self.model.sorted()
                _undo_if(undo)
        except _Undo:
            return
        self.model = model

    @rule()
    def wait(self) -> None:
        """Time passes; what was known until now stays what was known then."""
        self.past[self.clock.tick()] = self.model.sorted()

    @invariant()
    def reads_as_the_dictionary(self) -> None:
        expected = self.model.sorted()
        assert list(self.store.scan(Note)) == expected
        assert self.store.count(Note) == len(expected)
        for unit in ("u1", "u2"):
            notes = [stored.record for stored in expected if stored.record.unit == unit]
            assert list(self.store.read(Note, unit)) == notes
            by_tag = sorted(((tag, note) for note in notes for tag in {*note.tags} - {""}), key=_by_value)
            assert list(self.store.read_by(Note, "tags", unit)) == by_tag
            by_about = sorted(((note.about, note) for note in notes if note.about), key=_by_value)
            assert list(self.store.read_by(Note, "about", unit)) == by_about

    @invariant()
    def feed_tells_every_change(self) -> None:
        if not self.changes:
            return
        feed = list(self.store.changes())
        assert [(change.id, change.kind, change.revision, change.unit) for change in feed] == self.model.changes
        numbers = [change.seq for change in feed]
        assert numbers == sorted(set(numbers))

    @invariant()
    def past_stays_as_it_was_but_for_what_was_forgotten(self) -> None:
        if self.known_at:
            for moment, was in self.past.items():
                expected = [stored for stored in was if stored.revision in self.model.held[stored.record.id]]
                assert list(self.store.scan(Note, known_at=moment)) == expected

    @invariant()
    def journal_tells_every_write(self) -> None:
        if not self.journal:
            return
        entries = sorted(self.store.journal(), key=lambda entry: entry.seq)
        told = [(entry.id, entry.kind, entry.revision, entry.unit) for entry in entries if entry.kind != "forget"]
        assert told == self.model.changes
        assert len(entries) - len(told) == self.model.erasures
        held = {id_: {entry.revision for entry in entries if entry.id == id_ and entry.body} for id_ in self.model.held}
        assert held == self.model.held


def _by_value(pair: tuple[str, Note]) -> tuple[str, str]:
    return pair[0], pair[1].id


def run_against_dictionary(
    make_store: MakeStore,
    *,
    known_at: bool,
    journal: bool = True,
    changes: bool = True,
    any_text: bool = True,
    examples: int,
    shrink: bool = True,
    derandomize: bool = False,
) -> None:
    """Write at random, read everything, and compare with a dictionary.

    Args:
        make_store: Opens an empty store for a name not used before.
        known_at: Whether the store answers for past moments.
        journal: Whether it keeps a journal.
        changes: Whether it keeps a feed of changes.
        any_text: Whether it keeps each text as it is.
        examples: How many sequences of writes to try.
        derandomize: Whether to try the same sequences in each run.
        shrink: Whether to look for a shorter sequence once one fails, which may take a minute.

    Raises:
        AssertionError: The store and the dictionary differ; Hypothesis prints the sequence.
    """
    names = count()

    class Machine(_Machine):
        def open(self, clock: Clockwork) -> Store:
            return make_store(f"machine-{next(names)}", TYPES, clock)

    Machine.known_at, Machine.journal, Machine.changes = known_at, journal, changes
    Machine.steps = _steps(_notes(any_text=any_text), journal=journal)
    effort: Any = settings(
        max_examples=examples,
        derandomize=derandomize,
        stateful_step_count=12,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        # Explaining a failure traces every line of the store and takes far longer than finding it.
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=effort)
