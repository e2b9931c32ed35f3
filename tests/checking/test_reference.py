"""The engine against nested loops: over any records, the same outcomes of the same subjects."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.units import Duty, Unit
from govopen.model.website import Carrier, Column, Publication
from govopen.rules import samples
from govopen.rules.base import FoldRule, Reads
from govopen.rules.results import Fail, NotApplicable, Outcome, Passed, Result, Undecidable

AS_OF = dt.date(2012, 6, 15)
# As many columns as items share an identifier, and some that are nowhere: both joins meet gaps on either side.
IDS = ["a", "a-1", "b", "é", "中", "z"]
DAYS = st.dates(AS_OF - dt.timedelta(days=2), AS_OF + dt.timedelta(days=2))
UNITS = st.sampled_from(["u1", "u2"])


def _unique(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=6, unique_by=lambda record: record.id)


ITEMS = _unique(
    st.builds(
        InformationItem,
        id=st.sampled_from(IDS),
        unit=UNITS,
        category=st.none() | st.sampled_from([Category.FEE, Category.OTHER]),
        created_on=st.none() | DAYS,
        index_number=st.sampled_from(["", "x"]),
    )
)
COLUMNS = _unique(st.builds(Column, id=st.sampled_from(IDS), unit=UNITS, site=st.just("s"), since=st.none() | DAYS))
PUBLICATIONS = _unique(
    st.builds(
        Publication,
        id=st.sampled_from([f"p{number}" for number in range(12)]),
        unit=UNITS,
        item=st.sampled_from(IDS),
        column=st.sampled_from(["", *IDS]),
        carrier=st.just(Carrier.PORTAL),
        published_on=DAYS,
    )
)
DUTIES = st.none() | st.just(()) | st.just(samples.unit(Duty.FEES).duties)


def by_title(dossier: Any, ctx: Any) -> Result:
    return None if dossier.record.index_number else Fail("bad", n=1)


def by_publications(dossier: Any, ctx: Any) -> Result:
    count = len(dossier.related(Publication))
    answers: list[Result] = [None, Fail("bad", n=count), [Undecidable("bad", n=count), Passed("known")]]
    return answers[count] if count < len(answers) else NotApplicable("known")


def by_unit(dossier: Any, ctx: Any) -> Result:
    ids = tuple(record.id for record in dossier.related(InformationItem))
    return Fail("bad", n=ids) if ids else Passed("known")


def by_sum(dossier: Any, value: Any, ctx: Any) -> Result:
    return Undecidable("bad", n=0) if value is None else Fail("bad", n=value)


def rules(make: Any) -> list[Any]:
    fold = {"subject": Column, "over": Publication, "key": lambda entry: entry.column or None, "merge": max}
    folded = {"subject": Unit, "over": InformationItem, "key": lambda entry: entry.unit, "merge": lambda x, y: x + y}
    reads_of_item = (Reads(Publication, by="item"),)
    return [
        make(by_title, "TST001", duty=Duty.FEES),
        make(by_title, "TST002", category=Category.FEE, duty=Duty.FEES),
        make(by_publications, "TST003", reads=reads_of_item),
        make(by_publications, "TST004", reads=reads_of_item, when=lambda item: item.id < "c", category=Category.OTHER),
        make(by_unit, "TST005", subject=Unit, reads=(Reads(InformationItem, by="unit"),)),
        make(by_sum, "TST006", map=lambda dossier, ctx: dossier.record.id, **fold),
        make(by_sum, "TST007", map=lambda dossier, ctx: dossier.record.id, without_records=True, **fold),
        make(
            by_sum,
            "TST008",
            map=lambda dossier, ctx: len(dossier.related(Publication)),
            over_reads=reads_of_item,
            category=Category.FEE,
            **folded,
        ),
        make(
            by_publications,
            "TST009",
            subject=Publication,
            reads=(Reads(Publication, by="item", equals="column"), Reads(InformationItem, by="unit")),
        ),
    ]


Said = tuple[str, str, str, Outcome, Any]


def _key(record: Any, entry: Reads) -> str:
    found: str = getattr(record, entry.equals or "id")
    return found


class Loops:
    """The same by loops over all records, one at a time."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = sorted(records, key=lambda record: record.id)
        self.said: Counter[Said] = Counter()
        self.counts: dict[tuple[str, str], Counter[Outcome]] = {}

    def of(self, cls: type[Record], unit: str) -> list[Any]:
        day = {InformationItem: "created_on", Publication: "published_on", Column: "since"}.get(cls)
        return [
            record
            for record in self.records
            if type(record) is cls
            and (record.id if cls is Unit else record.unit) == unit  # type: ignore[attr-defined]
            and (day is None or getattr(record, day) is None or getattr(record, day) <= AS_OF)
        ]

    def dossier(self, record: Any, reads: Iterable[Reads], unit: str) -> Any:
        related = {
            entry.cls: [
                other
                for other in self.of(entry.cls, unit)
                if entry.by == "unit" or getattr(other, entry.by) == (_key(record, entry) or None)
            ]
            for entry in reads
        }
        return type("Dossier", (), {"record": record, "related": staticmethod(related.__getitem__)})

    def run(self, rule: Any, unit: Unit) -> None:
        outcomes: Counter[Outcome] = Counter()
        for subject, result in self.results(rule, unit.id):
            said = result if isinstance(result, list) else [] if result is None else [result]
            for verdict in said:
                if verdict.outcome in (Outcome.FAIL, Outcome.UNDECIDABLE):
                    self.said[rule.code, unit.id, subject.id, verdict.outcome, verdict.facts["n"]] += 1
            order = [Outcome.FAIL, Outcome.UNDECIDABLE, Outcome.PASS, Outcome.NOT_APPLICABLE]
            outcomes[min((verdict.outcome for verdict in said), key=order.index, default=Outcome.PASS)] += 1
        if not outcomes:
            duties = unit.duties_on(AS_OF)
            lacks = rule.duty is not None and duties is not None and rule.duty not in duties
            outcomes[Outcome.NOT_APPLICABLE if lacks else Outcome.NOTHING] += 1
        self.counts[rule.code, unit.id] = outcomes

    def results(self, rule: Any, unit: str) -> Iterable[tuple[Any, Result]]:
        dispatched = rule.over if isinstance(rule, FoldRule) else rule.subject
        chosen = [
            record
            for record in self.of(dispatched, unit)
            if (rule.category is None or record.category is rule.category) and (rule.when is None or rule.when(record))
        ]
        if not isinstance(rule, FoldRule):
            for record in chosen:
                yield record, rule.check(self.dossier(record, rule.reads, unit), None)
            return
        for subject in self.of(rule.subject, unit):
            values = [
                rule.map(self.dossier(record, rule.over_reads, unit), None)
                for record in chosen
                if rule.key(record) == subject.id
            ]
            if values or rule.without_records:
                value = None
                for other in values:
                    value = other if value is None else rule.merge(value, other)
                yield subject, rule.check(self.dossier(subject, rule.reads, unit), value, None)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(others=st.tuples(ITEMS, COLUMNS, PUBLICATIONS).map(lambda drawn: [*chain(*drawn)]), duties=DUTIES)
def test_the_engine_says_what_loops_say(check: Any, a_rule: Any, others: list[Record], duties: Any) -> None:
    units = [attrs.evolve(samples.UNIT, id="u1", duties=duties), attrs.evolve(samples.UNIT, id="u2")]
    records = [*units, *others]
    made = rules(a_rule)
    loops = Loops(records)
    for unit in units:
        for rule in made:
            loops.run(rule, unit)
    report = check(made, *records, as_of=AS_OF)
    assert Counter(
        (entry.rule, entry.unit, entry.subject, entry.outcome, entry.facts["n"]) for entry in report.findings
    ) == (loops.said)
    for rule in made:
        alone = check(rule, *records, as_of=AS_OF)
        for unit in units:
            assert alone.status(unit.id, "city-2012:1/o1").counts == loops.counts[rule.code, unit.id], rule.code
