"""The port of a channel: what brings in requests and enquiries from where people make them (clause 1.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import attrs

from govopen.errors import InputError
from govopen.model.requests import Applicant, ApplicantKind, PostKind, RequestChannel, RequestKind
from govopen.model.units import Unit

__all__ = ["Channel", "ChannelFactory", "ChannelSettings", "Submission"]

_LONGEST_REF = 200


def _typed(*kinds: type) -> Callable[[object, attrs.Attribute[Any], object], None]:
    def check(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        # A moment is a date to isinstance, and its day depends on a zone.
        if not isinstance(value, kinds) or isinstance(value, dt.datetime):
            raise _unfit(attribute, kinds[0])
        if isinstance(value, Applicant) and not all(isinstance(text, str) for text in attrs.astuple(value)):
            raise _unfit(attribute, Applicant)

    return check


def _unfit(attribute: attrs.Attribute[Any], wanted: type) -> TypeError:
    # attrs' own validators show the value, which may be a name or a number of the applicant.
    return TypeError(f"{attribute.name} of a submission is no {wanted.__name__}")


@attrs.frozen(kw_only=True)
class Submission:
    """What one person sent in. It holds personal data: keep it out of logs and messages.

    A value of another type than stated raises ``TypeError``: stored, it would be in the way of every check.

    Attributes:
        ref: How the channel knows it: the same each time it is collected, and never of two submissions. Up to 200
            characters, not blank. It appears in logs, so it is no name, number or address of a person.
        arrived_on: The day it arrived, in Shanghai. It starts no period by itself: the law makes the date of receipt.
        applicant: Who asks, as far as the channel says.
        applicant_kind: Column of the annual report; ``None``: the channel does not say.
        description: What is asked for, in the applicant's words.
        kind: What the applicant calls it; the office decides (1.5/o2).
        post: How a letter came; ``None`` for what is no letter.
    """

    ref: str = attrs.field(validator=_typed(str))
    arrived_on: dt.date = attrs.field(validator=_typed(dt.date))
    applicant: Applicant = attrs.field(factory=Applicant, repr=False, validator=_typed(Applicant))
    applicant_kind: ApplicantKind | None = attrs.field(default=None, validator=_typed(ApplicantKind, type(None)))
    description: str = attrs.field(default="", repr=False, validator=_typed(str))
    kind: RequestKind = attrs.field(default=RequestKind.INFORMATION, validator=_typed(RequestKind))
    post: PostKind | None = attrs.field(default=None, validator=_typed(PostKind, type(None)))

    def __attrs_post_init__(self) -> None:
        ref = self.ref
        if not ref.strip() or len(ref) > _LONGEST_REF or not ref.isprintable():
            raise InputError(
                "The reference of a submission is blank, longer than {longest} characters, or not printable.",
                hint="Give what the channel itself knows it by: a message's identifier, a row's number.",
                longest=_LONGEST_REF,
            )


class Channel(Protocol):
    """Brings in what people sent. Every call may come twice, or after a crash; the result is the same."""

    def collect(self) -> Iterator[Submission]:
        """What came in and was not acknowledged, by day of arrival. Collecting takes nothing away.

        One that cannot be read stands in nobody's way: it stays, and the others come.

        Raises:
            CollectionFailed: The place cannot be reached.
        """
        ...

    def acknowledge(self, ref: str) -> None:
        """The office has the submission: it need not come again. One that is not there, or was told already, is fine.

        Raises:
            CollectionFailed: The place cannot be reached; the submission comes again.
        """
        ...

    def close(self) -> None:
        """Release what it holds."""
        ...


@attrs.frozen(kw_only=True)
class ChannelSettings:
    """What a channel is made for.

    Attributes:
        channel: The recorded channel (1.5.1 to 1.5.6) through which submissions come.
        unit: The unit to which they are addressed.
        folder: The workspace; relative paths in ``options`` start here.
        options: The rest of its section in ``govopen.toml``.
    """

    channel: RequestChannel
    unit: Unit
    folder: Path
    options: Mapping[str, Any] = attrs.field(factory=dict)


class ChannelFactory(Protocol):
    """What the hook ``govopen_channels`` gives under a name: makes one channel."""

    def __call__(self, settings: ChannelSettings, /) -> Channel:
        """The channel.

        Raises:
            InputError: An option is unknown or has no good value.
            CollectionFailed: The place cannot be reached.
        """
        ...
