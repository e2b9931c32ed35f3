"""The screeners that are always there. A plugin adds to them and takes none away."""

from __future__ import annotations

from govopen.clearance.screeners.bank import BankCards
from govopen.clearance.screeners.credit import BusinessCodes
from govopen.clearance.screeners.drafts import UnfinishedDrafts
from govopen.clearance.screeners.identity import IdentityNumbers
from govopen.clearance.screeners.markings import SecrecyMarkings
from govopen.clearance.screeners.mobile import MobileNumbers
from govopen.clearance.screeners.unreadable import Unreadable
from govopen.clearance.screening import Screener

__all__ = ["REQUIRED", "SCREENERS"]

SCREENERS: tuple[Screener, ...] = (
    BankCards(),
    BusinessCodes(),
    IdentityNumbers(),
    MobileNumbers(),
    SecrecyMarkings(),
    UnfinishedDrafts(),
    Unreadable(),
)

REQUIRED: frozenset[str] = frozenset(screener.name for screener in SCREENERS)
"""Names of the screeners without whose verdict nothing is cleared."""
