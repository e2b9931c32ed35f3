"""One item: how far its review has come, what bars it, where it stands. Codes, unless its text is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs

from govopen.clearance.bars import Bar
from govopen.clearance.screening import Hit
from govopen.errors import InputError, NotCleared
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem, SignOff, SignOffResult
from govopen.model.published import public_digest
from govopen.model.publishing import Delivery, ScreeningOverride
from govopen.model.website import Publication
from govopen.office.facade import Office
from govopen.report.sheet import Sheet
from govopen.report.steps import NextStep, step_documents, step_lines
from govopen.report.wording import Wording
from govopen.texts import Label
from govopen.workflow.disclosure import standing
from govopen.workflow.secrecy import secrecy_state

__all__ = ["ItemStatus", "item_json", "item_status", "print_item"]


@attrs.frozen(kw_only=True)
class ItemStatus:
    """What is known of an identifier.

    Attributes:
        id: The identifier.
        unit: The unit.
        item: The item; ``None``: there is only a determination of secrecy.
        state: Of its review, or of its secrecy.
        classified: The determination, if there is one.
        bars: Why it is not for the public; empty: it is cleared.
        hits: What screeners found.
        overrides: What named persons let pass.
        publications: Where it stands, or stood.
        waiting: What its sites have yet to be told.
    """

    id: str
    unit: str
    item: InformationItem | None
    state: Label | None
    classified: ClassifiedItem | None
    bars: tuple[str, ...]
    hits: tuple[Hit, ...] = ()
    overrides: tuple[ScreeningOverride, ...] = ()
    publications: tuple[Publication, ...] = ()
    waiting: tuple[Delivery, ...] = ()

    @property
    def cleared(self) -> bool:
        """Whether everybody may see it."""
        return self.item is not None and not self.bars


def item_status(office: Office, item_id: str) -> ItemStatus:
    """What the office knows of an item.

    Raises:
        InputError: It knows nothing of it.
    """
    held = office.store.get(InformationItem, item_id)
    secret = office.store.get(ClassifiedItem, item_id)
    item = held.record if held is not None else None
    classified = secret.record if secret is not None else None
    state: Label | None
    if item is not None:
        unit, state = item.unit, standing(item, office.today).state
        hits = tuple(hit for verdict in office.screen(item_id) for hit in verdict.hits)
    elif classified is not None:
        unit, hits = classified.unit, ()
        state = secrecy_state(classified, office.today)
    else:
        raise InputError(
            "There is no item {id}.",
            hint="Draft it with `govopen item draft FILE`, or import it with `govopen import FILE`.",
            id=item_id,
        )
    return ItemStatus(
        id=item_id,
        unit=unit,
        item=item,
        state=state,
        classified=classified,
        bars=_bars(office, item_id, classified),
        hits=hits,
        overrides=tuple(entry for of, entry in office.store.read_by(ScreeningOverride, "item", unit) if of == item_id),
        publications=tuple(entry for of, entry in office.store.read_by(Publication, "item", unit) if of == item_id),
        waiting=tuple(entry for of, entry in office.store.read_by(Delivery, "item", unit) if of == item_id),
    )


def _bars(office: Office, item_id: str, classified: ClassifiedItem | None) -> tuple[str, ...]:
    if classified is not None and classified.classified_on(office.today):
        return (Bar.CLASSIFIED.value,)
    try:
        office.clear(item_id)
    except NotCleared as refusal:
        return refusal.bars
    return ()


def print_item(found: ItemStatus, steps: tuple[NextStep, ...], sheet: Sheet, *, text: bool) -> None:
    """Print what is known of an item.

    Args:
        found: The item.
        steps: What can be done next.
        sheet: Where to.
        text: Say also what the record says and who signed, although it may not be for the public.
    """
    words = sheet.words
    sheet.title(f"{found.id}  {words.coded(found.state) if found.state is not None else ''}".rstrip())
    sheet.field(words.say("Unit"), found.unit)
    if found.item is not None:
        _facts(found.item, sheet)
        if text or found.cleared:
            _words_of(found.item, sheet, files=text)
    if found.classified is not None:
        sheet.section(words.say("Determination of secrecy"), _determination(found.classified, words))
    if found.item is not None:
        sheet.section(words.say("Steps taken"), _steps(found.item, words, named=text))
    if found.bars:
        sheet.section(words.say("Not for the public, because"), (_bar(code, words) for code in found.bars))
    else:
        sheet.line(words.say("Cleared for the public."))
    sheet.section(words.say("Found by screening"), (_hit(hit, words) for hit in found.hits))
    if Bar.HELD_UP.value in found.bars:
        sheet.line(
            words.say("A section head or the principal leader can let it pass: {call}", call=_override_call(found.id)),
            depth=2,
        )
    sheet.section(words.say("Let pass"), _overrides(found, words, named=text))
    sheet.section(words.say("Published"), (_publication(entry, words) for entry in found.publications))
    sheet.section(words.say("Still to be delivered"), (_delivery(entry, words) for entry in found.waiting))
    sheet.section(words.say("What can be done next"), step_lines(steps, words))


def _override_call(item_id: str) -> str:
    return f"govopen item override {item_id} CODE --reason TEXT"


def _facts(item: InformationItem, sheet: Sheet) -> None:
    say = sheet.words.say
    sheet.field(say("Category"), item.category)
    sheet.field(say("Index number"), item.index_number)
    sheet.field(say("Created on"), item.created_on)
    sheet.field(say("Changed on"), item.changed_on)
    sheet.field(say("Attribute"), item.attributes)
    sheet.field(say("Files"), len(item.attachments) or "")


def _words_of(item: InformationItem, sheet: Sheet, *, files: bool) -> None:
    say = sheet.words.say
    sheet.field(say("Title"), item.title)
    sheet.field(say("Issuing body"), item.issuer)
    sheet.field(say("Summary"), item.summary)
    if item.text:
        sheet.line(f"{say('Text')}{'：' if sheet.words.lang == 'zh-Hans' else ':'}")
        sheet.line(item.text, depth=2)
    if files:
        sheet.section(say("Names of the files"), (file.name for file in item.attachments))


def _determination(entry: ClassifiedItem, words: Wording) -> Iterator[str]:
    yield words.say("{level}, determined on {on}", level=entry.level, on=entry.determined_on)
    if entry.classified_until is not None:
        yield words.say("secret until {until}", until=entry.classified_until)
    if entry.declassify_condition:
        yield words.say("ends on a condition")
    if entry.declassified_on is not None:
        yield words.say("declassified on {on}", on=entry.declassified_on)
    yield words.say("basis: {basis}; authorisation: {number}", basis=entry.basis or "-", number=entry.authorisation)


def _steps(item: InformationItem, words: Wording, *, named: bool) -> Iterator[str]:
    if item.review is not None:
        mark = item.review.result.value if item.review.result is not None else "-"
        line = f"{item.review.reviewed_on or '-'}  secrecy_review  {mark}"
        yield f"{line}  {item.review.reviewer}" if named else line
    for entry in item.sign_offs:
        line = f"{entry.on or '-'}  {entry.step.value}  {_outcome(entry)}".rstrip()
        yield f"{line}  {_signed(entry, words)}" if named else line
    if item.withdrawn is not None:
        line = f"{item.withdrawn.on}  withdrawn"
        yield f"{line}  {item.withdrawn.person}: {item.withdrawn.reason}" if named else line


def _outcome(entry: SignOff) -> str:
    if entry.result is SignOffResult.RETURNED:
        return entry.result.value
    attribute = entry.attribute.value if entry.attribute is not None else "-"
    return f"{attribute} ({entry.ground})" if entry.ground else attribute


def _signed(entry: SignOff, words: Wording) -> str:
    person = words.say("{person} for {absent}", person=entry.person, absent=entry.acting_for)
    said = person if entry.acting_for else entry.person
    return f"{said}: {entry.reason}" if entry.reason else said


def _bar(code: str, words: Wording) -> str:
    known = {bar.value: bar for bar in Bar}
    return f"{code}  {words.label(known[code])}" if code in known else code


def _hit(hit: Hit, words: Wording) -> str:
    return words.say(
        "{code} in {place}, characters {start} to {end}: {ruling}",
        code=hit.code,
        place=hit.place,
        start=hit.start,
        end=hit.end,
        ruling=hit.ruling.name.lower(),
    )


def _overrides(found: ItemStatus, words: Wording, *, named: bool) -> Iterator[str]:
    digest = public_digest(found.item) if found.item is not None else ""
    for entry in found.overrides:
        line = words.say("{finding}, on {on}", finding=entry.finding, on=entry.on)
        if entry.digest != digest:
            line = words.say("{line}; of other content, so it no longer counts", line=line)
        yield f"{line}  {entry.person}: {entry.reason}" if named else line


def _publication(entry: Publication, words: Wording) -> str:
    place = f"{entry.site or entry.carrier.value}  {entry.url}".rstrip()
    if entry.withdrawn_on is not None:
        return words.say(
            "{place}  since {since}, withdrawn on {on}", place=place, since=entry.published_on, on=entry.withdrawn_on
        )
    return words.say("{place}  since {since}", place=place, since=entry.updated_on or entry.published_on)


def _delivery(entry: Delivery, words: Wording) -> str:
    line = words.say("{site}: {action}, queued on {on}", site=entry.site, action=entry.action, on=entry.queued_on)
    if entry.parked_on is not None:
        return words.say(
            "{line}; parked on {day} after {attempts} attempts: {failure}",
            line=line,
            day=entry.parked_on,
            attempts=entry.attempts,
            failure=entry.failure,
        )
    if entry.attempts:
        return words.say(
            "{line}; {attempts} attempts failed: {failure}", line=line, attempts=entry.attempts, failure=entry.failure
        )
    return line


def item_json(found: ItemStatus, steps: tuple[NextStep, ...]) -> str:
    """What is known of an item as JSON: identifiers, codes, dates and addresses. Never its text."""
    item, secret = found.item, found.classified
    document: dict[str, Any] = {
        "id": found.id,
        "unit": found.unit,
        "state": found.state.value if found.state is not None else None,
        "attributes": [attribute.value for attribute in item.attributes] if item is not None else [],
        "digest": public_digest(item) if item is not None else "",
        "cleared": found.cleared,
        "bars": list(found.bars),
        "hits": [
            {
                "code": hit.code,
                "ruling": hit.ruling.name.lower(),
                "place": hit.place,
                "start": hit.start,
                "end": hit.end,
            }
            for hit in found.hits
        ],
        "secrecy": None
        if secret is None
        else {
            "level": secret.level.value,
            "determined_on": secret.determined_on.isoformat(),
            "until": secret.classified_until.isoformat() if secret.classified_until is not None else None,
            "condition": secret.declassify_condition,
            "declassified_on": secret.declassified_on.isoformat() if secret.declassified_on is not None else None,
            "basis": secret.basis,
        },
        "published": [
            {
                "site": entry.site,
                "url": entry.url,
                "since": entry.published_on.isoformat(),
                "withdrawn_on": entry.withdrawn_on.isoformat() if entry.withdrawn_on is not None else None,
                "digest": entry.digest,
            }
            for entry in found.publications
        ],
        "waiting": [
            {
                "site": entry.site,
                "action": entry.action.value,
                "attempts": entry.attempts,
                "failure": entry.failure,
                "parked": entry.parked_on is not None,
            }
            for entry in found.waiting
        ],
        "next": step_documents(steps),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
