"""The conformance kit of :class:`~govopen.intake.port.Channel`.

.. code-block:: python

    class TestOurChannel(ChannelConformance):
        options = {"folder": "in"}

        @pytest.fixture
        def factory(self) -> ChannelFactory:
            return our_channel

        def deliver(self, place: Path, sent: Sent) -> None:
            ...  # put it where the channel looks, as a person or a mail server would

``place`` is the folder of the workspace: the channel is made there with ``options``, anew for each time that it is
opened. Where something has to be there before (a folder, a table, a server), override the fixture :meth:`place`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from govopen.errors import CollectionFailed, InputError
from govopen.intake.port import Channel, ChannelFactory, ChannelSettings, Submission
from govopen.model.requests import ChannelKind
from govopen.rules.samples import UNIT, request_channel

__all__ = ["ChannelConformance", "Sent"]

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME, _CONTACT, _TEXT = "独特姓名鸢尾", "unique-iris@example.org", "独特请求紫藤"
_DAYS = (dt.date(2011, 12, 30), dt.date(2011, 3, 1), dt.date(2011, 12, 29), dt.date(2011, 3, 2), dt.date(2011, 3, 1))
_HOSTILE = (
    "<script>alert(1)</script> & \"'`",
    "../../etc/passwd {0} {name} %s %00",
    "'; DROP TABLE requests; --",
    "\u202egnp.exe 𠀀😀 e\u0301",
    "From nobody Thu Jan  1 00:00:00 1970\n.\n--\n\n=?utf-8?B?5byg?= =3D=20",
    "一" * 50_000,
    "x" * 5_000,
    'a,b;c\t"d"\ne\n\nf',
)
_HOSTILE_NAMES = ("张三, 李四", 'O\'Brien "Bob" (甲)', "<b>王五</b>", "欧阳" * 60)
_STRANGE_REFS = (
    "no-such-ref",
    "*",
    "?",
    "%",
    "_",
    ".",
    "..",
    "../../outside",
    "/",
    "' OR 1=1 --",
    "一",
    "0",
    "1",
    "-1",
)


@attrs.frozen(kw_only=True)
class Sent:
    """What a person sends in.

    Attributes:
        name: Who sends it.
        contact: An e-mail address.
        text: What is asked for.
        on: The day on which it arrives, in Shanghai.
    """

    name: str = "甲某"
    contact: str = "applicant@example.org"
    text: str = "公交补贴发放明细"
    on: dt.date = _DAYS[0]


class ChannelConformance:
    """What every channel must do. A subclass supplies the fixture ``factory``, :meth:`deliver` and ``options``.

    Attributes:
        options: Of the section in ``govopen.toml``.
        many: How many submissions to send in at once.
        keeps_applicant: Whether name and address of the sender come back as they were.
        keeps_day: Whether :meth:`deliver` can say on which day something arrives. If not, all of it arrives at once.
        supports_unreadable: Whether :meth:`deliver_unreadable` can put something there that nobody can read.
        supports_breaking: Whether :meth:`break_place` and :meth:`mend` can put the place out of reach and back.
    """

    options: ClassVar[Mapping[str, Any]] = {}
    many: ClassVar[int] = 300
    keeps_applicant: ClassVar[bool] = True
    keeps_day: ClassVar[bool] = True
    supports_unreadable: ClassVar[bool] = True
    supports_breaking: ClassVar[bool] = True

    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        """The folder of the workspace, with whatever the channel needs there."""
        return tmp_path

    def deliver(self, place: Path, sent: Sent) -> None:
        """Send something in, behind the channel's back. The same twice is two submissions."""
        raise NotImplementedError

    def deliver_unreadable(self, place: Path) -> None:
        """Put something there that is meant as a submission and cannot be read as one."""
        raise NotImplementedError

    def break_place(self, place: Path) -> None:
        """Put out of reach what the channel reads, as when a disk or a server is down."""
        raise NotImplementedError

    def mend(self, place: Path) -> None:
        """Undo what :meth:`break_place` did."""
        raise NotImplementedError

    def test_nothing_comes_of_an_empty_place(self, factory: ChannelFactory, place: Path) -> None:
        with self._opened(factory, place) as channel:
            assert list(channel.collect()) == []

    def test_what_is_sent_in_comes_as_it_was(self, factory: ChannelFactory, place: Path) -> None:
        """Who, what and on which day, in a submission that a request can be made of."""
        sent = Sent(name=_NAME, contact=_CONTACT, text=_TEXT, on=_DAYS[1])
        self.deliver(place, sent)
        with self._opened(factory, place) as channel:
            (found,) = channel.collect()
        assert isinstance(found, Submission)
        self._agrees(found, sent)
        assert type(found.arrived_on) is dt.date, "a day of arrival is a date without a time"
        if self.keeps_day:
            assert found.arrived_on == sent.on

    def test_it_comes_until_it_is_acknowledged_and_then_never_again(self, factory: ChannelFactory, place: Path) -> None:
        """Also to a channel that was opened anew."""
        self.deliver(place, Sent())
        with self._opened(factory, place) as channel:
            first, again = list(channel.collect()), list(channel.collect())
            assert first == again
        with self._opened(factory, place) as channel:
            assert list(channel.collect()) == first
            channel.acknowledge(first[0].ref)
            assert list(channel.collect()) == []
        with self._opened(factory, place) as channel:
            assert list(channel.collect()) == []

    def test_collecting_takes_nothing_away(self, factory: ChannelFactory, place: Path) -> None:
        """Whoever stops in the middle finds everything the next time, without having closed anything."""
        for number in range(3):
            self.deliver(place, Sent(text=f"事项{number}"))
        stopped = self._open(factory, place)
        next(iter(stopped.collect()))
        with self._opened(factory, place) as channel:
            assert len(list(channel.collect())) == 3
        stopped.close()

    def test_they_come_by_day_of_arrival(self, factory: ChannelFactory, place: Path) -> None:
        """The time to reply to the oldest is the shortest."""
        for number, day in enumerate(_DAYS):
            self.deliver(place, Sent(text=f"事项{number}", on=day))
        with self._opened(factory, place) as channel:
            days = [each.arrived_on for each in channel.collect()]
        assert len(days) == len(_DAYS)
        assert days == sorted(days)
        if self.keeps_day:
            assert days == sorted(_DAYS)

    def test_each_has_a_ref_of_its_own_that_stays(self, factory: ChannelFactory, place: Path) -> None:
        """Two alike are two: a person may ask twice. When others come and go, the references stay."""
        for _ in range(2):
            self.deliver(place, Sent())
        self.deliver(place, Sent(text="另一事项"))
        with self._opened(factory, place) as channel:
            before = {each.ref: each.description for each in channel.collect()}
        assert len(before) == 3
        (other,) = [ref for ref, text in before.items() if "另一事项" in text]
        self.deliver(place, Sent(text="后来的事项", on=_DAYS[1]))
        with self._opened(factory, place) as channel:
            channel.acknowledge(other)
            after = {each.ref: each.description for each in channel.collect()}
        assert {ref: text for ref, text in after.items() if "后来的" not in text} == {
            ref: text for ref, text in before.items() if ref != other
        }
        assert len(after) == 3

    def test_acknowledging_touches_no_other(self, factory: ChannelFactory, place: Path) -> None:
        """Nor does a reference that is not there, or that would be a pattern, a path or a command elsewhere."""
        for number in range(3):
            self.deliver(place, Sent(text=f"事项{number}"))
        with self._opened(factory, place) as channel:
            first, middle, last = channel.collect()
            for strange in _STRANGE_REFS:
                channel.acknowledge(strange)
            assert list(channel.collect()) == [first, middle, last]
            channel.acknowledge(middle.ref)
            assert list(channel.collect()) == [first, last]

    def test_acknowledging_twice_is_the_same_as_once(self, factory: ChannelFactory, place: Path) -> None:
        """A run may be killed after it, and the next one acknowledges again, without having collected."""
        for number in range(2):
            self.deliver(place, Sent(text=f"事项{number}"))
        with self._opened(factory, place) as channel:
            first, second = channel.collect()
            channel.acknowledge(first.ref)
            channel.acknowledge(first.ref)
        with self._opened(factory, place) as channel:
            channel.acknowledge(first.ref)
            channel.acknowledge(second.ref)
        with self._opened(factory, place) as channel:
            channel.acknowledge(second.ref)
            assert list(channel.collect()) == []

    def test_many_are_acknowledged_while_they_are_collected(self, factory: ChannelFactory, place: Path) -> None:
        """As an office does it, one by one; what goes away meanwhile makes no other one skipped."""
        for number in range(self.many):
            self.deliver(place, Sent(text=f"事项-{number}-"))
        seen = []
        with self._opened(factory, place) as channel:
            for each in channel.collect():
                seen.append(each)
                channel.acknowledge(each.ref)
            assert list(channel.collect()) == []
        assert len({each.ref for each in seen}) == len(seen) == self.many
        assert all(any(f"事项-{number}-" in each.description for each in seen) for number in range(self.many))

    def test_what_arrives_meanwhile_comes_the_next_time_at_the_latest(
        self, factory: ChannelFactory, place: Path
    ) -> None:
        self.deliver(place, Sent(text="事项0"))
        with self._opened(factory, place) as channel:
            for each in channel.collect():
                if "事项0" in each.description:
                    self.deliver(place, Sent(text="事项1"))
                    channel.acknowledge(each.ref)
            (late,) = channel.collect()
        assert "事项1" in late.description

    def test_one_that_cannot_be_read_stands_in_nobodys_way(self, factory: ChannelFactory, place: Path) -> None:
        """The others come before and after it, each time, and can be acknowledged."""
        if not self.supports_unreadable:
            pytest.skip("declared as holding nothing that cannot be read")
        self.deliver(place, Sent(text="事项0"))
        self.deliver_unreadable(place)
        self.deliver(place, Sent(text="事项1"))
        with self._opened(factory, place) as channel:
            for _ in range(2):
                texts = [each.description for each in channel.collect()]
                assert [number for number in (0, 1) if any(f"事项{number}" in text for text in texts)] == [0, 1]
            for each in channel.collect():
                channel.acknowledge(each.ref)
            assert not any("事项" in each.description for each in channel.collect())

    @pytest.mark.parametrize("text", _HOSTILE, ids=lambda text: ascii(text)[:24])
    def test_a_hostile_text_comes_back(self, factory: ChannelFactory, place: Path, text: str) -> None:
        """Word for word: it is the applicant's. Line ends may differ."""
        sent = Sent(text=text)
        self.deliver(place, sent)
        self.deliver(place, Sent(text=_TEXT))
        with self._opened(factory, place) as channel:
            found = list(channel.collect())
        assert len(found) == 2
        (other,) = [each for each in found if _TEXT in each.description]
        (hostile,) = [each for each in found if each is not other]
        self._agrees(hostile, sent)

    def test_hostile_names_come_back(self, factory: ChannelFactory, place: Path) -> None:
        for number, name in enumerate(_HOSTILE_NAMES):
            self.deliver(place, Sent(name=name, text=f"事项-{number}-"))
        with self._opened(factory, place) as channel:
            found = list(channel.collect())
        assert len(found) == len(_HOSTILE_NAMES)
        for number, name in enumerate(_HOSTILE_NAMES):
            (one,) = [each for each in found if f"事项-{number}-" in each.description]
            self._agrees(one, Sent(name=name, text=f"事项-{number}-"))

    def test_no_word_of_a_person_gets_into_refs_logs_or_output(self, factory: ChannelFactory, place: Path) -> None:
        """What is sent in is personal data. A reference is shown in reports, and so is a representation in a log."""
        self.deliver(place, Sent(name=_NAME, contact=_CONTACT, text=_TEXT))
        if self.supports_unreadable:
            self.deliver_unreadable(place)
        with _overheard() as said, self._opened(factory, place) as channel:
            for each in list(channel.collect()):
                channel.acknowledge(each.ref)
                said.write(f"{each.ref}\n{each!r}\n{each}\n")
            said.write(f"{channel!r}\n{channel}\n")
        for word in (_NAME, _CONTACT, _CONTACT.partition("@")[0], _TEXT):
            assert word not in said.getvalue(), "a reference, a log or the output holds a word of what was sent in"

    def test_a_run_that_was_killed_leaves_everything(self, factory: ChannelFactory, place: Path) -> None:
        """Nothing is closed then. What was acknowledged stays so, and what was not comes again."""
        for number in range(2):
            self.deliver(place, Sent(text=f"事项{number}"))
        killed = self._open(factory, place)
        first, second = killed.collect()
        killed.acknowledge(first.ref)
        with self._opened(factory, place) as channel:
            assert list(channel.collect()) == [second]
        killed.close()

    def test_a_place_out_of_reach_is_told_by_a_code(self, factory: ChannelFactory, place: Path) -> None:
        """It is not taken for an empty one, and everything is there once it is back."""
        if not self.supports_breaking:
            pytest.skip("declared as not to be put out of reach")
        self.deliver(place, Sent(name=_NAME, contact=_CONTACT, text=_TEXT))
        with self._opened(factory, place) as channel:
            (found,) = channel.collect()
            self.break_place(place)
            with pytest.raises(CollectionFailed) as failed:
                list(channel.collect())
        self.mend(place)
        assert _CODE.fullmatch(failed.value.code), f"the code {failed.value.code!r} is not lower case and hyphenated"
        assert not any(word in str(failed.value) for word in (_NAME, _CONTACT, _TEXT))
        with self._opened(factory, place) as channel:
            assert list(channel.collect()) == [found]

    def test_closing_twice_is_fine(self, factory: ChannelFactory, place: Path) -> None:
        self.deliver(place, Sent())
        channel = self._open(factory, place)
        next(iter(channel.collect()))
        channel.close()
        channel.close()
        self._open(factory, place).close()

    def test_an_option_that_is_not_known_is_refused(self, factory: ChannelFactory, place: Path) -> None:
        """A misspelt option would silently be without effect."""
        with pytest.raises(InputError) as refused:
            self._open(factory, place, misspelt_option="x").close()
        assert "misspelt_option" in str(refused.value), "the error does not name the option"

    def _agrees(self, found: Submission, sent: Sent) -> None:
        assert _plain(sent.text) in _plain(found.description), "the text does not come back as it was sent"
        if self.keeps_applicant:
            assert (found.applicant.name, found.applicant.contact) == (sent.name, sent.contact)
        for text in (found.description, *attrs.astuple(found.applicant)):
            text.encode()  # half of a pair of surrogates cannot be kept

    def _open(self, factory: ChannelFactory, place: Path, **further: object) -> Channel:
        channel = request_channel(ChannelKind.EMAIL)
        options = {**self.options, **further}
        return factory(ChannelSettings(channel=channel, unit=UNIT, folder=place, options=options))

    @contextlib.contextmanager
    def _opened(self, factory: ChannelFactory, place: Path) -> Iterator[Channel]:
        with contextlib.closing(self._open(factory, place)) as channel:
            yield channel


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@contextlib.contextmanager
def _overheard() -> Iterator[io.StringIO]:
    """Everything that is logged or printed."""
    said = io.StringIO()
    handler, root = logging.StreamHandler(said), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            yield said
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
