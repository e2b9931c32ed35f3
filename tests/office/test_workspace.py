"""What a workspace's files may say, and the one clear answer to everything else."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govopen.errors import WorkspaceError
from govopen.office.workspace import Workspace
from govopen.rules.base import Severity

MINIMAL = 'name = "示例区"\n[instruments.panyu-2011]\n'


def write(folder: Path, settings: str | bytes = MINIMAL, **files: str) -> Path:
    content = settings if isinstance(settings, bytes) else settings.encode()
    (folder / "govopen.toml").write_bytes(content)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path) -> list[tuple[str, str, str]]:
    """File, path and message of each problem that loading names."""
    with pytest.raises(WorkspaceError) as refused:
        Workspace.load(folder)
    text = str(refused.value)
    assert "Traceback" not in text
    return [
        (
            Path(problem.where).name,
            problem.path,
            f"{problem.message} {problem.accepted}".format(**problem.facts).strip(),
        )
        for problem in refused.value.problems
    ]


def test_the_least_a_workspace_says_is_its_name_and_its_instruments(tmp_path: Path) -> None:
    workspace = Workspace.load(write(tmp_path))
    assert workspace.name == "示例区"
    assert [entry.id for entry in workspace.settings.instruments] == ["panyu-2011"]
    assert workspace.settings.instruments[0].continues is None
    assert workspace.store_path == tmp_path / "data" / "govopen.sqlite"


def test_everything_it_can_say(tmp_path: Path) -> None:
    settings = """\
    name = "x"
    store = "sqlite:////srv/x.sqlite"
    instrument_files = ["own.toml"]
    calendars = ["holidays.toml"]
    [instruments.panyu-2011]
    jurisdiction = "CN-44"
    continues = true
    basis = "x"
    [rules.WEB001]
    severity = "critical"
    parameters = { max_age_days = 10, share = 0.5 }
    [mappings.old]
    type = "request"
    """
    workspace = Workspace.load(write(tmp_path, "\n".join(line.strip() for line in settings.splitlines())))
    assert workspace.settings.instruments[0].jurisdiction == "CN-44"
    assert workspace.settings.instruments[0].continues is True
    assert workspace.settings.severities == {"WEB001": Severity.CRITICAL}
    assert workspace.settings.parameters == {"WEB001": {"max_age_days": 10, "share": Decimal("0.5")}}
    assert workspace.instrument_files == (tmp_path / "own.toml",)
    assert workspace.overlay_files == (tmp_path / "holidays.toml",)
    assert workspace.mappings == {"old": {"type": "request"}}
    assert workspace.store_path == Path("/srv/x.sqlite")


@pytest.mark.parametrize("settings", [MINIMAL, "\ufeff" + MINIMAL], ids=["plain", "byte order mark"])
def test_a_byte_order_mark_is_no_mistake(tmp_path: Path, settings: str) -> None:
    assert Workspace.load(write(tmp_path, settings)).name == "示例区"


@pytest.mark.parametrize(
    ("settings", "path", "says"),
    [
        (MINIMAL.replace("name", "nane"), "nane", "Did you mean 'name'?"),
        (MINIMAL.replace("name", "nane"), "name", "This field is missing."),
        (MINIMAL + "continue = true\n", "instruments.panyu-2011.continue", "Did you mean 'continues'?"),
        (MINIMAL + 'zzz = "x"\n', "instruments.panyu-2011.zzz", "Known here: jurisdiction, continues, basis."),
        (MINIMAL + 'continues = "yes"\n', "instruments.panyu-2011.continues", "not true or false"),
        (MINIMAL + "continues = 1\n", "instruments.panyu-2011.continues", "not true or false"),
        (MINIMAL + "jurisdiction = 44\n", "instruments.panyu-2011.jurisdiction", "not a text"),
        ("name = 3\n[instruments.x]\n", "name", "not a text"),
        ('name = "x"\n', "instruments", "This field is missing."),
        ('name = "x"\ninstruments = ["panyu-2011"]\n', "instruments", "not a table"),
        (MINIMAL.replace('"\n', '"\ninstrument_files = "own.toml"\n', 1), "instrument_files", "not a list"),
        (MINIMAL + '[rules.CAT001]\nseverity = "grave"\n', "rules.CAT001.severity", "critical, serious, minor, advice"),
        (MINIMAL + "[rules.CAT001]\nparameter = {}\n", "rules.CAT001.parameter", "Did you mean 'parameters'?"),
    ],
)
def test_what_is_wrong_is_named_with_its_path_and_what_would_be_right(
    tmp_path: Path, settings: str, path: str, says: str
) -> None:
    found = {place: text for name, place, text in problems(write(tmp_path, settings)) if name == "govopen.toml"}
    assert says in found[path]


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    settings = 'name = 3\nstor = "x"\n[instruments.panyu-2011]\ncontinues = "yes"\n[rules.X]\nseverity = 1\n'
    paths = {path for _, path, _ in problems(write(tmp_path, settings))}
    assert paths == {"name", "stor", "instruments.panyu-2011.continues", "rules.X.severity"}


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("name = \n", "This is not TOML: Invalid value (at line 1, column 8)"),
        (MINIMAL + "[instruments.panyu-2011]\n", "This is not TOML: Cannot declare"),
        (MINIMAL.encode("gb18030"), "The file is not UTF-8. Save it as UTF-8."),
        (b"\x00\xff", "The file is not UTF-8. Save it as UTF-8."),
    ],
    ids=["no value", "an instrument twice", "GB18030", "no text"],
)
def test_a_file_that_is_no_toml_is_said_to_be_none(tmp_path: Path, settings: str | bytes, says: str) -> None:
    ((name, _, text),) = problems(write(tmp_path, settings))
    assert name == "govopen.toml"
    assert text.startswith(says)


def test_a_parameter_of_no_kind_is_refused(tmp_path: Path) -> None:
    settings = MINIMAL + "[rules.WEB001]\nparameters = { max_age_days = [1] }\n"
    with pytest.raises(WorkspaceError, match="not a list"):
        Workspace.load(write(tmp_path, settings))


def test_a_folder_without_a_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"govopen\.toml is missing.*govopen init"):
        Workspace.load(tmp_path)


@pytest.mark.parametrize(
    ("store", "path"),
    [
        ("sqlite:///data/x.sqlite", "data/x.sqlite"),
        ("sqlite:///x.sqlite", "x.sqlite"),
        ("sqlite:////srv/x.sqlite", "/srv/x.sqlite"),
        ("postgresql://host/db", None),
    ],
)
def test_a_relative_store_lies_in_the_workspace_wherever_the_program_starts(
    tmp_path: Path, store: str, path: str | None
) -> None:
    workspace = Workspace.load(write(tmp_path, f'store = "{store}"\n{MINIMAL}'))
    assert workspace.store_path == (None if path is None else tmp_path / path)


@pytest.mark.parametrize(
    ("store", "url"),
    [
        (
            "legacy+sqlite:///oa.db?mapping={workspace}/oa.toml",
            "legacy+sqlite:///{folder}/oa.db?mapping={folder}/oa.toml",
        ),
        ("legacy+sqlite:////srv/oa.db", "legacy+sqlite:////srv/oa.db"),
        (
            "legacy+postgresql://host/oa?mapping={workspace}/oa.toml",
            "legacy+postgresql://host/oa?mapping={folder}/oa.toml",
        ),
        ("memory:///kept/here", "memory:///kept/here"),
    ],
)
def test_a_plugins_store_can_lie_beside_the_settings_too(tmp_path: Path, store: str, url: str) -> None:
    workspace = Workspace.load(write(tmp_path, f'store = "{store}"\n{MINIMAL}'))

    assert workspace.store_url == url.replace("{folder}", str(tmp_path))


WAIVER: dict[str, Any] = {
    "id": '"w1"',
    "rule": '"CAT005"',
    "reason": '"搬迁"',
    "basis": '"城办〔2011〕3号"',
    "approver": '"甲"',
    "since": "2011-01-01",
    "until": "2011-12-31",
}


def waivers(*changes: dict[str, Any]) -> str:
    return "\n".join(
        "[[waivers]]\n" + "\n".join(f"{name} = {value}" for name, value in (WAIVER | each).items() if value is not None)
        for each in changes
    )


def test_waivers_are_read(tmp_path: Path) -> None:
    text = waivers({}, {"id": '"w2"', "units": '["a"]', "subjects": '["x-*"]'})
    workspace = Workspace.load(write(tmp_path, waivers_toml=text))
    first, second = workspace.waivers
    assert (first.id, first.since, first.until) == ("w1", dt.date(2011, 1, 1), dt.date(2011, 12, 31))
    assert (second.units, second.subjects) == (("a",), ("x-*",))
    assert workspace.broken_waivers == ()


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"reason": None}, "waivers[1].reason"),
        ({"reason": '" "'}, "waivers[1]"),
        ({"basis": '""'}, "waivers[1]"),
        ({"approver": '""'}, "waivers[1]"),
        ({"until": "2010-12-31"}, "waivers[1]"),
        ({"until": '"2011-12-31"'}, "waivers[1].until"),
        ({"until": "2011-12-31T00:00:00"}, "waivers[1].until"),
        ({"units": '"a"'}, "waivers[1].units"),
        ({"reson": '"x"'}, "waivers[1].reson"),
        ({"id": '"w1"'}, "waivers[1].id"),
    ],
)
def test_a_waiver_that_does_not_say_all_it_has_to_excuses_nothing_and_leaves_the_others(
    tmp_path: Path, changes: dict[str, Any], path: str
) -> None:
    workspace = Workspace.load(write(tmp_path, waivers_toml=waivers({}, {"id": '"w2"'} | changes)))
    assert [waiver.id for waiver in workspace.waivers] == ["w1"]
    assert [problem.path for problem in workspace.broken_waivers] == [path]


@pytest.mark.parametrize("text", ["waivers = 3", 'waivers = "x"', "waivers = [3]", '[waivers]\nid = "w1"'])
def test_waivers_that_are_no_list_of_tables_are_broken(tmp_path: Path, text: str) -> None:
    workspace = Workspace.load(write(tmp_path, waivers_toml=text))
    assert workspace.waivers == ()
    assert len(workspace.broken_waivers) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[waiver]]\n", "Known here: waivers."),
        ("[[waivers", "This is not TOML"),
    ],
)
def test_a_file_of_waivers_that_cannot_be_read_stops_the_workspace(tmp_path: Path, text: str, says: str) -> None:
    ((name, _, message),) = problems(write(tmp_path, waivers_toml=text))
    assert name == "waivers.toml"
    assert says in message


def test_a_baseline_written_is_a_baseline_read(tmp_path: Path) -> None:
    workspace = Workspace.load(write(tmp_path))
    path = workspace.write_baseline(frozenset({"b" * 24, "a" * 24}))
    assert json.loads(path.read_text(encoding="utf-8")) == {"fingerprints": ["a" * 24, "b" * 24]}
    assert Workspace.load(tmp_path).baseline.fingerprints == {"a" * 24, "b" * 24}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "3", "{}", '{"fingerprints": "abc"}', '{"fingerprints": 3}', '{"fingerprints": [1]}', "[" * 100_000],
    ids=["empty", "list", "number", "no list", "text", "number inside", "numbers", "deep"],
)
def test_what_is_no_baseline_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    ((name, _, message),) = problems(write(tmp_path, baseline_json=text))
    assert name == "baseline.json"
    assert "--write-baseline" in message
