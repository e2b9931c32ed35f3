"""Rules on licences, other approvals and filings (clause 1.2.3).

Each of the three kinds has rules of its own, because a unit may have one duty and not the other: what lacks is said, and
a nil return given, by kind. Of a code the last two digits are clause and obligation, the first is the kind; the first
obligation of the kind stands for its listing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import ApprovalKind, Outcome
from govopen.model.units import Duty
from govopen.rules import samples
from govopen.rules.base import RecordRule, Severity, rule
from govopen.rules.contents.common import case, complete, entry, has_steps, recorded
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["RULES"]
