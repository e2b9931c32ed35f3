"""A channel and a listener that a test holds in its hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import ModuleType

import attrs

from govopen.errors import CollectionFailed
from govopen.intake.port import ChannelSettings, Submission
from govopen.model.requests import Applicant
from govopen.plugins.hookspecs import hookimpl
from govopen.storage.listening import ListenerSettings
from govopen.storage.port import Change

WORD = "机密词语鸢尾"


@attrs.define
class Box:
    """What waits under the name of a section, and what goes wrong with it, step by step."""

    waiting: list[Submission] = attrs.field(factory=list)
    given: Iterable[object] | None = None
    broken: dict[str, Exception] = attrs.field(factory=dict)
    acknowledged: list[str] = attrs.field(factory=list)
    opened: int = 0
    closed: int = 0
    before_acknowledging: Callable[[str], None] = lambda ref: None

    def fail(self, step: str) -> None:
        if step in self.broken:
            raise self.broken[step]

    def collect(self) -> Iterator[Submission]:
        for number, sent in enumerate(self.waiting if self.given is None else self.given):
            self.fail(f"collect-{number}")
            yield sent  # type: ignore[misc] - what a plugin gives may be anything
        self.fail("collect")

    def acknowledge(self, ref: str) -> None:
        self.before_acknowledging(ref)
        self.fail("acknowledge")
        self.acknowledged.append(ref)
        self.waiting = [sent for sent in self.waiting if sent.ref != ref]

    def close(self) -> None:
        self.closed += 1
        self.fail("close")


@attrs.define
class Ear:
    """What a listener was told."""

    told: list[tuple[Change, ...]] = attrs.field(factory=list)
    broken: Exception | None = None
    at_most: int | None = None
    closed: int = 0

    @property
    def heard(self) -> list[Change]:
        return [change for batch in self.told for change in batch]

    def notice(self, changes: Sequence[Change]) -> None:
        if self.broken is not None or (self.at_most is not None and len(self.told) >= self.at_most):
            raise self.broken or ValueError(WORD)
        self.told.append(tuple(changes))

    def close(self) -> None:
        self.closed += 1


def sent(ref: str, on: dt.date = dt.date(2011, 12, 30), **changes: object) -> Submission:
    who = Applicant(name=f"{WORD}姓名", identity_proof=f"{WORD}证件", contact=f"{WORD}地址")
    plain = {"ref": ref, "arrived_on": on, "applicant": who, "description": f"{WORD}描述{ref}"}
    return Submission(**(plain | changes))  # type: ignore[arg-type]


def unreachable() -> CollectionFailed:
    return CollectionFailed("The box cannot be reached.", code="unreachable")


def plugin(boxes: dict[str, Box], ears: dict[str, Ear] | None = None) -> ModuleType:
    """Brings the channel kind ``box`` and the listener kind ``ear``, each by the ``label`` of its section."""

    def box(settings: ChannelSettings) -> Box:
        found = boxes[settings.options["label"]]
        found.opened += 1
        found.fail("open")
        return found

    def ear(settings: ListenerSettings) -> Ear:
        return (ears or {})[settings.name]

    module = ModuleType("boxes")

    def govopen_channels() -> object:
        return {"box": box}

    def govopen_listeners() -> object:
        return {"ear": ear}

    vars(module)["govopen_channels"] = hookimpl(govopen_channels)
    vars(module)["govopen_listeners"] = hookimpl(govopen_listeners)
    return module
