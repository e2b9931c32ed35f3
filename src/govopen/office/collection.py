"""What came of collecting: identifiers, counts and codes, and nothing of what anybody sent in."""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.errors import GovopenError, PluginError
from govopen.model.requests import RequestKind

__all__ = ["ChannelReport", "CollectionReport", "Refused", "Taken"]


@attrs.frozen(kw_only=True)
class Taken:
    """A request that was made of a submission.

    Attributes:
        request: Its identifier.
        kind: What the applicant calls it; the office decides (1.5/o2).
        received_on: The date of receipt; until it is confirmed, the day of arrival.
    """

    request: str
    kind: RequestKind
    received_on: dt.date


@attrs.frozen(kw_only=True)
class Refused:
    """A submission of which no request was made. It stays in its channel and comes again.

    Attributes:
        ref: As the channel knows it.
        code: Of the guard that stands against it: ``arrived``, its day of arrival is still to come;
            ``identifier-taken``, somebody recorded another request under its identifier.
    """

    ref: str
    code: str


@attrs.frozen(kw_only=True)
class ChannelReport:
    """What came of one channel.

    Attributes:
        name: Of its section in ``govopen.toml``.
        channel: The recorded channel.
        unit: To which it belongs.
        taken: The requests that were made.
        again: Requests that were there already, of submissions that came again.
        refused: Submissions of which none was made.
        waiting: References of submissions that were taken in and that the channel has yet to be told of.
        failure: Why the channel could not be read or told to the end; a :class:`~govopen.errors.PluginError`, if its
            plugin is at fault.
    """

    name: str
    channel: str
    unit: str
    taken: tuple[Taken, ...] = ()
    again: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    waiting: tuple[str, ...] = ()
    failure: GovopenError | None = attrs.field(default=None, repr=False)

    @property
    def at_fault(self) -> bool:
        """Whether a plugin failed."""
        return isinstance(self.failure, PluginError)


@attrs.frozen(kw_only=True)
class CollectionReport:
    """What came of a run of collecting, by the names of the channels' sections."""

    channels: tuple[ChannelReport, ...]
