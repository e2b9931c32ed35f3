"""The pytest plugin: obligations as tests, nothing unknown among what passes, and no cost where it is not asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
from tests.testing.pytest_runs import DAY, ON, Run

from govopen.checking.algebra import Status
from govopen.checking.result import ObligationStatus
from govopen.office.facade import Office
from govopen.policy.citation import Citation
from govopen.testing.memory import MemoryStore
from govopen.testing.pytest_items import Settled, settled

WAIVER = """\
[[waivers]]
id = "{id}"
rule = "CAT103"
reason = "依据公开"
basis = "示函1号"
approver = "邓某"
since = 2011-01-01
until = {until}
"""
NO_RATE = "office/govopen.toml::bureau::panyu-2011:1.2.10/o3"


def test_it_is_off_until_it_is_asked(run: Run) -> None:
    ran = run()

    assert (ran.status, list(ran.outcomes)) == (0, ["test_own.py::test_own"])
    assert "govopen:" not in ran.out


def test_each_obligation_of_each_unit_is_a_test_with_a_readable_name_beside_the_others(run: Run) -> None:
    ran = run(*ON, "--collect-only", "-q")
    names = [line for line in ran.out.splitlines() if "::" in line]

    assert len(names) == len(set(names)) == 1 + 1 + 2 * 189
    assert {"test_own.py::test_own", NO_RATE, "office/govopen.toml::notices"} <= set(names)


OUTCOMES = {
    "passed": {"satisfied", "met_late"},
    "failed": {
        "violated", "error", "undecidable", "stale", "awaiting_evidence", "awaiting_judgement", "nothing_recorded",
    },
    "skipped": {"not_applicable", "not_yet_due", "overtaken", "not_checked", "not_shown"},
    "xfailed": {"waived"},
}  # fmt: skip


def test_a_test_ends_as_the_status_of_its_obligation_says(run: Run, place: Path) -> None:
    with Office.open(place / "office") as office:
        office.import_files([place / "records"])
        report = office.check(as_of=DAY)
    ran = run("--govopen", "office", "--govopen-as-of", "2011-12-31")

    wanted = {
        f"office/govopen.toml::{entry.unit}::{entry.citation}": next(
            outcome for outcome, statuses in OUTCOMES.items() if entry.status.value in statuses
        )
        for entry in report.statuses
    }
    assert {name: outcome for name, outcome in ran.outcomes.items() if "panyu" in name} == wanted
    assert set(wanted.values()) == {"passed", "failed", "skipped"}
    assert ran.status == 1
    sums = ", ".join(f"{count} {status.text.en}" for status, count in report.summary().items())
    assert sums in ran.out


@pytest.mark.parametrize("status", Status)
def test_nothing_unknown_passes_whatever_is_allowed_or_accepted(status: Status) -> None:
    entry = ObligationStatus(unit="u", citation=Citation.parse("panyu-2011:1.3/o2"), status=status, counts={})
    awaited = status.value in {"awaiting_evidence", "awaiting_judgement", "nothing_recorded"}
    outcome = next(outcome for outcome, statuses in OUTCOMES.items() if status.value in statuses)
    names = {
        Settled.PASSES: "passed", Settled.FAILS: "failed", Settled.SKIPPED: "skipped", Settled.XFAILS: "xfailed",
    }  # fmt: skip

    assert names[settled(entry)] == outcome
    assert names[settled(entry, allow_awaiting=True)] == ("skipped" if awaited else outcome)
    accepted = attrs.evolve(entry, baselined=True)
    assert names[settled(accepted)] == ("xfailed" if outcome == "failed" else outcome)


def test_a_failure_says_record_law_and_remedy_and_shows_no_code(run: Run) -> None:
    ran = run(*ON, "-k", "1.2.10 and bureau")

    assert "violated · bureau · panyu-2011:1.2.10/o3" in ran.out
    for said in ("CAT103", "information-item fee-2:", "Law: Key points", "Do: "):
        assert said in ran.out
    assert "哨兵" not in ran.out
    assert "Traceback" not in ran.out
    assert "pytest_items.py" not in ran.out.partition("FAILURES")[2].partition("short test summary")[0]


def test_keywords_and_markers_choose(run: Run) -> None:
    clause = run(*ON, "-k", "1.2.10 and bureau").outcomes
    area = run(*ON, "-m", "govopen(area='classification', unit='street')").outcomes
    own = run(*ON, "-m", "not govopen").outcomes

    assert {name.rpartition("/")[0] for name in clause} == {"office/govopen.toml::bureau::panyu-2011:1.2.10"}
    assert {name.rpartition("/")[0].rpartition(":")[2] for name in area} == {"1.3", "4.3"}
    assert all("::street::" in name for name in area)
    assert set(own) == {"test_own.py::test_own"}


def test_who_wants_no_obligations_runs_no_check(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Office, "check", lambda *_, **__: pytest.fail("nobody wants to know"))
        without = run(*ON, "-m", "not govopen")
    notices = run(*ON, "-m", "govopen", "-k", "notices")

    assert without.outcomes == {"test_own.py::test_own": "passed"}
    assert notices.outcomes == {"office/govopen.toml::notices": "passed"}


def test_what_is_skipped_is_skipped_in_the_workspace_and_not_in_a_line_of_this_library(run: Run, place: Path) -> None:
    text = WAIVER.format(id="w-old", until="2011-02-01")
    (place / "office" / "waivers.toml").write_text(text, encoding="utf-8")
    ran = run(*ON, "-rs", "-k", "1.2.3 or notices", "--junitxml=report.xml")
    said = [line.split("] ")[1] for line in ran.out.splitlines() if line.startswith("SKIPPED")]
    written = (place / "report.xml").read_text(encoding="utf-8")

    assert ran.outcomes["office/govopen.toml::notices"] == "skipped"
    assert len(said) > 1
    assert [line for line in said if not line.startswith("office/govopen.toml:1: ")] == []
    assert "office/govopen.toml:1: " in written
    assert "pytest_items.py" not in ran.out + written


def test_what_is_awaited_is_skipped_only_if_that_is_allowed(run: Run) -> None:
    strict, lenient = run(*ON, "-k", "1.1"), run(*ON, "-k", "1.1", "--govopen-allow-awaiting", "-rs")

    assert strict.count("failed") > lenient.count("failed")
    assert strict.count("passed") == lenient.count("passed")
    assert "awaiting evidence" in lenient.out.partition("SKIPPED")[2]


def test_what_is_waived_is_expected_to_fail_and_fails_where_that_is_not_wanted(run: Run, place: Path) -> None:
    text = WAIVER.format(id="w1", until="2012-12-31")
    (place / "office" / "waivers.toml").write_text(text, encoding="utf-8")
    ran, strict = run(*ON, "-k", "1.2.10/o3", "-rx"), run(*ON, "-k", "1.2.10/o3", "--runxfail")

    assert ran.outcomes[NO_RATE] == "xfailed"
    assert "waived Waived: w1 (示函1号; 邓某; until 2012-12-31)" in ran.out
    assert strict.outcomes[NO_RATE] == "failed"


def test_what_was_accepted_before_does_not_fail(run: Run, place: Path) -> None:
    with Office.open(place / "office") as office:
        office.import_files([place / "records"])
        office.accept_findings(office.check(as_of=DAY))
    ran = run(*ON, "-k", "1.2.10/o3", "-rx")

    assert ran.outcomes[NO_RATE] == "xfailed"
    assert "violated [accepted before]" in ran.out


def test_what_the_check_says_of_itself_is_a_test_that_is_skipped_with_it(run: Run, place: Path) -> None:
    clean = run(*ON, "-k", "notices")
    text = WAIVER.format(id="w-old", until="2011-02-01")
    (place / "office" / "waivers.toml").write_text(text, encoding="utf-8")
    ran = run(*ON, "-k", "notices", "-rs")

    assert clean.outcomes == {"office/govopen.toml::notices": "passed"}
    assert ran.outcomes == {"office/govopen.toml::notices": "skipped"}
    assert "w-old" in ran.out


def test_a_unit_can_be_chosen_and_one_that_is_not_there_is_said(run: Run) -> None:
    chosen, unknown = (
        run(*ON, "--govopen-unit", "street", "--collect-only", "-q"),
        run(*ON, "--govopen-unit", "streets"),
    )

    assert "::street::" in chosen.out
    assert "::bureau::" not in chosen.out
    assert unknown.status == 2
    assert "There is no unit 'streets'. There are: bureau, street." in unknown.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--govopen", "nowhere"), "there is no workspace at"),
        (("--govopen", "test_own.py"), "Name its govopen.toml"),
        ((*ON[:-1], "2011-02-30"), "'2011-02-30' is no date. Write year-month-day"),
        (("--govopen-unit", "bureau"), "need a workspace: name it with --govopen"),
        ((*ON, "--ignore", "office"), "was not collected"),
    ],
)
def test_what_cannot_be_done_as_asked_is_refused(run: Run, args: tuple[str, ...], said: str) -> None:
    ran = run(*args)

    assert ran.status == 4
    assert said in ran.out


SETTINGS = """\
[pytest]
govopen = office/govopen.toml
govopen_records = records
govopen_as_of = 2011-12-31
govopen_allow_awaiting = true
govopen_plugins = house
pythonpath = .
"""


HOUSE = """\
from govopen import hookimpl

@hookimpl
def govopen_rules():
    return []
"""


@pytest.fixture
def forgotten() -> Iterator[None]:
    """The module of the settings is imported anew by every test."""
    yield
    sys.modules.pop("house", None)


@pytest.mark.usefixtures("forgotten")
def test_settings_ask_as_options_do_and_who_names_a_test_gets_that_test(run: Run, place: Path) -> None:
    (place / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    (place / "house.py").write_text(HOUSE, encoding="utf-8")
    everything = run("-k", "1.2.10 or own")
    named, one = run("test_own.py"), run(NO_RATE)

    assert len(everything.outcomes) > 1
    assert everything.outcomes[NO_RATE] == "failed"
    assert list(named.outcomes) == ["test_own.py::test_own"]
    assert one.outcomes == {NO_RATE: "failed"}


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize(
    ("option", "shown"),
    [
        (("--govopen-unit", "nobody"), "There is no unit 'nobody'."),
        (("--govopen-as-of", "2011-02-30"), "'2011-02-30' is no date."),
        (("--govopen-records", "nowhere"), "nowhere"),
        (("--govopen-unit", "bureau"), "::bureau::"),
        (("--govopen-as-of", "2011-12-31"), "::bureau::"),
        (("--govopen-allow-awaiting",), "::bureau::"),
    ],
    ids=" ".join,
)
def test_who_says_what_to_check_gets_it_also_beside_a_test(
    run: Run, place: Path, option: tuple[str, ...], shown: str
) -> None:
    """Left aside in silence, it would seem to have been checked."""
    (place / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    (place / "house.py").write_text(HOUSE, encoding="utf-8")
    ran = run("test_own.py", *option, "--collect-only", "-q")

    assert shown in ran.out
    assert (ran.status == 0) == shown.startswith("::")


def test_a_plugin_module_that_is_not_there_is_said(run: Run, place: Path) -> None:
    (place / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    ran = run()

    assert ran.status == 2
    assert "The module house does not import: ModuleNotFoundError." in ran.out


def test_the_store_is_closed_at_the_end_and_no_listener_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []
    monkeypatch.setattr(MemoryStore, "close", lambda store: closed.append(len(list(store.units()))))
    monkeypatch.setattr(Office, "close", lambda office: pytest.fail("an office that is closed may tell listeners"))
    run(*ON, "-k", "1.2.10/o3")

    assert closed == [2]


def test_it_speaks_the_language_asked_for(run: Run) -> None:
    ran = run(*ON, "-k", "1.2.10/o3", "--govopen-lang", "zh-Hans")

    assert "违反 · bureau" in ran.out
    assert "整改：" in ran.out


def test_two_workers_say_the_same_as_one_and_the_report_has_every_status(run: Run, place: Path) -> None:
    arguments = (*ON, "-k", "1.2.10 or 1.3", "-p", "no:cacheprovider")
    alone = run(*arguments, "--junitxml=1.xml")
    command = [sys.executable, "-m", "pytest", "-W", "error", "-n", "2", *arguments, "--junitxml=2.xml"]
    # Here it is found by its entry point, as its users find it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_DISABLE_PLUGIN_AUTOLOAD"}
    parallel = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", env=environment)

    assert (alone.status, parallel.returncode) == (1, 1), parallel.stdout + parallel.stderr
    one, two = (statuses_in(place / name) for name in ("1.xml", "2.xml"))
    assert one == two
    assert len(one) > 10
    assert one["office.govopen.toml.bureau", "panyu-2011:1.2.10/o3"] == "violated"
    sums = [text.partition("Obligations by status")[2].splitlines()[1] for text in (alone.out, parallel.stdout)]
    assert sums[0] == sums[1] != ""


def statuses_in(path: Path) -> dict[tuple[str, str], str]:
    root = ET.parse(path)  # noqa: S314 - pytest's own
    return {
        (case.get("classname", ""), case.get("name", "")): found.get("value", "")
        for case in root.iter("testcase")
        for found in case.iterfind("properties/property[@name='govopen_status']")
    }


LIGHT = """
import json, sys, warnings
import pytest
import govopen.testing.pytest_plugin
loaded = sorted(name for name in sys.modules if name.partition(".")[0] == "govopen")
warnings.simplefilter("error")
class Plugin:
    @staticmethod
    def pytest_configure():
        pytest.register_assert_rewrite("govopen")
status = pytest.main(["-q", "--version"], plugins=[Plugin()])
print(json.dumps([loaded, int(status)]))
"""


def test_the_entry_module_brings_nothing_of_govopen_and_no_warning_about_rewriting() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], check=True, capture_output=True, encoding="utf-8")
    loaded, status = json.loads(done.stdout.splitlines()[-1])

    assert loaded == ["govopen", "govopen.testing", "govopen.testing.pytest_plugin"]
    assert status == 0
