"""No text of a record and no applicant's data get out on a record's way: journal, deadlines, sites, reconciliation.

The records are built here from the types themselves, every field filled and every word a sentinel.
"""

from __future__ import annotations

import datetime as dt
import enum
import io
import json
import logging
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from rich.console import Console

from govopen.errors import TransitionRefused
from govopen.interchange.fields import fields_of
from govopen.model.actors import Actor, Role
from govopen.model.base import Record
from govopen.model.catalog import CONTENT_FIELDS, Category, InformationItem
from govopen.model.classification import ClassifiedItem, DisclosureAttribute, ReviewResult
from govopen.model.publishing import Delivery, Observation
from govopen.model.requests import Request
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit
from govopen.model.website import Column, Publication, Site, SiteKind
from govopen.office.clock import SHANGHAI, FixedClock
from govopen.office.facade import Office
from govopen.plugins.registry import Registry
from govopen.report.ics import to_ics
from govopen.report.journal import entry_json, entry_line
from govopen.report.publication import publication_json
from govopen.report.reconciliation import print_reconciliation, reconciliation_json
from govopen.rules import samples
from govopen.storage.port import Author, Store
from govopen.storage.sql import SqlStore
from govopen.testing.memory import MemoryStore
from govopen.texts import LANGUAGES

MARK, SHOWN = "哨兵", "公开示例"
UNIT = samples.UNIT.id
REGISTRY = Registry.load(entry_points=False)
DAY = dt.date(2011, 6, 10)
SETTINGS = """
[publishers.both]
kind = "folder"
sites = ["own", "portal"]
folder = "public/{site}"
"""
SITES = (
    Site(id="own", unit=UNIT, kind=SiteKind.OWN, since=dt.date(2008, 6, 2)),
    Site(id="portal", unit=UNIT, kind=SiteKind.PORTAL, since=dt.date(2008, 6, 2)),
)


def whole(cls: type[Any], word: str = MARK, **given: Any) -> Any:
    """A value with every field filled, lists with a member, ``word`` in every text."""

    def some(field: Any) -> Any:
        plain = {str: UNIT, dt.date: dt.date(2011, 6, 1), int: 1, Decimal: Decimal(1), bool: True}
        if field.nested:
            member = whole(field.kind, word)
        elif field.kind is str and (field.term.text or field.term.personal):
            member = f"{word}{cls.__name__}.{field.name}"
        elif issubclass(field.kind, enum.Enum):
            member = next(iter(field.kind))
        else:
            member = samples.DIGEST if field.name == "digest" else plain[field.kind]
        return (member,) if field.many else member

    return cls(**{field.name: given[field.name] if field.name in given else some(field) for field in fields_of(cls)})


def item(category: Category, word: str = MARK, **given: Any) -> InformationItem:
    others = {name: None for of, names in CONTENT_FIELDS.items() for name in names if of is not category}
    fixed = {"id": f"item-{category}", "category": category, "subcategory": "", **others, **given}
    made: InformationItem = whole(InformationItem, word, **fixed)
    return made


def records() -> list[Record]:
    """One of each type, and an item of each category. The open request has neither ended nor been erased."""
    open_ = {"declassified_on": None, "extensions": (), "classified_until": dt.date(2011, 7, 1)}
    fitting: dict[type, dict[str, Any]] = {
        Column: {"update_within": "6m"},
        Publication: {"site": "own", "item": "item-fee", "withdrawn_on": None},
        Delivery: {"site": "own", "item": "item-fee"},
        Observation: {"site": "own", "item": "item-fee"},
        ClassifiedItem: {"basis": "secrets-2010:15", "authorisation": "SC-2011-003", "provided_otherwise": "", **open_},
        Request: {"abandoned": None, "erased_on": None, "reply": None},
    }
    made = [
        whole(entry.cls, id=f"{entry.name}-1", **fitting.get(entry.cls, {}))
        for entry in RECORD_TYPES
        if entry.cls not in (Unit, Site, InformationItem)
    ]
    return [samples.UNIT, *SITES, *made, *map(item, Category)]


def of_journal(store: Store) -> Iterator[tuple[str, bytes | None]]:
    """Everything an event of the journal says, and the body that is held beside it."""
    for entry in store.journal():
        plain = attrs.asdict(entry, filter=lambda field, _: field.name not in ("body", "salt"))
        yield f"{plain!r}{entry_line(entry)}{entry_json(entry)}", entry.body


@pytest.fixture(params=["sql", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        with MemoryStore.of(REGISTRY.types) as opened:
            yield opened
    else:
        with SqlStore.open(f"sqlite:///{tmp_path}/s.sqlite", REGISTRY.types) as opened:
            yield opened


def test_the_journal_has_words_in_bodies_only_and_none_once_they_are_forgotten(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    made = records()
    with caplog.at_level(logging.DEBUG):
        for cause in ("import", "again"):
            with store.transaction(Author(actor="u1", role="drafter", cause=cause)) as transaction:
                transaction.put_many(made, replace=cause == "again")
        with store.transaction(Author(actor="u1", cause="request.erase")) as transaction:
            for record in made:
                transaction.delete(type(record), record.id)
        before = list(of_journal(store))
        with store.transaction(Author(actor="u1", cause="request.erase")) as transaction:
            for record in made:
                transaction.forget(type(record), record.id)
        said = list(of_journal(store))
    assert len(said) > 2 * len(made)
    assert any(MARK in (body or b"").decode() for _, body in before)
    assert not any(MARK in text for text, _ in said)
    assert not any(MARK in (body or b"").decode() for _, body in said)
    assert MARK not in caplog.text


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "w"
    settings = Office.init(folder)
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    clock = FixedClock(dt.datetime.combine(DAY, dt.time(9), SHANGHAI))
    with Office.open(folder, registry=REGISTRY, clock=clock) as opened:
        with opened.store.transaction(Author(cause="import")) as transaction:
            transaction.put_many(records())
        yield opened


def test_no_word_is_in_what_is_due_in_its_calendar_file_or_in_an_explanation(office: Office) -> None:
    deadlines = office.due(within=None)
    at = dt.datetime.combine(DAY, dt.time(9), SHANGHAI)
    assert {deadline.type for deadline in deadlines} >= {"request", "classified-item"}
    assert MARK not in repr(deadlines)
    for lang in LANGUAGES:
        assert MARK not in to_ics(deadlines, at, lang).decode()
    assert MARK not in repr(office.explain_deadline("request-1"))


def actor(name: str, role: Role) -> Actor:
    return Actor(id=role.value, name=f"{MARK}{name}", roles={UNIT: frozenset({role})})


def cleared(office: Office) -> InformationItem:
    """An item that goes through review; its words may be shown, the names of those who signed it may not."""
    drafter = actor("甲", Role.DRAFTER)
    drafted = item(Category.OTHER, SHOWN, id="shown", attachments=(), created_on=DAY, changed_on=None)
    office.draft(drafted, drafter)
    office.review_secrecy("shown", actor("乙", Role.SECRECY_REVIEWER), ReviewResult.NOT_CLASSIFIED)
    office.propose("shown", drafter, DisclosureAttribute.PROACTIVE)
    office.review("shown", actor("丙", Role.SECTION_HEAD))
    return office.decide("shown", actor("丁", Role.PRINCIPAL))


def test_sites_hold_the_words_of_cleared_items_and_nobodys_name(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        shown = cleared(office)
        published = office.publish()
        compared = office.reconcile()
        with pytest.raises(TransitionRefused) as refused:
            office.decide("item-fee", actor("丁", Role.PRINCIPAL))
    tree = {
        path.relative_to(office.workspace.folder): path.read_bytes()
        for path in (office.workspace.folder / "public").rglob("*")
        if path.is_file()
    }
    assert any(shown.title.encode() in content for content in tree.values())
    assert [path for path, content in tree.items() if MARK.encode() in content or MARK in str(path)] == []
    said = repr(published) + publication_json(published, {}) + repr(compared) + reconciliation_json(compared).decode()
    for lang in LANGUAGES:
        out = io.StringIO()
        print_reconciliation(compared, Console(file=out, width=200), lang)
        said += out.getvalue()
    said += caplog.text + str(refused.value) + repr(refused.value)
    assert MARK not in said
    assert SHOWN not in said
    assert "item-fee" in reconciliation_json(compared).decode() + publication_json(published, {})
    assert json.loads(reconciliation_json(compared))
