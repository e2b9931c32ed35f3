"""What of an information item is for the public once it is cleared, and the digest that pins it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import attrs

from govopen.model import codec
from govopen.model.catalog import CONTENT_FIELDS, InformationItem

__all__ = ["has_content", "mark_steps", "procedure_mark", "procedure_of", "public_digest", "public_form"]


def public_form(item: InformationItem) -> InformationItem:
    """The item without the records of its own review: who signed, what was found, when it was withdrawn."""
    return attrs.evolve(item, digest="", attributes=(), review=None, sign_offs=(), withdrawn=None)


def public_digest(item: InformationItem) -> str:
    """SHA-256, in hexadecimal, of all that is shown of the item: its fields, its text, the digests of its files.

    A change of review, attribute or withdrawal leaves it as it is; any other change gives another.
    """
    return codec.digest(public_form(item))


def has_content(item: InformationItem) -> bool:
    """Whether there is more to show than a heading: a text, a file, or what its category asks for."""
    said = any(getattr(item, name) is not None for names in CONTENT_FIELDS.values() for name in names)
    return said or bool(item.text.strip()) or bool(item.attachments)


def procedure_of(item: InformationItem) -> tuple[str, ...]:
    """The steps of the procedure that the item describes (1.4/o6), empty if it describes none."""
    for held in (item.approval, item.enforcement, item.online):
        if held is not None:
            return held.workflow
    return item.decision.process if item.decision is not None else ()


def procedure_mark(item: InformationItem) -> str:
    """SHA-256, in hexadecimal, of the steps of the item's procedure; empty if it describes none.

    A publisher computes it from the steps that stand on its page, so that 1.4/o6 is compared apart from all else.
    """
    steps = procedure_of(item)
    return mark_steps(steps) if steps else ""


def mark_steps(steps: Sequence[str]) -> str:
    """SHA-256, in hexadecimal, of the JSON list of the steps, blanks around each left out."""
    told = json.dumps([step.strip() for step in steps], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
