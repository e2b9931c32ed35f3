"""Two things under one name, and parts that do not fit, are errors that name who is concerned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Annotated, Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.errors import PluginError
from govopen.model.base import Record, RecordType, Term
from govopen.model.catalog import Category, SubCategory
from govopen.model.website import Publication
from govopen.plugins.info import PluginStatus
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Instrument, InstrumentKind
from govopen.policy.loading import builtin_instruments, builtin_matters
from govopen.policy.matter import Matter, Provision
from govopen.rules.base import Rule
from govopen.storage.port import Clock, Store, utc_now
from govopen.testing.memory import MemoryStore
from govopen.texts import Text

Plugin = Callable[..., ModuleType]
Refusal = Callable[..., PluginError]
MakeRule = Callable[..., Rule]


@attrs.frozen(kw_only=True)
class Stall(Record):
    unit: Annotated[str, Term("单位", "unit")]
    keeper: Annotated[str, Term("经营者", "keeper", personal=True)] = ""


@attrs.frozen(kw_only=True)
class Termless(Record):
    unit: Annotated[str, Term("单位", "unit")]
    area: str = ""


def memory(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store:
    return MemoryStore(types, clock=clock)


class Undecorated(Record):
    pass


class Shouting:
    name = "shouting"
    title = Text("叹号", "exclamation marks")

    def screen(self, passage: object) -> tuple[()]:
        return ()


def stall(name: str = "stall", cls: Any = Stall, **changes: Any) -> RecordType:
    return RecordType(name=name, cls=cls, title=Text("摊位", "stall"), **changes)


def parking(id_: str = "street/parking") -> SubCategory:
    return SubCategory(id=id_, category=Category.OTHER, title=Text("停车", "parking"))


def house_rules(id_: str = "street-2024") -> Instrument:
    return Instrument(
        id=id_,
        kind=InstrumentKind.NORMATIVE_DOCUMENT,
        title=Text("示例规定", "house rules"),
        issuer=Text("示例街道", "example street"),
        document_number="示街〔2024〕1号",
        issued_on=dt.date(2024, 1, 2),
        in_force_from=dt.date(2024, 1, 2),
        verified=True,
        source="invented",
        clauses=(Clause(id="1", heading=Text("张贴", "hanging"), gist=Text("张贴七日", "hang for seven days")),),
    )


def hanging_time(*basis: str, id_: str = "street/hanging-time") -> Matter:
    return Matter(
        id=id_,
        title=Text("张贴期限", "time on the board"),
        act="published_on",
        parameters={},
        provisions=(
            Provision(since=dt.date(2024, 1, 2), basis=tuple(map(Citation.parse, basis)), values={}, verified=True),
        ),
    )


@pytest.mark.parametrize(
    ("hook", "results", "said"),
    [
        ("record_types", ([stall()], [stall(cls=Termless)]), "Two record types are called stall:"),
        ("record_types", ([stall()], [stall("booth")]), "Two record types are of class Stall:"),
        ("categories", ([parking()], [parking()]), "Two sub-categories are called street/parking:"),
        ("stores", ({"memory": memory}, {"memory": memory}), "Two stores are for the URL scheme memory:"),
        (
            "calendars",
            ({"CN-44": china_calendar}, {"CN-44": china_calendar}),
            "Two calendars are for jurisdiction CN-44:",
        ),
        ("publishers", ({"board": print}, {"board": print}), "Two publishers are called board:"),
        ("screeners", ([Shouting()], [Shouting()]), "Two screeners are called shouting:"),
        ("instruments", ([house_rules()], [house_rules()]), "Two instruments are called street-2024:"),
        (
            "instruments",
            ([hanging_time("ogi-2019:23")], [hanging_time("ogi-2019:25")]),
            "Two matters are called street/hanging-time:",
        ),
    ],
)
def test_two_things_under_one_name_are_refused_with_both_plugins(
    plugin: Plugin, refusal: Refusal, hook: str, results: tuple[object, object], said: str
) -> None:
    north, south = results
    error = refusal(plugin("north", **{hook: north}), plugin("south", **{hook: south}))

    assert str(error) == f"{said} one of plugin north, one of plugin south."


@pytest.mark.parametrize(
    ("hook", "taken", "said"),
    [
        ("record_types", [stall("unit")], "Two record types are called unit:"),
        ("record_types", [stall(cls=Publication)], "Two record types are of class Publication:"),
        ("stores", {"sqlite": memory}, "Two stores are for the URL scheme sqlite:"),
        ("publishers", {"folder": print}, "Two publishers are called folder:"),
        ("calendars", {"CN": china_calendar}, "Two calendars are for jurisdiction CN:"),
        ("instruments", [builtin_instruments()[0]], "Two instruments are called approvals-2015:"),
        ("instruments", [builtin_matters()[0]], "Two matters are called "),
    ],
)
def test_what_is_built_in_is_never_replaced(
    plugin: Plugin, refusal: Refusal, hook: str, taken: object, said: str
) -> None:
    error = refusal(plugin("street", **{hook: taken}))

    assert str(error).startswith(said)
    assert "one of plugin govopen " in str(error)
    assert str(error).endswith("one of plugin street.")


def test_a_plugin_cannot_bring_one_thing_twice(plugin: Plugin, refusal: Refusal, rule: MakeRule) -> None:
    error = refusal(plugin("street", rules=[rule("STREET001"), rule("STREET001")]))

    assert str(error) == "Two rules have the code STREET001: one of plugin street, one of plugin street."


def test_two_plugins_cannot_share_a_prefix(plugin: Plugin, refusal: Refusal, rule: MakeRule) -> None:
    error = refusal(plugin("north", rules=[rule("STREET001")]), plugin("south", rules=[rule("STREET002")]))

    assert str(error) == "Codes that begin with STREET belong to plugin north; plugin south needs letters of its own."


@pytest.mark.parametrize("code", ["SEC999", "CAT999", "GOV999"])
def test_the_prefixes_of_built_in_rules_and_notices_are_reserved(
    plugin: Plugin, refusal: Refusal, rule: MakeRule, code: str
) -> None:
    assert f"Codes that begin with {code[:3]} belong to plugin govopen " in str(
        refusal(plugin("street", rules=[rule(code)]))
    )


@pytest.mark.parametrize(
    ("record_type", "said"),
    [
        (stall(cls=Undecorated), "Record type stall of plugin street needs an attrs class below Record."),
        (stall(cls=dict), "Record type stall of plugin street needs an attrs class below Record."),
        (stall(indexes=("area",)), "names the field area, which Stall does not have."),
        (stall(act="opened_on"), "names the field opened_on, which Stall does not have."),
        (stall(unit="owner.id"), "names the field owner, which Stall does not have."),
        (stall(indexes=("keeper",)), "indexes keeper, which holds personal data."),
        (stall(cls=Termless), "cannot be read: Termless.area has no Term."),
    ],
)
def test_a_record_type_that_no_store_could_keep_is_refused(
    plugin: Plugin, refusal: Refusal, record_type: RecordType, said: str
) -> None:
    assert said in str(refusal(plugin("street", record_types=[record_type])))


def test_law_that_cites_what_is_not_there_is_laid_to_its_plugin(plugin: Plugin, refusal: Refusal) -> None:
    sound = plugin("north", instruments=[house_rules()])
    dangling = plugin("south", instruments=[hanging_time("street-2024:1", "street-2024:2", "city-2024:1")])

    error = refusal(sound, dangling)

    assert "The instruments and matters of plugin south do not fit:" in str(error)
    assert "street/hanging-time: provisions[0].basis[1]: street-2024:2 is not there" in str(error)
    assert "street/hanging-time: provisions[0].basis[2]: city-2024:1 is not there" in str(error)


def test_what_cites_a_plugin_that_is_left_out_is_left_out_too(
    plugin: Plugin, load: Callable[..., Registry], rule: MakeRule
) -> None:
    registry = load(
        plugin("north", instruments=[house_rules()], rules=[rule("SEC002")]),
        plugin("south", instruments=[hanging_time("street-2024:1")]),
        plugin("west", rules=[rule("WEST001")]),
        strict=False,
    )

    assert [info.status.value for info in registry.plugins] == ["loaded", "failed", "failed", "loaded"]
    assert "SEC002" in str(registry.plugins[1].failure)
    assert "street-2024" in str(registry.plugins[2].failure)
    assert "street-2024" not in registry.library.instruments
    assert "street/hanging-time" not in registry.library.matters
    assert registry.plugins[3].status is PluginStatus.LOADED
