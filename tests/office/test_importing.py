"""Files into the store: all or nothing, no identifier twice, and nothing that points nowhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.errors import ImportRefused, InputError
from govopen.model.assurance import Ability
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.units import Unit
from govopen.model.website import Carrier, Publication, SiteKind
from govopen.office import importing
from govopen.rules import samples

UNIT = samples.UNIT
OTHER = attrs.evolve(UNIT, id="other")
ITEM = samples.proactive_item()
OWN = samples.publication(ITEM.id, Carrier.OWN_SITE)


@pytest.fixture
def refused(opened: Any, lines: Any) -> Any:
    """The path and facts of each problem of an import, of which nothing was stored."""

    def run(*records: Record, **how: Any) -> Any:
        before = {cls: opened.store.count(cls) for cls in (Unit, InformationItem, Publication)}
        with pytest.raises(ImportRefused) as error:
            opened.import_files([lines(*records)], **how)
        assert before == {cls: opened.store.count(cls) for cls in before}
        return [(problem.path, str(problem)) for problem in error.value.problems]

    return run


def test_what_was_stored_is_counted_by_type(opened: Any, lines: Any) -> None:
    path = lines(UNIT, ITEM, OWN)
    summary = opened.import_files([path])
    assert summary.counts == {"unit": 1, "information-item": 1, "publication": 1}
    assert summary.files == (path,)
    assert opened.store.get(Publication, OWN.id).record == OWN


def test_records_may_name_each_other_across_files_and_in_any_order(opened: Any, lines: Any) -> None:
    opened.import_files([lines(OWN, name="a"), lines(ITEM, name="b"), lines(UNIT, name="c")])
    assert opened.store.count(Publication) == 1


def test_or_what_the_store_holds(opened: Any, lines: Any) -> None:
    for record in (UNIT, ITEM, OWN):
        opened.import_files([lines(record)])
    assert opened.store.count(Publication) == 1


def test_a_record_of_an_unknown_unit_is_refused(refused: Any) -> None:
    ((path, text),) = refused(ITEM)
    assert path == "unit"
    assert "There is no unit bureau" in text
    assert "records.jsonl:1" in text


def test_a_table_of_no_unit_is_told_that_the_field_is_blank(opened: Any, tmp_path: Any) -> None:
    table = tmp_path / "table.toml"
    table.write_text('title = "裁量基准"\nitem = ""\n', encoding="utf-8")

    with pytest.raises(ImportRefused) as caught:
        opened.import_files([table])
    said = "\n".join(map(str, caught.value.problems))
    assert "unit: The field is blank. Accepted: the identifier of a unit." in said
    assert "There is no unit ," not in said


def test_a_reference_that_leads_nowhere_is_refused_and_says_what_it_may_lead_to(refused: Any) -> None:
    ((path, text),) = refused(UNIT, OWN)
    assert path == "item"
    assert f"There is no information-item / classified-item {ITEM.id}" in text


def test_every_dangling_reference_is_named(refused: Any) -> None:
    unit = attrs.evolve(UNIT, parent="nobody", successor="none")
    found = refused(unit, ITEM, attrs.evolve(OWN, site="gone", column="gone"))
    assert [path for path, _ in found] == ["parent", "successor", "site", "column"]


def test_a_parent_may_come_with_it_and_be_itself_without_one(opened: Any, lines: Any) -> None:
    opened.import_files([lines(attrs.evolve(UNIT, parent="other"), OTHER)])
    assert opened.store.count(Unit) == 2


def test_a_publication_by_one_unit_of_an_item_of_another_is_refused(refused: Any, opened: Any, lines: Any) -> None:
    """A check goes unit by unit: neither would see a classified item published by somebody else."""
    stranger = attrs.evolve(OWN, item="c-1", unit="other")
    ((path, text),) = refused(UNIT, OTHER, samples.classified_item(), stranger)
    assert path == "item"
    assert "c-1 belongs to unit bureau, and this record to unit other" in text
    opened.import_files([lines(UNIT, OTHER, samples.classified_item())])
    assert [path for path, _ in refused(stranger)] == ["item"]


def test_a_column_may_stand_on_the_site_of_another_unit(opened: Any, lines: Any) -> None:
    portal = attrs.evolve(samples.site(), id="site-portal", unit="other")
    opened.import_files([lines(UNIT, OTHER, portal, samples.column())])


def test_an_identifier_that_is_stored_is_refused_unless_it_is_to_be_replaced(
    refused: Any, opened: Any, lines: Any
) -> None:
    opened.import_files([lines(UNIT, ITEM)])
    changed = attrs.evolve(ITEM, title="新")
    ((path, text),) = refused(changed)
    assert path == "id"
    assert "--replace" in text
    opened.import_files([lines(changed)], replace=True)
    assert opened.store.get(InformationItem, ITEM.id).record == changed


def test_replacing_does_not_excuse_what_leads_nowhere(refused: Any) -> None:
    assert [path for path, _ in refused(ITEM, replace=True)] == ["unit"]


@pytest.mark.parametrize("replace", [False, True])
def test_the_same_identifier_twice_in_the_files_is_refused(opened: Any, lines: Any, replace: bool) -> None:
    with pytest.raises(ImportRefused, match="stands already in"):
        opened.import_files([lines(UNIT, name="a"), lines(UNIT, name="b")], replace=replace)
    assert opened.store.count(Unit) == 0


def test_one_bad_file_keeps_the_good_ones_out(opened: Any, lines: Any, tmp_path: Any) -> None:
    bad = tmp_path / "units.jsonl"
    bad.write_text('{"type": "unit", "id": "u"', encoding="utf-8")
    with pytest.raises(ImportRefused, match=r"units\.jsonl"):
        opened.import_files([lines(UNIT), bad])
    assert opened.store.count(Unit) == 0


def test_many_problems_are_counted_and_the_first_of_them_listed(refused: Any) -> None:
    found = refused(*(samples.item(id=f"item-{number}") for number in range(300)))
    assert len(found) == 200


def test_a_mapping_that_is_not_there_is_refused_with_those_there_are(opened: Any, lines: Any) -> None:
    with pytest.raises(InputError, match="no column mapping 'old'"):
        opened.import_files([lines(UNIT)], mapping="old")


def of(name: str, record: Record) -> str:
    """What a problem calls a record."""
    return f"{name} {record.id}"


def test_a_record_that_is_stored_does_not_move_to_another_unit(refused: Any, opened: Any, lines: Any) -> None:
    """What names it would stay behind, and no check would put the two together."""
    classified = samples.classified_item()
    opened.import_files([lines(UNIT, OTHER, ITEM, OWN, classified)])
    moved = attrs.evolve(ITEM, unit="other")
    ((path, text),) = refused(moved, replace=True)
    assert path == "unit"
    assert f"{of('information-item', ITEM)} belongs to unit bureau; this record would move it to unit other" in text
    assert "Delete it, and import it anew together with everything that names it" in text
    # Not even with something that names it: whether that is all of it, nobody says.
    assert "unit" in [path for path, _ in refused(moved, attrs.evolve(OWN, unit="other"), replace=True)]
    ((_, text),) = refused(attrs.evolve(classified, unit="other"), replace=True)
    assert "belongs to another unit" in text
    assert "other;" not in text
    assert classified.id not in text


def test_a_unit_may_be_replaced(opened: Any, lines: Any) -> None:
    opened.import_files([lines(UNIT)])
    opened.import_files([lines(attrs.evolve(UNIT, name="新名"))], replace=True)
    assert opened.store.get(Unit, UNIT.id).record.name == "新名"


def test_no_identifier_is_that_of_an_item_and_of_a_classified_item(refused: Any, opened: Any, lines: Any) -> None:
    """A publication of it would name both: released for the one, and leaked for the other."""
    classified = samples.classified_item(id=ITEM.id)
    found = refused(UNIT, ITEM, classified)
    assert [path for path, _ in found] == ["id", "id"]
    assert all("too: a record that names it would name both" in text and ITEM.id not in text for _, text in found)
    opened.import_files([lines(UNIT, ITEM)])
    assert [path for path, _ in refused(classified)] == ["id"]
    assert [path for path, _ in refused(classified, replace=True)] == ["id"]


def test_nor_that_of_a_site_and_of_a_column(refused: Any) -> None:
    site = samples.site()
    found = refused(UNIT, site, samples.column(id=site.id, site=site.id))
    assert {path for path, _ in found} == {"id"}
    assert f"There is a column {site.id} too" in found[0][1]


def test_a_publication_on_a_site_of_the_other_kind_is_refused(refused: Any, opened: Any, lines: Any) -> None:
    own, portal = samples.site(), samples.site(id="site-portal", kind=SiteKind.PORTAL)
    opened.import_files([lines(UNIT, ITEM, own)])
    on_own = samples.publication(ITEM.id, Carrier.PORTAL, site=own.id)
    ((path, text),) = refused(on_own)
    assert path == "carrier"
    assert f"The carrier is portal, and the site {own.id} is of the kind own" in text
    on_portal = samples.publication(ITEM.id, Carrier.OWN_SITE, site=portal.id)
    assert [path for path, _ in refused(portal, on_portal)] == ["carrier"]
    # The site that comes with it takes the place of the one that is stored.
    turned = attrs.evolve(own, kind=SiteKind.PORTAL)
    opened.import_files([lines(turned, on_own, samples.publication(ITEM.id, Carrier.PRESS, site=own.id))], replace=True)


@pytest.mark.parametrize(
    "make",
    [
        samples.evidence,
        samples.judgement,
        lambda obligation: Ability(
            id="ability",
            unit=UNIT.id,
            obligation=obligation,
            able=True,
            officer="甲",
            reason="具备条件",
            stated_on=dt.date(2011, 6, 1),
            covers_from=dt.date(2011, 6, 1),
            covers_until=dt.date(2011, 12, 31),
        ),
    ],
    ids=["evidence", "judgement", "ability"],
)
def test_what_is_filed_for_an_obligation_that_there_is_not_is_refused(
    refused: Any, opened: Any, lines: Any, make: Any
) -> None:
    for wrong, close in (
        ("panyu-2011:1.1/o99", "Close: panyu-2011:1.1/o1, panyu-2011:1.1/o2"),
        ("panyu-2011:1.1", "Close: panyu-2011:1.1/o1"),
        ("panyu-2011:11/o5", "Close: panyu-2011:1.1"),
        ("第一点第一项", "Accepted: a citation such as"),
    ):
        ((path, text),) = refused(UNIT, make(wrong))
        assert path == "obligation"
        assert close in text
        assert wrong not in text.split("Close")[0]
    opened.import_files([lines(UNIT, make("panyu-2011:1.1/o5"))])


def test_no_problem_of_a_request_repeats_what_may_be_a_name(refused: Any, opened: Any, lines: Any) -> None:
    request = samples.request(id="张三", unit="李四")
    ((path, text),) = refused(request)
    assert path == "unit"
    assert "There is no unit of this identifier" in text
    assert "李四" not in text
    opened.import_files([lines(UNIT, OTHER, attrs.evolve(request, unit=UNIT.id))])
    for unit, how in ((UNIT.id, False), ("other", True)):
        ((_, text),) = refused(attrs.evolve(request, unit=unit), replace=how)
        assert "张三" not in text


def test_problems_beyond_those_listed_are_only_counted(opened: Any, lines: Any) -> None:
    path = lines(*(samples.item(id=f"item-{number}") for number in range(300)))
    with pytest.raises(ImportRefused) as error:
        opened.import_files([path])
    assert (len(error.value.problems), error.value.facts["count"]) == (200, 300)


def test_a_store_of_many_records_answers_like_one_of_few(
    refused: Any, opened: Any, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.import_files([lines(UNIT, OTHER, ITEM)])
    monkeypatch.setattr(importing, "_FEW", 0)
    assert [path for path, _ in refused(attrs.evolve(ITEM, unit="other"), replace=True)] == ["unit"]
    opened.import_files([lines(OWN)])
