"""The registry answers by type and name, never changes, and shares nothing with another."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import attrs
import pytest

from govopen.calendars.overlay import Change, Overlay
from govopen.errors import InputError, PluginError, PolicyDataError, StoreError, UnknownRecordType
from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.plugins.info import PluginInfo, PluginStatus
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.rules.base import Rule
from govopen.storage.port import Clock, Store, utc_now

Plugin = Callable[..., ModuleType]
Load = Callable[..., Registry]

INSTRUMENT = """
id = "{id}"
kind = "normative_document"
title = {{ zh = "示例规定", en = "house rules" }}
issuer = {{ zh = "示例街道", en = "example street" }}
document_number = "1"
issued_on = 2024-01-02
in_force_from = 2024-01-02
verified = true
source = "invented"

[bodies.streets]
name = {{ zh = "街道", en = "streets" }}
kinds = ["street"]

[[clauses]]
id = "1"
heading = {{ zh = "张贴", en = "hanging" }}
gist = {{ zh = "张贴七日", en = "hang for seven days" }}
bodies = ["streets"]
obliges = true

[[clauses.obligations]]
id = "o1"
text = {{ zh = "张贴七日", en = "hang for seven days" }}
force = "shall"
check = "auto"
area = "notices"

[[overtaken]]
of = ["1"]
by = "{by}"
since = 2025-01-01
effect = "changed"
note = {{ zh = "改", en = "changed" }}
verified = false
"""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(entry_points=False)


def write(folder: Path, name: str, *, id: str = "street-2024", by: str = "ogi-2019:25") -> Path:  # noqa: A002
    path = folder / name
    path.write_text(INSTRUMENT.format(id=id, by=by), encoding="utf-8")
    return path


def test_what_is_built_in_loads_without_a_workspace(registry: Registry) -> None:
    assert {"SEC002", "ORG001"} <= {rule.code for rule in registry.rules}
    assert {"unit", "information-item"} <= {record_type.name for record_type in registry.types}
    assert registry.library.exists(Citation.parse("panyu-2011:1.3/o2"))
    assert registry.categories == ()


def test_the_list_of_plugins_says_what_each_brings(plugin: Plugin, load: Load, rule: Callable[..., Rule]) -> None:
    own, street = load(plugin("street", rules=[rule("STREET001")], categories=[])).plugins

    assert (own.name, own.distribution, own.status) == ("govopen", "govopen", PluginStatus.LOADED)
    assert own.rules > 50
    assert "SEC" in own.prefixes
    assert street == PluginInfo(
        name="street",
        distribution="",
        version="",
        status=PluginStatus.LOADED,
        hooks=("govopen_categories", "govopen_rules"),
        rules=1,
        prefixes=("STREET",),
    )


def test_a_registry_never_changes(registry: Registry) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        registry.rules = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        registry.library.instruments["street-2024"] = None  # type: ignore[index]


def test_two_registries_share_no_plugin(plugin: Plugin, load: Load, rule: Callable[..., Rule]) -> None:
    north = load(plugin("north", rules=[rule("STREET001", name="north")]))
    south = load(plugin("south", rules=[rule("STREET001", name="south")]))

    named = [next(each.name for each in found.rules if each.code == "STREET001") for found in (north, south)]
    assert named == ["north", "south"]
    assert "STREET001" not in {each.code for each in load().rules}


def test_record_types_are_found_by_name_and_by_class(registry: Registry) -> None:
    assert registry.type_named("unit") is registry.type_of(Unit)


def test_an_unknown_record_type_is_refused_with_those_known(registry: Registry) -> None:
    with pytest.raises(UnknownRecordType, match=r"called 'units'\. Known: unit, "):
        registry.type_named("units")
    with pytest.raises(UnknownRecordType, match="of class Record"):
        registry.type_of(Record)


def test_a_calendar_is_found_by_the_beginning_of_the_jurisdiction(registry: Registry) -> None:
    assert registry.calendar_for("CN-440113") is registry.calendar_for("CN")
    assert registry.calendar_for("CN").name == "china"


def test_a_jurisdiction_without_a_calendar_is_refused_with_those_known(registry: Registry) -> None:
    with pytest.raises(InputError, match=r"jurisdiction 'HK'\. Known: CN, and codes"):
        registry.calendar_for("HK")


def test_overlays_that_do_not_fit_are_told_as_they_are(registry: Registry) -> None:
    late = Overlay(name="late", changes=(Change(days=(dt.date(2999, 1, 1),), working=False, notice="invented"),))

    with pytest.raises(InputError, match="Overlays late do not fit calendar china"):
        registry.calendar_for("CN", [late])


@pytest.mark.parametrize("url", ["mysql://user:secret@host/db", "postgresql+asyncpg://host"])
def test_a_url_that_no_store_is_for_is_refused_without_its_password(registry: Registry, url: str) -> None:
    with pytest.raises(InputError, match=r"begin with '(mysql|postgresql\+asyncpg)'\. Known: .*sqlite://") as caught:
        registry.open_store(url)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["sqlite:data", "sqlite:/data", "records.sqlite", "postgresql:user:secret@host", ""])
def test_a_url_without_its_slashes_is_told_so(registry: Registry, url: str) -> None:
    with pytest.raises(InputError, match=r"has no '://'.* one of these: .*sqlite://") as caught:
        registry.open_store(url)

    assert "secret" not in str(caught.value)


ASK_FOR_WHAT_IS_MISSING: dict[str, Callable[[Registry], object]] = {
    "store": lambda registry: registry.open_store("street://place"),
    "publisher": lambda registry: registry.publisher("street", None),  # type: ignore[arg-type] # nobody looks at it
    "channel": lambda registry: registry.channel("street", None),  # type: ignore[arg-type]
    "exporter": lambda registry: registry.exporter("street", None),  # type: ignore[arg-type]
    "listener": lambda registry: registry.listener("street", None),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("ask", ASK_FOR_WHAT_IS_MISSING.values(), ids=ASK_FOR_WHAT_IS_MISSING)
def test_what_may_be_missing_for_want_of_a_plugin_is_told_with_that_plugin(
    plugin: Plugin, load: Load, ask: Callable[[Registry], object]
) -> None:
    town, broken = plugin("town", rules=[]), plugin("ward", rules=["no rule"])

    for registry, told in (
        (load(town), r"Known: .+\. A plugin can bring others\.$"),
        (load(town, plugin("street"), disabled=["street"]), r"a plugin's that is disabled: street\.$"),
        (load(town, broken, strict=False), r"a plugin's that failed to load: ward\.$"),
        (
            load(plugin("street"), broken, plugin("city"), disabled=["street", "city"], strict=False),
            r"a plugin's that is disabled \(street, city\) or failed to load \(ward\)\.$",
        ),
    ):
        with pytest.raises(InputError, match=told):
            ask(registry)


def failing(*arguments: Any, **options: Any) -> NoReturn:
    raise ConnectionError("no route to host")


def nothing(*arguments: Any, **options: Any) -> None:
    return None


def refusing(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store:
    raise StoreError("The store is closed for stocktaking.")


def test_a_factory_that_fails_is_its_plugins_fault(plugin: Plugin, load: Load) -> None:
    registry = load(plugin("street", stores={"memory": failing, "void": nothing}, calendars={"XX": failing}))

    with pytest.raises(PluginError, match="store of plugin street failed to open: ConnectionError: no route to host"):
        registry.open_store("memory://")
    with pytest.raises(PluginError, match="store of plugin street failed to open: None"):
        registry.open_store("void://")
    with pytest.raises(PluginError, match="calendar of plugin street failed: ConnectionError: no route to host"):
        registry.calendar_for("XX-1")


def test_an_error_that_a_store_raises_on_purpose_is_told_as_it_is(plugin: Plugin, load: Load) -> None:
    with pytest.raises(StoreError, match="stocktaking"):
        load(plugin("street", stores={"memory": refusing})).open_store("memory://")


def test_a_workspaces_own_instruments_join_the_library_of_a_new_registry(registry: Registry, tmp_path: Path) -> None:
    extended = registry.with_instruments([write(tmp_path, "house.toml")])

    assert extended.library.exists(Citation.parse("street-2024:1/o1"))
    assert not registry.library.exists(Citation.parse("street-2024:1/o1"))
    assert extended.rules is registry.rules


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"by": "ogi-2019:999"}, "house.toml: 1/o1.overtaken[0].by: ogi-2019:999 is not there"),
        ({"id": "ogi-2019", "by": "ogi-2019:1"}, "house.toml: Two instruments are called 'ogi-2019'."),
    ],
)
def test_an_instrument_that_does_not_fit_is_refused_by_its_file(
    registry: Registry, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    with pytest.raises(PolicyDataError) as caught:
        registry.with_instruments([write(tmp_path, "house.toml", **changes)])

    assert said in str(caught.value)


def test_every_file_that_does_not_load_is_named(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "torn.toml").write_text("id = ", encoding="utf-8")

    with pytest.raises(PolicyDataError) as caught:
        registry.with_instruments([tmp_path / "torn.toml", tmp_path / "missing.toml", write(tmp_path, "good.toml")])

    assert {problem.where for problem in caught.value.problems} == {"torn.toml", "missing.toml"}


def test_loading_brings_neither_the_database_nor_the_holidays() -> None:
    program = (
        "import sys; from govopen.plugins.registry import Registry; Registry.load(entry_points=False); "
        "print({'sqlalchemy', 'chinese_calendar', 'click', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8")

    assert done.stdout.strip() == "set()"
