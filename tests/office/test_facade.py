"""An office: opened on a workspace, it checks as of its clock, as known at any moment, and under its own law."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import attrs
import pytest

from govopen.checking.algebra import Status
from govopen.checking.coverage import Answer
from govopen.checking.selection import Selection
from govopen.errors import InputError, PolicyDataError, StoreError, WorkspaceError
from govopen.office.clock import SHANGHAI, FixedClock, SystemClock, today
from govopen.office.facade import Office
from govopen.plugins.registry import Registry
from govopen.rules import samples

ISSUER = "panyu-2011:1.2/o5"


def test_a_new_workspace_opens(tmp_path: Path, registry: Registry) -> None:
    path = Office.init(tmp_path / "a" / "b")
    assert path == tmp_path / "a" / "b" / "govopen.toml"
    with Office.open(path.parent, registry=registry) as office:
        assert office.workspace.name == "b"
        assert office.check().units == {}
    assert (path.parent / "data" / "govopen.sqlite").is_file()


@pytest.mark.parametrize("name", ['say "yes"', "a\\b", "番禺区", "{name}", "a\tb"])
def test_a_folder_of_any_name_gives_a_workspace_of_that_name(tmp_path: Path, name: str) -> None:
    path = Office.init(tmp_path / name)
    assert tomllib.loads(path.read_text(encoding="utf-8"))["name"] == name


def test_the_folder_one_is_in_gives_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert 'name = "here"' in Office.init(".").read_text(encoding="utf-8")


def test_a_workspace_is_not_overwritten(folder: Path) -> None:
    with pytest.raises(InputError, match="already"):
        Office.init(folder)


def test_a_file_in_the_way_is_answered_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="No workspace can be made in"):
        Office.init(tmp_path / "file")


def test_the_store_opens_wherever_the_program_is_started(
    folder: Path, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Office.open("w", registry=registry).close()
    assert (folder / "data" / "govopen.sqlite").is_file()
    assert not (tmp_path / "data").exists()


def test_a_check_is_as_of_the_day_in_shanghai(opened: Any) -> None:
    """At 20:00 of the 30th in Greenwich it is the 31st in Shanghai."""
    report = opened.check()
    assert report.as_of == dt.date(2011, 12, 31)
    assert report.generated_at == dt.datetime(2011, 12, 30, 20, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("hour", "zone", "day"),
    [
        (15, dt.UTC, dt.date(2011, 12, 30)),
        (16, dt.UTC, dt.date(2011, 12, 31)),
        (0, SHANGHAI, dt.date(2011, 12, 30)),
        (23, SHANGHAI, dt.date(2011, 12, 30)),
        (12, dt.timezone(dt.timedelta(hours=-8)), dt.date(2011, 12, 31)),
    ],
)
def test_today_is_that_of_shanghai(hour: int, zone: dt.tzinfo, day: dt.date) -> None:
    assert today(FixedClock(dt.datetime(2011, 12, 30, hour, tzinfo=zone))) == day


def test_the_machine_s_clock_has_a_zone() -> None:
    assert SystemClock().now().utcoffset() == dt.timedelta(hours=8)


def test_a_time_without_zone_is_no_time() -> None:
    with pytest.raises(InputError, match="no zone"):
        FixedClock(dt.datetime(2011, 12, 30, 20))  # noqa: DTZ001 - what is refused


def test_a_report_can_be_made_of_what_was_known_then(folder: Path, registry: Registry, lines: Any) -> None:
    moments = [dt.datetime(2011, 12, day, 12, tzinfo=dt.UTC) for day in (1, 10)]
    for moment, issuer in zip(moments, ("", "示例局"), strict=True):
        with Office.open(folder, registry=registry, clock=FixedClock(moment)) as office:
            records = lines(samples.UNIT, samples.item(issuer=issuer))
            office.import_files([records], replace=True)
    with Office.open(folder, registry=registry) as office:
        day = dt.date(2011, 12, 31)
        then = office.check(as_of=day, known_at=moments[0])
        now = office.check(as_of=day)
        before = office.check(as_of=day, known_at=moments[0] - dt.timedelta(days=1))
    assert then.status("bureau", ISSUER).status is Status.VIOLATED
    assert now.status("bureau", ISSUER).status is Status.SATISFIED
    assert (then.known_at, now.known_at) == (moments[0], None)
    assert before.units == {}


def test_a_moment_without_zone_is_refused(opened: Any) -> None:
    with pytest.raises(StoreError):
        opened.check(known_at=dt.datetime(2011, 12, 1))  # noqa: DTZ001 - what is refused


def test_accepted_findings_no_longer_fail_but_those_on_secrecy(folder: Path, registry: Registry, lines: Any) -> None:
    item = samples.item(issuer="", attributes=())
    with Office.open(folder, registry=registry) as office:
        office.import_files([lines(samples.UNIT, item)])
        day = dt.date(2011, 12, 31)
        before = office.check(as_of=day)
        path = office.accept_findings(before)
    assert path == folder / "baseline.json"
    with Office.open(folder, registry=registry) as office:
        after = office.check(as_of=day)
    failing = {str(entry.citation) for entry in before.failing()}
    assert ISSUER in failing
    assert {str(entry.citation) for entry in after.failing()} == {name for name in failing if ":1.3/" in name}
    assert before.summary() == after.summary()


def test_malformed_waivers_are_reported_with_their_place(folder: Path, registry: Registry) -> None:
    (folder / "waivers.toml").write_text('[[waivers]]\nid = "w"\n', encoding="utf-8")
    with Office.open(folder, registry=registry) as office:
        notices = office.check(as_of=dt.date(2011, 12, 31)).notices
    assert {notice.code for notice in notices} == {"GOV011"}
    assert "waivers.toml waivers[0].rule" in {notice.facts["place"] for notice in notices}


def test_an_instrument_that_is_not_there_is_answered_with_those_there_are(folder: Path, registry: Registry) -> None:
    (folder / "govopen.toml").write_text('name = "x"\n[instruments.panyu-2012]\n', encoding="utf-8")
    with Office.open(folder, registry=registry) as office, pytest.raises(WorkspaceError, match=r"panyu-2012.*Known: "):
        office.check()


OWN = """\
id = "own-2012"
kind = "plan"
title = { zh = "本单位要点", en = "Our own plan" }
issuer = { zh = "示例局", en = "The bureau" }
document_number = "示办〔2012〕1号"
issued_on = 2011-06-01
in_force_from = 2011-06-01
verified = true
source = "the original"
jurisdiction = "CN-440113"
[bodies.all]
name = { zh = "本单位", en = "the bureau" }
kinds = ["department"]
[[clauses]]
id = "1"
heading = { zh = "一", en = "One" }
gist = { zh = "一", en = "One" }
bodies = ["all"]
obliges = true
obligations = [
  { id = "o1", force = "shall", check = "auto", area = "catalog", text = { zh = "有。", en = "There is one." } },
]
"""


def own(folder: Path, text: str, instrument: str = "own-2012") -> Path:
    settings = f'name = "x"\ninstrument_files = ["own.toml"]\n[instruments.{instrument}]\n'
    (folder / "govopen.toml").write_text(settings, encoding="utf-8")
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_workspace_may_bring_an_instrument_of_its_own(folder: Path, registry: Registry, lines: Any) -> None:
    with Office.open(own(folder, OWN), registry=registry) as office:
        office.import_files([lines(samples.UNIT)])
        report = office.check(as_of=dt.date(2011, 12, 31))
        assert report.status("bureau", "own-2012:1/o1").status is Status.NOT_CHECKED
        assert office.coverage("own-2012").summary()[Answer.UNMAPPED] == 1
    assert "own-2012" not in registry.library.instruments


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('"own-2012"', '"panyu-2011"'), "panyu-2011"),
        (
            lambda text: (
                text + '[[overtaken]]\nof = ["1/o1"]\nby = "ogi-2019:999"\nsince = 2019-05-15\neffect = "ended"\n'
                'note = { zh = "改", en = "changed" }\nverified = true\n'
            ),
            "ogi-2019:999",
        ),
        (lambda text: text.replace('"plan"', '"poem"'), "poem"),
        (lambda text: "id = ", "TOML"),
    ],
    ids=["an identifier that is taken", "a dangling citation", "an unknown kind", "no TOML"],
)
def test_one_that_does_not_load_is_answered_with_file_and_reason(
    folder: Path, registry: Registry, change: Any, says: str
) -> None:
    with pytest.raises(PolicyDataError) as refused:
        Office.open(own(folder, change(OWN)), registry=registry)
    assert "own.toml" in str(refused.value)
    assert says in str(refused.value)
    assert refused.value.problems


def test_one_that_is_missing_is_answered_too(folder: Path, registry: Registry) -> None:
    own(folder, OWN)
    (folder / "own.toml").unlink()
    with pytest.raises(InputError, match=r"own\.toml"):
        Office.open(folder, registry=registry)


def test_coverage_needs_no_record(opened: Any) -> None:
    assert opened.coverage("panyu-2011").summary()[Answer.UNMAPPED] == 110
    with pytest.raises(PolicyDataError, match="panyu-2012"):
        opened.coverage("panyu-2012")


def test_a_selection_of_a_unit_that_is_not_there_is_no_green_check(opened: Any, lines: Any) -> None:
    opened.import_files([lines(samples.UNIT)])
    with pytest.raises(InputError, match="bureaux"):
        opened.check(selection=Selection(units=("bureaux",)))


def test_a_local_holiday_moves_a_due_date(folder: Path, registry: Registry, lines: Any) -> None:
    """2011-05-09 is the 15th working day after 2011-04-15; with one day off before it, it is the 16th."""
    request = samples.request(reply=attrs.evolve(samples.request().reply, on=dt.date(2011, 5, 10)))
    overlay = '[[changes]]\ndays = [2011-05-06]\nworking = false\nnotice = "示办〔2011〕9号"\n'
    settings = (folder / "govopen.toml").read_text(encoding="utf-8")
    found = []
    for text, line in (("", ""), (overlay, 'calendars = ["local.toml"]\n')):
        (folder / "local.toml").write_text(text, encoding="utf-8")
        (folder / "govopen.toml").write_text(line + settings, encoding="utf-8")
        with Office.open(folder, registry=registry) as office:
            office.import_files([lines(samples.UNIT, request)], replace=True)
            report = office.check(as_of=dt.date(2011, 12, 31))
        found.append((report.status("bureau", "panyu-2011:1.5/o3").status, list(report.calendars.values())))
    assert [status for status, _ in found] == [Status.VIOLATED, Status.SATISFIED]
    assert found[0][1] != found[1][1]
