"""Files into the store: all or nothing, no identifier twice, and nothing that points nowhere."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from govopen.errors import ImportRefused, InputError
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.units import Unit
from govopen.model.website import Carrier, Publication
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
