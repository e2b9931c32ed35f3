"""A check of information items against a hand-written loop over the same database with the same rules.

Run: ``python bench/bench_check.py [ITEMS] [ROUNDS]`` (default 200 000 items, 3 rounds). Every item has a publication on
the own site and one on the portal; one in a thousand breaks a rule. Both sides read the same SQLite file and write
their findings as JSON Lines. They take turns in one process, and the figures are medians.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from govopen.checking.engine import Checker
from govopen.checking.selection import Selection
from govopen.checking.settings import CheckSettings, InstrumentSettings
from govopen.model.catalog import Category, InformationItem
from govopen.model.codec import decoder
from govopen.model.website import Carrier, Publication, Site
from govopen.plugins.registry import Registry
from govopen.rules import samples
from govopen.rules.base import RecordRule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Outcome

AS_OF = samples.YEAR_END
NOW = dt.datetime(2011, 12, 31, 12, tzinfo=dt.UTC)


def records(count: int) -> Iterator[Any]:
    """One unit, ``count`` items in the eleven categories in turn, and two publications of each."""
    yield samples.UNIT
    categories = list(Category)
    for number in range(count):
        category = categories[number % len(categories)]
        name = f"i{number:08d}"
        late = number % 1000 == 0
        yield samples.proactive_item(category, id=name, index_number=f"006939748/2011-{number:08d}")
        for carrier in (Carrier.OWN_SITE, Carrier.PORTAL):
            changes: dict[str, Any] = {"published_on": dt.date(2011, 5, 17)} if late else {}
            yield samples.publication(name, carrier, **changes)


def govopen_check(registry: Registry, url: str, rules: list[RecordRule], out: Path) -> int:
    checker = Checker(
        rules=rules,
        types=registry.types,
        library=registry.library,
        calendar_for=registry.calendar_for,
        settings=CheckSettings(instruments=(InstrumentSettings(id="panyu-2011"),)),
    )
    with registry.open_store(url) as store:
        report = checker.check(store, as_of=AS_OF, generated_at=NOW, selection=Selection())
    with out.open("w", encoding="utf-8") as file:
        for entry in report.findings:
            file.write(json.dumps([entry.rule, entry.subject, entry.message, dict(entry.facts)], default=str) + "\n")
    return len(report.findings)


def by_hand(  # noqa: C901, PLR0912 - what is measured is one loop in one function
    registry: Registry, path: Path, rules: list[RecordRule], out: Path
) -> int:
    """What somebody would write who needs only this: sqlite3, msgspec, the rules as plain functions."""
    connection = sqlite3.connect(path)
    group = "SELECT id FROM govopen_group WHERE type = ?"
    roots = connection.execute(
        f'SELECT id, body FROM govopen_record WHERE "group" = ({group}) ORDER BY id', ["information-item"]
    )
    related = connection.execute(
        "SELECT e.value, r.body FROM govopen_entry e JOIN govopen_record r ON e.record = r.key "
        f"WHERE e.\"group\" = ({group}) AND field = 'item' ORDER BY e.value, e.id",
        ["publication"],
    )
    item_of, publication_of = decoder(InformationItem), decoder(Publication)
    calendar = registry.calendar_for(samples.UNIT.jurisdiction)
    plain: dict[Any, list[Any]] = {category: [] for category in Category}
    for rule in rules:
        parameters = {entry.name: entry.default for entry in rule.parameters}
        ctx = Context(as_of=AS_OF, library=registry.library, calendar=calendar, parameters=parameters)
        for category, checks in plain.items():
            if rule.category in (None, category):
                checks.append((rule, rule.check, rule.when, ctx))
    found = 0
    key, body = next(related, (None, b""))
    with out.open("w", encoding="utf-8") as file:
        for name, item_body in roots:
            item = item_of(item_body)
            publications = []
            while key is not None and key <= name:
                if key == name:
                    publication = publication_of(body)
                    if publication.published_on <= AS_OF:
                        publications.append(publication)
                key, body = next(related, (None, b""))
            if item.created_on is not None and item.created_on > AS_OF:
                continue
            dossier = Dossier(item, samples.UNIT, {Publication: publications, Site: ()})
            for rule, check, when, ctx in plain[item.category]:
                if when is not None and not when(item):
                    continue
                result = check(dossier, ctx)
                if result is None:
                    continue
                for said in result if isinstance(result, list) else [result]:
                    if said.outcome is Outcome.FAIL:
                        found += 1
                        file.write(json.dumps([rule.code, name, said.message, said.facts], default=str) + "\n")
    connection.close()
    return found


def main(count: int, rounds: int) -> None:
    registry = Registry.load(entry_points=False)
    rules = [rule for rule in registry.rules if isinstance(rule, RecordRule) and rule.subject is InformationItem]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite"
        url = f"sqlite:///{path}"
        began = time.perf_counter()
        with registry.open_store(url) as store, store.transaction() as transaction:
            transaction.put_many(records(count))
        print(f"{count} items, {2 * count} publications, {len(rules)} item rules; ", end="")
        print(f"stored in {time.perf_counter() - began:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        ours, theirs = [], []
        for _ in range(rounds):
            gc.collect()
            began = time.perf_counter()
            found = govopen_check(registry, url, rules, Path(folder) / "ours.jsonl")
            ours.append(time.perf_counter() - began)
            gc.collect()
            began = time.perf_counter()
            expected = by_hand(registry, path, rules, Path(folder) / "theirs.jsonl")
            theirs.append(time.perf_counter() - began)
            assert found == expected, f"govopen found {found}, the loop {expected}"
    mine, loop = statistics.median(ours), statistics.median(theirs)
    print(f"govopen    {mine:7.2f} s  {mine / count * 1e6:6.1f} µs an item, {found} findings")
    print(f"by hand    {loop:7.2f} s  {loop / count * 1e6:6.1f} µs an item")
    print(f"ratio      {mine / loop:7.2f}    (budget 1.5)")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(arguments[0] if arguments else 200_000, arguments[1] if len(arguments) > 1 else 3)
