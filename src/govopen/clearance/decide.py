"""Clearance: the only way to what may be shown. Secrecy first, then the attribute, then who signed (clause 1.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import attrs

from govopen.clearance.bars import Bar
from govopen.clearance.cleared import _ISSUE, Applicant, Audience, Cleared, Public
from govopen.clearance.screeners.builtin import REQUIRED
from govopen.clearance.screening import Hit, Ruling, ScreeningVerdict
from govopen.errors import InputError, NotCleared, StoreError
from govopen.model.base import filled
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem, DisclosureAttribute
from govopen.model.published import has_content, public_digest, public_form
from govopen.model.publishing import ScreeningOverride
from govopen.model.requests import ReplyOutcome, Request, RequestKind
from govopen.workflow.disclosure import DisclosureState, Standing, standing

__all__ = ["ClearanceDossier", "clear"]

A = TypeVar("A", bound=Audience)

_GRANTING = frozenset({ReplyOutcome.GRANTED, ReplyOutcome.PARTIAL})
_FOR_APPLICANTS = frozenset({DisclosureAttribute.PROACTIVE, DisclosureAttribute.ON_REQUEST})


@attrs.frozen(kw_only=True)
class ClearanceDossier:
    """What clearance looks at.

    Attributes:
        item: The item.
        classified: What is recorded as classified under the item's identifier.
        overrides: What named persons let pass of what screeners held up.
        files: From the digest of each attached file to the SHA-256 of the content that was read for it; empty: it could
            not be read.
        request: The request that the item answers, for an applicant.
    """

    item: InformationItem
    classified: tuple[ClassifiedItem, ...] = ()
    overrides: tuple[ScreeningOverride, ...] = ()
    files: Mapping[str, str] = attrs.field(factory=dict)
    request: Request | None = None


def clear(
    dossier: ClearanceDossier, verdicts: Iterable[ScreeningVerdict], audience: type[A], on: dt.date
) -> Cleared[A]:
    """Clear an item for an audience on a day.

    Everything has to be known and in order: what is not recorded, bars. Expired secrecy removes one bar and clears
    nothing. Source: 番府办〔2011〕22号 clause 1.3; State Secrets Law 2010 articles 15 and 19, 2024 articles 20 and 24.

    Args:
        dossier: The item and what is recorded about it.
        verdicts: Of the screeners, on the content as it is. Those built in must all have spoken.
        audience: ``Public`` or ``Applicant``.
        on: The day.

    Raises:
        NotCleared: Something stands in the way; ``bars`` has the codes of all of it, and the fact ``findings`` those of
            what screeners found.
        InputError: There is no such audience, or that is no day.
    """
    kind: object = audience
    if kind is not Public and kind is not Applicant:
        raise InputError("Items are cleared for Public or for Applicant, and for nobody else.")
    if type(on) is not dt.date:
        raise InputError("Items are cleared for a day: a date without a time.")
    item, held = dossier.item, tuple(verdicts)
    try:
        digest = public_digest(item)
    except StoreError:
        raise _not_cleared(item, {Bar.UNWRITABLE, *_secrecy(dossier, on)}, ()) from None
    bars = {
        *_secrecy(dossier, on),
        *_review(item, standing(item, on), on),
        *_attribute(item, kind is Public),
        *_content(dossier, digest, on),
        *_screening(dossier, held, digest, on),
        *(() if kind is Public else _request(dossier.request, item, on)),
    }
    if bars:
        raise _not_cleared(item, bars, held)
    answered = "" if dossier.request is None or kind is Public else dossier.request.id
    return Cleared(_ISSUE, item=public_form(item), digest=digest, audience=audience, request=answered, on=on)


def _not_cleared(item: InformationItem, bars: set[Bar], verdicts: tuple[ScreeningVerdict, ...]) -> NotCleared:
    found = {hit.code for verdict in verdicts for hit in verdict.hits if hit.ruling is not Ruling.PASS}
    return NotCleared(
        "The item {item} is not cleared: {reasons}.",
        hint="Mend what stands in the way; `govopen item show {item}` says who may do what.",
        item=item.id,
        reasons=tuple(bar for bar in Bar if bar in bars),
        bars=tuple(sorted(bar.value for bar in bars)),
        findings=tuple(sorted(found)),
    )


def _secrecy(dossier: ClearanceDossier, on: dt.date) -> Iterator[Bar]:
    """A determination without basis or authority is a finding, and bars all the same, even when its period is over.

    Whoever set the period had no power to, so that its end says nothing. Declassification always releases.
    """
    for entry in dossier.classified:
        released = entry.declassified_on is not None and entry.determined_on <= entry.declassified_on <= on
        incomplete = not (filled(entry.basis) and filled(entry.authorisation)) or entry.authority is None
        extended = any(extension.until >= on for extension in entry.extensions)
        if entry.id != dossier.item.id or (
            not released and (entry.classified_on(on) or on < entry.determined_on or incomplete or extended)
        ):
            yield Bar.CLASSIFIED


def _review(item: InformationItem, now: Standing, on: dt.date) -> Iterator[Bar]:
    if now.review is None:
        yield Bar.NO_SECRECY_REVIEW
    if now.state is DisclosureState.REFERRED:
        yield Bar.SECRECY_UNCLEAR
    if now.proposal is None:
        yield Bar.NOT_PROPOSED
    if now.section_review is None:
        yield Bar.NOT_REVIEWED
    if now.decision is None or now.state is not DisclosureState.DECIDED:
        yield Bar.NOT_DECIDED
    elif item.attributes != (now.attribute,):
        yield Bar.ATTRIBUTE_DIFFERS
    if item.withdrawn is not None and item.withdrawn.on <= on:
        yield Bar.WITHDRAWN


def _attribute(item: InformationItem, public: bool) -> Iterator[Bar]:
    if len(item.attributes) != 1:
        yield Bar.NO_ATTRIBUTE if not item.attributes else Bar.SEVERAL_ATTRIBUTES
        return
    (attribute,) = item.attributes
    if attribute is DisclosureAttribute.EXEMPT:
        yield Bar.EXEMPT
    elif attribute not in _FOR_APPLICANTS:
        yield Bar.NO_ATTRIBUTE
    elif public and attribute is not DisclosureAttribute.PROACTIVE:
        yield Bar.ON_REQUEST


def _content(dossier: ClearanceDossier, digest: str, on: dt.date) -> Iterator[Bar]:
    item = dossier.item
    if not (filled(item.unit) and filled(item.title) and item.category is not None and filled(item.issuer)):
        yield Bar.INCOMPLETE
    if item.created_on is None or item.created_on > on or (item.changed_on is not None and item.changed_on > on):
        yield Bar.NOT_OF_THAT_DAY
    if not has_content(item):
        yield Bar.NO_CONTENT
    if item.digest and item.digest.lower() != digest:
        yield Bar.DIGEST_DIFFERS
    for file in item.attachments:
        found = dossier.files.get(file.digest, "")
        if not found:
            yield Bar.FILE_MISSING
        elif found != file.digest:
            yield Bar.FILE_DIFFERS


def _screening(
    dossier: ClearanceDossier, verdicts: tuple[ScreeningVerdict, ...], digest: str, on: dt.date
) -> Iterator[Bar]:
    of_this = [verdict for verdict in verdicts if verdict.digest == digest]
    if len(of_this) != len(verdicts) or not {verdict.screener for verdict in of_this} >= REQUIRED:
        yield Bar.NOT_SCREENED
    for verdict in verdicts:
        for hit in verdict.hits:
            if hit.ruling is Ruling.PASS:
                continue
            if hit.ruling is not Ruling.HOLD:
                yield Bar.SCREENED_OUT
            elif not any(_lifts(override, hit, dossier.item, digest, on) for override in dossier.overrides):
                yield Bar.HELD_UP


def _lifts(override: ScreeningOverride, hit: Hit, item: InformationItem, digest: str, on: dt.date) -> bool:
    return (
        override.item == item.id
        and override.unit == item.unit
        and override.finding == hit.code
        and override.digest == digest
        and filled(override.person)
        and filled(override.reason)
        and override.on <= on
    )


def _request(request: Request | None, item: InformationItem, on: dt.date) -> Iterator[Bar]:
    if request is None or request.unit != item.unit or request.received_on > on:
        yield Bar.NO_REQUEST
    elif request.kind is not RequestKind.INFORMATION:
        yield Bar.NOT_A_REQUEST
    elif request.abandoned is not None or request.erased_on is not None:
        yield Bar.REQUEST_CLOSED
    elif request.reply is not None and request.reply.outcome not in _GRANTING:
        yield Bar.REQUEST_REFUSED
