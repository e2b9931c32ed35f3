"""A good channel, and channels that are broken on purpose, each in one way."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from govopen.errors import CollectionFailed, InputError
from govopen.intake.port import ChannelSettings, Submission
from govopen.model.requests import Applicant


class Forms:
    """A good channel: a folder of forms, each in a JSON file."""

    def __init__(self, settings: ChannelSettings) -> None:
        if unknown := sorted(settings.options.keys() - {"folder"}):
            raise InputError("Not known: {unknown}.", unknown=", ".join(unknown))
        self.root = settings.folder / str(settings.options["folder"])

    def collect(self) -> Iterator[Submission]:
        yield from self.sorted(filter(None, map(self.read, self.paths())))

    def paths(self) -> list[Path]:
        try:
            return sorted(path for path in self.root.iterdir() if path.suffix == ".json")
        except OSError as error:
            raise self.failure() from error

    def failure(self) -> Exception:
        return CollectionFailed("The folder of forms cannot be read.", code="forms-io")

    def sorted(self, found: Iterator[Submission]) -> list[Submission]:
        return sorted(found, key=lambda sent: (sent.arrived_on, sent.ref))

    def ref(self, path: Path, form: dict[str, str]) -> str:
        return path.stem

    def read(self, path: Path) -> Submission | None:
        try:
            form = json.loads(path.read_text(encoding="utf-8"))
            return self.submission(path, form)
        except (OSError, ValueError, KeyError):
            return None

    def submission(self, path: Path, form: dict[str, Any]) -> Submission:
        return Submission(
            ref=self.ref(path, form),
            arrived_on=dt.date.fromisoformat(form["on"]),
            applicant=Applicant(name=form["name"], contact=form["contact"]),
            description=form["text"],
        )

    def acknowledge(self, ref: str) -> None:
        for path in self.paths():
            if path.stem == ref:
                self.done(path)

    def done(self, path: Path) -> None:
        path.rename(path.with_suffix(".done"))

    def close(self) -> None:
        pass


class GivesAnExample(Forms):
    def collect(self) -> Iterator[Submission]:
        found = list(super().collect())
        yield from found or [Submission(ref="example", arrived_on=dt.date(2011, 1, 1))]


class ForgetsWhoAsks(Forms):
    def submission(self, path: Path, form: dict[str, Any]) -> Submission:
        return attrs.evolve(super().submission(path, form), applicant=Applicant())


class DatesEverythingToday(Forms):
    def submission(self, path: Path, form: dict[str, Any]) -> Submission:
        return attrs.evolve(super().submission(path, form), arrived_on=dt.date(2026, 1, 1))


class TakesAwayWhatItCollects(Forms):
    def read(self, path: Path) -> Submission | None:
        found = super().read(path)
        self.done(path)
        return found


class RemembersInMemory(Forms):
    """What was acknowledged is known to the instance only."""

    def __init__(self, settings: ChannelSettings) -> None:
        super().__init__(settings)
        self.known: set[str] = set()

    def read(self, path: Path) -> Submission | None:
        return None if path.stem in self.known else super().read(path)

    def acknowledge(self, ref: str) -> None:
        self.known.add(ref)


class TakesAwayWhenItIsThrough(Forms):
    """One by one, each when the next is asked for."""

    def collect(self) -> Iterator[Submission]:
        for sent in super().collect():
            yield sent
            self.done(self.root / f"{sent.ref}.json")


class SortsByWhatIsAskedFor(Forms):
    def sorted(self, found: Iterator[Submission]) -> list[Submission]:
        return sorted(found, key=lambda sent: sent.description)


class NumbersThemAnew(Forms):
    """By their place in the list, which changes when one of them goes."""

    def collect(self) -> Iterator[Submission]:
        for number, sent in enumerate(super().collect()):
            yield attrs.evolve(sent, ref=f"{number}")

    def acknowledge(self, ref: str) -> None:
        for number, sent in enumerate(Forms.collect(self)):
            if str(number) == ref:
                self.done(self.root / f"{sent.ref}.json")


class KnowsThemByTheirWords(Forms):
    def ref(self, path: Path, form: dict[str, str]) -> str:
        return hashlib.sha256(form["text"].encode()).hexdigest()


class TakesARefForAPattern(Forms):
    def acknowledge(self, ref: str) -> None:
        if ref not in ("", ".", "..", "/") and "/" not in ref:
            for path in self.root.glob(f"{ref}.json"):
                self.done(path)


class AcknowledgesAllBefore(Forms):
    def acknowledge(self, ref: str) -> None:
        for path in self.paths():
            if path.stem <= ref and ref.isdigit() and len(ref) == 9:
                self.done(path)


class WantsToFindWhatItAcknowledges(Forms):
    def acknowledge(self, ref: str) -> None:
        if len(ref) == 9:
            self.done(self.root / f"{ref}.json")


class KnowsOnlyWhatItCollected(Forms):
    def __init__(self, settings: ChannelSettings) -> None:
        super().__init__(settings)
        self.collected: set[str] = set()

    def collect(self) -> Iterator[Submission]:
        for sent in super().collect():
            self.collected.add(sent.ref)
            yield sent

    def acknowledge(self, ref: str) -> None:
        if ref in self.collected:
            super().acknowledge(ref)


class CountsOnWhileTheyGo(Forms):
    """Pages through what is there, and skips what moves up."""

    def collect(self) -> Iterator[Submission]:
        at = 0
        while at < len(found := list(super().collect())):
            yield found[at]
            at += 1


class KnowsWhatWasThereWhenItWasOpened(Forms):
    def __init__(self, settings: ChannelSettings) -> None:
        super().__init__(settings)
        self.known = set(self.root.iterdir())

    def paths(self) -> list[Path]:
        return [path for path in super().paths() if path in self.known]


class StopsAtWhatItCannotRead(Forms):
    def read(self, path: Path) -> Submission | None:
        return self.submission(path, json.loads(path.read_text(encoding="utf-8")))


class CutsTexts(Forms):
    def submission(self, path: Path, form: dict[str, Any]) -> Submission:
        return super().submission(path, form | {"text": form["text"][:4_000]})


class CleansTexts(Forms):
    def submission(self, path: Path, form: dict[str, Any]) -> Submission:
        return super().submission(path, form | {"text": form["text"].replace("<", "&lt;")})


class TakesNamesApart(Forms):
    def submission(self, path: Path, form: dict[str, Any]) -> Submission:
        return super().submission(path, form | {"name": form["name"].partition(",")[0]})


class KnowsThemByTheirSenders(Forms):
    def ref(self, path: Path, form: dict[str, str]) -> str:
        return f"{path.stem}-{form['contact']}"

    def acknowledge(self, ref: str) -> None:
        super().acknowledge(ref.partition("-")[0])


class LogsWhoAsks(Forms):
    def submission(self, path: Path, form: dict[str, Any]) -> Submission:
        logging.getLogger("forms").debug("collected: %s", form["name"])
        return super().submission(path, form)


class ShowsWhatItHolds(Forms):
    def __init__(self, settings: ChannelSettings) -> None:
        super().__init__(settings)
        self.last = ""

    def submission(self, path: Path, form: dict[str, Any]) -> Submission:
        self.last = form["text"]
        return super().submission(path, form)

    def __repr__(self) -> str:
        return f"ShowsWhatItHolds({self.last!r})"


class AcknowledgesWhenItIsClosed(Forms):
    def __init__(self, settings: ChannelSettings) -> None:
        super().__init__(settings)
        self.waiting: list[Path] = []

    def done(self, path: Path) -> None:
        self.waiting.append(path)

    def paths(self) -> list[Path]:
        return [path for path in super().paths() if path not in self.waiting]

    def close(self) -> None:
        for path in self.waiting:
            super().done(path)
        self.waiting = []


class TakesAnOutageForEmptiness(Forms):
    def failure(self) -> Exception:
        return StopIteration()

    def paths(self) -> list[Path]:
        return super().paths() if self.root.is_dir() else []


class RaisesWhatItMeets(Forms):
    def failure(self) -> Exception:
        return OSError("gone")


class SpeaksInCodes(Forms):
    def failure(self) -> Exception:
        return CollectionFailed("It failed.", code="No such folder!")


class ClosesOnce(Forms):
    closed = False

    def close(self) -> None:
        if self.closed:
            raise CollectionFailed("It is closed.", code="closed")
        self.closed = True


class TakesAnyOption(Forms):
    def __init__(self, settings: ChannelSettings) -> None:
        known = {name: value for name, value in settings.options.items() if name == "folder"}
        super().__init__(attrs.evolve(settings, options=known))


class RefusesWithoutSayingWhat(Forms):
    def __init__(self, settings: ChannelSettings) -> None:
        if settings.options.keys() != {"folder"}:
            raise InputError("An option is not known.")
        super().__init__(settings)
