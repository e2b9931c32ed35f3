"""Every hook does what its specification says, and every hook is documented and tested."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.calendars.overlay import Change, Overlay
from govopen.calendars.port import Calendar
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.errors import CollectionFailed, InputError, PluginError
from govopen.intake.maildir import MaildirChannel
from govopen.intake.port import Channel, ChannelSettings
from govopen.model.base import Record, RecordType, Term
from govopen.model.catalog import Category, SubCategory
from govopen.model.requests import ChannelKind
from govopen.plugins import builtin, hookspecs
from govopen.plugins.hookdocs import HookDoc, describe_hooks
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Instrument, InstrumentKind
from govopen.policy.matter import Matter, Provision
from govopen.publishing.exporter import Exporter, ExportSettings
from govopen.publishing.folder import FolderPublisher
from govopen.publishing.jsonl import JsonLinesExporter
from govopen.publishing.port import Publisher, PublisherSettings
from govopen.rules import samples
from govopen.rules.base import Rule
from govopen.storage.change_log import ChangeLog
from govopen.storage.listening import Listener, ListenerSettings
from govopen.storage.port import Clock, Store, utc_now
from govopen.testing.memory import MemoryStore
from govopen.texts import Text

Plugin = Callable[..., ModuleType]
Load = Callable[..., Registry]


@attrs.frozen(kw_only=True)
class Stall(Record):
    unit: Annotated[str, Term("单位", "unit")]
    opened_on: Annotated[dt.date | None, Term("开业日期", "opened on")] = None


STALL = RecordType(name="stall", cls=Stall, title=Text("摊位", "stall"), act="opened_on")
HOUSE_RULES = Instrument(
    id="street-2024",
    kind=InstrumentKind.NORMATIVE_DOCUMENT,
    title=Text("示例街道内部规定", "house rules of a street"),
    issuer=Text("示例街道", "example street"),
    document_number="示街〔2024〕1号",
    issued_on=dt.date(2024, 1, 2),
    in_force_from=dt.date(2024, 1, 2),
    jurisdiction="CN-440113",
    verified=True,
    source="invented",
    clauses=(Clause(id="1", heading=Text("张贴", "hanging"), gist=Text("张贴七日", "hang for seven days")),),
)
HANGING_TIME = Matter(
    id="street/hanging-time",
    title=Text("张贴期限", "time on the board"),
    act="published_on",
    parameters={"days": Text("日", "days")},
    provisions=(
        Provision(since=dt.date(2024, 1, 2), basis=(Citation("street-2024", "1"),), values={"days": 7}, verified=True),
    ),
)


def test_govopen_instruments_adds_instruments_and_matters_that_cite_each_other(plugin: Plugin, load: Load) -> None:
    registry = load(plugin("street", instruments=[HOUSE_RULES, HANGING_TIME]))

    assert registry.library.instrument("street-2024") is HOUSE_RULES
    assert registry.library.matter("street/hanging-time").on(dt.date(2025, 1, 1)).integer("days") == 7
    assert registry.library.exists(Citation.parse("panyu-2011:1.3/o2"))


def test_govopen_record_types_adds_a_type_that_a_store_keeps(plugin: Plugin, load: Load) -> None:
    registry = load(plugin("street", record_types=[STALL]))

    assert registry.type_named("stall") is registry.type_of(Stall) is STALL
    with registry.open_store("sqlite://") as store, store.transaction() as transaction:
        transaction.put(Stall(id="s-1", unit="street"))
        stored = transaction.get(Stall, "s-1")
    assert stored is not None
    assert stored.record == Stall(id="s-1", unit="street")


def test_govopen_rules_adds_rules_by_code(plugin: Plugin, load: Load, rule: Callable[..., Rule]) -> None:
    registry = load(plugin("street", rules=[rule("STREET002"), rule("STREET001")]))

    codes = [each.code for each in registry.rules]
    assert [code for code in codes if code.startswith("STREET")] == ["STREET001", "STREET002"]
    assert codes == sorted(codes)
    assert "SEC002" in codes


def test_govopen_rules_may_be_a_generator(load: Load, rule: Callable[..., Rule]) -> None:
    class Street:
        @hookspecs.hookimpl
        def govopen_rules(self) -> Iterator[Rule]:
            yield rule("STREET001")

    assert any(each.code == "STREET001" for each in load(Street()).rules)


def test_govopen_categories_adds_sub_categories(plugin: Plugin, load: Load) -> None:
    parking = SubCategory(id="street/parking", category=Category.OTHER, title=Text("停车", "parking"))
    markets = SubCategory(id="street/markets", category=Category.OTHER, title=Text("市场", "markets"))

    assert load(plugin("street", categories=[parking, markets])).categories == (markets, parking)


def test_govopen_stores_opens_the_store_of_the_scheme_with_all_types_and_the_clock(plugin: Plugin, load: Load) -> None:
    seen: dict[str, object] = {}

    def memory(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store:
        seen.update(url=url, types=tuple(types), clock=clock)
        return MemoryStore(types)

    registry = load(plugin("street", record_types=[STALL], stores={"memory": memory}))
    noon = dt.datetime(2024, 1, 2, 12, tzinfo=dt.UTC)

    def clock() -> dt.datetime:
        return noon

    with registry.open_store("memory://here", clock=clock) as store:
        assert isinstance(store, MemoryStore)
    assert seen == {"url": "memory://here", "types": registry.types, "clock": clock}
    assert STALL in registry.types


def test_govopen_calendars_gives_the_longest_code_its_calendar_under_the_overlays(plugin: Plugin, load: Load) -> None:
    holiday = Overlay(name="city", changes=(Change(days=(dt.date(2024, 1, 3),), working=False, notice="invented"),))
    fair = Overlay(name="fair", changes=(Change(days=(dt.date(2024, 1, 4),), working=False, notice="invented"),))

    def city(overlays: Iterable[Overlay]) -> Calendar:
        return china_calendar([holiday, *overlays])

    registry = load(plugin("city", calendars={"CN-4401": city}))

    calendar = registry.calendar_for("CN-440113", [fair])
    assert [calendar.is_working_day(dt.date(2024, 1, day)) for day in (2, 3, 4)] == [True, False, False]
    elsewhere = registry.calendar_for("CN-44")
    assert elsewhere.is_working_day(dt.date(2024, 1, 3))


def settings(place: Path, **options: object) -> PublisherSettings:
    return PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=place, options=options)


def test_govopen_publishers_makes_the_publisher_of_the_kind_for_its_site(
    plugin: Plugin, load: Load, tmp_path: Path
) -> None:
    seen = []

    def board(made_for: PublisherSettings) -> Publisher:
        seen.append(made_for)
        return FolderPublisher(made_for.folder / "board")

    registry = load(plugin("street", publishers={"board": board}))

    registry.publisher("board", settings(tmp_path, shade="green")).close()
    assert seen == [settings(tmp_path, shade="green")]
    registry.publisher("folder", settings(tmp_path, folder="public")).close()
    assert (tmp_path / "public").is_dir()


def test_an_unknown_kind_of_publisher_is_refused_with_those_known(load: Load, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"kind 'ftp'\. Known: folder\."):
        load().publisher("ftp", settings(tmp_path))


def test_a_publisher_that_fails_to_open_names_its_plugin(plugin: Plugin, load: Load, tmp_path: Path) -> None:
    def failing(made_for: PublisherSettings) -> Publisher:
        raise ConnectionError("no route to host")

    registry = load(plugin("street", publishers={"board": failing}))
    with pytest.raises(PluginError, match="publisher of plugin street failed to open: ConnectionError"):
        registry.publisher("board", settings(tmp_path))


def test_govopen_exporters_makes_the_exporter_of_the_format_for_its_catalogue(plugin: Plugin, load: Load) -> None:
    seen = []

    def leaflet(made_for: ExportSettings) -> Exporter:
        seen.append(made_for)
        return JsonLinesExporter()

    registry = load(plugin("street", exporters={"leaflet": leaflet}))
    catalogue = ExportSettings(unit=samples.UNIT, title="示例目录", on=dt.date(2024, 1, 2), options={"shade": "green"})

    assert registry.exporters == ("jsonl", "leaflet")
    assert registry.exporter("leaflet", catalogue).suffix == "jsonl"
    assert seen == [catalogue]


def test_govopen_exporters_that_fail_or_are_not_there_are_told_by_name(plugin: Plugin, load: Load) -> None:
    def failing(made_for: ExportSettings) -> Exporter:
        raise LookupError("no such font")

    registry = load(plugin("street", exporters={"leaflet": failing}))
    catalogue = ExportSettings(unit=samples.UNIT, title="示例目录", on=dt.date(2024, 1, 2))

    with pytest.raises(PluginError, match="exporter of plugin street failed to open: LookupError"):
        registry.exporter("leaflet", catalogue)
    with pytest.raises(InputError, match=r"format 'pdf'\. Known: jsonl, leaflet\."):
        registry.exporter("pdf", catalogue)


def test_govopen_channels_makes_the_channel_of_the_kind_for_what_is_recorded(
    plugin: Plugin, load: Load, tmp_path: Path
) -> None:
    seen = []

    def window(made_for: ChannelSettings) -> Channel:
        seen.append(made_for)
        return MaildirChannel(made_for.folder)

    registry = load(plugin("street", channels={"window": window}))
    recorded = samples.request_channel(ChannelKind.IN_PERSON)
    asked = ChannelSettings(channel=recorded, unit=samples.UNIT, folder=tmp_path, options={"shade": "green"})

    assert registry.channels == ("maildir", "window")
    with pytest.raises(CollectionFailed, match="no Maildir"):
        registry.channel("window", asked)
    assert seen == [asked]
    for part in ("new", "cur"):
        (tmp_path / part).mkdir()
    assert list(registry.channel("maildir", attrs.evolve(asked, options={"folder": "."})).collect()) == []


def test_govopen_channels_that_fail_or_are_not_there_are_told_by_name(
    plugin: Plugin, load: Load, tmp_path: Path
) -> None:
    def failing(made_for: ChannelSettings) -> Channel:
        raise ConnectionError("no route to host")

    registry = load(plugin("street", channels={"window": failing}))
    asked = ChannelSettings(channel=samples.request_channel(ChannelKind.IN_PERSON), unit=samples.UNIT, folder=tmp_path)

    with pytest.raises(PluginError, match="channel of plugin street failed to open: ConnectionError"):
        registry.channel("window", asked)
    with pytest.raises(InputError, match=r"kind 'fax'\. Known: maildir, window\."):
        registry.channel("fax", asked)


def test_govopen_listeners_makes_the_listener_of_the_kind_for_its_section(
    plugin: Plugin, load: Load, tmp_path: Path
) -> None:
    seen = []

    def bell(made_for: ListenerSettings) -> Listener:
        seen.append(made_for)
        return ChangeLog(made_for.folder / "rung")

    registry = load(plugin("street", listeners={"bell": bell}))
    asked = ListenerSettings(name="door", folder=tmp_path, options={"tone": "high"})

    assert registry.listeners == ("bell", "log")
    registry.listener("bell", asked).close()
    assert seen == [asked]
    registry.listener("log", attrs.evolve(asked, options={"file": "changes.jsonl"})).close()


def test_govopen_listeners_that_fail_or_are_not_there_are_told_by_name(
    plugin: Plugin, load: Load, tmp_path: Path
) -> None:
    def failing(made_for: ListenerSettings) -> Listener:
        raise ConnectionError("no route to host")

    registry = load(plugin("street", listeners={"bell": failing}))
    asked = ListenerSettings(name="door", folder=tmp_path)

    with pytest.raises(PluginError, match="listener of plugin street failed to open: ConnectionError"):
        registry.listener("bell", asked)
    with pytest.raises(InputError, match=r"kind 'gong'\. Known: bell, log\."):
        registry.listener("gong", asked)


class Shouting:
    name = "shouting"
    title = Text("叹号", "exclamation marks")

    def screen(self, passage: Passage) -> Iterable[Hit]:
        return [Hit(code="shouting", ruling=Ruling.HOLD, place=passage.place)] if "!" in (passage.text or "") else []


def test_govopen_screeners_adds_screeners_by_name(plugin: Plugin, load: Load) -> None:
    shouting = Shouting()

    own = load().screeners
    screeners = load(plugin("street", screeners=[shouting])).screeners
    assert shouting in screeners
    assert set(own) < set(screeners)
    names = [screener.name for screener in screeners]
    assert names == sorted(names)


@pytest.mark.parametrize("entry", ["shouting", Shouting, object()], ids=["text", "class", "object"])
def test_what_cannot_screen_is_no_screener(plugin: Plugin, refusal: Callable[..., PluginError], entry: object) -> None:
    assert "it has to give Screener" in str(refusal(plugin("street", screeners=[entry])))


@pytest.mark.parametrize("hook", describe_hooks(), ids=lambda hook: hook.name)
def test_a_hook_is_called_once_a_registry(hook: HookDoc, load: Load) -> None:
    calls = []

    def implementation() -> object:
        calls.append(hook.name)
        return {} if "Mapping" in hook.signature else ()

    module = ModuleType("counting")
    setattr(module, hook.name, hookspecs.hookimpl(implementation))

    load(module)
    assert calls == [hook.name]
    load(module)
    assert calls == [hook.name, hook.name]


def test_every_hook_has_a_test_that_bears_its_name() -> None:
    tests = {
        node.name
        for node in ast.parse(Path(__file__).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }

    untested = [
        hook.name for hook in describe_hooks() if not any(name.startswith(f"test_{hook.name}_") for name in tests)
    ]
    assert untested == []


def test_every_hook_says_what_it_returns_how_results_combine_and_what_is_an_error() -> None:
    hooks = describe_hooks()

    assert [hook.name for hook in hooks] == [name for name in vars(hookspecs) if name.startswith("govopen_")]
    for hook in hooks:
        for part in ("Returns:", "Combine:", "Errors:"):
            assert part in hook.doc, (hook.name, part)


def test_a_hook_is_shown_with_the_signature_that_its_source_has() -> None:
    source = inspect.getsource(hookspecs)

    for hook in describe_hooks():
        assert f"def {hook.signature}:" in source
    assert "govopen_rules() -> Iterable[Rule]" in {hook.signature for hook in describe_hooks()}


def test_what_is_built_in_implements_its_hooks_by_the_signatures_asked_of_plugins() -> None:
    source = inspect.getsource(builtin)
    own = [hook for hook in describe_hooks() if hook.name in builtin.__all__]

    assert [hook.name for hook in own if f"@hookimpl\ndef {hook.signature}:" not in source] == []
    # Sub-categories are a unit's own by their nature; all else has built-in members.
    assert {hook.name for hook in describe_hooks()} - {hook.name for hook in own} == {"govopen_categories"}


@pytest.mark.parametrize(
    ("hook", "result", "said"),
    [
        ("rules", None, "gives a NoneType; it has to give Iterable[Rule]"),
        ("rules", ["SEC001"], "gives a str; it has to give Rule"),
        ("instruments", [STALL], "gives a RecordType; it has to give Instrument | Matter"),
        ("stores", ["sqlite"], "gives a list; it has to give Mapping[str, Callable]"),
        ("stores", {"memory": "not callable"}, "gives a str; it has to give Callable"),
        ("calendars", {1: china_calendar}, "gives a int; it has to give str"),
    ],
)
def test_a_result_of_another_type_is_refused(
    plugin: Plugin, refusal: Callable[..., PluginError], hook: str, result: object, said: str
) -> None:
    error = refusal(plugin("street", **{hook: result}))

    assert f"govopen_{hook} of plugin street {said}" in str(error)
