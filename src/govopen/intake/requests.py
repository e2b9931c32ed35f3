"""From a submission to the request that is made of it, always the same whenever the submission comes again."""

from __future__ import annotations

import hashlib
import re

from govopen.intake.port import Submission
from govopen.model.base import check_id
from govopen.model.requests import Applicant, Receipt, Request, RequestChannel

__all__ = ["request_id", "request_of"]

# 20 hexadecimal digits, 80 bits: nobody finds a second submission that takes the identifier of the first.
_DIGITS = 20
_LONGEST_NAME = 80


def request_id(channel: str, ref: str) -> str:
    """The identifier of a request: the channel's, and a mark of the submission's reference.

    Args:
        channel: Identifier of the recorded channel.
        ref: As :class:`~govopen.intake.port.Submission` has it. It may hold anything printable, so the identifier has
            a digest of it.

    Raises:
        InputError: The channel has an identifier that no record may have.
    """
    mark = hashlib.sha256(f"{check_id(channel)}\0{ref}".encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
    name = re.sub(r"[^\w.-]", "-", channel)[:_LONGEST_NAME]
    return f"{name}-{mark}"


def request_of(sent: Submission, channel: RequestChannel) -> Request:
    """A request as it came in: who asks, for what, through which channel, and on which day it arrived.

    The date of receipt is the law's to make, and the kind the office's to decide (1.5/o2).

    Raises:
        InputError: The channel has an identifier that no record may have.
    """
    who = sent.applicant
    return Request(
        id=request_id(channel.id, sent.ref),
        unit=channel.unit,
        received_on=sent.arrived_on,
        channel=channel.kind,
        applicant=Applicant(name=_kept(who.name), identity_proof=_kept(who.identity_proof), contact=_kept(who.contact)),
        applicant_kind=sent.applicant_kind,
        description=_kept(sent.description),
        receipt=Receipt(arrived_on=sent.arrived_on, post=sent.post),
    )


def _kept(text: str) -> str:
    """A text without NUL and halves of pairs, which no database takes: one such text would stop all the others."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
