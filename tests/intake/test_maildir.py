"""The built-in channel loses nothing: it passes the kit, and takes mail as it really comes."""

from __future__ import annotations

import datetime as dt
import logging
import os
from pathlib import Path
from typing import ClassVar

import pytest
from tests.intake.maildirs import composed, laid, made, received

from govopen.errors import CollectionFailed, InputError
from govopen.intake.maildir import DONE, MaildirChannel, maildir_channel
from govopen.intake.port import ChannelFactory, ChannelSettings
from govopen.model.requests import ChannelKind
from govopen.rules.samples import UNIT, request_channel
from govopen.testing.conformance.channel import ChannelConformance, Sent

DAY = dt.date(2011, 12, 30)


class TestMaildir(ChannelConformance):
    options: ClassVar = {"folder": "mail"}

    @pytest.fixture
    def factory(self) -> ChannelFactory:
        return maildir_channel

    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        made(tmp_path)
        return tmp_path

    def deliver(self, place: Path, sent: Sent) -> None:
        laid(place / "mail", composed(sent.name, sent.contact, sent.text), on=sent.on)

    def deliver_unreadable(self, place: Path) -> None:
        laid(place / "mail", b"")
        (place / "mail/new/1325217600.M1P1.folder").mkdir(exist_ok=True)

    def break_place(self, place: Path) -> None:
        (place / "mail").rename(place / "away")

    def mend(self, place: Path) -> None:
        (place / "away").rename(place / "mail")


def texts(root: Path) -> list[str]:
    return [each.description for each in MaildirChannel(root).collect()]


def test_what_somebody_has_read_in_a_mail_program_comes_all_the_same(tmp_path: Path) -> None:
    """Only what was thrown away, or is a draft, is no submission."""
    root = made(tmp_path)
    for flags in ("", "S", "RS", "FS", "T", "ST", "D"):
        laid(root, composed("甲某", "a@example.org", f"事项{flags or '新'}"), part="cur", flags=flags)
    assert sorted(text.rpartition("\n")[2] for text in texts(root)) == ["事项FS", "事项RS", "事项S", "事项新"]


def test_a_message_that_a_mail_program_renames_meanwhile_is_still_acknowledged(tmp_path: Path) -> None:
    root = made(tmp_path)
    path = laid(root, composed("甲某", "a@example.org", "事项"))
    channel = MaildirChannel(root)
    (found,) = channel.collect()
    path.rename(root / "cur" / f"{path.name}:2,S")
    assert [each.ref for each in channel.collect()] == [found.ref]
    channel.acknowledge(found.ref)
    assert texts(root) == []


def test_what_is_acknowledged_lies_whole_where_mail_programs_show_it_marked_as_read(tmp_path: Path) -> None:
    root = made(tmp_path)
    content = composed("甲某", "a@example.org", "事项")
    path = laid(root, content, part="cur", flags="F")
    channel = MaildirChannel(root)
    for each in channel.collect():
        channel.acknowledge(each.ref)
    (kept,) = (root / DONE / "cur").iterdir()
    assert kept.name == path.name.replace(":2,F", ":2,FS")
    assert kept.read_bytes() == content
    assert {entry.name for entry in (root / DONE).iterdir()} == {"cur", "new", "tmp", "maildirfolder"}


def test_a_name_that_is_taken_there_takes_no_ones_place(tmp_path: Path) -> None:
    root = made(tmp_path)
    for number in range(3):
        path = root / "new" / "1.M1P1.mx"
        path.write_bytes(composed("甲某", "a@example.org", f"事项{number}"))
        channel = MaildirChannel(root)
        for each in channel.collect():
            channel.acknowledge(each.ref)
    kept = [path.read_bytes() for path in (root / DONE / "cur").iterdir()]
    assert len(kept) == len(set(kept)) == 3


def test_the_same_bytes_delivered_twice_are_one_message(tmp_path: Path) -> None:
    root = made(tmp_path)
    for _ in range(2):
        laid(root, b"Subject: x\n\nsame")
    channel = MaildirChannel(root)
    (found,) = channel.collect()
    channel.acknowledge(found.ref)
    assert texts(root) == []
    assert len(list((root / DONE / "cur").iterdir())) == 2


@pytest.mark.parametrize(
    ("stamp", "laid_on", "expected"),
    [
        ("Thu, 29 Dec 2011 23:59:59 +0800", DAY, dt.date(2011, 12, 29)),
        ("Wed, 28 Dec 2011 17:00:00 +0000 (UTC)", DAY, dt.date(2011, 12, 29)),
        ("Thu, 29 Dec 2011 10:00:00 -0800", DAY, DAY),
        ("Sun, 01 Jan 2012 10:00:00 +0800", DAY, DAY),
        ("nonsense", DAY, DAY),
        ("Thu, 99 Dec 99999 10:00:00 +9999", DAY, DAY),
    ],
    ids=["shanghai", "utc", "west", "a-clock-that-is-fast", "nonsense", "out-of-range"],
)
def test_the_day_of_arrival_is_that_of_the_receiving_server_in_shanghai(
    tmp_path: Path, stamp: str, laid_on: dt.date, expected: dt.date
) -> None:
    """The sender's own date says nothing; nor does an earlier server's."""
    root = made(tmp_path)
    laid(root, received(stamp), on=laid_on)
    (found,) = MaildirChannel(root).collect()
    assert found.arrived_on == expected


def test_without_any_stamp_it_is_the_day_on_which_the_file_was_laid_down(tmp_path: Path) -> None:
    root = made(tmp_path)
    named = laid(root, b"Date: Fri, 01 Jan 2010 00:00:00 +0800\n\nx", on=DAY)
    other = named.rename(root / "new" / "no-time-in-its-name")
    os.utime(other, (1_325_000_000, 1_325_000_000))
    assert [each.arrived_on for each in MaildirChannel(root).collect()] == [dt.date(2011, 12, 27)]
    laid(root, b"\n\ny", on=DAY)
    assert [each.arrived_on for each in MaildirChannel(root).collect()] == [dt.date(2011, 12, 27), DAY]


def test_files_that_cannot_be_read_are_counted_in_the_log_without_their_names(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = made(tmp_path)
    laid(root, b"").rename(root / "new" / "zhangsan@example.org")
    with caplog.at_level(logging.WARNING):
        assert texts(root) == []
    assert caplog.messages == ["1 files of a Maildir cannot be read and wait there"]


def test_a_folder_that_is_no_maildir_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with pytest.raises(CollectionFailed, match="no Maildir") as failed:
        MaildirChannel(tmp_path)
    assert failed.value.code == "no-maildir"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_folder_that_goes_away_fails_with_a_code(tmp_path: Path) -> None:
    root = made(tmp_path)
    channel = MaildirChannel(root)
    (root / "new").rmdir()
    with pytest.raises(CollectionFailed) as failed:
        list(channel.collect())
    assert failed.value.code == "maildir-io"


def test_a_message_that_cannot_be_moved_fails_and_comes_again(tmp_path: Path) -> None:
    root = made(tmp_path)
    laid(root, b"Subject: x\n\n1")
    (root / DONE).write_text("in the way")
    channel = MaildirChannel(root)
    (found,) = channel.collect()
    with pytest.raises(CollectionFailed) as failed:
        channel.acknowledge(found.ref)
    assert failed.value.code == "maildir-io"
    assert [each.ref for each in channel.collect()] == [found.ref]


@pytest.mark.parametrize("options", [{}, {"folder": 3}, {"folder": ""}, {"folder": "mail", "fodler": "x"}])
def test_wrong_options_are_refused(tmp_path: Path, options: dict[str, object]) -> None:
    made(tmp_path)
    settings = ChannelSettings(channel=request_channel(ChannelKind.EMAIL), unit=UNIT, folder=tmp_path, options=options)
    with pytest.raises(InputError, match="needs the option 'folder'"):
        maildir_channel(settings)
