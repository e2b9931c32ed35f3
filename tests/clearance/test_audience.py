"""Items are cleared for two audiences, and for a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from govopen.clearance.cleared import Applicant, Cleared, Public
from govopen.clearance.decide import ClearanceDossier, clear
from govopen.errors import InputError
from govopen.model.catalog import InformationItem

HELD = ClearanceDossier(item=InformationItem(id="i-1", unit="bureau"))


@pytest.mark.parametrize("audience", [None, "Public", object, Cleared, int])
def test_there_is_no_third_audience(audience: Any) -> None:
    with pytest.raises(InputError):
        clear(HELD, [], audience, dt.date(2011, 6, 1))


@pytest.mark.parametrize("audience", [Public, Applicant])
def test_a_moment_is_no_day(audience: Any) -> None:
    with pytest.raises(InputError):
        clear(HELD, [], audience, dt.datetime(2011, 6, 1, tzinfo=dt.UTC))
