"""Collecting makes a request of each submission, once, whatever fails, and says nothing of what was sent in."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
import sqlalchemy as sa
from tests.office.boxes import WORD, Box, plugin, sent, unreachable

from govopen.errors import CollectionFailed, InputError, PluginError, StoreError, TransitionRefused
from govopen.intake.requests import request_id
from govopen.model.actors import Actor, Role
from govopen.model.base import check_id
from govopen.model.requests import Applicant, ApplicantKind, ChannelKind, PostKind, Receipt, Request, RequestKind
from govopen.office.clock import SHANGHAI, FixedClock
from govopen.office.collection import ChannelReport, CollectionReport
from govopen.office.facade import Office
from govopen.plugins.registry import Registry
from govopen.rules.samples import UNIT, request_channel

DAY = dt.date(2011, 12, 30)
CLERK = Actor(id="clerk", roles={"bureau": frozenset({Role.REQUEST_CLERK})})
SETTINGS = """
[channels.mail]
kind = "box"
channel = "channel-email"
label = "mail"

[channels.forms]
kind = "box"
channel = "channel-website"
label = "forms"
"""
RECORDED = (UNIT, request_channel(ChannelKind.EMAIL), request_channel(ChannelKind.WEBSITE))


@pytest.fixture
def boxes() -> dict[str, Box]:
    return {"mail": Box(), "forms": Box()}


@pytest.fixture
def place(folder: Path) -> Path:
    path = folder / "govopen.toml"
    path.write_text(path.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def opening(place: Path, boxes: dict[str, Box]) -> Callable[..., Office]:
    registry = Registry.load(plugins=[plugin(boxes)], entry_points=False)

    def on(day: dt.date = DAY, **options: sa.Connection) -> Office:
        clock = FixedClock(dt.datetime.combine(day, dt.time(9), SHANGHAI))
        office = Office.open(place, registry=registry, clock=clock, **options)
        with office.store.transaction() as transaction:
            transaction.put_many(RECORDED, replace=True)
        return office

    return on


@pytest.fixture
def office(opening: Callable[..., Office]) -> Iterator[Office]:
    with opening() as opened:
        yield opened


def of(report: CollectionReport, name: str) -> ChannelReport:
    (found,) = [entry for entry in report.channels if entry.name == name]
    return found


def kept(office: Office) -> dict[str, Request]:
    return {found.record.id: found.record for found in office.store.scan(Request)}


def test_each_submission_becomes_a_request_and_is_acknowledged(office: Office, boxes: dict[str, Box]) -> None:
    boxes["mail"].waiting = [sent("a", DAY - dt.timedelta(2), applicant_kind=ApplicantKind.BUSINESS), sent("b")]
    report = office.collect(CLERK)
    mail = of(report, "mail")
    assert [entry.request for entry in mail.taken] == [request_id("channel-email", ref) for ref in "ab"]
    assert kept(office)[request_id("channel-email", "a")] == Request(
        id=request_id("channel-email", "a"),
        unit="bureau",
        received_on=DAY - dt.timedelta(2),
        channel=ChannelKind.EMAIL,
        applicant=sent("a").applicant,
        applicant_kind=ApplicantKind.BUSINESS,
        description=sent("a").description,
        receipt=Receipt(arrived_on=DAY - dt.timedelta(2)),
    )
    assert boxes["mail"].acknowledged == ["a", "b"]
    assert (mail.again, mail.refused, mail.waiting, mail.failure) == ((), (), (), None)
    assert of(report, "forms").taken == ()
    assert [boxes[name].closed for name in boxes] == [1, 1]


def test_the_law_of_the_day_makes_the_date_of_receipt_and_the_office_decides_the_kind(
    opening: Callable[..., Office], boxes: dict[str, Box]
) -> None:
    """An e-mail of 2025 is received when both sides have confirmed it. What it calls itself is told, and not kept."""
    arrived = dt.date(2025, 3, 3)
    boxes["mail"].waiting = [sent("a", arrived, kind=RequestKind.ENQUIRY, post=PostKind.SIGNED)]
    with opening(dt.date(2025, 3, 5)) as office:
        (taken,) = of(office.collect(CLERK), "mail").taken
        assert (taken.received_on, taken.kind) == (arrived, RequestKind.ENQUIRY)
        there = kept(office)[taken.request]
        assert (there.kind, there.receipt) == (None, Receipt(arrived_on=arrived, post=PostKind.SIGNED))
        assert office.confirm_receipt(taken.request, CLERK).received_on == dt.date(2025, 3, 5)
        assert [entry.cause for entry in office.store.journal("bureau")][-2:] == ["request.receive", "request.confirm"]


def test_one_that_comes_again_is_only_acknowledged(office: Office, boxes: dict[str, Box]) -> None:
    """Also when the request has gone on meanwhile: its steps stay as they are."""
    boxes["mail"].waiting = [sent("a")]
    boxes["mail"].broken["acknowledge"] = unreachable()
    first = of(office.collect(CLERK), "mail")
    assert first.waiting == ("a",)
    assert isinstance(first.failure, CollectionFailed)
    labelled = office.triage(first.taken[0].request, CLERK, RequestKind.INFORMATION)
    boxes["mail"].broken.clear()
    second = of(office.collect(CLERK), "mail")
    assert (second.taken, second.again, second.waiting) == ((), (labelled.id,), ())
    assert list(kept(office).values()) == [labelled]
    assert boxes["mail"].acknowledged == ["a"]


def test_nothing_is_acknowledged_before_the_request_is_kept(office: Office, boxes: dict[str, Box], place: Path) -> None:
    """Seen by another connection: whatever happens from then on, the request is there."""
    boxes["mail"].waiting = [sent("a"), sent("b")]
    seen = []

    def look(ref: str) -> None:
        with Office.open(place, registry=office.registry) as other:
            seen.append(request_id("channel-email", ref) in kept(other))

    boxes["mail"].before_acknowledging = look
    office.collect(CLERK)
    assert seen == [True, True]


def test_a_request_that_cannot_be_kept_is_not_acknowledged_and_ends_the_run(
    office: Office, boxes: dict[str, Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes["forms"].waiting = [sent("a")]

    def full(author: object = None) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(office.store, "transaction", full)
    with pytest.raises(StoreError, match="disk is full"):
        office.collect(CLERK)
    assert boxes["forms"].acknowledged == []
    assert boxes["forms"].closed == 1


@pytest.mark.parametrize("step", ["open", "collect", "collect-1", "acknowledge", "close"])
@pytest.mark.parametrize(
    "error",
    [unreachable(), InputError("An option is wrong."), ValueError(WORD)],
    ids=lambda error: type(error).__name__,
)
def test_a_channel_that_fails_stands_in_the_report_and_stops_no_other(
    office: Office, boxes: dict[str, Box], step: str, error: Exception
) -> None:
    """What was taken in before stays; the rest comes the next time."""
    boxes["forms"].waiting, boxes["mail"].waiting = [sent("a"), sent("b")], [sent("c")]
    boxes["forms"].broken[step] = error
    report = office.collect(CLERK)
    failed = of(report, "forms").failure
    if isinstance(error, ValueError):
        assert isinstance(failed, PluginError)
        assert of(report, "forms").at_fault
        assert "ValueError" in str(failed)
        # An option may be named when it is opened; of what was sent in nothing is known then.
        assert WORD not in str(failed) or step == "open"
    else:
        assert failed is error
        assert not of(report, "forms").at_fault
    assert [entry.request for entry in of(report, "mail").taken] == [request_id("channel-email", "c")]
    boxes["forms"].broken.clear()
    office.collect(CLERK)
    assert len(kept(office)) == 3
    assert boxes["forms"].waiting == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ref", 7),
        ("arrived_on", "2011-12-30"),
        ("arrived_on", dt.datetime(2011, 12, 30, 9, tzinfo=SHANGHAI)),
        ("arrived_on", None),
        ("description", None),
        ("description", WORD.encode()),
        ("applicant", None),
        ("applicant", {"name": WORD}),
        ("applicant", Applicant(name=None)),  # type: ignore[arg-type] - as a plugin may
        ("applicant", Applicant(contact=13_800_000_000)),  # type: ignore[arg-type] - as a plugin may
        ("applicant_kind", WORD),
        ("kind", WORD),
        ("kind", None),
        ("post", WORD),
    ],
)
def test_a_value_of_the_wrong_type_fails_its_channel_and_is_neither_stored_nor_shown(
    office: Office, boxes: dict[str, Box], caplog: pytest.LogCaptureFixture, field: str, value: object
) -> None:
    """Stored, it would be in the way of every check; shown, it would be somebody's name or number."""
    caplog.set_level(logging.DEBUG)
    boxes["forms"].given = (sent("bad", **{"on" if field == "arrived_on" else field: value}) for _ in range(1))  # type: ignore[arg-type]
    boxes["mail"].waiting = [sent("c")]
    report = office.collect(CLERK)
    failed = of(report, "forms").failure
    assert isinstance(failed, PluginError)
    assert "TypeError" in str(failed)
    assert isinstance(failed.__cause__, TypeError)
    assert field in str(failed.__cause__)
    for word in (WORD, "13800000000", "2011-12-30", "datetime("):
        assert word not in f"{failed}{failed.facts}{failed.__cause__}{caplog.text}"
    assert of(report, "forms").taken == ()
    assert [entry.request for entry in of(report, "mail").taken] == list(kept(office))
    assert list(kept(office)) == [request_id("channel-email", "c")]


def test_what_is_no_submission_is_a_fault_of_the_plugin(office: Office, boxes: dict[str, Box]) -> None:
    boxes["mail"].given = [sent("a"), WORD]
    mail = of(office.collect(CLERK), "mail")
    assert len(mail.taken) == 1
    assert mail.at_fault
    assert WORD not in f"{mail.failure}{mail}"


def test_a_day_that_is_still_to_come_is_refused_and_waits(
    opening: Callable[..., Office], boxes: dict[str, Box]
) -> None:
    boxes["mail"].waiting = [sent("early", DAY + dt.timedelta(1)), sent("a")]
    with opening() as office:
        mail = of(office.collect(CLERK), "mail")
        assert [(entry.ref, entry.code) for entry in mail.refused] == [("early", "arrived")]
        assert len(mail.taken) == 1
        assert boxes["mail"].acknowledged == ["a"]
    with opening(DAY + dt.timedelta(1)) as office:
        assert len(of(office.collect(CLERK), "mail").taken) == 1


def test_a_request_that_somebody_recorded_under_the_identifier_loses_no_submission(
    office: Office, boxes: dict[str, Box]
) -> None:
    taken = Request(id=request_id("channel-email", "a"), unit="bureau", received_on=DAY, channel=ChannelKind.FAX)
    office.receive(taken, CLERK)
    boxes["mail"].waiting = [sent("a")]
    mail = of(office.collect(CLERK), "mail")
    assert [(entry.ref, entry.code) for entry in mail.refused] == [("a", "identifier-taken")]
    assert boxes["mail"].acknowledged == []


def test_texts_that_no_database_takes_stop_nobody(office: Office, boxes: dict[str, Box]) -> None:
    boxes["mail"].waiting = [sent("a", description="一\0二\ud800三", applicant=Applicant(name="甲\0\udfff")), sent("b")]
    assert len(of(office.collect(CLERK), "mail").taken) == 2
    there = kept(office)[request_id("channel-email", "a")]
    assert (there.description, there.applicant) == ("一\ufffd二?三", Applicant(name="甲\ufffd?"))


def test_only_the_channels_named_are_collected(office: Office, boxes: dict[str, Box]) -> None:
    boxes["mail"].waiting, boxes["forms"].waiting = [sent("a")], [sent("b")]
    assert [entry.name for entry in office.collect(CLERK, ["forms"]).channels] == ["forms"]
    assert (boxes["mail"].opened, boxes["forms"].acknowledged) == (0, ["b"])


def test_settings_that_cannot_be_followed_are_refused_before_anything_is_collected(
    opening: Callable[..., Office], boxes: dict[str, Box], place: Path
) -> None:
    boxes["forms"].waiting = [sent("a")]
    path = place / "govopen.toml"
    text = path.read_text(encoding="utf-8")
    for old, new, said in (
        ('channel = "channel-email"', 'channel = "nowhere"', "no request-channel nowhere"),
        ('[channels.mail]\nkind = "box"', '[channels.mail]\nkind = "pigeon"', "no channel of kind 'pigeon'"),
    ):
        path.write_text(text.replace(old, new), encoding="utf-8")
        with opening() as office, pytest.raises(InputError, match=said):
            office.collect(CLERK)
    path.write_text(text, encoding="utf-8")
    with opening() as office, pytest.raises(InputError, match="no channel fax"):
        office.collect(CLERK, ["forms", "fax"])
    with opening() as office, pytest.raises(TransitionRefused, match="anyone may not take in requests of unit bureau"):
        office.collect(Actor(id="anyone", roles={"bureau": frozenset({Role.DRAFTER})}))
    assert boxes["forms"].opened == 0


def test_within_the_hosts_transaction_nothing_is_acknowledged_until_the_host_says_so(
    opening: Callable[..., Office], boxes: dict[str, Box], tmp_path: Path
) -> None:
    """It may roll back, and what was acknowledged would be lost."""
    boxes["mail"].waiting = [sent("a")]
    engine = sa.create_engine(f"sqlite:///{tmp_path}/host.db")
    with engine.connect() as connection:
        with opening(connection=connection) as office:
            undone = office.collect(CLERK)
        connection.rollback()
        with opening(connection=connection) as office:
            assert of(office.acknowledge(undone), "mail").waiting == ("a",)
        connection.rollback()
    assert boxes["mail"].acknowledged == []
    with engine.begin() as connection, opening(connection=connection) as office:
        report = office.collect(CLERK)
        again = office.collect(CLERK)
    assert boxes["mail"].acknowledged == []
    assert [of(each, "mail").waiting for each in (report, again)] == [("a",), ("a",)]
    with engine.connect() as connection, opening(connection=connection) as office:
        boxes["mail"].broken["acknowledge"] = unreachable()
        assert of(failed := office.acknowledge(report), "mail").waiting == ("a",)
        assert of(failed, "mail").failure is not None
        boxes["mail"].broken.clear()
        assert of(office.acknowledge(failed), "mail").waiting == ()
        assert len(kept(office)) == 1
    engine.dispose()
    assert boxes["mail"].acknowledged == ["a"]


def test_nothing_of_what_was_sent_in_gets_into_reports_journal_or_log(
    office: Office, boxes: dict[str, Box], caplog: pytest.LogCaptureFixture
) -> None:
    boxes["mail"].waiting = [sent("a"), sent("early", DAY + dt.timedelta(1))]
    boxes["forms"].waiting, boxes["forms"].broken = [sent("b")], {"acknowledge": ValueError(WORD)}
    with caplog.at_level(logging.DEBUG):
        report = office.collect(CLERK)
    said = repr(report) + "".join(str(entry.failure) for entry in report.channels) + caplog.text
    for entry in office.store.journal():
        said += repr(attrs.asdict(entry, filter=lambda field, _: field.name not in ("body", "salt")))
    assert request_id("channel-email", "a") in said
    assert WORD not in said


def test_an_identifier_is_one_that_a_record_may_have_and_another_for_each_channel_and_reference() -> None:
    refs = ["a", "a ", "<a@b.example>", "x" * 200, "../..", "一/二", "'\"", "{0}"]
    channels = ["a", "a-b", "网站", "c" * 120, "p(1)", "*"]
    ids = [request_id(channel, ref) for channel in channels for ref in refs]
    assert len(set(ids)) == len(ids)
    assert [check_id(id_) for id_ in ids] == ids
    assert request_id("a", "b-c") != request_id("a-b", "c")
    assert request_id("mail", "a") == "mail-8ecff71376ffe0e14b55"
