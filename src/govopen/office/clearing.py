"""Clearing items: everything that clearance has to know, gathered from the store."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from govopen.clearance.cleared import Applicant, Cleared, Public
from govopen.clearance.decide import ClearanceDossier, clear
from govopen.clearance.passages import passages_of, screen
from govopen.clearance.screening import Ruling, ScreeningVerdict
from govopen.errors import InputError, NotCleared, StoreError, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.publishing import ScreeningOverride
from govopen.model.requests import Request
from govopen.office.base import OfficeBase
from govopen.publishing.extraction import text_of
from govopen.workflow.disclosure import DisclosureState, standing

__all__ = ["HEADS", "Clearing"]

R = TypeVar("R", bound=Record)

HEADS = (Role.SECTION_HEAD, Role.PRINCIPAL)
"""Who answers for what is shown."""


class Clearing(OfficeBase):
    """What may be shown to whom."""

    def screen(self, item_id: str) -> tuple[ScreeningVerdict, ...]:
        """What the screeners say of an item and its files as they are now.

        Raises:
            InputError: There is no such item.
        """
        item = self._there(InformationItem, item_id).record
        return self._screened(item, self._contents(item))

    def clear(self, item_id: str, *, on: dt.date | None = None) -> Cleared[Public]:
        """Clear an item for the public.

        Args:
            item_id: The item.
            on: The day; default: today.

        Raises:
            NotCleared: With everything that stands in the way (``bars``).
        """
        return self._clear(self._recorded(item_id), on or self.today)

    def clear_for(self, item_id: str, request_id: str, *, on: dt.date | None = None) -> Cleared[Applicant]:
        """Clear an item for whoever made one request.

        Args:
            item_id: The item.
            request_id: The request that it answers.
            on: The day; default: today.

        Raises:
            NotCleared: With everything that stands in the way (``bars``).
            InputError: There is no such request.
        """
        item, request = self._recorded(item_id), self._there(Request, request_id).record
        contents = self._contents(item)
        dossier = self._dossier(item, contents, request=request)
        return clear(dossier, self._screened(item, contents), Applicant, on or self.today)

    def _recorded(self, item_id: str) -> InformationItem:
        found = self.store.get(InformationItem, item_id)
        if found is None:
            raise NotCleared("The item {item} is not on record.", item=item_id, bars=("not-recorded",))
        return found.record

    def _clear(
        self, item: InformationItem, on: dt.date, extra_overrides: Iterable[ScreeningOverride] = ()
    ) -> Cleared[Public]:
        contents = self._contents(item)
        dossier = self._dossier(item, contents, extra_overrides)
        # Screening takes the time. An item that nobody has decided to publish is barred without it.
        decided = standing(item, on).state is DisclosureState.DECIDED
        return clear(dossier, self._screened(item, contents) if decided else (), Public, on)

    def _dossier(
        self,
        item: InformationItem,
        contents: Mapping[str, bytes | None],
        overrides: Iterable[ScreeningOverride] = (),
        request: Request | None = None,
    ) -> ClearanceDossier:
        classified = self.store.get(ClassifiedItem, item.id)
        return ClearanceDossier(
            item=item,
            classified=(classified.record,) if classified else (),
            overrides=(*self._related(ScreeningOverride, item.unit, item.id), *overrides),
            files={
                digest: "" if content is None else hashlib.sha256(content).hexdigest()
                for digest, content in contents.items()
            },
            request=request,
        )

    def _related(self, cls: type[R], unit: str, item_id: str) -> Sequence[R]:
        """The records of a type that name an item."""
        return self.store.find(cls, "item", unit, item_id)

    def _contents(self, item: InformationItem) -> Mapping[str, bytes | None]:
        """The files of the item by digest; ``None``: the store does not have it."""
        found: dict[str, bytes | None] = {}
        for file in item.attachments:
            try:
                found[file.digest] = self.store.attachment(file.digest).content
            except StoreError:
                found[file.digest] = None
        return found

    def _screened(self, item: InformationItem, contents: Mapping[str, bytes | None]) -> tuple[ScreeningVerdict, ...]:
        types = {file.digest: file.media_type for file in item.attachments}
        texts = {
            digest: None if content is None else text_of(content, types[digest]) for digest, content in contents.items()
        }
        return screen(item, passages_of(item, texts), self.registry.screeners)

    def _check_override(self, item: InformationItem, actor: Actor, finding: str, reason: str) -> None:
        """Raise if nobody may let that pass, or not this actor."""
        if not any(actor.may(role, item.unit) for role in HEADS):
            raise TransitionRefused(
                "{actor} may not let pass what screening holds up in {item}.",
                hint="A section head or the principal leader of unit {unit} may, having looked at it.",
                actor=actor.id,
                item=item.id,
                unit=item.unit,
                roles=HEADS,
            )
        if not reason.strip():
            raise InputError("An override needs a reason.", hint="Say why what was found may be shown.")
        hits = [hit for said in self._screened(item, self._contents(item)) for hit in said.hits if hit.code == finding]
        if not hits:
            raise InputError(
                "No screener finds {finding} in the item {item} as it stands.",
                hint="What is found is listed by: govopen item show {item}",
                finding=finding,
                item=item.id,
            )
        if any(hit.ruling is Ruling.BAR for hit in hits):
            raise TransitionRefused(
                "Nobody can let {finding} pass in the item {item}.",
                hint="Take it out of the text, or have the secrecy of the item determined.",
                finding=finding,
                item=item.id,
            )
