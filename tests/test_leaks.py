"""No text of a record reaches a finding, a report or the log; nor do an applicant's data, nor markup in names.

Every field that holds words is filled with a sentinel of its own, and everything that can be said is made to be said.
"""

from __future__ import annotations

import datetime as dt
import enum
import html.parser
import io
import json
import logging
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import attrs
import pytest
from rich.console import Console

from govopen.checking.engine import Checker
from govopen.checking.result import CheckReport
from govopen.checking.settings import CheckSettings, InstrumentSettings
from govopen.checking.waivers import Waiver
from govopen.errors import ImportRefused, StaleWrite
from govopen.interchange.fields import Field, fields_of
from govopen.interchange.load import load
from govopen.model.base import Record
from govopen.model.catalog import CONTENT_FIELDS, Category, InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.codec import encode
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit, UnitKind
from govopen.model.website import Column
from govopen.plugins.registry import Registry
from govopen.report.document import report_json
from govopen.report.html import report_html
from govopen.report.junit import report_junit
from govopen.report.sarif import report_sarif
from govopen.report.text import print_report
from govopen.rules import samples
from govopen.rules.base import Case, Rule
from govopen.rules.results import Outcome
from govopen.storage.sql import SqlStore
from govopen.testing.memory import MemoryStore
from govopen.texts import LANGUAGES

REGISTRY = Registry.load(entry_points=False)
MARK = "哨兵"
DAYS = [dt.date(2011, 12, 31), dt.date(2018, 6, 30), dt.date(2025, 6, 30)]


class Sentinels:
    """Fills every field of words with a mark, a number and where it stands."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def words(self, where: str) -> str:
        self.given.append(f"{MARK}{len(self.given):04}{where}")
        return self.given[-1]

    def fill(self, value: Any, *, blanks: bool) -> Any:
        """``value`` with a sentinel for every word in it; with ``blanks`` also where it says nothing."""
        cls = type(value)
        found = {field.name: self._field(cls, field, value, blanks=blanks) for field in fields_of(cls)}
        return attrs.evolve(value, **found)

    def _field(self, cls: type, field: Field, value: Any, *, blanks: bool) -> Any:
        held = getattr(value, field.name)
        where = f"{cls.__name__}.{field.name}"
        if field.nested:
            if field.many:
                return held and tuple(self.fill(member, blanks=blanks) for member in held)
            return None if held is None else self.fill(held, blanks=blanks)
        if field.kind is str and (field.term.text or field.term.personal):
            if field.many:
                return held and tuple(self.words(where) if words.strip() else words for words in held)
            return self.words(where) if blanks or held.strip() else held
        return held

    def whole(self, cls: type[Any], link: str, **given: Any) -> Any:
        """A value with every field filled, lists with a member, and a sentinel for every word; others say ``link``."""
        return cls(
            **{
                field.name: given[field.name] if field.name in given else self._some(cls, field, link)
                for field in fields_of(cls)
            }
        )

    def _some(self, cls: type, field: Field, link: str) -> Any:
        if field.nested:
            member = self.whole(field.kind, link)
        elif field.kind is str and (field.term.text or field.term.personal):
            member = self.words(f"{cls.__name__}.{field.name}")
        elif issubclass(field.kind, enum.Enum):
            member = next(iter(field.kind))
        else:
            plain = {str: link, dt.date: dt.date(2011, 6, 1), int: 1, Decimal: Decimal(1), bool: True}
            member = samples.DIGEST if field.name == "digest" else plain[field.kind]
        return (member,) if field.many else member


def wordy() -> list[list[Record]]:
    """By unit: records of every type, with this or that missing, every word of them a sentinel."""
    cases = [
        _of_unit(f"{rule.code.lower()}-{number}", case, blanks=case in rule.valid)
        for rule in REGISTRY.rules
        for number, case in enumerate((*rule.valid, *rule.invalid[:2]))
    ]
    return [*cases, WHOLE]


def _whole_unit(unit_id: str) -> list[Record]:
    """A record of each type with nothing left blank, and an item of each category."""
    made = [
        SENTINELS.whole(entry.cls, unit_id, id=unit_id, **_FITTING.get(entry.cls, {}))
        for entry in RECORD_TYPES
        if entry.cls not in (Unit, InformationItem)
    ]
    for category in Category:
        others = {name: None for of, names in CONTENT_FIELDS.items() for name in names if of is not category}
        given = {"id": f"{unit_id}.{category}", "unit": unit_id, "category": category, "subcategory": "", **others}
        made.append(SENTINELS.whole(InformationItem, unit_id, **given))
    return [attrs.evolve(samples.UNIT, id=unit_id), *made]


def _of_unit(unit_id: str, case: Case, *, blanks: bool) -> list[Record]:
    own = {record.id: f"{unit_id}.{record.id}" for record in case.records}
    (unit,) = [record for record in case.records if isinstance(record, Unit)] or [samples.UNIT]
    others = (record for record in case.records if not isinstance(record, Unit))
    filled = (SENTINELS.fill(_renamed(record, unit_id, own), blanks=blanks) for record in others)
    return [attrs.evolve(unit, id=unit_id), *filled]


def _renamed(record: Record, unit: str, own: dict[str, str]) -> Record:
    links = {"item": "", "column": "", "site": "", "target": "", "power": "", "table": ""}
    found = {name: own.get(getattr(record, name), getattr(record, name)) for name in links if hasattr(record, name)}
    return attrs.evolve(record, id=own[record.id], unit=unit, **found)  # type: ignore[call-arg]


SENTINELS = Sentinels()
_FITTING: dict[type, dict[str, Any]] = {
    Column: {"update_within": "6m"},
    ClassifiedItem: {"basis": "secrets-2010:15", "authorisation": "SC-2011-003", "provided_otherwise": ""},
}
WHOLE = _whole_unit("whole")
UNITS = wordy()
# As many as a district has: a page of hundreds of units is no more telling, only slower to make.
DISTRICTS = [UNITS[start : start + 14] for start in range(0, len(UNITS), 14)]


def _betrays(rule: Rule) -> Rule:
    """The rule, raising an exception that holds the text of the record."""

    def check(dossier: Any, *_: Any) -> Any:
        raise ValueError(repr(dossier.record))

    return attrs.evolve(rule, check=check)  # type: ignore[call-arg]


def checked(as_of: dt.date, records: Iterable[Record], rules: Any = REGISTRY.rules, **how: Any) -> CheckReport:
    checker = Checker(
        rules=rules,
        types=REGISTRY.types,
        library=REGISTRY.library,
        calendar_for=REGISTRY.calendar_for,
        settings=CheckSettings(instruments=(InstrumentSettings(id="panyu-2011", continues=True),)),
    )
    with MemoryStore.of(REGISTRY.types, *records) as store:
        noon = dt.datetime.combine(as_of, dt.time(12), dt.UTC)
        return checker.check(store, as_of=as_of, generated_at=noon, detailed=True, **how)


def districts(every: int = 1) -> Iterator[Iterator[Record]]:
    return (chain.from_iterable(units) for units in DISTRICTS[::every])


def everything_said(report: CheckReport) -> Iterator[str]:
    """The report in every form, and in every language."""
    for lang in LANGUAGES:
        out = io.StringIO()
        print_report(report, Console(file=out, width=120, force_terminal=True), lang)
        yield out.getvalue()
        yield report_json(report, lang).decode()
        yield report_html(report, lang, heading="示例区")
    # They say the same in both languages of what they hold, and are long.
    yield report_sarif(report, "en", heading="示例区").decode()
    yield report_junit(report, "en", heading="示例区").decode()
    yield repr(report.findings) + repr(report.notes) + repr(report.notices) + repr(report.statuses)


def test_every_field_of_words_of_every_type_holds_a_sentinel() -> None:
    """Otherwise the tests below would be looking for nothing."""
    filled = {words[len(MARK) + 4 :] for words in SENTINELS.given}
    wanted = {
        f"{cls.__name__}.{field.name}"
        for cls in _classes()
        for field in fields_of(cls)
        if not field.nested and (field.term.text or field.term.personal)
    }
    assert wanted - filled == set()


def _classes() -> set[type]:
    found: set[type] = set()
    waiting: list[type] = [entry.cls for entry in RECORD_TYPES]
    while waiting:
        cls = waiting.pop()
        found.add(cls)
        waiting += [field.kind for field in fields_of(cls) if field.nested]
    return found


@pytest.mark.parametrize(("as_of", "every"), [(DAYS[0], 1), (DAYS[1], 5), (DAYS[2], 5)], ids=str)
def test_no_word_of_a_record_is_in_a_report_or_in_the_log(
    as_of: dt.date, every: int, caplog: pytest.LogCaptureFixture
) -> None:
    seen = set()
    with caplog.at_level(logging.DEBUG):
        for records in districts(every):
            report = checked(as_of, records)
            seen |= {(entry.rule, entry.outcome) for entry in report.findings}
            assert not any(MARK in text for text in everything_said(report))
    assert MARK not in caplog.text
    assert {outcome for _, outcome in seen} >= {Outcome.FAIL, Outcome.UNDECIDABLE, Outcome.AWAITING_EVIDENCE}
    # Some rules speak of later years only; SEC010 speaks of one person twice, and no two sentinels are the same.
    by_then = {rule.code for rule in REGISTRY.rules if any(case.as_of <= as_of for case in rule.invalid[:2])}
    assert by_then - {rule for rule, _ in seen} == {"SEC010"} or every > 1


def test_nor_when_rules_raise_with_the_text_in_hand(caplog: pytest.LogCaptureFixture) -> None:
    rules = [_betrays(rule) for rule in REGISTRY.rules]
    with caplog.at_level(logging.DEBUG):
        for records in districts(5):
            report = checked(DAYS[0], records, rules)
            assert {entry.outcome for entry in report.findings} == {Outcome.ERROR}
            assert not any(MARK in text for text in everything_said(report))
    assert "ValueError" in caplog.text
    assert MARK not in caplog.text


def test_nor_when_failures_are_waived() -> None:
    since, until = dt.date(2011, 1, 1), dt.date(2011, 12, 31)
    waivers = [
        Waiver(id=f"w-{rule.code}", rule=rule.code, reason="因", basis="据", approver="甲", since=since, until=until)
        for rule in REGISTRY.rules
    ]
    report = checked(DAYS[0], next(districts()), waivers=waivers)
    assert Outcome.WAIVED in {entry.outcome for entry in report.findings}
    assert not any(MARK in text for text in everything_said(report))


def test_nor_in_the_log_of_a_store_that_keeps_them(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = f"sqlite:///{tmp_path}/s.sqlite"
    with caplog.at_level(logging.DEBUG), SqlStore.open(url, REGISTRY.types) as store:
        with store.transaction() as transaction:
            transaction.put_many(next(districts()))
        with pytest.raises(StaleWrite) as refused, store.transaction() as transaction:
            transaction.put_many(next(districts()))
        assert list(store.units())
        assert list(store.scan(InformationItem))
    assert MARK not in caplog.text
    assert MARK not in str(refused.value)


def _spoilt() -> Iterator[tuple[str, dict[str, Any]]]:
    """Records as JSON with a wrong value in each field that holds words, one at a time."""
    names = {entry.cls: entry.name for entry in RECORD_TYPES}
    one_of_each = {type(record): record for unit in (WHOLE, *UNITS[:-1]) for record in unit}
    for cls, record in one_of_each.items():
        plain = json.loads(encode(record))
        for field in fields_of(cls):
            if field.term.text or field.term.personal:
                # A key that is not known is named: how else could it be found? Its value is not.
                for wrong in ({"x": MARK}, [MARK, [MARK]], {"name": {"x": MARK}}, MARK * 200_000, f"{MARK}\x00"):
                    yield f"{names[cls]}.{field.name}", {"type": names[cls], **plain, field.name: wrong}
            elif field.kind in (dt.date, int, Decimal, bool) or issubclass(field.kind, enum.Enum):
                yield f"{names[cls]}.{field.name}", {"type": names[cls], **plain, field.name: f"{MARK} 2011"}


@pytest.mark.parametrize(("place", "spoilt"), list(_spoilt()))
def test_nor_in_what_an_import_says_of_a_wrong_value(
    place: str, spoilt: dict[str, Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(spoilt, ensure_ascii=False), encoding="utf-8")
    with caplog.at_level(logging.DEBUG), pytest.raises(ImportRefused) as refused:
        list(load([path], RECORD_TYPES))
    said = str(refused.value) + repr(refused.value.problems) + caplog.text
    assert MARK not in said, place


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'[red]示例[/red][/]{0}{name}"


class _Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def hostile() -> CheckReport:
    unit = Unit(id="[red]u[/]", name=HOSTILE, kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113")
    item = samples.item(Category.FEE, id="[bold]&{x}[/bold]:smile:", unit=unit.id, issuer="", index_number="")
    waiver = Waiver(
        id="[/][red]w:smile:",
        rule="NO001",
        reason="x",
        basis="x",
        approver="x",
        since=DAYS[0],
        until=DAYS[0],
    )
    return checked(DAYS[0], [unit, item], waivers=[waiver])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_and_identifiers_are_text_and_never_markup_of_a_page(lang: Any) -> None:
    page = _Page()
    text = report_html(hostile(), lang, heading=HOSTILE)
    page.feed(text)
    assert not page.tags & {"script", "img"}
    assert page.handlers == []
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nor_of_a_terminal(lang: Any) -> None:
    out = io.StringIO()
    print_report(hostile(), Console(file=out, width=200, force_terminal=True, color_system=None), lang)
    for literal in ("[red]u[/]", "[bold]&{x}[/bold]:smile:", "[/][red]w:smile:"):
        assert literal in out.getvalue()


def test_identifiers_with_angle_brackets_do_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "units.jsonl"
    unit = {"type": "unit", "id": "<b>", "name": "x", "kind": "town", "jurisdiction": "CN-440113"}
    path.write_text(json.dumps(unit), encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        list(load([path], RECORD_TYPES))
    assert refused.value.problems[0].path == "id"
