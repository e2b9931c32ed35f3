"""Run as a program: publishes and journals in processes that are killed at random moments, many times.

    killed.py FOLDER SEED KILLS

Each history is a list of operations, each a change of records with what follows for the outbox, and the deliveries
after it. A process works along the list from where the records say the last one stopped. It is forked, so that a kill
costs no start of an interpreter, and killed after a random time; then the next one is forked. What a history comes to
is compared with what it comes to when nobody is killed. Prints the number of kills, or what differs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import random
import signal
import sys
import time
import traceback
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.errors import NotCleared
from govopen.model.assurance import Ability
from govopen.model.catalog import InformationItem, Withdrawal
from govopen.model.classification import ClassifiedItem
from govopen.model.publishing import Delivery
from govopen.model.types import RECORD_TYPES
from govopen.model.website import Publication, SiteKind
from govopen.publishing.delivering import deliver
from govopen.publishing.folder import FolderPublisher
from govopen.publishing.outcome import Patience
from govopen.publishing.planning import plan, targets_of
from govopen.rules import samples
from govopen.storage.port import Author
from govopen.storage.sql import SqlStore
from govopen.testing.parcels import attached, cleared, disclosed

DAY = dt.date(2011, 12, 31)
NOW = dt.datetime(2011, 12, 31, 4, tzinfo=dt.UTC)
SITES = (samples.site(id="own"), samples.site(SiteKind.PORTAL, id="portal", unit="district"))
ITEMS, STEPS = 60, 60


def clear(store: SqlStore, id_: str) -> Cleared[Public]:
    item, classified = store.get(InformationItem, id_), store.get(ClassifiedItem, id_)
    if item is None:
        raise NotCleared("There is no such item.", bars=("not-recorded",))
    return cleared(item.record, DAY, classified=[classified.record] if classified else ())


def history(seed: int) -> list[list[InformationItem]]:
    """The items that each operation stores: new ones, other versions, withdrawals, files; several at once, too."""
    choose = random.Random(seed)  # noqa: S311 - the same each time, on purpose
    found = []
    for number in range(STEPS):
        changed = []
        for id_ in choose.sample(range(ITEMS), choose.choice([1, 2, 4, 8])):
            content = f"附件{seed}-{number}-{id_}".encode()
            item = disclosed(f"item-{id_}", text=f"正文{seed}-{number}-{id_}")
            match choose.randrange(4):
                case 0:
                    item = attrs.evolve(item, withdrawn=Withdrawal(on=DAY))
                case 1:
                    item = attrs.evolve(item, attachments=(attached("附件.txt", content),))
            changed.append(item)
        found.append(changed)
    return found


def operate(store: SqlStore, number: int, items: list[InformationItem]) -> None:
    """Store the items and what follows from them, in one transaction."""
    with store.transaction(Author(actor="clerk", role="publisher", cause="disclosure.decide")) as transaction:
        transaction.put(
            Ability(
                id="progress",
                unit="bureau",
                obligation="panyu-2011:2.5/o2",
                able=True,
                officer="甲",
                reason=str(number),
                stated_on=DAY,
                covers_from=DAY,
                covers_until=DAY,
            )
        )
        for item in items:
            transaction.put(item)
            for file in item.attachments:
                transaction.attach(item.text.replace("正文", "附件").encode(), file.media_type)
            try:
                shown = cleared(item, DAY)
            except NotCleared:
                shown = None
            changes = plan(
                item.id,
                item.unit,
                shown,
                targets_of(item, SITES, (), DAY),
                [kept.record for kept in store.scan(Publication) if kept.record.item == item.id],
                [kept.record for kept in store.scan(Delivery) if kept.record.item == item.id],
                DAY,
            )
            for delivery in changes.put:
                transaction.put(delivery)


def work(folder: Path, seed: int) -> None:
    with SqlStore.open(f"sqlite:///{folder}/records.db", RECORD_TYPES, clock=lambda: NOW) as store:
        with store.transaction() as transaction:
            transaction.put_many([samples.UNIT, *SITES], replace=True)
        steps = history(seed)
        while True:
            for site in SITES:
                deliver(
                    store,
                    site,
                    lambda name=site.id: FolderPublisher(folder / name, address="https://example.gov.cn"),
                    partial(clear, store),
                    read=lambda digest: store.attachment(digest).content,
                    write=partial(store.transaction, Author(cause="publication.deliver")),
                    now=NOW,
                    on=DAY,
                    patience=Patience(batch=3),
                )
            progress = store.get(Ability, "progress")
            done = int(progress.record.reason) + 1 if progress else 0
            if done == len(steps):
                return
            operate(store, done, steps[done])


def forked(folder: Path, seed: int) -> int:
    """Begin to work in a process of its own."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work(folder, seed)
        status = 0
    except BaseException:  # noqa: BLE001 - the child must not go on as if it were the parent
        traceback.print_exc()
    finally:
        os._exit(status)


def state(folder: Path) -> dict[str, Any]:
    """All that is left: records with their revisions, the journal without its salts, the outbox, the sites."""
    with SqlStore.open(f"sqlite:///{folder}/records.db", RECORD_TYPES) as store:
        records = [
            (record_type.name, kept.record.id, kept.revision, str(kept.record))
            for record_type in RECORD_TYPES
            for kept in store.scan(record_type.cls)
        ]
        journal = [
            (
                entry.unit,
                entry.seq,
                entry.actor,
                entry.role,
                entry.cause,
                entry.type,
                entry.id,
                entry.revision,
                entry.kind,
            )
            for entry in store.journal()
        ]
    tree = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for site in SITES
        for path in sorted((folder / site.id).rglob("*"))
        if path.is_file()
    }
    return {"records": records, "journal": journal, "tree": tree}


def killed(folder: Path, seed: int, wanted: int, choose: random.Random) -> int:
    """Work through a history in processes that are killed; give the number of kills."""
    kills = 0
    while True:
        pid = forked(folder, seed)
        if kills < wanted:
            time.sleep(choose.uniform(0.002, 0.09))
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            kills += 1
        elif os.waitstatus_to_exitcode(status):
            sys.exit(f"seed {seed}: the worker failed")
        else:
            return kills


def main(folder: Path, seed: int, wanted: int) -> None:
    choose = random.Random(seed)  # noqa: S311 - the same each time, on purpose
    kills = 0
    while kills < wanted:
        places = folder / f"{seed}-killed", folder / f"{seed}-unkilled"
        for place in places:
            place.mkdir(parents=True)
        kills += killed(places[0], seed, wanted - kills, choose)
        killed(places[1], seed, 0, choose)
        one, other = map(state, places)
        for part in one:
            if one[part] != other[part]:
                sys.exit(f"seed {seed}: {part} differ:\n{json.dumps([one[part], other[part]], ensure_ascii=False)}")
        if not one["tree"] or any(name == "delivery" for name, *_ in one["records"]):
            sys.exit(f"seed {seed}: nothing was published, or something still waits")
        seed += 1
    print(kills)  # noqa: T201 - it is a program


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
