"""Run as a program: collects mail and tells a listener in processes that are killed at random moments.

    killed_collecting.py FOLDER SEED KILLS

Each round lays down messages, which processes collect that are forked and killed, until one ends by itself. Prints the
number of kills, or what is lost or doubled.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

from govopen.intake.maildir import DONE
from govopen.model.actors import Actor, Role
from govopen.model.requests import ChannelKind, Request
from govopen.office.clock import SHANGHAI, FixedClock
from govopen.office.facade import Office
from govopen.plugins.registry import Registry
from govopen.rules.samples import UNIT, request_channel

CLERK = Actor(id="clerk", roles={"bureau": frozenset({Role.REQUEST_CLERK})})
CLOCK = FixedClock(dt.datetime(2011, 12, 30, 9, tzinfo=SHANGHAI))
SETTINGS = """
[channels.mail]
kind = "maildir"
channel = "channel-email"
folder = "mail"

[listeners.index]
kind = "log"
file = "changes.jsonl"
"""
MESSAGES = 25


def workspace(folder: Path) -> Path:
    path = Office.init(folder)
    path.write_text(path.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    for part in ("new", "cur"):
        (folder / "mail" / part).mkdir(parents=True)
    with Office.open(folder, registry=REGISTRY, clock=CLOCK) as office, office.store.transaction() as transaction:
        transaction.put_many([UNIT, request_channel(ChannelKind.EMAIL)])
    return folder


def lay_down(folder: Path, numbers: range) -> None:
    for number in numbers:
        content = f"From: a@example.org\nSubject: {number}\n\n事项-{number}-\n".encode()
        (folder / "mail/new" / f"1325000000.M{number}P1.mx").write_bytes(content)


def work(folder: Path) -> None:
    with Office.open(folder, registry=REGISTRY, clock=CLOCK) as office:
        for entry in office.collect(CLERK).channels:
            if entry.failure is not None:
                raise entry.failure


def forked(folder: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work(folder)
        status = 0
    except BaseException:  # noqa: BLE001 - the child must not go on as if it were the parent
        traceback.print_exc()
    finally:
        os._exit(status)


def faults(folder: Path, messages: int) -> list[str]:
    with Office.open(folder, registry=REGISTRY, clock=CLOCK) as office:
        texts = [kept.record.description for kept in office.store.scan(Request)]
        told = [change.seq for change in office.store.changes()]
        verified = office.verify_journal().ok
    found = [f"{number}: lost or doubled" for number in range(messages) if sum(f"-{number}-" in t for t in texts) != 1]
    heard = [json.loads(line)["seq"] for line in (folder / "changes.jsonl").read_text(encoding="utf-8").splitlines()]
    if len(texts) != messages:
        found.append(f"{len(texts)} requests of {messages} messages")
    if heard != told:
        found.append(f"the listener heard {heard} of {told}")
    if list((folder / "mail/new").iterdir()) or len(list((folder / "mail" / DONE / "cur").iterdir())) != messages:
        found.append("a message is left, or gone")
    return found if verified else [*found, "the journal does not verify"]


def main(folder: Path, seed: int, wanted: int) -> None:
    choose = random.Random(seed)  # noqa: S311 - the same each time, on purpose
    place, kills, messages = workspace(folder / "office"), 0, 0
    while kills < wanted:
        lay_down(place, range(messages, messages + MESSAGES))
        messages += MESSAGES
        while True:
            pid = forked(place)
            if kills < wanted:
                time.sleep(choose.uniform(0.002, 0.12))
                os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            if os.WIFSIGNALED(status):
                kills += 1
            elif os.waitstatus_to_exitcode(status):
                sys.exit(f"seed {seed}: the worker failed")
            else:
                break
        if found := faults(place, messages):
            sys.exit(f"seed {seed}: {found}")
    print(kills)  # noqa: T201 - it is a program


if __name__ == "__main__":
    REGISTRY = Registry.load(entry_points=False)
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
