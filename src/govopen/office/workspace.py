"""A workspace: ``govopen.toml``, waivers, a baseline, and the folder that holds them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import attrs

from govopen.calendars.period import Period
from govopen.checking.settings import CheckSettings, InstrumentSettings, ParameterValue
from govopen.checking.waivers import Baseline, Waiver
from govopen.errors import InputError, Problem, WorkspaceError
from govopen.model.actors import Actor, Role
from govopen.model.base import filled
from govopen.office import sections
from govopen.policy.structuring import structure
from govopen.rules.base import Severity
from govopen.texts import N_

__all__ = ["BASELINE_FILE", "SETTINGS_FILE", "WAIVERS_FILE", "Workspace"]

SETTINGS_FILE = "govopen.toml"
"""The settings of a workspace."""
WAIVERS_FILE = "waivers.toml"
"""Its waivers."""
BASELINE_FILE = "baseline.json"
"""Its accepted findings."""

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class _Instrument:
    jurisdiction: str = ""
    continues: bool | None = None
    basis: str = ""


@attrs.frozen(kw_only=True)
class _Rule:
    severity: Severity | None = None
    parameters: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class _Actor:
    name: str = ""
    roles: Mapping[str, tuple[Role, ...]] = attrs.field(factory=dict)
    acting_for: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class _Review:
    separation_of_duties: bool = True


@attrs.frozen(kw_only=True)
class _Requests:
    keep: str = ""


@attrs.frozen(kw_only=True)
class _Settings:
    name: str
    store: str = "sqlite:///data/govopen.sqlite"
    instruments: Mapping[str, _Instrument]
    instrument_files: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    rules: Mapping[str, _Rule] = attrs.field(factory=dict)
    mappings: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    publishers: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    channels: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    exporters: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    listeners: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    actors: Mapping[str, _Actor] = attrs.field(factory=dict)
    review: _Review = attrs.field(factory=_Review)
    requests: _Requests = attrs.field(factory=_Requests)


@attrs.frozen(kw_only=True)
class Workspace:
    """What a unit or district has decided about its own checks.

    Attributes:
        folder: Where ``govopen.toml`` lies; relative paths start here.
        name: What reports are headed.
        store_url: Where the records are kept: ``sqlite:///`` and a path, or what a plugin offers.
        settings: Instruments, parameters and severities.
        instrument_files: Instruments of the unit's own, as TOML.
        overlay_files: Corrections of the calendar: local holidays, next year's notice.
        mappings: By name, how a table that exists already is read.
        waivers: Excuses from rules.
        broken_waivers: Waivers that do not say all they have to; they excuse nothing.
        baseline: Findings accepted before.
        publishers: By name, what publishes to which sites.
        channels: By name, what brings in submissions through which recorded channel.
        exporters: By format, the options of its exporter.
        listeners: By name, what is told of changes.
        actors: By account, who may act on the command line, in which roles. An embedding system has its own.
        separation_of_duties: Whether the three steps of a review need three persons. Ours, not the policy's.
        keep_personal_data: How long an applicant's data are kept after a request is closed; ``None``: nobody has said,
            and nothing is erased.
    """

    folder: Path
    name: str
    store_url: str
    settings: CheckSettings
    instrument_files: tuple[Path, ...] = ()
    overlay_files: tuple[Path, ...] = ()
    mappings: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    waivers: tuple[Waiver, ...] = ()
    broken_waivers: tuple[Problem, ...] = ()
    baseline: Baseline = attrs.field(factory=Baseline)
    publishers: Mapping[str, sections.PublisherSection] = attrs.field(factory=dict)
    channels: Mapping[str, sections.ChannelSection] = attrs.field(factory=dict)
    exporters: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    listeners: Mapping[str, sections.ListenerSection] = attrs.field(factory=dict)
    actors: Mapping[str, Actor] = attrs.field(factory=dict)
    separation_of_duties: bool = True
    keep_personal_data: Period | None = None

    @property
    def store_path(self) -> Path | None:
        """The file of the store, if it is one."""
        scheme, separator, path = self.store_url.partition(":///")
        return Path(path) if scheme == "sqlite" and separator and path else None

    @classmethod
    def load(cls, folder: Path) -> Workspace:
        """Read the workspace in ``folder``.

        Raises:
            WorkspaceError: There is none, or its files do not load; every problem is named.
        """
        path = folder / SETTINGS_FILE
        if not path.is_file():
            raise WorkspaceError(
                "There is no workspace in {folder}: {file} is missing.",
                hint="Make one with: govopen init {folder}",
                folder=str(folder),
                file=SETTINGS_FILE,
            )
        settings = _structure(path, _read_toml(path), _Settings)
        waivers, broken = _waivers(folder / WAIVERS_FILE)
        return cls(
            folder=folder,
            name=settings.name,
            store_url=_store_url(settings.store, folder),
            settings=CheckSettings(
                instruments=tuple(
                    InstrumentSettings(
                        id=name, jurisdiction=entry.jurisdiction, continues=entry.continues, basis=entry.basis
                    )
                    for name, entry in settings.instruments.items()
                ),
                parameters={
                    code: {name: _parameter(value) for name, value in entry.parameters.items()}
                    for code, entry in settings.rules.items()
                    if entry.parameters
                },
                severities={code: entry.severity for code, entry in settings.rules.items() if entry.severity},
            ),
            instrument_files=tuple(folder / name for name in settings.instrument_files),
            overlay_files=tuple(folder / name for name in settings.calendars),
            mappings=settings.mappings,
            waivers=waivers,
            broken_waivers=broken,
            baseline=_baseline(folder / BASELINE_FILE),
            publishers=sections.publishers(path, settings.publishers),
            channels=sections.channels(path, settings.channels),
            exporters=settings.exporters,
            listeners=sections.listeners(path, settings.listeners),
            actors={id_: _actor(path, id_, entry) for id_, entry in settings.actors.items()},
            separation_of_duties=settings.review.separation_of_duties,
            keep_personal_data=_keep(path, settings.requests.keep),
        )

    def write_baseline(self, fingerprints: frozenset[str]) -> Path:
        """Accept these findings from now on; the path of the file written."""
        path = self.folder / BASELINE_FILE
        path.write_text(json.dumps({"fingerprints": sorted(fingerprints)}, indent=1) + "\n", encoding="utf-8")
        return path


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        problem = Problem(where=str(path), message="The file is not UTF-8.", accepted="Save it as UTF-8.")
        raise WorkspaceError(N_("The workspace does not load."), problems=[problem]) from error
    except tomllib.TOMLDecodeError as error:
        problem = Problem(where=str(path), message="This is not TOML: {error}", facts={"error": str(error)})
        raise WorkspaceError(N_("The workspace does not load."), problems=[problem]) from error


def _structure(path: Path, data: dict[str, Any], cls: type[T]) -> T:
    problems: list[Problem] = []
    result = structure(data, cls, str(path), problems)
    if result is None:
        raise WorkspaceError(N_("The workspace does not load."), problems=problems)
    return result


def _store_url(url: str, folder: Path) -> str:
    """The URL with ``{workspace}`` filled in. A relative SQLite path starts there, wherever the program is started."""
    url = url.replace("{workspace}", str(folder.absolute()))
    scheme, separator, path = url.partition(":///")
    # A plugin's scheme says what it is a kind of: legacy+sqlite.
    if scheme.rpartition("+")[2] == "sqlite" and separator and path and not Path(path).is_absolute():
        return f"{scheme}:///{(folder / path).absolute()}"
    return url


def _parameter(value: Any) -> ParameterValue:
    if isinstance(value, bool | int | str | Decimal):
        return value
    raise WorkspaceError(
        "A rule's parameter is a number, a text or true or false, not a {kind}.", kind=type(value).__name__
    )


def _actor(path: Path, id_: str, entry: _Actor) -> Actor:
    if unknown := [role for role in entry.acting_for if role not in set(Role)]:
        problem = Problem(
            where=str(path),
            path=f"actors.{id_}.acting_for.{unknown[0]}",
            message=N_("This role is not known."),
            accepted=N_("Known: {known}."),
            facts={"known": ", ".join(role.value for role in Role)},
        )
        raise WorkspaceError(N_("The workspace does not load."), problems=[problem])
    return Actor(
        id=id_,
        name=entry.name,
        roles={unit: frozenset(roles) for unit, roles in entry.roles.items()},
        acting_for={Role(role): person for role, person in entry.acting_for.items()},
    )


def _keep(path: Path, text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except InputError as error:
        problem = Problem(
            where=str(path), path="requests.keep", message=error.message, accepted=error.hint, facts=error.facts
        )
        raise WorkspaceError(N_("The workspace does not load."), problems=[problem]) from error


def _waivers(path: Path) -> tuple[tuple[Waiver, ...], tuple[Problem, ...]]:
    """The waivers that say all they have to, and what is wrong with the others: those excuse nothing."""
    if not path.is_file():
        return (), ()
    data = _read_toml(path)
    if unknown := [name for name in data if name != "waivers"]:
        # A waiver under a misspelt heading would silently excuse nothing.
        accepted = N_("Known here: waivers.")
        problems = [
            Problem(where=str(path), path=name, message=N_("This field is not known."), accepted=accepted)
            for name in unknown
        ]
        raise WorkspaceError(N_("The workspace does not load."), problems=problems)
    entries = data.get("waivers", [])
    if not isinstance(entries, list):
        return (), (Problem(where=str(path), path="waivers", message=N_("This is not a list.")),)
    taken: set[str] = set()
    good: list[Waiver] = []
    broken: list[Problem] = []
    for number, entry in enumerate(entries):
        found: list[Problem] = []
        waiver = structure(entry, Waiver, str(path), found)
        if waiver is not None and not _complete(waiver):
            message = N_("A waiver needs a reason, a basis, an approver, and an end that is not before its beginning.")
            found = [Problem(where=str(path), message=message)]
        elif waiver is not None and waiver.id in taken:
            # Which of two was used, and which is not needed, nobody could tell.
            found = [Problem(where=str(path), path="id", message=N_("This identifier is taken by another waiver."))]
        if found:
            broken += (attrs.evolve(one, path=f"waivers[{number}].{one.path}".rstrip(".")) for one in found)
        elif waiver is not None:
            taken.add(waiver.id)
            good.append(waiver)
    return tuple(good), tuple(broken)


def _complete(waiver: Waiver) -> bool:
    stated = all(map(filled, (waiver.reason, waiver.basis, waiver.approver)))
    return stated and waiver.since <= waiver.until


def _baseline(path: Path) -> Baseline:
    if not path.is_file():
        return Baseline()
    try:
        marks = json.loads(path.read_text(encoding="utf-8"))["fingerprints"]
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, RecursionError):
        marks = None
    if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
        problem = Problem(
            where=str(path),
            message="This is not a baseline.",
            accepted='It is JSON with a list under "fingerprints"; write it with: govopen check --write-baseline',
        )
        raise WorkspaceError(N_("The workspace does not load."), problems=[problem])
    return Baseline.of(marks)
