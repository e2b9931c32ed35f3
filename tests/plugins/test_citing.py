"""A rule that cites law that is not there, or reads records that nobody keeps, does not load."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Annotated, Any

import attrs
import pytest

from govopen.errors import PluginError
from govopen.model.base import Record, RecordType, Term
from govopen.model.catalog import InformationItem
from govopen.model.website import Publication
from govopen.plugins.registry import Registry
from govopen.rules.base import Parameter, Reads, Rule, fold_rule
from govopen.rules.classification import reviewed_before_disclosure as sound
from govopen.texts import Text


@attrs.frozen(kw_only=True)
class Stall(Record):
    unit: Annotated[str, Term("单位", "unit")]
    item: Annotated[str, Term("信息", "item")] = ""


STALL = RecordType(name="stall", cls=Stall, title=Text("摊位", "stall"), indexes=("item",))


def parameter(basis: str) -> Parameter:
    return Parameter(name="days", title=Text("日数", "days"), default=7, basis=basis)


def fold(**changes: Any) -> Rule:
    about = {
        "subject": InformationItem,
        "over": Publication,
        "key": lambda record: record.item,
        "map": lambda dossier, ctx: 1,
        "merge": lambda one, other: one + other,
        "code": "STREET001",
        "name": "counted",
        "title": sound.title,
        "severity": sound.severity,
        "rationale": sound.rationale,
        "remedy": sound.remedy,
        "messages": {},
        "valid": sound.valid,
        "invalid": sound.invalid,
    }
    return fold_rule(**(about | changes))(lambda dossier, count, ctx: None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answers": ("panyu-2011:1.3/o99",)}, "answers panyu-2011:1.3/o99, and no instrument has that obligation."),
        ({"answers": ("panyu-2011:1.3",)}, "answers panyu-2011:1.3, and no instrument has that obligation."),
        ({"answers": ("street-2024:1/o1",)}, "answers street-2024:1/o1, and no instrument has that obligation."),
        ({"basis": ("ogi-2019:999",)}, "cites ogi-2019:999, and no instrument has that place."),
        ({"parameters": (parameter("ogi-2019:999"),)}, "cites ogi-2019:999, and no instrument has that place."),
        ({"parameters": (parameter("article 26"),)}, "cites article 26, and no instrument has that place."),
        ({"matters": ("ogi/reply-tiem",)}, "resolves the matter ogi/reply-tiem, which is not there."),
        ({"subject": Stall}, "reads records of Stall, and no record type is of that class."),
        ({"reads": (Reads(Stall, by="item"),)}, "reads records of Stall, and no record type is of that class."),
        ({"reads": (Reads(Publication, by="carrier"),)}, "reads publication records by carrier, which is no index"),
        (
            {"reads": (Reads(Publication, by="column"),)},
            "reads them by item. Read them by item.",
        ),
        ({"reads": (Reads(Publication, by="item", equals="issuer"),)}, "by item = issuer; rule"),
        (
            {"reads": (Reads(Publication, by="item", equals="stall"),)},
            "reads Publication records by stall, which InformationItem does not have.",
        ),
    ],
)
def test_a_rule_that_could_not_run_is_refused_by_its_code(
    plugin: Callable[..., ModuleType],
    refusal: Callable[..., PluginError],
    rule: Callable[..., Rule],
    changes: dict[str, Any],
    said: str,
) -> None:
    error = refusal(plugin("street", rules=[rule("STREET001", **changes)]))

    assert "Rule STREET001 of plugin street" in str(error)
    assert said in str(error)


def test_a_fold_rule_is_held_to_what_it_folds_too(
    plugin: Callable[..., ModuleType], refusal: Callable[..., PluginError], load: Callable[..., Registry]
) -> None:
    load(plugin("street", rules=[fold()]))

    assert "reads records of Stall" in str(refusal(plugin("street", rules=[fold(over=Stall)])))
    unindexed = fold(over_reads=(Reads(InformationItem, by="title"),))
    assert "by title, which is no index" in str(refusal(plugin("street", rules=[unindexed])))


def test_a_rule_may_read_what_another_plugin_keeps(
    plugin: Callable[..., ModuleType], load: Callable[..., Registry], rule: Callable[..., Rule]
) -> None:
    reader = plugin("north", rules=[rule("STREET001", reads=(*sound.reads, Reads(Stall, by="item")))])

    registry = load(reader, plugin("south", record_types=[STALL]))

    assert "STREET001" in {each.code for each in registry.rules}


def test_a_rule_may_read_all_records_of_the_unit_without_an_index(
    plugin: Callable[..., ModuleType], load: Callable[..., Registry], rule: Callable[..., Rule]
) -> None:
    reads = (*sound.reads, Reads(Stall, by="unit"))

    assert load(plugin("street", rules=[rule("STREET001", reads=reads)], record_types=[STALL])).plugins[-1].rules == 1


def test_every_built_in_rule_cites_law_that_is_there(load: Callable[..., Registry]) -> None:
    registry = load()

    assert len(registry.rules) > 50
    assert all(
        registry.library.exists(citation) for rule in registry.rules for citation in (*rule.answers, *rule.basis)
    )
