"""Collecting what people sent in through channels, and making requests of it (clause 1.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

import attrs

from govopen.errors import GovopenError, InputError, PluginError, StaleWrite, TransitionRefused
from govopen.intake.port import Channel, ChannelSettings, Submission
from govopen.intake.requests import request_id, request_of
from govopen.model.actors import Actor
from govopen.model.requests import Request, RequestChannel
from govopen.office.base import OfficeBase
from govopen.office.collection import ChannelReport, CollectionReport, Refused, Taken
from govopen.storage.port import ABSENT
from govopen.texts import N_
from govopen.workflow import receipt
from govopen.workflow.request_table import REQUEST

__all__ = ["Collecting"]

_CLERK = REQUEST.transition("receive").roles


class Collecting(OfficeBase):
    """What comes in by itself: by the ``[channels.*]`` sections of the workspace."""

    def collect(self, actor: Actor, channels: Iterable[str] | None = None) -> CollectionReport:
        """Take in what waits in the channels. Each submission becomes a request, once, and is then acknowledged.

        The way is that of :meth:`~govopen.office.requesting.Requesting.receive`: each request is a transaction of its
        own, and the law of the day of arrival makes the date of receipt. The identifier of a request follows from the
        channel and the submission, so one that comes again, after a crash or a failure, is only acknowledged. A
        channel that fails stands in the report and stops no other; what it holds comes the next time.

        In an office within the host's own transaction nothing is acknowledged, since the host may still roll back:
        give the report to :meth:`acknowledge` once it has committed.

        Args:
            actor: A request clerk of every unit to which something may come.
            channels: Names of sections. Default: all.

        Raises:
            InputError: The workspace has no such section; or a section's recorded channel, the unit of that, or what
                brings the section's kind is not there. Nothing was collected.
            TransitionRefused: The actor may not take in requests of such a unit. Nothing was collected.
            StoreError: A request cannot be kept. What was taken in before stays.
        """
        chosen = self._recorded_channels(channels)
        for channel in chosen.values():
            self._may_receive(actor, channel.unit)
        return CollectionReport(channels=tuple(self._collect(name, channel, actor) for name, channel in chosen.items()))

    def acknowledge(self, report: CollectionReport) -> CollectionReport:
        """Tell the channels what was taken in, after a collection in the host's own transaction has been committed.

        Of a submission whose request is not in the store, because the host has rolled back, no channel is told.

        Args:
            report: As :meth:`collect` gave it.

        Returns:
            The report, in which ``waiting`` holds what could not be acknowledged. It comes again, and no second
            request is made of it.

        Raises:
            InputError: As for :meth:`collect`.
        """
        recorded = self._recorded_channels(entry.name for entry in report.channels)
        done = []
        for entry in report.channels:
            channel = recorded[entry.name]
            with self._reading(entry.name, channel) as reading:
                kept = {
                    ref
                    for ref in entry.waiting
                    if self.store.get(Request, request_id(channel.id, ref)) is not None and reading.acknowledge(ref)
                }
            waiting = tuple(ref for ref in entry.waiting if ref not in kept)
            done.append(attrs.evolve(entry, waiting=waiting, failure=reading.failure or entry.failure))
        return CollectionReport(channels=tuple(done))

    def _recorded_channels(self, names: Iterable[str] | None) -> Mapping[str, RequestChannel]:
        """The recorded channels by the names of their sections, sorted."""
        sections = self.workspace.channels
        found = {}
        for name in sorted(sections if names is None else set(names)):
            if name not in sections:
                raise InputError(
                    N_("The workspace has no channel {name}."),
                    hint=N_("It has: {names}. Channels are named under [channels] in govopen.toml."),
                    name=name,
                    names=", ".join(sections) or "-",
                )
            self.registry.require_channel(sections[name].kind)
            found[name] = self._there(RequestChannel, sections[name].channel).record
        return found

    def _may_receive(self, actor: Actor, unit: str) -> None:
        self._unit(unit)
        if not any(actor.may(role, unit) for role in _CLERK):
            raise TransitionRefused(
                N_("{actor} may not take in requests of unit {unit}."),
                hint=N_("A request clerk of the unit may."),
                actor=actor.id,
                unit=unit,
                roles=_CLERK,
            )

    def _collect(self, name: str, channel: RequestChannel, actor: Actor) -> ChannelReport:
        taken: list[Taken] = []
        again: list[str] = []
        refused: list[Refused] = []
        waiting: list[str] = []
        with self._reading(name, channel) as reading:
            for sent in reading.submissions():
                request = request_of(sent, channel)
                try:
                    received = self._take(request, actor)
                except TransitionRefused as error:
                    refused.append(Refused(ref=sent.ref, code=str(error.facts["refused_by"])))
                    continue
                if received is None and not self._is_there(request):
                    refused.append(Refused(ref=sent.ref, code="identifier-taken"))
                    continue
                if received is None:
                    again.append(request.id)
                else:
                    taken.append(Taken(request=request.id, kind=sent.kind, received_on=received.received_on))
                # What the host rolls back must still be in its place.
                if self._hosted or not reading.acknowledge(sent.ref):
                    waiting.append(sent.ref)
        return ChannelReport(
            name=name,
            channel=channel.id,
            unit=channel.unit,
            taken=tuple(taken),
            again=tuple(again),
            refused=tuple(refused),
            waiting=tuple(waiting),
            failure=reading.failure,
        )

    def _take(self, request: Request, actor: Actor) -> Request | None:
        """The request as received; ``None``: there is one of that identifier."""
        if self.store.get(Request, request.id) is not None:
            return None
        received = receipt.receive(request, actor=actor, ctx=self._context(request.unit))
        try:
            with self._acting(actor, _CLERK, request.unit, "request.receive") as transaction:
                transaction.put(received, expected=ABSENT)
        except StaleWrite:
            # Another run was faster.
            return None
        return received

    def _is_there(self, request: Request) -> bool:
        """Whether the request of that identifier is the one that was made of the submission, as far as can be seen.

        One that somebody recorded under the same identifier is none, and acknowledging would lose the submission.
        """
        there = self._there(Request, request.id).record
        return (there.unit, there.channel) == (request.unit, request.channel)

    @contextmanager
    def _reading(self, name: str, channel: RequestChannel) -> Iterator[_Reading]:
        section = self.workspace.channels[name]
        settings = ChannelSettings(
            channel=channel,
            unit=self._unit(channel.unit),
            folder=self.workspace.folder,
            options=section.options,
        )
        reading = _Reading(name, lambda: self.registry.channel(section.kind, settings))
        try:
            yield reading
        finally:
            reading.close()


@attrs.define
class _Reading:
    """A channel whose failures are kept and not raised: no other channel waits for it."""

    name: str
    make: Callable[[], Channel]
    failure: GovopenError | None = None
    _channel: Channel | None = None

    def submissions(self) -> Iterator[Submission]:
        """What the channel gives, until it fails."""
        try:
            for sent in self._open().collect():
                if not isinstance(sent, Submission):
                    raise TypeError(type(sent).__name__)  # noqa: TRY301 - as any other mistake of the plugin
                yield sent
        except Exception as error:  # noqa: BLE001 - it stands in the report
            self._fail(error)

    def acknowledge(self, ref: str) -> bool:
        """Whether the channel took note."""
        try:
            self._open().acknowledge(ref)
        except Exception as error:  # noqa: BLE001 - it stands in the report
            self._fail(error)
            return False
        return True

    def close(self) -> None:
        try:
            if self._channel is not None:
                self._channel.close()
        except Exception as error:  # noqa: BLE001 - it stands in the report
            self._fail(error)

    def _open(self) -> Channel:
        if self._channel is None:
            self._channel = self.make()
        return self._channel

    def _fail(self, error: Exception) -> None:
        """The first failure counts: those after it follow from it. Of a foreign one the text may hold personal data."""
        if self.failure is not None:
            return
        if isinstance(error, GovopenError):
            self.failure = error
            return
        self.failure = PluginError(
            N_("What brings in the submissions of the channel {name} failed: {error}."),
            name=self.name,
            error=type(error).__name__,
        )
        self.failure.__cause__ = error
