"""Which steps of a sign-off are taken, and when it is too early to ask for them."""

from __future__ import annotations

from govopen.model.catalog import InformationItem
from govopen.model.classification import SignOff, SignOffResult
from govopen.model.published import public_digest
from govopen.model.website import Publication
from govopen.rules.context import Context, Dossier
from govopen.rules.proactive_time import UNSETTLED, proactive_due, unsettled
from govopen.rules.results import NotApplicable, Undecidable
from govopen.texts import Text

__all__ = ["RETURNED", "SETTLING", "settling", "taken"]

RETURNED = SignOffResult.RETURNED
"""The result of a step that sent the item back."""

SETTLING = {
    **UNSETTLED,
    "restarted": Text(
        "已全部撤下并重新审查，至{until}尚不能确定。",
        "Every copy was withdrawn and the review begins anew; until {until} nobody can tell how it ends.",
    ),
}
"""What :func:`settling` can say. A rule that calls it has these among its messages."""


def taken(entry: SignOff, dossier: Dossier[InformationItem]) -> bool:
    """Whether the step passed the item on, and is of its present content or does not say of which."""
    return entry.result is not RETURNED and (not entry.digest or entry.digest == dossier.derived(public_digest))


def settling(dossier: Dossier[InformationItem], ctx: Context) -> NotApplicable | Undecidable | None:
    """Why nothing can be asked yet of how the item's attribute was settled; ``None``: it has to be settled by now.

    An item that was withdrawn, and has lost its attribute by it, has as long for its new review as a changed one.

    Raises:
        NotComputable: The calendar does not reach the end of the period.
    """
    publications = dossier.related(Publication)
    if publications and not dossier.record.attributes:
        ends = [entry.withdrawn_on for entry in publications]
        if (
            all(ctx.known(end) for end in ends)
            and (latest := ctx.latest((*ends, dossier.record.changed_on))) is not None
        ):
            due = proactive_due(latest, ctx)
            if due is not None and not ctx.past(due):
                return Undecidable("restarted", until=due)
    return unsettled(dossier, ctx)
