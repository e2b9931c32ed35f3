"""The review of information items and of what is classified (clause 1.3), step by step."""

from __future__ import annotations

import datetime as dt
import mimetypes
from collections.abc import Callable
from pathlib import Path

import attrs

from govopen.errors import InputError
from govopen.model.actors import Actor, Role
from govopen.model.catalog import AttachedFile, InformationItem
from govopen.model.classification import (
    AuthorityKind,
    ClassifiedItem,
    DisclosureAttribute,
    ReviewResult,
    SecrecyLevel,
)
from govopen.model.published import public_digest
from govopen.model.publishing import ScreeningOverride
from govopen.model.website import Publication
from govopen.office.clearing import HEADS
from govopen.office.publishing import Publishing
from govopen.publishing.planning import is_live
from govopen.rules.context import Context
from govopen.workflow import disclosure, secrecy

__all__ = ["Disclosing"]


class Disclosing(Publishing):
    """Drafting, review, decision and withdrawal of items; determination, extension and end of secrecy.

    Every method is one transaction of the store: the record, what has to be delivered because of it, and the journal
    change together. Every method raises :class:`~govopen.errors.TransitionRefused` if the actor may not take the step,
    or not now, and :class:`~govopen.errors.InputError` if there is no such record.
    """

    def draft(self, item: InformationItem, actor: Actor) -> InformationItem:
        """Record a new item, or new content of one. A change of content restarts the review.

        Raises:
            InputError: What bears that identifier is classified: nothing of it may be written here.
        """
        secret = self.store.get(ClassifiedItem, item.id)
        if secret is not None and secret.record.classified_on(self.today):
            raise InputError(
                "{id} is classified: this is an unclassified system, and takes no text of it.",
                hint="Declassify it first, or give another item an identifier of its own.",
                id=item.id,
            )
        found = self.store.get(InformationItem, item.id)
        with self._acting(actor, (Role.DRAFTER,), item.unit, "disclosure.draft") as transaction:
            there = transaction.get(InformationItem, item.id) if found else None
            drafted = disclosure.draft(there.record if there else None, item, actor=actor, ctx=self._context(item.unit))
            transaction.put(drafted, expected=there.revision if there else 0)
            self._queue(transaction, drafted)
        return drafted

    def attach(
        self, item_id: str, path: str | Path, actor: Actor, *, name: str = "", media_type: str = ""
    ) -> InformationItem:
        """Add a file to an item, which restarts its review. A file of the same name is replaced.

        Args:
            item_id: The item.
            path: The file.
            actor: A drafter.
            name: As readers see it. Default: that of the file.
            media_type: Default: guessed from the name.

        Raises:
            InputError: The file cannot be read.
        """
        path = Path(path)
        name = name or path.name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(
                "The file {file} cannot be read: {reason}.", file=str(path), reason=error.strerror or "OSError"
            ) from error
        found = self._there(InformationItem, item_id)
        with self._acting(actor, (Role.DRAFTER,), found.record.unit, "disclosure.attach") as transaction:
            there = self._present(transaction.get(InformationItem, item_id), InformationItem, item_id)
            kind = media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
            file = AttachedFile(name=name, digest=transaction.attach(content, kind), media_type=kind)
            kept = tuple(entry for entry in there.record.attachments if entry.name != name)
            changed = attrs.evolve(there.record, attachments=(*kept, file))
            drafted = disclosure.draft(there.record, changed, actor=actor, ctx=self._context(changed.unit))
            transaction.put(drafted, expected=there.revision)
            self._queue(transaction, drafted)
        return drafted

    def review_secrecy(self, item_id: str, actor: Actor, result: ReviewResult) -> InformationItem:
        """Record how the secrecy review ended. What is found classified goes to :meth:`determine`."""
        return self._step(
            item_id,
            actor,
            (Role.SECRECY_REVIEWER,),
            "disclosure.review_secrecy",
            lambda item, ctx: disclosure.review_secrecy(item, actor=actor, ctx=ctx, result=result),
        )

    def propose(
        self, item_id: str, actor: Actor, attribute: DisclosureAttribute, *, ground: str = ""
    ) -> InformationItem:
        """The drafter proposes the attribute (1.3/o6); an exemption with its ground."""
        return self._step(
            item_id,
            actor,
            (Role.DRAFTER,),
            "disclosure.propose",
            lambda item, ctx: disclosure.propose(item, actor=actor, ctx=ctx, attribute=attribute, ground=ground),
        )

    def review(self, item_id: str, actor: Actor) -> InformationItem:
        """The section head supports what was proposed (1.3/o7)."""
        return self._step(
            item_id,
            actor,
            (Role.SECTION_HEAD,),
            "disclosure.review",
            lambda item, ctx: disclosure.review(item, actor=actor, ctx=ctx),
        )

    def send_back(self, item_id: str, actor: Actor, reason: str) -> InformationItem:
        """The section head or the principal leader returns the item to its drafter, with a reason."""
        return self._step(
            item_id,
            actor,
            HEADS,
            "disclosure.send_back",
            lambda item, ctx: disclosure.send_back(item, actor=actor, ctx=ctx, reason=reason),
        )

    def decide(self, item_id: str, actor: Actor) -> InformationItem:
        """The principal leader decides as proposed (1.3/o8). What is for the public is queued for its sites."""
        return self._step(
            item_id,
            actor,
            (Role.PRINCIPAL,),
            "disclosure.decide",
            lambda item, ctx: disclosure.decide(item, actor=actor, ctx=ctx),
        )

    def withdraw(self, item_id: str, actor: Actor, reason: str) -> InformationItem:
        """Take an item back from everywhere. It is shown again only after another review."""

        def change(item: InformationItem, ctx: Context) -> InformationItem:
            published = any(is_live(entry, ctx.as_of) for entry in self._related(Publication, item.unit, item.id))
            return disclosure.withdraw(item, actor=actor, ctx=ctx, reason=reason, published=published)

        roles = (Role.PRINCIPAL, Role.SECTION_HEAD, Role.PUBLISHER)
        return self._step(item_id, actor, roles, "disclosure.withdraw", change)

    def override(self, item_id: str, actor: Actor, finding: str, reason: str) -> ScreeningOverride:
        """Let pass what a screener held up, in exactly the content that stands there now.

        Args:
            item_id: The item.
            actor: A section head or principal leader, who looked at it.
            finding: Code of the screener's finding, such as ``mobile-number``.
            reason: Why it may be shown.

        Raises:
            InputError: No reason is given, no screener held that up, or it is one that nobody can let pass.
        """
        item = self._there(InformationItem, item_id).record
        with self._acting(actor, HEADS, item.unit, "clearance.override") as transaction:
            there = self._present(transaction.get(InformationItem, item_id), InformationItem, item_id)
            self._check_override(there.record, actor, finding, reason)
            digest = public_digest(there.record)
            override = ScreeningOverride(
                id=f"{item_id}:{finding}:{digest[:16]}",
                unit=item.unit,
                item=item_id,
                finding=finding,
                digest=digest,
                person=actor.signature,
                reason=reason,
                on=self.today,
            )
            transaction.put(override)
            self._queue(transaction, there.record, overrides=(override,))
        return override

    def determine(
        self,
        item_id: str,
        actor: Actor,
        *,
        level: SecrecyLevel,
        basis: str,
        authority: AuthorityKind,
        authorisation: str,
        until: dt.date | None = None,
        condition: bool = False,
        provided_otherwise: str = "",
        unit: str = "",
    ) -> ClassifiedItem:
        """Determine that something is a state secret. From then on only its number, level, period and basis are here.

        If there is an item of that identifier, its record is deleted, its texts and files are erased from all
        revisions, and it is queued for withdrawal from every site.

        Args:
            item_id: The identifier.
            actor: The person responsible for classification.
            level: The level.
            basis: The law or list it rests on.
            authority: Whether the power is the unit's own, by authorisation, or derived.
            authorisation: Number of the authorisation, or of what it is derived from.
            until: Last day of the period.
            condition: Whether it ends on a condition instead.
            provided_otherwise: The provision for a period longer than the law's ceiling.
            unit: The unit, where there is no item yet.
        """
        found = self.store.get(InformationItem, item_id)
        unit = found.record.unit if found else unit
        with self._acting(actor, (Role.CLASSIFIER,), unit, "secrecy.determine") as transaction:
            there = transaction.get(InformationItem, item_id)
            classified = secrecy.determine(
                unit,
                item_id,
                actor=actor,
                ctx=self._context(unit),
                level=level,
                until=until,
                condition=condition,
                basis=basis,
                authority=authority,
                authorisation=authorisation,
                provided_otherwise=provided_otherwise,
            )
            transaction.put(classified, expected=0)
            if there is not None:
                self._queue(transaction, there.record, barred=True)
                transaction.delete(InformationItem, item_id, expected=there.revision)
                transaction.forget(InformationItem, item_id)
                for file in there.record.attachments:
                    transaction.discard(file.digest)
                for override in transaction.find(ScreeningOverride, "item", unit, item_id):
                    transaction.delete(ScreeningOverride, override.id)
                    transaction.forget(ScreeningOverride, override.id)
        return classified

    def extend_secrecy(
        self, item_id: str, actor: Actor, *, until: dt.date, basis: str, authorisation: str
    ) -> ClassifiedItem:
        """Prolong the period of secrecy before it has run out."""
        return self._classified_step(
            item_id,
            actor,
            "secrecy.extend",
            lambda item, ctx: secrecy.extend(
                item, actor=actor, ctx=ctx, until=until, basis=basis, authorisation=authorisation
            ),
        )

    def declassify(self, item_id: str, actor: Actor) -> ClassifiedItem:
        """End the secrecy early. That removes a bar and clears nothing."""
        return self._classified_step(
            item_id, actor, "secrecy.declassify", lambda item, ctx: secrecy.declassify(item, actor=actor, ctx=ctx)
        )

    def _classified_step(
        self, item_id: str, actor: Actor, cause: str, change: Callable[[ClassifiedItem, Context], ClassifiedItem]
    ) -> ClassifiedItem:
        unit = self._there(ClassifiedItem, item_id).record.unit
        with self._acting(actor, (Role.CLASSIFIER,), unit, cause) as transaction:
            there = self._present(transaction.get(ClassifiedItem, item_id), ClassifiedItem, item_id)
            changed = change(there.record, self._context(unit))
            transaction.put(changed, expected=there.revision)
        return changed

    def _step(
        self,
        item_id: str,
        actor: Actor,
        roles: tuple[Role, ...],
        cause: str,
        change: Callable[[InformationItem, Context], InformationItem],
    ) -> InformationItem:
        unit = self._there(InformationItem, item_id).record.unit
        with self._acting(actor, roles, unit, cause) as transaction:
            there = self._present(transaction.get(InformationItem, item_id), InformationItem, item_id)
            changed = change(there.record, self._context(unit))
            transaction.put(changed, expected=there.revision)
            self._queue(transaction, changed)
        return changed
